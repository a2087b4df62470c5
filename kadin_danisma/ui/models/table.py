"""A table over plain records: columns say how a record is shown, nothing is copied."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from kadin_danisma.domain.text import sort_key
from kadin_danisma.ui.style import Tone

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
#: The width of a column that is as wide as its rows need (short lists only).
FIT = -1
#: What a cell says, also where it is too narrow for it.
_WORDS = frozenset(
    {
        Qt.ItemDataRole.DisplayRole,
        Qt.ItemDataRole.AccessibleTextRole,
        Qt.ItemDataRole.ToolTipRole,
    }
)
#: Where the line of a list holds its record.
_HOLDS = ("record", "session", "application", "referral", "visit", "user")
#: The role under which a cell tells the tone of its pill (None: no pill).
TONE_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """How one column shows a record.

    Args:
        title: The words of the header.
        text: Returns the words of a cell.
        tone: Returns the tone of the pill the words stand in, None for plain words.
        right: Whether the words end at the right (numbers).
        width: The width in letters; 0 takes what is left, FIT what the words of the rows need.
        key: Returns what the column sorts by; Turkish order of the words by default.
        struck: Tells whether the words are struck through.
    """

    title: str
    text: Callable[[T], str]
    tone: Callable[[T], Tone | None] | None = None
    right: bool = False
    width: int = 0
    key: Callable[[T], Any] | None = None
    struck: Callable[[T], bool] | None = None


def _struck() -> QFont:
    """Return what is asked of the font of a table, whichever it is: a line through the words."""
    font = QFont()
    font.setStrikeOut(True)
    return font


class RecordModel(QAbstractTableModel, Generic[T]):
    """Rows of records.

    Args:
        columns: The columns from left to right.
        rows: The records.
    """

    def __init__(
        self,
        columns: Sequence[Column[T]],
        rows: Sequence[T] = (),
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        #: In the order they were given, and in the order shown.
        self._given: list[T] = list(rows)
        self._rows: list[T] = list(rows)
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    @property
    def rows(self) -> tuple[T, ...]:
        """Return the records in the order shown."""
        return tuple(self._rows)

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show other records, in the order that was chosen."""
        self.beginResetModel()
        self._given = list(rows)
        self._arrange()
        self.endResetModel()

    def row_at(self, index: Index) -> T:
        """Return the record of a cell."""
        return self._rows[index.row()]

    def refresh(self) -> None:
        """Ask the columns again for their words (a name was shown or masked)."""
        if self._rows:
            last = self.index(len(self._rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of records."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return the number of columns."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        if role in _WORDS:
            return column.text(self._rows[index.row()])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == TONE_ROLE and column.tone is not None:
            return column.tone(self._rows[index.row()])
        if role == Qt.ItemDataRole.FontRole and column.struck is not None:
            return _struck() if column.struck(self._rows[index.row()]) else None
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the words of a header."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = (
                Qt.AlignmentFlag.AlignRight
                if self.columns[section].right
                else Qt.AlignmentFlag.AlignLeft
            )
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the records by a column, in the Turkish order of its words.

        Where there is no such column they stand as they were given.
        """
        is_there = 0 <= column < len(self.columns)
        self.beginResetModel()
        self._sorted_by = (column, order) if is_there else None
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        self._rows = list(self._given)
        if self._sorted_by is None:
            return
        column, order = self._sorted_by
        chosen = self.columns[column]
        key = chosen.key or (lambda record: sort_key(chosen.text(record)))
        self._rows.sort(key=key, reverse=order is Qt.SortOrder.DescendingOrder)


def identity(row: object) -> Hashable:
    """Return what makes a row the same after it was read anew: the id of its record."""
    held = (getattr(row, name, None) for name in _HOLDS)
    record = next((each for each in held if each is not None), row)
    found: Hashable = getattr(record, "id", None) or repr(row)
    return found
