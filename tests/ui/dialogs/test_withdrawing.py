"""Withdrawing in the window: deliberate, with a reason, shown struck through, and taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QPushButton

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import Client, Training
from kadin_danisma.services import casework, intake, trainings, withdrawing
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.dialogs.client import ClientDialog
from kadin_danisma.ui.dialogs.session import SessionDialog
from kadin_danisma.ui.dialogs.withdraw import WithdrawDialog
from kadin_danisma.ui.dialogs.withdrawn import WithdrawnDialog, WithdrawnListDialog
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.pages.clients import ClientsPage
from kadin_danisma.ui.pages.trainings import TrainingsPage
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.widgets.codebox import CodeBox
from kadin_danisma.ui.widgets.timeline import entry_state, full_words
from tests.builders import a_client, a_session, a_training

SESSION_NO = "G-2026-00001"


@pytest.fixture
def client(desk: Desk) -> Client:
    made, other = a_client("2026/0412"), a_client("2026/0413", name="Ada Kaya")
    intake.open_file(desk, made)
    intake.open_file(desk, other)
    intake.record_session(desk, a_session(made, number=SESSION_NO, minutes=45))
    return casework.client(desk, made.id)


@pytest.fixture
def page(window: MainWindow, client: Client) -> ClientPage:
    window.show_client(client.id)
    assert isinstance(window.page, ClientPage)
    return window.page


def form_of(page: ClientPage) -> SessionDialog:
    page.open_entry(page.timeline.model.rows[0])
    form = page.dialog
    assert isinstance(form, SessionDialog)
    return form


def asked(form: SessionDialog | ClientDialog) -> WithdrawDialog:
    form.withdraw.click()
    assert form.withdrawing is not None
    return form.withdrawing


def choose(box: CodeBox, key: str) -> None:
    """Choose a line of a list, as Enter does."""
    box.set_value(key)
    box.chosen_changed.emit(key)


def withdrawn_entry(page: ClientPage) -> WithdrawnDialog:
    page.open_entry(page.timeline.model.rows[0])
    shown = page.dialog
    assert isinstance(shown, WithdrawnDialog)
    return shown


def test_without_a_reason_nothing_is_withdrawn(page: ClientPage):
    question = asked(form_of(page))
    question.submit()
    assert question.fields["reason"].error == "Lütfen bir neden seçin."
    assert page.timeline.model.rows[0].withdrawn is None


def test_it_is_struck_through_with_reason_day_and_author(page: ClientPage, desk: Desk):
    question = asked(form_of(page))
    question.reason.set_value("twice")
    question.why.setText("iki kez kaydedildi")
    question.submit()
    (entry,) = page.timeline.model.rows
    assert entry_state(entry) == "Geri çekildi"
    assert full_words(entry).endswith(f"İki kez yazıldı · 22.11.2026 · {desk.user.title}")
    font = page.timeline.model.data(page.timeline.model.index(0, 1), Qt.ItemDataRole.FontRole)
    assert isinstance(font, QFont)
    assert font.strikeOut()
    assert "0 görüşme" in page.header.subtitle.text()


def test_the_form_closes_and_the_foot_offers_to_take_it_back(page: ClientPage, window: MainWindow):
    form = form_of(page)
    question = asked(form)
    question.reason.set_value("never_happened")
    question.submit()
    assert not form.isVisible()
    window.toast.undo.click()
    assert page.timeline.model.rows[0].withdrawn is None


def test_it_can_be_taken_back_from_the_timeline_later(page: ClientPage):
    question = asked(form_of(page))
    question.reason.set_value("never_happened")
    question.why.setText("başkasıyla karıştı")
    question.submit()
    shown = withdrawn_entry(page)
    # The coordinator withdraws a lawyer's session, and does not read its notes.
    assert shown.why.text() == "Not: kapalı"
    assert shown.reason.text() == "Böyle bir şey olmadı"
    shown.back.click()
    assert page.timeline.model.rows[0].withdrawn is None


def test_withdrawing_is_no_default_and_enter_in_a_field_does_not_do_it(page: ClientPage):
    form = form_of(page)
    question = asked(form)
    for dialog in (form, question):
        assert [each for each in dialog.findChildren(QPushButton) if each.isDefault()] == []
    question.reason.set_value("twice")
    question.why.setFocus()
    assert not question.do.autoDefault()


def test_the_wrong_file_offers_the_right_one_and_moves_there(page: ClientPage, desk: Desk):
    question = asked(form_of(page))
    assert not question.fields["client_id"].isVisibleTo(question)
    choose(question.reason, "wrong_file")
    assert question.fields["client_id"].isVisibleTo(question)
    (other,) = [line for line in question.target.box.offered("2026/0413") if "0413" in line.label]
    choose(question.target.box, other.key)
    assert question.do.accessibleName() == "Taşı"
    question.submit()
    assert page.timeline.model.rows == ()
    assert casework.client_page(desk, other.key).sessions == 1


def test_what_was_typed_first_is_not_thrown_away(page: ClientPage):
    form = form_of(page)
    form.show()
    form.minutes.setText("50")
    form.withdraw.click()
    assert form.withdrawing is None
    assert form.trouble


def test_a_colleague_sees_the_session_whom_to_ask_and_no_way_to_save(
    page: ClientPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    said = "Lütfen Av. Elif K. adlı kişiye sorun."
    monkeypatch.setattr(casework, "whom_to_ask", lambda _desk, _id: said)
    form = form_of(page)
    assert form.do.isHidden()
    assert form.minutes.isReadOnly()
    assert form.text.isReadOnly()
    assert not form.service.isEnabled()


def test_whoever_may_not_is_not_offered_it(
    page: ClientPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(withdrawing, "may_withdraw", lambda *_asked: False)
    assert form_of(page).withdraw.isHidden()


def test_a_withdrawn_file_says_so_and_offers_nothing_but_the_way_back(page: ClientPage, desk: Desk):
    (entry,) = page.timeline.model.rows
    withdrawing.withdraw(desk, casework.record_of(desk, Kind.SESSION, entry.record.id), "twice")
    page.correct()
    form = page.dialog
    assert isinstance(form, ClientDialog)
    question = asked(form)
    question.reason.set_value("twice")
    question.submit()
    assert page.withdrawn.isVisibleTo(page)
    assert "İki kez yazıldı" in page.withdrawn.words.text()
    assert all(act.isHidden() for act in page._acts)
    page.withdrawn.back.click()
    assert not page.withdrawn.isVisibleTo(page)
    assert not any(act.isHidden() for act in page._acts)


def test_files_contacts_and_trainings_are_found_in_one_list(
    window: MainWindow, client: Client, desk: Desk
):
    training = a_training()
    trainings.add(desk, training)
    window.show_page("trainings")
    here = window.page
    assert isinstance(here, TrainingsPage)
    withdrawing.withdraw(desk, casework.record_of(desk, Kind.TRAINING, training.id), "twice")
    listed = WithdrawnListDialog(here, here.place)
    (line,) = listed.model.rows
    assert isinstance(line.record, Training)
    listed._open(line)
    assert listed.dialog is not None
    listed.dialog.back.click()
    assert listed.model.rows == ()
    assert trainings.trainings(desk) == [type(training)(**{**_fields(training), "revision": 3})]


def _fields(training: Training) -> dict[str, object]:
    return {name: getattr(training, name) for name in training.__slots__}


def test_the_list_is_reached_from_the_clients(window: MainWindow, client: Client):
    window.show_page("clients")
    here = window.page
    assert isinstance(here, ClientsPage)
    here.withdrawn.click()
    assert here.findChild(WithdrawnListDialog) is not None


def test_a_withdrawal_that_nobody_signed_is_no_withdrawal_and_says_so(
    page: ClientPage, desk: Desk, window: MainWindow
):
    with desk.vault.write() as db:
        db.execute("UPDATE session SET withdrawn = 'twice', revision = 2")
    desk.vault._heed_signed_withdrawals()
    page.reload()
    (entry,) = page.timeline.model.rows
    assert "geri çekme doğrulanamadı; kayıt sayılıyor" in full_words(entry)
    index = page.timeline.model.index(0, 1)
    assert page.timeline.model.data(index, Qt.ItemDataRole.FontRole) is None
    assert "1 görüşme" in page.header.subtitle.text()
    shown = withdrawn_entry(page)
    assert shown.heading.text() == "Geri çekme doğrulanamadı"
    assert shown.doubt.isVisibleTo(shown)
    shown.back.click()
    (entry,) = page.timeline.model.rows
    assert entry.unproved is None


def test_words_that_are_not_whose_they_pass_for_say_so(page: ClientPage, desk: Desk):
    (entry,) = page.timeline.model.rows
    session = casework.record_of(desk, Kind.SESSION, entry.record.id)
    withdrawing.withdraw(desk, session, "twice", "iki kez")
    with desk.vault.write() as db:
        db.execute("DELETE FROM withdrawal")
    page.reload()
    assert "yazanı doğrulanamadı" in withdrawn_entry(page).why.text()
