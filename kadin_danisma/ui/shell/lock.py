"""The lock key works everywhere, also above a form: Qt itself shuts keys out of blocked windows."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
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
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._arm_dialog)

    def _arm_dialog(self) -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            self._arm(dialog)

    def _arm(self, widget: QWidget) -> None:
        if not widget.property(_ARMED):
            widget.setProperty(_ARMED, True)
            QShortcut(QKeySequence(KEY), widget).activated.connect(self._lock)
