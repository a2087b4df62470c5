"""What must stay possible for each number, and what is left of it where older reports allow less.

A number is safe if it could be 0 and could be large. Three things can leave less room for it than
that, all published before: its months, with a smaller minimum than is in force now; the other
reports beside one that shows nothing because nothing could be proved; a number that somebody gave
by hand. Nothing takes back what is known; a new report must then leave as much room as they do.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, inf

from kadin_danisma.domain.table import TOTAL, Cell
from kadin_danisma.reports.disclosure import is_small
from kadin_danisma.reports.ledger.edition import Edition, Place
from kadin_danisma.reports.ledger.worlds import SUMMARY

_NEAR = 1e-6
#: In so many steps a goal comes down to what it must be at least.
_STEPS = 8


@dataclass(frozen=True, slots=True)
class Goal:
    """What must stay possible for a number: that it is at most this, or at least that.

    Attributes:
        row: The number.
        lowest: The least it must be able to be, in one world; 0 where it must be able to be less.
        highest: The most, or infinite.
        enough: What will do in place of ``lowest`` or ``highest`` where older reports leave no
            more; None where nothing less will.
        others: Rows any of which will do as well.
        line: Where all of a line stand in one cell: the row of the line. That it is empty will do
            where older reports show that there is nothing beside the cell.
    """

    row: int
    lowest: float
    highest: float
    enough: float | None = None
    others: tuple[int, ...] = ()
    line: int | None = None

    def is_met(self, values: Sequence[float]) -> bool:
        """Tell whether a world has the number where it must be able to be."""
        least, most = self.lowest - _NEAR, self.highest + _NEAR
        return any(least <= values[row] <= most for row in (self.row, *self.others))

    def choices(self) -> Iterator["Goal"]:
        """Yield goals of one row each, one of which must be met."""
        return (replace(self, row=row, others=(), line=None) for row in (self.row, *self.others))

    def easier(self) -> Iterator["Goal"]:
        """Yield goals that ask for less and less, down to what must be."""
        if self.line is not None:
            yield Goal(self.line, 0, 0)
        if self.enough is None:
            return
        is_large = self.highest == inf
        hard = self.lowest if is_large else self.highest
        step = ceil(abs(hard - self.enough) / _STEPS)
        while hard != self.enough:
            hard = max(hard - step, self.enough) if is_large else min(hard + step, self.enough)
            yield replace(self, lowest=hard) if is_large else replace(self, highest=hard)


def goals_of(
    rows: Mapping[Place, int], cell: Cell, edition: Edition, place: Place, promised: int
) -> list[Goal]:
    """Return what must stay possible for a number; nothing where it may be told.

    Args:
        rows: The rows of the family's numbers.
        cell: The number.
        edition: The report it stands in.
        place: Where it stands there.
        promised: The minimum with which older reports protect it (``promises``).
    """
    row = rows[place]
    if is_small(cell, edition.minimum):
        most, least, everything = _large(cell, edition.minimum), None, None
        if promised < edition.minimum:
            is_promised = is_small(cell, promised)
            least = min(most, _large(cell, promised)) if is_promised else cell.value
            everything = None if is_promised else cell.value
        return [Goal(row, most, inf, least), Goal(row, 0, 0, everything)]
    return list(_of_groups(rows, cell, edition, place, promised))


def _of_groups(
    rows: Mapping[Place, int], cell: Cell, edition: Edition, place: Place, promised: int
) -> Iterator[Goal]:
    """Yield what must stay possible where all units of a line stand in one cell.

    It tells of each of them: one of them must be able to stand elsewhere in the line.
    """
    number, table_id, key = place
    table = edition.table(table_id)
    if not cell.value or table is None or table_id == SUMMARY:
        return
    for at, dim in enumerate(table.dims):
        line = (*key[:at], TOTAL, *key[at + 1 :])
        if key[at] == TOTAL or line not in table.cells or table.cells[line].value != cell.value:
            continue
        if dim in table.multi:
            yield Goal(rows[place], 0, cell.value - 1, None if promised else cell.value)
            continue
        elsewhere = ((*key[:at], label, *key[at + 1 :]) for label in table.categories[dim])
        others = tuple(
            rows[number, table_id, other]
            for other in elsewhere
            if other != key
            # What a published report shows there cannot be taken back.
            and (edition.shown is None or (number, table_id, other) in edition.hidden)
        )
        if others:
            enough = None if promised else 0
            yield Goal(others[0], 1, inf, enough, others[1:], rows[number, table_id, line])


def promises(editions: Sequence[Edition], broken: Sequence[str]) -> dict[str, int]:
    """Return the minimum with which each report's numbers are protected in any case.

    Args:
        editions: All reports that hang together.
        broken: The numbers of those of which nothing is promised.
    """
    return {
        each.number: 0
        if each.number in broken
        else min(other.minimum for other in editions if other.months & each.months)
        for each in editions
    }


def _large(cell: Cell, minimum: int) -> int:
    return minimum if cell.value < minimum else 2 * cell.value
