"""What a reader with paper, pencil and patience can find out about the hidden numbers.

Two means are used: exact elimination (any combination of sums that leaves one unknown), and
bounds handed on from sum to sum until nothing moves. It is an audit of one report by itself; the
proof over everything ever published is another piece of work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd, inf

from kadin_danisma.reports.equations import Equations

_ROUNDS = 40


@dataclass(slots=True)
class _Row:
    """``sum(factor x unknown) = known``, all of it whole numbers."""

    terms: dict[int, int]
    known: int


@dataclass(slots=True)
class Interval:
    """Between which whole numbers an unknown must lie, as far as a reader can tell."""

    low: int = 0
    #: A whole number, or infinity where nothing is known.
    high: float = inf


def attack(system: Equations, hidden: frozenset[int]) -> dict[int, Interval]:
    """Return what can be told about each hidden number.

    Args:
        system: The numbers of a report and the sums among them.
        hidden: The numbers that are not shown.
    """
    rows = _rows(system, hidden)
    bounds = {number: Interval() for row in rows for number in row.terms}
    bounds |= {number: Interval() for number in hidden if number not in bounds}
    rows += _eliminated(rows)
    for _ in range(_ROUNDS):
        if not sum(_narrow(row, bounds) for row in rows):
            break
    return {number: bounds[number] for number in hidden}


def _rows(system: Equations, hidden: frozenset[int]) -> list[_Row]:
    rows = []
    for at, relation in enumerate(system.relations):
        terms = {n: factor for n, factor in relation.terms.items() if n in hidden}
        if not terms:
            continue
        shown = sum(
            factor * system.numbers[n].value
            for n, factor in relation.terms.items()
            if n not in hidden
        )
        if not relation.exact:
            # The slack of an inequality is one more unknown that is at least 0.
            terms[-1 - at] = -1
        rows.append(_Row(terms, -shown))
    return rows


def _eliminated(rows: Sequence[_Row]) -> list[_Row]:
    """Return the reduced echelon form of the rows, kept in whole numbers."""
    done: list[tuple[int, _Row]] = []
    for row in rows:
        current = _Row(dict(row.terms), row.known)
        for pivot, other in done:
            _subtract(current, other, pivot)
        if not current.terms:
            continue
        pivot = min(current.terms, key=lambda n: (abs(current.terms[n]), n))
        for _, other in done:
            _subtract(other, current, pivot)
        done.append((pivot, current))
    return [row for _, row in done]


def _subtract(row: _Row, other: _Row, pivot: int) -> None:
    """Take the unknown ``pivot`` out of a row by means of another."""
    factor = row.terms.get(pivot)
    if not factor:
        return
    scale = other.terms[pivot]
    terms = {n: value * scale for n, value in row.terms.items()}
    for number, value in other.terms.items():
        terms[number] = terms.get(number, 0) - factor * value
    known = row.known * scale - factor * other.known
    left = {n: value for n, value in terms.items() if value}
    common = gcd(known, *left.values()) or 1
    row.terms = {n: value // common for n, value in left.items()}
    row.known = known // common


def _narrow(row: _Row, bounds: dict[int, Interval]) -> bool:
    """Hand bounds on from all other unknowns of a row to each; tell whether any moved."""
    lows, highs = [], []
    for number, factor in row.terms.items():
        ends = factor * bounds[number].low, factor * bounds[number].high
        lows.append(min(ends))
        highs.append(max(ends))
    moved = False
    for at, (number, factor) in enumerate(row.terms.items()):
        most = row.known - _without(lows, at)
        least = row.known - _without(highs, at)
        if factor < 0:
            most, least = least, most
        bound = bounds[number]
        low = -int(-least // factor) if abs(least) != inf else bound.low
        high = most // factor if abs(most) != inf else bound.high
        if low > bound.low or high < bound.high:
            bound.low, bound.high = max(low, bound.low), min(high, bound.high)
            moved = True
    return moved


def _without(ends: Sequence[float], at: int) -> float:
    """Return the sum of all ends but one."""
    return sum(end for other, end in enumerate(ends) if other != at)
