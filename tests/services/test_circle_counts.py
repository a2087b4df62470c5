"""Whatever happens to a restricted file, it counts and says what the same ordinary file would."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.dates import ISTANBUL, FixedClock, Period
from kadin_danisma.domain.records import Client, PlayroomVisit, Session
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError
from kadin_danisma.services import (
    casework,
    circles,
    importing,
    intake,
    people,
    playroom,
    referring,
    reporting,
)
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import records
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

SAMPLE = Path(__file__).parent.parent / "data" / "ornek-yil.xlsx"
MOMENT = datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL)
CLIENT = a_client("2026/0007", name="Nur Deniz", birth_year=1990, district="tire")
PERIODS = [Period.parse(key) for key in ("2026-09", "2026-10", "2026-Q4", "2026")]
#: Two spellings of one child, and another.
CHILDREN = ("Işık", "IŞIK", "Ada")
DAYS = st.sampled_from([date(2026, 9, 3), date(2026, 10, 5), date(2026, 11, 2)])
CIRCLE_ACTS = ("seal", "widen", "narrow", "unseal")
#: A step: an act on the circle, or something that is written to the file.
STEPS = st.lists(
    st.one_of(
        st.sampled_from(CIRCLE_ACTS),
        st.builds(
            lambda child, day: a_visit(CLIENT, child=child, date=day, may_collect=f"teyze {child}"),
            st.sampled_from(CHILDREN),
            DAYS,
        ),
        st.builds(
            lambda day, note: a_session(CLIENT, date=day, note=note, counsellor=f"K {note}"),
            DAYS,
            st.text("abcğşı ", max_size=20).map(str.strip),
        ),
        st.builds(lambda day: an_application(CLIENT, date=day), DAYS),
        st.builds(lambda day: a_referral(CLIENT, date=day), DAYS),
        st.builds(
            lambda name, district: replace(CLIENT, name=name, district=district),
            st.text("abcğşı", max_size=9),
            st.sampled_from(["tire", "konak", "outside", "declined"]),
        ),
    ),
    max_size=14,
)


@contextmanager
def a_desk(folder: str, name: str) -> Iterator[Desk]:
    clock = FixedClock(MOMENT)
    path = Path(folder) / f"{name}.vault"
    vault, _code = Vault.create(path, "Örnek", a_user(), PASSPHRASE, clock)
    with vault:
        desk = Desk(vault, clock)
        people.add_user(desk, "avukat", "", Role.LAWYER, PASSPHRASE)
        intake.open_file(desk, CLIENT)
        yield desk


def change_circle(desk: Desk, act: str) -> None:
    """Do an act on the circle where it can be done."""
    colleague = {user.id for user in circles.choices(desk)} - {desk.user.id}
    restricted = casework.client_page(desk, CLIENT.id).seal is Seal.OPEN
    acts: dict[str, Callable[[], object]] = {
        "seal": lambda: circles.seal(desk, CLIENT.id, set()),
        "widen": lambda: circles.widen(desk, CLIENT.id, colleague),
        "narrow": lambda: circles.narrow(desk, CLIENT.id, colleague),
        "unseal": lambda: circles.unseal(desk, CLIENT.id),
    }
    if restricted is (act != "seal"):
        acts[act]()


def write(desk: Desk, record: object) -> None:
    match record:
        case PlayroomVisit():
            playroom.check_in(desk, record)
            playroom.check_out(desk, record.id, "anne", time(16, 0))
        case Session():
            intake.record_session(desk, record)
        case Client():
            standing = casework.client(desk, CLIENT.id)
            intake.correct(desk, replace(record, revision=standing.revision))
        case _ if hasattr(record, "institution"):
            referring.refer(desk, record)
        case _:
            intake.record_application(desk, record)  # type: ignore[arg-type]


def all_said(desk: Desk) -> object:
    """Return everything on the file with its history; the order within one second is free."""
    page = casework.client_page(desk, CLIENT.id)
    about = [(Kind.CLIENT, CLIENT.id), *((e.kind, e.record.id) for e in page.timeline)]
    # Who signed a wording is another matter once somebody sealed it.
    lines = [
        sorted(
            repr(replace(line, trust=None, sealed_by="")) for line in casework.history(desk, *each)
        )
        for each in about
    ]
    return page.client, sorted(map(repr, page.timeline)), sorted(map(repr, lines))


@pytest.mark.slow
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
@given(STEPS)
def test_no_change_of_the_circle_changes_a_count_or_loses_a_field(steps: list[object]) -> None:
    with (
        TemporaryDirectory() as folder,
        a_desk(folder, "a") as desk,
        a_desk(folder, "b") as ordinary,
    ):
        for step in steps:
            if isinstance(step, str):
                change_circle(desk, step)
                continue
            write(desk, step)
            write(ordinary, step)
        for period in PERIODS:
            assert reporting.counts(desk, period) == reporting.counts(ordinary, period)
        assert all_said(desk) == all_said(ordinary)
        change_circle(desk, "unseal")
        assert all_said(desk) == all_said(ordinary)


@pytest.fixture
def imported(vault_path: Path) -> Iterator[tuple[Desk, str]]:
    """A desk with the sample year, and the file of it that has most playroom visits."""
    clock = FixedClock(MOMENT)
    vault, _code = Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock)
    with vault:
        desk = Desk(vault, clock)
        people.add_user(desk, "ikinci", "", Role.COORDINATOR, PASSPHRASE)
        people.add_user(desk, "avukat", "", Role.LAWYER, PASSPHRASE)
        assert importing.import_workbook(desk, SAMPLE).refused == []
        with vault.read() as db:
            row = db.execute(
                "SELECT client_id FROM playroom_visit GROUP BY client_id"
                " ORDER BY count(*) DESC, client_id LIMIT 1"
            ).fetchone()
        yield desk, row[0]


def test_the_workbook_a_restricted_file_came_from_adds_nothing_again(
    imported: tuple[Desk, str], vault_path: Path
) -> None:
    desk, client_id = imported
    circles.seal(desk, client_id, set())
    for name in ("derya", "ikinci"):
        desk.vault.close()
        with Vault.open(vault_path, name, PASSPHRASE, desk.clock) as vault:
            again = importing.import_workbook(Desk(vault, desk.clock), SAMPLE)
            assert (again.refused, set(again.added.values())) == ([], {0})


@pytest.mark.slow
def test_new_visits_of_a_restricted_file_are_imported_by_its_circle_only(
    imported: tuple[Desk, str], vault_path: Path
) -> None:
    desk, client_id = imported
    circles.seal(desk, client_id, set())
    with desk.vault.write() as db:
        visits = "SELECT id FROM playroom_visit WHERE client_id = :id"
        parts = f"DELETE FROM sealed_part WHERE record_id IN ({visits})"
        db.execute(parts, {"id": client_id})
        db.execute("DELETE FROM playroom_visit WHERE client_id = :id", {"id": client_id})
    desk.vault.close()
    with Vault.open(vault_path, "ikinci", PASSPHRASE, desk.clock) as vault:
        outsider = Desk(vault, desk.clock)
        for dry in (True, False):
            with pytest.raises(KnownError):
                importing.import_workbook(outsider, SAMPLE, dry_run=dry)
    with Vault.open(vault_path, "derya", PASSPHRASE, desk.clock) as vault:
        mine = Desk(vault, desk.clock)
        added = importing.import_workbook(mine, SAMPLE).added
        assert added["playroom_visits"] > 0
        with vault.read() as db:
            rows = records.read(db, PlayroomVisit, "WHERE client_id = :id", {"id": client_id})
        assert all(visit.child.startswith("c-") for visit in rows)
