"""What waits for an answer, and the answer with two keys."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.records import Client, Referral
from kadin_danisma.services import intake, referring
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.models.table import TONE_ROLE
from kadin_danisma.ui.pages.referrals import ReferralsPage, waiting_count
from kadin_danisma.ui.style import Tone
from kadin_danisma.ui.workplace import Workplace
from tests.builders import a_client, a_referral

TODAY = date(2026, 11, 22)
LONG_AGO, LATELY = date(2026, 11, 2), date(2026, 11, 20)
STATE = 5


@pytest.fixture
def client(place: Workplace) -> Client:
    made = a_client("2026/0412")
    intake.open_file(place.desk, made)
    return made


@pytest.fixture
def sent(place: Workplace, client: Client) -> Callable[..., Referral]:
    """Record a referral."""

    def send(**named: object) -> Referral:
        referral = a_referral(client, **named)
        referring.refer(place.desk, referral)
        return referral

    return send


@pytest.fixture
def page(place: Workplace, qtbot: QtBot) -> ReferralsPage:
    made = ReferralsPage(place)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    with qtbot.waitActive(made):
        made.show()
    return made


def state(page: ReferralsPage, row: int) -> tuple[str, Tone]:
    index = page.model.index(row, STATE)
    return index.data(), index.data(TONE_ROLE)


def pressed(qtbot: QtBot, page: ReferralsPage, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(page.focusWidget(), key)


def test_the_longest_waiting_comes_first_and_says_that_it_is_overdue(page, sent, place):
    sent(date=LATELY, institution="sonim")
    sent(date=LONG_AGO)
    page.enter()
    assert [line.days_waiting for line in page.model.rows] == [20, 2]
    assert state(page, 0) == ("Gecikti", Tone.DANGER)
    assert state(page, 1)[0] == "Bekliyor"
    assert waiting_count(place) == 2


def test_three_keys_answer_and_an_arrow_goes_on_to_the_next(page, sent, place, qtbot):
    first = sent(date=LONG_AGO)
    sent(date=LATELY)
    page.enter()
    pressed(qtbot, page, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_1)
    assert page.table.current() is None
    assert [line.referral.date for line in page.model.rows] == [LATELY]
    answered = next(
        line.referral for line in referring.referrals(place.desk) if line.referral.id == first.id
    )
    assert (answered.outcome, answered.outcome_date) == ("accepted", TODAY)
    assert page.table.hasFocus()


def test_an_answer_can_be_taken_back(page, sent, place, qtbot):
    sent()
    page.enter()
    pressed(qtbot, page, Qt.Key.Key_Down)
    with qtbot.waitSignal(place.nav.said) as said:
        page.answer.answer("client_declined")
    assert waiting_count(place) == 0
    said.args[1]()
    assert waiting_count(place) == 1


def test_an_answer_dated_before_the_referral_is_refused_beside_the_day(page, sent, place, qtbot):
    sent(date=LATELY)
    page.enter()
    pressed(qtbot, page, Qt.Key.Key_Down)
    page.answer.day.setText("2.11.2026")
    page.answer.answer("accepted")
    assert waiting_count(place) == 1
    assert page.answer.trouble


def test_escape_goes_back_to_the_list(page, sent, qtbot):
    sent()
    page.enter()
    pressed(qtbot, page, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert not page.table.hasFocus()
    pressed(qtbot, page, Qt.Key.Key_Escape)
    assert page.table.hasFocus()


def test_all_referrals_show_their_answers(page, sent, place):
    referral = sent()
    referring.close(place.desk, referral.id, "rejected", LATELY)
    page.enter()
    assert page.model.rowCount() == 0
    page.shown.buttons["all"].click()
    assert state(page, 0) == ("Reddedildi", Tone.DANGER)
    page.table.step(0)
    assert not page.answer.buttons["rejected"].isEnabled()


def test_one_institution_can_be_chosen_by_its_letters(page, sent, qtbot):
    sent(institution="bar_legal_aid")
    sent(institution="sonim")
    page.enter()
    page.institution.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClicks(page.institution, "son")
    qtbot.keyClick(page.institution, Qt.Key.Key_Return)
    assert [line.referral.institution for line in page.model.rows] == ["sonim"]
    qtbot.keyClicks(page.institution, "tum")
    qtbot.keyClick(page.institution, Qt.Key.Key_Return)
    assert page.model.rowCount() == 2


def test_a_referral_is_made_by_typing(page, client, place, qtbot):
    page.enter()
    page.open_new()
    form = page.dialog
    qtbot.keyClicks(form.client.box, "412")
    qtbot.keyClick(form.client.box, Qt.Key.Key_Return)
    qtbot.keyClicks(form.institution, "baro")
    qtbot.keyClick(form.institution, Qt.Key.Key_Return)
    form.consent.set_value("yes")
    form.submit()
    (line,) = page.model.rows
    assert (line.file_no, line.referral.institution) == ("2026/0412", "bar_legal_aid")


def test_a_refused_consent_is_said_beside_the_consent(page, client, place):
    page.enter()
    page.open_new(client.id)
    form = page.dialog
    form.institution.set_value("police")
    form.consent.set_value("no")
    form.submit()
    assert "onayı yok" in form.fields["consent"].error
    assert waiting_count(place) == 0
    form.method.set_value("information")
    form.submit()
    assert len(referring.referrals(place.desk)) == 1
    # Nobody answers what she was told.
    assert waiting_count(place) == 0


def test_without_an_institution_nothing_is_recorded(page, client, place):
    page.enter()
    page.open_new(client.id)
    page.dialog.submit()
    assert page.dialog.fields["institution"].error
    assert waiting_count(place) == 0


def test_a_referral_can_be_corrected(page, sent, place):
    sent(institution="police")
    page.enter()
    page.correct(page.model.rows[0])
    page.dialog.institution.set_value("gendarmerie")
    page.dialog.submit()
    assert [line.referral.institution for line in page.model.rows] == ["gendarmerie"]


def test_the_list_can_be_worn_in_every_look_and_language(
    worn: Look, language: str, place, sent, qtbot
):
    sent()
    made = ReferralsPage(place)
    qtbot.addWidget(made)
    made.resize(1060, 700)
    made.show()
    made.enter()
    assert not made.grab().isNull()
    assert made.minimumSizeHint().width() <= 1060
