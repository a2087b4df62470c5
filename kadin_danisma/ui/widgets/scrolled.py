"""Parts that scroll where the window is too small for them, so that none of their words is cut."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from kadin_danisma.ui.widgets.parts import ems

_OFF = Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def scrolled(*parts: QWidget, spacing: int = 0) -> QScrollArea:
    """Return parts below each other that scroll up and down; the last one takes what is left.

    Args:
        parts: The parts from top to bottom.
        spacing: The room between them.
    """
    inside = QWidget()
    layout = QVBoxLayout(inside)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for part in parts:
        layout.addWidget(part, int(part is parts[-1]))
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(_OFF)
    area.setWidget(inside)
    return area


class LowStack(QStackedWidget):
    """A stack of parts that scroll by themselves: it asks for no more height than they need."""

    def sizeHint(self) -> QSize:
        """Return its smallest height."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())


class Sideways(QScrollArea):
    """Something wide that scrolls left and right only; it is as high as it needs.

    Args:
        inside: What scrolls.
        name: What it is, for a screen reader.
    """

    def __init__(self, inside: QWidget, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setVerticalScrollBarPolicy(_OFF)
        self._inside = inside
        self.setWidget(inside)
        self._follow()

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than some words need."""
        return QSize(ems(self, 30), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as what is inside at this width."""
        super().resizeEvent(event)
        self._follow()

    def event(self, event: QEvent) -> bool:
        """Look again when what is inside needs more room, or less."""
        done = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._follow()
        return done

    def _follow(self) -> None:
        inside, bar = self._inside, self.horizontalScrollBar()
        least = inside.minimumSizeHint().width()
        beyond = least > self.viewport().width()
        # The arrow keys scroll it; where all is seen Tab has nothing to do here.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if beyond else Qt.FocusPolicy.NoFocus)
        width = max(least, self.viewport().width())
        follows = inside.hasHeightForWidth()
        high = inside.heightForWidth(width) if follows else inside.minimumSizeHint().height()
        self.setFixedHeight(high + 2 * self.frameWidth() + beyond * bar.sizeHint().height())
