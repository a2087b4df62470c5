"""The window: where one is, keys from anywhere, and what a role may see."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.services import intake, people
from kadin_danisma.services.desk import Desk
from kadin_danisma.store.vault import Vault
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.pages.clients import ClientsPage
from kadin_danisma.ui.pages.today import TodayPage
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.widgets.parts import Pill
from kadin_danisma.ui.workplace import Workplace
from tests.builders import a_client
from tests.ui.conftest import Typist

SECOND = "mavi kapı ağır ağır açıldı"


@pytest.fixture
def colleague(desk: Desk, clock: FixedClock, vault_path: Path) -> Iterator[list[Desk]]:
    """A list into which a colleague's desk is put, so that it is closed afterwards."""
    opened: list[Desk] = []
    yield opened
    for each in opened:
        each.vault.close()


def test_the_window_begins_with_today(window: MainWindow):
    assert isinstance(window.page, TodayPage)
    assert window.side.buttons["today"].isChecked()
    assert window.windowTitle() == "Kadın Danışma"


def test_numbers_lead_to_pages(window: MainWindow, typist: Typist):
    typist.press("Ctrl+2")
    assert isinstance(window.page, ClientsPage)
    assert window.side.buttons["clients"].isChecked()
    typist.press("Ctrl+1")
    assert isinstance(window.page, TodayPage)


def test_search_is_reached_from_anywhere(window: MainWindow, typist: Typist):
    typist.press("Ctrl+K")
    page = window.page
    assert isinstance(page, ClientsPage)
    assert page.search.hasFocus()


def test_what_is_typed_on_the_first_page_goes_on_in_the_search(
    window: MainWindow, typist: Typist, qtbot: QtBot
):
    page = window.page
    assert isinstance(page, TodayPage)
    page.search.setFocus()
    typist.type("ayş")
    clients = window.page
    assert isinstance(clients, ClientsPage)
    assert clients.search.text() == "ayş"


def test_escape_goes_back_from_a_file(window: MainWindow, typist: Typist, desk: Desk):
    client = a_client()
    intake.open_file(desk, client)
    window.show_client(client.id)
    assert isinstance(window.page, ClientPage)
    typist.press("Escape")
    assert isinstance(window.page, TodayPage)


def test_f12_locks(window: MainWindow, typist: Typist, locked: list[str]):
    typist.press("F12")
    assert locked == ["locked"]


def test_names_are_masked_before_the_lock(window: MainWindow, desk: Desk):
    client = a_client()
    intake.open_file(desk, client)
    window.show_client(client.id)
    page = window.page
    assert isinstance(page, ClientPage)
    page.name.toggle()
    window.lock()
    assert not page.name.shown


def test_a_real_centre_carries_no_demo_mark(window: MainWindow):
    assert all("DENEME" not in part.text() for part in window.side.findChildren(Pill))


@pytest.mark.parametrize(
    ("role", "pages", "missing"),
    [
        (Role.FRONT_DESK, {"today", "clients", "playroom"}, {"reports"}),
        (Role.LAWYER, {"today", "clients"}, {"reports"}),
    ],
)
def test_a_role_sees_its_pages_only(
    desk: Desk,
    qtbot: QtBot,
    look: Look,
    clock: FixedClock,
    colleague: list[Desk],
    role: Role,
    pages: set[str],
    missing: set[str],
):
    people.add_user(desk, "zeynep", "Zeynep Ö.", role, SECOND)
    path = desk.vault.path
    desk.vault.close()
    colleague.append(Desk(Vault.open(path, "zeynep", SECOND, clock), clock))
    place = Workplace(colleague[0], look)
    window = MainWindow(place, lambda: None)
    qtbot.addWidget(window)
    window.show()
    shown = set(window.side.buttons)
    assert pages <= shown
    assert not missing & shown
    window.new_application()
    assert window.quick_entry is not None
    window.quick_entry.close()
    place.background.close()
