"""However a file is sealed, opened and corrected between months, reports stay the same."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kadin_danisma.domain import counting
from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.dates import ISTANBUL, FixedClock, Period
from kadin_danisma.domain.records import PlayroomVisit
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.table import Table, TableSpec
from kadin_danisma.services import (
    casework,
    circles,
    intake,
    ledger,
    people,
    playroom,
    press,
    reporting,
)
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import facts
from kadin_danisma.store.publications import Publication
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_user, a_visit, an_application, erase_files

MOMENT = datetime(2027, 1, 4, 10, 0, tzinfo=ISTANBUL)
CLIENT, OTHER = a_client("2026/0001", birth_year=1990), a_client("2026/0002", birth_year=1980)
MONTHS = [Period.parse(f"2026-{month:02d}") for month in (10, 11, 12)]
PERIODS = [*MONTHS, Period.parse("2026-Q4"), Period.parse("2026")]
#: Two spellings of one child, two others, and an accent alone, of which nothing is left when it is
#: folded; the other file has a child of the same name.
CHILDREN = ("Işık", "IŞIK", "Ada", "Efe", "\u0301")
CIRCLE_ACTS = ("seal", "widen", "narrow", "unseal")
ALL_TABLES = [TableSpec(definition.id) for definition in counting.TABLES]


@dataclass(frozen=True)
class Publish:
    """A month leaves."""

    month: Period


@dataclass(frozen=True)
class Rename:
    """The child of an earlier visit was misheard."""

    which: int
    child: str


@dataclass
class Centre:
    """One of two centres to which the same happens, but for the circle.

    Attributes:
        visits: The ids of the visits of the file, in their order.
        left: The bytes that left, month by month.
    """

    desk: Desk
    folder: Path
    visits: list[str] = field(default_factory=list)
    left: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def receive(self, visit: PlayroomVisit) -> None:
        playroom.check_in(self.desk, visit)
        playroom.check_out(self.desk, visit.id, "anne", time(16, 0))
        self.visits.append(visit.id)

    def rename(self, step: Rename) -> None:
        if self.visits:
            wanted = self.visits[step.which % len(self.visits)]
            visit = casework.record_of(self.desk, Kind.PLAYROOM_VISIT, wanted)
            assert isinstance(visit, PlayroomVisit)
            intake.correct(self.desk, replace(visit, child=step.child))

    def publish(self, period: Period) -> None:
        paths = reporting.publish(self.desk, period, self.folder / period.key)
        self.left[period.key] = {path.suffix: path.read_bytes() for path in paths}

    def freeze(self, period: Period) -> None:
        """Publish as far as months are frozen and late records find their place, without paper."""
        with self.desk.vault.write() as db:
            books = ledger.open_books(db, period)
            if not books.report_of_period:
                leaving = Publication(
                    period.key, period.key, MOMENT, self.desk.user.id, "{}", "report"
                )
                press.freeze(db, books, leaving, {})

    def counted(self, period: Period) -> tuple[Table, ...]:
        """Return what a report of a period would count now."""
        with self.desk.vault.read() as db:
            months = facts.read_months(db, period.months)
        return counting.tables_of(months, months, ALL_TABLES)

    def change_circle(self, act: str) -> None:
        """Do an act on the circle of the file where it can be done."""
        colleague = {user.id for user in circles.choices(self.desk)} - {self.desk.user.id}
        restricted = casework.client_page(self.desk, CLIENT.id).seal is Seal.OPEN
        acts: dict[str, Callable[[], object]] = {
            "seal": lambda: circles.seal(self.desk, CLIENT.id, set()),
            "widen": lambda: circles.widen(self.desk, CLIENT.id, colleague),
            "narrow": lambda: circles.narrow(self.desk, CLIENT.id, colleague),
            "unseal": lambda: circles.unseal(self.desk, CLIENT.id),
        }
        if restricted is (act != "seal"):
            acts[act]()


@contextmanager
def two_centres() -> Iterator[tuple[Centre, Centre]]:
    with TemporaryDirectory() as folder:
        centres = []
        for name in "ab":
            path, clock = Path(folder) / name / "merkez.vault", FixedClock(MOMENT)
            vault, _code = Vault.create(path, "Örnek", a_user(), PASSPHRASE, clock)
            desk = Desk(vault, clock)
            people.add_user(desk, "avukat", "", Role.LAWYER, PASSPHRASE)
            for client in (CLIENT, OTHER):
                intake.open_file(desk, client)
                intake.record_application(
                    desk,
                    an_application(client, number=f"B{client.file_no}", date=date(2026, 10, 5)),
                )
            playroom.check_in(desk, a_visit(OTHER, id="other", child="Ada", date=date(2026, 11, 3)))
            centres.append(Centre(desk, path.parent))
        try:
            yield centres[0], centres[1]
        finally:
            for centre in centres:
                centre.desk.vault.close()


DAYS = st.sampled_from([month.first for month in MONTHS])
VISITS = st.builds(
    lambda child, day: a_visit(CLIENT, child=child, date=day), st.sampled_from(CHILDREN), DAYS
)
RENAMES = st.builds(Rename, st.integers(0, 9), st.sampled_from(CHILDREN))
LEAVING = st.builds(Publish, st.sampled_from(MONTHS))
ACTS = st.sampled_from(CIRCLE_ACTS)


def live(sealing: Centre, ordinary: Centre, steps: list[object], publish: str) -> None:
    """Let the same happen in both centres; in one of them the file is sealed now and then."""
    for step in steps:
        match step:
            case str():
                sealing.change_circle(step)
            case PlayroomVisit():
                sealing.receive(step)
                ordinary.receive(step)
            case Rename():
                sealing.rename(step)
                ordinary.rename(step)
            case Publish(month):
                getattr(sealing, publish)(month)
                getattr(ordinary, publish)(month)
        for period in PERIODS:
            assert sealing.counted(period) == ordinary.counted(period), (step, period.key)


@pytest.mark.slow
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(st.lists(st.one_of(ACTS, VISITS, RENAMES, LEAVING), min_size=4, max_size=16))
def test_sealing_changes_no_count_of_a_published_or_an_open_month(steps: list[object]) -> None:
    with two_centres() as (sealing, ordinary):
        live(sealing, ordinary, steps, "freeze")
        for period in PERIODS:
            assert reporting.counts(sealing.desk, period) == reporting.counts(ordinary.desk, period)
        erase_files(ordinary.desk.vault)
        before = [sealing.counted(period) for period in PERIODS]
        _erase_restricted(sealing)
        frozen = [at for at, period in enumerate(PERIODS) if _is_frozen(sealing, period)]
        assert [sealing.counted(PERIODS[at]) for at in frozen] == [before[at] for at in frozen]
        assert [ordinary.counted(PERIODS[at]) for at in frozen] == [before[at] for at in frozen]


def _erase_restricted(centre: Centre) -> None:
    with centre.desk.vault.write() as db:
        db.execute("DELETE FROM sealed_part")
        db.execute("DELETE FROM circle_member")
        db.execute("DELETE FROM circle")
    erase_files(centre.desk.vault)


def _is_frozen(centre: Centre, period: Period) -> bool:
    with centre.desk.vault.read() as db:
        kept = {row[0] for row in db.execute("SELECT month FROM frozen_month")}
    return kept.issuperset(month.key for month in period.months)


#: A child comes in every month; its file is sealed, opened and corrected between them.
HISTORIES: list[list[object]] = [
    [
        a_visit(CLIENT, child="Işık", date=date(2026, 10, 7)),
        a_visit(CLIENT, child="Ada", date=date(2026, 10, 8)),
        Publish(MONTHS[0]),
        "seal",
        a_visit(CLIENT, child="IŞIK", date=date(2026, 11, 4)),
        Publish(MONTHS[1]),
        "widen",
        Rename(1, "Efe"),
        a_visit(CLIENT, child="Ada", date=date(2026, 12, 1)),
        a_visit(CLIENT, child="Işık", date=date(2026, 10, 9)),
        "narrow",
        "unseal",
        Publish(MONTHS[2]),
        Publish(PERIODS[3]),
    ],
    [
        "seal",
        a_visit(CLIENT, child="Işık", date=date(2026, 10, 7)),
        Publish(MONTHS[0]),
        "unseal",
        a_visit(CLIENT, child="Işık", date=date(2026, 11, 7)),
        Publish(MONTHS[1]),
        "seal",
        Rename(0, "Ada"),
        a_visit(CLIENT, child="Işık", date=date(2026, 12, 7)),
        Publish(PERIODS[3]),
    ],
]


@pytest.mark.slow
@pytest.mark.parametrize("steps", HISTORIES)
def test_what_leaves_is_the_same_byte_for_byte(steps: list[object]) -> None:
    with two_centres() as (sealing, ordinary):
        live(sealing, ordinary, steps, "publish")
        assert len(sealing.left["2026-Q4"]) == 4
        assert sealing.left == ordinary.left
        # Publishing again, after all that happened since, gives the same bytes.
        for key, files in dict(sealing.left).items():
            sealing.publish(Period.parse(key))
            assert sealing.left[key] == files


def test_the_child_that_came_before_and_after_its_file_was_sealed_is_one() -> None:
    """The control: a quarter of two frozen months in which one child came is told to have one."""
    with two_centres() as (sealing, ordinary):
        live(sealing, ordinary, HISTORIES[0][:6], "freeze")
        summary = sealing.counted(PERIODS[3])[0]
        # Işık and Ada of the sealed file, and Ada of the other one.
        assert summary.cells["playroom_children",].value == 3
