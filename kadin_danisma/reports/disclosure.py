"""Which numbers may leave the centre: tables in, protected tables out.

This protects one report by itself: no small number stands in it, none can be worked out from its
sums, and for each small number both 0 and the minimum (twice the number, where few women stand
behind a bigger one) remain possible, which ``reports.attack`` proves by whole numbers that agree
with the report. The guarantee over everything ever published will replace the inside of
``protect``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kadin_danisma.domain.table import MARK, ProtectedTable, Table
from kadin_danisma.reports.attack import exposed
from kadin_danisma.reports.equations import Equations, Relation, equations

LEAST_MINIMUM = 5
GREATEST_MINIMUM = 10


def protect(tables: Sequence[Table], minimum: int = LEAST_MINIMUM) -> tuple[ProtectedTable, ...]:
    """Hide small numbers, and as many others as it takes to keep them hidden.

    Args:
        tables: All tables of one report, with true values.
        minimum: The smallest number that may be shown; 5 to 10.

    Returns:
        The same tables with MARK in place of what is hidden. The same tables always give the same
        result, in whatever order sums are looked at.

    Raises:
        ValueError: The minimum is out of its range.
    """
    if not LEAST_MINIMUM <= minimum <= GREATEST_MINIMUM:
        raise ValueError("the minimum is out of its range")
    system = equations(tables)
    small = {n for n, number in enumerate(system.numbers) if number.is_small(minimum)}
    hidden = set(small)
    needed = {number: _needed(system, number, minimum) for number in small}
    while more := _given_away(system, hidden) or _too_narrow(system, hidden, needed):
        hidden |= more
    hidden = _cleaned(system, hidden, needed)
    return tuple(_covered(table, at, system, hidden) for at, table in enumerate(tables))


def _covered(table: Table, at: int, system: Equations, hidden: set[int]) -> ProtectedTable:
    cells: dict[tuple[str, ...], int | str] = {
        key: MARK if system.places[at, key] in hidden else cell.value
        for key, cell in table.cells.items()
    }
    return ProtectedTable(
        table.id, table.unit, table.dims, table.multi, table.categories, table.groups, cells
    )


def _given_away(system: Equations, hidden: set[int]) -> set[int]:
    """Return what to hide so that no sum has exactly one unknown."""
    more: set[int] = set()
    for relation in system.relations:
        if relation.exact and len(relation.terms.keys() & (hidden | more)) == 1:
            more |= _best(system, relation.terms, hidden | more)
    return more


def _too_narrow(system: Equations, hidden: set[int], needed: Mapping[int, int]) -> set[int]:
    """Return what to hide because too much could be told of a small number."""
    more: set[int] = set()
    for number in exposed(system, frozenset(hidden), needed):
        for around in _circles(system, number, hidden):
            if around & more:
                break
            if found := _best(system, around, hidden):
                more |= found
                break
    return more


def _needed(system: Equations, number: int, minimum: int) -> int:
    """Return the value that must stay possible for a small number (disclosure.md 0.3)."""
    value = system.numbers[number].value
    return minimum if value < minimum else 2 * value


def _circles(system: Equations, number: int, hidden: set[int]) -> Iterator[set[int]]:
    """Yield the numbers bound to a hidden one directly, then over one more hidden one, and on."""
    reached = {number}
    while True:
        touching = [r.terms.keys() for r in system.relations if r.terms.keys() & reached]
        around = set().union(*touching)
        yield around
        if around & hidden <= reached:
            return
        reached |= around & hidden


def _best(system: Equations, candidates: Iterable[int], hidden: set[int]) -> set[int]:
    """Return the shown number that is lost most easily, as a set; empty if all are hidden.

    Inner cells go before margins, margins before totals, small values before great ones; a number
    whose other sums have unknowns already goes first; zeros go only where nothing else is left.
    """
    shown = [number for number in candidates if number not in hidden]
    return {min(shown, key=lambda number: _loss(system, number, hidden))} if shown else set()


def _loss(system: Equations, number: int, hidden: set[int]) -> tuple[bool, int, int, int, int]:
    """Return what hiding a number costs; tuples of less come first."""
    own = system.numbers[number]
    exposing = _exposing(system.relations, number, hidden)
    return (own.value == 0, own.level, exposing, own.value, number)


def _exposing(relations: Sequence[Relation], number: int, hidden: set[int]) -> int:
    """Count the sums of which the number would become the only unknown."""
    return sum(
        1
        for relation in relations
        if relation.exact and number in relation.terms and not relation.terms.keys() & hidden
    )


def _cleaned(system: Equations, hidden: set[int], needed: Mapping[int, int]) -> set[int]:
    """Return what must stay hidden: what protects nothing after all is shown again."""
    others = hidden - needed.keys()
    for number in sorted(others, key=lambda n: _loss(system, n, hidden), reverse=True):
        if number not in hidden:
            continue
        fewer = _known(system, hidden - {number})
        if needed.keys() <= fewer and not exposed(system, frozenset(fewer), needed):
            hidden = fewer
    return hidden


def _known(system: Equations, hidden: set[int]) -> set[int]:
    """Return what stays unknown when each sum with one unknown has told it."""
    left = set(hidden)
    told = True
    while told:
        told = False
        for relation in system.relations:
            unknown = relation.terms.keys() & left
            if relation.exact and len(unknown) == 1:
                left -= unknown
                told = True
    return left
