"""The report as one long CSV table that Turkish Excel opens as it is: ``;``, BOM, CRLF."""

import csv
from collections.abc import Iterator
from io import StringIO

from kadin_danisma.domain.table import ProtectedTable
from kadin_danisma.domain.titles import table_title
from kadin_danisma.i18n import _
from kadin_danisma.reports import labels, notes
from kadin_danisma.reports.plain_text import harmless
from kadin_danisma.reports.report import Report

_BOM = "\ufeff"


def write(report: Report) -> bytes:
    """Return the report as CSV: one line a number, words in the report's language."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        [
            _("Centre"),
            _("Report no"),
            _("Period"),
            _("Table"),
            _("Base"),
            _("Row"),
            _("Column"),
            _("Value"),
        ]
    )
    head = [harmless(report.centre), harmless(report.number), harmless(report.period.key)]
    for table in report.tables:
        for line in _lines(table):
            writer.writerow([*head, *line])
    if report.has_marks:
        writer.writerow([*head, _("Note"), "", "*", "", notes.mark_note()])
    if report.demo:
        writer.writerow([*head, _("Note"), "", _("DEMO"), "", notes.demo_note()])
    return (_BOM + text.getvalue()).encode()


def _lines(table: ProtectedTable) -> Iterator[list[str | int]]:
    title, unit = table_title(table.id), labels.unit_name(table.unit)
    for key, value in table.cells.items():
        names = [labels.category(dim, label) for dim, label in zip(table.dims, key, strict=True)]
        row, column = (*names, "")[:2]
        yield [harmless(title), harmless(unit), harmless(row), harmless(column), value]
