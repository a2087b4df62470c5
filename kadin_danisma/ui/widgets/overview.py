"""A report at a glance: its key figures, its charts, and what is hidden and why."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services.paper import KeyFigure, Paper
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.style import LARGE, MEDIUM, PAGE, SMALL
from kadin_danisma.ui.widgets.chart import ChartView
from kadin_danisma.ui.widgets.figures import Figure
from kadin_danisma.ui.widgets.flow import FlowLayout
from kadin_danisma.ui.widgets.fold import Fold
from kadin_danisma.ui.widgets.parts import Card, clear_layout, ems, label


class Overview(QScrollArea):
    """Shows the protected numbers of a report.

    Args:
        look: Where sizes come from.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._cards: list[Card] = []
        self.setWidgetResizable(True)
        self.setAccessibleName(_("Overview"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        self._layout = QVBoxLayout(inside)
        self._layout.setContentsMargins(0, 0, MEDIUM, 0)
        self._layout.setSpacing(LARGE)
        self._head = QVBoxLayout()
        self._head.setSpacing(LARGE)
        self._grid = QGridLayout()
        self._grid.setSpacing(LARGE)
        self._layout.addLayout(self._head)
        self._layout.addLayout(self._grid)
        self._layout.addStretch(1)
        self.setWidget(inside)

    def show_paper(self, paper: Paper) -> None:
        """Show another report."""
        clear_layout(self._head)
        clear_layout(self._grid)
        self._head.addWidget(_figures(paper, self._look))
        self._head.addWidget(_hidden(paper))
        self._cards = []
        for chart in paper.charts:
            card = Card(chart.title)
            card.body.addWidget(ChartView(chart.svg, chart.words, self._look))
            card.body.addWidget(label(chart.note, "note", wrap=True))
            card.body.addStretch(1)
            self._cards.append(card)
        self._arrange()
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the charts in two columns where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        columns = 2 if self.viewport().width() > ems(self, 120) else 1
        for at, card in enumerate(self._cards):
            self._grid.addWidget(card, at // columns, at % columns)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if columns == 2 else 0)


def _figures(paper: Paper, look: Look) -> Card:
    card = Card()
    line = QWidget()
    flow = FlowLayout(line, spacing=PAGE)
    for figure in paper.figures:
        flow.addWidget(_figure(figure, look))
    card.body.addWidget(line)
    if any(figure.trend for figure in paper.figures):
        card.body.addWidget(label(paper.trend_note, "note", wrap=True))
    return card


def _figure(figure: KeyFigure, look: Look) -> Figure:
    """Return a key figure, with its trend line where earlier reports tell it."""
    shown = Figure(figure.words, figure.shown)
    if figure.trend:
        trend = ChartView(figure.trend, figure.told, look)
        trend.setMinimumSize(trend.sizeHint())
        shown.add(trend)
    return shown


def _hidden(paper: Paper) -> Card:
    """Say how much is hidden; which numbers and why are unfolded."""
    card = Card()
    count = sum(table.hidden for table in paper.hidden)
    if not count:
        card.body.addWidget(label(_("Nothing had to be hidden in this report."), wrap=True))
        return card
    words = ngettext(
        "{n} number is hidden in this report: which, and why?",
        "{n} numbers are hidden in this report: which, and why?",
        count,
    )
    fold = Fold(words.format(n=count))
    fold.body.setSpacing(SMALL)
    tables = "   ·   ".join(
        _("{table}: {hidden} of {numbers}").format(
            table=table.title, hidden=table.hidden, numbers=table.numbers
        )
        for table in paper.hidden
    )
    fold.body.addWidget(label(tables, wrap=True))
    for sentence in paper.notes[:2]:
        fold.body.addWidget(label(sentence, "muted", wrap=True))
    card.body.addWidget(fold)
    return card
