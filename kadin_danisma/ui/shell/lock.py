"""The lock key works everywhere, also above a form: Qt itself shuts keys out of blocked windows."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

KEY = "F12"
_ARMED = "lockKey"


class LockKey(QObject):
    """Binds F12 in the main window and in every dialog that comes to the front.

    Args:
        window: The main window.
        lock: What the key does.
    """

    def __init__(self, window: QWidget, lock: Callable[[], None]) -> None:
        super().__init__(window)
        self._lock = lock
        self._arm(window)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            # A key goes to what has the focus, or else to the window in front: both are heard of.
            app.focusChanged.connect(self._arm_focused)
            app.focusWindowChanged.connect(self._arm_dialog)

    def _arm_focused(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None:
            self._arm(now.window())

    def _arm_dialog(self) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            self._arm(dialog)

    def _arm(self, widget: QWidget) -> None:
        if not widget.property(_ARMED):
            widget.setProperty(_ARMED, True)
            QShortcut(QKeySequence(KEY), widget).activated.connect(self._lock)
