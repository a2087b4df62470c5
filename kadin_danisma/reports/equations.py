"""What binds the numbers of a report together: the sums that a reader can form.

Cells that are the same number (the total of a table, its line in the summary, the total of the
next table) are one variable here, so that hiding one of them hides all of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from kadin_danisma.domain.table import TOTAL, Cell, CellKey, Table

SUMMARY = "summary"
#: What a number counts: its unit, and for each dimension that is not summed up the codes in it.
_Meaning = tuple[str, frozenset[tuple[str, frozenset[str]]]]
#: Lines of the summary that are the grand total of tables with this unit.
_UNITS = frozenset({"clients", "applications", "sessions", "referrals", "playroom_visits"})
#: (bigger, parts, whether the parts make up the whole) among grand totals and summary lines.
_KNOWN = (
    ("clients", ("clients_first", "clients_returning", "clients_continuing"), True),
    ("applications", ("clients_first", "clients_returning"), False),
    ("sessions", ("clients_continuing",), False),
    ("playroom_visits", ("playroom_children",), False),
)


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the report, however often it stands in it."""

    value: int
    #: The fewest women behind any cell that shows it; None for public events.
    women: int | None
    #: How far out it stands: 0 an inner cell, 1 a margin, 2 a grand total.
    level: int

    def is_small(self, minimum: int) -> bool:
        """Tell whether the number may not be shown (contract.md section 4)."""
        if self.women is None:
            return False
        return 0 < self.value < minimum or 0 < self.women < minimum


@dataclass(frozen=True, slots=True)
class Relation:
    """A sum over numbers (by index) that is 0, or at least 0."""

    terms: dict[int, int]
    exact: bool


@dataclass(frozen=True, slots=True)
class Equations:
    """All numbers of a report and everything that is known to hold among them."""

    numbers: tuple[Number, ...]
    relations: tuple[Relation, ...]
    #: The number behind each cell: {(index of the table, cell): index of the number}.
    places: dict[tuple[int, CellKey], int]


def equations(tables: Sequence[Table]) -> Equations:
    """Find the numbers of a report and the sums that bind them.

    Raises:
        ValueError: The tables disagree on a number, so they are not of one period.
    """
    index: dict[_Meaning, int] = {}
    numbers: list[Number] = []
    places: dict[tuple[int, CellKey], int] = {}
    for at, table in enumerate(tables):
        for key, cell in table.cells.items():
            meaning = _meaning(table, key)
            number = index.setdefault(meaning, len(numbers))
            level = _level(table, key)
            if number == len(numbers):
                numbers.append(Number(cell.value, cell.women, level))
            else:
                numbers[number] = _joined(numbers[number], cell, level)
            places[at, key] = number
    relations = [
        relation
        for at, table in enumerate(tables)
        for relation in _relations_of(table, {key: places[at, key] for key in table.cells})
    ]
    return Equations(tuple(numbers), (*relations, *_among_totals(index)), places)


def _meaning(table: Table, key: CellKey) -> _Meaning:
    if table.id == SUMMARY:
        return (key[0], frozenset())
    codes = {
        (dim, frozenset(table.groups.get(dim, {}).get(label, (label,))))
        for dim, label in zip(table.dims, key, strict=True)
        if label != TOTAL
    }
    return (table.unit, frozenset(codes))


def _level(table: Table, key: CellKey) -> int:
    if table.id == SUMMARY:
        return 2 if key[0] in _UNITS else 0
    margins = key.count(TOTAL)
    return 2 if margins == len(key) else min(margins, 1)


def _joined(number: Number, cell: Cell, level: int) -> Number:
    if cell.value != number.value:
        raise ValueError("one number of the report has two values")
    told = [women for women in (number.women, cell.women) if women is not None]
    return Number(number.value, min(told, default=None), max(number.level, level))


def _relations_of(table: Table, numbers: dict[CellKey, int]) -> Iterator[Relation]:
    """Yield, for each dimension, how the categories of a line and its margin are bound."""
    if table.id == SUMMARY:
        return
    for at, dim in enumerate(table.dims):
        others = [(*table.categories[other], TOTAL) for other in table.dims if other != dim]
        for rest in product(*others):
            line = [
                numbers[(*rest[:at], label, *rest[at:])]
                for label in (TOTAL, *table.categories[dim])
            ]
            yield from _bound(line[0], line[1:], overlap=dim in table.multi)


def _bound(total: int, parts: list[int], *, overlap: bool) -> Iterator[Relation]:
    if not overlap:
        yield Relation({total: 1} | dict.fromkeys(parts, -1), exact=True)
        return
    # Every unit falls into at least one category and at most once into each.
    yield Relation({total: -1} | dict.fromkeys(parts, 1), exact=False)
    for part in parts:
        yield Relation({total: 1, part: -1}, exact=False)


def _among_totals(index: dict[_Meaning, int]) -> Iterator[Relation]:
    known = {unit: number for (unit, codes), number in index.items() if not codes}
    for whole, parts, exact in (
        *_KNOWN,
        ("clients_first+clients_returning", ("clients_violence",), False),
    ):
        wholes = whole.split("+")
        if all(name in known for name in (*wholes, *parts)):
            terms = {known[name]: 1 for name in wholes} | {known[name]: -1 for name in parts}
            yield Relation(terms, exact)
