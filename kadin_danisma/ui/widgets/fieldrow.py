"""Fields in one line, or in several lines of two where the room is too small for that."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from kadin_danisma.ui.style import MEDIUM

#: How many stand in a line where there is little room.
_FEW = 2


class FieldRow(QWidget):
    """Holds fields of equal width.

    Args:
        fields: The fields in their order.
    """

    def __init__(self, fields: Sequence[QWidget]) -> None:
        super().__init__()
        self._fields = tuple(fields)
        self._in_line = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(MEDIUM)
        self._arrange(len(self._fields))

    def minimumSizeHint(self) -> QSize:
        """Ask for the width of the short lines: it can always be had."""
        return QSize(self._least(_FEW), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Go into shorter lines, or back into one."""
        super().resizeEvent(event)
        whole = len(self._fields)
        self._arrange(whole if self.width() >= self._least(whole) else _FEW)

    def _least(self, in_line: int) -> int:
        widest = [
            max(field.minimumSizeHint().width() for field in self._fields[at::in_line])
            for at in range(in_line)
        ]
        return sum(widest) + MEDIUM * (in_line - 1)

    def _arrange(self, in_line: int) -> None:
        if in_line == self._in_line:
            return
        self._in_line = in_line
        for field in self._fields:
            self._grid.removeWidget(field)
        for at, field in enumerate(self._fields):
            self._grid.addWidget(field, at // in_line, at % in_line)
        for at in range(len(self._fields)):
            self._grid.setColumnStretch(at, int(at < in_line))
        self.updateGeometry()
