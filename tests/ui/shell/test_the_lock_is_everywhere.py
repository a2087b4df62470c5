"""Wherever somebody is signed in, the key, the time, a closed window and a locked screen lock.

The pages are found in the program, not listed here: a new one must be walked to, or this fails.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.services import access
from kadin_danisma.store.failures import VaultInUseError
from kadin_danisma.ui.dialogs.message import say
from kadin_danisma.ui.idleness import IDLE, WARNING
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.shell.entry import Panel
from kadin_danisma.ui.shell.guard import Guard
from kadin_danisma.ui.shell.program import Program
from kadin_danisma.ui.shell.session_bus import SessionBus
from kadin_danisma.ui.widgets.progress import ProgressDialog
from tests.builders import PASSPHRASE
from tests.ui.door import door, leave, sign_in
from tests.ui.papers import PATIENCE_MS
from tests.ui.shell import everywhere
from tests.ui.shell.everywhere import WAYS, Walk

pytestmark = pytest.mark.first_day

Way = Callable[[Walk], QWidget]
every_page = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)


@pytest.fixture
def replaced() -> list[list[str]]:
    """With which arguments the process was replaced."""
    return []


@pytest.fixture
def walk(
    qapp: QApplication,
    look: Look,
    vault_path: Path,
    clock: FixedClock,
    replaced: list[list[str]],
    qtbot: QtBot,
) -> Iterator[Walk]:
    program = Program(qapp, vault_path, "tr", clock, lambda words: replaced.append(list(words)))
    yield Walk(program, vault_path, clock, qtbot)
    leave(program)
    look.wear("light", 100)


def in_focus(walk: Walk, widget: QWidget) -> QWindow:
    """Return the window of a widget once the keys go to it."""
    widget.window().activateWindow()
    handle = widget.window().windowHandle()
    assert handle is not None
    walk.qtbot.waitUntil(lambda: QGuiApplication.focusWindow() == handle, timeout=PATIENCE_MS)
    return handle


def press_the_key(walk: Walk, widget: QWidget) -> None:
    """Press F12 as the window system hands it over."""
    QTest.keyClick(in_focus(walk, widget), Qt.Key.Key_F12)


def guard_of(walk: Walk) -> Guard:
    assert walk.program.guard is not None
    return walk.program.guard


def wait(guard: Guard, seconds: int) -> None:
    """Let nobody be there for so long, by both clocks."""
    idle = guard._idleness
    for _second in range(seconds):
        now = tuple(each + 1 for each in idle._looked)
        idle._clocks = tuple(lambda now=each: now for each in now)
        guard.look()


def is_put_away(walk: Walk) -> bool:
    """Tell whether nothing is shown any more and the vault can be opened by somebody else."""
    access.enter(walk.path, "derya", PASSPHRASE, walk.clock).close()
    return not any(part.isVisible() for part in QApplication.topLevelWidgets())


def is_let_go(walk: Walk) -> bool:
    """Tell whether it is put away, also while somebody still holds the vault."""
    try:
        return is_put_away(walk)
    except VaultInUseError:
        return False


def test_three_pages_stand_at_the_door_and_a_way_leads_to_every_other() -> None:
    names = {page.__name__ for page in everywhere.at_the_door()}
    assert names == {"FirstStartPanel", "SignInPanel", "RecoverySignInPanel"}
    assert everywhere.behind_a_passphrase() == set(WAYS.values())


@every_page
def test_the_key_locks(walk: Walk, way: Way, replaced: list[list[str]]) -> None:
    press_the_key(walk, way(walk))
    assert len(replaced) == 1
    assert is_put_away(walk)


@every_page
def test_the_key_locks_above_a_form(walk: Walk, way: Way, replaced: list[list[str]]) -> None:
    form = say(way(walk), "Bilgi", "Bir şey oldu.")
    press_the_key(walk, form)
    assert len(replaced) == 1
    assert is_put_away(walk)


@every_page
def test_nobody_there_is_counted_down_and_locked(
    walk: Walk, way: Way, replaced: list[list[str]]
) -> None:
    page, guard = way(walk), guard_of(walk)
    # Coming here took its time.
    guard.stay()
    wait(guard, IDLE - WARNING - 1)
    assert guard.countdown is None
    wait(guard, 1)
    assert guard.countdown is not None
    assert guard.countdown.isVisible()
    assert guard.countdown.parentWidget() is page.window()
    assert replaced == []
    wait(guard, WARNING)
    assert len(replaced) == 1
    assert is_put_away(walk)


@every_page
def test_a_closed_window_lets_go_at_once(walk: Walk, way: Way, replaced: list[list[str]]) -> None:
    assert way(walk).window().close()
    if walk.program.closing is not None:
        # Sheets that ended make the key due: it is changed first, and nothing else is shown.
        shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        assert set(shown) <= {walk.program.closing.dialog}
        walk.qtbot.waitUntil(lambda: is_let_go(walk), timeout=PATIENCE_MS)
    assert is_put_away(walk)
    assert replaced == []


@every_page
def test_a_locked_screen_locks(walk: Walk, way: Way, replaced: list[list[str]]) -> None:
    way(walk)
    bus = walk.program.findChild(SessionBus)
    assert isinstance(bus, SessionBus)
    bus.heard(True)
    assert len(replaced) == 1
    assert is_put_away(walk)


@every_page
def test_a_machine_that_slept_locks(walk: Walk, way: Way, replaced: list[list[str]]) -> None:
    way(walk)
    guard = guard_of(walk)
    guard._idleness._clocks = tuple(
        lambda slept=each + 3600: slept for each in guard._idleness._looked
    )
    guard.look()
    assert len(replaced) == 1
    assert is_put_away(walk)


def test_the_key_locks_while_long_work_is_under_way(walk: Walk, replaced: list[list[str]]) -> None:
    shown = ProgressDialog(everywhere.to_window(walk), "Yedek yazılıyor")
    shown.open()
    press_the_key(walk, shown)
    assert len(replaced) == 1
    assert is_put_away(walk)


@pytest.mark.parametrize("act", ["key", "closed"])
def test_whoever_leaves_while_the_key_is_derived_is_not_let_in(
    walk: Walk, replaced: list[list[str]], act: str
) -> None:
    everywhere._a_centre(walk).close()
    walk.program.start()
    handle = in_focus(walk, door(walk.program))
    panel = sign_in(walk.program)
    if act == "key":
        QTest.keyClick(handle, Qt.Key.Key_F12)
    else:
        panel.window().close()
    assert len(replaced) == (act == "key")
    assert is_put_away(walk)
    QTest.qWait(0)
    assert walk.program.window is None


def test_at_the_door_nothing_locks_before_a_secret_was_given(
    walk: Walk, replaced: list[list[str]]
) -> None:
    everywhere._a_centre(walk).close()
    walk.program.start()
    press_the_key(walk, door(walk.program))
    assert walk.program.guard is None
    assert replaced == []


def test_one_sheet_of_two_does_not_wait_for_whoever_comes_next(
    walk: Walk, replaced: list[list[str]]
) -> None:
    first = everywhere.three_sheets(walk)[0]
    panel = everywhere.at_the_recovery(walk)
    panel.entry.edit.setText(first)
    panel.do.click()
    assert panel.do.isEnabled()
    wait(guard_of(walk), IDLE)
    assert len(replaced) == 1


class NewPage(Panel):
    """A page of tomorrow, whose author thought of no lock."""


class NewDoor(NewPage):
    """The same, said to stand before the passphrase."""

    at_the_door = True


@pytest.mark.parametrize(("page", "locks"), [(NewPage, 1), (NewDoor, 0)])
def test_a_new_page_is_guarded_unless_it_says_that_it_stands_at_the_door(
    walk: Walk, replaced: list[list[str]], page: type[Panel], locks: int
) -> None:
    everywhere._a_centre(walk).close()
    walk.program.start()
    made = page("Yeni sayfa")
    walk.program._panel(made)
    press_the_key(walk, made)
    assert len(replaced) == locks
