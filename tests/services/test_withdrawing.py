"""What was entered wrongly is withdrawn, counts nowhere, and can be taken back or moved."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import ISTANBUL, FixedClock
from kadin_danisma.domain.records import KIND_OF, Client, Record, Session
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.trust import Trust
from kadin_danisma.errors import ConflictError, KnownError
from kadin_danisma.services import (
    casework,
    circles,
    intake,
    people,
    playroom,
    referring,
    withdrawing,
)
from kadin_danisma.services.desk import Desk, RefusedError
from kadin_danisma.services.standing import WithdrawnError
from kadin_danisma.store import audit, records, rows
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
from tests.services.withdrawals import (
    APPLICATION,
    CONTACT,
    EVERY,
    ONE,
    REFERRAL,
    SESSION,
    TODAY,
    TRAINING,
    TWO,
    VISIT,
    counted,
    empty_before,
    enter,
    lists,
    standing,
    tables,
    withdraw,
)

kinds = pytest.mark.parametrize("record", EVERY, ids=lambda each: type(each).__name__)


@kinds
def test_what_is_withdrawn_is_shown_and_found_nowhere(full: Desk, record: Record) -> None:
    empty_before(full, record)
    before = lists(full)
    withdraw(full, record)
    after = lists(full)
    assert after != before
    if record is not ONE:
        assert record.id not in after


@kinds
def test_what_is_withdrawn_counts_in_no_table(full: Desk, record: Record) -> None:
    """The counts are those of a centre in which it was never entered."""
    with TemporaryDirectory() as folder:
        vault, _code = Vault.create(
            Path(folder) / "b.vault", "Örnek Merkez", a_user(), PASSPHRASE, full.clock
        )
        with vault:
            other = Desk(vault, full.clock)
            gone = {record} | ({SESSION, APPLICATION, VISIT, REFERRAL} if record is ONE else set())
            kept = [each for each in (ONE, TWO, *EVERY[:-1]) if each not in gone]
            enter(other, *kept)
            empty_before(full, record)
            withdraw(full, record)
            assert tables(full) == tables(other)


@kinds
def test_taken_back_everything_is_as_before(full: Desk, record: Record) -> None:
    empty_before(full, record)
    before, counts = lists(full), counted(full)
    withdraw(full, record)
    withdrawing.take_back(full, KIND_OF[type(record)], record.id)
    assert (lists(full), counted(full)) == (before, counts)


@kinds
def test_it_stays_in_its_history_with_who_and_why(full: Desk, record: Record) -> None:
    empty_before(full, record)
    withdraw(full, record, "twice", "iki kez basıldı")
    withdrawing.take_back(full, KIND_OF[type(record)], record.id)
    lines = casework.history(full, KIND_OF[type(record)], record.id)
    told = [(line.field, line.old, line.new, line.by) for line in lines]
    assert told == [
        ("withdrawn", "twice", "", full.user.title),
        ("withdrawn", "", "twice", full.user.title),
    ]


@kinds
def test_the_log_says_it_and_never_the_words(full: Desk, record: Record) -> None:
    empty_before(full, record)
    withdraw(full, record, "wrong_file", "kardeşinin dosyasıydı")
    kind = KIND_OF[type(record)]
    withdrawing.take_back(full, kind, record.id)
    with full.vault.read() as db:
        lines = audit.lines(db, 2)
        stored = db.execute("SELECT subject, evidence FROM audit").fetchall()
    assert [line.action for line in lines] == [f"{kind}.take_back", f"{kind}.withdraw"]
    assert "kardeşinin" not in repr(stored)


def test_the_timeline_shows_it_with_reason_words_moment_and_author(full: Desk) -> None:
    withdraw(full, VISIT, "twice", "iki kez basıldı")
    page = casework.client_page(full, ONE.id)
    (entry,) = [each for each in page.timeline if each.withdrawn]
    assert entry.record.id == VISIT.id
    said = entry.withdrawn
    assert said is not None
    assert (said.reason, said.why, said.by, said.trust) == (
        "twice", "iki kez basıldı", full.user.title, Trust.SIGNED,
    )  # fmt: skip
    assert said.at == full.clock.now()


def test_everything_withdrawn_is_listed_the_latest_first(full: Desk, clock: FixedClock) -> None:
    for record in (CONTACT, TRAINING, SESSION):
        withdraw(full, record)
        clock.wait(60)
    lines = withdrawing.withdrawn_records(full)
    assert [line.record.id for line in lines] == [SESSION.id, TRAINING.id, CONTACT.id]
    assert [line.file_no for line in lines] == [ONE.file_no, "", ""]


@pytest.mark.parametrize("reason", ["", "because", "other"])
def test_a_reason_is_one_of_three(full: Desk, reason: str) -> None:
    with pytest.raises(RefusedError):
        withdraw(full, SESSION, reason)


def test_words_that_cannot_be_stored_are_refused(full: Desk) -> None:
    with pytest.raises(RefusedError):
        withdraw(full, SESSION, "twice", "a\x07b")
    with pytest.raises(RefusedError):
        withdraw(full, SESSION, "twice", "ş" * 201)


def test_a_withdrawn_record_is_neither_corrected_nor_withdrawn_again(full: Desk) -> None:
    seen = standing(full, SESSION)
    withdrawing.withdraw(full, seen, "twice")
    with pytest.raises(WithdrawnError):
        withdrawing.withdraw(full, seen, "twice")
    with pytest.raises(WithdrawnError):
        intake.correct(full, replace(seen, minutes=5))


def test_a_record_that_was_changed_meanwhile_is_not_withdrawn(full: Desk) -> None:
    seen = standing(full, REFERRAL)
    referring.close(full, REFERRAL.id, "accepted", TODAY)
    with pytest.raises(ConflictError):
        withdrawing.withdraw(full, seen, "twice")
    assert referring.referrals(full)


def test_what_stands_is_not_taken_back(full: Desk) -> None:
    with pytest.raises(ConflictError):
        withdrawing.take_back(full, Kind.SESSION, SESSION.id)


def test_a_file_in_which_records_stand_is_not_withdrawn(full: Desk) -> None:
    with pytest.raises(KnownError, match="4"):
        withdraw(full, ONE)


def test_nothing_is_written_into_a_withdrawn_file(full: Desk) -> None:
    withdraw(full, TWO)
    for attempt in (an_application(TWO), a_session(TWO)):
        with pytest.raises(KnownError):
            enter(full, attempt)
    with pytest.raises(KnownError):
        playroom.check_in(full, a_visit(TWO))
    with pytest.raises(KnownError):
        withdrawing.move(full, standing(full, VISIT), TWO.id)
    with pytest.raises(KnownError):
        intake.correct(full, replace(standing(full, REFERRAL), client_id=TWO.id))


def test_a_withdrawn_file_keeps_its_number_and_shows_that_it_is_withdrawn(full: Desk) -> None:
    withdraw(full, TWO, "twice")
    with pytest.raises(RefusedError):
        intake.open_file(full, a_client(TWO.file_no))
    page = casework.client_page(full, TWO.id)
    assert page.withdrawn is not None
    assert page.withdrawn.reason == "twice"


def test_an_application_with_sessions_is_neither_withdrawn_nor_moved(full: Desk) -> None:
    intake.record_session(full, a_session(ONE, application_id=APPLICATION.id))
    with pytest.raises(KnownError, match="1"):
        withdraw(full, APPLICATION)
    with pytest.raises(KnownError, match="1"):
        withdrawing.move(full, standing(full, APPLICATION), TWO.id)


@pytest.mark.parametrize("file", [TWO.id, None], ids=["another", "none"])
def test_a_correction_leaves_no_session_behind_in_the_file_an_application_left(
    full: Desk, file: str | None
) -> None:
    leaning = a_session(ONE, application_id=APPLICATION.id)
    intake.record_session(full, leaning)
    elsewhere = replace(standing(full, APPLICATION), client_id=file)
    with pytest.raises(RefusedError, match="1") as refused:
        intake.correct(full, elsewhere)
    assert [each.field for each in refused.value.problems] == ["client_id"]
    intake.correct(full, replace(standing(full, leaning), application_id=None))
    intake.correct(full, elsewhere)


def test_a_session_is_not_taken_back_before_its_application(full: Desk) -> None:
    leaning = a_session(ONE, application_id=APPLICATION.id)
    intake.record_session(full, leaning)
    withdraw(full, leaning)
    withdraw(full, APPLICATION)
    with pytest.raises(KnownError):
        withdrawing.take_back(full, Kind.SESSION, leaning.id)
    withdrawing.take_back(full, Kind.APPLICATION, APPLICATION.id)
    withdrawing.take_back(full, Kind.SESSION, leaning.id)


def test_no_session_is_recorded_under_a_withdrawn_application(full: Desk) -> None:
    withdraw(full, APPLICATION)
    with pytest.raises(RefusedError):
        enter(full, a_session(ONE, application_id=APPLICATION.id))


def test_a_moved_session_counts_with_the_other_woman_and_leaves_its_application(
    full: Desk,
) -> None:
    leaning = a_session(ONE, application_id=APPLICATION.id, note="bir not")
    intake.record_session(full, leaning)
    withdrawing.move(full, standing(full, leaning), TWO.id)
    moved = casework.record_of(full, Kind.SESSION, leaning.id)
    assert isinstance(moved, Session)
    assert (moved.client_id, moved.application_id) == (TWO.id, None)
    assert casework.client_page(full, TWO.id).sessions == 1
    assert casework.client_page(full, ONE.id).sessions == 1
    with full.vault.read() as db:
        files = db.execute(
            "SELECT client_id FROM audit_file JOIN audit USING (seq) WHERE action = 'session.move'"
        ).fetchall()
    assert {each for (each,) in files} == {ONE.id, TWO.id}


@pytest.mark.parametrize("record", [APPLICATION, SESSION, VISIT, REFERRAL])
def test_moved_there_and_back_all_counts_are_as_before(full: Desk, record: Record) -> None:
    before = counted(full)
    withdrawing.move(full, standing(full, record), TWO.id)
    assert counted(full) != before or isinstance(record, Client)
    withdrawing.move_back(full, KIND_OF[type(record)], record.id, ONE.id)
    assert counted(full) == before


@pytest.mark.parametrize("record", [TRAINING, ONE])
def test_what_belongs_to_no_file_is_not_moved(full: Desk, record: Record) -> None:
    with pytest.raises(KnownError):
        withdrawing.move(full, standing(full, record), TWO.id)


def test_nothing_is_moved_into_a_restricted_file_or_out_of_it(full: Desk) -> None:
    people.add_user(full, "avukat", "Avukat A.", Role.LAWYER, PASSPHRASE)
    circles.seal(full, TWO.id, set())
    for record in (APPLICATION, SESSION, VISIT, REFERRAL):
        with pytest.raises(KnownError, match="şifreli"):
            withdrawing.move(full, standing(full, record), TWO.id)
    referral = standing(full, REFERRAL)
    with pytest.raises(KnownError):
        intake.correct(full, replace(referral, client_id=TWO.id))


MOMENT = datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL)
#: Which of the records below are withdrawn, and in which order they are taken back.
CHOICES = st.lists(st.integers(0, 23), min_size=1, max_size=8, unique=True).flatmap(
    lambda chosen: st.tuples(st.just(chosen), st.permutations(chosen))
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(CHOICES)
def test_whatever_is_withdrawn_and_taken_back_in_whatever_order_counts_are_the_same(
    many: tuple[Desk, list[Record]], chosen: tuple[list[int], list[int]]
) -> None:
    desk, entered = many
    before = counted(desk)
    for place in chosen[0]:
        withdraw(desk, entered[place])
    assert counted(desk) != before
    for place in chosen[1]:
        withdrawing.take_back(desk, KIND_OF[type(entered[place])], entered[place].id)
    assert counted(desk) == before


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, list[Record]]]:
    """A desk with three women who came in three months, and all that was recorded of them."""
    path = tmp_path_factory.mktemp("many") / "m.vault"
    clock = FixedClock(MOMENT)
    vault, _code = Vault.create(path, "Örnek Merkez", a_user(), PASSPHRASE, clock)
    with vault:
        desk = Desk(vault, clock)
        women = [a_client(f"2026/010{n}") for n in range(2)]
        entered: list[Record] = []
        for woman in women:
            for month in (9, 10, 11):
                day = date(2026, month, 3)
                entered += [
                    an_application(woman, date=day), a_session(woman, date=day),
                    a_visit(woman, date=day), a_referral(woman, date=day),
                ]  # fmt: skip
        with vault.write() as db:
            for record in (*women, *entered):
                records.add(db, record, desk.stamp())
        yield desk, entered


def test_every_kind_of_record_can_be_withdrawn() -> None:
    assert {type(record) for record in EVERY} == set(rows.TABLE_OF)
