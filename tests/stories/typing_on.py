"""A signed-in program in whose form somebody types without a pause, until it is killed.

Run as ``python -m tests.stories.typing_on VAULT NAME FORM``; the passphrase is read from the
standard input. Says ``typed MOMENT TEXT`` after each key, by a clock that its killer reads too.
"""

import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from kadin_danisma.services import finding, first_steps
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.shell.program import Program
from tests.memory.at_work import sign_in

#: Between two keys, in milliseconds: nobody types faster for long.
PACE = 60


def open_form(window: MainWindow, form: str) -> QLineEdit | QPlainTextEdit:
    """Open a form, and return the field into which is typed."""
    client_id = finding.all_clients(window.place.desk, 1)[0].id
    if form == "call":
        window.new_application()
        assert window.quick_entry is not None
        typing: QLineEdit = window.quick_entry.finder.typing
        return typing
    window.show_client(client_id)
    page = window.page
    open_it = {"session": page.new_session, "visit": page.new_visit, "file": page.correct}[form]  # type: ignore[union-attr]
    open_it()
    field = {"session": "note", "visit": "child", "file": "safety_note"}[form]
    control = page.dialog.fields[field].control  # type: ignore[union-attr]
    assert isinstance(control, QLineEdit | QPlainTextEdit)
    return control


def main() -> None:
    """Type, say so, and never stop."""
    assert pytest  # Without it keys would not be cheap.
    setattr(first_steps, "due", lambda _desk: frozenset())  # noqa: B010 (mypy forbids the other)
    app = QApplication(sys.argv[:1])
    program = Program(app, Path(sys.argv[1]), "tr")
    window = sign_in(app, program, sys.argv[2], sys.stdin.readline().rstrip("\n"))
    control = open_form(window, sys.argv[3])
    loop = QEventLoop()
    count = 0

    def press() -> None:
        nonlocal count
        QTest.keyClick(control, "abcdefghijklmnopqrstuvwxyz"[count % 26])
        count += 1
        text = control.text() if isinstance(control, QLineEdit) else control.toPlainText()
        print("typed", time.monotonic(), text, flush=True)  # noqa: T201 (the test reads it)

    timer = QTimer()
    timer.timeout.connect(press)
    timer.start(PACE)
    loop.exec()


if __name__ == "__main__":
    main()
