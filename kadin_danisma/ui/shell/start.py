"""Starting the window: the one function ``app.py`` knows."""

import logging
import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QSettings,
    QSocketNotifier,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from kadin_danisma.ui.accessible import answer_screen_readers_safely
from kadin_danisma.ui.shell.failure import Failures
from kadin_danisma.ui.shell.program import Program


def open_window(path: Path, language: str) -> int:
    """Open the window and return its exit status once it is closed.

    Args:
        path: The vault to sign in to; it need not exist yet.
        language: One of ``i18n.LANGUAGES``.
    """
    hush_libraries()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("kadin-danisma")
    keep_choosers_quiet()
    answer_screen_readers_safely()
    before = sys.excepthook
    sys.excepthook = Failures(app, before)
    program = Program(app, path, language)
    program.start()
    waker = wake_for_signals(app)
    status = app.exec()
    if waker is not None:
        signal.set_wakeup_fd(-1)
    program.close()
    sys.excepthook = before
    return status


def wake_for_signals(app: QApplication) -> QSocketNotifier | None:
    """Let Python hear of Ctrl+C at once: while Qt waits, no line of Python is run."""
    if sys.platform == "win32":
        return None
    heard, told = os.pipe()
    os.set_blocking(told, False)
    signal.set_wakeup_fd(told)
    notifier = QSocketNotifier(heard, QSocketNotifier.Type.Read, app)
    # Python answers the signal before it goes on from here (failure.py).
    notifier.activated.connect(lambda: os.read(heard, 1))
    return notifier


def keep_choosers_quiet() -> None:
    """Let files be chosen in windows of our own, which remember no folder.

    The system's chooser keeps a list of recent files, and does not tell us of keys and mouse, so
    that the program would lock over it. Qt's chooser would write the folders of a person into a
    settings file of Qt's; below a device none can be made.
    """
    QCoreApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)


def hush_libraries() -> None:
    """Keep the texts of Qt and of Python's libraries off the terminal: they may repeat a field."""
    logging.disable()
    qInstallMessageHandler(_tell_kind)


def _tell_kind(kind: QtMsgType, context: QMessageLogContext, _text: str) -> None:
    """Tell that Qt complained, and which part of it."""
    if kind is not QtMsgType.QtDebugMsg and sys.stderr is not None:
        sys.stderr.write(f"{kind.name} {context.category}\n")
