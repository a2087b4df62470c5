"""The empty workbook to fill in: headers, drop-down lists, formats, and a page that explains.

The same program writes the same bytes each time, so that a template can be compared with another.
"""

import io
from datetime import UTC, datetime
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from kadin_danisma.domain.text import lower
from kadin_danisma.errors import KnownError
from kadin_danisma.exchange.columns import EXPLANATION, LISTS, SHEETS, Column, Shape, Sheet
from kadin_danisma.foreign import read_regular
from kadin_danisma.i18n import _

_LAST_ROW = 1_048_575
_WIDTH = 18
_MAKER = "Kadın Danışma"
#: In memory, so that writing needs no temporary file; whatever a text looks like, it stays a text.
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
#: What cells of a shape are formatted as; texts, so that 007 stays 007 and 1/2 no date.
_FORMATS = {Shape.DAY: "dd.mm.yyyy", Shape.TIME: "hh:mm", Shape.WHOLE: "0"}
_HEADER = {"bold": True, "valign": "vcenter", "text_wrap": True}
_MUST = {**_HEADER, "font_color": "#FFFFFF", "bg_color": "#1F5C57"}
_MAY = {**_HEADER, "font_color": "#17302D", "bg_color": "#DCE9E6"}
_EXPLAINED = {"valign": "top", "text_wrap": True}
_EXPLANATION_TITLE = {**_EXPLAINED, "bold": True, "font_size": 14}
_HINT_SIZE = {"author": _MAKER, "width": 320, "height": 140}


def write_template(path: Path) -> None:
    """Write the empty workbook of contract.md section 2.

    Args:
        path: Where to write.

    Raises:
        KnownError: The file cannot be written, or another file of that name is there, perhaps a
            template that somebody has filled in since.
    """
    content = _template()
    try:
        if path.exists() and read_regular(path, len(content) + 1) not in {b"", content}:
            raise KnownError(_("Another file of this name is there already; it was not touched."))
        path.write_bytes(content)
    except OSError as error:
        raise KnownError(
            _("The template could not be written. Please choose another folder or name.")
        ) from error


def _template() -> bytes:
    buffer = io.BytesIO()
    book = Workbook(buffer, _OPTIONS)
    book.set_properties({"author": _MAKER, "created": _MOMENT})
    places = _places()
    must, may = book.add_format(_MUST), book.add_format(_MAY)
    formats = {shape: book.add_format({"num_format": _FORMATS.get(shape, "@")}) for shape in Shape}
    for sheet in SHEETS:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        page.set_row(0, 30)
        for at, column in enumerate(sheet.columns):
            width = max(_WIDTH, len(column.header) + 4)
            page.set_column(at, at, width, formats[column.shape])
            page.write_string(0, at, column.header, must if column.must else may)
            page.write_comment(0, at, _hint(column), _HINT_SIZE)
        _offer(page, sheet, places)
    _write_lists(book.add_worksheet(LISTS), places)
    title, text = book.add_format(_EXPLANATION_TITLE), book.add_format(_EXPLAINED)
    _explain(book.add_worksheet(EXPLANATION), title, text)
    book.close()
    return buffer.getvalue()


def choices(column: Column) -> tuple[str, ...]:
    """Return the Turkish labels a column offers, none where it takes anything."""
    if column.codes is None:
        return ()
    offered = set(column.words.values()) if column.words else set(column.codes.keys)
    labels = (code.tr for code in column.codes if code.key in offered)
    # The contract writes the fixed words small.
    return tuple(lower(label) if column.words else label for label in labels)


def _places() -> dict[tuple[str, ...], int]:
    """Return each list of labels that is offered, and the column of the hidden sheet it gets."""
    offered = (choices(column) for sheet in SHEETS for column in sheet.columns)
    return {labels: at for at, labels in enumerate(dict.fromkeys(filter(None, offered)))}


def _write_lists(page: Worksheet, places: dict[tuple[str, ...], int]) -> None:
    """Write each list below the header of a column that offers it."""
    page.hide()
    for column in (column for sheet in SHEETS for column in sheet.columns):
        labels = choices(column)
        if labels:
            for row, text in enumerate((column.header, *labels)):
                page.write_string(row, places[labels], text)


def _offer(page: Worksheet, sheet: Sheet, places: dict[tuple[str, ...], int]) -> None:
    """Let cells be chosen from their lists, where one answer is asked."""
    for at, column in enumerate(sheet.columns):
        labels = choices(column)
        if labels and column.shape is not Shape.CODES:
            source = xl_range_abs(1, places[labels], len(labels), places[labels])
            # Without an error alert: keys and other spellings are welcome too.
            offer = {"validate": "list", "source": f"='{LISTS}'!{source}", "show_error": False}
            page.data_validation(1, at, _LAST_ROW, at, offer)


def _hint(column: Column) -> str:
    hints = [_("Must be filled.") if column.must else _("May stay blank.")]
    match column.shape:
        case Shape.DAY:
            hints.append(_("A date: 31.12.2026 or 2026-12-31."))
        case Shape.TIME:
            hints.append(_("A time: 9:30, 9.30 or 9:30:00."))
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


def _explain(page: Worksheet, title: Format, plain: Format) -> None:
    page.hide_gridlines(2)
    page.set_column(0, 0, 100)
    page.set_row(0, 24)
    lines = (
        _("How to fill in this workbook"),
        _("Each sheet is one kind of record, each row one record. The first row stays as it is."),
        _("Dark headers must be filled; the others may stay blank. Blank means: not asked."),
        _("A file number, application number or session number may occur only once in its sheet."),
        _("Every file number used must be in the sheet of files or in the vault."),
        _("An application without a file number is a contact."),
        _(
            "Dates: 31.12.2026 or 2026-12-31. Times: 9:30 or 9.30. Nothing before 1990 or after "
            "today."
        ),
        _("Where a list is offered, choose from it. Capitals and small letters are the same."),
        _("Several answers in one cell are separated by a semicolon (;)."),
        _("Please do not write the name or the address of the person who uses violence."),
        _("This file is not encrypted. Import it soon, then delete it safely."),
    )
    for row, text in enumerate(lines):
        page.write_string(row, 0, text, plain if row else title)
