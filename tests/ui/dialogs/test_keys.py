"""Waiting colleagues get their keys in a form, and a note of another discipline stays closed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.circle import Seal
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
from kadin_danisma.ui.widgets.timeline import note_words
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
    assert note_words(entry) == "Not: kapalı"
    assert isinstance(entry.record, Session)
    form = SessionDialog(None, place, page, entry.record, is_new=False)
    qtbot.addWidget(form)
    assert form.text.isReadOnly()
    assert form.text.toPlainText() == ""
    assert form.text.placeholderText() == "Not: kapalı"
    form.counsellor.setText("Av. Derya A.")
    assert form.save()
    assert casework.client_page(place.desk, CLIENT.id).timeline[0].note_closed


def test_the_form_says_who_will_be_able_to_read_the_note(place: Workplace, qtbot: QtBot) -> None:
    form = SessionDialog.for_new(None, place, casework.client_page(place.desk, CLIENT.id))
    qtbot.addWidget(form)

    def said() -> str:
        return form.text.accessibleDescription()

    for service, readers in (
        ("legal", "Okuyabilecekler: avukatlar"),
        ("family", "Okuyabilecekler: psikologlar"),
        ("safety_plan", "Okuyabilecekler: sosyal hizmet uzmanları"),
    ):
        form.service.set_value(service)
        form.service.chosen_changed.emit(service)
        assert said() == readers


def test_the_note_of_a_restricted_file_is_for_its_circle_only(
    place: Workplace, qtbot: QtBot
) -> None:
    page = replace(casework.client_page(place.desk, CLIENT.id), seal=Seal.OPEN)
    form = SessionDialog.for_new(None, place, page)
    qtbot.addWidget(form)
    assert "yalnız dosya ekibinde" in form.text.accessibleDescription()
