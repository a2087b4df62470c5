"""At check-in, too, whoever must not know is named in red and needs a second step."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.auditing import LogQuery
from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import Client
from kadin_danisma.services import auditing, casework, intake, playroom
from kadin_danisma.ui.dialogs.visit import VisitDialog
from kadin_danisma.ui.workplace import Workplace
from tests.builders import a_client, a_visit


@pytest.fixture
def mother(place: Workplace) -> Client:
    client = a_client("2026/0412", must_not_know="eşi Kerem")
    intake.open_file(place.desk, client)
    return client


@pytest.fixture
def form(place: Workplace, mother: Client, qtbot: QtBot) -> VisitDialog:
    made = VisitDialog.for_new(None, place, client_id=mother.id)
    qtbot.addWidget(made)
    made.child.setText("Efe")
    with qtbot.waitExposed(made):
        made.open()
    return made


def _deeds(place: Workplace) -> list[str]:
    return [line.line.action for line in auditing.page(place.desk, LogQuery())]


@pytest.mark.parametrize("who", ["babası", "anne, Kerem"])
def test_who_is_ruled_out_is_named_in_red_and_not_taken_without_the_tick(
    form: VisitDialog, place: Workplace, qtbot: QtBot, who: str
) -> None:
    form.may_collect.setFocus()
    form.may_collect.insert(who)
    assert form.ruled_out.isVisible()
    assert form.ruled_out.property("tone") == "danger"
    assert "eşi Kerem" in form.ruled_out.words.text()
    form.submit()
    assert form.isVisible()
    assert form.trouble
    assert form.focusWidget() is form.ruled_out.asked
    assert playroom.count_in(place.desk) == 0
    qtbot.keyClick(form.ruled_out.asked, Qt.Key.Key_Space)
    form.submit()
    assert playroom.count_in(place.desk) == 1
    assert "playroom_visit.in_excluded" in _deeds(place)


def test_the_line_and_its_tick_are_in_sight_in_a_small_window(
    form: VisitDialog, qtbot: QtBot
) -> None:
    form.setMaximumHeight(330)
    form.may_collect.setText("babası")
    for part in (form.ruled_out.words, form.ruled_out.asked):
        qtbot.waitUntil(lambda part=part: not part.visibleRegion().isEmpty())


def test_a_tick_is_for_the_people_named_only(form: VisitDialog, place: Workplace) -> None:
    form.may_collect.setText("Kerem")
    form.ruled_out.asked.setChecked(True)
    form.may_collect.setText("babası")
    assert not form.ruled_out.agreed
    form.submit()
    assert playroom.count_in(place.desk) == 0


def test_others_are_named_without_a_word(form: VisitDialog, place: Workplace) -> None:
    form.may_collect.setText("babası")
    form.may_collect.setText("anneanne Hatice")
    assert not form.ruled_out.isVisible()
    form.submit()
    assert playroom.count_in(place.desk) == 1
    assert "playroom_visit.in_excluded" not in _deeds(place)


def test_it_is_weighed_against_the_file_that_is_chosen_now(
    place: Workplace, mother: Client, qtbot: QtBot
) -> None:
    other = a_client("2026/0413")
    intake.open_file(place.desk, other)
    made = VisitDialog.for_new(None, place, client_id=other.id)
    qtbot.addWidget(made)
    made.open()
    made.may_collect.setText("eşi")
    assert made.ruled_out.isHidden()
    made.client.choose_file(mother.id)
    made.client.picked.emit(made.client.line())
    assert not made.ruled_out.isHidden()


def test_a_correction_names_who_is_new_and_asks_about_no_old_answer_again(
    place: Workplace, mother: Client, qtbot: QtBot
) -> None:
    visit = a_visit(mother, may_collect="eşi")
    playroom.check_in(place.desk, visit, mother_agreed=True)
    stands = casework.record_of(place.desk, Kind.PLAYROOM_VISIT, visit.id)
    made = VisitDialog(None, place, stands, is_new=False)
    qtbot.addWidget(made)
    made.open()
    assert made.ruled_out.isHidden()
    made.collected_by.setText("babası")
    made.time_out.setText("12:00")
    assert "babası" in made.ruled_out.words.text()
    made.submit()
    assert playroom.count_in(place.desk) == 1
    made.ruled_out.asked.setChecked(True)
    made.submit()
    assert playroom.count_in(place.desk) == 0
    assert "playroom_visit.out_excluded" in _deeds(place)
