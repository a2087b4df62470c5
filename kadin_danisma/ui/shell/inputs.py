"""Hears that somebody is there: a key, the mouse, the wheel or a touch in any window of ours."""

from PySide6.QtCore import QEvent, QObject, QPointF, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QMouseEvent

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


class Inputs(QObject):
    """Listens at every window, also of dialogs and menus, and at what has the focus.

    A filter at each window sees some hundred events a minute; one at the application would see
    every repaint as well, in Python. What an input method writes goes to the focus directly.

    Args:
        app: The application.
        parent: Lives as long as this.
    """

    #: Emitted at every input.
    came = Signal()

    def __init__(self, app: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pointer = QPointF()
        app.focusWindowChanged.connect(self._look_around)
        app.focusObjectChanged.connect(self._follow)
        self.look_around()

    def look_around(self) -> None:
        """Listen at windows that were opened since."""
        for window in QGuiApplication.allWindows():
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell of input, and leave it to whom it belongs."""
        if self._is_input(event):
            self.came.emit()
        return super().eventFilter(watched, event)

    def _is_input(self, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            # A window that opens below a resting pointer is told of it as of a movement.
            before, self._pointer = self._pointer, event.globalPosition()
            return before != self._pointer
        if isinstance(event, QInputMethodEvent):
            return bool(event.commitString() or event.preeditString())
        return kind in _INPUT

    def _look_around(self, _window: object) -> None:
        self.look_around()

    def _follow(self, focus: QObject | None) -> None:
        if focus is not None:
            focus.installEventFilter(self)
