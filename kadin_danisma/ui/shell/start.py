"""Starting the window: the one function ``app.py`` knows."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from kadin_danisma.ui.shell.failure import Failures
from kadin_danisma.ui.shell.program import Program


def open_window(path: Path, language: str) -> int:
    """Open the window and return its exit status once it is closed.

    Args:
        path: The vault to sign in to; it need not exist yet.
        language: One of ``i18n.LANGUAGES``.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("kadin-danisma")
    before = sys.excepthook
    sys.excepthook = Failures(app, before)
    program = Program(app, path, language)
    program.start()
    status = app.exec()
    program.close()
    sys.excepthook = before
    return status
