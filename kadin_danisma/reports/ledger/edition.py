"""What a report of one period says and what is true behind it: the unit of the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.table import MARK, Cell, CellKey, ProtectedTable, Table, as_data
from kadin_danisma.reports.disclosure import is_small

#: Where a number stands: the number of the report, the table, the cell.
Place = tuple[str, str, CellKey]
#: In place of the families of a report in which nothing that counts women is shown.
WOMEN = "women"
#: In place of the families of a report that shows nothing because nothing could be proved.
SILENT = "silent"


@dataclass(frozen=True)
class Edition:
    """A report that was published, or is about to be.

    Attributes:
        number: What names it in the ledger; a period can have several (a table of its own, a
            number told by hand).
        period: Its month, quarter or year.
        minimum: The smallest number it may show.
        truth: Its tables with true values and the women behind them.
        shown: Its tables as they were published; None for the one that is being made.
        told: Whether it is a number that somebody gave by hand, protected beside nothing.
    """

    number: str
    period: Period
    minimum: int
    truth: tuple[Table, ...]
    shown: tuple[ProtectedTable, ...] | None = None
    told: bool = False

    @cached_property
    def months(self) -> frozenset[str]:
        """Return the keys of its calendar months."""
        return frozenset(month.key for month in self.period.months)

    @property
    def is_unpublished(self) -> bool:
        """Tell whether it only stands for a report that was not made yet (``history``)."""
        return self.number.startswith("(")

    def table(self, table_id: str) -> Table | None:
        """Return the true table of an id, or None where this period does not publish it."""
        return next((table for table in self.truth if table.id == table_id), None)

    def cells(self) -> Mapping[Place, Cell]:
        """Return every true number by its place."""
        return {
            (self.number, table.id, key): cell
            for table in self.truth
            for key, cell in table.cells.items()
        }

    @cached_property
    def small(self) -> frozenset[Place]:
        """Return the places that must be hidden for what they are."""
        return frozenset(p for p, cell in self.cells().items() if is_small(cell, self.minimum))

    @cached_property
    def hidden(self) -> frozenset[Place]:
        """Return the places that were published as MARK; none before it is published."""
        return frozenset(
            (self.number, table.id, key)
            for table in self.shown or ()
            for key, value in table.cells.items()
            if value == MARK
        )

    def as_document(self) -> dict[str, Any]:
        """Return what a proof is read against, in the shape of contract.md section 4."""
        return {
            "number": self.number,
            "period": self.period.key,
            "rule": {"minimum": self.minimum},
            "told": self.told,
            "tables": [as_data(table) for table in self.shown or ()],
        }


@dataclass(frozen=True, slots=True)
class Protected:
    """A new report as it may leave the centre.

    Attributes:
        tables: With MARK in place of what is hidden.
        small: The places hidden for what they are; the others protect them.
        proof: The proof over this report and all it hangs together with.
        withheld: Families of which nothing is shown: too few women came, or nothing was proved.
    """

    tables: tuple[ProtectedTable, ...]
    small: frozenset[Place]
    proof: dict[str, Any]
    withheld: tuple[str, ...]

    def edition(self, new: Edition) -> Edition:
        """Return the report as the ledger keeps it."""
        return replace(new, shown=self.tables)


def covered(tables: Sequence[Table], hidden: frozenset[Place], number: str) -> list[ProtectedTable]:
    """Return tables with MARK in the hidden places and nothing kept of what stood there."""
    return [
        ProtectedTable(
            table.id,
            table.unit,
            table.dims,
            table.multi,
            table.categories,
            table.groups,
            {
                key: MARK if (number, table.id, key) in hidden else cell.value
                for key, cell in table.cells.items()
            },
        )
        for table in tables
    ]
