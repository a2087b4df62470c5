"""How the key figures went: from what earlier reports published, and from nothing else.

A number that an earlier report hides is a gap here, and so is a period without a report. Nothing
is estimated, and a change is told only where both numbers are published.
"""

from collections.abc import Iterable

from kadin_danisma.domain import periods
from kadin_danisma.domain.dates import Period
from kadin_danisma.reports.report import Earlier, Report

#: The counts that stand large on the first page and in the overview.
KEY_FIGURES = ("clients", "applications", "sessions", "referrals", "playroom_visits", "contacts")
#: How many periods a line looks back: over a year, so that like is compared with like.
_BACK = {"month": 12, "quarter": 8, "year": 5}


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
