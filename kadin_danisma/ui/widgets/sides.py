"""Two parts at both ends of a line, one below the other where the line is too short."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from kadin_danisma.ui.style import LARGE, SMALL

_BESIDE = QBoxLayout.Direction.LeftToRight
_BELOW = QBoxLayout.Direction.TopToBottom


class Sides(QWidget):
    """Holds a part at the left and one at the right.

    Args:
        left: What stands at the left, or above.
        right: What stands at the right, or below.
    """

    def __init__(self, left: QWidget, right: QWidget) -> None:
        super().__init__()
        self._parts = left, right
        self._box = QBoxLayout(_BESIDE, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(left, 0, Qt.AlignmentFlag.AlignLeft)
        self._box.addWidget(right, 0, Qt.AlignmentFlag.AlignRight)

    def minimumSizeHint(self) -> QSize:
        """Return the room for one part a line: it can always be had."""
        width = max(part.minimumSizeHint().width() for part in self._parts)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go into two lines, or back into one."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Look again when a part needs more room, or less."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return done

    def _arrange(self) -> None:
        wanted = sum(_width(part) for part in self._parts) + LARGE
        short = self.width() < wanted
        direction = _BELOW if short else _BESIDE
        if self._box.direction() is direction:
            return
        self._box.setDirection(direction)
        self._box.setSpacing(SMALL if short else LARGE)
        self._box.setAlignment(
            self._parts[1], Qt.AlignmentFlag.AlignLeft if short else Qt.AlignmentFlag.AlignRight
        )
        self.updateGeometry()


def _width(part: QWidget) -> int:
    return part.sizeHint().expandedTo(part.minimumSize()).width()
