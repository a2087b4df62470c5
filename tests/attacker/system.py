"""Whole numbers that are not negative, and what is known of them: equations and inequalities."""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

INFINITE = float("inf")


class ContradictionError(Exception):
    """What is known cannot all be true: two reports tell different stories."""


class Row(NamedTuple):
    """low <= sum of times x number <= high."""

    terms: tuple[tuple[int, int], ...]
    low: float
    high: float


@dataclass(slots=True)
class System:
    """Unknown numbers by name, the bounds of each, and the rows that tie them together."""

    place: dict[Hashable, int] = field(default_factory=dict)
    low: list[int] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def at(self, name: Hashable) -> int:
        """Return the place of a number, which is made if it is not there."""
        if name not in self.place:
            self.place[name] = len(self.low)
            self.low.append(0)
            self.high.append(INFINITE)
        return self.place[name]

    def bound(self, name: Hashable, low: int, high: float = INFINITE) -> None:
        """Learn that a number lies between two others.

        Raises:
            ContradictionError: It was known not to.
        """
        place = self.at(name)
        self.low[place] = max(self.low[place], low)
        self.high[place] = min(self.high[place], high)
        if self.low[place] > self.high[place]:
            raise ContradictionError(str(name))

    def row(
        self, terms: Mapping[Hashable, int], low: float = -INFINITE, high: float = INFINITE
    ) -> None:
        """Learn that a sum of multiples lies between two numbers."""
        placed = tuple((self.at(name), times) for name, times in terms.items() if times)
        self.rows.append(Row(placed, low, high))

    def adds_up(self, parts: Iterable[Hashable], whole: Hashable) -> None:
        """Learn that parts make a whole; a part that is the whole itself says nothing."""
        terms: dict[Hashable, int] = {whole: -1}
        for part in parts:
            terms[part] = terms.get(part, 0) + 1
        self.row(terms, 0, 0)

    def at_most(self, small: Iterable[Hashable], large: Iterable[Hashable]) -> None:
        """Learn that the sum of some numbers is not above the sum of others."""
        terms: dict[Hashable, int] = {}
        for name in small:
            terms[name] = terms.get(name, 0) + 1
        for name in large:
            terms[name] = terms.get(name, 0) - 1
        self.row(terms, -INFINITE, 0)

    def tighten(self) -> None:
        """Draw every conclusion that follows from one row alone, over and over.

        Raises:
            ContradictionError: There is none, because the rows contradict each other.
        """
        of_place: list[list[int]] = [[] for _ in self.low]
        for number, row in enumerate(self.rows):
            for place, _ in row.terms:
                of_place[place].append(number)
        waiting = dict.fromkeys(range(len(self.rows)))
        steps = 40 * len(self.rows)
        while waiting and (steps := steps - 1) > 0:
            number = next(iter(waiting))
            del waiting[number]
            for place in self._conclude(self.rows[number]):
                waiting.update(dict.fromkeys(of_place[place]))

    def _conclude(self, row: Row) -> Iterator[int]:
        """Narrow the bounds of each number of a row by those of the others; yield the changed."""
        least = [times * (self.low[at] if times > 0 else self.high[at]) for at, times in row.terms]
        most = [times * (self.high[at] if times > 0 else self.low[at]) for at, times in row.terms]
        least_all, most_all = _Sum(least), _Sum(most)
        if least_all.whole > row.high or most_all.whole < row.low:
            raise ContradictionError("a row cannot hold")
        for (at, times), own_least, own_most in zip(row.terms, least, most, strict=True):
            # times * number lies between what the row leaves beside the others.
            floor = row.low - most_all.without(own_most)
            ceiling = row.high - least_all.without(own_least)
            if times < 0:
                floor, ceiling = -ceiling, -floor
            if self._narrow(at, abs(times), floor, ceiling):
                yield at

    def _narrow(self, at: int, times: int, floor: float, ceiling: float) -> bool:
        changed = False
        if floor != -INFINITE and (low := -int(-floor // times)) > self.low[at]:
            self.low[at], changed = low, True
        if ceiling != INFINITE and (high := int(ceiling // times)) < self.high[at]:
            self.high[at], changed = high, True
        if self.low[at] > self.high[at]:
            raise ContradictionError("a number cannot be")
        return changed


class _Sum:
    """A sum from which one of its parts can be left out, though some are infinite."""

    def __init__(self, parts: list[float]) -> None:
        self._finite = sum(part for part in parts if abs(part) != INFINITE)
        self._infinite = [part for part in parts if abs(part) == INFINITE]
        self.whole = self._infinite[0] if self._infinite else self._finite

    def without(self, part: float) -> float:
        if abs(part) != INFINITE:
            return self.whole - part if not self._infinite else self.whole
        return self._infinite[0] if len(self._infinite) > 1 else self._finite
