"""Somebody before the program: she starts it, signs in at its door and leaves it again."""

from typing import TypeVar

from pytestqt.qtbot import QtBot

from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.shell.program import Program
from kadin_danisma.ui.shell.rescue import RescuePanel
from kadin_danisma.ui.shell.sign_in import SignInPanel
from tests.builders import PASSPHRASE
from tests.ui.conftest import dispose
from tests.ui.papers import PATIENCE_MS

P = TypeVar("P")


def panel_of(program: Program) -> object:
    """Return what stands at the door; nothing once she is in."""
    return program.entry.panel if program.entry is not None else None


def shown(program: Program, kind: type[P], qtbot: QtBot) -> P:
    """Wait for a panel and return it."""
    qtbot.waitUntil(lambda: isinstance(panel_of(program), kind), timeout=PATIENCE_MS)
    panel = panel_of(program)
    assert isinstance(panel, kind)
    return panel


def door(program: Program) -> SignInPanel:
    """Return the sign-in, which stands there now."""
    panel = panel_of(program)
    assert isinstance(panel, SignInPanel)
    return panel


def sign_in(program: Program, passphrase: str = PASSPHRASE, name: str = "derya") -> SignInPanel:
    """Type name and passphrase, and press the button."""
    panel = door(program)
    panel.name.setText(name)
    panel.passphrase.setText(passphrase)
    panel.do.click()
    return panel


def in_front(program: Program, qtbot: QtBot) -> MainWindow:
    """Wait for the window of whoever came in."""
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE_MS)
    assert program.window is not None
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)
    return program.window


def give_passphrase(rescue: RescuePanel, passphrase: str, qtbot: QtBot) -> None:
    """Give the first of those who forgot hers another one."""
    next(iter(rescue.passphrases.values())).click()
    assert rescue.reset is not None
    for edit in (rescue.reset.new.first, rescue.reset.new.again):
        edit.setText(passphrase)
    rescue.reset.do.click()
    qtbot.waitUntil(rescue.do.isEnabled, timeout=PATIENCE_MS)


def leave(program: Program) -> None:
    """Close the program and let every window of it go."""
    program.close()
    for part in (program.window, program.keepers_window, program.entry):
        if part is not None:
            dispose(part)
    program.window = program.keepers_window = program.entry = None
