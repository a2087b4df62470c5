"""Finding a file: search first, names masked, a new file only after looking for an old one."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from kadin_danisma.services import finding, intake
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.pages.clients import ClientsPage
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.words import MASK
from tests.builders import a_client
from tests.ui.conftest import Typist, gone


@pytest.fixture
def files(desk: Desk) -> None:
    for client in (
        a_client("2026/0001", name="Işıl Yıldız", birth_year=1990, phone="+905000000001"),
        a_client("2026/0002", name="İpek Şahin", district="buca"),
        a_client("2026/0003", name=""),
    ):
        intake.open_file(desk, client)


@pytest.fixture
def page(window: MainWindow, files: None) -> ClientsPage:
    window.search()
    assert isinstance(window.page, ClientsPage)
    return window.page


def shown(page: ClientsPage) -> list[str]:
    return [line.file_no for line in page.model.rows]


def names(page: ClientsPage) -> list[str]:
    return [str(page.model.data(page.model.index(row, 1))) for row in range(page.model.rowCount())]


def test_all_files_are_there_before_a_search(page: ClientsPage):
    assert sorted(shown(page)) == ["2026/0001", "2026/0002", "2026/0003"]
    assert page.header.subtitle.text() == "3 dosya"


@pytest.mark.parametrize("words", ["isil", "IŞIL", "ışıl yıl", "2026/0001", "0500 000 00 01"])
def test_letters_figures_and_numbers_find_a_file(page: ClientsPage, typist: Typist, words: str):
    typist.type(words)
    assert shown(page) == ["2026/0001"]


def test_names_are_masked_until_they_are_asked_for(page: ClientsPage):
    assert set(names(page)) == {MASK, "adsız"}
    page.names.button.click()
    assert "Işıl Yıldız" in names(page)
    page.names.button.click()
    assert "Işıl Yıldız" not in names(page)


def test_names_are_masked_when_the_page_is_left(page: ClientsPage, window: MainWindow):
    page.names.button.click()
    window.show_page("today")
    assert not page.names.shown


def test_enter_opens_the_one_file_that_was_found(
    page: ClientsPage, typist: Typist, window: MainWindow
):
    typist.type("ipek")
    typist.press("Return")
    assert isinstance(window.page, ClientPage)
    assert window.page.header.title.text() == "2026/0002"


def test_arrows_move_in_the_list_while_the_cursor_stays(page: ClientsPage, typist: Typist):
    typist.type("2026")
    for row in (0, 1, 2, 2):
        typist.press("Down")
        assert page.table.currentIndex().row() == row
    assert page.search.hasFocus()


def test_nobody_is_chosen_on_opening_nor_by_letters_that_several_have(
    page: ClientsPage, typist: Typist, window: MainWindow
):
    typist.press("Return")
    assert page.table.current() is None
    typist.type("2026")
    assert page.table.current() is None
    typist.press("Return")
    assert window.page is page
    assert window.toast.isVisible()
    typist.press("Down")
    first = page.model.rows[0].file_no
    typist.press("Return")
    assert isinstance(window.page, ClientPage)
    assert window.page.header.title.text() == first


def test_on_opening_an_arrow_marks_the_first_and_letters_search(
    files: None, typist: Typist, window: MainWindow
):
    typist.press("Ctrl+2")
    page = window.page
    assert isinstance(page, ClientsPage)
    typist.press("Down")
    assert page.table.currentIndex().row() == 0
    typist.type("ipek")
    assert shown(page) == ["2026/0002"]


def test_who_is_merely_alike_is_not_chosen(page: ClientsPage, typist: Typist, window: MainWindow):
    typist.type("ipak")
    assert [line.near for line in page.model.rows] == [True]
    typist.press("Return")
    assert window.page is page


def test_other_letters_forget_who_was_chosen(page: ClientsPage, typist: Typist):
    typist.type("202")
    typist.press("Down")
    assert page.table.current() is not None
    typist.type("6")
    assert page.table.current() is None


def test_a_new_file_needs_a_search_first(page: ClientsPage, window: MainWindow):
    assert not page.new.isEnabled()
    page.open_new()
    assert page.dialog is None
    assert window.toast.isVisible()


def test_a_new_file_starts_from_what_was_typed_and_shows_who_it_may_be(
    page: ClientsPage, typist: Typist, window: MainWindow, desk: Desk
):
    typist.type("ışıl yıldız")
    typist.press("Ctrl+N")
    form = page.dialog
    assert form is not None
    assert form.fields["name"].control.property("text") == "Işıl Yıldız"
    assert [found.line.file_no for found in form.duplicates.found] == ["2026/0001"]
    assert form.duplicates.isVisible()
    typist.press("Ctrl+Return")
    assert form.trouble
    typist.press("Ctrl+Return")
    assert isinstance(window.page, ClientPage)
    assert window.page.header.title.text() == "2026/0004"
    assert len(finding.search(desk, "isil")) == 2


def test_everybody_who_is_asked_about_is_seen(page: ClientsPage, typist: Typist, desk: Desk):
    for number in range(5):
        intake.open_file(desk, a_client(f"2025/000{number}", name="Nermin Ay"))
    typist.type("nermin ay")
    typist.press("Ctrl+N")
    form = page.dialog
    assert form is not None
    offered = [each.accessibleName() for each in form.duplicates.findChildren(QPushButton)]
    assert [name[:9] for name in offered] == [f"2025/000{number}" for number in range(5)]
    form.close()


def test_duplicates_are_looked_for_while_a_number_is_typed(
    page: ClientsPage, typist: Typist, qtbot: QtBot
):
    typist.type("fatma")
    typist.press("Ctrl+N")
    form = page.dialog
    assert form is not None
    assert form.duplicates.found == ()
    form.fields["phone"].control.setProperty("text", "0500 000 00 01")
    qtbot.waitUntil(lambda: bool(form.duplicates.found))
    assert form.duplicates.found[0].line.file_no == "2026/0001"
    form.close()


def test_an_existing_file_is_opened_instead(
    page: ClientsPage, typist: Typist, window: MainWindow, desk: Desk
):
    typist.type("ışıl yıldız")
    typist.press("Ctrl+N")
    form = page.dialog
    assert form is not None
    form.duplicates.chosen.emit(form.duplicates.found[0].line.id)
    assert gone(form)
    assert isinstance(window.page, ClientPage)
    assert window.page.header.title.text() == "2026/0001"
    assert len(finding.search(desk, "isil")) == 1


def test_nobody_found_says_how_to_go_on(page: ClientsPage, typist: Typist):
    typist.type("qqq")
    assert shown(page) == []
    assert not page.table.isVisible()


def test_a_wrong_kimlik_no_is_said_beside_its_field(page: ClientsPage, typist: Typist):
    typist.type("fatma")
    typist.press("Ctrl+N")
    form = page.dialog
    assert form is not None
    form.fields["kimlik_no"].control.setProperty("text", "12345678901")
    form.do.click()
    assert form.isVisible()
    assert form.fields["kimlik_no"].error
    form.close()
