"""A real printing system of the test's own: what Qt writes in between lies in memory alone."""

import ctypes
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kadin_danisma.ui import printers, queues

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, ("cupsd", "lpadmin", "cupsdisable", "strace"))),
    reason="CUPS and strace are not installed here",
)
#: Prints two sheets in a process of its own: the safe way, or without what makes it safe.
PRINTING = """
import sys
from datetime import date
from PySide6.QtWidgets import QApplication
from kadin_danisma.reports import recovery_sheet
from kadin_danisma.ui import printing
app = QApplication([])
sheets = recovery_sheet.write(
    "Örnek Merkez", ["7QK-03F", "8QK-03F"], "2ENR", date.max, "kapı elma deniz"
)
printer = printing.printer_named("ofis")
if sys.argv[1] == "safe":
    printing.print_secretly(printer, sheets)
else:
    printing._paint(printer, sheets)
"""
CUPSD = """
Listen {folder}/cups.sock
LogLevel none
DefaultAuthType None
WebInterface No
<Location />
Allow all
</Location>
<Policy default>
<Limit All>
Allow all
</Limit>
</Policy>
"""
FILES = """
ServerRoot {folder}
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/temp
ErrorLog {folder}/errors
AccessLog {folder}/accesses
PageLog {folder}/pages
Sandboxing Relaxed
FileDevice Yes
"""


@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[Path]:
    """A printing system with a real printer that waits, a PDF printer, and a file."""
    folder = tmp_path / "cups"
    for name in ("spool", "cache", "state", "temp"):
        (folder / name).mkdir(parents=True)
    (folder / "cupsd.conf").write_text(CUPSD.format(folder=folder))
    (folder / "cups-files.conf").write_text(FILES.format(folder=folder))
    socket = folder / "cups.sock"
    monkeypatch.setenv("CUPS_SERVER", str(socket))
    forget_server()
    words = ["cupsd", "-f", "-c", f"{folder}/cupsd.conf", "-s", f"{folder}/cups-files.conf"]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as daemon:
        try:
            qtbot.waitUntil(socket.exists, timeout=20_000)
            add_queue("ofis", "socket://127.0.0.1:9")
            add_queue("sessiz", "cups-pdf:/")
            add_queue("kagit", f"file://{folder}/paper")
            run("cupsdisable", "ofis")
            yield folder
        finally:
            daemon.terminate()
            forget_server()


def forget_server() -> None:
    """Let the library look up once more which server is meant: it asks but once a thread."""
    ctypes.CDLL("libcups.so.2").cupsSetServer(None)


def add_queue(name: str, device: str) -> None:
    """Add a queue that prints on both sides of the paper unless told otherwise."""
    run("lpadmin", "-p", name, "-E", "-v", device, "-m", "raw", "-o", "sides=two-sided-long-edge")


def run(*words: str) -> None:
    subprocess.run(words, check=True, timeout=20, stderr=subprocess.DEVNULL)


@pytest.mark.usefixtures("cups")
def test_a_queue_is_known_by_where_it_leads_to() -> None:
    assert queues.devices()["sessiz"] == "cups-pdf:/"
    assert printers.names() == ["ofis"]


def test_without_the_library_of_cups_no_device_is_told() -> None:
    assert queues.devices("libno-such.so.2") == {}


def printed(log: Path, how: str) -> list[str]:
    """Print in a process of its own and return its calls of the system."""
    calls = "trace=openat,open,write,unlink,socket,sendto"
    subprocess.run(
        ["strace", "-f", "-qq", "-s", "4096", "-e", calls, "-o", str(log), sys.executable, "-c",
         PRINTING, how],
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        check=True,
        timeout=120,
    )  # fmt: skip
    return log.read_text(errors="replace").splitlines()


def files_of_pages(calls: list[str]) -> set[str]:
    """Return the files into which pages were written; CUPS also keeps descriptions of printers."""
    opened: dict[str, str] = {}
    found: set[str] = set()
    for line in calls:
        if made := re.search(r'open(?:at)?\([^"]*"([^"]+)".* = (\d+)$', line):
            opened[made[2]] = made[1]
        elif (wrote := re.search(r'write\((\d+), "%PDF', line)) is not None:
            found.add(opened[wrote[1]])
    return found


def test_what_lies_in_between_is_in_memory_and_gone(cups: Path, tmp_path: Path) -> None:
    calls = printed(tmp_path / "calls", "safe")
    (between,) = files_of_pages(calls)
    assert between.startswith(("/dev/shm/", os.environ.get("XDG_RUNTIME_DIR", "/dev/shm/")))
    assert any(f'unlink("{between}"' in line for line in calls)
    assert not Path(between).exists()
    assert list((cups / "spool").glob("d*"))
    asked = "".join(line for line in calls if "sendto(" in line)
    assert "one-sided" in asked
    assert not [line for line in calls if "socket(AF_INET" in line]


@pytest.mark.usefixtures("cups")
def test_without_that_qt_writes_the_sheets_to_the_disk(tmp_path: Path) -> None:
    (between,) = files_of_pages(printed(tmp_path / "calls", "plain"))
    assert between.startswith(os.environ.get("TMPDIR", "/tmp"))
