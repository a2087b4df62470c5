"""The countdown: seen above everything, ended by any input, and the lock where nobody is there."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QInputMethodEvent,
    QKeyEvent,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from kadin_danisma.ui.dialogs.message import say
from kadin_danisma.ui.idleness import IDLE, WARNING, Idleness
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.shell import countdown as countdowns
from kadin_danisma.ui.shell.countdown import Countdown
from kadin_danisma.ui.shell.guard import Guard
from kadin_danisma.ui.widgets.progress import ProgressDialog


class Desk:
    """A window with a guard; time goes by only when the test says so."""

    def __init__(self, app: QApplication, look: Look) -> None:
        self.now = 0.0
        self.locked = self.left = 0
        self.window = QWidget()
        self.window.resize(800, 600)
        self.window.show()
        self.edit = QLineEdit(self.window)
        self.edit.show()
        idleness = Idleness(lambda: self.now, lambda: self.now)
        self.guard = Guard(app, look, self._lock, self._leave, idleness)

    def wait(self, seconds: float) -> None:
        """Let nobody be there for so long."""
        for _second in range(int(seconds)):
            self.now += 1
            self.guard.look()

    @property
    def countdown(self) -> Countdown:
        assert self.guard.countdown is not None
        return self.guard.countdown

    @property
    def warned(self) -> bool:
        return self.guard.countdown is not None and self.guard.countdown.isVisible()

    def _lock(self) -> None:
        self.locked += 1

    def _leave(self) -> None:
        self.left += 1


@pytest.fixture
def at(qapp: QApplication, look: Look, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qapp, look)
    qtbot.addWidget(made.window)
    yield made
    made.guard.stop()
    made.guard.deleteLater()


def test_nothing_is_said_before_the_last_thirty_seconds(at: Desk):
    at.wait(IDLE - WARNING - 1)
    assert not at.warned
    at.wait(1)
    assert at.warned
    assert at.countdown.ring.seconds == WARNING


def test_the_seconds_run_down_and_then_it_locks_once(at: Desk):
    at.wait(IDLE - 1)
    assert at.countdown.ring.seconds == 1
    assert at.locked == 0
    at.wait(3)
    assert at.locked == 1
    assert at.guard.countdown is None


def handle(widget: QWidget):
    window = widget.window().windowHandle()
    assert window is not None
    return window


def press_a_key(at: Desk) -> None:
    QTest.keyClick(handle(at.window), Qt.Key.Key_Shift)


def click(at: Desk) -> None:
    plain = Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(handle(at.window), Qt.MouseButton.LeftButton, plain, QPoint(5, 5))


def move_the_mouse(at: Desk) -> None:
    QTest.mouseMove(handle(at.window), QPoint(17, 23))
    QTest.mouseMove(handle(at.window), QPoint(40, 41))


def turn_the_wheel(at: Desk) -> None:
    nowhere, step = QPointF(5, 5), QPoint(0, 120)
    none = Qt.MouseButton.NoButton
    event = QWheelEvent(
        nowhere, nowhere, step, step, none, Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(handle(at.window), event)


def touch(at: Desk) -> None:
    device = QTest.createTouchDevice()
    QTest.touchEvent(handle(at.window), device).press(0, QPoint(9, 9))
    QTest.touchEvent(handle(at.window), device).release(0, QPoint(9, 9))


def write_by_an_input_method(at: Desk) -> None:
    at.window.activateWindow()
    at.edit.setFocus()
    event = QInputMethodEvent()
    event.setCommitString("ğ")
    QApplication.sendEvent(at.edit, event)


def press_the_button(at: Desk) -> None:
    at.countdown.stay.click()


@pytest.mark.parametrize(
    "act",
    [
        press_a_key,
        click,
        move_the_mouse,
        turn_the_wheel,
        touch,
        write_by_an_input_method,
        press_the_button,
    ],
)
def test_any_input_keeps_it_open(at: Desk, act):
    at.wait(IDLE - 5)
    assert at.warned
    act(at)
    assert not at.warned
    at.wait(IDLE - WARNING - 1)
    assert at.locked == 0
    assert not at.warned


def test_a_pointer_that_rests_is_nobody(at: Desk):
    QTest.mouseMove(handle(at.window), QPoint(40, 41))
    at.wait(IDLE - 5)
    QTest.mouseMove(handle(at.window), QPoint(40, 41))
    assert at.warned


def test_a_key_after_the_end_locks_instead_of_going_on(at: Desk):
    at.now += 3600
    press_a_key(at)
    assert at.locked == 1


def a_form(at: Desk) -> QWidget:
    dialog = QDialog(at.window)
    dialog.setModal(True)
    dialog.open()
    return dialog


def a_message(at: Desk) -> QWidget:
    return say(at.window, "Bilgi", "Bir şey oldu.")


def a_file_chooser(at: Desk) -> QWidget:
    chooser = QFileDialog(at.window)
    chooser.setOption(QFileDialog.Option.DontUseNativeDialog)
    chooser.open()
    return chooser


def long_work(at: Desk) -> QWidget:
    dialog = ProgressDialog(at.window, "Yedek yazılıyor")
    dialog.open()
    return dialog


@pytest.mark.parametrize("opened", [a_form, a_message, a_file_chooser, long_work])
def test_it_stands_above_whatever_is_open_and_can_be_clicked_there(at: Desk, opened):
    above = opened(at)
    at.wait(IDLE - 10)
    assert at.countdown.parentWidget() is above
    QTest.mouseClick(at.countdown.stay, Qt.MouseButton.LeftButton)
    assert not at.warned
    above.hide()


def test_a_key_in_a_dialog_opened_since_counts(at: Desk):
    dialog = a_form(at)
    at.wait(IDLE - 5)
    QTest.keyClick(handle(dialog), Qt.Key.Key_A)
    at.wait(10)
    assert at.locked == 0
    dialog.hide()


def test_the_list_of_an_open_box_is_a_window_of_ours_too(at: Desk):
    box = QComboBox(at.window)
    box.addItems(["bir", "iki"])
    box.show()
    box.showPopup()
    at.wait(IDLE - 5)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(handle(popup), Qt.Key.Key_Down)
    at.wait(10)
    assert at.locked == 0
    box.hidePopup()


def test_it_locks_over_an_open_dialog_without_asking(at: Desk):
    dialog = a_form(at)
    at.wait(IDLE)
    assert at.locked == 1
    dialog.hide()


def test_a_dialog_that_closes_by_itself_takes_the_countdown_only_for_a_second(at: Desk):
    dialog = a_form(at)
    at.wait(IDLE - 10)
    dialog.hide()
    dialog.deleteLater()
    QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete)
    at.wait(1)
    assert at.warned
    assert isValid(at.countdown)


def test_it_takes_no_focus_so_that_typing_goes_on(at: Desk):
    at.window.activateWindow()
    at.edit.setFocus()
    at.wait(IDLE - 5)
    assert at.countdown.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert QApplication.focusWidget() is at.edit


def test_a_screen_reader_is_told_once(at: Desk, monkeypatch: pytest.MonkeyPatch):
    told: list[QAccessible.Event] = []

    def hear(event: QAccessibleEvent) -> None:
        told.append(event.type())

    heard = SimpleNamespace(Event=QAccessible.Event, updateAccessibility=hear)
    monkeypatch.setattr(countdowns, "QAccessible", heard)
    at.wait(IDLE - 1)
    assert told == [QAccessible.Event.Alert]
    assert str(WARNING) in at.countdown.accessibleName()


class Ears(QObject):
    """Hears the keys that come to a widget."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.keys: list[int] = []
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's name)
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            self.keys.append(event.key())
        return False


def test_the_key_locks_once_and_is_heard_by_nobody_else(at: Desk):
    at.window.activateWindow()
    at.edit.setFocus()
    heard = Ears(at.edit)
    QTest.keyClick(handle(at.window), Qt.Key.Key_F12, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(handle(at.window), Qt.Key.Key_F12)
    assert at.locked == 1
    QTest.keyClick(handle(at.window), Qt.Key.Key_F11)
    assert heard.keys[-1] == Qt.Key.Key_F11
    assert Qt.Key.Key_F12 not in heard.keys


def test_a_closed_window_is_told_once_and_a_closed_form_never(at: Desk):
    dialog = a_form(at)
    at.guard.inputs.look_around()
    dialog.close()
    assert at.left == 0
    at.window.close()
    assert at.left == 1
    at.window.show()
    at.window.close()
    assert at.left == 1
    assert at.locked == 0
