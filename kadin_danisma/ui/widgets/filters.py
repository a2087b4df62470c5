"""A few words side by side of which one is chosen: what a list shows."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLayout, QPushButton, QWidget

from kadin_danisma.ui.style import TINY
from kadin_danisma.ui.widgets.flow import FlowLayout
from kadin_danisma.ui.widgets.parts import button

#: The room left and right of the words of a choice, with its border.
_AROUND = 26


class Filters(QWidget):
    """Shows one choice as chosen; a click chooses another.

    Args:
        name: What is chosen here, for a screen reader.
        choices: ``{key: words}`` in their order; the first one is chosen.
        wrap: Whether they go on in the next line where one is full.
    """

    #: Emitted with the key that was chosen.
    chosen_changed = Signal(str)

    def __init__(self, name: str, choices: Mapping[str, str], *, wrap: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._name = name
        layout: QLayout = FlowLayout(self) if wrap else QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TINY)
        self._layout = layout
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        self.set_choices(choices)

    def set_choices(self, choices: Mapping[str, str], chosen: str = "") -> None:
        """Offer other choices; the chosen one stays if it is still among them."""
        kept = chosen or self.chosen()
        for made in self.buttons.values():
            self._group.removeButton(made)
            self._layout.removeWidget(made)
            made.hide()
            made.deleteLater()
        self.buttons = {}
        for key, words in choices.items():
            made = button(words, kind="filter")
            made.setCheckable(True)
            made.setAccessibleName(f"{self._name}: {words}")
            self._widen(made)
            made.clicked.connect(lambda _checked, key=key: self.chosen_changed.emit(key))
            self._group.addButton(made)
            self._layout.addWidget(made)
            self.buttons[key] = made
        self.choose(kept if kept in self.buttons else next(iter(choices), ""))

    def chosen(self) -> str:
        """Return the key that is chosen."""
        return next((key for key, made in self.buttons.items() if made.isChecked()), "")

    def choose(self, key: str) -> None:
        """Choose a key without saying so."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)

    def set_words(self, key: str, words: str) -> None:
        """Let a choice say something else (how many there are)."""
        self.buttons[key].setText(words)
        self.buttons[key].setAccessibleName(f"{self._name}: {words}")
        self._widen(self.buttons[key])

    def _widen(self, made: QPushButton) -> None:
        """Leave room for the bold words of the chosen one, so that nothing moves or is cut."""
        made.ensurePolished()
        bold = QFont(made.font())
        bold.setBold(True)
        made.setMinimumWidth(QFontMetrics(bold).horizontalAdvance(made.text()) + _AROUND)
