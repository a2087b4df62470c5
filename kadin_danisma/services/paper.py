"""A report as the window shows it before it leaves: its page, its charts, and what it hides.

Everything here is made from the protected report, never from true counts, so that a glance at the
preview shows no more than the paper will.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kadin_danisma.domain.table import MARK
from kadin_danisma.domain.titles import table_title
from kadin_danisma.i18n import _
from kadin_danisma.reports import labels, notes, raster, theme, writers
from kadin_danisma.reports.report import Report

#: The counts that stand large above the charts, as on the first page of the paper.
_FIGURES = ("clients", "clients_first", "applications", "sessions", "referrals", "playroom_visits")


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
    figures: tuple[tuple[str, str], ...]
    charts: tuple[Chart, ...]
    hidden: tuple[Hidden, ...]
    #: Why numbers are hidden and how was counted, a sentence or two each.
    notes: tuple[str, ...]
    pdf: bytes


def paper(report: Report, *, dark: bool = False) -> Paper:
    """Return a report as the window shows it.

    Args:
        report: The protected report.
        dark: Whether the charts stand on a dark ground; the page itself is always white.
    """
    # The drawing library is loaded when the first report is looked at, not when the window opens.
    from kadin_danisma.reports import charts

    colours = theme.DARK if dark else theme.LIGHT
    return Paper(
        number=report.number,
        figures=_figures(report),
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
        notes=(_("A hidden number stands as *, in charts as a hatched bar."),
               *notes.method_notes(report)),
        pdf=writers.render(report, "pdf"),
    )  # fmt: skip


def page_widths(pdf: bytes) -> tuple[float, ...]:
    """Return the width of each page in points."""
    return raster.page_widths(pdf)


def page_pictures(pdf: bytes, scale: float) -> Iterator[raster.Picture]:
    """Yield each page as pixels, at so many pixels a point."""
    return raster.pictures(pdf, scale)


def _figures(report: Report) -> tuple[tuple[str, str], ...]:
    summary = report.table("summary")
    if summary is None:
        return ()
    return tuple(
        (labels.category("count", key), labels.shown(summary.cells[key,]))
        for key in _FIGURES
        if (key,) in summary.cells
    )
