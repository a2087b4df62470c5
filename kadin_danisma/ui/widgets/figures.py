"""Large numbers with the words of what they count."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.number = label(shown, "title")
        layout.addWidget(self.number)
        layout.addWidget(label(words, "note"))
        self.show_number(shown)

    def add(self, below: QWidget) -> None:
        """Put a part below the words."""
        self.layout().addWidget(below)  # type: ignore[union-attr]  # it was set above

    def show_number(self, shown: str) -> None:
        """Show another number."""
        self.number.setText(shown)
        self.setAccessibleName(f"{shown} {self._words}")
