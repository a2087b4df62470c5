"""A signed-in program with everything open that could stay behind; F12 is pressed when asked for.

Run as ``python -m tests.memory.at_work VAULT NAME``. What must not be on the command line is read
line by line: the passphrase, what is typed into a note, what lies in the clipboard. Says ``open``
and waits for a line; then it locks, and tests/memory/again.py says ``locked`` in its place.
"""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from kadin_danisma.services import finding, first_steps
from kadin_danisma.store.hardening import harden_process
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.shell.program import Program
from kadin_danisma.ui.shell.sign_in import SignInPanel

AGAIN = Path(__file__).with_name("again.py")
#: Signing in may take a while on a busy machine, in milliseconds.
PATIENCE = 60_000


def sign_in(app: QApplication, program: Program, name: str, passphrase: str) -> MainWindow:
    """Come in by the door."""
    program.start()
    assert program.entry is not None
    panel = program.entry.panel
    assert isinstance(panel, SignInPanel)
    panel.name.setText(name)
    panel.passphrase.setText(passphrase)
    panel.submit()
    patience = QDeadlineTimer(PATIENCE)
    while program.window is None and not patience.hasExpired():
        app.processEvents()
    assert program.window is not None, panel.error
    return program.window


def main() -> None:
    """Work, wait, lock."""
    assert pytest  # Without it keys would not be cheap.
    if os.geteuid() == 0:
        # Only root reads a hardened process; anybody else could not measure it.
        harden_process()
    passphrase, typed, copied = (sys.stdin.readline().rstrip("\n") for _line in range(3))
    # She has her first day behind her, as in every other test (tests/conftest.py).
    setattr(first_steps, "due", lambda _desk: frozenset())  # noqa: B010 (mypy forbids the other)
    app = QApplication(sys.argv[:1])
    program = Program(app, Path(sys.argv[1]), "tr")
    window = sign_in(app, program, sys.argv[2], passphrase)
    window.show_client(finding.all_clients(window.place.desk, 1)[0].id)
    page = window.page
    assert isinstance(page, ClientPage)
    page.name.toggle()
    page.new_session()
    form = page.dialog
    assert form is not None
    form.text.insertPlainText(typed)
    QGuiApplication.clipboard().setText(copied)
    assert QTest.qWaitForWindowActive(form)
    form.text.setFocus()
    app.processEvents()
    sys.argv[0] = str(AGAIN)
    print("open", flush=True)  # noqa: T201 (the test reads it)
    sys.stdin.readline()
    QTest.keyClick(app.focusWidget() or form, Qt.Key.Key_F12)
    raise SystemExit("it did not lock")


if __name__ == "__main__":
    main()
