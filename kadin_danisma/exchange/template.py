"""The empty workbook to fill in: headers, drop-down lists, formats, and a page that explains.

The same program writes the same bytes each time, so that a template can be compared with another.
"""

import io
import re
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from kadin_danisma.domain.text import lower
from kadin_danisma.errors import KnownError
from kadin_danisma.exchange.columns import EXPLANATION, LISTS, SHEETS, Column, Shape, Sheet
from kadin_danisma.i18n import _

_LAST_ROW = 1_048_576
_WIDTH = 18
#: What cells of a shape are formatted as; texts, so that 007 stays 007 and 1/2 no date.
_FORMATS = {Shape.DAY: "dd.mm.yyyy", Shape.TIME: "hh:mm", Shape.WHOLE: "0"}
_MUST_FILL = PatternFill("solid", start_color="1F5C57")
_MAY_FILL = PatternFill("solid", start_color="DCE9E6")
_MUST_FONT = Font(bold=True, color="FFFFFF")
_MAY_FONT = Font(bold=True, color="17302D")
_MOMENT = (2026, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")


def write_template(path: Path) -> None:
    """Write the empty workbook of contract.md section 2.

    Args:
        path: Where to write.

    Raises:
        KnownError: The file cannot be written, or another file of that name is there, perhaps a
            template that somebody has filled in since.
    """
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "Kadın Danışma"
    places = _write_lists(book.create_sheet(LISTS))
    for position, sheet in enumerate(SHEETS):
        _write_sheet(book.create_sheet(sheet.name, position), sheet, places)
    _explain(book.create_sheet(EXPLANATION))
    book.active = 0
    buffer = io.BytesIO()
    book.save(buffer)
    content = _still(buffer.getvalue())
    try:
        if path.exists() and path.read_bytes() not in {b"", content}:
            raise KnownError(_("Another file of this name is there already; it was not touched."))
        path.write_bytes(content)
    except OSError as error:
        raise KnownError(
            _("The template could not be written. Please choose another folder or name.")
        ) from error


def choices(column: Column) -> tuple[str, ...]:
    """Return the Turkish labels a column offers, none where it takes anything."""
    if column.codes is None:
        return ()
    offered = set(column.words.values()) if column.words else set(column.codes.keys)
    labels = (code.tr for code in column.codes if code.key in offered)
    # The contract writes the fixed words small.
    return tuple(lower(label) if column.words else label for label in labels)


def _write_lists(page: Worksheet) -> dict[tuple[str, ...], str]:
    """Write each list of labels into a column of its own and return where it lies."""
    page.sheet_state = "hidden"
    places: dict[tuple[str, ...], str] = {}
    for sheet in SHEETS:
        for column in sheet.columns:
            labels = choices(column)
            if not labels or labels in places:
                continue
            place = len(places) + 1
            letter = get_column_letter(place)
            for row, text in enumerate((column.header, *labels), start=1):
                page.cell(row, place, text).data_type = "s"
            places[labels] = f"'{LISTS}'!${letter}$2:${letter}${len(labels) + 1}"
    return places


def _write_sheet(page: Worksheet, sheet: Sheet, places: dict[tuple[str, ...], str]) -> None:
    page.freeze_panes = "A2"
    page.row_dimensions[1].height = 30
    for place, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(place)
        dimension = page.column_dimensions[letter]
        dimension.width = max(_WIDTH, len(column.header) + 4)
        dimension.number_format = _FORMATS.get(column.shape, "@")
        header = page.cell(1, place, column.header)
        header.font = _MUST_FONT if column.must else _MAY_FONT
        header.fill = _MUST_FILL if column.must else _MAY_FILL
        header.alignment = Alignment(vertical="center", wrap_text=True)
        header.comment = Comment(_hint(column), "Kadın Danışma", width=320, height=140)
        labels = choices(column)
        if labels and column.shape is not Shape.CODES:
            # Without an error alert: keys and other spellings are welcome too.
            offer = DataValidation("list", formula1=places[labels], showErrorMessage=False)
            offer.add(f"{letter}2:{letter}{_LAST_ROW}")
            page.add_data_validation(offer)


def _hint(column: Column) -> str:
    hints = [_("Must be filled.") if column.must else _("May stay blank.")]
    match column.shape:
        case Shape.DAY:
            hints.append(_("A date: 31.12.2026 or 2026-12-31."))
        case Shape.TIME:
            hints.append(_("A time: 9:30 or 14:05."))
        case Shape.WHOLE:
            hints.append(_("A whole number."))
        case Shape.KIMLIK:
            hints.append(_("Eleven digits."))
        case Shape.CODES:
            hints.append(_("Several answers, with ; between them:"))
            hints.append("; ".join(choices(column)))
        case Shape.CODE | Shape.WORD:
            hints.append(_("Choose from the list."))
    return "\n".join(hints)


def _explain(page: Worksheet) -> None:
    page.sheet_view.showGridLines = False
    page.column_dimensions["A"].width = 100
    lines = (
        _("How to fill in this workbook"),
        _("Each sheet is one kind of record, each row one record. The first row stays as it is."),
        _("Dark headers must be filled; the others may stay blank. Blank means: not asked."),
        _("A file number, application number or session number stands once in its sheet."),
        _("Every file number that is used must stand in the sheet of files or in the vault."),
        _("An application without a file number is a contact."),
        _("Dates: 31.12.2026 or 2026-12-31. Times: 9:30. Nothing before 1990 or after today."),
        _("Where a list is offered, choose from it. Capitals and small letters are the same."),
        _("Several answers in one cell are separated by a semicolon (;)."),
        _("Please write no name and no address of the person who uses violence."),
        _("This file is not encrypted. Import it soon, then delete it safely."),
    )
    for row, text in enumerate(lines, start=1):
        cell = page.cell(row, 1, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=row == 1, size=14 if row == 1 else 11)


def _still(data: bytes) -> bytes:
    """Return a workbook whose parts carry one fixed moment instead of the present one."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2026-01-01T00:00:00Z", content)
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return buffer.getvalue()
