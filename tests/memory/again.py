"""The program as it starts anew after the lock; says ``locked`` once its first window stands.

This process takes the place of the locked one: it must be given nothing but the program's own
arguments, so it is told nothing by the test.
"""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtWidgets import QApplication

from kadin_danisma import app

run = QApplication.exec


def say_and_run(*_arguments: object) -> int:
    """Wait until the door is drawn, say so, go on as the program does."""
    running = QApplication.instance()
    shown = [each.windowHandle() for each in QApplication.topLevelWidgets() if each.isVisible()]
    while not all(window is not None and window.isExposed() for window in shown):
        running.processEvents()
    print("locked", flush=True)  # noqa: T201 (the test reads it)
    return run()


QApplication.exec = say_and_run
if os.geteuid() != 0:
    # Only root reads a hardened process; anybody else could not measure it.
    app.harden_process = lambda: None
sys.exit(app.main(sys.argv[1:]))
