"""Trainings by year, with their sums."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.records import Training
from kadin_danisma.services import trainings
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.pages.trainings import TrainingsPage
from kadin_danisma.ui.workplace import Workplace
from tests.builders import a_training


@pytest.fixture
def page(place: Workplace, qtbot: QtBot) -> TrainingsPage:
    made = TrainingsPage(place)
    qtbot.addWidget(made)
    made.resize(1060, 700)
    made.show()
    return made


@pytest.fixture
def held(place: Workplace) -> list[Training]:
    made = [
        a_training(date=date(2026, 10, 9), participants=30),
        a_training(date=date(2026, 3, 8), participants=1200),
        a_training(date=date(2025, 11, 25), participants=45),
    ]
    for training in made:
        trainings.add(place.desk, training)
    return made


def sums(page: TrainingsPage) -> tuple[str, str]:
    return page.events.number.text(), page.participants.number.text()


def test_the_latest_year_is_shown_with_its_sums(page, held):
    page.enter()
    assert [each.date.year for each in page.model.rows] == [2026, 2026]
    assert sums(page) == ("2", "1.230")


def test_another_year_or_all_can_be_chosen(page, held):
    page.enter()
    page.year.buttons["2025"].click()
    assert sums(page) == ("1", "45")
    page.year.buttons["every"].click()
    assert sums(page) == ("3", "1.275")


def test_a_training_is_recorded(page, place):
    page.enter()
    page.open_new()
    page.dialog.submit()
    assert page.dialog.fields["participants"].error
    page.dialog.topic.setText("Şiddetsiz iletişim")
    page.dialog.participants.setText("25")
    page.dialog.submit()
    (training,) = trainings.trainings(place.desk)
    assert (training.topic, training.participants) == ("Şiddetsiz iletişim", 25)
    assert sums(page) == ("1", "25")


def test_a_training_nobody_came_to_is_one_too(page, place):
    page.enter()
    page.open_new()
    page.dialog.participants.setText("0")
    page.dialog.submit()
    assert sums(page) == ("1", "0")


def test_a_training_is_corrected_and_the_year_stays_chosen(page, held):
    page.enter()
    page.year.buttons["2025"].click()
    page.correct(page.model.rows[0])
    page.dialog.participants.setText("44")
    page.dialog.submit()
    assert sums(page) == ("1", "44")


def test_what_breaks_a_rule_is_said_beside_its_field(page, place):
    page.enter()
    page.open_new()
    page.dialog.participants.setText("10001")
    page.dialog.date.setText("23.11.2026")
    page.dialog.submit()
    assert page.dialog.fields["participants"].error
    assert page.dialog.fields["date"].error
    assert trainings.trainings(place.desk) == []


def test_the_list_can_be_worn_in_every_look_and_language(
    worn: Look, language: str, place, held, qtbot
):
    made = TrainingsPage(place)
    qtbot.addWidget(made)
    made.resize(1060, 700)
    made.show()
    made.enter()
    assert not made.grab().isNull()
    assert made.minimumSizeHint().width() <= 1060
