"""Who is in, who may collect, and one key to let a child out."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.auditing import LogQuery
from kadin_danisma.domain.dates import ISTANBUL, FixedClock
from kadin_danisma.domain.records import Client, PlayroomVisit
from kadin_danisma.services import auditing, intake, playroom
from kadin_danisma.ui.dialogs.visit import VisitDialog
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.pages.playroom import PlayroomPage
from kadin_danisma.ui.widgets.parts import EmptyState
from kadin_danisma.ui.workplace import Workplace
from tests.builders import a_client, a_visit

TODAY = date(2026, 11, 22)


@pytest.fixture
def mother(place: Workplace) -> Client:
    client = a_client("2026/0412", may_collect="anneanne")
    intake.open_file(place.desk, client)
    return client


@pytest.fixture
def child_in(place: Workplace, mother: Client) -> Callable[..., PlayroomVisit]:
    """Let a child in at half past eight."""

    def enter(**named: object) -> PlayroomVisit:
        usual = {"date": TODAY, "time_in": time(8, 30), "may_collect": "anne, teyze Işıl"}
        visit = a_visit(mother, **usual | named)
        playroom.check_in(place.desk, visit)
        return visit

    return enter


@pytest.fixture
def page(place: Workplace, qtbot: QtBot) -> PlayroomPage:
    made = PlayroomPage(place)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    with qtbot.waitActive(made):
        made.show()
    return made


def pressed(qtbot: QtBot, page: PlayroomPage, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(page.focusWidget() or page, key)


def test_the_board_says_who_may_collect_and_for_how_long_a_child_is_in(page, child_in):
    child_in(child="E.", birth_year=2022)
    page.enter()
    (row,) = page.rows
    assert row.since.text() == "1 sa 30 dk"
    assert "anne, teyze Işıl" in row.accessibleName()
    assert "E., 4 yaşında" in row.accessibleName()


def test_the_minutes_go_on_by_themselves(page, child_in, clock: FixedClock):
    child_in()
    page.enter()
    clock.moment += timedelta(minutes=7)
    page.tick()
    assert page.rows[0].since.text() == "1 sa 37 dk"


def test_two_keys_let_a_child_out_and_the_mothers_choice_stands_ready(
    page, child_in, place, qtbot, clock: FixedClock
):
    visit = child_in()
    page.enter()
    pressed(qtbot, page, Qt.Key.Key_Return)
    assert page.rows[0].question.person.text() == "anne"
    pressed(qtbot, page, Qt.Key.Key_Return)
    assert page.rows == []
    (line,) = playroom.visits_on(place.desk, TODAY)
    assert line.visit.id == visit.id
    assert (line.visit.collected_by, line.visit.time_out) == ("anne", time(10, 0))


def test_the_letter_c_with_cedilla_asks_who_collects(page, child_in, qtbot):
    child_in()
    page.enter()
    letter = QKeyEvent(QKeyEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, "ç")
    QApplication.sendEvent(page.rows[0], letter)
    assert page.rows[0].question is not None
    pressed(qtbot, page, Qt.Key.Key_Escape)
    assert page.rows[0].question is None
    assert page.rows[0].hasFocus()


def test_somebody_who_was_not_written_down_is_told_of_before_the_child_leaves(
    page, child_in, place, qtbot
):
    child_in()
    page.enter()
    page.rows[0].ask()
    question = page.rows[0].question
    assert question.warning.text() == ""
    question.person.setText("baba")
    assert question.warning.text() != ""
    question.person.setText("TEYZE IŞIL")
    assert question.warning.text() == ""
    question.person.setText("baba")
    question.confirm()
    (line,) = playroom.visits_on(place.desk, TODAY)
    assert line.visit.collected_by == "baba"


@pytest.fixture
def at_the_door(page, place, child_in):
    """The question at the door, for a child whose father must not know."""
    guarded = a_client("2026/0413", must_not_know="eşi")
    intake.open_file(place.desk, guarded)
    child_in(client_id=guarded.id, may_collect="anneannesi Hatice")
    page.enter()
    page.rows[0].ask()
    return page.rows[0].question


def test_who_must_not_know_is_named_in_red_and_enter_does_nothing(at_the_door, page, place, qtbot):
    at_the_door.person.setText("babası")
    assert "babası" in at_the_door.warning.text()
    assert "eşi" in at_the_door.warning.text()
    assert at_the_door.warning.parentWidget().property("tone") == "danger"
    assert at_the_door.asked.isVisible()
    for _turn in range(3):
        pressed(qtbot, page, Qt.Key.Key_Return)
    assert at_the_door.trouble.text() != ""
    assert playroom.count_in(place.desk) == 1
    assert page.focusWidget() is at_the_door.asked


def test_the_warning_is_in_sight_in_a_small_window(at_the_door, page, qtbot):
    page.resize(700, 420)
    at_the_door.person.setText("eşi")
    for part in (at_the_door.warning, at_the_door.asked):
        qtbot.waitUntil(lambda part=part: not part.visibleRegion().isEmpty())


def test_a_tick_that_the_mother_was_asked_lets_the_child_go(at_the_door, page, place, qtbot):
    at_the_door.person.setText("eşi")
    pressed(qtbot, page, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Return)
    (line,) = playroom.visits_on(place.desk, TODAY)
    assert line.visit.collected_by == "eşi"
    deeds = [each.line.action for each in auditing.page(place.desk, LogQuery())]
    assert "playroom_visit.out_excluded" in deeds


def test_a_tick_is_for_one_person_only(at_the_door, place):
    at_the_door.person.setText("eşi")
    at_the_door.asked.setChecked(True)
    at_the_door.person.setText("babası")
    assert not at_the_door.asked.isChecked()
    at_the_door.confirm()
    assert playroom.count_in(place.desk) == 1


def test_a_stranger_is_told_of_mildly_and_who_is_allowed_not_at_all(at_the_door):
    at_the_door.person.setText("annesi")
    assert at_the_door.warning.parentWidget().property("tone") == "warn"
    assert not at_the_door.asked.isVisible()
    for who in ("anneanne", "Hatice", "HATİCE HANIM"):
        at_the_door.person.setText(who)
        assert at_the_door.warning.text() == "", who


def test_nobody_is_let_out_to_nobody(page, child_in):
    child_in(may_collect="")
    page.enter()
    page.rows[0].ask()
    question = page.rows[0].question
    assert question.warning.text() != ""
    question.confirm()
    assert question.trouble.text() != ""
    assert len(page.rows) == 1


def test_a_departure_can_be_taken_back(page, child_in, place, qtbot):
    child_in()
    page.enter()
    page.rows[0].ask()
    with qtbot.waitSignal(place.nav.said) as said:
        page.rows[0].question.confirm()
    assert page.rows == []
    _words, undo = said.args
    undo()
    assert len(page.rows) == 1


def test_a_time_before_the_arrival_is_refused_in_the_row(page, child_in):
    child_in(time_in=time(9, 50))
    page.enter()
    page.rows[0].ask()
    question = page.rows[0].question
    question.time.setText("9.10")
    question.confirm()
    assert question.trouble.text() != ""
    assert len(page.rows) == 1


def test_arrows_go_from_child_to_child(page, child_in, qtbot):
    child_in(child="E.")
    child_in(child="M.", time_in=time(9, 0))
    page.enter()
    pressed(qtbot, page, Qt.Key.Key_Down)
    assert page.rows[1].hasFocus()
    pressed(qtbot, page, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert page.rows[0].hasFocus()


def test_a_form_above_the_board_gives_the_keys_back_to_the_children(
    page, child_in, mother, place, qtbot
):
    child_in(child="E.")
    page.enter()
    page.check_in(mother.id)
    assert page.dialog is not None
    page.dialog.child.setText("D.")
    page.dialog.may_collect.setText("anne")
    page.dialog.submit()
    qtbot.waitUntil(lambda: len(page.rows) == 2)
    focused = page.window().focusWidget()
    assert focused in page.rows
    assert focused.line.visit.child == "D."


def test_the_first_child_that_comes_has_the_keys(page, mother, qtbot):
    page.enter()
    page.findChild(EmptyState).findChild(QPushButton).setFocus()
    page.check_in(mother.id)
    assert page.dialog is not None
    page.dialog.child.setText("D.")
    page.dialog.may_collect.setText("anne")
    page.dialog.submit()
    qtbot.waitUntil(lambda: len(page.rows) == 1)
    assert page.window().focusWidget() is page.rows[0]


def test_another_day_shows_who_left_and_whose_departure_was_not_written(page, child_in):
    yesterday = TODAY - timedelta(days=1)
    child_in(date=yesterday, child="A.", time_out=time(9, 30), collected_by="anne")
    child_in(date=yesterday, child="B.")
    page.enter()
    assert page.rows == []
    page.earlier.click()
    assert [row.line.visit.child for row in page.rows] == ["B."]
    assert [line.visit.child for line in page.gone.model().rows] == ["A."]
    page.later.click()
    assert page.day == TODAY
    assert not page.later.isEnabled()


def test_the_page_goes_on_to_the_new_day_by_itself(page, child_in, clock: FixedClock):
    page.enter()
    clock.moment = datetime(2026, 11, 23, 9, 0, tzinfo=ISTANBUL)
    page.enter()
    assert page.day == date(2026, 11, 23)


@pytest.fixture
def form(page: PlayroomPage) -> VisitDialog:
    page.enter()
    page.check_in()
    return page.dialog


def test_a_new_child_is_let_in(form, place, mother, page):
    form.client.choose_file(mother.id)
    form.client.picked.emit(form.client.line())
    assert form.may_collect.text() == "anneanne"
    form.child.setText("Efe")
    form.birth_year.setText("2020")
    form.submit()
    (line,) = playroom.children_in(place.desk)
    assert (line.visit.child, line.visit.may_collect, line.visit.time_in) == (
        "Efe",
        "anneanne",
        time(10, 0),
    )
    assert len(page.rows) == 1


def test_the_child_that_was_let_in_is_under_the_keys(form, page, child_in, mother):
    child_in()
    form.client.choose_file(mother.id)
    form.child.setText("Su")
    form.submit()
    focused = [row for row in page.rows if row is page.focusWidget()]
    assert [row.line.visit.child for row in focused] == ["Su"]


def test_the_file_is_found_by_typing_and_a_known_child_by_one_click(
    form, place, mother, child_in, qtbot
):
    child_in(child="Işık", birth_year=2019, sex="girl", time_out=time(9, 0), collected_by="anne")
    qtbot.keyClicks(form.client.box, "412")
    qtbot.keyClick(form.client.box, Qt.Key.Key_Return)
    assert form.client.line().id == mother.id
    form.known[0].click()
    assert (form.child.text(), form.birth_year.text(), form.sex.value()) == ("Işık", "2019", "girl")
    assert form.may_collect.text() == "anne, teyze Işıl"


def test_names_are_shown_only_when_they_are_asked_for(form, mother, qtbot):
    assert "Işıl" not in "".join(choice.label for choice in form.client.box.offered("isil"))
    form.client.names.toggle()
    assert "Işıl" in "".join(choice.label for choice in form.client.box.offered("isil"))
    form.client.names.toggle()
    assert "Işıl" not in "".join(choice.label for choice in form.client.box.offered("isil"))


def test_what_is_missing_is_said_beside_its_field(form, mother):
    form.submit()
    assert form.fields["client_id"].error
    form.client.choose_file(mother.id)
    form.submit()
    assert form.fields["child"].error
    form.child.setText("Efe")
    form.birth_year.setText("1990")
    form.submit()
    assert form.fields["birth_year"].error


def test_what_the_file_says_for_safety_is_shown_before_the_child_leaves(page, place, child_in):
    guarded = a_client("2026/0413", must_not_know="babası", safety_note="Kapıda beklenmesin.")
    intake.open_file(place.desk, guarded)
    child_in(client_id=guarded.id)
    page.enter()
    page.rows[0].ask()
    said = page.rows[0].question.safety.text()
    assert "babası" in said
    assert "Kapıda beklenmesin." in said


def test_a_child_who_is_in_cannot_be_let_in_again(form, mother, child_in):
    child_in(child="Işık")
    form.client.choose_file(mother.id)
    form.client.picked.emit(form.client.line())
    assert [known.isEnabled() for known in form.known] == [False]


def test_a_visit_that_is_over_can_be_corrected(page, child_in, place):
    child_in(time_out=time(9, 30), collected_by="anne")
    page.enter()
    page.correct(page.gone.model().rows[0])
    page.dialog.collected_by.setText("teyze Işıl")
    page.dialog.submit()
    (line,) = playroom.visits_on(place.desk, TODAY)
    assert (line.visit.collected_by, line.visit.revision) == ("teyze Işıl", 2)


def test_the_mothers_file_is_known_when_the_form_is_opened_from_it(page, mother, place):
    page.enter()
    page.check_in(mother.id)
    assert page.dialog.client.line().file_no == "2026/0412"
    assert page.dialog.may_collect.text() == "anneanne"


def test_the_board_can_be_worn_in_every_look_and_language(
    worn: Look, language: str, place, child_in, qtbot
):
    child_in()
    made = PlayroomPage(place)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    made.enter()
    made.rows[0].ask()
    assert not made.grab().isNull()
    assert made.minimumSizeHint().width() <= 1100
