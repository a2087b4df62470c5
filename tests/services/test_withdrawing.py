"""What was entered wrongly is withdrawn, counts nowhere, and can be taken back or moved."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.dates import ISTANBUL, FixedClock, Period
from kadin_danisma.domain.records import KIND_OF, Application, Client, Record, Session
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.trust import Trust
from kadin_danisma.errors import ConflictError, KnownError, NotAllowedError
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
    trainings,
    withdrawing,
)
from kadin_danisma.services.desk import Desk, RefusedError
from kadin_danisma.store import audit, facts, records, rows
from kadin_danisma.store.circles import ClosedFileError
from kadin_danisma.store.vault import Vault
from tests.builders import (
    PASSPHRASE,
    a_client,
    a_referral,
    a_session,
    a_training,
    a_user,
    a_visit,
    an_application,
)

TODAY = date(2026, 11, 22)
ONE, TWO = a_client("2026/0001", name="Nur Deniz"), a_client("2026/0002", name="Ada Kaya")
APPLICATION = an_application(ONE, number="B-2026-00001", date=TODAY)
CONTACT = an_application(number="B-2026-00002", date=TODAY)
SESSION = a_session(ONE, number="G-2026-00001", date=TODAY, note="duruşma ertelendi")
VISIT = a_visit(ONE, date=TODAY)
REFERRAL = a_referral(ONE, date=TODAY)
TRAINING = a_training(date=TODAY)
#: One of every kind, in the order in which they can be withdrawn.
EVERY = (APPLICATION, CONTACT, SESSION, VISIT, REFERRAL, TRAINING, ONE)
STAFF = {
    "avukat": Role.LAWYER, "avukat2": Role.LAWYER, "psikolog": Role.PSYCHOLOGIST,
    "danisma": Role.FRONT_DESK, "ikinci": Role.COORDINATOR,
}  # fmt: skip
PERIODS = ("2026-10", "2026-11", "2026-Q4", "2026")
kinds = pytest.mark.parametrize("record", EVERY, ids=lambda each: type(each).__name__)
Enter = Callable[[str], "object"]


def enter(desk: Desk, *new: Record) -> None:
    for record in new:
        match record:
            case Client():
                intake.open_file(desk, record)
            case Application():
                intake.record_application(desk, record)
            case Session():
                intake.record_session(desk, record)
            case _ if record is VISIT:
                playroom.check_in(desk, VISIT)
            case _ if record is REFERRAL:
                referring.refer(desk, REFERRAL)
            case _ if record is TRAINING:
                trainings.add(desk, TRAINING)


@pytest.fixture
def full(desk: Desk) -> Desk:
    """A centre with one record of each kind."""
    enter(desk, ONE, TWO, APPLICATION, CONTACT, SESSION, VISIT, REFERRAL, TRAINING)
    return desk


@pytest.fixture
def staffed(full: Desk) -> "Staffed":
    """The same with colleagues who sign in one after the other."""
    for name, role in STAFF.items():
        people.add_user(full, name, f"{name.title()} A.", role, PASSPHRASE)
    return Staffed(full)


class Staffed:
    """Lets one person sit down after the other."""

    def __init__(self, desk: Desk) -> None:
        self._vault, self._clock = desk.vault, desk.clock

    @contextmanager
    def at(self, name: str) -> Iterator[Desk]:
        self._vault.close()
        with Vault.open(self._vault.path, name, PASSPHRASE, self._clock) as vault:
            yield Desk(vault, self._clock)


def standing(desk: Desk, record: Record) -> Record:
    """Return a record as it stands now."""
    with desk.vault.read() as db:
        found: Record | None = records.get(db, type(record), record.id)
    assert found is not None
    return found


def withdraw(desk: Desk, record: Record, reason: str = "never_happened", why: str = "") -> None:
    withdrawing.withdraw(desk, standing(desk, record), reason, why)


def empty_before(desk: Desk, record: Record) -> None:
    """Withdraw what stands in a file, so that the file itself can be withdrawn."""
    if isinstance(record, Client):
        for each in (SESSION, APPLICATION, VISIT, REFERRAL):
            withdraw(desk, each)


def counted(desk: Desk) -> list[object]:
    """Return all that is counted, in every period, as counts and as reports see it."""
    with desk.vault.read() as db:
        by_date = [facts.read(db, Period.parse(key)) for key in PERIODS]
        by_month = [facts.read_months(db, Period.parse("2026").months)]
        late = [facts.count_late(db, Period.parse(key)) for key in PERIODS]
    return [*by_date, *by_month, *late]


def tables(desk: Desk, period: str = "2026") -> dict[str, int]:
    """Return the total of each table of counts."""
    return {
        table.id: sum(cell.value for cell in table.cells.values())
        for table in reporting.counts(desk, Period.parse(period))
    }


def lists(desk: Desk) -> str:
    """Return everything that pages, lists and searches show, in one text."""
    page = casework.client_page(desk, ONE.id)
    first = today.today(desk)
    return repr(
        (
            [entry.record.id for entry in page.timeline if not entry.withdrawn],
            (page.applications, page.sessions),
            finding.search(desk, "nur", 10),
            finding.all_clients(desk, 10),
            finding.likely_duplicates(desk, a_client("2026/0003", name="Nur Deniz")),
            intake.count_clients(desk),
            [line.visit.id for line in playroom.children_in(desk)],
            [line.visit.id for line in playroom.visits_on(desk, TODAY)],
            [visit.id for visit in playroom.children_of(desk, ONE.id)],
            [line.referral.id for line in referring.waiting(desk)],
            [line.referral.id for line in referring.referrals(desk)],
            (referring.count_waiting(desk), playroom.count_in(desk)),
            [each.id for each in trainings.trainings(desk)],
            (first.applications_today, first.contacts_today, first.month),
            [line.session.id for line in first.sessions],
            [line.referral.id for line in first.waiting],
            [line.visit.id for line in first.children_in],
        )
    )


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
    with pytest.raises(KnownError):
        withdrawing.withdraw(full, seen, "twice")
    with pytest.raises(ConflictError):
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
        with pytest.raises(KnownError, match="mühürlü"):
            withdrawing.move(full, standing(full, record), TWO.id)
    referral = standing(full, REFERRAL)
    with pytest.raises(KnownError):
        intake.correct(full, replace(referral, client_id=TWO.id))


def test_author_and_coordinator_withdraw_and_others_are_told_whom_to_ask(
    staffed: Staffed,
) -> None:
    hers = a_session(ONE, number="G-2026-00050", date=TODAY)
    with staffed.at("avukat") as desk:
        intake.record_session(desk, hers)
    for name in ("avukat2", "psikolog"):
        with staffed.at(name) as desk:
            assert not withdrawing.may_withdraw(desk, Kind.SESSION, hers.id)
            with pytest.raises(NotAllowedError, match="Avukat A"):
                withdraw(desk, hers)
    with staffed.at("avukat") as desk:
        assert withdrawing.may_withdraw(desk, Kind.SESSION, hers.id)
        withdraw(desk, hers)
    with staffed.at("psikolog") as desk, pytest.raises(NotAllowedError):
        withdrawing.take_back(desk, Kind.SESSION, hers.id)
    with staffed.at("ikinci") as desk:
        withdrawing.take_back(desk, Kind.SESSION, hers.id)


def test_the_front_desk_withdraws_her_own_contact_and_no_session(staffed: Staffed) -> None:
    own = an_application(number="B-2026-00050", date=TODAY)
    with staffed.at("danisma") as desk:
        intake.record_application(desk, own)
        withdraw(desk, own)
        with pytest.raises(NotAllowedError):
            withdraw(desk, SESSION)
        with pytest.raises(NotAllowedError):
            withdraw(desk, CONTACT)


def test_a_record_that_a_colleague_corrected_is_still_its_authors(staffed: Staffed) -> None:
    own = an_application(number="B-2026-00051", date=TODAY)
    with staffed.at("danisma") as desk:
        intake.record_application(desk, own)
    with staffed.at("avukat") as desk:
        intake.correct(desk, replace(standing(desk, own), channel="email"))
        assert not withdrawing.may_withdraw(desk, Kind.APPLICATION, own.id)
    with staffed.at("danisma") as desk:
        assert withdrawing.may_withdraw(desk, Kind.APPLICATION, own.id)


def test_only_the_author_the_counsellor_and_the_coordinator_correct_a_session(
    staffed: Staffed,
) -> None:
    hers = a_session(
        ONE, number="G-2026-00052", date=TODAY, minutes=45, counsellor="avukat a.", note=""
    )
    with staffed.at("ikinci") as desk:
        intake.record_session(desk, hers)
    for name in ("psikolog", "avukat2"):
        with staffed.at(name) as desk:
            assert "avukat a." in casework.whom_to_ask(desk, hers.id)
            with pytest.raises(NotAllowedError):
                intake.correct(desk, replace(standing(desk, hers), minutes=5))
    with staffed.at("avukat") as desk:
        assert casework.whom_to_ask(desk, hers.id) == ""
        intake.correct(desk, replace(standing(desk, hers), minutes=50))
    with staffed.at("ikinci") as desk:
        assert standing(desk, hers) == replace(hers, minutes=50, revision=2)


def test_nobody_makes_a_session_hers_by_naming_herself_in_the_correction(
    staffed: Staffed,
) -> None:
    with staffed.at("psikolog") as desk, pytest.raises(NotAllowedError):
        intake.correct(desk, replace(standing(desk, SESSION), counsellor="Psikolog A."))


def test_the_words_beside_a_session_stay_behind_the_wall(staffed: Staffed) -> None:
    hers = a_session(ONE, number="G-2026-00053", date=TODAY, service="legal")
    with staffed.at("avukat") as desk:
        intake.record_session(desk, hers)
        withdraw(desk, hers, "wrong_file", "tanığın söylediği ad")
        with desk.vault.read() as db:
            stored = [db.execute(f"SELECT * FROM {name}").fetchall() for name in _tables(desk)]
        assert "tanığın" not in repr(stored)
        assert _why(desk, hers) == ("tanığın söylediği ad", False)
    for name in ("psikolog", "danisma", "ikinci"):
        with staffed.at(name) as desk:
            assert _why(desk, hers) == ("", True)


def _tables(desk: Desk) -> list[str]:
    with desk.vault.read() as db:
        found = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [name for (name,) in found if not name.startswith("sqlite_")]


def _why(desk: Desk, record: Record) -> tuple[str, bool]:
    page = casework.client_page(desk, ONE.id)
    (said,) = [each.withdrawn for each in page.timeline if each.record.id == record.id]
    assert said is not None
    return said.why, said.why_closed


@pytest.mark.parametrize("when", ["before", "after"])
def test_the_words_of_a_restricted_file_are_sealed_to_its_circle(
    staffed: Staffed, when: str
) -> None:
    with staffed.at("ikinci") as desk:
        if when == "before":
            circles.seal(desk, ONE.id, set())
        for record in (VISIT, REFERRAL, SESSION):
            withdraw(desk, record, "wrong_file", "kayınbiraderin çocuğu")
        if when == "after":
            circles.seal(desk, ONE.id, set())
        with desk.vault.read() as db:
            stored = [db.execute(f"SELECT * FROM {name}").fetchall() for name in _tables(desk)]
        assert "kayınbirader" not in repr(stored)
        assert _why(desk, VISIT) == ("kayınbiraderin çocuğu", False)
    with staffed.at("avukat") as desk:
        page = casework.client_page(desk, ONE.id)
        assert (page.seal, page.timeline) == (Seal.CLOSED, ())
        lines = withdrawing.withdrawn_records(desk)
        assert {line.seal for line in lines} == {Seal.CLOSED}
        assert "kayınbirader" not in repr(lines)
        with pytest.raises(ClosedFileError):
            withdrawing.take_back(desk, Kind.PLAYROOM_VISIT, VISIT.id)
    with staffed.at("ikinci") as desk:
        circles.unseal(desk, ONE.id)
        assert _why(desk, VISIT) == ("kayınbiraderin çocuğu", False)
        with desk.vault.read() as db:
            assert not db.execute("SELECT 1 FROM sealed_part").fetchall()


def test_a_withdrawn_visit_of_a_restricted_file_comes_back_under_its_seal(full: Desk) -> None:
    circles.seal(full, ONE.id, set())
    withdraw(full, VISIT)
    withdrawing.take_back(full, Kind.PLAYROOM_VISIT, VISIT.id)
    (line,) = playroom.children_in(full)
    assert line.visit.child == VISIT.child
    with full.vault.read() as db:
        assert "Efe" not in repr(db.execute("SELECT * FROM playroom_visit").fetchall())


def test_a_withdrawn_restricted_file_is_found_by_nobody_and_nothing_breaks(full: Desk) -> None:
    circles.seal(full, TWO.id, set())
    withdraw(full, TWO)
    assert finding.search(full, "ada", 10) == []
    assert finding.likely_duplicates(full, a_client("2026/0009", name="Ada Kaya")) == []
    withdrawing.take_back(full, Kind.CLIENT, TWO.id)
    assert [line.id for line in finding.search(full, "ada", 10)] == [TWO.id]


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
