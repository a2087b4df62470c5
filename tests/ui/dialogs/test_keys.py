"""Waiting colleagues get their keys in a form, and a note of another discipline stays closed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import Session
from kadin_danisma.domain.role import Role
from kadin_danisma.services import casework, intake, keyring, people
from kadin_danisma.services.desk import Desk
from kadin_danisma.store.vault import Vault
from kadin_danisma.ui.dialogs.keys import KeysDialog
from kadin_danisma.ui.dialogs.session import SessionDialog
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.pages.admin.users import UsersSection
from kadin_danisma.ui.widgets.timeline import entry_words
from kadin_danisma.ui.workplace import Workplace
from tests.builders import PASSPHRASE, a_client, a_session, a_user

CLIENT = a_client()
SESSION = a_session(CLIENT, note="Uzun bir not")


@pytest.fixture
def code(vault_path: Path, clock: FixedClock) -> str:
    vault, code = Vault.create(vault_path, "Örnek Merkez", a_user(), PASSPHRASE, clock)
    vault.close()
    return code


@pytest.fixture
def place(code: str, vault_path: Path, clock: FixedClock, look: Look) -> Iterator[Workplace]:
    """The coordinator's workplace on the second day, with a lawyer who waits."""
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as vault:
        desk = Desk(vault, clock)
        people.add_user(desk, "avukat", "Av. Elif B.", Role.LAWYER, PASSPHRASE)
        intake.open_file(desk, CLIENT)
        intake.record_session(desk, SESSION)
        made = Workplace(desk, look)
        yield made
        made.background.close()


def test_the_recovery_code_gives_the_keys(place: Workplace, code: str, qtbot: QtBot) -> None:
    section = UsersSection(place)
    qtbot.addWidget(section)
    section.reload()
    assert not section.keys.isHidden()
    assert section.open_wall.isHidden()
    section.open_keys()
    form = section.dialog
    assert isinstance(form, KeysDialog)
    assert form.by_code
    assert not form.ready()
    form.sheets.edit.setText(code)
    with qtbot.waitSignal(form.worked):
        form.save()
    assert keyring.waiting(place.desk) == []
    assert section.keys.isHidden()


def test_a_closed_note_says_so_and_is_kept(place: Workplace, qtbot: QtBot) -> None:
    page = casework.client_page(place.desk, CLIENT.id)
    (entry,) = page.timeline
    assert "Not: kapalı" in entry_words(entry)
    assert isinstance(entry.record, Session)
    form = SessionDialog(None, place, page, entry.record, is_new=False)
    qtbot.addWidget(form)
    assert form.text.isReadOnly()
    assert form.text.toPlainText() == ""
    form.counsellor.setText("Av. Derya A.")
    assert form.save()
    assert casework.client_page(place.desk, CLIENT.id).timeline[0].note_closed
