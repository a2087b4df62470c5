"""Parts side by side where there is room, one below the other where there is not."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kadin_danisma.ui.style import LARGE
from kadin_danisma.ui.widgets.parts import ems

_BESIDE = QBoxLayout.Direction.LeftToRight
_BELOW = QBoxLayout.Direction.TopToBottom
#: The least height, in the widths of a letter.
_LEAST_HIGH = 8


class Columns(QScrollArea):
    """Scrolls up and down only; at large text sizes the columns become one.

    Args:
        parts: The columns from left to right.
        weights: Their widths against each other.
        narrow: Below so many letters the columns stand one below the other.
        above: What stands above them over their whole width, and scrolls with them.
    """

    def __init__(
        self,
        parts: Sequence[QWidget],
        weights: Sequence[int],
        narrow: int = 110,
        above: Sequence[QWidget] = (),
    ) -> None:
        super().__init__()
        self._narrow = narrow
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(LARGE)
        for part in above:
            whole.addWidget(part)
        self._box = QBoxLayout(_BESIDE)
        self._box.setSpacing(LARGE)
        whole.addLayout(self._box, 1)
        for part, weight in zip(parts, weights, strict=True):
            self._box.addWidget(part, weight)
        self.setWidget(inside)

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than one column needs, and for few lines.

        What stands above, first of all what protects her, never gives way to what scrolls.
        """
        return QSize(ems(self, 30), ems(self, _LEAST_HIGH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the columns where the room asks for it."""
        narrow = self.viewport().width() < ems(self, self._narrow)
        direction = _BELOW if narrow else _BESIDE
        if self._box.direction() is not direction:
            self._box.setDirection(direction)
        super().resizeEvent(event)


def column(*parts: QWidget, stretch: bool = True) -> QWidget:
    """Return parts below each other as one column.

    Args:
        parts: The parts from top to bottom.
        stretch: Whether they share the height; otherwise they stand at the top.
    """
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(LARGE)
    for part in parts:
        layout.addWidget(part, int(stretch))
    if not stretch:
        layout.addStretch(1)
    return made
