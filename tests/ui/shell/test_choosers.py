"""Choosing a file leaves no trace of the folder on this computer."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
CHOOSE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from kadin_danisma.ui.shell.start import keep_choosers_quiet
app = QApplication([])
if sys.argv[2] == "quiet":
    keep_choosers_quiet()
shut = QTimer()
shut.timeout.connect(lambda: app.activeModalWidget() and app.activeModalWidget().reject())
shut.start(0)
QFileDialog.getExistingDirectory(None, "x", sys.argv[1])
"""


def left_by(home: Path, how: str) -> list[str]:
    """Choose a folder in a home of its own; return the settings files left there."""
    environment = {
        **os.environ, "HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"),
        "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip
    subprocess.run(
        [sys.executable, "-c", CHOOSE, str(home), how], env=environment, check=True, timeout=60
    )
    return [path.name for path in home.rglob("*.conf")]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere Qt keeps them in the registry")
@pytest.mark.parametrize(("how", "left"), [("quiet", []), ("as usual", ["QtProject.conf"])])
def test_no_folder_is_remembered(tmp_path: Path, how: str, left: list[str]):
    assert left_by(tmp_path, how) == left
