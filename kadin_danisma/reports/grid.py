"""A table on paper with its chart beside it, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.graphics import renderPDF

from kadin_danisma.domain.table import MARK, TOTAL, ProtectedTable
from kadin_danisma.domain.titles import table_title
from kadin_danisma.i18n import _, pgettext
from kadin_danisma.reports import charts, fonts, labels, trends
from kadin_danisma.reports.pen import BOLD, COLUMN, TEXT, Align, Pen
from kadin_danisma.reports.report import Report
from kadin_danisma.reports.tagging import Element

_PAD = 2.6
#: Long tables stand closer, to fit on one page.
_TIGHT = 1.8
_MANY = 25
_AFTER = 4.0
_CELL_PAD = 5.0
_CHART_GAP = 14.0
#: A narrower chart says nothing; then the table stands alone.
_CHART_LEAST = 64.0
_CHART_MOST = 210.0
#: The narrowest columns of a cross-table.
_CELL_LEAST = 48.0
_LABEL_LEAST = 158.0
#: How far a line of the summary stands in that tells more of a line above it.
_INWARDS = 12.0
_PARTS = frozenset(
    {
        "clients_first",
        "clients_returning",
        "clients_continuing",
        "playroom_children",
        "playroom_hours",
        "training_participants",
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """A row: its label, its cells as printed, and what its bar shows (None: no bar)."""

    label: str
    cells: tuple[str, ...]
    bar: int | str | None
    total: bool = False
    #: Whether it is a part of a line above, and stands further in.
    part: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; after ``split`` the parts share one element of the structure."""

    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    #: The widths of the columns.
    widths: tuple[float, ...]
    #: The title of the chart; empty for a table without a chart.
    chart: str = ""
    #: The column of numbers that the others refer to; None where all weigh the same.
    strong: int | None = None
    #: Room above and below the words of a row.
    pad: float = _PAD
    element: Element | None = None

    def height(self, width: float) -> float:
        """Return how high the table stands."""
        del width
        return self._head_height() + sum(self._heights()) + _AFTER

    @property
    def has_marks(self) -> bool:
        """Tell whether a number is hidden in the table."""
        return any(MARK in line.cells for line in self.lines)

    def split(self, room: float) -> "tuple[Grid, Grid] | None":
        """Return the rows that fit and the rest as two tables; None if not even two rows fit."""
        left = room - self._head_height()
        fit = 0
        for height in self._heights():
            left -= height
            if left < 0:
                break
            fit += 1
        if not 2 <= fit < len(self.lines):
            return None
        whole = self.element or Element("Table")
        return (
            replace(self, lines=self.lines[:fit], element=whole),
            replace(self, lines=self.lines[fit:], element=whole),
        )

    def draw(self, pen: Pen, parent: Element, x: float, top: float, width: float) -> None:
        """Draw head, rows and chart."""
        whole = self.element or Element("Table")
        if whole.parent is None:
            whole.parent = parent
            parent.kids.append(whole)
            head = whole.add("TR")
        else:
            head = None
        full = sum(self.widths)
        self._draw_head(pen, head, x, top, full)
        y = top - self._head_height()
        first = y
        for line, height in zip(self.lines, self._heights(), strict=True):
            self._draw_line(pen, whole.add("TR"), line, x, y, height)
            y -= height
            strong = line.total
            pen.line(x, y, full, pen.theme.accent if strong else pen.theme.line)
        self._draw_chart(pen, parent, x + full + _CHART_GAP, first, width - full - _CHART_GAP)

    def _draw_head(self, pen: Pen, row: Element | None, x: float, top: float, full: float) -> None:
        height = self._head_height()
        pen.box(x, top - height, full, height, pen.theme.accent_soft)
        for at, text in enumerate(self.heads):
            left, width = self._column(at)
            stands = COLUMN.height(text, width - 2 * _CELL_PAD)
            place = (x + left + _CELL_PAD, top - (height - stands) / 2, width - 2 * _CELL_PAD)
            align: Align = "right" if at else "left"
            if row is not None:
                pen.words(row.add("TH", scope="Column"), *place, text, COLUMN, align)
            else:
                with pen.structure.artifact():
                    pen.words(None, *place, text, COLUMN, align)

    def _draw_line(
        self, pen: Pen, row: Element, line: Line, x: float, top: float, height: float
    ) -> None:
        for at, text in enumerate((line.label, *line.cells)):
            left, width = self._column(at)
            style = BOLD if line.total or at == self.strong else TEXT
            element = row.add("TD") if at else row.add("TH", scope="Row")
            inwards = _INWARDS if line.part and not at else 0
            room = width - 2 * _CELL_PAD - inwards
            stands = style.height(text, room)
            pen.words(
                element,
                x + left + _CELL_PAD + inwards,
                top - (height - stands) / 2,
                room,
                text,
                style,
                "right" if at else "left",
            )

    def _draw_chart(self, pen: Pen, parent: Element, x: float, top: float, width: float) -> None:
        bars, heights = [], []
        for line, height in zip(self.lines, self._heights(), strict=True):
            if line.bar is not None:
                bars.append((line.label, line.bar))
                heights.append(height)
        values = [value for _label, value in bars]
        # Where nothing but stars and zeros is published, a picture has nothing to say.
        if not self.chart or not any(map(_is_seen, values)) or width < _CHART_LEAST:
            return
        drawing = charts.bars(values, heights, min(width, _CHART_MOST), pen.theme)
        figure = parent.add("Figure", alt=charts.alternative(self.chart, bars))
        with pen.structure.content(figure):
            renderPDF.draw(drawing, pen.canvas, x, top - sum(heights))

    def _column(self, at: int) -> tuple[float, float]:
        """Return the left edge and the width of a column."""
        return sum(self.widths[:at]), self.widths[at]

    def _head_height(self) -> float:
        return 2 * _PAD + max(
            COLUMN.height(text, self._column(at)[1] - 2 * _CELL_PAD)
            for at, text in enumerate(self.heads)
        )

    def _heights(self) -> list[float]:
        room = self.widths[0] - 2 * _CELL_PAD
        return [
            2 * self.pad
            + (BOLD if line.total else TEXT).height(line.label, room - _INWARDS * line.part)
            for line in self.lines
        ]


