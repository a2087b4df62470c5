"""The front desk takes a nameless call; a lawyer reads what it was about and links it to a file."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.records import Application
from kadin_danisma.domain.role import Role
from kadin_danisma.services import intake, people
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.dialogs.application import ApplicationDialog
from kadin_danisma.ui.dialogs.linking import LinkDialog
from kadin_danisma.ui.pages.applications import ApplicationsPage
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.shell.main_window import MainWindow
from tests.builders import PASSPHRASE, a_client
from tests.stories.conftest import Start
from tests.ui.conftest import Typist, gone
from tests.ui.door import in_front, leave, sign_in

SAID = "Komsusu aradi, yarin yine arayacak."


@pytest.fixture
def centre(desk: Desk, vault_path: Path) -> Path:
    """A centre with a front desk, a lawyer, and a file that was opened this morning."""
    people.add_user(desk, "selin", "Selin C.", Role.FRONT_DESK, PASSPHRASE)
    people.add_user(desk, "leyla", "Av. Leyla", Role.LAWYER, PASSPHRASE)
    intake.open_file(desk, a_client("2026/0412"))
    desk.vault.close()
    return vault_path


def applications_of(window: MainWindow, typist: Typist) -> ApplicationsPage:
    typist.press("Ctrl+3")
    page = window.page
    assert isinstance(page, ApplicationsPage)
    return page


@pytest.mark.usefixtures("centre")
def test_from_the_call_to_the_file(start: Start, qtbot: QtBot, typist: Typist) -> None:
    program = start()
    sign_in(program, PASSPHRASE, "selin")
    window = in_front(program, qtbot)
    typist.press("F2")
    call = window.quick_entry
    assert isinstance(call, ApplicationDialog)
    for _stop in range(4):
        typist.press("Tab")
    typist.type(SAID)
    typist.press("Ctrl+Return")
    assert gone(call)
    page = applications_of(window, typist)
    assert [str(page.model.index(0, at).data()) for at in (2, 6, 7)] == [
        "dosyasız", "Not: kapalı", "Selin C.",
    ]  # fmt: skip
    leave(program)

    program = start()
    sign_in(program, PASSPHRASE, "leyla")
    window = in_front(program, qtbot)
    page = applications_of(window, typist)
    typist.press("Down")
    typist.press("Return")
    form = page.dialog
    assert isinstance(form, ApplicationDialog)
    assert form.text.toPlainText() == SAID
    typist.press("Escape")
    typist.press("Ctrl+L")
    link = page.dialog
    assert isinstance(link, LinkDialog)
    typist.type("0412")
    typist.press("Return")
    typist.press("Ctrl+Return")
    assert gone(link)
    typist.press("Ctrl+O")
    file = window.page
    assert isinstance(file, ClientPage)
    (entry,) = file.timeline.model.rows
    assert isinstance(entry.record, Application)
    assert entry.record.note == SAID
