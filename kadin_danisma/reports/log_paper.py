"""The log on paper, made in memory: a first page that says what was checked, then the lines."""

from collections.abc import Iterable, Iterator, Sequence

from kadin_danisma.domain.dates import ISTANBUL
from kadin_danisma.i18n import _, current_language
from kadin_danisma.reports import fonts
from kadin_danisma.reports.blocks import Block, Notes, Pairs, Words
from kadin_danisma.reports.log_sheet import (
    LogSheet,
    compared,
    facts,
    head_lines,
    heads,
    moment,
    notes,
)
from kadin_danisma.reports.pdf_file import HEIGHT, WIDTH, PdfFile
from kadin_danisma.reports.pen import COLUMN, HEADING, SMALL, STRONG, TEXT, TITLE, Pen, Style
from kadin_danisma.reports.tagging import Element
from kadin_danisma.reports.theme import PAPER

_SIDE = 50.0
_TOP = 46.0
_BOTTOM = 54.0
_TEXT_WIDTH = WIDTH - 2 * _SIDE
_GROUPS = Style(fonts.BOLD, 13, PAPER.ink)
_HEAD = Style(fonts.REGULAR, 9.5, PAPER.ink)
#: The widths of number, moment, person, deed and subject.
_WIDTHS = (46.0, 84.0, 72.0, 168.0, 125.0)
_PAD = 3.0
#: What fits on a page under the headings.
_MOST_LINES = 50


class Line:
    """One line of the log, or the headings of its columns."""

    def __init__(self, table: Element, cells: Sequence[str], *, heads: bool = False) -> None:
        self._table, self._cells, self._heads = table, cells, heads
        self._style = COLUMN if heads else TEXT

    def height(self, width: float) -> float:
        """Return how high the highest cell stands."""
        rooms = zip(self._cells, _WIDTHS, strict=True)
        high = max(self._style.height(text, room - 2 * _PAD) for text, room in rooms)
        return high + 2 * _PAD if width else 0

    def draw(self, pen: Pen, parent: Element, x: float, top: float, width: float) -> None:
        """Write the cells and a thin line below; headings stand on a ground."""
        high = self.height(width)
        if self._heads:
            pen.box(x, top - high, sum(_WIDTHS), high, pen.theme.accent_soft)
        if self._table.parent is None:
            self._table.parent = parent
            parent.kids.append(self._table)
        row = self._table.add("TR")
        left = x
        for text, room in zip(self._cells, _WIDTHS, strict=True):
            cell = row.add("TH", scope="Column") if self._heads else row.add("TD")
            pen.words(cell, left + _PAD, top - _PAD, room - 2 * _PAD, text, self._style)
            left += room
        pen.line(x, top - high, sum(_WIDTHS), pen.theme.line)


def write(sheet: LogSheet) -> bytes:
    """Return the log, or only its state, as PDF."""
    day = sheet.made_at.astimezone(ISTANBUL).date()
    file = PdfFile(_title(sheet), current_language(), day)
    pages = [_first_page(sheet), *_pages(sheet)]
    for number, page in enumerate(pages, start=1):
        _foot(file.pen, sheet, number, len(pages))
        file.flow(page, _SIDE, _TOP)
        file.turn()
    return file.finished()


def _title(sheet: LogSheet) -> str:
    return _("The log of the vault") if sheet.rows else _("The state of the log")


def _first_page(sheet: LogSheet) -> list[Block]:
    return [
        Words(sheet.centre, STRONG, after=3),
        Words(_title(sheet), TITLE, "H1", after=12),
        Pairs(facts(sheet)),
        Words(_("Compare these five groups"), HEADING, "H2", after=4),
        Words(compared(sheet), _GROUPS, after=12),
        Words(_("The whole check code"), HEADING, "H2", after=4),
        *(Words(line, _HEAD, after=1) for line in head_lines(sheet)),
        Words(" ", SMALL),
        Notes(notes(sheet)),
    ]


def _pages(sheet: LogSheet) -> list[list[Block]]:
    """Lay the lines on pages, each under the headings."""
    pages: list[list[Block]] = []
    table, room = Element("Table"), 0.0
    for line in (Line(table, cells) for row in sheet.rows for cells in _parts(map(str, row))):
        high = line.height(_TEXT_WIDTH)
        if high > room:
            head = Line(table, heads(), heads=True)
            pages.append([head])
            room = HEIGHT - _TOP - _BOTTOM - head.height(_TEXT_WIDTH)
        pages[-1].append(line)
        room -= high
    return pages


def _parts(row: Iterable[str]) -> Iterator[list[str]]:
    """Yield the cells of a row; one that is higher than a page goes on in another row."""
    cells = [TEXT.lines(text, room - 2 * _PAD) for text, room in zip(row, _WIDTHS, strict=True)]
    for start in range(0, max(map(len, cells)), _MOST_LINES):
        yield [
            "".join(line if goes_on else f"{line} " for line, goes_on in part).rstrip()
            for part in (lines[start : start + _MOST_LINES] for lines in cells)
        ]


def _foot(pen: Pen, sheet: LogSheet, number: int, pages: int) -> None:
    page = _("Page {number} / {pages}").format(number=number, pages=pages)
    with pen.structure.artifact():
        foot = f"{_title(sheet)} · {moment(sheet.made_at)}"
        pen.words(None, _SIDE, _BOTTOM - 16, _TEXT_WIDTH, foot, SMALL)
        pen.words(None, _SIDE, _BOTTOM - 16, _TEXT_WIDTH, page, SMALL, "right")
