"""What may not be shown for what it is (contract.md section 4); ``reports.ledger`` protects it."""

from kadin_danisma.domain.table import Cell

#: The smallest number that may be shown: a setting that can only be raised.
LEAST_MINIMUM = 5
GREATEST_MINIMUM = 10


def is_small(cell: Cell, minimum: int) -> bool:
    """Tell whether a number must be hidden for what it is.

    No hours at all can stand for somebody: it is the women who count. Public events have none.
    """
    return bool(cell.women) and (cell.value < minimum or (cell.women or 0) < minimum)
