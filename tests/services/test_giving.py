"""Tables on request and numbers by hand stand in the ledger like every report."""

import json
from pathlib import Path
from typing import Any

import pytest

from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.table import MARK
from kadin_danisma.errors import KnownError
from kadin_danisma.reports import profiles
from kadin_danisma.reports.report import thawed
from kadin_danisma.services import giving, reporting
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import audit, publications
from tests.services.centre import fill

JULY = Period.parse("2026-07")
MARITAL = "clients_by_marital"


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk to which twenty-four women came in July: ten by phone, one by letter."""
    fill(desk, months=(7,), women=24)
    return desk


def data_of(paths: list[Path]) -> dict[str, Any]:
    (path,) = (each for each in paths if each.suffix == ".json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def test_a_table_of_its_own_has_its_own_number_and_name(busy: Desk, tmp_path: Path) -> None:
    reporting.publish(busy, JULY, tmp_path)
    written = giving.custom(busy, JULY, MARITAL, "quarter", tmp_path)
    assert {path.name for path in written} == {
        f"kadin-danisma-2026-07-2.{name}" for name in ("pdf", "xlsx", "csv", "json")
    }
    data = data_of(written)
    assert data["number"] == "2026/07-2"
    assert [table["id"] for table in data["tables"]] == [MARITAL]
    assert [each.number for each in giving.given(busy)] == ["2026/07-2"]
    assert [each.number for each in reporting.published(busy)] == ["2026/07-1"]
    with busy.vault.read() as db:
        (line,) = audit.lines(db, 1)
    assert (line.action, line.subject) == ("report.custom", "2026/07-2")


def test_it_comes_out_again_as_it_was(busy: Desk, tmp_path: Path) -> None:
    first = giving.custom(busy, JULY, MARITAL, "quarter", tmp_path / "1")
    again = giving.write_again(busy, "2026/07-2", tmp_path / "2")
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in first]
    with pytest.raises(KnownError):
        giving.write_again(busy, "2026/07-9", tmp_path)


def test_what_comes_later_is_proved_beside_it(busy: Desk, tmp_path: Path) -> None:
    giving.custom(busy, JULY, MARITAL, "quarter", tmp_path)
    reporting.publish(busy, JULY, tmp_path)
    assert reporting.check_proofs(busy) == (2, [])


def test_a_table_that_would_be_mostly_stars_is_refused_and_says_so(
    busy: Desk, tmp_path: Path
) -> None:
    with pytest.raises(KnownError, match=r"\d+.*\d+"):
        giving.custom(busy, JULY, MARITAL, "full", tmp_path)
    assert giving.given(busy) == []


@pytest.mark.parametrize(
    ("table", "detail"),
    [
        ("clients_by_name", "full"),
        ("clients_by_perpetrator", "month"),
        ("clients_by_age_band", "day"),
    ],
)
def test_only_tables_and_groups_of_the_closed_list_are_given(
    busy: Desk, tmp_path: Path, table: str, detail: str
) -> None:
    with pytest.raises(KnownError):
        giving.custom(busy, JULY, table, detail, tmp_path)


def test_nothing_is_given_of_a_period_that_is_not_over(busy: Desk, tmp_path: Path) -> None:
    november = Period.parse("2026-11")
    with pytest.raises(KnownError):
        giving.custom(busy, november, "clients_by_age_band", "month", tmp_path)
    with pytest.raises(KnownError):
        giving.tell(busy, november, "summary", ("clients",), 0, "Basın")


def test_a_number_told_by_hand_is_kept_and_nothing_else_of_its_table(busy: Desk) -> None:
    number = giving.tell(busy, JULY, "applications_by_channel", ("phone",), 10, "Meclis, 3.8.")
    assert number == "2026/07-2"
    (told,) = giving.given(busy)
    report = thawed(told.report)
    (table,) = report.tables
    assert {key for key, value in table.cells.items() if value != MARK} == {("phone",)}
    assert table.cells["phone",] == 10
    assert report.told_to == "Meclis, 3.8."
    with busy.vault.read() as db:
        assert publications.published_months(db) == {"2026-07"}
        assert publications.files_of(db, number) == {}


def test_a_number_that_was_told_takes_the_place_of_a_star(
    busy: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one woman who wrote cannot be found by taking the ten told from what is shown."""
    # In a year that has these groups: there who wrote stands apart from who called.
    monkeypatch.setattr(profiles, "LATEST", profiles.FIRST)
    giving.tell(busy, JULY, "applications_by_channel", ("phone",), 10, "Basın")
    tables = data_of(reporting.publish(busy, JULY, tmp_path))["tables"]
    shown = dict(
        next(table for table in tables if table["id"] == "applications_by_channel")["rows"]
    )
    written = shown["written_or_sent"]
    assert written == MARK or written >= 5
    assert written != MARK or MARK in {shown["face_to_face"], shown["_total"]}
    assert reporting.check_proofs(busy) == (1, [])


@pytest.mark.parametrize(
    ("table", "cell", "value"),
    [
        ("summary", ("clients",), 25),
        ("summary", ("people",), 24),
        ("summary", ("trainings",), 0),
        ("summary", ("clients", "clients"), 24),
        ("applications_by_channel", ("in_person",), 0),
        ("clients_by_name", ("derya",), 1),
    ],
)
def test_a_number_that_reports_would_not_count_is_refused(
    busy: Desk, table: str, cell: tuple[str, ...], value: int
) -> None:
    with pytest.raises(KnownError) as refusal:
        giving.tell(busy, JULY, table, cell, value, "Basın")
    assert "24" not in refusal.value.message
    assert giving.given(busy) == []


def test_somebody_must_have_heard_it(busy: Desk) -> None:
    with pytest.raises(KnownError):
        giving.tell(busy, JULY, "summary", ("clients",), 24, "  ")


def test_a_small_number_that_was_told_hides_more_and_stops_nothing(
    busy: Desk, tmp_path: Path
) -> None:
    giving.tell(busy, JULY, "applications_by_channel", ("letter",), 1, "Basın")
    assert reporting.publish(busy, JULY, tmp_path)
    assert reporting.check_proofs(busy) == (1, [])
