"""The sample year comes in whole, counts to the last cell, and comes in once."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.records import Client, PlayroomVisit
from kadin_danisma.domain.table import Table
from kadin_danisma.domain.text import upper
from kadin_danisma.services import importing, intake, referring, reporting
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import records

DATA = Path(__file__).parent.parent / "data"
SAMPLE = DATA / "ornek-yil.xlsx"


@pytest.fixture
def sample_desk(desk: Desk) -> Desk:
    """A desk whose vault holds the sample year."""
    result = importing.import_workbook(desk, SAMPLE)
    assert result.refused == []
    return desk


def as_data(table: Table) -> dict[str, object]:
    """Return a table in the shape of ``counts --json``."""
    return {
        "id": table.id,
        "unit": table.unit,
        "dims": list(table.dims),
        "multi": list(table.multi),
        "categories": {dim: list(keys) for dim, keys in table.categories.items()},
        "rows": sorted([*key, cell.value] for key, cell in table.cells.items()),
    }


def test_every_count_of_the_sample_year_agrees_to_the_last_cell(sample_desk: Desk) -> None:
    truth = json.loads((DATA / "ornek-yil.counts.json").read_text(encoding="utf-8"))
    for period, expected in truth.items():
        counted = {
            table.id: as_data(table)
            for table in reporting.counts(sample_desk, Period.parse(period))
        }
        assert counted.keys() == {table["id"] for table in expected["tables"]}
        for table in expected["tables"]:
            wanted = {key: table[key] for key in ("id", "unit", "dims", "multi", "categories")}
            assert counted[table["id"]] == wanted | {"rows": sorted(table["rows"])}, period


def test_the_answer_names_what_was_added(desk: Desk) -> None:
    assert importing.import_workbook(desk, SAMPLE).added == {
        "clients": 174,
        "applications": 185,
        "contacts": 80,
        "sessions": 348,
        "playroom_visits": 67,
        "referrals": 108,
        "trainings": 18,
    }


def test_the_same_workbook_again_adds_nothing(sample_desk: Desk) -> None:
    again = importing.import_workbook(sample_desk, SAMPLE)
    assert set(again.added.values()) == {0}
    assert again.refused == []


def test_a_dry_run_says_what_would_be_added_and_writes_nothing(desk: Desk) -> None:
    dry = importing.import_workbook(desk, SAMPLE, dry_run=True)
    assert dry.added["clients"] == 174
    assert dry.change is None
    assert intake.count_clients(desk) == 0
    with desk.vault.read() as db:
        assert db.execute("SELECT count(*) FROM audit WHERE action = 'import'").fetchone()[0] == 0


def test_a_referral_answered_since_is_recognised_and_not_added_again(sample_desk: Desk) -> None:
    line = referring.waiting(sample_desk)[0]
    referring.close(sample_desk, line.referral.id, "accepted", date(2026, 11, 20))
    again = importing.import_workbook(sample_desk, SAMPLE)
    assert again.added["referrals"] == 0


def test_a_file_that_differs_in_the_vault_is_refused_and_stays_as_it_is(sample_desk: Desk) -> None:
    with sample_desk.vault.read() as db:
        client = records.find_by(db, Client, "file_no", "2025/0001")
    assert client is not None
    intake.correct(
        sample_desk, replace(client, district="buca" if client.district != "buca" else "konak")
    )
    result = importing.import_workbook(sample_desk, SAMPLE)
    assert [(r.sheet, r.row, r.column) for r in result.refused] == [("Danışanlar", 2, "Dosya No")]
    assert set(result.added.values()) == {0}


def test_what_a_workbook_has_no_column_for_is_no_difference(sample_desk: Desk) -> None:
    with sample_desk.vault.read() as db:
        client = records.find_by(db, Client, "file_no", "2025/0001")
    assert client is not None
    intake.correct(sample_desk, replace(client, must_not_know="eşi", call_hours="10.00-12.00"))
    assert importing.import_workbook(sample_desk, SAMPLE).refused == []


def test_a_cancelled_import_writes_nothing(desk: Desk) -> None:
    class Cancelled(Exception):  # noqa: N818
        pass

    def cancel(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        importing.import_workbook(desk, SAMPLE, progress=cancel)
    assert intake.count_clients(desk) == 0


def test_a_childs_name_spelt_otherwise_is_the_same_visit(sample_desk: Desk) -> None:
    with sample_desk.vault.read() as db:
        visit = records.read(db, PlayroomVisit, "ORDER BY date, time_in LIMIT 1")[0]
    intake.correct(sample_desk, replace(visit, child=upper(visit.child)))
    assert importing.import_workbook(sample_desk, SAMPLE).added["playroom_visits"] == 0
