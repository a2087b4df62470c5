"""Drawing on tagged paper: words, lines and boxes in named styles."""

from dataclasses import dataclass
from typing import Literal

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from kadin_danisma.reports import fonts
from kadin_danisma.reports.tagging import Element, Structure
from kadin_danisma.reports.theme import PAPER, Theme

Align = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Style:
    """A face, its size and colour; lines stand 1.35 sizes apart."""

    font: str
    size: float
    color: str

    @property
    def leading(self) -> float:
        """Return the distance from line to line."""
        return round(1.35 * self.size, 2)

    def lines(self, text: str, width: float) -> list[tuple[str, bool]]:
        """Return the text in lines that fit a width, and whether a word goes on in the next."""
        return fonts.split(text, self.font, self.size, width)

    def height(self, text: str, width: float) -> float:
        """Return how high the text stands in a width."""
        return self.leading * len(self.lines(text, width))


TITLE = Style(fonts.BOLD, 21, PAPER.accent)
HEADING = Style(fonts.BOLD, 12, PAPER.accent)
STRONG = Style(fonts.BOLD, 10, PAPER.ink)
TEXT = Style(fonts.REGULAR, 9, PAPER.ink)
BOLD = Style(fonts.BOLD, 9, PAPER.ink)
COLUMN = Style(fonts.BOLD, 8, PAPER.ink)
SMALL = Style(fonts.REGULAR, 7.8, PAPER.muted)
FIGURE = Style(fonts.BOLD, 19, PAPER.ink)


class Pen:
    """A canvas with its structure tree; y runs upwards, as in PDF."""

    def __init__(self, canvas: Canvas, structure: Structure, theme: Theme) -> None:
        self.canvas = canvas
        self.structure = structure
        self.theme = theme

    def words(
        self,
        element: Element | None,
        x: float,
        top: float,
        width: float,
        text: str,
        style: Style,
        align: Align = "left",
        *,
        followed: bool = False,
    ) -> float:
        """Write wrapped text below ``top`` and return how high it stands.

        Args:
            element: What the text belongs to; None inside other marks.
            x: The left edge.
            top: The upper edge.
            width: The width to fill.
            text: The text.
            style: Its face.
            align: Its edge.
            followed: Whether more words of the same element come after it.
        """
        if element is not None:
            with self.structure.content(element):
                return self.words(None, x, top, width, text, style, align, followed=followed)
        lines = style.lines(text, width)
        self.canvas.setFont(style.font, style.size)
        self.canvas.setFillColor(HexColor(style.color))
        # Ascent and descent of Noto Sans are 1.07 and 0.29 of its size.
        base = top - (style.leading + 0.78 * style.size) / 2
        for at, (line, goes_on) in enumerate(lines):
            left = x
            if align == "right":
                left += width - fonts.width_of(line, style.font, style.size)
            # Without the space a screen reader makes one word of the two at the break.
            more = (followed or at < len(lines) - 1) and not goes_on
            self.canvas.drawString(left, base - at * style.leading, f"{line} " if more else line)
        return style.leading * len(lines)

    def line(self, x: float, y: float, length: float, color: str, width: float = 0.5) -> None:
        """Draw a horizontal line as decoration."""
        with self.structure.artifact():
            self.canvas.setStrokeColor(HexColor(color))
            self.canvas.setLineWidth(width)
            self.canvas.line(x, y, x + length, y)

    def box(self, x: float, y: float, width: float, height: float, color: str) -> None:
        """Fill a box with slightly rounded corners as decoration; ``y`` is its lower edge."""
        with self.structure.artifact():
            self.canvas.setFillColor(HexColor(color))
            self.canvas.roundRect(x, y, width, height, 3, stroke=0, fill=1)
