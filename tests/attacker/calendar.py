"""Months, quarters and years as parts of one another, as far as reports were published of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


def parts_of(period: str) -> tuple[str, ...]:
    """Return the quarters of a year, the months of a quarter, nothing of a month."""
    year, _, part = period.partition("-")
    if not part:
        return tuple(f"{year}-Q{quarter}" for quarter in range(1, 5))
    if part.startswith("Q"):
        last = 3 * int(part[1])
        return tuple(f"{year}-{month:02d}" for month in range(last - 2, last + 1))
    return ()


def months_of(period: str) -> tuple[str, ...]:
    """Return the months of a period, a month being its own."""
    parts = parts_of(period)
    return tuple(month for part in parts for month in months_of(part)) if parts else (period,)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The periods that matter to a reader of some reports."""

    published: frozenset[str]

    def roots(self) -> Iterator[str]:
        """Yield the published periods that no other published period contains."""
        for period in sorted(self.published):
            if not any(period in _inside(other) for other in self.published):
                yield period

    def parts(self, period: str) -> tuple[str, ...]:
        """Return the parts of a period that must be told apart, because one was published."""
        return parts_of(period) if self.published.intersection(_inside(period)) else ()

    def within(self, period: str) -> Iterator[str]:
        """Yield a period and all that must be told apart in it, the whole before its parts."""
        yield period
        for part in self.parts(period):
            yield from self.within(part)

    def around(self, period: str) -> Iterable[str]:
        """Return the published periods that contain a period, itself included if published."""
        return [other for other in self.published if period == other or period in _inside(other)]


def _inside(period: str) -> Iterator[str]:
    for part in parts_of(period):
        yield part
        yield from _inside(part)
