"""Hears keys, mouse, wheel and touch in any window of ours, the lock key, and a closed window."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QMouseEvent, QWindow

#: Locks from wherever one is. No shortcut may bear it: two of them would cancel each other.
LOCK_KEY = Qt.Key.Key_F12

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
    #: Emitted at the lock key, which nobody else then hears.
    lock_wanted = Signal()
    #: Emitted when a window is closed that stands for itself, not a form above one.
    left = Signal()

    def __init__(self, app: QGuiApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._pointer = QPointF()
        app.focusWindowChanged.connect(self._look_around)
        app.focusObjectChanged.connect(self._follow)
        self.look_around()

    def look_around(self) -> None:
        """Listen at windows that were opened since."""
        for window in QGuiApplication.allWindows():
            window.installEventFilter(self)
        self._follow(self._app.focusObject())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell of input, and leave it to whom it belongs; all but the lock key."""
        if isinstance(event, QKeyEvent) and _is_lock_key(event):
            self.lock_wanted.emit()
            return True
        if self._is_input(event):
            self.came.emit()
        elif event.type() is QEvent.Type.Close and _stands_for_itself(watched):
            self.left.emit()
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


def _is_lock_key(event: QKeyEvent) -> bool:
    # Whoever strikes it in haste may hold Shift as well: it locks all the same.
    return event.type() is QEvent.Type.KeyPress and event.key() == LOCK_KEY


def _stands_for_itself(watched: QObject) -> bool:
    return (
        isinstance(watched, QWindow)
        and watched.type() is Qt.WindowType.Window
        and watched.modality() is Qt.WindowModality.NonModal
        and watched.transientParent() is None
    )
