"""Watches a process from inside: what it makes and changes, and what it shows to other programs."""

import contextlib
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

_PROGRAM = Path(__file__).resolve().parents[2] / "main.py"
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
#: Audit events of Python that make, change or rename something, by their arguments that are paths.
_MAKES = {
    "os.mkdir": (0,),
    "os.mkfifo": (0,),
    "os.link": (0, 1),
    "os.symlink": (0, 1),
    "os.rename": (0, 1),
    "os.truncate": (0,),
    "tempfile.mkstemp": (0,),
    "tempfile.mkdtemp": (0,),
    "sqlite3.connect": (0,),
}
#: Another process could carry something away, and so could a socket.
_NEVER = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn",
          "os.system", "os.startfile", "ftplib.", "smtplib.", "urllib.", "webbrowser.",
          "syslog.", "winreg.SetValue")  # fmt: skip


class Report:
    """What the watched process tells its watcher; one JSON object a line, written at once.

    Args:
        file: Opened before anything is watched.
    """

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def say(self, kind: str, *what: str) -> None:
        """Tell one thing."""
        self._file.write(json.dumps([kind, *what]) + "\n")
        self._file.flush()


def read_report(path: Path) -> list[list[str]]:
    """Return what was told; the last line of a killed process may be torn."""
    told = []
    for line in path.read_text(encoding="utf-8").splitlines():
        with contextlib.suppress(ValueError):
            told.append(json.loads(line))
    return told


def watch(report: Report) -> None:
    """Tell from now on what is made, written or reached for; this cannot be taken back."""

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            path, _mode, flags = arguments
            if isinstance(flags, int) and flags & _WRITES and not isinstance(path, int):
                report.say("written", _text(path))
        elif event in _MAKES:
            for place in _MAKES[event]:
                report.say("written", _text(arguments[place]))
        elif event == "subprocess.Popen" and _is_own_reader(arguments):
            report.say("reader", event)
        elif event.startswith(_NEVER):
            report.say("never", event)

    sys.addaudithook(hear)


def _is_own_reader(arguments: tuple[object, ...]) -> bool:
    """Tell whether only this program is started, to read a workbook, and is told nothing."""
    started, words, _folder, environment = arguments
    own = [sys.executable, "-B", "-E", "-S", str(_PROGRAM), "--read-workbook"]
    return started == sys.executable and words == own and not environment


def _text(path: object) -> str:
    return os.fsdecode(path) if isinstance(path, str | bytes | os.PathLike) else str(path)


def look_at_process(report: Report, where: str) -> None:
    """Tell what any other process of this computer can see of this one."""
    for text in (*sys.argv, *(f"{key}={value}" for key, value in os.environ.items())):
        report.say("surface", f"{where}: arguments and environment", text)
    for thread in threading.enumerate():
        report.say("surface", f"{where}: thread", thread.name)
    for path in _proc_files():
        with contextlib.suppress(OSError):
            report.say("surface", f"{where}: {path}", path.read_text(errors="replace"))


def _proc_files() -> Iterator[Path]:
    own = Path("/proc/self")
    if own.is_dir():
        yield from (own / "cmdline", own / "comm", own / "environ")
        yield from own.glob("task/*/comm")


def look_at_windows(report: Report, where: str) -> None:
    """Tell what the desktop, its bar and a screen reader's list of windows can see."""
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    for text in (
        app.applicationName(),
        app.applicationDisplayName(),
        app.organizationName(),
        app.organizationDomain(),
        QGuiApplication.desktopFileName(),
        app.objectName(),
    ):
        report.say("surface", f"{where}: application", text)
    for window in QGuiApplication.allWindows():
        for text in (window.title(), window.filePath(), window.objectName()):
            report.say("surface", f"{where}: window", text)
    for widget in QApplication.topLevelWidgets():
        for text in (
            widget.windowTitle(),
            widget.windowIconText(),
            widget.windowFilePath(),
            widget.windowRole(),
            widget.accessibleName(),
            widget.objectName(),
            widget.toolTip(),
            widget.statusTip(),
            widget.whatsThis(),
        ):
            report.say("surface", f"{where}: {type(widget).__name__}", text)
