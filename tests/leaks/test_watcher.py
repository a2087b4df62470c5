"""The watcher tells what it is there to tell: a control for the story it watches."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.leaks.allowed import Place, is_allowed
from tests.leaks.markers import marker
from tests.leaks.scanner import PERSONS, Scanner
from tests.leaks.watcher import Report, look_at_process, look_at_windows, read_report

ROOT = Path(__file__).resolve().parents[2]
START = """
import os, socket, subprocess, sys, tempfile
from tests.leaks.watcher import Report, watch
file = open(sys.argv[1], "w", encoding="utf-8")
watch(Report(file))
"""


@pytest.mark.parametrize(
    ("deed", "kind"),
    [
        ("open('left', 'w')", "written"),
        ("os.open('left', os.O_CREAT | os.O_WRONLY)", "written"),
        ("os.mkdir('left')", "written"),
        ("os.symlink('a', 'left')", "written"),
        ("tempfile.TemporaryFile()", "written"),
        ("socket.socket()", "never"),
        ("subprocess.run([sys.executable, '-c', ''])", "never"),
        ("subprocess.run([sys.executable, 'main.py', '--read-workbook'])", "never"),
        ("os.system('true')", "never"),
    ],
)
def test_a_deed_is_told(tmp_path: Path, deed: str, kind: str) -> None:
    report = tmp_path / "report"
    subprocess.run(
        [sys.executable, "-c", START + deed, report],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
        timeout=60,
    )
    assert kind in {line[0] for line in read_report(report)}


def test_a_torn_last_line_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "report").write_text('["done", "first"]\n["writ', encoding="utf-8")
    assert read_report(tmp_path / "report") == [["done", "first"]]


def told_by(tmp_path: Path) -> set[str]:
    text = "\n".join(" ".join(line) for line in read_report(tmp_path / "report"))
    return {leak.what for leak in Scanner().scan(text.encode())}


@pytest.mark.parametrize("show", ["setWindowTitle", "setAccessibleName", "setToolTip",
                                  "setWindowFilePath", "setObjectName"])  # fmt: skip
def test_a_name_on_a_window_is_told(tmp_path: Path, qtbot: QtBot, show: str) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    getattr(window, show)(marker("window"))
    with (tmp_path / "report").open("w") as file:
        look_at_windows(Report(file), "here")
    assert told_by(tmp_path) == {PERSONS}


def test_a_name_in_the_arguments_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["main.py", marker("argument")])
    with (tmp_path / "report").open("w") as file:
        look_at_process(Report(file), "here")
    assert told_by(tmp_path) == {PERSONS}


@pytest.mark.parametrize(
    "path",
    [
        "/merkez/vault.log",
        "/merkez/merkez.vault.bak",
        "/merkez/alt/merkez.vault",
        "/secilen/merkez.vault",
        "/secilen/kadin-danisma-2026-10-ayse.pdf",
        "/home/.config/kadin-danisma.conf",
        "/home/.config/kadin-danisma/merkez.anchor",
        "/dev/shm/x",
        "/tmp/x",
    ],
)
def test_what_is_not_on_the_list_is_not_allowed(path: str) -> None:
    folders = {
        Place.VAULT: Path("/merkez"),
        Place.CHOSEN: Path("/secilen"),
        Place.REMEMBERED: Path("/home/.config/kadin-danisma"),
    }
    assert not is_allowed(path, folders)
    assert is_allowed("/merkez/merkez.vault-wal", folders)
    assert is_allowed("/secilen/kadin-danisma-2026-Q3.xlsx", folders)
