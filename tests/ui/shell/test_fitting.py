"""A window is never larger than its screen, and after the lock it is as it was."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.shell.fitting import (
    VARIABLE,
    remember,
    remembered,
    show_fitted,
    state_of,
)
from kadin_danisma.ui.shell.program import Program
from tests.ui.door import leave
from tests.ui.shell.everywhere import Walk, to_window


class Screen:
    """A screen of any size, less what the panel of the desktop takes."""

    def __init__(self, width: int, height: int) -> None:
        self._room = QRect(0, 0, width, height)

    def availableGeometry(self) -> QRect:  # noqa: N802 (as Qt calls it)
        return self._room


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.setMinimumSize(1024, 640)
    return made


def on(window: QWidget, width: int, height: int) -> QWidget:
    window.screen = lambda: Screen(width, height)  # type: ignore[method-assign, assignment, return-value]
    return window


def test_it_opens_as_wanted_where_there_is_room(window: QWidget) -> None:
    show_fitted(on(window, 1920, 1040), (1366, 768))
    assert window.size() == QSize(1366, 768)
    assert not window.isMaximized()


@pytest.mark.parametrize(
    ("width", "height"),
    # An office PC; 1920x1080 and 1366x768 at 150 %; the smallest the pages are made for.
    [(1366, 728), (1280, 680), (910, 480), (1024, 700)],
)
def test_it_fills_a_screen_that_is_too_small_for_it(
    window: QWidget, width: int, height: int
) -> None:
    show_fitted(on(window, width, height), (1366, 768))
    assert window.isMaximized()
    assert window.minimumWidth() <= width
    assert window.minimumHeight() <= height


def test_it_is_as_it_was(window: QWidget, qtbot: QtBot) -> None:
    show_fitted(on(window, 1920, 1040), (1366, 768), "1200x800")
    assert state_of(window) == "1200x800"
    other = QWidget()
    qtbot.addWidget(other)
    show_fitted(on(other, 1920, 1040), (1366, 768), "1200x800 maximised")
    assert other.isMaximized()
    assert state_of(other).endswith("maximised")


@pytest.mark.parametrize("state", ["", "x", "99999999x1", "10x10", "1200x800 else", "-200x800"])
def test_what_cannot_be_read_is_as_if_nothing_were_known(window: QWidget, state: str) -> None:
    show_fitted(on(window, 1920, 1040), (1366, 768), state)
    assert window.size() == QSize(1366, 768)


def test_a_window_larger_than_the_new_screen_fills_it(window: QWidget) -> None:
    show_fitted(on(window, 1366, 728), (1366, 768), "1900x1000")
    assert window.isMaximized()


@pytest.mark.first_day
def test_the_lock_tells_the_next_process_how_the_window_was(
    qapp, look: Look, vault_path: Path, clock: FixedClock, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv(VARIABLE, "")
    program = Program(qapp, vault_path, "tr", clock, lambda _words: None)
    opened = to_window(Walk(program, vault_path, clock, qtbot))
    opened.showNormal()
    opened.resize(1201, 702)
    program.lock()
    assert remembered() == "1201x702"
    leave(program)


def test_the_next_process_hears_it(tmp_path: Path) -> None:
    first = textwrap.dedent(
        f"""
        import os, sys
        os.environ[{VARIABLE!r}] = "1201x702"
        words = [sys.executable, "-c", "import os; print(os.environ[{VARIABLE!r}])"]
        os.execv(sys.executable, words)
        """
    )
    said = subprocess.run([sys.executable, "-c", first], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "1201x702"


def test_only_numbers_are_told(window: QWidget) -> None:
    told: dict[str, str] = {}
    window.setWindowTitle("Işıl")
    show_fitted(on(window, 1920, 1040), (1366, 768))
    remember(window, told)
    assert told == {VARIABLE: "1366x768"}
