"""The restricted file at the window: what its circle sees, and what everybody else sees."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QTableView, QWidget
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.services import breaking, casework
from kadin_danisma.ui.dialogs.breaking import BreakDialog
from kadin_danisma.ui.dialogs.circle import CircleDialog
from kadin_danisma.ui.dialogs.session import SessionDialog
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.pages.clients import ClientsPage
from kadin_danisma.ui.pages.page import Page
from kadin_danisma.ui.pages.playroom import PlayroomPage
from kadin_danisma.ui.pages.referrals import ReferralsPage
from kadin_danisma.ui.pages.today import TodayPage
from kadin_danisma.ui.workplace import Workplace
from tests.services.restricted import FILE_NO, MARKS, Centre, found

REASON = "Acilden aradılar, annesini öğrenmemiz lazım."


@pytest.fixture
def centre(vault_path: Path, clock: FixedClock) -> Centre:
    """A centre whose file nobody has sealed yet."""
    return found(vault_path, clock)


@pytest.fixture
def sealed(centre: Centre) -> Centre:
    """The same, the file sealed to the lawyer and the psychologist."""
    centre.seal("avukat", "psikolog")
    return centre


@contextmanager
def at(centre: Centre, name: str, look: Look) -> Iterator[Workplace]:
    with centre.at(name) as desk:
        place = Workplace(desk, look)
        yield place
        place.background.close()


def said(page: QWidget) -> str:
    """Return everything a page says: labels, buttons, tables, and what a screen reader hears."""
    parts = page.findChildren(QWidget)
    words = [part.text() for part in parts if isinstance(part, QLabel | QPushButton)]
    words += [part.accessibleName() + part.accessibleDescription() for part in parts]
    for table in page.findChildren(QTableView):
        model = table.model()
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                words.append(str(model.index(row, column).data()))
    return " ".join(words)


def shown(qtbot: QtBot, page: Page) -> Page:
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    page.enter()
    return page


@pytest.mark.parametrize("name", ["avukat2", "derya", "danisma"])
def test_no_page_shows_more_than_the_number_to_others(
    sealed: Centre, look: Look, qtbot: QtBot, name: str
) -> None:
    with at(sealed, name, look) as place:
        pages = [kind(place) for kind in (TodayPage, ClientsPage, PlayroomPage, ReferralsPage)]
        for page in [*pages, ClientPage(place, sealed.client.id)]:
            shown(qtbot, page)
            if isinstance(page, ClientsPage):
                page.names.set_shown(True)
            words = said(page)
            assert FILE_NO in words, type(page)
            assert "kısıtlı" in words, type(page)
            assert [mark for mark in MARKS if mark in words] == [], type(page)


def test_the_closed_file_says_whom_to_ask_and_lets_a_session_be_recorded(
    sealed: Centre, look: Look, qtbot: QtBot
) -> None:
    with at(sealed, "avukat2", look) as place:
        page = ClientPage(place, sealed.client.id)
        shown(qtbot, page)
        assert page.closed.isVisible()
        assert "AVUKAT, PSIKOLOG" in page.closed.words.text()
        assert not page.banner.isVisible()
        assert not page.timeline.isVisible()
        assert page.closed.breaks.isVisible()
        page.new_session()
        form = page.dialog
        assert isinstance(form, SessionDialog)
        form.submit()
        assert form.trouble == ""


def test_a_file_is_restricted_at_the_window(centre: Centre, look: Look, qtbot: QtBot) -> None:
    with at(centre, "avukat", look) as place:
        page = ClientPage(place, centre.client.id)
        shown(qtbot, page)
        assert not page.circle.isVisible()
        page.restrict.click()
        form = page.dialog
        assert isinstance(form, CircleDialog)
        ids = centre.ids
        assert ids["bilgi"] not in form.people
        assert form.people[ids["avukat"]].isChecked()
        assert not form.people[ids["avukat"]].isEnabled()
        form.people[ids["psikolog"]].setChecked(True)
        with qtbot.waitSignal(form.worked):
            form.save()
        assert page.circle.isVisible()
        assert "AVUKAT, PSIKOLOG" in page.circle.words.text()
        assert not page.restrict.isVisible()
        page.circle.change.click()
        changed = page.dialog
        assert isinstance(changed, CircleDialog)
        changed.people[ids["psikolog"]].setChecked(False)
        with qtbot.waitSignal(changed.worked):
            changed.save()
        assert "PSIKOLOG" not in page.circle.words.text()
        page._unseal()
        assert not page.circle.isVisible()
        assert page.restrict.isVisible()


def test_the_seal_is_broken_at_the_window_and_the_coordinator_reads_why(
    sealed: Centre, look: Look, qtbot: QtBot
) -> None:
    with at(sealed, "avukat2", look) as place:
        page = ClientPage(place, sealed.client.id)
        shown(qtbot, page)
        page.closed.breaks.click()
        form = page.dialog
        assert isinstance(form, BreakDialog)
        assert not form.ready()
        form.reason.setPlainText(REASON)
        form.code.setText(sealed.code)
        with qtbot.waitSignal(form.worked):
            form.save()
        assert page.banner.isVisible()
        assert page.circle.isVisible()
        assert breaking.is_broken(place.desk, sealed.client.id)
    with at(sealed, "derya", look) as place:
        first = TodayPage(place)
        shown(qtbot, first)
        assert REASON in said(first.seals)
        (read,) = first.seals.read_buttons
        read.click()
        assert not first.seals.isVisible()
        assert casework.client_page(place.desk, sealed.client.id).seal is Seal.CLOSED


def test_the_board_lets_no_child_of_a_closed_file_go(
    sealed: Centre, look: Look, qtbot: QtBot
) -> None:
    with at(sealed, "danisma", look) as place:
        board = PlayroomPage(place)
        shown(qtbot, board)
        row = board.rows[0]
        assert not row.out.isVisible()
        row.ask()
        assert row.question is None
        assert "AVUKAT, PSIKOLOG" in said(row)
