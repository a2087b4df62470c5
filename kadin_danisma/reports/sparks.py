"""Trend lines, small enough to stand under a number: published values only, beginning at 0.

A hidden number is a gap with a star on the ground line; a period without a report is a gap.
"""

from collections.abc import Sequence
from itertools import pairwise

from reportlab.graphics.shapes import Circle, Drawing, Line, String
from reportlab.lib.colors import HexColor

from kadin_danisma.domain.table import MARK
from kadin_danisma.reports import charts, fonts
from kadin_danisma.reports.theme import Theme
from kadin_danisma.reports.trends import Point

#: Room around the line for its dots.
_END = 2.5
#: Radius of the last dot and of the others.
_LAST = 2.2
_DOT = 1.1
_STAR = 7.0
Place = tuple[float, float]


def spark(values: Sequence[Point], width: float, height: float, theme: Theme) -> Drawing:
    """Draw a line through the values, the last one with a large dot.

    Args:
        values: One for each period, the oldest first.
        width: From edge to edge.
        height: From the ground line to the greatest value.
        theme: The colours.
    """
    drawing = Drawing(width, height + 2 * _END, initialFontName=fonts.REGULAR)
    drawing.add(_line((0, _END), (width, _END), theme.muted, 0.3))
    places = _places(values, width, height)
    for one, other in pairwise(places):
        if one and other:
            drawing.add(_line(one, other, theme.accent, 1.2))
    step = _step(values, width)
    for at, (value, place) in enumerate(zip(values, places, strict=True)):
        if place:
            last = at == len(values) - 1
            drawing.add(_dot(place, _LAST if last else _DOT, theme.accent))
        elif value == MARK:
            drawing.add(_star(_END + at * step, theme.muted))
    return drawing


def spark_svg(values: Sequence[Point], words: str, theme: Theme) -> bytes:
    """Return the line as SVG for the window, with the same in words."""
    fonts.register()
    return charts.svg(spark(values, 96, 22, theme), words)


def _places(values: Sequence[Point], width: float, height: float) -> list[Place | None]:
    greatest = max((value for value in values if isinstance(value, int)), default=0) or 1
    step = _step(values, width)
    return [
        (_END + at * step, _END + height * value / greatest) if isinstance(value, int) else None
        for at, value in enumerate(values)
    ]


def _step(values: Sequence[Point], width: float) -> float:
    return (width - 2 * _END) / (len(values) - 1)


def _line(one: Place, other: Place, color: str, width: float) -> Line:
    line = Line(*one, *other, strokeColor=HexColor(color), strokeWidth=width)
    line.strokeLineCap = 1
    return line


def _dot(place: Place, radius: float, color: str) -> Circle:
    return Circle(*place, radius, fillColor=HexColor(color), strokeColor=None)


def _star(x: float, color: str) -> String:
    star = String(x, _END, MARK, fontName=fonts.REGULAR, fontSize=_STAR, textAnchor="middle")
    star.fillColor = HexColor(color)
    return star
