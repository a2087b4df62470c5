"""Whoever looked at a woman's file stands in the log, however she came to see it."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from kadin_danisma.domain.auditing import DeedKind, LogQuery
from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import FixedClock, Period
from kadin_danisma.domain.records import Client
from kadin_danisma.errors import KnownError
from kadin_danisma.services import (
    auditing,
    casework,
    finding,
    importing,
    intake,
    people,
    playroom,
    referring,
    reporting,
    today,
    upkeep,
)
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import log_reading
from kadin_danisma.store.vault import Vault
from tests.builders import (
    PASSPHRASE,
    a_client,
    a_referral,
    a_session,
    a_user,
    a_visit,
    an_application,
)

ISIL = a_client("2026/0001", name="Işıl Yıldız")
IREM = a_client("2026/0002", name="İrem Kaya")
SECOND = timedelta(seconds=1)


@pytest.fixture
def stocked(desk: Desk) -> Desk:
    for client in (ISIL, IREM):
        intake.open_file(desk, client)
    return desk


def lines(desk: Desk, query: LogQuery | None = None) -> list[tuple[str, str]]:
    """Return deed and subject of the lines asked for, latest first, without being logged."""
    with desk.vault.read() as db:
        return [(line.action, line.subject) for line in log_reading.page(db, query or LogQuery())]


def about(desk: Desk, client: Client) -> list[str]:
    return [action for action, _subject in lines(desk, LogQuery(client_id=client.id))]


def test_a_view_a_record_and_its_corrections_stand_on_the_file(stocked: Desk) -> None:
    session = a_session(ISIL)
    intake.record_session(stocked, session)
    casework.client_page(stocked, ISIL.id)
    casework.record_of(stocked, Kind.SESSION, session.id)
    casework.history(stocked, Kind.SESSION, session.id)
    assert about(stocked, ISIL) == [
        "history.view", "record.view", "client.view", "session.add", "client.add",
    ]  # fmt: skip
    assert about(stocked, IREM) == ["client.add"]


def test_every_change_stands_on_the_file(stocked: Desk) -> None:
    visit, referral = a_visit(ISIL), a_referral(ISIL)
    intake.record_application(stocked, an_application(ISIL))
    playroom.check_in(stocked, visit)
    playroom.check_out(stocked, visit.id, "anne", visit.time_in.replace(hour=11))
    playroom.undo_check_out(stocked, visit.id)
    referring.refer(stocked, referral)
    referring.close(stocked, referral.id, "accepted", date(2026, 11, 20))
    assert about(stocked, ISIL)[:6] == [
        "referral.answer", "referral.add", "playroom_visit.back", "playroom_visit.out",
        "playroom_visit.add", "application.add",
    ]  # fmt: skip


def test_a_corrected_file_number_keeps_every_line_of_the_woman(stocked: Desk) -> None:
    casework.client_page(stocked, ISIL.id)
    intake.correct(stocked, replace(ISIL, revision=1, file_no="2026/0009"))
    intake.open_file(stocked, other := a_client("2026/0001", name="Başka Biri"))
    assert about(stocked, ISIL) == ["client.correct", "client.view", "client.add"]
    assert about(stocked, other) == ["client.add"]


def test_a_search_is_one_line_and_says_who_was_shown_and_not_what_was_typed(
    stocked: Desk, clock: FixedClock
) -> None:
    for typed in ("i", "is", "isi", "isil"):
        finding.search(stocked, typed)
    assert lines(stocked)[0][0] == "client.add"
    clock.moment += SECOND
    stocked.settle()
    stocked.settle()
    assert lines(stocked)[0] == ("search", "1")
    assert about(stocked, ISIL) == ["search", "client.add"]
    assert about(stocked, IREM) == ["client.add"]
    assert "isil" not in repr(lines(stocked))


def test_another_search_or_a_second_does_not_lose_the_one_before(
    stocked: Desk, clock: FixedClock
) -> None:
    finding.search(stocked, "i")
    finding.search(stocked, "kaya")
    assert lines(stocked)[0] == ("search", "2")
    clock.moment += SECOND
    finding.search(stocked, "kayaa")
    assert lines(stocked)[0] == ("search", "1")
    stocked.settle(at_once=True)
    assert [action for action, _ in lines(stocked)].count("search") == 2


def test_deleting_letters_shows_others_and_is_told(stocked: Desk) -> None:
    finding.search(stocked, "isil")
    finding.search(stocked, "i")
    assert lines(stocked)[0] == ("search", "1")


def test_a_clock_that_was_set_back_does_not_keep_a_search_quiet(
    stocked: Desk, clock: FixedClock
) -> None:
    finding.search(stocked, "isil")
    clock.moment -= timedelta(days=1)
    stocked.settle()
    assert lines(stocked)[0] == ("search", "1")


def test_opening_a_file_settles_the_search_that_led_there(stocked: Desk) -> None:
    finding.search(stocked, "isil")
    casework.client_page(stocked, ISIL.id)
    assert [action for action, _ in lines(stocked)[:2]] == ["client.view", "search"]


def test_closing_the_vault_settles_the_last_search(stocked: Desk, clock: FixedClock) -> None:
    finding.search(stocked, "isil")
    stocked.vault.close()
    with Vault.open(stocked.vault.path, "derya", PASSPHRASE, clock) as vault:
        assert [action for action, _ in lines(Desk(vault, clock))[:2]] == ["sign_in", "search"]


def test_likely_duplicates_are_told(stocked: Desk) -> None:
    finding.likely_duplicates(stocked, a_client("2026/0003", name="Işıl Yıldız"))
    stocked.settle(at_once=True)
    assert about(stocked, ISIL)[0] == "search.duplicates"


def test_a_list_tells_only_of_files_it_did_not_show_before(stocked: Desk) -> None:
    finding.all_clients(stocked)
    finding.all_clients(stocked)
    intake.open_file(stocked, third := a_client("2026/0003"))
    finding.all_clients(stocked)
    told = [line for line in lines(stocked) if line[0] == "list.clients"]
    assert told == [("list.clients", "1"), ("list.clients", "2")]
    assert about(stocked, third) == ["list.clients", "client.add"]


def test_boards_lists_and_the_first_page_tell_whom_they_showed(stocked: Desk) -> None:
    playroom.check_in(stocked, a_visit(ISIL))
    referring.refer(stocked, a_referral(IREM))
    playroom.children_in(stocked)
    playroom.visits_on(stocked, stocked.today())
    referring.waiting(stocked)
    today.today(stocked)
    assert about(stocked, ISIL)[:2] == ["list.today", "list.playroom"]
    assert about(stocked, IREM)[:2] == ["list.today", "list.referrals"]


def test_counting_for_the_side_bar_shows_nobody_and_tells_nothing(stocked: Desk) -> None:
    playroom.check_in(stocked, a_visit(ISIL))
    before = lines(stocked)
    assert (playroom.count_in(stocked), referring.count_waiting(stocked)) == (1, 0)
    assert lines(stocked) == before


def test_counts_previews_and_what_failed_are_told(stocked: Desk, tmp_path: Path) -> None:
    october = Period.parse("2026-10")
    reporting.counts(stocked, october)
    reporting.preview(stocked, october)
    taken = tmp_path / "taken"
    taken.touch()
    for fails in (
        lambda: reporting.publish(stocked, october, taken),
        lambda: upkeep.backup(stocked, tmp_path / "nowhere"),
        lambda: people.change_passphrase(stocked, "yanlış parola", PASSPHRASE),
    ):
        with pytest.raises(KnownError):
            fails()
    assert importing.import_workbook(stocked, taken).refused
    assert [action for action, _ in lines(stocked)[:6]] == [
        "import.failed", "user.passphrase.failed", "backup.failed", "report.failed",
        "report.preview", "counts",
    ]  # fmt: skip


def test_the_log_is_asked_by_person_kind_day_and_file(stocked: Desk, clock: FixedClock) -> None:
    first = clock.today()
    clock.moment += timedelta(days=1)
    stocked.vault.user = a_user("elif")
    casework.client_page(stocked, ISIL.id)
    elif_id = stocked.user.id
    assert lines(stocked, LogQuery(user_id=elif_id)) == [("client.view", "2026/0001")]
    assert about(stocked, IREM) == ["client.add"]
    assert lines(stocked, LogQuery(kind=DeedKind.VIEW)) == [("client.view", "2026/0001")]
    assert lines(stocked, LogQuery(kind=DeedKind.VIEW, user_id="nobody")) == []
    assert lines(stocked, LogQuery(first=clock.today())) == [("client.view", "2026/0001")]
    assert len(lines(stocked, LogQuery(last=first))) == 3
    assert lines(stocked, LogQuery(first=first - timedelta(9), last=first - timedelta(8))) == []
    everything = LogQuery(elif_id, DeedKind.VIEW, first, clock.today(), ISIL.id)
    assert lines(stocked, everything) == [("client.view", "2026/0001")]


def test_a_page_goes_on_where_the_one_before_ended(stocked: Desk) -> None:
    for _time in range(5):
        casework.client_page(stocked, ISIL.id)
    query = LogQuery(client_id=ISIL.id)
    head = auditing.page(stocked, query, limit=4)
    tail = auditing.page(stocked, query, before=head[-1].line.seq, limit=4)
    assert [len(head), len(tail)] == [4, 2]
    assert head[-1].line.seq > tail[0].line.seq


def test_reading_the_log_is_told_once_for_each_question(stocked: Desk) -> None:
    auditing.page(stocked, LogQuery())
    auditing.page(stocked, LogQuery())
    assert [action for action, _ in lines(stocked)[:2]] == ["audit.view", "client.add"]
    auditing.page(stocked, LogQuery(client_id=ISIL.id))
    assert about(stocked, ISIL)[0] == "audit.file"


def test_a_line_in_words_names_files_and_people_and_no_client(stocked: Desk) -> None:
    finding.all_clients(stocked)
    for number in range(3, 7):
        intake.open_file(stocked, a_client(f"2026/000{number}"))
    finding.search(stocked, "2026")
    stocked.settle(at_once=True)
    people.change_passphrase(stocked, PASSPHRASE, PASSPHRASE)
    # The key of the vault was changed behind it.
    _changed, *said = [line.about for line in auditing.page(stocked, LogQuery())]
    assert said[0] == "derya"
    assert said[1] == "2026/0001, 2026/0002, 2026/0003 ve 3 dosya daha"
    assert said[2] == "2026/0006"
    assert "Işıl" not in repr(said)


def test_a_medium_that_cannot_be_written_is_read_without_a_line(
    stocked: Desk, clock: FixedClock
) -> None:
    stocked.vault.close()
    with Vault.open(stocked.vault.path, "derya", PASSPHRASE, clock, read_only=True) as vault:
        desk = Desk(vault, clock)
        before = lines(desk)
        assert casework.client_page(desk, ISIL.id).client.file_no == "2026/0001"
        assert finding.search(desk, "isil")
        desk.settle(at_once=True)
        assert lines(desk) == before
