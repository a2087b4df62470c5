"""Large numbers with the words of what they count."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kadin_danisma.ui.style import TINY
from kadin_danisma.ui.widgets.parts import label


class Figure(QWidget):
    """A number a page is about.

    Args:
        words: What is counted.
        shown: The number as it is written.
    """

    def __init__(self, words: str, shown: str = "") -> None:
        super().__init__()
        self._words = words
        self._parts = QVBoxLayout(self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(0)
        self.number = label(shown, "title")
        self._parts.addWidget(self.number)
        self._parts.addWidget(label(words, "note"))
        self.show_number(shown)

    def add(self, below: QWidget) -> None:
        """Put a part below the words."""
        self._parts.addSpacing(TINY)
        self._parts.addWidget(below)

    def show_number(self, shown: str) -> None:
        """Show another number."""
        self.number.setText(shown)
        self.setAccessibleName(f"{shown} {self._words}")
