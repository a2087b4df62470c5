"""A report as the window shows it before it leaves: its page, its charts, and what it hides.

Everything here is made from the protected report, never from true counts, so that a glance at the
preview shows no more than the paper will.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kadin_danisma.domain.table import MARK
from kadin_danisma.domain.titles import table_title
from kadin_danisma.i18n import _
from kadin_danisma.reports import labels, notes, raster, theme, trends, writers
from kadin_danisma.reports.report import Report


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A count that stands large above the charts, as on the first page of the paper.

    Args:
        words: What is counted.
        shown: The number as it is written.
        trend: How it went, as a picture; empty where no earlier report tells it.
        told: The same in words.
    """

    words: str
    shown: str
    trend: bytes
    told: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One table as a picture.

    Args:
        title: What stands above it.
        note: What was counted.
        svg: The picture.
        words: The same in words, for a screen reader.
    """

    title: str
    note: str
    svg: bytes
    words: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many numbers of a table are hidden."""

    title: str
    hidden: int
    numbers: int


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything the window shows of a report."""

    number: str
    figures: tuple[KeyFigure, ...]
    #: What the trend lines show; empty where there are none.
    trend_note: str
    charts: tuple[Chart, ...]
    hidden: tuple[Hidden, ...]
    #: Why numbers are hidden and how was counted, a sentence or two each.
    notes: tuple[str, ...]
    pdf: bytes
    #: Whether it did not leave yet.
    is_preview: bool


def paper(report: Report, *, dark: bool = False, preview: bool = False) -> Paper:
    """Return a report as the window shows it.

    Args:
        report: The protected report.
        dark: Whether the charts stand on a dark ground; the page itself is always white.
        preview: Whether it did not leave yet, which its pages then say.
    """
    # The drawing library is loaded when the first report is looked at, not when the window opens.
    from kadin_danisma.reports import charts

    colours = theme.DARK if dark else theme.LIGHT
    return Paper(
        number=report.number,
        figures=_figures(report, colours),
        trend_note=notes.trend_note(report) if report.earlier else "",
        charts=tuple(
            Chart(
                table_title(table.id),
                labels.base_note(table),
                writers.chart_svg(table, colours),
                charts.alternative(table_title(table.id), charts.series(table)),
            )
            for table in report.tables
            if table.id != "summary"
        ),
        hidden=tuple(
            Hidden(table_title(table.id), count, len(table.cells))
            for table in report.tables
            if (count := sum(value == MARK for value in table.cells.values()))
        ),
        notes=(_("A hidden number is shown as *, in charts as a hatched bar."),
               *notes.method_notes(report)),
        pdf=writers.preview(report) if preview else writers.render(report, "pdf"),
        is_preview=preview,
    )  # fmt: skip


def page_widths(pdf: bytes) -> tuple[float, ...]:
    """Return the width of each page in points."""
    return raster.page_widths(pdf)


def page_pictures(pdf: bytes, scale: float) -> Iterator[raster.Picture]:
    """Yield each page as pixels, at so many pixels a point."""
    return raster.pictures(pdf, scale)


def page_texts(pdf: bytes) -> tuple[str, ...]:
    """Return what stands on each page, for somebody who cannot see its picture."""
    return raster.texts(pdf)


def _figures(report: Report, colours: theme.Theme) -> tuple[KeyFigure, ...]:
    from kadin_danisma.reports import sparks

    return tuple(
        KeyFigure(
            figure.label,
            figure.value,
            sparks.spark_svg(figure.trend, figure.told, colours) if figure.trend else b"",
            figure.told,
        )
        for figure in trends.key_figures(report)
    )
