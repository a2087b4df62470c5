"""A whole day of the program in one process, for others to watch from outside (test_no_traces).

Run as ``python -m tests.stories.day FOLDER WORKBOOK``: makes a vault, imports, counts, publishes
and backs up, then signs in at the window, looks at every page, writes, and locks.
"""

import contextlib
import io
import os
import sys
from pathlib import Path

MARKER = "Ğizemli Çınarözü"
PASSPHRASE = "sarı kedi yavaş yavaş uyandı"


def command_line(folder: Path, workbook: Path) -> None:
    """Go through the commands."""
    from kadin_danisma.app import main

    vault, chosen = folder / "merkez.vault", folder / "secilen"
    who = ["--user", "derya", "--password-stdin"]
    for words in (
        ["new", str(vault), "--centre", "Örnek Merkez", *who],
        ["import", str(vault), str(workbook), *who],
        ["counts", str(vault), "--period", "2025-03", *who],
        ["report", str(vault), "--period", "2025-03", "--out", str(chosen), *who],
        ["backup", str(vault), str(chosen), *who],
    ):
        sys.stdin = io.TextIOWrapper(io.BytesIO(PASSPHRASE.encode()), encoding="utf-8")
        status = main(words)
        if status:
            raise SystemExit(f"{words[0]}: {status}")


def window(folder: Path) -> None:
    """Sign in, look at every page, record an application, lock."""
    from PySide6.QtCore import QDeadlineTimer
    from PySide6.QtWidgets import QApplication

    from kadin_danisma.ui.shell.program import Program
    from kadin_danisma.ui.shell.sign_in import SignInPanel

    app = QApplication(sys.argv[:1])
    locked: list[object] = []
    program = Program(app, folder / "merkez.vault", "tr", replace=locked.append)
    program.start()
    assert program.entry is not None
    panel = program.entry.panel
    assert isinstance(panel, SignInPanel)
    panel.name.setText("derya")
    panel.passphrase.setText(PASSPHRASE)
    panel.submit()
    patience = QDeadlineTimer(30_000)
    while program.window is None and not patience.hasExpired():
        app.processEvents()
    assert program.window is not None, panel.error
    for key in tuple(program.window.side.buttons):
        program.window.show_page(key)
        app.processEvents()
    program.window.search("isil")
    program.window.new_application()
    form = program.window.quick_entry
    assert form is not None
    form.finder.start_with(MARKER)
    form.submit()
    app.processEvents()
    program.window.lock()
    assert locked


def main() -> None:
    """Live through the day."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder, workbook = (Path(word) for word in sys.argv[1:3])
    with contextlib.redirect_stdout(io.StringIO()):
        command_line(folder, workbook)
    window(folder)


if __name__ == "__main__":
    main()
