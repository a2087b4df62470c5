"""A day, a week or a month to look at, and leafing from one to the next."""

from dataclasses import dataclass
from datetime import date, timedelta

from kadin_danisma.domain.dates import Period, show_date, show_long_date
from kadin_danisma.i18n import _

DAY, WEEK, MONTH = "day", "week", "month"
KINDS = (DAY, WEEK, MONTH)


@dataclass(frozen=True, slots=True)
class Span:
    """Some days in a row, both ends included.

    Args:
        kind: One of KINDS.
        first: The first day.
        last: The last day.
    """

    kind: str
    first: date
    last: date

    @classmethod
    def around(cls, day: date, kind: str) -> "Span":
        """Return the day itself, its week (from Monday) or its month."""
        if kind == MONTH:
            month = Period.month(day.year, day.month)
            return cls(kind, month.first, month.last)
        if kind == WEEK:
            monday = day - timedelta(days=day.weekday())
            return cls(kind, monday, monday + timedelta(days=6))
        return cls(DAY, day, day)

    @property
    def title(self) -> str:
        """Return how people call it: ``22 Kasım 2026 Pazar``, ``Ekim 2026``."""
        if self.kind == MONTH:
            return Period.month(self.first.year, self.first.month).title
        if self.kind == WEEK:
            return _("{first} to {last}").format(
                first=show_date(self.first), last=show_date(self.last)
            )
        return show_long_date(self.first)

    def earlier(self) -> "Span":
        """Return the one just before."""
        return Span.around(self.first - timedelta(days=1), self.kind)

    def later(self) -> "Span":
        """Return the one just after."""
        return Span.around(self.last + timedelta(days=1), self.kind)

    def contains(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.first <= day <= self.last
