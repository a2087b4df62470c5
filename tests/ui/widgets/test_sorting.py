"""Every list that sorts by its header is sorted by keys too, wherever the cursor stands."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from kadin_danisma.services import intake
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.dialogs.withdrawn import WithdrawnListDialog
from kadin_danisma.ui.pages.admin.page import SUBJECTS, AdminPage
from kadin_danisma.ui.pages.clients import ClientsPage
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.widgets.sorting import SORT_KEY, is_sortable
from kadin_danisma.ui.widgets.table import TableView
from tests.builders import a_client, an_application
from tests.services.withdrawals import withdraw
from tests.ui.conftest import Typist
from tests.ui.shortcuts import clashes
from tests.ui.test_lists import click_header, files, tables, words

__all__ = ["files"]
PAGES = ("clients", "applications", "playroom", "referrals", "trainings", "reports")


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    yield
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()


def menu() -> QMenu:
    found = QApplication.activePopupWidget()
    assert isinstance(found, QMenu)
    return found


def choose(number: int) -> None:
    """Go down to a line of the menu that stands open and press Enter."""
    shown = menu()
    for _step in range(number):
        QTest.keyClick(shown, Qt.Key.Key_Down)
    QTest.keyClick(shown, Qt.Key.Key_Return)


def assert_sorts_by_keys(table: TableView[object], typist: Typist) -> None:
    """Sort by each column up, down and back, and find what a click would have brought."""
    table.setFocus()
    columns = [
        each for each in range(table.model().columnCount()) if not table.isColumnHidden(each)
    ]
    for place, column in enumerate(columns):
        given = words(table, column)
        for _turn in range(2):
            click_header(table, column)
            wanted = words(table, column)
            QApplication.processEvents()
            clicked = table.horizontalHeader().sortIndicatorOrder()
            table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
            for _press in range(1 if clicked is Qt.SortOrder.AscendingOrder else 2):
                typist.press(SORT_KEY)
                choose(place)
            assert words(table, column) == wanted
        typist.press(SORT_KEY)
        choose(len(columns))
        assert words(table, column) == given


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("key", PAGES)
def test_every_list_of_a_page_is_sorted_by_keys(
    window: MainWindow, desk: Desk, typist: Typist, key: str
) -> None:
    intake.record_application(desk, an_application(number="B-9", date=desk.today()))
    window.show_page(key)
    assert window.page is not None
    for table in tables(window.page):
        assert is_sortable(table)
        assert SORT_KEY in table.horizontalHeader().toolTip()
        assert SORT_KEY in table.accessibleDescription()
        assert_sorts_by_keys(table, typist)
    assert clashes(window) == []


@pytest.mark.parametrize("subject", [each.key for each in SUBJECTS])
def test_every_list_of_the_administration_is_sorted_by_keys(
    window: MainWindow, typist: Typist, subject: str
) -> None:
    window.show_page("admin")
    assert isinstance(window.page, AdminPage)
    window.page.show_subject(subject)
    for table in tables(window.page):
        assert_sorts_by_keys(table, typist)


@pytest.mark.usefixtures("files")
def test_it_is_heard_while_something_is_searched_for(window: MainWindow, typist: Typist) -> None:
    window.search()
    page = window.page
    assert isinstance(page, ClientsPage)
    typist.type("2026")
    typist.press(SORT_KEY)
    choose(0)
    assert words(page.table, 0) == sorted(words(page.table, 0))
    assert page.search.hasFocus()


@pytest.mark.usefixtures("files")
def test_the_order_in_force_is_shown_and_who_was_marked_stays(
    window: MainWindow, typist: Typist
) -> None:
    window.show_page("clients")
    page = window.page
    assert isinstance(page, ClientsPage)
    page.table.setFocus()
    typist.press("Down")
    marked = page.table.current()
    typist.press(SORT_KEY)
    choose(0)
    assert page.table.current() == marked
    typist.press(SORT_KEY)
    assert [each.text() for each in menu().actions() if "↑" in each.text()] == ["Dosya   ↑"]


@pytest.mark.usefixtures("files")
def test_shift_f10_and_the_right_button_offer_the_same(window: MainWindow) -> None:
    window.show_page("clients")
    page = window.page
    assert isinstance(page, ClientsPage)
    of_mouse, of_keys = QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard
    for part, reason in (
        (page.table, of_keys),
        (page.table.viewport(), of_mouse),
        (page.table.horizontalHeader().viewport(), of_mouse),
    ):
        at = part.mapToGlobal(QPoint(5, 5))
        QApplication.sendEvent(part, QContextMenuEvent(reason, QPoint(5, 5), at))
        assert "Dosya" in [each.text() for each in menu().actions()]
        menu().close()


def test_a_list_in_a_form_is_sorted_by_keys(
    window: MainWindow, desk: Desk, typist: Typist, qtbot: QtBot
) -> None:
    for number in ("2026/0002", "2026/0001", "2026/0003"):
        client = a_client(number)
        intake.open_file(desk, client)
        withdraw(desk, client)
    form = WithdrawnListDialog(window, window.place)
    form.open()
    with qtbot.waitActive(form):
        form.show()
    assert_sorts_by_keys(form.table, typist)
    assert clashes(form) == []
    form.close()


def test_where_there_is_no_list_the_key_does_nothing(window: MainWindow, typist: Typist) -> None:
    window.show_page("today")
    typist.press(SORT_KEY)
    assert QApplication.activePopupWidget() is None
