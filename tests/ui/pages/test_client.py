"""One file: safety first, one timeline, corrections that lose nothing."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import Client
from kadin_danisma.services import casework, intake, playroom, referring
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.dialogs.application import ApplicationDialog
from kadin_danisma.ui.dialogs.client import ClientDialog
from kadin_danisma.ui.dialogs.history import HistoryDialog
from kadin_danisma.ui.dialogs.referral import ReferralDialog
from kadin_danisma.ui.dialogs.session import SessionDialog
from kadin_danisma.ui.dialogs.visit import VisitDialog
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.words import MASK
from tests.builders import a_client, a_referral, a_session, a_visit, an_application
from tests.ui.conftest import Typist, gone


@pytest.fixture
def client(desk: Desk) -> Client:
    made = a_client(
        "2026/0412",
        birth_year=1992,
        district="buca",
        phone="+905000000001",
        may_call="yes",
        call_hours="10.00–12.00",
        may_leave_message="no",
    )
    intake.open_file(desk, made)
    intake.record_application(desk, an_application(made, number="B-1"))
    intake.record_session(desk, a_session(made, number="G-1", note="Uzun bir not"))
    referring.refer(desk, a_referral(made))
    playroom.check_in(desk, a_visit(made))
    return casework.client(desk, made.id)


@pytest.fixture
def page(window: MainWindow, client: Client) -> ClientPage:
    window.show_client(client.id)
    assert isinstance(window.page, ClientPage)
    return window.page


def kinds(page: ClientPage) -> list[Kind]:
    return [entry.kind for entry in page.timeline.model.rows]


def form_of(page: ClientPage) -> ClientDialog:
    page.correct()
    form = page.dialog
    assert isinstance(form, ClientDialog)
    return form


def test_the_head_tells_the_number_and_not_the_name(page: ClientPage):
    assert page.header.title.text() == "2026/0412"
    assert page.name.words.text() == MASK
    assert page.header.subtitle.text() == "yaklaşık 34 yaşında · Buca · 1 başvuru · 1 görüşme"


def test_no_name_and_no_number_stand_on_the_page_before_they_are_asked_for(page: ClientPage):
    said = " ".join(part.text() for part in page.findChildren(QLabel))
    assert "Işıl" not in said
    assert "0500" not in said


def test_the_banner_stands_above_the_number(page: ClientPage):
    banner = page.banner.mapTo(page, page.banner.rect().topLeft())
    number = page.contact.words.mapTo(page, page.contact.words.rect().topLeft())
    assert banner.y() < number.y()
    assert page.banner.isVisible()


def test_the_number_is_shown_when_it_is_asked_for(page: ClientPage):
    page.contact.reveal.button.click()
    assert page.contact.words.text() == "0500 000 00 01"
    page.name.toggle()
    assert page.contact.words.text() != "0500 000 00 01"


def test_everything_stands_in_one_timeline(page: ClientPage):
    assert kinds(page) == [
        Kind.PLAYROOM_VISIT, Kind.REFERRAL, Kind.SESSION, Kind.APPLICATION,
    ]  # fmt: skip


def test_the_timeline_can_be_sifted(page: ClientPage):
    page.timeline.filters[Kind.SESSION].click()
    assert kinds(page) == [Kind.SESSION]
    page.timeline.filters[None].click()
    assert len(kinds(page)) == 4


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        (Kind.SESSION, SessionDialog),
        (Kind.APPLICATION, ApplicationDialog),
        (Kind.REFERRAL, ReferralDialog),
        (Kind.PLAYROOM_VISIT, VisitDialog),
    ],
)
def test_every_entry_opens(page: ClientPage, kind: Kind, form: type):
    entry = next(entry for entry in page.timeline.model.rows if entry.kind is kind)
    page.open_entry(entry)
    assert isinstance(page.dialog, form)
    page.dialog.close()


def test_a_session_is_recorded_by_keyboard(page: ClientPage, typist: Typist, desk: Desk):
    typist.press("Ctrl+N")
    form = page.dialog
    assert isinstance(form, SessionDialog)
    typist.type("huk")
    typist.press("Return")
    for _field in ("channel", "date", "time", "minutes"):
        typist.press("Tab")
    typist.type("50")
    typist.press("Ctrl+Return")
    latest = page.timeline.model.rows[0].record
    assert kinds(page).count(Kind.SESSION) == 2
    assert (latest.service, latest.minutes, latest.date) == ("legal", 50, date(2026, 11, 22))
    assert latest.application_id is not None


def test_a_session_of_zero_minutes_is_refused_beside_the_field(page: ClientPage):
    page.new_session()
    form = page.dialog
    assert isinstance(form, SessionDialog)
    form.minutes.setText("0")
    form.do.click()
    assert form.isVisible()
    assert form.fields["minutes"].error
    form.close()


def test_a_correction_is_kept_with_what_stood_before(page: ClientPage, desk: Desk):
    form = form_of(page)
    edit = form.fields["must_not_know"].control
    assert isinstance(edit, QLineEdit)
    edit.setText("eşi")
    form.do.click()
    assert "eşi" in page.banner.accessibleDescription()
    page.show_history()
    history = page.dialog
    assert isinstance(history, HistoryDialog)
    (line,) = history.model.rows
    assert (line.field, line.old, line.new) == ("must_not_know", "", "eşi")
    history.close()


def test_two_corrections_at_once_are_shown_side_by_side_and_nothing_is_lost(
    page: ClientPage, desk: Desk, client: Client
):
    form = form_of(page)
    collect, district = (form.fields[name].control for name in ("may_collect", "call_hours"))
    assert isinstance(collect, QLineEdit)
    assert isinstance(district, QLineEdit)
    collect.setText("anneanne")
    intake.correct_client(desk, replace(client, call_hours="14.00'ten sonra", may_collect="teyze"))
    form.do.click()
    conflict = form.conflict
    assert conflict is not None
    assert set(conflict.groups) == {"call_hours", "may_collect"}
    assert conflict.groups["may_collect"].button(0).isChecked()
    assert conflict.groups["call_hours"].button(1).isChecked()
    conflict.do.click()
    stored = casework.client(desk, client.id)
    assert stored.may_collect == "anneanne"
    assert stored.call_hours == "14.00'ten sonra"
    assert gone(form)


def test_leaving_a_conflict_keeps_what_was_typed(page: ClientPage, desk: Desk, client: Client):
    form = form_of(page)
    edit = form.fields["may_collect"].control
    assert isinstance(edit, QLineEdit)
    edit.setText("anneanne")
    intake.correct_client(desk, replace(client, may_collect="teyze"))
    form.do.click()
    assert form.conflict is not None
    form.conflict.reject()
    assert form.isVisible()
    assert edit.text() == "anneanne"
    assert casework.client(desk, client.id).may_collect == "teyze"
    form.close()


def test_an_application_for_this_file_knows_the_file(page: ClientPage, window: MainWindow):
    page.new_application()
    form = window.quick_entry
    assert form is not None
    assert form.finder.client_id == page.client_id
    assert form.banner.isVisible()
    form.close()
