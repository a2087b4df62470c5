"""What a reader with all the sums of a report can find out about its hidden numbers.

He solves linear programs: which is the lowest, which the highest value that a hidden number can
have, while every published sum holds and no number is negative. Here that is the simplex method in
exact fractions, so no rounding can make a number look safe. It looks at one report by itself; the
proof over everything ever published is another piece of work.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import inf

from kadin_danisma.reports.equations import Equations

_ZERO = Fraction(0)


@dataclass(slots=True)
class _Row:
    """One unknown told by others: ``unknown = known + sum(factor x other)``."""

    known: Fraction
    terms: dict[int, Fraction]

    def replace(self, unknown: int, by: "_Row") -> None:
        """Put what is told of an unknown in its place."""
        factor = self.terms.pop(unknown, _ZERO)
        if not factor:
            return
        self.known += factor * by.known
        for other, value in by.terms.items():
            total = self.terms.get(other, _ZERO) + factor * value
            if total:
                self.terms[other] = total
            else:
                self.terms.pop(other, None)


class Attacker:
    """Knows all sums of a report, and looks for values of the hidden numbers that agree with them.

    At any time the attacker holds one such set of values, a corner of all that is possible:
    ``_rows`` tells some unknowns by the others, and those others are 0.

    Args:
        system: The numbers of a report and the sums among them.
        hidden: The numbers that are not shown.
    """

    def __init__(self, system: Equations, hidden: frozenset[int]) -> None:
        self._rows: dict[int, _Row] = {}
        truth: dict[int, int] = {n: system.numbers[n].value for n in hidden}
        for at, relation in enumerate(system.relations):
            terms = {n: Fraction(f) for n, f in relation.terms.items() if n in hidden}
            every = sum(f * system.numbers[n].value for n, f in relation.terms.items())
            if not terms or every < 0:
                continue
            own = sum(f * truth[n] for n, f in relation.terms.items() if n in hidden)
            if not relation.exact:
                # What an inequality leaves over is one more unknown that is not negative.
                truth[-1 - at] = every
                terms[-1 - at] = Fraction(-1)
                own -= every
            self._add(_Row(Fraction(-own), terms))
        self._leave(truth)

    def value(self, number: int) -> Fraction:
        """Return the value of a hidden number in the set of values held now."""
        row = self._rows.get(number)
        return row.known if row else _ZERO

    def is_whole(self) -> bool:
        """Tell whether all values held now are whole numbers."""
        return all(row.known.denominator == 1 for row in self._rows.values())

    def lowest(self, number: int) -> Fraction:
        """Go to values in which a hidden number is as low as it can be, and return it."""
        while (row := self._rows.get(number)) and row.known:
            entering = min((n for n, f in row.terms.items() if f < 0), default=None)
            if entering is None:
                return row.known
            self._raise(entering)
        return _ZERO

    def highest(self, number: int, enough: float = inf) -> Fraction | float:
        """Go to values in which a hidden number is as high as it can be, and return it.

        Args:
            number: The hidden number.
            enough: Where to stop.

        Returns:
            The highest value, a value that is enough, or infinity where there is no highest.
        """
        if number not in self._rows and not self._raise(number):
            return inf
        while self.value(number) < enough and number in self._rows:
            row = self._rows[number]
            entering = min((n for n, f in row.terms.items() if f > 0), default=None)
            if entering is None:
                return row.known
            if not self._raise(entering):
                return inf
        return self.value(number)

    def _add(self, sum_: _Row) -> None:
        """Learn that a sum is 0: it tells one more unknown, unless it follows from the others."""
        for unknown in [n for n in sum_.terms if n in self._rows]:
            sum_.replace(unknown, self._rows[unknown])
        if not sum_.terms:
            return
        told = min(sum_.terms, key=lambda n: (abs(sum_.terms[n]) != 1, n))
        self._tell(told, sum_)

    def _tell(self, unknown: int, sum_: _Row) -> None:
        """Solve a sum that is 0 for an unknown, and use it in all other rows."""
        factor = -sum_.terms.pop(unknown)
        row = _Row(sum_.known / factor, {n: f / factor for n, f in sum_.terms.items()})
        for other in self._rows.values():
            other.replace(unknown, row)
        self._rows[unknown] = row

    def _leave(self, truth: Mapping[int, int]) -> None:
        """Walk from the true values, which agree with everything, to a corner."""
        loose = {n: Fraction(truth[n]) for n in truth if n not in self._rows and truth[n]}
        now = {n: Fraction(truth[n]) for n in self._rows}
        for unknown in sorted(loose):
            step = loose[unknown]
            blocking = None
            for told, row in self._rows.items():
                factor = row.terms.get(unknown, _ZERO)
                if factor > 0 and now[told] / factor < step:
                    blocking, step = told, now[told] / factor
            for told, row in self._rows.items():
                now[told] -= row.terms.get(unknown, _ZERO) * step
            if blocking is not None:
                now[unknown] = loose[unknown] - step
                del now[blocking]
                self._swap(blocking, unknown)

    def _raise(self, entering: int) -> bool:
        """Raise an unknown from 0 until another falls to 0; tell whether anything stops it."""
        leaving, most = None, _ZERO
        for told, row in sorted(self._rows.items()):
            factor = row.terms.get(entering, _ZERO)
            if factor < 0 and (leaving is None or -row.known / factor < most):
                leaving, most = told, -row.known / factor
        if leaving is None:
            return False
        self._swap(leaving, entering)
        return True

    def _swap(self, leaving: int, entering: int) -> None:
        row = self._rows.pop(leaving)
        self._tell(entering, _Row(row.known, row.terms | {leaving: Fraction(-1)}))


def exposed(system: Equations, hidden: frozenset[int], needed: Mapping[int, int]) -> list[int]:
    """Return the hidden numbers of which too much can be told.

    Args:
        system: The numbers of a report and the sums among them.
        hidden: The numbers that are not shown.
        needed: For each number to be protected the value that must stay possible beside 0.
    """
    attacker = Attacker(system, hidden)
    low, high = set(needed), set(needed)

    def look() -> None:
        if attacker.is_whole():
            low.difference_update([n for n in low if attacker.value(n) == 0])
            high.difference_update([n for n in high if attacker.value(n) >= needed[n]])

    look()
    for number in sorted(needed):
        if number in high:
            if attacker.highest(number, needed[number]) == inf and attacker.is_whole():
                high.discard(number)
            look()
        if number in low:
            attacker.lowest(number)
            look()
    return sorted(low | high)
