"""How the key figures went: from what earlier reports published, and from nothing else.

A number that an earlier report hides is a gap here, and so is a period without a report. Nothing
is estimated, and a change is told only where both numbers are published.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from kadin_danisma.domain import periods
from kadin_danisma.domain.dates import Period, show_number
from kadin_danisma.domain.table import MARK
from kadin_danisma.i18n import _
from kadin_danisma.reports import labels
from kadin_danisma.reports.report import Earlier, Report

#: A published number, MARK, or None where no report was published.
Point = int | str | None

#: The counts that stand large on the first page and in the overview.
KEY_FIGURES = ("clients", "applications", "sessions", "referrals", "playroom_visits", "contacts")
#: How many periods a line looks back: over a year, so that like is compared with like.
_BACK = {"month": 12, "quarter": 8, "year": 5}


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A count that stands large above the tables."""

    label: str
    value: str
    #: How it went, the oldest first; empty where no earlier report tells it.
    trend: tuple[Point, ...]
    #: The same in words.
    told: str


def periods_before(period: Period) -> list[Period]:
    """Return the periods over which a report of this one looks back, the oldest first."""
    found = [period]
    for _each in range(_BACK[period.kind]):
        found.insert(0, periods.earlier(found[0]))
    return found[:-1]


def before(period: Period, published: Iterable[Report]) -> tuple[Earlier, ...]:
    """Return what the published reports tell a report of this period, the oldest first.

    Args:
        period: The period of the report that is being made.
        published: Reports that left already, in any order.
    """
    told = {
        report.period: {count: value for (count,), value in summary.cells.items()}
        for report in published
        if (summary := report.table("summary"))
    }
    return tuple(Earlier(each, told[each]) for each in periods_before(period) if each in told)


def key_figures(report: Report) -> list[KeyFigure]:
    """Return the key figures of a report with how they went; none without a summary."""
    summary = report.table("summary")
    if summary is None:
        return []
    found = []
    for key in KEY_FIGURES:
        points = trend(report, key)
        found.append(
            KeyFigure(
                labels.category("count", key),
                labels.shown(summary.cells[key,]),
                tuple(value for _period, value in points),
                in_words(key, points) if points else "",
            )
        )
    return found


def trend(report: Report, count: str) -> list[tuple[Period, Point]]:
    """Return a count over the periods up to the report's own; empty without earlier numbers.

    The first period is the first of those that were published.
    """
    summary = report.table("summary")
    told = {each.period: each.figures.get(count) for each in report.earlier}
    if summary is None or not any(isinstance(value, int) for value in told.values()):
        return []
    first = report.earlier[0].period
    known: list[tuple[Period, Point]] = [
        (each, told.get(each)) for each in periods_before(report.period) if each >= first
    ]
    return [*known, (report.period, summary.cells[count,])]


def in_words(count: str, points: list[tuple[Period, Point]]) -> str:
    """Return a trend line in words, for somebody who cannot see it."""
    none = _("no report")
    told = "; ".join(
        f"{period.title}: {none if value is None else labels.shown(value)}"
        for period, value in points
    )
    label = labels.category("count", count)
    return _("Trend line. {count}. {points}.").format(count=label, points=told)


def compared_with(report: Report) -> list[Earlier]:
    """Return what a report is compared with: the period before, and the same a year before."""
    wanted = dict.fromkeys((periods.earlier(report.period), periods.a_year_before(report.period)))
    told = {each.period: each for each in report.earlier}
    return [told[period] for period in wanted if period in told]


def change(now: int | str, then: int | str) -> str:
    """Return how a count changed, ``+3 (%12,5)``; MARK where one of the two is hidden."""
    if not isinstance(now, int) or not isinstance(then, int):
        return MARK
    if now == then:
        return "0"
    sign = "+" if now > then else "–"
    told = f"{sign}{show_number(abs(now - then))}"
    return f"{told} ({labels.percent(abs(now - then), then)})" if then else told
