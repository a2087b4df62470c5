"""What is typed on a page and not in a form of its own is kept as well, and comes back there."""

from datetime import time

import pytest

from kadin_danisma.domain.drafts import Draft, Form
from kadin_danisma.domain.records import Client
from kadin_danisma.services import drafts, intake, playroom, referring
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.dialogs.telling import TellDialog
from kadin_danisma.ui.pages.playroom import PlayroomPage
from kadin_danisma.ui.pages.referrals import ReferralsPage
from kadin_danisma.ui.pages.reports import ReportsPage
from kadin_danisma.ui.shell.main_window import MainWindow
from tests.builders import a_client, a_referral, a_visit
from tests.ui.conftest import Typist


@pytest.fixture
def client(desk: Desk) -> Client:
    made = a_client()
    intake.open_file(desk, made)
    return made


def the_only(desk: Desk) -> Draft:
    (kept,) = drafts.kept(desk)
    return kept


def test_a_child_half_handed_over_is_asked_about_again(
    window: MainWindow, client: Client, desk: Desk, typist: Typist
):
    visit = a_visit(client, date=desk.today(), may_collect="annesi")
    playroom.check_in(desk, visit)
    window.show_page("playroom")
    page = window.page
    assert isinstance(page, PlayroomPage)
    page.rows[0].ask()
    question = page.rows[0].question
    assert question is not None
    question.person.setText("teyzesi Nur")
    window.show_page("today")
    (kept,) = drafts.kept(desk)
    assert kept.form is Form.HAND_OVER
    window.go_on(kept.id)
    again = page.rows[0].question
    assert again is not None
    assert again.person.text() == "teyzesi Nur"
    again.confirm()
    assert drafts.kept(desk) == []
    assert playroom.children_in(desk) == []


def test_a_child_that_has_left_meanwhile_is_said(window: MainWindow, client: Client, desk: Desk):
    draft = Draft("d", Form.HAND_OVER, None, client.id, "no visit", day=str(desk.today()), typed={})
    drafts.keep(desk, draft)
    window.go_on("d")
    assert "Bu kayıt artık yok" in window.toast.words.text()
    assert drafts.kept(desk)


def test_a_child_that_a_colleague_let_go_meanwhile_was_not_withdrawn(
    window: MainWindow, client: Client, desk: Desk
):
    visit = a_visit(client, date=desk.today(), may_collect="annesi")
    playroom.check_in(desk, visit)
    playroom.check_out(desk, visit.id, "annesi", time(9, 50))
    draft = Draft(
        "d", Form.HAND_OVER, None, client.id, visit.id, 1, str(desk.today()), typed={"person": "y"}
    )
    drafts.keep(desk, draft)
    window.go_on("d")
    assert "listede değil" in window.toast.words.text()
    assert "geri çekil" not in window.toast.words.text()
    assert drafts.kept(desk)


def test_what_stands_on_a_page_that_she_has_no_more_is_kept_and_says_so(
    window: MainWindow, desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    drafts.keep(desk, Draft("d", Form.TOLD, None, typed={"whom": "bir gazete"}))
    monkeypatch.setattr(window, "_entries", [])
    window.go_on("d")
    assert "koordinatör" in window.toast.words.text()
    assert drafts.kept(desk)


def test_an_answer_half_given_comes_back_to_its_referral(
    window: MainWindow, client: Client, desk: Desk
):
    referrals = [a_referral(client, institution=each) for each in ("bar_legal_aid", "police")]
    for each in referrals:
        referring.refer(desk, each)
    window.show_page("referrals")
    page = window.page
    assert isinstance(page, ReferralsPage)
    page.table.selectRow(1)
    marked = page.table.current()
    assert marked is not None
    page.answer.day.setText("20.11.2026")
    page.table.selectRow(0)
    assert page.answer.day.text() != "20.11.2026"
    (kept,) = drafts.kept(desk)
    assert kept.record_id == marked.referral.id
    window.show_page("today")
    window.go_on(kept.id)
    assert page.answer.day.text() == "20.11.2026"
    page.answer.answer("accepted")
    assert drafts.kept(desk) == []
    closed = {each.referral.id: each.referral for each in referring.referrals(desk)}
    assert closed[marked.referral.id].outcome == "accepted"


def test_a_number_given_by_hand_comes_back(window: MainWindow, desk: Desk, typist: Typist):
    window.show_page("reports")
    page = window.page
    assert isinstance(page, ReportsPage)
    page.published.open_telling()
    form = page.published.dialog
    assert isinstance(form, TellDialog)
    form.whom.setText("bir gazete")
    form.number.setText("12")
    form.reject()
    window.go_on(the_only(desk).id)
    again = page.published.dialog
    assert isinstance(again, TellDialog)
    assert again.whom.text() == "bir gazete"
    assert again.number.text() == "12"
    again.reject()
