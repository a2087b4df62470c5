"""The restricted file: its circle reads it, others have a number, and it counts as before."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.dates import FixedClock, Period
from kadin_danisma.domain.records import Client, Session
from kadin_danisma.errors import KnownError
from kadin_danisma.services import (
    casework,
    circles,
    finding,
    intake,
    people,
    playroom,
    referring,
    reporting,
    today,
    upkeep,
)
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import audit, records
from kadin_danisma.store.circles import ClosedFileError
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_referral, a_session, a_visit, an_application
from tests.services.restricted import FILE_NO, TODAY, Centre, found, shown

PERIODS = ("2026-10", "2026-11", "2026-Q4", "2026")
QUERIES = ("Gülçiçek", "gulci", "Saklıoğlu", "0500 000 73 91", "7391", "10000000146")


@pytest.fixture
def centre(vault_path: Path, clock: FixedClock) -> Centre:
    """A centre whose file nobody has sealed yet."""
    return found(vault_path, clock)


@pytest.fixture
def sealed(centre: Centre) -> Centre:
    """The same, the file sealed to the lawyer and the psychologist."""
    centre.seal("avukat", "psikolog")
    return centre


def counts(desk: Desk) -> list[object]:
    return [reporting.counts(desk, Period.parse(key)) for key in PERIODS]


def log(desk: Desk) -> list[tuple[str, str]]:
    with desk.vault.read() as db:
        return [(line.action, line.subject) for line in audit.lines(db, 500)]


def everything_of(desk: Desk, client_id: str) -> object:
    """Return all that can be read on a file, with its history, in an order of its own."""
    page = casework.client_page(desk, client_id)
    about = [(Kind.CLIENT, client_id), *((entry.kind, entry.record.id) for entry in page.timeline)]
    lines = [casework.history(desk, kind, record_id) for kind, record_id in about]
    # Who signed a wording is another matter once somebody sealed it (tests/attacks).
    bare = [[replace(line, trust=None, sealed_by="") for line in said] for said in lines]
    return page.client, page.timeline, [sorted(map(repr, said)) for said in bare]


def shows(what: object) -> list[str]:
    return shown(repr(what).encode())


def test_the_file_counts_as_before_in_every_table_of_every_period(centre: Centre) -> None:
    with centre.at("derya") as desk:
        before = counts(desk)
    centre.seal("avukat", "psikolog")
    with centre.at("derya") as desk:
        assert counts(desk) == before


def test_a_published_report_has_the_same_bytes(centre: Centre, tmp_path: Path) -> None:
    def published(at: Path) -> list[bytes]:
        with centre.at("derya") as desk:
            period = Period.parse("2026-10")
            return [path.read_bytes() for path in reporting.publish(desk, period, at, ("json",))]

    with centre.at("derya") as desk:
        before = reporting.preview(desk, Period.parse("2026-10")).report
    centre.seal("avukat")
    with centre.at("derya") as desk:
        assert reporting.preview(desk, Period.parse("2026-10")).report == before
    assert published(tmp_path / "a") == published(tmp_path / "b")


def test_the_circle_reads_everything_as_it_stood_with_its_history(centre: Centre) -> None:
    with centre.at("avukat") as desk:
        before = everything_of(desk, centre.client.id)
    assert len(shows(before)) > 10
    centre.seal("avukat", "psikolog")
    with centre.at("avukat") as desk:
        assert everything_of(desk, centre.client.id) == before
        assert casework.client_page(desk, centre.client.id).seal is Seal.OPEN


@pytest.mark.parametrize("name", ["avukat2", "derya", "danisma", "kurtarma"])
def test_for_all_others_it_is_a_number(sealed: Centre, name: str) -> None:
    """Lists, searches, first page, board, referrals, the file itself: not one mark of hers."""
    with sealed.at(name) as desk:
        page = casework.client_page(desk, sealed.client.id)
        assert page.client == Client(id=sealed.client.id, file_no=FILE_NO)
        assert (page.timeline, page.seal) == ((), Seal.CLOSED)
        likely = replace(sealed.client, id="another", file_no="2026/0999")
        seen = (
            page,
            finding.all_clients(desk),
            [finding.search(desk, words) for words in QUERIES],
            finding.likely_duplicates(desk, likely),
            today.today(desk),
            referring.referrals(desk),
            playroom.visits_on(desk, TODAY),
            playroom.children_of(desk, sealed.client.id),
        )
        assert shows(seen) == []
        assert finding.likely_duplicates(desk, likely) == []
        assert [hit for words in QUERIES for hit in finding.search(desk, words)] == []
        (line,) = finding.search(desk, FILE_NO)
        assert (line.seal, line.birth_year, line.district) == (Seal.CLOSED, None, "not_asked")
        with pytest.raises(ClosedFileError):
            casework.history(desk, Kind.CLIENT, sealed.client.id)
        with pytest.raises(ClosedFileError):
            casework.client(desk, sealed.client.id)
        assert ("client.closed", FILE_NO) in log(desk)


def test_the_circle_finds_the_file_as_any_other(sealed: Centre) -> None:
    with sealed.at("psikolog") as desk:
        for words in (*QUERIES, "sakli gul", FILE_NO):
            (line,) = finding.search(desk, words)
            assert (line.file_no, line.name, line.seal) == (
                FILE_NO,
                "Gülçiçek Saklıoğlu",
                Seal.OPEN,
            ), words
        (duplicate,) = finding.likely_duplicates(
            desk, a_client("2026/0999", name="gulcicek SAKLIOĞLU", phone="05000007391")
        )
        assert duplicate.line.file_no == FILE_NO
        assert len(duplicate.likeness) == 2


def test_the_front_desk_sees_that_a_child_is_in_and_whom_to_call(sealed: Centre) -> None:
    """Who may collect is known to the circle only, so only the circle lets the child go."""
    with sealed.at("danisma") as desk:
        first, second = playroom.children_in(desk)
        assert first.visit.time_in
        assert {user.name for user in second.circle} == {"avukat", "psikolog"}
        assert (first.visit.child, first.visit.may_collect, first.seal) == ("", "", Seal.CLOSED)
        with pytest.raises(ClosedFileError):
            playroom.check_out(desk, first.visit.id, "büyükhala", time(17, 30))
        with pytest.raises(ClosedFileError):
            playroom.check_in(desk, a_visit(sealed.client, date=TODAY))
    with sealed.at("psikolog") as desk:
        inside = playroom.children_in(desk)
        assert {line.visit.may_collect for line in inside} == {"büyükhala"}
        playroom.check_out(desk, first.visit.id, "büyükhala", time(17, 30))
        assert len(playroom.children_in(desk)) == 1
        playroom.undo_check_out(desk, first.visit.id)
        back = [replace(line.visit, revision=1) for line in playroom.children_in(desk)]
        assert {each.id: each for each in back} == {e.visit.id: e.visit for e in inside}


def test_a_child_keeps_its_code_whoever_of_the_circle_takes_it_in(sealed: Centre) -> None:
    with sealed.at("avukat") as desk:
        circles.widen(desk, sealed.client.id, {sealed.ids["derya"]})
    with sealed.at("derya") as desk:
        before = counts(desk)
        playroom.check_in(desk, a_visit(sealed.client, child="tomurcuk", date=date(2026, 10, 9)))
        (october, *_others) = counts(desk)
        assert _count(october, "playroom_children") == _count(before[0], "playroom_children")
        assert _count(october, "playroom_visits") == _count(before[0], "playroom_visits") + 1
        playroom.check_in(desk, a_visit(sealed.client, child="Yaprak", date=date(2026, 10, 9)))
        (october, *_others) = counts(desk)
        assert _count(october, "playroom_children") == _count(before[0], "playroom_children") + 1


def _count(tables: object, name: str) -> int:
    assert isinstance(tables, tuple)
    return int(tables[0].cells[(name,)].value)


def test_others_can_still_write_to_the_file_and_read_nothing_of_it_again(sealed: Centre) -> None:
    session = a_session(sealed.client, counsellor="Av. Öteki", note="yeni not", date=TODAY)
    with sealed.at("avukat2") as desk:
        intake.record_session(desk, session)
        intake.record_application(desk, an_application(sealed.client, date=TODAY))
        referring.refer(desk, a_referral(sealed.client))
        with pytest.raises(ClosedFileError):
            casework.record_of(desk, Kind.SESSION, session.id)
        with pytest.raises(ClosedFileError):
            intake.correct(desk, replace(session, revision=1))
        with desk.vault.read() as db:
            standing = records.get(db, Session, session.id)
        assert standing is not None
        assert standing.counsellor == ""
    with sealed.at("avukat") as desk:
        written = casework.record_of(desk, Kind.SESSION, session.id)
        assert isinstance(written, Session)
        assert (written.counsellor, written.note) == ("Av. Öteki", "yeni not")
    with sealed.at("psikolog") as desk:
        closed = casework.record_of(desk, Kind.SESSION, session.id)
        assert isinstance(closed, Session)
        assert closed.note == ""
        assert casework.note_is_closed(desk, session.id)


def test_the_circle_corrects_the_file_and_the_history_is_its_own(sealed: Centre) -> None:
    with sealed.at("psikolog") as desk:
        standing = casework.client(desk, sealed.client.id)
        intake.correct(desk, replace(standing, name="Yeni Ad", phone="", district="urla"))
        lines = casework.history(desk, Kind.CLIENT, sealed.client.id)
        assert ("name", "Gülçiçek Saklıoğlu", "Yeni Ad") in [
            (line.field, line.old, line.new) for line in lines
        ]
        assert [line.name for line in finding.search(desk, "yeni")] == ["Yeni Ad"]
        assert finding.search(desk, "Saklıoğlu") == []
        with desk.vault.read() as db:
            plain = db.execute("SELECT field FROM history WHERE kind = 'client'").fetchall()
        assert plain == [("education",)]


def test_who_is_taken_in_reads_and_who_is_sent_out_does_not(sealed: Centre) -> None:
    with sealed.at("avukat2") as desk, pytest.raises(ClosedFileError):
        circles.widen(desk, sealed.client.id, {sealed.ids["avukat2"]})
    with sealed.at("psikolog") as desk:
        circles.widen(desk, sealed.client.id, {sealed.ids["avukat2"]})
    with sealed.at("avukat2") as desk:
        before = everything_of(desk, sealed.client.id)
        assert shows(before)
        with desk.vault.read() as db:
            old = db.execute("SELECT public FROM circle").fetchone()
        circles.narrow(desk, sealed.client.id, {sealed.ids["psikolog"]})
        with desk.vault.read() as db:
            assert db.execute("SELECT public FROM circle").fetchone() != old
        assert everything_of(desk, sealed.client.id) == before
    with sealed.at("psikolog") as desk:
        assert casework.client_page(desk, sealed.client.id).seal is Seal.CLOSED
    with sealed.at("avukat") as desk:
        assert [user.name for user in circles.members(desk, sealed.client.id)] == [
            "avukat",
            "avukat2",
        ]


def test_an_opened_file_is_again_what_it_was(centre: Centre) -> None:
    with centre.at("avukat") as desk:
        before = everything_of(desk, centre.client.id)
    centre.seal("avukat", "psikolog")
    with centre.at("psikolog") as desk:
        circles.unseal(desk, centre.client.id)
        with desk.vault.read() as db:
            for table in ("circle", "circle_member", "sealed_part"):
                assert db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    with centre.at("avukat") as desk:
        assert everything_of(desk, centre.client.id) == before
    with centre.at("derya") as desk:
        (line,) = finding.search(desk, "gulcicek")
        assert line.seal is Seal.NONE


def test_every_change_of_the_circle_is_logged_with_the_number_and_the_person(
    sealed: Centre,
) -> None:
    ids = sealed.ids
    with sealed.at("avukat") as desk:
        circles.widen(desk, sealed.client.id, {ids["avukat2"]})
        circles.narrow(desk, sealed.client.id, {ids["psikolog"]})
        circles.unseal(desk, sealed.client.id)
        said = [line for line in log(desk) if line[0].startswith("circle.")]
    assert said[::-1] == [
        *(("circle.open", f"{FILE_NO} {key}") for key in sorted((ids["avukat"], ids["psikolog"]))),
        ("circle.widen", f"{FILE_NO} {ids['avukat2']}"),
        ("circle.narrow", f"{FILE_NO} {ids['psikolog']}"),
        ("circle.close", FILE_NO),
    ]


def test_nobody_can_be_chosen_who_sees_no_files(centre: Centre) -> None:
    with pytest.raises(KnownError):
        centre.seal("avukat", "bilgi")
    with centre.at("avukat") as desk:
        assert "bilgi" not in {user.name for user in circles.choices(desk)}
        assert casework.client_page(desk, centre.client.id).seal is Seal.NONE


def test_a_circle_is_never_left_empty(sealed: Centre) -> None:
    with sealed.at("avukat") as desk, pytest.raises(KnownError):
        circles.narrow(desk, sealed.client.id, {sealed.ids["avukat"], sealed.ids["psikolog"]})
    with sealed.at("derya") as desk:
        people.remove_user(desk, sealed.ids["psikolog"])
        with pytest.raises(KnownError, match=FILE_NO):
            people.remove_user(desk, sealed.ids["avukat"])


def test_whoever_sets_a_member_s_passphrase_does_not_get_into_the_circle(sealed: Centre) -> None:
    with sealed.at("derya") as desk:
        people.reset_passphrase(desk, sealed.ids["psikolog"], PASSPHRASE)
        assert [user.name for user in circles.members(desk, sealed.client.id)] == ["avukat"]
    with sealed.at("psikolog") as desk:
        assert casework.client_page(desk, sealed.client.id).seal is Seal.CLOSED


def test_ones_own_new_passphrase_keeps_ones_circles(sealed: Centre) -> None:
    with sealed.at("psikolog") as desk:
        people.change_passphrase(desk, PASSPHRASE, "beyaz vapur erken kalktı")
    with Vault.open(sealed.path, "psikolog", "beyaz vapur erken kalktı", sealed.clock) as vault:
        assert casework.client_page(Desk(vault, sealed.clock), sealed.client.id).seal is Seal.OPEN


def test_sealing_is_all_or_nothing(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise KeyboardInterrupt

    with centre.at("avukat") as desk:
        before = everything_of(desk, centre.client.id)
        with monkeypatch.context() as patch:
            patch.setattr("kadin_danisma.store.notes.wrap", fail)
            with pytest.raises(KeyboardInterrupt):
                circles.seal(desk, centre.client.id, set())
        assert everything_of(desk, centre.client.id) == before
        assert casework.client_page(desk, centre.client.id).seal is Seal.NONE


def test_a_backup_and_what_is_restored_of_it_keep_the_seal(sealed: Centre, tmp_path: Path) -> None:
    with sealed.at("derya") as desk:
        made = upkeep.backup(desk, tmp_path)
    assert upkeep.verify(made, "derya", PASSPHRASE, sealed.clock) == []
    restored = tmp_path / "yeni.vault"
    upkeep.restore(made, restored, "derya", PASSPHRASE, sealed.clock)
    copy = replace(sealed, path=restored)
    with copy.at("avukat") as desk:
        assert shows(everything_of(desk, sealed.client.id))
    with copy.at("derya") as desk:
        assert casework.client_page(desk, sealed.client.id).seal is Seal.CLOSED
