"""The log as a table for a spreadsheet: text that looks like a formula stays text."""

import csv
from io import BytesIO, StringIO

from xlsxwriter import Workbook

from kadin_danisma.i18n import _, current_language
from kadin_danisma.reports.anonymous import anonymous
from kadin_danisma.reports.log_sheet import LogSheet, compared, facts, head_lines, heads, notes
from kadin_danisma.reports.plain_text import harmless
from kadin_danisma.reports.theme import PAPER

_BOM = "\ufeff"
#: In memory, so that no part of the log lies in a temporary file (docs/decisions/0012).
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_FONT = {"font_name": "Noto Sans", "font_size": 10, "font_color": PAPER.ink, "valign": "top"}
_WIDTHS = (10, 18, 16, 44, 40)


def write_csv(sheet: LogSheet) -> bytes:
    """Return the log as CSV that Turkish Excel opens as it is: ``;``, BOM, CRLF."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    for name, said in _first_page(sheet):
        writer.writerow([harmless(name), harmless(said)])
    writer.writerow([])
    writer.writerow(heads())
    for seq, *words in sheet.rows:
        writer.writerow([seq, *(harmless(word) for word in words)])
    return (_BOM + text.getvalue()).encode()


def write_xlsx(sheet: LogSheet) -> bytes:
    """Return the log as a workbook: a first page, and the lines; always the same bytes."""
    raw = BytesIO()
    book = Workbook(raw, _OPTIONS)
    plain = book.add_format({**_FONT, "text_wrap": True})
    strong = book.add_format({**_FONT, "bold": True, "bg_color": PAPER.accent_soft})
    cover = book.add_worksheet(_("First page"))
    cover.set_column(0, 0, 24)
    cover.set_column(1, 1, 90)
    for row, (name, said) in enumerate(_first_page(sheet)):
        cover.write_string(row, 0, harmless(name), strong)
        cover.write_string(row, 1, harmless(said), plain)
    page = book.add_worksheet(_("Log"))
    for column, (head, width) in enumerate(zip(heads(), _WIDTHS, strict=True)):
        page.set_column(column, column, width)
        page.write_string(0, column, head, strong)
    page.freeze_panes(1, 0)
    for row, (seq, *words) in enumerate(sheet.rows, start=1):
        page.write_number(row, 0, seq, plain)
        for column, word in enumerate(words, start=1):
            page.write_string(row, column, harmless(word), plain)
    book.close()
    return anonymous(raw.getvalue(), _("Log"), current_language())


def _first_page(sheet: LogSheet) -> list[tuple[str, str]]:
    return [
        *facts(sheet),
        (_("Compare these five groups"), compared(sheet)),
        (_("The whole check code"), "  ".join(head_lines(sheet))),
        *((_("Note"), sentence) for sentence in notes(sheet)),
    ]