def shows_nothing(table: ProtectedTable) -> bool:
    """Tell whether only zeros would show of a table: then a line says so in its place."""
    values = table.cells.values()
    return MARK in values and not any(map(_is_seen, values))


def grid_of(report: Report, table: ProtectedTable, width: float) -> Grid:
    """Return a table ready for paper: the summary, a list with shares, or a cross-table."""
    if table.id == "summary":
        return _summary_of(report, table)
    if len(table.dims) == 1:
        return _list_of(table)
    return _cross_of(table, width)


def _summary_of(report: Report, table: ProtectedTable) -> Grid:
    """Return the counts beside what they were a period and a year before, where published."""
    others = trends.compared_with(report)
    heads = [labels.dim_name("count")]
    heads.append(report.period.title if others else pgettext("column", "Number"))
    for other in others:
        heads += [other.period.title, _("Change")]
    lines = []
    for (key,), value in table.cells.items():
        cells = [labels.shown(value)]
        for other in others:
            # An older report may not know a count.
            then = other.figures.get(key)
            cells += (
                ["–", "–"] if then is None else [labels.shown(then), trends.change(value, then)]
            )
        label = labels.category("count", key)
        lines.append(Line(label, tuple(cells), None, part=key in _PARTS))
    widths = (_LABEL_LEAST + 12, 62, *(62, 70) * len(others)) if others else (250, 60)
    return Grid(tuple(heads), tuple(lines), widths, strong=1 if others else None)


def _list_of(table: ProtectedTable) -> Grid:
    base = table.cells[TOTAL,]
    (dim,) = table.dims
    told = ((labels.category(dim, key), table.cells[key,]) for key in charts.told(table, dim))
    lines = [
        Line(label, (labels.shown(value), labels.percent(value, base)), value)
        for label, value in told
    ]
    share = MARK if base == MARK else labels.percent(base, base)
    total = labels.total_name(table)
    lines.append(Line(total, (labels.shown(base), share), None, total=True))
    heads = (labels.dim_name(dim), pgettext("column", "Number"), _("Share"))
    return Grid(heads, tuple(lines), (218, 52, 52), table_title(table.id), pad=_pad(lines))


def _cross_of(table: ProtectedTable, width: float) -> Grid:
    side, across = table.dims
    columns: Sequence[str] = (*charts.told(table, across), TOTAL)
    lines = []
    for key in (*charts.told(table, side), TOTAL):
        values = [table.cells[key, column] for column in columns]
        bar = None if key == TOTAL else values[-1]
        printed = tuple(labels.shown(value) for value in values)
        lines.append(Line(labels.category(side, key), printed, bar, total=key == TOTAL))
    heads = (labels.dim_name(side), *(labels.category(across, column) for column in columns))
    cells = [max(_CELL_LEAST, _longest_word(head) + 2 * _CELL_PAD) for head in heads[1:]]
    left = width - sum(cells)
    label = left if left < _LABEL_LEAST + _CHART_GAP + _CHART_LEAST else _LABEL_LEAST
    return Grid(
        heads,
        tuple(lines),
        (label, *cells),
        table_title(table.id),
        pad=_pad(lines),
        strong=len(cells),
    )


def _is_seen(value: int | str) -> bool:
    return isinstance(value, int) and value > 0


def _pad(lines: Sequence[Line]) -> float:
    return _PAD if len(lines) < _MANY else _TIGHT


def _longest_word(text: str) -> float:
    return max(fonts.width_of(word, COLUMN.font, COLUMN.size) for word in text.split())
