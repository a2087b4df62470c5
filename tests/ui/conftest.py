"""A window on a vault of its own, driven without a display."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from kadin_danisma.domain.records import Client
from kadin_danisma.domain.role import Role
from kadin_danisma.i18n import use_language
from kadin_danisma.services import intake, people, playroom, referring, trainings
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.shell.inputs import Inputs
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.workplace import Workplace
from tests.builders import (
    PASSPHRASE,
    a_client,
    a_referral,
    a_session,
    a_training,
    a_visit,
    an_application,
)

#: Opens the window of the same person again.
Unlock = Callable[[], MainWindow]


@pytest.fixture(autouse=True)
def turkish() -> Iterator[None]:
    """Every test starts in Turkish and leaves it so."""
    use_language("tr")
    yield
    use_language("tr")


@pytest.fixture(scope="session")
def look(qapp: QApplication) -> Look:
    """The light look at 100 %; put on once, because dressing an application is slow."""
    return Look(qapp, "light", 100)


@pytest.fixture
def dressed(look: Look) -> Iterator[Callable[[str, int], None]]:
    """Dress the application otherwise for one test."""
    yield look.wear
    if (look.theme.name, look.percent) != ("light", 100):
        look.wear("light", 100)


def dispose(widget: QWidget) -> None:
    """Let a window go at once: one that lingers is dressed again and again by later tests."""
    widget.close()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def gone(form: QWidget | None) -> bool:
    """Tell whether a form was closed; it may have been let go since."""
    return form is None or not isValid(form) or not form.isVisible()


@pytest.fixture
def place(desk: Desk, look: Look) -> Iterator[Workplace]:
    """The coordinator's workplace."""
    made = Workplace(desk, look)
    yield made
    made.drafts.stop()
    made.background.close()


@pytest.fixture
def locked() -> list[str]:
    """What the window locked, to be looked at."""
    return []


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, place: Workplace, locked: list[str]
) -> Iterator[MainWindow]:
    """The coordinator's window, in front."""
    made = MainWindow(place, lambda: locked.append("locked"))
    # What the guard of the program does with the lock key.
    Inputs(qapp, made).lock_wanted.connect(made.lock)
    made.resize(1366, 768)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    dispose(made)


@pytest.fixture
def unlocked(place: Workplace) -> Iterator[Unlock]:
    """Unlock: a new window of the same person, as a new process would open it."""
    opened: list[MainWindow] = []

    def unlock() -> MainWindow:
        opened.append(MainWindow(place, lambda: None))
        opened[-1].show()
        opened[-1].resume()
        return opened[-1]

    yield unlock
    for each in opened:
        dispose(each)


@pytest.fixture
def worked(desk: Desk) -> Client:
    """A centre in which something has happened."""
    client = a_client()
    intake.open_file(desk, client)
    intake.record_application(desk, an_application(client, number="B-1", date=desk.today()))
    intake.record_session(desk, a_session(client, number="G-1", date=desk.today()))
    referring.refer(desk, a_referral(client))
    playroom.check_in(desk, a_visit(client))
    trainings.add(desk, a_training())
    people.add_user(desk, "elif", "Av. Elif K.", Role.LAWYER, PASSPHRASE)
    return client


class Typist:
    """Types where the cursor is, the way a person does, and counts the strokes."""

    def __init__(self) -> None:
        self.strokes = 0

    def press(self, keys: str) -> None:
        """Press one key, or keys held together: ``Tab``, ``Ctrl+Return``, ``F2``."""
        combination = QKeySequence(keys)[0]
        self.strokes += 1
        QTest.keyClick(self._target(), combination.key(), combination.keyboardModifiers())
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Type letters, a stroke each."""
        self.strokes += len(text)
        for letter in text:
            plain = Qt.KeyboardModifier.NoModifier
            pressed = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, plain, letter)
            QApplication.sendEvent(self._target(), pressed)
        QApplication.processEvents()

    def _target(self) -> QWidget:
        """Return what has the focus; without a window manager nobody hands it back to a window."""
        modal = QApplication.activeModalWidget()
        if modal is not None and not modal.isActiveWindow():
            modal.activateWindow()
            QTest.qWaitForWindowActive(modal)
        if QApplication.activeWindow() is None:
            behind = [part for part in QApplication.topLevelWidgets() if part.isVisible()]
            behind[0].activateWindow()
            QApplication.processEvents()
        target = QApplication.focusWidget() or QApplication.activeWindow()
        assert target is not None, "nothing has the focus"
        return target


@pytest.fixture
def typist() -> Typist:
    """Somebody at the keyboard."""
    return Typist()
