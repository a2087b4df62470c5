"""All the worlds an outsider must think possible, as whole-number sums over kinds of units.

A kind is a sort of application, session or woman that could exist ("a divorced woman who came in
January and March"). A world says how many there are of each; what a world shows in every cell of
every report follows by adding up. Worlds that show everything published alike cannot be told apart,
whatever else a reader knows about how reports are made. Each family of tables has its own kinds;
the other families stay as they are, so that a world of one family is always a complete one: the
kinds of a class (``hub``) are exchanged for each other, and who came when is left untouched.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import inf

from kadin_danisma.domain.table import TOTAL, CellKey, Table
from kadin_danisma.reports.ledger.edition import Edition, Place

SUMMARY = "summary"
#: Tables about some of the women only.
_OF_SOME = ("clients_by_violence_type", "clients_by_perpetrator")
#: A kind's plain description, from which ``recount`` adds up without any of this code.
KindName = tuple[Hashable, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of unit: what it is, what it may be exchanged for, where one of it is counted."""

    name: KindName
    hub: Hashable
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A sum over kinds that no world can leave: ``lower <= sum(factor x count) <= upper``."""

    terms: Mapping[int, int]
    lower: float = 0
    upper: float = inf


@dataclass(slots=True)
class Worlds:
    """The kinds of one family, how many of each there truly are, and the numbers they make up.

    One row is one number; the same number may stand at several places.
    """

    family: str
    places: dict[Place, int] = field(default_factory=dict)
    kinds: list[Kind] = field(default_factory=list)
    truth: list[int] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    #: Whether its classes are of women, who could have come in other months.
    bends: bool = False
    #: Rows that another family sees to.
    elsewhere: set[int] = field(default_factory=set)
    _known: dict[Hashable, int] = field(default_factory=dict)

    def add(
        self,
        name: KindName,
        hub: Hashable,
        places: Iterable[Place],
        count: int = 0,
        linked: Hashable = None,
    ) -> int:
        """Add a kind, or more of a known one; kinds of one hub counted alike are one kind.

        Args:
            name: Its description.
            hub: Its class; None where nothing holds the number of such units.
            places: Where one of it is counted.
            count: How many there truly are.
            linked: What its links depend on: kinds that differ in it stay apart.

        Returns:
            Its index.
        """
        # A report of one number only has no row for the rest of its table.
        rows = tuple(sorted({self.places[place] for place in places if place in self.places}))
        at = self._known.setdefault((hub, rows, linked), len(self.kinds))
        if at == len(self.kinds):
            self.kinds.append(Kind(name, hub, rows))
            self.truth.append(0)
        self.truth[at] += count
        return at

    def values(self, counts: Iterable[float]) -> list[float]:
        """Return what a world shows in each row."""
        told = [0.0] * self.row_count
        for kind, count in zip(self.kinds, counts, strict=True):
            if count:
                for row in kind.rows:
                    told[row] += count
        return told

    @property
    def row_count(self) -> int:
        """Return how many different numbers there are."""
        return 1 + max(self.places.values(), default=-1)

    def row_of(self, place: Place, same_as: Place | None = None) -> int:
        """Return the row of a place; a new one, unless it is the same number as another place."""
        if same_as in self.places:
            return self.places.setdefault(place, self.places[same_as])
        return self.places.setdefault(place, self.row_count)

    def add_lines(
        self, editions: Iterable[Edition], line: str, same_as: tuple[str, CellKey] | None = None
    ) -> list[tuple[Edition, Place]]:
        """Give a line of the summary its row in each report that has it.

        Args:
            editions: All reports.
            line: The name of the count.
            same_as: The table and cell that show the same number, where a report has them.

        Returns:
            Its places.
        """
        found: list[tuple[Edition, Place]] = []
        for edition in editions:
            place = (edition.number, SUMMARY, (line,))
            table = edition.table(SUMMARY)
            if table and (line,) in table.cells:
                self.row_of(place, (edition.number, *same_as) if same_as else None)
                found.append((edition, place))
        return found

    def leave_to_others(self, is_theirs: Callable[[Place], bool]) -> None:
        """Let another family see to the numbers that stand at some places."""
        self.elsewhere |= {row for place, row in self.places.items() if is_theirs(place)}

    def only(self, columns: Sequence[int]) -> "Worlds":
        """Return the same family with some of its kinds."""
        place = {column: at for at, column in enumerate(columns)}
        links = [
            Link(
                {place[at]: factor for at, factor in link.terms.items() if at in place},
                link.lower,
                link.upper,
            )
            for link in self.links
        ]
        kinds = [self.kinds[at] for at in columns]
        truth = [self.truth[at] for at in columns]
        return Worlds(self.family, self.places, kinds, truth, links, self.bends)

    def hub_counts(self) -> Counter[Hashable]:
        """Return how many units each class has."""
        counts: Counter[Hashable] = Counter()
        for kind, count in zip(self.kinds, self.truth, strict=True):
            if kind.hub is not None:
                counts[kind.hub] += count
        return counts


def is_total(place: Place) -> bool:
    """Tell whether a place shows all units of a report: a total, or a line of the summary."""
    return place[1] == SUMMARY or set(place[2]) == {TOTAL}


def is_number_of_women(place: Place) -> bool:
    """Tell whether a place shows how many women came: every table about them says it."""
    return place[2] == ("clients",) or (
        place[1].startswith("clients_by_") and place[2] == (TOTAL,) and place[1] not in _OF_SOME
    )


class Frame:
    """The cells of one table in all the reports that publish it.

    Args:
        worlds: Whose rows they become.
        table_id: The table.
        editions: All reports of the year.
    """

    def __init__(self, worlds: Worlds, table_id: str, editions: Iterable[Edition]) -> None:
        self.table_id = table_id
        self.tables: list[tuple[Edition, Table]] = []
        self._merged: dict[str, list[dict[str, str]]] = {}
        for edition in editions:
            table = edition.table(table_id)
            if table is None:
                continue
            self.tables.append((edition, table))
            self._merged[edition.number] = [
                {
                    member: group
                    for group, members in table.groups.get(dim, {}).items()
                    for member in members
                }
                for dim in table.dims
            ]
            for key in table.cells:
                worlds.row_of((edition.number, table_id, key))

    @property
    def months(self) -> list[str]:
        """Return the calendar months of its reports, in their order."""
        return sorted(set().union(*(edition.months for edition, _table in self.tables)))

    def of_month(self, month: str, *labels: Iterable[str]) -> list[Place]:
        """Return where a unit of one month is counted, by its labels in each dimension."""
        return [
            place
            for edition, _table in self.tables
            if month in edition.months
            for place in self.cells(edition, *labels)
        ]

    def cells(self, edition: Edition, *labels: Iterable[str]) -> list[Place]:
        """Return the cells of one report for labels in each dimension, margins included."""
        merged = self._merged[edition.number]
        spread = [
            [*dict.fromkeys(merged[at].get(label, label) for label in several), TOTAL]
            for at, several in enumerate(labels)
        ]
        return [(edition.number, self.table_id, key) for key in product(*spread)]
