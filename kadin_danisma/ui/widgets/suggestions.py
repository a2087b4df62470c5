"""The list that opens below a field while letters are typed."""

from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from kadin_danisma.domain.text import fold, fold_words

_MOST_LINES = 8
#: From so many letters on, letters inside a word count as well.
_INSIDE_FROM = 3


class Choice(Protocol):
    """What can be chosen: a stable key and the label people read (``domain.codes.Code``)."""

    @property
    def key(self) -> str:
        """Return what is stored."""

    @property
    def label(self) -> str:
        """Return what is shown."""


def matching(choices: Iterable[Choice], typed: str) -> list[Choice]:
    """Return the choices a few typed letters may mean, likeliest first.

    A label that starts with the letters comes before one of whose words does, and that before one
    that holds them anywhere. Letters are compared with Turkish folding.
    """
    wanted = fold(typed)
    if not wanted:
        return list(choices)
    ranked = []
    for place, choice in enumerate(choices):
        folded = fold(choice.label)
        if folded.startswith(wanted):
            rank = 0
        elif any(word.startswith(wanted) for word in fold_words(choice.label)):
            rank = 1
        elif len(wanted) >= _INSIDE_FROM and wanted in folded:
            rank = 2
        else:
            continue
        ranked.append((rank, place, choice))
    return [choice for _rank, _place, choice in sorted(ranked, key=lambda entry: entry[:2])]


class Suggestions(QListWidget):
    """Choices below a field; it never takes the focus away from the field.

    Args:
        field: The field it belongs to.
    """

    #: Emitted with the key of the choice that was clicked.
    picked = Signal(str)

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self.setProperty("kind", "suggestions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()
        self.itemClicked.connect(self._click)

    def offer(self, choices: Iterable[Choice], chosen: str = "") -> None:
        """Show these choices, the first (or the chosen) one marked; none closes the list."""
        self.clear()
        for choice in choices:
            item = QListWidgetItem(choice.label)
            item.setData(Qt.ItemDataRole.UserRole, choice.key)
            self.addItem(item)
            if choice.key == chosen:
                self.setCurrentItem(item)
        if not self.count():
            self.hide()
            return
        if self.currentRow() < 0:
            self.setCurrentRow(0)
        self._place()
        self.show()
        self.raise_()
        self.scrollToItem(self.currentItem())

    def move_mark(self, step: int) -> None:
        """Mark the choice so many lines further; it stops at both ends."""
        self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + step)))

    def marked(self) -> str:
        """Return the key of the marked choice, empty where the list is closed."""
        item = self.currentItem()
        if not self.isVisible() or item is None:
            return ""
        return str(item.data(Qt.ItemDataRole.UserRole))

    def _click(self, item: QListWidgetItem) -> None:
        self.picked.emit(str(item.data(Qt.ItemDataRole.UserRole)))

    def _place(self) -> None:
        window = self._field.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        self.ensurePolished()
        line = self.sizeHintForRow(0)
        height = line * min(self.count(), _MOST_LINES) + 12
        below = self._field.mapTo(window, QPoint(0, self._field.height() + 2))
        above = self._field.mapTo(window, QPoint(0, -2)).y()
        room = window.height() - below.y() - 4
        if height > room and above > room:
            height = min(height, above - 4)
            below.setY(above - height)
        else:
            height = min(height, max(room, line + 12))
        wanted = self.sizeHintForColumn(0) + 40
        width = max(self._field.width(), min(wanted, window.width() - 16))
        left = max(8, min(below.x(), window.width() - width - 8))
        self.setGeometry(left, below.y(), width, height)
