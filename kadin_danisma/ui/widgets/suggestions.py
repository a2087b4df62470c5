"""The list that opens below a field while letters are typed."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from kadin_danisma.domain.text import fold, fold_words

_MOST_LINES = 9
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


def matching(
    choices: Iterable[Choice], typed: str, uses: Mapping[str, int] | None = None
) -> list[Choice]:
    """Return the choices a few typed letters may mean, likeliest first.

    The label that is the word itself comes first, then one that has it among its words, one that
    starts with the letters, one of whose words does, and one that holds them anywhere. Of those
    that fit alike the most used comes first. Letters are compared with Turkish folding.

    Args:
        choices: All there are, in their order.
        typed: The letters.
        uses: How often each key was used lately, where that is known.
    """
    wanted = fold(typed)
    if not wanted:
        return list(choices)
    often = uses or {}
    ranked = [
        (rank, -often.get(choice.key, 0), place, choice)
        for place, choice in enumerate(choices)
        if (rank := _rank(fold(choice.label), wanted)) is not None
    ]
    return [entry[-1] for entry in sorted(ranked, key=lambda entry: entry[:-1])]


def _rank(label: str, wanted: str) -> int | None:
    """Return how well a folded label fits folded letters, 0 the best; None where it does not."""
    words = fold_words(label)
    itself = f" {' '.join(fold_words(wanted))} "
    fits = (
        label == wanted,
        itself in f" {' '.join(words)} ",
        label.startswith(wanted),
        any(word.startswith(wanted) for word in words),
        len(wanted) >= _INSIDE_FROM and wanted in label,
    )
    return next((rank for rank, does in enumerate(fits) if does), None)


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
        #: The row of the first choice: above it stand the words of the hint.
        self._first = 0
        self.setProperty("kind", "suggestions")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()
        self.itemClicked.connect(self._click)

    def offer(
        self, choices: Iterable[Choice], chosen: str = "", *, decided: bool = True, hint: str = ""
    ) -> None:
        """Show these choices; none, and no hint, closes the list.

        Args:
            choices: What can be chosen.
            chosen: The key that is marked.
            decided: Whether the first is marked where that one is not there. Otherwise nothing is,
                and nothing is chosen before somebody moves to it.
            hint: Words above the choices.
        """
        self.clear()
        if hint:
            told = QListWidgetItem(hint)
            told.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(told)
        self._first = self.count()
        for choice in choices:
            item = QListWidgetItem(choice.label)
            item.setData(Qt.ItemDataRole.UserRole, choice.key)
            self.addItem(item)
            if choice.key == chosen:
                self.setCurrentItem(item)
        if not self.count():
            self.hide()
            return
        if self.count() > self._first and self.currentRow() < 0 and decided:
            self.setCurrentRow(self._first)
        self._place()
        self.show()
        self.raise_()
        if self.marked():
            self.scrollToItem(self.currentItem())
        else:
            self.scrollToTop()

    def move_mark(self, step: int) -> None:
        """Mark the choice so many lines further; it stops at both ends."""
        if self.count() == self._first:
            return
        row = self.currentRow() + step if self.marked() else self._first
        self.setCurrentRow(max(self._first, min(self.count() - 1, row)))

    def marked(self) -> str:
        """Return the key of the marked choice, empty where none is or the list is closed."""
        item = self.currentItem()
        if not self.isVisible() or item is None:
            return ""
        return str(item.data(Qt.ItemDataRole.UserRole))

    def only(self) -> str:
        """Return the key of the one choice shown, empty where there are more or none."""
        return self.marked() if self.count() - self._first == 1 else ""

    def _click(self, item: QListWidgetItem) -> None:
        if item.flags() & Qt.ItemFlag.ItemIsEnabled:
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
