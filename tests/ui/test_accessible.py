"""A screen reader may ask for any child of anything that is shown: it gets one, or nothing."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from kadin_danisma.ui.accessible import answer_screen_readers_safely
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.workplace import Workplace
from tests.ui.conftest import dispose

#: Far behind the end of every list that Qt makes.
FAR = 4000


@pytest.fixture(scope="module", autouse=True)
def asked() -> None:
    answer_screen_readers_safely()


def account(widget: QWidget) -> QAccessibleInterface:
    made = QAccessible.queryAccessibleInterface(widget)
    assert made is not None
    return made


@pytest.fixture
def area(qtbot: QtBot) -> QScrollArea:
    made = QScrollArea()
    qtbot.addWidget(made)
    inside = QLabel("\n".join("satır" for _ in range(100)))
    made.setWidget(inside)
    made.resize(200, 200)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_scroll_bar_that_went_since_it_was_counted_is_nothing(area: QScrollArea) -> None:
    asked = account(area)
    last = asked.childCount() - 1
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    for number in (last, last + 1, FAR):
        child = asked.child(number)
        assert child is None or child.object().parent() is area


def test_a_reader_still_comes_to_what_the_area_shows(area: QScrollArea) -> None:
    viewport = account(area).child(0)
    assert viewport is not None
    inside = viewport.child(0)
    assert inside is not None
    assert inside.text(QAccessible.Text.Name).startswith("satır")


@pytest.fixture
def window(place: Workplace) -> Iterator[MainWindow]:
    made = MainWindow(place, lambda: None)
    made.show()
    yield made
    dispose(made)


@pytest.mark.parametrize("beyond", [0, 1, FAR])
def test_no_page_ends_by_a_child_that_is_not_there(window: MainWindow, beyond: int) -> None:
    asked = 0
    for key in window.side.buttons:
        window.show_page(key)
        for widget in window.findChildren(QWidget):
            made = QAccessible.queryAccessibleInterface(widget)
            if made is not None:
                made.child(made.childCount() + beyond)
                asked += 1
    assert asked > 100
