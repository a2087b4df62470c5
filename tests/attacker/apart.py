"""A large system falls into small ones: what is known for certain ties nothing together."""

from collections import defaultdict
from collections.abc import Iterator

from tests.attacker.system import Row, System


def apart(system: System) -> Iterator[tuple[list[int], list[Row]]]:
    """Yield numbers that have to do with each other, and the rows between them, part by part.

    Numbers that are known are left out of the rows, and so are rows of which nothing is left.
    """
    unknown = (_unknown_of(system, row) for row in system.rows)
    rows = [row for row in unknown if row.terms]
    groups = _Groups(len(system.low))
    for row in rows:
        for place, _ in row.terms:
            groups.join(place, row.terms[0][0])
    rows_of, places_of = defaultdict(list), defaultdict(list)
    for row in rows:
        rows_of[groups.leader(row.terms[0][0])].append(row)
    for place, low in enumerate(system.low):
        if low != system.high[place]:
            places_of[groups.leader(place)].append(place)
    for leader, places in places_of.items():
        yield places, rows_of[leader]


def _unknown_of(system: System, row: Row) -> Row:
    """Return what a row says of the numbers that are not known."""
    known = sum(
        times * system.low[place]
        for place, times in row.terms
        if system.low[place] == system.high[place]
    )
    unknown = [(at, times) for at, times in row.terms if system.low[at] != system.high[at]]
    return Row(tuple(unknown), row.low - known, row.high - known)


class _Groups:
    """Places that were joined, each group known by one of them."""

    def __init__(self, count: int) -> None:
        self._next = list(range(count))

    def leader(self, place: int) -> int:
        while self._next[place] != place:
            self._next[place] = self._next[self._next[place]]
            place = self._next[place]
        return place

    def join(self, one: int, other: int) -> None:
        self._next[self.leader(one)] = self.leader(other)
