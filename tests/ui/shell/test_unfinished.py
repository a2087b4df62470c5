"""What was being typed is there again: after the lock by itself, else by its quiet line."""

from dataclasses import replace

import pytest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import Client
from kadin_danisma.domain.role import Role
from kadin_danisma.services import casework, drafts, intake
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.dialogs.client import ClientDialog
from kadin_danisma.ui.dialogs.session import SessionDialog
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.pages.clients import ClientsPage
from kadin_danisma.ui.shell.main_window import MainWindow
from tests.builders import a_client, a_session
from tests.ui.conftest import Typist, Unlock


@pytest.fixture
def client(desk: Desk) -> Client:
    made = a_client()
    intake.open_file(desk, made)
    return made


@pytest.fixture
def page(window: MainWindow, client: Client) -> ClientPage:
    window.show_client(client.id)
    assert isinstance(window.page, ClientPage)
    return window.page


def session_form(window: MainWindow) -> SessionDialog:
    assert isinstance(window.page, ClientPage)
    assert isinstance(window.reopened, SessionDialog)
    return window.reopened


def test_a_note_half_written_survives_f12(
    page: ClientPage, typist: Typist, locked: list[str], unlocked: Unlock
):
    page.new_session()
    form = page.dialog
    assert isinstance(form, SessionDialog)
    form.text.setFocus()
    typist.type("Eşi bugün aradı, ")
    form.minutes.setText("40")
    typist.press("F12")
    assert locked == ["locked"]
    form.close()
    after = session_form(unlocked())
    assert after.text.toPlainText() == "Eşi bugün aradı, "
    assert after.minutes.value() == 40
    after.close()


def test_it_is_opened_by_itself_only_once_and_stays_kept_when_it_is_left(
    page: ClientPage, desk: Desk, window: MainWindow, unlocked: Unlock
):
    page.new_session()
    form = page.dialog
    assert isinstance(form, SessionDialog)
    form.text.setPlainText("yarım")
    window.lock()
    form.close()
    session_form(unlocked()).close()
    assert unlocked().reopened is None
    (kept,) = drafts.kept(desk)
    assert kept.typed["note"] == "yarım"


def test_a_correction_of_a_session_comes_back_as_that_session(
    page: ClientPage,
    desk: Desk,
    client: Client,
    window: MainWindow,
    unlocked: Unlock,
):
    # Whoever may not read a note has nothing to correct in it.
    desk.vault.user = replace(desk.vault.user, role=Role.LAWYER)
    session = a_session(client, number="G-1", note="Eski not")
    window.place.bus.changed.emit(intake.record_session(desk, session))
    page.open_entry(page.timeline.model.rows[0])
    form = page.dialog
    assert isinstance(form, SessionDialog)
    form.text.setPlainText("Yeni not")
    window.lock()
    form.close()
    after = session_form(unlocked())
    after.do.click()
    stored = casework.record_of(desk, Kind.SESSION, session.id)
    assert getattr(stored, "note", "") == "Yeni not"


def test_a_new_file_half_typed_comes_back(window: MainWindow, unlocked: Unlock):
    window.search("ipek")
    page = window.page
    assert isinstance(page, ClientsPage)
    page.open_new()
    form = page.dialog
    assert isinstance(form, ClientDialog)
    form.fields["must_not_know"].control.setProperty("text", "eşi")
    window.lock()
    form.close()
    after = unlocked()
    assert isinstance(after.page, ClientsPage)
    assert isinstance(after.reopened, ClientDialog)
    assert after.reopened.fields["name"].control.property("text") == "İpek"
    assert after.reopened.fields["must_not_know"].control.property("text") == "eşi"
    after.reopened.close()


def test_a_form_nobody_touched_is_not_kept(page: ClientPage, window: MainWindow, desk: Desk):
    page.new_session()
    window.lock()
    assert drafts.kept(desk) == []
    assert page.dialog is not None
    page.dialog.close()
