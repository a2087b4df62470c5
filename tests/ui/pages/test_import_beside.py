"""While a foreign file is read the window lives; *stop* works at once, and so does the lock."""

import sys
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from kadin_danisma.exchange import child
from kadin_danisma.services import importing, intake
from kadin_danisma.ui.pages.admin.importing import ImportSection
from kadin_danisma.ui.widgets.progress import ProgressDialog
from kadin_danisma.ui.workplace import Workplace

#: A reader that a file keeps busy for ever.
ENDLESS = [sys.executable, "-c", "while True: pass"]


@pytest.fixture
def section(place: Workplace, qtbot: QtBot) -> ImportSection:
    made = ImportSection(place)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def reading(
    section: ImportSection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> ProgressDialog:
    """A workbook that is being read, and will be for ever."""
    path = tmp_path / "kitap.xlsx"
    importing.write_template(path)
    monkeypatch.setattr(child, "command", lambda: ENDLESS)
    with qtbot.waitSignal(section.place.background._moved, timeout=20_000):
        section.look_at(path)
    found = section.findChild(ProgressDialog)
    assert isinstance(found, ProgressDialog)
    return found


def test_the_window_lives_and_may_read_the_vault(
    reading: ProgressDialog, place: Workplace, qtbot: QtBot
) -> None:
    beats: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: beats.append(intake.count_clients(place.desk)))
    timer.start(5)

    qtbot.waitUntil(lambda: len(beats) > 20, timeout=20_000)

    timer.stop()
    assert reading.isVisible()
    reading.cancel.click()
    qtbot.waitUntil(lambda: not reading.isVisible(), timeout=20_000)


def test_stop_ends_the_reading_at_once(
    reading: ProgressDialog, section: ImportSection, qtbot: QtBot
) -> None:
    began = time.monotonic()
    reading.cancel.click()
    qtbot.waitUntil(lambda: section.message is not None, timeout=20_000)

    assert time.monotonic() - began < 5
    assert section.result is None


def test_the_lock_does_not_wait_for_it(reading: ProgressDialog, place: Workplace) -> None:
    assert reading.isVisible()
    began = time.monotonic()
    # What F12 and five idle minutes do before the process is replaced.
    place.background.finish()

    assert time.monotonic() - began < 5
