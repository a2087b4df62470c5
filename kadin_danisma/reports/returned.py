"""Reading a published report back from its data file (contract.md section 4), to the letter."""

import json
from datetime import date

from kadin_danisma.domain import counting
from kadin_danisma.domain.facts import Facts
from kadin_danisma.domain.table import MARK, ProtectedTable, spec_of
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.reports.disclosure import GREATEST_MINIMUM, LEAST_MINIMUM
from kadin_danisma.reports.report import Report, document, report_number, thawed

#: No report is near this size.
LARGEST = 5_000_000


def read_back(content: bytes, centre: str, issued: date, language: str) -> Report:
    """Return the report that a data file holds.

    Args:
        content: The file.
        centre: Whose report it is; the file does not say.
        issued: The day it is to bear on paper; the file does not say either.
        language: That of its words.

    Raises:
        KnownError: It is no whole report of this program.
    """
    try:
        data = json.loads(content)
        kept = {"centre": centre, "issued": issued.isoformat(), "language": language}
        report = thawed(json.dumps(kept | {"report": data}))
        # Nothing may stand in it that a report does not say, and nothing may be missing.
        is_whole = document(report) == data and _is_whole(report)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, KnownError):
        is_whole = False
    if not is_whole:
        raise KnownError(
            _("This is not the complete JSON file of a report of this program, as it was "
              "published. Nothing was changed.")
        )  # fmt: skip
    return report


def _is_whole(report: Report) -> bool:
    issue = report.number.rpartition("-")[2]
    ids = [table.id for table in report.tables]
    return (
        issue.isascii()
        and issue.isdigit()
        and int(issue) >= 1
        and report.number == report_number(report.period, int(issue))
        and type(report.minimum) is int
        and LEAST_MINIMUM <= report.minimum <= GREATEST_MINIMUM
        and bool(ids)
        and len(set(ids)) == len(ids)
        and all(_is_of_the_list(table) for table in report.tables)
    )


def _is_of_the_list(table: ProtectedTable) -> bool:
    """Tell whether a table is one of the closed list, with every row and only numbers and marks."""
    nothing = Facts(0, (), (), (), (), (), 0, 0)
    (whole,) = counting.tables(nothing, [spec_of(table)])
    return (
        (table.unit, table.dims, table.multi, table.categories, table.groups)
        == (whole.unit, whole.dims, whole.multi, whole.categories, whole.groups)
        and list(table.cells) == list(whole.cells)
        and all(
            value == MARK or (type(value) is int and value >= 0) for value in table.cells.values()
        )
    )
