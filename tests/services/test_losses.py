"""What a report does not show is explained to whoever decides that it leaves."""

from dataclasses import replace

import pytest

from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.table import MARK
from kadin_danisma.reports.ledger.edition import SILENT, WOMEN
from kadin_danisma.services import intake, losses, reporting
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.reporting import Draft
from tests.builders import a_client, an_application

CLIENTS = ("summary", ("clients",))


@pytest.fixture
def draft(desk: Desk) -> Draft:
    """A month in which six women came."""
    for number in range(6):
        client = a_client(f"2026/{number:04}", birth_year=1980)
        intake.open_file(desk, client)
        intake.record_application(desk, an_application(client))
    return reporting.preview(desk, Period.parse("2026-10"))


def without_their_number(draft: Draft) -> Draft:
    tables = tuple(
        replace(table, cells=table.cells | {("clients",): MARK}) if table.id == "summary" else table
        for table in draft.report.tables
    )
    return replace(draft, report=replace(draft.report, tables=tables))


def test_where_the_usual_is_shown_there_is_nothing_to_explain(draft: Draft) -> None:
    assert losses.why_withheld(draft) == ""


def test_a_hidden_number_of_women_is_explained(draft: Draft) -> None:
    assert "kaçının yeniden geldiğini" in losses.why_withheld(without_their_number(draft))


def test_a_number_of_women_that_is_small_needs_no_other_reason(draft: Draft) -> None:
    hidden = without_their_number(draft)
    assert losses.why_withheld(replace(hidden, small=draft.small | {CLIENTS})) == ""


def test_of_a_report_that_left_no_reason_is_kept(draft: Draft) -> None:
    assert losses.why_withheld(replace(without_their_number(draft), is_published=True)) == ""


def test_each_way_of_showing_less_has_its_own_words(draft: Draft) -> None:
    no_women = replace(draft, withheld=(WOMEN,))
    nothing = replace(draft, withheld=(SILENT,))
    hardly_anybody = replace(nothing, small=draft.small | {CLIENTS})
    told = [losses.why_withheld(each) for each in (no_women, nothing, hardly_anybody)]
    assert "kadın sayısı gösterilmiyor" in told[0]
    assert "kanıtlanamadı" in told[1]
    assert len(set(told)) == 3
