"""What was made for a preview is published without being made again, while nothing changed."""

import json
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import Period
from kadin_danisma.reports.ledger import history
from kadin_danisma.services import giving, intake, losses, reporting
from kadin_danisma.services.desk import Desk
from tests.builders import a_client, a_session, an_application

OCTOBER, SEPTEMBER = Period.parse("2026-10"), Period.parse("2026-09")


def come(desk: Desk, number: int) -> None:
    client = a_client(f"2026/{number:04}", birth_year=1980)
    intake.open_file(desk, client)
    intake.record_application(desk, an_application(client))
    intake.record_session(desk, a_session(client))


@pytest.fixture
def protected(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Twelve women came in October; the numbers of all reports that were protected since."""
    for number in range(12):
        come(desk, number)
    seen: list[str] = []
    protect = history.protect

    def counted(published, new, *rest):  # type: ignore[no-untyped-def]
        seen.append(new.number)
        return protect(published, new, *rest)

    monkeypatch.setattr(history, "protect", counted)
    return seen


def test_a_draft_is_published_as_it_was_shown(
    desk: Desk, protected: list[str], tmp_path: Path
) -> None:
    draft = reporting.preview(desk, OCTOBER)
    reporting.publish(desk, OCTOBER, tmp_path, ["json"], draft=draft)
    assert protected == ["2026/10-1"]
    assert reporting.preview(desk, OCTOBER).report == draft.report
    assert reporting.check_proofs(desk) == (1, [])


def test_what_was_entered_since_is_in_the_report(
    desk: Desk, protected: list[str], tmp_path: Path
) -> None:
    draft = reporting.preview(desk, OCTOBER)
    come(desk, 99)
    reporting.publish(desk, OCTOBER, tmp_path, ["json"], draft=draft)
    summary = reporting.preview(desk, OCTOBER).report.table("summary")
    assert summary is not None
    assert summary.cells["clients",] == 13
    assert protected == ["2026/10-1", "2026/10-1"]


def test_a_raised_minimum_is_heeded(desk: Desk, protected: list[str], tmp_path: Path) -> None:
    draft = reporting.preview(desk, OCTOBER)
    reporting.raise_minimum(desk, 9)
    reporting.publish(desk, OCTOBER, tmp_path, ["json"], draft=draft)
    assert reporting.preview(desk, OCTOBER).report.minimum == 9


def test_the_draft_of_another_period_is_not_taken(
    desk: Desk, protected: list[str], tmp_path: Path
) -> None:
    draft = reporting.preview(desk, SEPTEMBER)
    reporting.publish(desk, OCTOBER, tmp_path, ["json"], draft=draft)
    summary = reporting.preview(desk, OCTOBER).report.table("summary")
    assert summary is not None
    assert summary.cells["clients",] == 12


def test_the_draft_of_another_table_is_not_taken(
    desk: Desk, protected: list[str], tmp_path: Path
) -> None:
    draft = giving.preview(desk, OCTOBER, "summary", "month")
    (path,) = giving.custom(
        desk, OCTOBER, "clients_by_violence_type", "month", tmp_path, ["json"], draft=draft
    )
    tables = json.loads(path.read_text(encoding="utf-8"))["tables"]
    assert [table["id"] for table in tables] == ["clients_by_violence_type"]
    assert len(protected) == 2


def test_a_draft_does_not_write_out_what_it_was_made_of(desk: Desk, protected: list[str]) -> None:
    assert "months" not in repr(reporting.preview(desk, OCTOBER))


def test_every_hidden_number_is_either_small_or_protects_one(
    desk: Desk, protected: list[str]
) -> None:
    draft = reporting.preview(desk, OCTOBER)
    found = losses.losses(draft)
    assert sum(loss.small for loss in found) == len(draft.small) > 0
    assert all(loss.protecting >= 0 for loss in found)
