"""The rest of a form, folded away until somebody wants it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kadin_danisma.ui.style import MEDIUM, SMALL
from kadin_danisma.ui.widgets.parts import button


class Fold(QWidget):
    """A heading that opens and closes what is below it.

    Args:
        title: The words of the heading.
        opened: Whether it starts open.
    """

    #: Emitted with whether it is open now.
    toggled = Signal(bool)

    def __init__(self, title: str, *, opened: bool = False) -> None:
        super().__init__()
        self._title = title
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(SMALL)
        self.heading = button("", self.toggle, kind="fold")
        self.inside = QWidget()
        self.body = QVBoxLayout(self.inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(MEDIUM)
        outer.addWidget(self.heading)
        outer.addWidget(self.inside)
        self.set_open(opened)

    def toggle(self) -> None:
        """Open it, or close it."""
        self.set_open(self.inside.isHidden())

    def set_open(self, opened: bool) -> None:
        """Open or close it."""
        self.inside.setVisible(opened)
        self.heading.setText(f"{'▾' if opened else '▸'}  {self._title}")
        self.heading.setAccessibleName(self._title)
        self.toggled.emit(opened)
