"""The groups of a calendar year are those with which its first report left."""

from datetime import date, datetime
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import ISTANBUL, FixedClock, Period
from kadin_danisma.reports import profiles
from kadin_danisma.services import giving, intake, ledger, reporting, upkeep
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.reconciling import bring_back
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_session, an_application

JULY, AUGUST, QUARTER = (Period.parse(key) for key in ("2026-07", "2026-08", "2026-Q3"))
OLD, NEW = ["to_29", "from_40"], ["to_29", "from_40_or_unknown"]


@pytest.fixture
def busy(desk: Desk) -> Desk:
    for month in (7, 8):
        for n in range(12):
            client = a_client(f"2026/{month}{n:02d}", birth_year=1956 + 10 * (n % 6))
            intake.open_file(desk, client)
            day = date(2026, month, 10)
            intake.record_application(desk, an_application(client, date=day))
            intake.record_session(desk, a_session(client, date=day))
    return desk


@pytest.fixture
def begun(busy: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk whose July was published by a program that knew the first groups only."""
    with monkeypatch.context() as patch:
        patch.setattr(profiles, "LATEST", profiles.FIRST)
        reporting.publish(busy, JULY, tmp_path)
    with busy.vault.write() as db:
        db.execute("DELETE FROM meta WHERE key = 'report_groups_2026'")
    return busy


def ages(desk: Desk, period: Period) -> list[str]:
    table = reporting.preview(desk, period).report.table("clients_by_age_band")
    assert table is not None
    return list(table.groups["age_band"])


def test_a_year_of_which_nothing_left_has_the_latest_groups(busy: Desk, tmp_path: Path) -> None:
    assert ages(busy, JULY) == NEW
    reporting.publish(busy, JULY, tmp_path)
    assert ages(busy, AUGUST) == NEW
    assert reporting.check_proofs(busy) == (1, [])


def test_a_year_that_has_begun_keeps_its_groups_and_its_bytes(begun: Desk, tmp_path: Path) -> None:
    left = {path.name: path.read_bytes() for path in tmp_path.glob("kadin-danisma-2026-07.*")}
    assert len(left) == 4
    assert ages(begun, AUGUST) == OLD
    reporting.publish(begun, AUGUST, tmp_path)
    again = reporting.publish(begun, JULY, tmp_path / "again")
    assert {path.name: path.read_bytes() for path in again} == left
    assert reporting.check_proofs(begun) == (2, [])


def test_its_months_that_are_not_published_are_protected_with_its_groups(begun: Desk) -> None:
    with begun.vault.read() as db:
        books = ledger.open_books(db, QUARTER)
    assert books.groups == profiles.FIRST


def test_its_tables_on_request_have_its_groups_where_its_months_have_the_table() -> None:
    groups = {}
    for table in ("clients_by_age_band", "clients_by_marital"):
        spec = giving.grouped(table, "month", profiles.FIRST)
        assert spec is not None
        groups |= spec.groups
    assert list(groups["age_band"]) == OLD
    assert list(groups["marital"]) == ["living_as_married", "not_together"]


def test_another_year_is_told_with_the_latest(begun: Desk) -> None:
    with begun.vault.read() as db:
        assert ledger.groups(db, 2026) == profiles.FIRST
        assert ledger.groups(db, 2027) == profiles.LATEST


@pytest.mark.parametrize(("edition", "groups"), [(profiles.FIRST, OLD), (profiles.LATEST, NEW)])
def test_after_a_restore_the_report_that_comes_back_says_which_groups(
    busy: Desk,
    tmp_path: Path,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    edition: int,
    groups: list[str],
) -> None:
    """The backup was made before anything of the year left."""
    upkeep.backup(busy, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(profiles, "LATEST", edition)
        (file,) = reporting.publish(busy, JULY, tmp_path, ["json"])
    busy.vault.close()
    clock.moment = datetime(2026, 12, 10, 9, 0, tzinfo=ISTANBUL)
    (copy,) = tmp_path.glob("*.vault")
    target = tmp_path / "yeni" / "merkez.vault"
    upkeep.restore(copy, target, "derya", PASSPHRASE, clock)
    with Vault.open(target, "derya", PASSPHRASE, clock) as vault:
        restored = Desk(vault, clock)
        assert bring_back(restored, file).agrees
        assert ages(restored, AUGUST) == groups
