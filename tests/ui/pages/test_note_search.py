"""Searching in notes from the page of clients: asked for by Enter, opened at the session."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import Session
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.views import Snippet
from kadin_danisma.services import intake
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import audit
from kadin_danisma.store.vault import Vault
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.pages.clients import FILES, NOTES, ClientsPage
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.widgets import hits, notefinder
from kadin_danisma.ui.words import MASK
from tests.builders import a_client, a_session
from tests.ui.conftest import Typist

CLIENT = a_client("2026/0001", name="Işıl Yıldız")


@pytest.fixture
def role() -> Role:
    """Who sits at the desk."""
    return Role.LAWYER


@pytest.fixture
def desk(vault: Vault, clock: FixedClock, role: Role) -> Desk:
    """The desk of somebody of a role, with notes of two disciplines."""
    desk = Desk(vault, clock)
    intake.open_file(desk, CLIENT)
    for day, service, note in (
        (1, "legal", "Nafaka davası konuşuldu."),
        (2, "legal", "NAFAKA ve velayet: bilgi verildi."),
        (3, "psych", "Nafaka için kaygılı."),
    ):
        session = a_session(
            CLIENT, number=f"G-{day}", service=service, note=note, date=date(2026, 10, day)
        )
        intake.record_session(desk, session)
    vault.user = replace(vault.user, role=role)
    return desk


@pytest.fixture
def page(window: MainWindow, typist: Typist) -> ClientsPage:
    """The page, searching in notes."""
    typist.press("Ctrl+Shift+F")
    assert isinstance(window.page, ClientsPage)
    return window.page


def look_for(page: ClientsPage, typist: Typist, qtbot: QtBot, words: str) -> list[str]:
    """Type words and Enter; return the numbers of the sessions found."""
    page.search.clear()
    typist.type(words)
    typist.press("Return")
    qtbot.waitUntil(lambda: "Aranan" in page.notes.state.text() and page.notes.words == words)
    page.place.background.run(lambda _progress: None, lambda _none: None, lambda _error: None)
    qtbot.waitUntil(lambda: page.notes._job is None)
    return [line.number for line in page.notes.found]


def test_enter_searches_and_enter_again_opens_the_file_at_the_session(
    page: ClientsPage, typist: Typist, qtbot: QtBot, window: MainWindow
):
    assert look_for(page, typist, qtbot, "nafaka bil") == ["G-2"]
    typist.press("Return")
    assert isinstance(window.page, ClientPage)
    current = window.page.timeline.table.current()
    assert current is not None
    assert isinstance(current.record, Session)
    assert current.record.number == "G-2"
    assert window.focusWidget() is window.page.timeline.table


def test_the_arrows_choose_among_the_sessions_found(
    page: ClientsPage, typist: Typist, qtbot: QtBot, window: MainWindow
):
    assert look_for(page, typist, qtbot, "nafaka") == ["G-2", "G-1"]
    typist.press("Return")
    assert window.page is page
    for key in ("Down", "Down", "Return"):
        typist.press(key)
    assert isinstance(window.page, ClientPage)
    current = window.page.timeline.table.current()
    assert current is not None
    assert current.date == date(2026, 10, 1)


def test_it_is_said_whose_notes_are_searched_and_that_others_stay_closed(page: ClientsPage):
    assert page.notes.state.text() == (
        "Aranan: Hukuk notları, başvuru ve yönlendirme notları · "
        "Diğer meslek alanlarının notları kapalı kalır."
    )


def test_nothing_is_searched_before_enter(page: ClientsPage, typist: Typist, desk: Desk):
    typist.type("nafaka")
    with desk.vault.read() as db:
        assert not any(line.action == "search.notes" for line in audit.lines(db))
    assert page.notes.found == ()


def test_names_stay_masked_in_what_was_found(page: ClientsPage, typist: Typist, qtbot: QtBot):
    look_for(page, typist, qtbot, "nafaka")

    def said() -> str:
        table = page.notes.table.hits
        return str(table.data(table.index(0, 0), Qt.ItemDataRole.AccessibleTextRole))

    assert MASK in said()
    assert "Işıl" not in said()
    page.names.button.click()
    assert "Işıl Yıldız" in said()
    assert "NAFAKA ve velayet" in said()


def test_whoever_finds_nothing_is_told_so(page: ClientsPage, typist: Typist, qtbot: QtBot):
    assert look_for(page, typist, qtbot, "kaygili") == []
    assert page.notes.state.text().startswith("0 not")


def test_going_back_to_files_forgets_what_was_found(
    page: ClientsPage, typist: Typist, qtbot: QtBot
):
    look_for(page, typist, qtbot, "nafaka")
    typist.press("Ctrl+K")
    assert page.where.chosen() == FILES
    assert page.search.text() == ""
    assert page.notes.found == ()
    assert page.table.isVisible()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.FRONT_DESK])
def test_whoever_reads_no_notes_is_offered_no_search_in_them(window: MainWindow, typist: Typist):
    typist.press("Ctrl+Shift+F")
    page = window.page
    assert isinstance(page, ClientsPage)
    assert not page.where.isVisible()
    assert page.where.chosen() != NOTES
    assert page.table.isVisible()


def test_a_long_search_says_how_far_it_is_and_can_be_stopped(
    page: ClientsPage, typist: Typist, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(notefinder, "_MANY", 1)
    typist.type("nafaka")
    typist.press("Return")
    page.notes._tell(1, 3)
    assert page.notes.bar.isVisible()
    assert "1" in page.notes.state.text()
    page.notes.stop.click()
    qtbot.waitUntil(lambda: page.notes._job is None)
    assert not page.notes.bar.isVisible()


def test_marks_stand_at_the_same_letters_after_signs_of_two_units(page: ClientsPage):
    text = "😀 nafaka"
    layout = hits._marked(Snippet(text, ((2, 8),)), page.font(), "#000000", "#ffffff", 400)
    (mark,) = layout.formats()
    units = text.encode("utf-16-le")
    assert units[2 * mark.start : 2 * (mark.start + mark.length)].decode("utf-16-le") == "nafaka"
