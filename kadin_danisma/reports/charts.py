"""Bar charts for paper and window, from published values only.

A hidden number has no bar: one of any length would be compared with the others.
"""

import re
from collections.abc import Sequence
from html import escape
from typing import Literal

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib.colors import Color, HexColor

from kadin_danisma.domain import codes
from kadin_danisma.domain.table import TOTAL, ProtectedTable
from kadin_danisma.domain.titles import table_title
from kadin_danisma.i18n import _
from kadin_danisma.reports import fonts, labels
from kadin_danisma.reports.groups import NO_ANSWER
from kadin_danisma.reports.theme import Theme

_THICKNESS = 9.0
#: Room for the widest number at the end of a bar.
_VALUE_ROOM = 44.0
_SIZE = 12.0
_LINE = 15.0
Anchor = Literal["start", "end"]
_CLIP = re.compile(r"<clipPath[^<]*(?:<(?!/?clipPath)[^<]*)*</clipPath>")
#: Rows, columns and bars that are left out where they are empty.
_NOT_KNOWN = frozenset({NO_ANSWER, *(code.key for code in codes.NO_ANSWER)})
_FONT_NAMES = {
    fonts.REGULAR: {"family": "Noto Sans"},
    fonts.BOLD: {"family": "Noto Sans", "weight": "bold"},
}


def told(table: ProtectedTable, dim: str) -> list[str]:
    """Return the categories that are shown: all but an empty one of what is not known."""
    at = table.dims.index(dim)
    filled = {key[at] for key, value in table.cells.items() if value != 0}
    return [key for key in table.categories[dim] if key in filled or key not in _NOT_KNOWN]


def series(table: ProtectedTable) -> list[tuple[str, int | str]]:
    """Return the bars of a table: its categories, or the margins of its first dimension."""
    side, *rest = table.dims
    margins = (TOTAL,) * len(rest)
    return [(labels.category(side, key), table.cells[(key, *margins)]) for key in told(table, side)]


def alternative(title: str, rows: Sequence[tuple[str, int | str]]) -> str:
    """Return the chart of these bars in words, for somebody who cannot see it."""
    told = "; ".join(f"{label}: {labels.shown(value)}" for label, value in rows)
    return _("Bar chart. {title}. {bars}.").format(title=title, bars=told)


def bars(
    values: Sequence[int | str], heights: Sequence[float], width: float, theme: Theme
) -> Drawing:
    """Draw bars without words, one in the middle of each row of a table beside it.

    Args:
        values: The published values of the rows, from the top.
        heights: The heights of the rows.
        width: The length of the longest bar.
        theme: The colours.
    """
    drawing = Drawing(width, sum(heights), initialFontName=fonts.REGULAR)
    greatest = _greatest(values)
    top = sum(heights)
    drawing.add(_line(0, 0, 0, top, theme.line, 0.8))
    for value, height in zip(values, heights, strict=True):
        top -= height
        _bar(drawing, 0, top + (height - _THICKNESS) / 2, width, value, greatest, theme)
    return drawing


def chart_svg(table: ProtectedTable, theme: Theme, width: float = 560) -> bytes:
    """Return the chart of a table as SVG, with the words and numbers of its bars."""
    fonts.register()
    rows = series(table)
    column = min(width * 0.45, max(_text_width(label) for label, _value in rows) + 12)
    split = [fonts.wrapped(label, fonts.REGULAR, _SIZE, column - 12) for label, _value in rows]
    heights = [max(26.0, _LINE * len(lines) + 8) for lines in split]
    drawing = Drawing(width, sum(heights) + 4)
    greatest = _greatest([value for _label, value in rows])
    length = width - column - _VALUE_ROOM
    top = sum(heights) + 2
    drawing.add(_line(column, 2, column, top, theme.line, 1))
    for lines, height, (_label, value) in zip(split, heights, rows, strict=True):
        top -= height
        middle = top + height / 2
        end = _bar(drawing, column, middle - _THICKNESS / 2, length, value, greatest, theme)
        first = middle + _LINE * (len(lines) - 1) / 2 - _SIZE * 0.35
        for at, text in enumerate(lines):
            drawing.add(_string(column - 10, first - at * _LINE, text, theme.ink, "end"))
        shown = labels.shown(value)
        number = _string(column + end + 8, middle - _SIZE * 0.35, shown, theme.ink, "start")
        number.fontName = fonts.BOLD
        drawing.add(number)
    return svg(drawing, alternative(table_title(table.id), rows))


def _greatest(values: Sequence[int | str]) -> int:
    return max((value for value in values if isinstance(value, int)), default=0)


def _bar(
    drawing: Drawing,
    x: float,
    y: float,
    width: float,
    value: int | str,
    greatest: int,
    theme: Theme,
) -> float:
    """Draw one bar and return its length."""
    if not isinstance(value, int) or value == 0:
        return 0
    length = max(1.5, width * value / greatest)
    drawing.add(_rect(x, y, length, HexColor(theme.accent)))
    return length


def _rect(x: float, y: float, length: float, fill: Color) -> Rect:
    rect = Rect(x, y, length, _THICKNESS)
    rect.fillColor, rect.strokeColor = fill, None
    return rect


def _line(x1: float, y1: float, x2: float, y2: float, color: str, width: float) -> Line:
    return Line(x1, y1, x2, y2, strokeColor=HexColor(color), strokeWidth=width)


def _string(x: float, y: float, text: str, color: str, anchor: Anchor) -> String:
    # Half points, because the SVG writer cuts twice the height to a whole number.
    string = String(x, round(2 * y) / 2, text, fontName=fonts.REGULAR, fontSize=_SIZE)
    string.fillColor, string.textAnchor = HexColor(color), anchor
    return string


def _text_width(text: str) -> float:
    return fonts.width_of(text, fonts.REGULAR, _SIZE)


def svg(drawing: Drawing, words: str) -> bytes:
    """Return the drawing as SVG that says in words what it shows and refers to nothing outside."""
    text: str = renderSVG.drawToString(drawing, fontHacks=_FONT_NAMES)
    head, rest = text.split("<!DOCTYPE", 1)
    body = rest.split(">", 1)[1]
    # Qt paints what stands inside a clip path as if it were a part of the picture.
    body = _CLIP.sub("", body, count=1)
    said = body.replace("<title>...</title>", f"<title>{escape(words)}</title>", 1)
    return (head + said.replace("<desc>...</desc>", "", 1)).encode()
