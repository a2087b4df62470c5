"""The report as a workbook: one sheet a table, real numbers, no formulas, nobody's name inside."""

import re
import zipfile
from io import BytesIO
from textwrap import shorten
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kadin_danisma.domain.dates import show_date
from kadin_danisma.domain.table import MARK, TOTAL, ProtectedTable
from kadin_danisma.domain.titles import table_title
from kadin_danisma.i18n import _, pgettext
from kadin_danisma.reports import labels, notes
from kadin_danisma.reports.plain_text import harmless
from kadin_danisma.reports.report import Report
from kadin_danisma.reports.theme import PAPER

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_FAMILY = "Noto Sans"
_CORE = "docProps/core.xml"
#: Title and language are all that the file says of itself.
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title>'
    "<dc:language>{language}</dc:language></cp:coreProperties>"
)
#: Every part of the file carries this moment, the earliest a ZIP can hold.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_TITLE = Font(name=_FAMILY, size=14, bold=True, color=PAPER.accent[1:])
_TEXT = Font(name=_FAMILY, size=10, color=PAPER.ink[1:])
_BOLD = Font(name=_FAMILY, size=10, bold=True, color=PAPER.ink[1:])
_MUTED = Font(name=_FAMILY, size=9, color=PAPER.muted[1:])
_HEAD_FILL = PatternFill("solid", fgColor=PAPER.accent_soft[1:])
_LINE = Border(bottom=Side(style="thin", color=PAPER.line[1:]))
_NUMBER = "#,##0"


def write(report: Report) -> bytes:
    """Return the report as XLSX; the same report always gives the same bytes."""
    book = Workbook()
    cover = book.active
    assert cover is not None
    cover.title = _("Report")
    _cover(cover, report)
    for at, table in enumerate(report.tables, start=1):
        sheet = book.create_sheet(_sheet_name(at, table_title(table.id)))
        _table(sheet, table, report)
    raw = BytesIO()
    book.save(raw)
    return _anonymous(raw.getvalue(), report)


def _cover(sheet: Worksheet, report: Report) -> None:
    first, last = show_date(report.period.first), show_date(report.period.last)
    _text(sheet, 1, 1, report.centre, _BOLD)
    _text(sheet, 2, 1, labels.report_title(report.period), _TITLE)
    lines = [
        (_("Period"), f"{report.period.title} ({first} – {last})"),
        (_("Report no"), report.number),
        (_("Issued"), show_date(report.issued)),
    ]
    for row, (name, value) in enumerate(lines, start=4):
        _text(sheet, row, 1, name, _MUTED)
        _text(sheet, row, 2, value, _TEXT)
    row = 8
    sentences = [notes.demo_note()] if report.demo else []
    sentences += [notes.mark_note()] if report.has_marks else []
    for sentence in [*sentences, *notes.method_notes(report)]:
        _text(sheet, row, 1, sentence, _TEXT)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        sheet.row_dimensions[row].height = 15 * (1 + len(sentence) // 85)
        row += 1
    _page(sheet, (18, 72), row - 1, report)


def _table(sheet: Worksheet, table: ProtectedTable, report: Report) -> None:
    _text(sheet, 1, 1, table_title(table.id), _TITLE, wrap=False)
    side = table.dims[0]
    across = table.dims[1] if len(table.dims) > 1 else None
    columns = (*table.categories[across], TOTAL) if across else (None,)
    heads = [pgettext("column", "Number")]
    if across:
        heads = [labels.category(across, key) for key in columns if key]
    for at, head in enumerate([labels.dim_name(side), *heads], start=1):
        cell = _text(sheet, 3, at, head, _BOLD)
        cell.fill = _HEAD_FILL
        cell.alignment = Alignment(
            horizontal="left" if at == 1 else "right", vertical="center", wrap_text=True
        )
    row = 4
    for label in _labels_of(table, side):
        font = _BOLD if label == TOTAL else _TEXT
        _text(sheet, row, 1, labels.category(side, label), font).border = _LINE
        for at, key in enumerate(columns, start=2):
            value = table.cells[(label, key) if key else (label,)]
            _number(sheet, row, at, value, _BOLD if key == TOTAL else font)
        row += 1
    _text(sheet, row + 1, 1, labels.base_note(table), _MUTED, wrap=False)
    if MARK in table.cells.values():
        row += 1
        _text(sheet, row + 1, 1, notes.mark_note(), _MUTED, wrap=False)
    if report.demo:
        row += 1
        _text(sheet, row + 1, 1, notes.demo_note(), _MUTED, wrap=False)
    sheet.freeze_panes = "B4"
    _page(sheet, (44, *[14] * len(columns)), row + 1, report)


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    return cell


def _labels_of(table: ProtectedTable, dim: str) -> tuple[str, ...]:
    at = table.dims.index(dim)
    return tuple(dict.fromkeys(key[at] for key in table.cells))


def _text(
    sheet: Worksheet, row: int, column: int, text: str, font: Font, *, wrap: bool = True
) -> Cell:
    cell = _cell(sheet, row, column)
    cell.value = harmless(text)
    cell.data_type = "s"
    cell.font = font
    cell.alignment = Alignment(vertical="center", wrap_text=wrap)
    return cell


def _number(sheet: Worksheet, row: int, column: int, value: int | str, font: Font) -> None:
    cell = _cell(sheet, row, column)
    cell.value = value
    cell.number_format = _NUMBER
    cell.font = font
    cell.border = _LINE
    cell.alignment = Alignment(horizontal="right", vertical="center")


def _page(sheet: Worksheet, widths: tuple[int, ...], rows: int, report: Report) -> None:
    for at, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.print_area = f"A1:{get_column_letter(len(widths))}{rows}"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.orientation = "landscape" if sum(widths) > 100 else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_view.showGridLines = False
    footer = sheet.oddFooter
    assert footer is not None
    footer.left.text, footer.right.text = report.number, "&P / &N"


def _sheet_name(at: int, title: str) -> str:
    return shorten(f"{at} {_FORBIDDEN.sub('', title)}", 31, placeholder=" …").strip("'")


def _anonymous(raw: bytes, report: Report) -> bytes:
    """Pack the parts again, without the moments and makers that the library writes."""
    title = escape(f"{labels.report_title(report.period)} {report.number}")
    properties = _PROPERTIES.format(title=title, language=report.language).encode()
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, _ZIP_TIME)
            part.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(part, properties if name == _CORE else old.read(name))
    return packed.getvalue()
