"""Letters typed into a list and not chosen are asked about: no form saves something else unseen."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import Client, Session
from kadin_danisma.services import casework, finding, intake, referring
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.dialogs.referral import ReferralDialog
from kadin_danisma.ui.dialogs.session import SessionDialog
from kadin_danisma.ui.dialogs.withdraw import WithdrawDialog
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.shell.main_window import MainWindow
from tests.builders import a_client, a_session
from tests.ui.conftest import Typist, gone

HERS, OTHERS = a_client("2026/0401", name="Ada Kaya"), a_client("2026/0402", name="Nur Deniz")
SESSION = a_session(HERS, number="G-1")
ASKED = "listeden seçilmedi"


@pytest.fixture
def page(desk: Desk, window: MainWindow) -> ClientPage:
    for client in (HERS, OTHERS):
        intake.open_file(desk, client)
    intake.record_session(desk, SESSION)
    window.show_client(HERS.id)
    assert isinstance(window.page, ClientPage)
    return window.page


def opened(page: ClientPage) -> SessionDialog:
    page.open_entry(page.timeline.model.rows[0])
    form = page.dialog
    assert isinstance(form, SessionDialog)
    return form


def withdrawing(page: ClientPage) -> WithdrawDialog:
    form = opened(page)
    form.withdraw.click()
    assert form.withdrawing is not None
    return form.withdrawing


def stored(desk: Desk) -> Session:
    found = casework.record_of(desk, Kind.SESSION, SESSION.id)
    assert isinstance(found, Session)
    return found


def test_a_record_is_not_withdrawn_while_the_right_file_is_typed_and_not_chosen(
    page: ClientPage, desk: Desk, typist: Typist
) -> None:
    form = withdrawing(page)
    typist.type("yanlış")
    typist.press("Return")
    typist.press("Tab")
    typist.type("0402")
    typist.press("Ctrl+Return")
    assert form.isVisible()
    assert ASKED in form.trouble
    assert stored(desk).client_id == HERS.id
    typist.press("Return" if form.target.box.list.isVisible() else "Down")
    if form.target.line() is None:
        typist.press("Return")
    typist.press("Ctrl+Return")
    assert gone(form)
    assert stored(desk).client_id == OTHERS.id


def test_the_key_of_the_form_takes_what_is_marked_as_tab_does(
    page: ClientPage, desk: Desk, typist: Typist
) -> None:
    form = opened(page)
    form.channel.setFocus()
    typist.type("telefon")
    typist.press("Ctrl+Return")
    assert gone(form)
    assert stored(desk).channel == "phone"


def test_letters_that_mean_nothing_are_asked_about_and_nothing_is_saved(
    page: ClientPage, desk: Desk, typist: Typist
) -> None:
    form = opened(page)
    form.minutes.setText("20")
    form.channel.setFocus()
    typist.type("xyz")
    typist.press("Ctrl+Return")
    assert ASKED in form.trouble
    assert form.channel.hasFocus()
    assert stored(desk).minutes == SESSION.minutes
    # Leaving the field with the mouse shows what is chosen; then it can be saved.
    form.minutes.setFocus()
    typist.press("Ctrl+Return")
    assert stored(desk).minutes == 20
    assert stored(desk).channel == SESSION.channel


def test_a_click_on_the_button_asks_as_well(page: ClientPage, desk: Desk, typist: Typist) -> None:
    form = opened(page)
    form.outcome.setFocus()
    typist.type("xyz")
    QTest.mouseClick(form.do, Qt.MouseButton.LeftButton)
    assert ASKED in form.trouble
    assert form.outcome.text() == "xyz"
    form.reject()


def test_reasons_half_typed_are_not_left_out(
    window: MainWindow, page: ClientPage, desk: Desk, typist: Typist
) -> None:
    window.new_application(HERS.id)
    form = window.quick_entry
    assert form is not None
    form.reasons.setFocus()
    typist.type("xyz")
    typist.press("Ctrl+Return")
    assert ASKED in form.trouble
    for _letter in "xyz":
        typist.press("Backspace")
    typist.type("boşan")
    typist.press("Ctrl+Return")
    assert gone(form)
    found: Client = finding.search(desk, "0401")[0]  # type: ignore[assignment]
    entries = casework.client_page(desk, found.id).timeline
    assert [entry.record.reasons for entry in entries if entry.kind is Kind.APPLICATION] == [
        ("divorce",)
    ]


def test_a_referral_does_not_go_to_the_woman_who_was_typed_over(
    window: MainWindow, page: ClientPage, desk: Desk, typist: Typist
) -> None:
    form = ReferralDialog.for_new(window, window.place, HERS.id)
    form.institution.set_value("police")
    form.open()
    form.client.setFocus()
    typist.type("0402")
    typist.press("Ctrl+Return")
    assert ASKED in form.trouble
    assert referring.referrals(desk) == []
    typist.press("Return" if form.client.box.list.isVisible() else "Down")
    if form.whose() != OTHERS.id:
        typist.press("Return")
    typist.press("Ctrl+Return")
    assert [line.referral.client_id for line in referring.referrals(desk)] == [OTHERS.id]
