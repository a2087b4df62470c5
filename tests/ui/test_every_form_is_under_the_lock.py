"""Whatever a button opens, F12 is heard there, and no key is wanted by two: found by pressing them.

The buttons are found on the pages, so a form of tomorrow is opened without a line being added here.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import Client
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.pages.admin.page import SUBJECTS, AdminPage
from kadin_danisma.ui.shell.inputs import LOCK_KEY, Inputs
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.shell.program import Program
from tests.ui.door import leave
from tests.ui.shell.everywhere import WAYS, Walk
from tests.ui.shortcuts import bindings, clashes

LOCK = QKeySequence(LOCK_KEY).toString()


class Visitor(QObject):
    """Presses the lock key in whatever stands in front, writes down what it was, and closes it."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self.met: dict[str, int] = {}
        self.clashes: list[str] = []
        self.locked = 0
        self._inputs = Inputs(app, self)
        self._inputs.lock_wanted.connect(self._lock)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(0)

    def look(self) -> None:
        """Meet the form in front, once the keys go to it."""
        form = QApplication.activeModalWidget()
        if form is None:
            return
        handle = form.windowHandle()
        if handle is None or QGuiApplication.focusWindow() != handle:
            form.activateWindow()
            return
        before = self.locked
        QTest.keyClick(handle, Qt.Key.Key_F12)
        self.met[type(form).__name__] = self.locked - before
        self.clashes += clashes(form)
        self.meet(form)
        if isinstance(form, QDialog):
            type(form).reject(form)

    def meet(self, form: QWidget) -> None:
        """Look closer at a form; others do."""

    def stop(self) -> None:
        """Visit no more."""
        self._timer.stop()

    def _lock(self) -> None:
        self.locked += 1


@pytest.fixture
def visitor(qapp: QApplication) -> Iterator[Visitor]:
    made = Visitor(qapp)
    yield made
    made.stop()
    made.deleteLater()


def press(buttons: list[QAbstractButton], place: int, qtbot: QtBot) -> None:
    """Press a button where there is one, and wait until what it opened was met and closed."""
    if place < len(buttons) and buttons[place].isVisible() and buttons[place].isEnabled():
        buttons[place].click()
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None, timeout=20_000)


def press_all(page: QWidget, show: Callable[[], None], qtbot: QtBot) -> None:
    """Press every button of a page, each with the page as it is when one comes to it."""
    for place in range(len(page.findChildren(QAbstractButton))):
        show()
        press(page.findChildren(QAbstractButton), place, qtbot)


def mark_a_row(page: QWidget) -> None:
    """Choose the last line of every list, so that what can be done with it can be pressed."""
    for table in page.findChildren(QTableView):
        if table.isVisible() and table.model() is not None and table.model().rowCount():
            table.selectRow(table.model().rowCount() - 1)


def assert_all_locked(visitor: Visitor, *some: str) -> None:
    """Check that every form that was met heard the key once, and that those named were met."""
    assert {form: heard for form, heard in visitor.met.items() if heard != 1} == {}
    assert visitor.clashes == []
    assert set(some) <= set(visitor.met)


@pytest.mark.usefixtures("worked")
def test_every_page_of_the_window(window: MainWindow, visitor: Visitor, qtbot: QtBot) -> None:
    for key in window.side.buttons:

        def show(key: str = key) -> None:
            window.show_page(key)
            mark_a_row(window)
            assert clashes(window) == []

        show()
        assert window.page is not None
        if not isinstance(window.page, AdminPage):
            press_all(window.page, show, qtbot)
    assert_all_locked(
        visitor, "ApplicationDialog", "TrainingDialog", "VisitDialog", "ReferralDialog"
    )


@pytest.mark.usefixtures("worked")
@pytest.mark.parametrize("subject", [each.key for each in SUBJECTS])
def test_every_subject_of_the_administration(
    window: MainWindow, visitor: Visitor, qtbot: QtBot, subject: str
) -> None:
    def show() -> None:
        window.show_page("admin")
        page = window.page
        assert isinstance(page, AdminPage)
        page.show_subject(subject)
        mark_a_row(window)
        assert clashes(window) == []

    show()
    page = window.page
    assert isinstance(page, AdminPage)
    press_all(page.sections[subject], show, qtbot)
    assert_all_locked(visitor, *MET.get(subject, ()))


#: Of each subject a form that must have been met, or the visitor is blind.
MET = {
    "users": ("AddUserDialog", "ResetPassphraseDialog", "Message"),
    "backup": ("QFileDialog", "VerifyDialog"),
    "import": ("QFileDialog",),
    "recovery": ("NewSheetsDialog",),
    "mine": ("ChangePassphraseDialog",),
}


def test_every_button_of_a_file(
    window: MainWindow, visitor: Visitor, qtbot: QtBot, worked: Client
) -> None:
    def show() -> None:
        window.show_client(worked.id)
        mark_a_row(window)
        assert clashes(window) == []

    show()
    page = window.page
    assert page is not None
    for place in range(len(page.findChildren(QAbstractButton))):
        show()
        page = window.page
        assert page is not None
        press(page.findChildren(QAbstractButton), place, qtbot)
    assert_all_locked(visitor, "SessionDialog", "ClientDialog", "VisitDialog", "ReferralDialog")


@pytest.mark.first_day
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_no_key_is_wanted_by_two_on_any_page_behind_a_passphrase(
    qapp: QApplication, look: Look, vault_path: Path, clock: FixedClock, qtbot: QtBot, way
) -> None:
    program = Program(qapp, vault_path, "tr", clock, lambda _words: None)
    page = way(Walk(program, vault_path, clock, qtbot))
    assert clashes(page.window()) == []
    assert LOCK not in {keys for keys, _part, _context in bindings(page.window())}
    leave(program)


def test_two_shortcuts_of_one_key_are_found_where_both_are_heard(qtbot: QtBot) -> None:
    window, inside, beside = QWidget(), QLineEdit(), QLineEdit()
    qtbot.addWidget(window)
    for part in (inside, beside):
        part.setParent(window)
    window.show()
    narrow = Qt.ShortcutContext.WidgetShortcut
    for part in (inside, beside):
        QShortcut(QKeySequence("F9"), part, context=narrow)
    assert clashes(window) == []
    QShortcut(QKeySequence("F9"), window)
    assert len(clashes(window)) == 2
    beside.hide()
    assert len(clashes(window)) == 1
