"""The pieces that a report on paper is made of; each knows its height and draws itself."""

from collections.abc import Sequence
from typing import Protocol

from reportlab.graphics import renderPDF

from kadin_danisma.domain.table import MARK
from kadin_danisma.reports import sparks
from kadin_danisma.reports.pen import BOLD, FIGURE, SMALL, TEXT, Pen, Style
from kadin_danisma.reports.tagging import Element
from kadin_danisma.reports.trends import KeyFigure


class Block(Protocol):
    """A piece of a page as wide as the text."""

    def height(self, width: float) -> float:
        """Return how high the block stands."""

    def draw(self, pen: Pen, parent: Element, x: float, top: float, width: float) -> None:
        """Draw the block below ``top`` and add its elements to ``parent``."""


class Words:
    """A heading or a paragraph."""

    def __init__(self, text: str, style: Style = TEXT, role: str = "P", after: float = 0) -> None:
        self.text, self.style, self.role, self.after = text, style, role, after

    def height(self, width: float) -> float:
        """Return how high the text stands, with the room after it."""
        return self.style.height(self.text, width) + self.after

    def draw(self, pen: Pen, parent: Element, x: float, top: float, width: float) -> None:
        """Write the text."""
        if self.role == "H2":
            pen.canvas.bookmarkHorizontal(self.text, 0, top + 6)
            pen.canvas.addOutlineEntry(self.text, self.text, 0)
        pen.words(parent.add(self.role), x, top, width, self.text, self.style)


class Notes:
    """A list of sentences, each with a dot before it."""

    _INDENT = 10.0
    _GAP = 3.0

    def __init__(self, sentences: Sequence[str], style: Style = TEXT) -> None:
        self.sentences, self.style = sentences, style

    def label(self, _at: int) -> str:
        """Return what stands before a sentence."""
        return "•"

    def height(self, width: float) -> float:
        """Return how high the list stands."""
        room = width - self._INDENT
        return sum(self.style.height(text, room) + self._GAP for text in self.sentences)

    def draw(self, pen: Pen, parent: Element, x: float, top: float, width: float) -> None:
        """Write the list."""
        whole = parent.add("L")
        for at, text in enumerate(self.sentences, start=1):
            item = whole.add("LI")
            pen.words(item.add("Lbl"), x, top, self._INDENT, self.label(at), self.style)
            body = item.add("LBody")
            room = width - self._INDENT
            top -= pen.words(body, x + self._INDENT, top, room, text, self.style) + self._GAP


class Figures:
    """The key figures of a report as a row of tiles, each with its trend line."""

    _GAP = 8.0
    _PAD = 8.0
    _SPARK = 20.0

    def __init__(self, figures: Sequence[KeyFigure], after: float) -> None:
        self.figures, self._after = figures, after
        self._trends = any(figure.trend for figure in figures)

    @property
    def has_marks(self) -> bool:
        """Tell whether a number is hidden in the tiles or on their lines."""
        return any(MARK in (figure.value, *figure.trend) for figure in self.figures)

    def height(self, width: float) -> float:
        """Return how high the tiles stand, with the room after them."""
        room = self._each(width) - 2 * self._PAD
        words = max(SMALL.height(figure.label, room) for figure in self.figures)
        trend = self._SPARK + 10 if self._trends else 0
        return FIGURE.leading + words + trend + 12 + self._after

    def _each(self, width: float) -> float:
        return (width - self._GAP * (len(self.figures) - 1)) / len(self.figures)

    def draw(self, pen: Pen, parent: Element, x: float, top: float, width: float) -> None:
        """Draw the tiles."""
        each, high = self._each(width), self.height(width) - self._after
        for figure in self.figures:
            pen.box(x, top - high, each, high, pen.theme.accent_soft)
            left, room = x + self._PAD, each - 2 * self._PAD
            with pen.structure.content(parent.add("P")):
                pen.words(None, left, top - 4, room, figure.value, FIGURE, followed=True)
                pen.words(None, left, top - 4 - FIGURE.leading, room, figure.label, SMALL)
            if figure.trend:
                drawing = sparks.spark(figure.trend, room, self._SPARK, pen.theme)
                with pen.structure.content(parent.add("Figure", alt=figure.told)):
                    renderPDF.draw(drawing, pen.canvas, left, top - high + 5)
            x += each + self._GAP


class Facts:
    """A row of small captions with their values: period, number, date."""

    def __init__(self, facts: Sequence[tuple[str, str]]) -> None:
        self.facts = facts

    def height(self, width: float) -> float:
        """Return how high the row stands, with the room after it."""
        return SMALL.leading + BOLD.leading + 16 if width else 0

    def draw(self, pen: Pen, parent: Element, x: float, top: float, width: float) -> None:
        """Write captions and values, and a line below."""
        pen.line(x, top - self.height(width) + 8, width, pen.theme.accent, 1.2)
        for (caption, value), share in zip(self.facts, (0.56, 0.22, 0.22), strict=True):
            room = width * share
            with pen.structure.content(parent.add("P")):
                pen.words(None, x, top, room, caption, SMALL, followed=True)
                pen.words(None, x, top - SMALL.leading, room, value, BOLD)
            x += room


class Pairs:
    """Small names at the left, what they say at the right."""

    _NAME = 92.0
    _GAP = 4.0

    def __init__(self, pairs: Sequence[tuple[str, str]], style: Style = TEXT) -> None:
        self.pairs, self.style = pairs, style

    def height(self, width: float) -> float:
        """Return how high the lines stand, with the room after them."""
        return sum(self._high(said, width) for _name, said in self.pairs) + 10

    def _high(self, said: str, width: float) -> float:
        return self.style.height(said, width - self._NAME) + self._GAP

    def draw(self, pen: Pen, parent: Element, x: float, top: float, width: float) -> None:
        """Write the pairs, each as one paragraph."""
        for name, said in self.pairs:
            with pen.structure.content(parent.add("P")):
                pen.words(None, x, top, self._NAME, name, SMALL, followed=True)
                pen.words(None, x + self._NAME, top, width - self._NAME, said, self.style)
            top -= self._high(said, width)


class Signatures:
    """Two lines to sign on; titles only, because no name stands in a report."""

    _HEIGHT = 74.0

    def __init__(self, titles: Sequence[str]) -> None:
        self.titles = titles

    def height(self, width: float) -> float:
        """Return how high the lines stand with the room to sign."""
        return self._HEIGHT if width else 0

    def draw(self, pen: Pen, parent: Element, x: float, top: float, width: float) -> None:
        """Draw the lines and what stands under them."""
        each = width / len(self.titles) - 24
        for title in self.titles:
            pen.line(x, top - 54, each, pen.theme.muted, 0.7)
            pen.words(parent.add("P"), x, top - 57, each, title, SMALL)
            x += each + 24
