"""Going from period to period, the way people leaf through a calendar."""

from datetime import date, timedelta

from kadin_danisma.domain.dates import Period

KINDS = ("month", "quarter", "year")


def period_of(day: date, kind: str) -> Period:
    """Return the month, quarter or year in which a day lies.

    Args:
        day: The day.
        kind: One of KINDS.
    """
    if kind == "month":
        return Period.month(day.year, day.month)
    if kind == "quarter":
        return Period.parse(f"{day.year}-Q{(day.month + 2) // 3}")
    return Period.parse(str(day.year))


def earlier(period: Period) -> Period:
    """Return the period of the same kind just before."""
    return period_of(period.first - timedelta(days=1), period.kind)


def a_year_before(period: Period) -> Period:
    """Return the same month or quarter of the year before, or that year."""
    return period_of(period.first.replace(year=period.first.year - 1), period.kind)


def later(period: Period) -> Period:
    """Return the period of the same kind just after."""
    return period_of(period.last + timedelta(days=1), period.kind)


def last_finished(today: date, kind: str = "month") -> Period:
    """Return the latest period of a kind that is over: the one people report on."""
    return earlier(period_of(today, kind))
