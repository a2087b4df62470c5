"""Every form of a record comes back after the lock, to its author alone, and overwrites nobody."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from kadin_danisma.domain.drafts import Draft
from kadin_danisma.domain.drafts import Form as KeptForm
from kadin_danisma.domain.records import (
    Application,
    Client,
    PlayroomVisit,
    Record,
    Referral,
    Session,
    Training,
)
from kadin_danisma.domain.role import Role
from kadin_danisma.services import casework, drafts, intake, people, playroom, referring, trainings
from kadin_danisma.services.desk import Desk, gone
from kadin_danisma.store.vault import Vault
from kadin_danisma.ui.dialogs.application import ApplicationDialog
from kadin_danisma.ui.dialogs.client import ClientDialog
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.dialogs.referral import ReferralDialog
from kadin_danisma.ui.dialogs.session import SessionDialog
from kadin_danisma.ui.dialogs.training import TrainingDialog
from kadin_danisma.ui.dialogs.visit import VisitDialog
from kadin_danisma.ui.shell import reopening
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.shell.reopening import correction, page_of
from tests.builders import (
    PASSPHRASE,
    a_client,
    a_referral,
    a_session,
    a_training,
    a_visit,
    an_application,
)
from tests.ui.conftest import Unlock

SECOND = "mavi kapı ağır ağır açıldı"
Form = RecordDialog[Any]


@pytest.fixture
def client(desk: Desk) -> Client:
    made = a_client()
    intake.open_file(desk, made)
    return made


def a_new_visit(window: MainWindow, client: Client) -> Form:
    return VisitDialog.for_new(window, window.place, date(2026, 11, 20), client.id)


def a_new_referral(window: MainWindow, client: Client) -> Form:
    form = ReferralDialog.for_new(window, window.place)
    form.client.choose_file(client.id)
    return form


def a_new_training(window: MainWindow, _client: Client) -> Form:
    return TrainingDialog(window, window.place)


def a_new_client(window: MainWindow, _client: Client) -> Form:
    return ClientDialog.for_new(window, window.place, "ipek")


def a_new_session(window: MainWindow, client: Client) -> Form:
    page = casework.client_page(window.place.desk, client.id)
    return SessionDialog.for_new(window, window.place, page)


def stored(desk: Desk, client: Client) -> dict[type, Record]:
    """Return one stored record of every kind."""
    made = (
        an_application(client), a_session(client), a_visit(client), a_referral(client), a_training()
    )  # fmt: skip
    application, session, visit, referral, training = made
    intake.record_application(desk, application)
    intake.record_session(desk, session)
    playroom.check_in(desk, visit)
    referring.refer(desk, referral)
    trainings.add(desk, training)
    kinds = dict(zip((each.__class__ for each in made), made, strict=True))
    return kinds | {Client: client}


def write_everywhere(form: Form) -> None:
    """Type into every line and text of a form."""
    for name, field in form.fields.items():
        control = field.control
        if isinstance(control, QPlainTextEdit):
            control.setPlainText(f"uzun bir metin: {name}")
        elif type(control) is QLineEdit:
            control.setText(f"yazı {name}")
    figures = {"minutes": "40", "participants": "12", "date": "18.11.2026", "time_in": "9.30"}
    for name, text in figures.items():
        if name in form.fields:
            form.fields[name].control.setProperty("text", text)


@pytest.mark.parametrize(
    "opened", [a_new_visit, a_new_referral, a_new_training, a_new_client, a_new_session]
)
def test_a_new_form_comes_back_with_everything_that_was_typed(
    window: MainWindow, client: Client, unlocked: Unlock, opened
):
    form: Form = opened(window, client)
    form.open()
    write_everywhere(form)
    typed = form.typed()
    window.lock()
    after = unlocked().reopened
    assert type(after) is type(form)
    assert after.typed() == typed
    assert after.isVisible()
    after.close()


@pytest.mark.parametrize("kind", [Client, Application, Session, PlayroomVisit, Referral, Training])
def test_a_correction_comes_back_as_that_record(
    window: MainWindow, desk: Desk, client: Client, unlocked: Unlock, kind: type
):
    record = stored(desk, client)[kind]
    form = correction(window, window.place, record)
    form.open()
    write_everywhere(form)
    if isinstance(form, ApplicationDialog | ReferralDialog):
        form.fields["date"].control.setProperty("text", "18.11.2026")
    typed = form.typed()
    window.lock()
    after = unlocked().reopened
    assert after is not None
    assert after.base is not None
    assert after.base.id == record.id
    assert after.typed() == typed
    after.close()


def test_a_visit_of_another_day_stays_on_that_day(
    window: MainWindow, client: Client, unlocked: Unlock
):
    form = a_new_visit(window, client)
    form.open()
    write_everywhere(form)
    window.lock()
    after = unlocked().reopened
    assert after is not None
    assert after.built().date == date(2026, 11, 20)
    after.close()


def test_it_waits_until_it_was_saved_or_left(
    window: MainWindow, client: Client, desk: Desk, unlocked: Unlock
):
    form = a_new_training(window, client)
    form.open()
    write_everywhere(form)
    window.lock()
    after = unlocked().reopened
    assert after is not None
    # A power cut now would not lose it.
    assert len(drafts.kept(desk)) == 1
    after.submit()
    assert drafts.kept(desk) == []
    assert [each.participants for each in trainings.trainings(desk)] == [12]


def test_a_record_changed_meanwhile_is_shown_beside_what_was_typed(
    window: MainWindow, client: Client, desk: Desk, unlocked: Unlock
):
    form = correction(window, window.place, client)
    form.open()
    form.fields["safety_note"].control.setProperty("plainText", "akşam aramayın")
    window.lock()
    elsewhere = casework.client(desk, client.id)
    intake.correct_client(desk, replace(elsewhere, safety_note="sabah", call_hours="10-12"))
    after = unlocked().reopened
    assert after is not None
    after.submit()
    assert after.conflict is not None
    differing = set(after.conflict.groups)
    # What she did not touch is not hers to decide: it stays as it stands there.
    assert differing == {"safety_note"}
    after.conflict.submit()
    now = casework.client(desk, client.id)
    assert now.safety_note == "akşam aramayın"
    assert now.call_hours == "10-12"


@pytest.fixture
def colleagues_desk(desk: Desk, client: Client, window: MainWindow) -> Iterator[Desk]:
    """Derya typed a note and locked; Zeynep signs in on the same computer."""
    people.add_user(desk, "zeynep", "Zeynep Ö.", Role.COORDINATOR, SECOND)
    form = a_new_session(window, client)
    form.open()
    write_everywhere(form)
    window.lock()
    path = desk.vault.path
    desk.vault.close()
    with Vault.open(path, "zeynep", SECOND, desk.clock) as vault:
        yield Desk(vault, desk.clock)


def test_another_person_sees_nothing_of_it(colleagues_desk: Desk):
    assert drafts.kept(colleagues_desk) == []


def test_it_is_still_there_for_its_author_afterwards(colleagues_desk: Desk):
    path, clock = colleagues_desk.vault.path, colleagues_desk.clock
    colleagues_desk.vault.close()
    with Vault.open(path, "derya", PASSPHRASE, clock) as vault:
        (kept,) = drafts.kept(Desk(vault, clock))
    assert kept.typed["note"] == "uzun bir metin: note"


def test_a_form_whose_file_is_gone_is_said_and_stays_kept(
    window: MainWindow, client: Client, desk: Desk, unlocked: Unlock,
    monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    form = a_new_session(window, client)
    form.open()
    write_everywhere(form)
    window.lock()

    def no_more(*_arguments: object) -> None:
        raise gone()

    monkeypatch.setattr(reopening, "reopen", no_more)
    monkeypatch.setattr(casework, "client_page", no_more)
    after = unlocked()
    assert after.reopened is None
    assert not after.toast.isHidden()
    after.lock()
    assert len(drafts.kept(desk)) == 1


@pytest.mark.parametrize("form", list(KeptForm))
def test_a_form_without_a_file_stands_above_a_page_of_the_window(
    window: MainWindow, form: KeptForm
):
    draft = Draft("", form, None)
    window.show_page(page_of(draft))
    assert window.front == page_of(draft)
