"""A table of counts as data: what ``counts`` shows and what disclosure control receives.

Shapes and names follow contract.md sections 3 and 4.
"""

from dataclasses import dataclass, field
from typing import Any

TOTAL = "_total"
#: Stands in a published table for a count that is not told.
MARK = "*"
#: A cell is addressed by one label per dimension; TOTAL stands for the margin.
CellKey = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A true count and how many different women stand behind it.

    ``women`` is None for public events (trainings), which need no protection. A contact counts as
    one woman each, because nothing more is known of her.
    """

    value: int
    women: int | None


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table as a profile asks for it: its id, and which codes are counted together.

    ``groups`` has the shape of ``Table.groups``; a group stands at the place of its first member.
    """

    id: str
    groups: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """One table with every published category and combination, zeros included."""

    id: str
    #: applications, clients, clients_violence, sessions, referrals, playroom_visits, or mixed.
    unit: str
    dims: tuple[str, ...]
    #: Dimensions in which one unit may fall into several categories.
    multi: tuple[str, ...]
    #: Published categories by dimension, in order; a group stands in place of its members.
    categories: dict[str, tuple[str, ...]]
    #: ``{dimension: {group: members}}`` for the groups among the categories.
    groups: dict[str, dict[str, tuple[str, ...]]]
    #: Every combination of categories and margins, in reading order.
    cells: dict[CellKey, Cell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """A table as it may leave the centre: each cell a published number or MARK.

    Fields are those of ``Table``; nothing of a hidden cell is kept here.
    """

    id: str
    unit: str
    dims: tuple[str, ...]
    multi: tuple[str, ...]
    categories: dict[str, tuple[str, ...]]
    groups: dict[str, dict[str, tuple[str, ...]]]
    cells: dict[CellKey, int | str] = field(default_factory=dict)


def spec_of(table: Table | ProtectedTable) -> TableSpec:
    """Return how a table was asked for, so that the like of it can be counted again."""
    return TableSpec(table.id, table.groups)


def as_data(table: Table | ProtectedTable) -> dict[str, Any]:
    """Return a table in the shape of contract.md section 4: true values, or published ones."""
    return {
        "id": table.id,
        "unit": table.unit,
        "dims": list(table.dims),
        "multi": list(table.multi),
        "filter": {},
        "categories": {dim: list(keys) for dim, keys in table.categories.items()},
        "groups": {
            dim: {name: list(members) for name, members in by_name.items()}
            for dim, by_name in table.groups.items()
            if by_name
        },
        "rows": [
            [*key, cell.value if isinstance(cell, Cell) else cell]
            for key, cell in table.cells.items()
        ],
    }
