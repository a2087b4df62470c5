"""The report as a workbook: one sheet a table, real numbers, no formulas, nobody's name inside."""

import re
from dataclasses import dataclass
from io import BytesIO
from textwrap import shorten, wrap
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kadin_danisma.domain.dates import show_date
from kadin_danisma.domain.table import MARK, TOTAL, ProtectedTable
from kadin_danisma.domain.titles import table_title
from kadin_danisma.i18n import _, pgettext
from kadin_danisma.reports import labels, notes
from kadin_danisma.reports.anonymous import anonymous
from kadin_danisma.reports.plain_text import harmless
from kadin_danisma.reports.report import Report
from kadin_danisma.reports.theme import PAPER

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
#: In memory, so that no part of the report lies in a temporary file (docs/decisions/0012).
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_TEXT = {"font_name": "Arial", "font_size": 10, "font_color": PAPER.ink, "valign": "vcenter"}
_MUTED = {"font_size": 9, "font_color": PAPER.muted}
_HEAD = {"bold": True, "bg_color": PAPER.accent_soft, "text_wrap": True}
_LABEL = {"bottom": 1, "bottom_color": PAPER.line, "text_wrap": True}
_NUMBER = {**_LABEL, "align": "right", "indent": 1, "num_format": "#,##0", "text_wrap": False}
#: The look of a cell, told as the difference from plain text.
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"font_size": 14, "bold": True, "font_color": PAPER.accent},
    "centre": {"bold": True},
    "heading": {"font_size": 11, "bold": True, "font_color": PAPER.accent},
    "text": {"text_wrap": True, "valign": "top"},
    "name": {**_MUTED, "valign": "top"},
    "note": {**_MUTED, "text_wrap": True, "valign": "top"},
    "head": _HEAD,
    "head of numbers": {**_HEAD, "align": "right", "indent": 1},
    "label": _LABEL,
    "label of total": {**_LABEL, "bold": True},
    "number": _NUMBER,
    "total": {**_NUMBER, "bold": True},
}
_TITLE_HEIGHT = 24
_LINE_HEIGHT = 13
#: Room around the words of a row, and around those of a sentence.
_PAD, _GAP = 2, 5
#: More than so many digits across are printed on wide paper.
_PORTRAIT = 100
#: So many rows are made to fit on one page, upright or wide; more of them go on on the next.
_ROWS_A_PAGE = {False: 64, True: 48}
#: A width is told in digits, and in a line of text letters are somewhat narrower.
_LETTERS_A_DIGIT = 1.2


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet in the making; rows and columns are counted from 0."""

    page: Worksheet
    looks: dict[str, Format]
    widths: tuple[int, ...]

    def text(self, row: int, column: int, text: str, look: str) -> None:
        self.page.write_string(row, column, harmless(text), self.looks[look])

    def title(self, row: int, text: str) -> None:
        self.text(row, 0, text, "title")
        self.page.set_row(row, _TITLE_HEIGHT)

    def sentence(self, row: int, text: str, look: str) -> None:
        """Write a text of several lines over all columns: beside them it would not be printed."""
        last = len(self.widths) - 1
        self.page.merge_range(row, 0, row, last, "", self.looks[look])
        self.text(row, 0, text, look)
        self.height(row, _lines(text, sum(self.widths) * _LETTERS_A_DIGIT), _GAP)

    def value(self, row: int, column: int, value: int | str, look: str) -> None:
        if isinstance(value, int):
            self.page.write_number(row, column, value, self.looks[look])
        else:
            self.text(row, column, value, look)

    def height(self, row: int, lines: int, gap: int = _PAD) -> None:
        self.page.set_row(row, _LINE_HEIGHT * lines + gap)

    def finish(self, rows: int, report: Report) -> None:
        """Make the sheet, of so many rows, ready to be read and printed."""
        page, last = self.page, len(self.widths) - 1
        for at, width in enumerate(self.widths):
            page.set_column(at, at, width)
        page.print_area(0, 0, rows - 1, last)
        page.set_paper(9)  # A4
        wide = sum(self.widths) > _PORTRAIT
        if wide:
            page.set_landscape()
        page.fit_to_pages(1, 1 if rows <= _ROWS_A_PAGE[wide] else 0)
        page.set_margins(left=0.6, right=0.6, top=0.9, bottom=0.8)
        page.hide_gridlines(2)
        title = labels.heading(report.period)
        number = f"{_('Report no')} {report.number} · {show_date(report.issued)}"
        pages = _("Page {number} / {pages}").format(number="&P", pages="&N")
        page.set_header(f"&L&8{_in_margin(report.centre)}&R&8{_in_margin(title)}")
        page.set_footer(f"&L&8{_in_margin(number)}&R&8{pages}")


def _in_margin(text: str) -> str:
    """Return a text for the head or foot of a page, where & begins an order."""
    # 255 letters are the most that a head can hold; before a digit &8 would be read as &82.
    return " " + shorten(text, 100, placeholder=" …").replace("&", "&&")


def write(report: Report) -> bytes:
    """Return the report as XLSX; the same report always gives the same bytes."""
    raw = BytesIO()
    book = Workbook(raw, _OPTIONS)
    looks = {name: book.add_format({**_TEXT, **look}) for name, look in _LOOKS.items()}
    _cover(_Sheet(book.add_worksheet(_("Report")), looks, (18, 72)), report)
    for at, table in enumerate(report.tables, start=1):
        page = book.add_worksheet(_sheet_name(at, table_title(table.id)))
        _table(_Sheet(page, looks, (48, *[14] * len(_columns(table)))), table, report)
    book.close()
    title = f"{labels.report_title(report.period)} {report.number}, {report.centre}"
    return anonymous(raw.getvalue(), title, report.language)


def _cover(sheet: _Sheet, report: Report) -> None:
    first, last = show_date(report.period.first), show_date(report.period.last)
    sheet.sentence(0, report.centre, "centre")
    sheet.title(1, labels.heading(report.period))
    lines = [
        (_("Period"), f"{report.period.title} ({first} – {last})"),
        (_("Report no"), report.number),
        (_("Issued on"), show_date(report.issued)),
    ]
    for row, (name, value) in enumerate(lines, start=3):
        sheet.text(row, 0, name, "name")
        sheet.text(row, 1, value, "text")
    sentences = [notes.demo_note()] if report.demo else []
    sentences += [notes.mark_note()] if report.has_marks else []
    sentences += notes.method_notes(report)
    for row, sentence in enumerate(sentences, start=7):
        sheet.sentence(row, sentence, "text")
    sheet.finish(_groups(sheet, 8 + len(sentences), report), report)


def _groups(sheet: _Sheet, first: int, report: Report) -> int:
    """Tell from a row on which categories are counted together; return the row after."""
    together = notes.groups_used(report)
    if not together:
        return first
    sheet.text(first, 0, _("What the groups contain"), "heading")
    for row, (place, told) in enumerate(together, start=first + 1):
        sheet.text(row, 0, place, "name")
        sheet.text(row, 1, told, "text")
        room = sheet.widths[1] * _LETTERS_A_DIGIT
        sheet.height(row, sum(_lines(line, room) for line in told.splitlines()), _GAP)
    return first + 1 + len(together)


def _columns(table: ProtectedTable) -> tuple[str | None, ...]:
    """Return the keys of the columns of numbers: None is the only one of a simple table."""
    return (*table.categories[table.dims[1]], TOTAL) if len(table.dims) > 1 else (None,)


def _table(sheet: _Sheet, table: ProtectedTable, report: Report) -> None:
    sheet.title(0, table_title(table.id))
    _heads(sheet, table)
    columns = _columns(table)
    rows = dict.fromkeys(key[0] for key in table.cells)
    for row, label in enumerate(rows, start=3):
        name = labels.category(table.dims[0], label)
        sheet.text(row, 0, name, "label of total" if label == TOTAL else "label")
        sheet.height(row, _lines(name, sheet.widths[0]))
        for at, key in enumerate(columns, start=1):
            value = table.cells[(label, key) if key else (label,)]
            sheet.value(row, at, value, "total" if TOTAL in (label, key) else "number")
    below = [labels.base_note(table)]
    below += [notes.mark_note()] if MARK in table.cells.values() else []
    below += [notes.demo_note()] if report.demo else []
    first = 3 + len(rows) + 1
    for row, sentence in enumerate(below, start=first):
        sheet.sentence(row, sentence, "note")
    sheet.page.freeze_panes(3, 1)
    sheet.page.repeat_rows(0, 2)
    sheet.finish(first + len(below), report)


def _heads(sheet: _Sheet, table: ProtectedTable) -> None:
    heads = [labels.category(table.dims[1], key) for key in _columns(table) if key]
    heads = heads or [pgettext("column", "Number")]
    sheet.text(2, 0, labels.dim_name(table.dims[0]), "head")
    for at, head in enumerate(heads, start=1):
        sheet.text(2, at, head, "head of numbers")
    sheet.height(2, max(_lines(head, sheet.widths[-1]) for head in heads))


def _lines(text: str, width: float) -> int:
    return len(wrap(text, int(width))) or 1


def _sheet_name(at: int, title: str) -> str:
    return shorten(f"{at} {_FORBIDDEN.sub('', title)}", 31, placeholder=" …").strip("'")
