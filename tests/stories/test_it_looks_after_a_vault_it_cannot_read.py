"""IT adds a lawyer, backs up and checks; a coordinator lets her in; IT reads nothing of it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import NotAllowedError, NotLetInError, WrongCredentialsError
from kadin_danisma.services import access, casework, intake, people
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.keeping import KeepersDesk
from kadin_danisma.ui.dialogs.account import (
    AddUserDialog,
    ChangePassphraseDialog,
    ResetPassphraseDialog,
)
from kadin_danisma.ui.dialogs.message import Message
from kadin_danisma.ui.dialogs.verify import VerifyDialog
from kadin_danisma.ui.shell.first_day import ConductPanel, OwnPassphrasePanel
from kadin_danisma.ui.shell.keepers_window import KeepersWindow
from kadin_danisma.ui.shell.program import Program
from kadin_danisma.ui.shell.waiting import WaitingPanel
from tests.builders import PASSPHRASE, a_client, a_session
from tests.store.disk import flip
from tests.stories.conftest import Start
from tests.ui.door import shown, sign_in

TOLD = "mavi kapı ağır ağır açıldı"
HERS = "beş başka kelime burada duruyor"
CLIENT = a_client()

pytestmark = pytest.mark.first_day


@pytest.fixture
def centre(desk: Desk, vault_path: Path) -> Path:
    """A centre with one file and an IT officer, whose coordinator has gone home."""
    intake.open_file(desk, CLIENT)
    people.add_user(desk, "irem", "İrem T.", Role.IT, PASSPHRASE)
    desk.vault.close()
    return vault_path


def its_window(program: Program, qtbot: QtBot) -> KeepersWindow:
    sign_in(program, name="irem")
    qtbot.waitUntil(lambda: program.keepers_window is not None)
    assert program.keepers_window is not None
    assert program.window is None
    return program.keepers_window


def add_elif(window: KeepersWindow, qtbot: QtBot) -> None:
    window.accounts.add.click()
    form = window.accounts.dialog
    assert isinstance(form, AddUserDialog)
    form.name.setText("elif")
    form.title.setText("Av. Elif K.")
    form.role.set_value(str(Role.LAWYER))
    form.passphrase.first.setText(TOLD)
    form.passphrase.again.setText(TOLD)
    form.do.click()
    qtbot.waitUntil(lambda: "elif" in states_of(window))


def states_of(window: KeepersWindow) -> dict[str, bool]:
    return {each.user.name: each.waits for each in window.accounts.model.rows}


def mark(window: KeepersWindow, name: str) -> None:
    rows = window.accounts.model.rows
    window.accounts.table.selectRow([each.user.name for each in rows].index(name))


def everything_shown(window: QWidget) -> str:
    """Return every word of a window, whether it is in front or not."""
    found = [window.windowTitle()]
    for part in (window, *window.findChildren(QWidget)):
        found += [part.toolTip(), part.accessibleName(), part.accessibleDescription()]
        if isinstance(part, QLabel | QAbstractButton | QLineEdit):
            found.append(part.text())
        if isinstance(part, QTableView):
            model = part.model()
            found += [
                str(model.index(row, column).data())
                for row in range(model.rowCount())
                for column in range(model.columnCount())
            ]
    return "\n".join(found)


def answer_of(qtbot: QtBot) -> Message:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), Message))
    message = QApplication.activeModalWidget()
    assert isinstance(message, Message)
    return message


@pytest.mark.usefixtures("centre")
def test_it_adds_a_lawyer_she_waits_for_a_coordinator_and_works(
    start: Start, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    program = start()
    window = its_window(program, qtbot)
    add_elif(window, qtbot)
    assert states_of(window) == {"derya": False, "irem": False, "elif": True}
    with qtbot.waitActive(window):
        window.activateWindow()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F12)
    assert not window.isVisible()
    words = choose_own_passphrase(start(), qtbot)
    with pytest.raises(NotLetInError):
        access.sign_in(vault_path, "elif", HERS, clock)

    coordinator = access.sign_in(vault_path, "derya", PASSPHRASE, clock)
    coordinator.first_steps = frozenset()
    with coordinator.vault:
        (waiting,) = people.waiting(coordinator)
        assert waiting.words == words
        people.admit(coordinator, waiting.user.id)

    program = start()
    sign_in(program, HERS, "elif")
    conduct = shown(program, ConductPanel, qtbot)
    conduct.read.setChecked(True)
    conduct.do.click()
    assert program.window is not None
    desk = program.window.place.desk
    intake.record_session(desk, a_session(CLIENT, service="legal"))
    assert casework.client_page(desk, CLIENT.id).sessions == 1


def choose_own_passphrase(program: Program, qtbot: QtBot) -> str:
    """Sign in as the waiting lawyer and choose; return the six words, told twice the same."""
    sign_in(program, TOLD, "elif")
    own = shown(program, OwnPassphrasePanel, qtbot)
    own.choice.first.setText(HERS)
    own.choice.again.setText(HERS)
    own.do.click()
    first = shown(program, WaitingPanel, qtbot)
    words = first.words.text()
    first.again.click()
    sign_in(program, HERS, "elif")
    assert shown(program, WaitingPanel, qtbot).words.text() == words
    program.close()
    return words


@pytest.mark.usefixtures("centre")
def test_nothing_of_clients_stands_anywhere_in_its_window(start: Start, qtbot: QtBot) -> None:
    window = its_window(start(), qtbot)
    shown = everything_shown(window)
    assert "derya" in shown, "the accounts are there"
    for secret in filter(None, (CLIENT.name, CLIENT.file_no, CLIENT.phone)):
        assert secret not in shown
    assert isinstance(window.place.desk, KeepersDesk)
    assert not hasattr(window.place.desk, "vault")


@pytest.mark.usefixtures("centre")
def test_it_replaces_a_forgotten_passphrase_and_takes_an_account_away(
    start: Start, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    program = start()
    window = its_window(program, qtbot)
    mark(window, "irem")
    assert not window.accounts.remove.isEnabled(), "not her own"
    add_elif(window, qtbot)
    mark(window, "elif")
    window.accounts.reset.click()
    form = window.accounts.dialog
    assert isinstance(form, ResetPassphraseDialog)
    form.new.first.setText(HERS)
    form.new.again.setText(HERS)
    form.do.click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    mark(window, "elif")
    window.accounts.remove.click()
    answer_of(qtbot).accept()
    assert "elif" not in states_of(window)
    mark(window, "derya")
    window.accounts.remove.click()
    answer_of(qtbot).accept()
    answer_of(qtbot).accept()
    assert "derya" in states_of(window), "somebody has to be able to let people in"
    program.close()
    with pytest.raises(WrongCredentialsError):
        access.enter(vault_path, "elif", HERS, clock)


@pytest.mark.usefixtures("centre")
def test_it_backs_up_and_checks_the_vault_and_the_backup(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    window = its_window(start(), qtbot)
    window.show_subject(window.upkeep)
    stick = tmp_path / "stick"
    stick.mkdir()
    window.upkeep.back_up(stick)
    said = answer_of(qtbot)
    (backup,) = stick.glob("*.vault")
    assert str(backup) in said.words.text()
    said.accept()
    window.upkeep.check.click()
    sound = answer_of(qtbot)
    assert "bütünlüğü denetlendi" in sound.words.text()
    sound.accept()
    flip(backup, 2 * 4096 + 100)
    window.upkeep.check_other.click()
    form = window.upkeep.dialog
    assert isinstance(form, VerifyDialog)
    form.set_file(backup)
    form.passphrase.setText(PASSPHRASE)
    form.do.click()
    broken = answer_of(qtbot)
    assert broken.accessibleName() == "Bu dosyada bir sorun var"
    broken.accept()


@pytest.mark.usefixtures("centre")
def test_it_changes_its_own_passphrase(
    start: Start, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    program = start()
    window = its_window(program, qtbot)
    window.show_subject(window.passphrase)
    window.passphrase.change.click()
    form = window.passphrase.dialog
    assert isinstance(form, ChangePassphraseDialog)
    form.old.setText(PASSPHRASE)
    form.new.first.setText(HERS)
    form.new.again.setText(HERS)
    form.do.click()
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    program.close()
    with pytest.raises(WrongCredentialsError):
        access.enter(vault_path, "irem", PASSPHRASE, clock)
    desk = access.enter(vault_path, "irem", HERS, clock)
    assert isinstance(desk, KeepersDesk)
    desk.close()
    with pytest.raises(NotAllowedError):
        access.sign_in(vault_path, "irem", HERS, clock)


@pytest.mark.usefixtures("centre")
def test_its_window_locks_when_nobody_is_there(
    start: Start, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    program = start()
    window = its_window(program, qtbot)
    assert program.guard is not None
    program.guard.lock()
    assert not window.isVisible()
    access.sign_in(vault_path, "derya", PASSPHRASE, clock).vault.close()
