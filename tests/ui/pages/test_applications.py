"""The page of applications: all of some days, filtered, opened, corrected and linked by keys."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import Application, Client
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.spans import DAY, MONTH, Span
from kadin_danisma.services import casework, circles, intake, people
from kadin_danisma.services.desk import Desk
from kadin_danisma.store.vault import Vault
from kadin_danisma.ui.dialogs.application import ApplicationDialog
from kadin_danisma.ui.dialogs.linking import LinkDialog
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.pages.applications import ApplicationsPage
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.workplace import Workplace
from tests.builders import PASSPHRASE, a_client, an_application
from tests.ui.conftest import Typist, gone
from tests.ui.shortcuts import clashes

TODAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 16)
FILE, NOTE, TAKEN_BY = 2, 6, 7


@pytest.fixture
def client(place: Workplace) -> Client:
    made = a_client("2026/0412", must_not_know="eşi")
    intake.open_file(place.desk, made)
    return made


@pytest.fixture
def taken(place: Workplace, client: Client) -> dict[str, Application]:
    """Four of this week, one of the week before; B-1, B-3 and B-5 are contacts."""
    made = {
        each.number: each
        for each in (
            an_application(number="B-1", date=TODAY, time=time(9, 0), note="Ablası aradı."),
            an_application(client, number="B-2", date=TODAY, time=time(9, 30), channel="email"),
            an_application(number="B-3", date=MONDAY, reasons=("divorce",)),
            an_application(client, number="B-4", date=MONDAY, reasons=("violence", "divorce")),
            an_application(number="B-5", date=date(2026, 11, 15)),
        )
    }
    for each in made.values():
        intake.record_application(place.desk, each)
    return made


def shown_page(place: Workplace, qtbot: QtBot) -> ApplicationsPage:
    made = ApplicationsPage(place)
    qtbot.addWidget(made)
    made.resize(1150, 700)
    with qtbot.waitActive(made):
        made.show()
    made.enter()
    return made


@pytest.fixture
def page(place: Workplace, taken: dict[str, Application], qtbot: QtBot) -> ApplicationsPage:
    return shown_page(place, qtbot)


def numbers(page: ApplicationsPage) -> list[str]:
    return [line.application.number for line in page.model.rows]


def cell(page: ApplicationsPage, row: int, column: int) -> str:
    return str(page.model.index(row, column).data() or "")


def test_it_begins_with_this_week_latest_first(page: ApplicationsPage) -> None:
    assert numbers(page) == ["B-2", "B-1", "B-4", "B-3"]
    assert page.header.subtitle.text() == "2 başvuru · 2 dosyasız başvuru"
    assert [cell(page, row, FILE) for row in range(2)] == ["2026/0412", "dosyasız"]
    assert {cell(page, row, TAKEN_BY) for row in range(4)} == {"Derya A."}
    assert page.span.title.text() == "16.11.2026 – 22.11.2026"


def test_a_day_and_a_month_are_one_click_away_and_leafed_by_keys(
    page: ApplicationsPage, qtbot: QtBot
) -> None:
    page.span.kind.buttons[DAY].click()
    assert numbers(page) == ["B-2", "B-1"]
    page.span.kind.buttons[MONTH].click()
    assert len(numbers(page)) == 5
    page.span.choose(Span.around(TODAY, DAY))
    for _day in range(7):
        qtbot.keyClick(page.table, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert numbers(page) == ["B-5"]
    qtbot.keyClick(page.table, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert numbers(page) == ["B-4", "B-3"]
    page.span.now.click()
    assert numbers(page) == ["B-2", "B-1"]
    assert not page.span.onward.isEnabled()


def test_days_that_have_not_begun_are_not_shown(page: ApplicationsPage) -> None:
    page.span.choose(Span.around(TODAY, DAY))
    page.span.choose(page.span.span.later())
    assert page.span.span.first == TODAY


def test_each_choice_says_how_many_it_shows(page: ApplicationsPage) -> None:
    words = [made.text() for made in page.sieve.standing.buttons.values()]
    assert words == ["Tümü 4", "Dosyalı 2", "Dosyasız 2"]
    page.sieve.standing.buttons["contact"].click()
    assert numbers(page) == ["B-1", "B-3"]
    assert [offer.label for offer in page.sieve.reason.choices] == [
        "Bütün nedenler · 2", "Boşanma · 1", "Şiddet · 1",
    ]  # fmt: skip
    page.sieve.reason.set_value("divorce")
    page.sieve.reason.chosen_changed.emit("divorce")
    assert numbers(page) == ["B-3"]
    assert page.sieve.standing.buttons["all"].text() == "Tümü 2"
    assert page.header.subtitle.text() == "0 başvuru · 1 dosyasız başvuru"


def test_it_is_sifted_by_channel_and_by_who_took_it(page: ApplicationsPage) -> None:
    page.sieve.channel.set_value("email")
    page.sieve.channel.chosen_changed.emit("email")
    assert numbers(page) == ["B-2"]
    me = page.place.desk.user.id
    assert [offer.key for offer in page.sieve.taken_by.choices] == ["every", me]
    page.sieve.clear()
    page.reload()
    page.sieve.taken_by.set_value(me)
    page.sieve.taken_by.chosen_changed.emit(me)
    assert len(numbers(page)) == 4


def test_a_choice_stays_offered_where_it_shows_nothing(page: ApplicationsPage) -> None:
    page.sieve.channel.set_value("email")
    page.sieve.channel.chosen_changed.emit("email")
    page.span.choose(Span.around(MONDAY, DAY))
    assert numbers(page) == []
    assert page.sieve.channel.value() == "email"
    assert page.sieve.channel.choices[-1].label.endswith(" · 0")
    page.sieve.clear()
    page.reload()
    assert numbers(page) == ["B-4", "B-3"]


def test_enter_opens_it_and_a_correction_keeps_the_mark(
    page: ApplicationsPage, qtbot: QtBot
) -> None:
    page.table.selectRow(3)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    form = page.dialog
    assert isinstance(form, ApplicationDialog)
    assert form.note.text() == "B-3"
    form.time.setText("14.00")
    form.channel.set_value("email")
    form.submit()
    assert gone(form)
    current = page.table.current()
    assert current is not None
    assert (current.application.number, current.application.channel) == ("B-3", "email")


def test_a_contact_is_linked_to_its_file_by_keys(
    window: MainWindow, taken: dict[str, Application], client: Client, typist: Typist
) -> None:
    typist.press("Ctrl+3")
    page = window.page
    assert isinstance(page, ApplicationsPage)
    for key in ("Down", "Down", "Ctrl+L"):
        typist.press(key)
    form = page.dialog
    assert isinstance(form, LinkDialog)
    assert form.chosen.text() == "Henüz dosya seçilmedi."
    typist.press("Ctrl+Return")
    assert not gone(form)
    assert form.field.error
    typist.type("0412")
    typist.press("Return")
    assert form.chosen.text() == "2026/0412"
    assert form.banner.isVisible()
    typist.press("Ctrl+Return")
    assert gone(form)
    current = page.table.current()
    assert current is not None
    assert (current.application.number, current.file_no) == ("B-1", "2026/0412")
    assert page.header.subtitle.text() == "3 başvuru · 1 dosyasız başvuru"
    page_of_file = casework.client_page(page.place.desk, client.id)
    assert "B-1" in {getattr(entry.record, "number", "") for entry in page_of_file.timeline}


def test_only_a_contact_can_be_linked(page: ApplicationsPage) -> None:
    page.table.selectRow(0)
    assert (page.to_link.isEnabled(), page.to_file.isEnabled()) == (False, True)
    page.link()
    assert page.dialog is None
    page.table.selectRow(1)
    assert (page.to_link.isEnabled(), page.to_file.isEnabled()) == (True, False)


def test_its_file_is_one_key_away(page: ApplicationsPage, client: Client, qtbot: QtBot) -> None:
    page.table.selectRow(0)
    with qtbot.waitSignal(page.place.nav.client_wanted) as wanted:
        qtbot.keyClick(page.table, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    assert wanted.args == [client.id]


def test_no_key_is_wanted_twice(page: ApplicationsPage) -> None:
    assert clashes(page) == []


def test_nothing_is_said_where_nothing_is(place: Workplace, qtbot: QtBot) -> None:
    page = shown_page(place, qtbot)
    assert page.header.subtitle.text() == "0 başvuru · 0 dosyasız başvuru"
    assert page.table.isHidden() or not page.table.isVisible()
    assert not page.to_correct.isEnabled()


@pytest.fixture
def colleague(
    place: Workplace, taken: dict[str, Application], clock: FixedClock, look: Look, qtbot: QtBot
) -> Callable[[str], ApplicationsPage]:
    """The page of somebody else, once the file was restricted by a lawyer."""
    desk = place.desk
    people.add_user(desk, "leyla", "Av. Leyla", Role.LAWYER, PASSPHRASE)
    people.add_user(desk, "selin", "Selin C.", Role.FRONT_DESK, PASSPHRASE)
    path: Path = desk.vault.path
    client_id = taken["B-2"].client_id
    desk.close()
    with Vault.open(path, "leyla", PASSPHRASE, clock) as vault:
        circles.seal(Desk(vault, clock), client_id or "", [])

    def sit_down(name: str) -> ApplicationsPage:
        other = Workplace(Desk(Vault.open(path, name, PASSPHRASE, clock), clock), look)
        return shown_page(other, qtbot)

    return sit_down


def test_one_of_a_restricted_file_is_a_number(
    colleague: Callable[[str], ApplicationsPage], qtbot: QtBot
) -> None:
    page = colleague("selin")
    assert numbers(page) == ["", "B-1", "", "B-3"]
    said = [str(page.model.index(0, place).data() or "") for place in range(8)]
    assert said == ["22.11.2026", "–", "2026/0412", "kısıtlı dosya", "", "–", "", "–"]
    page.table.selectRow(0)
    assert not page.to_correct.isEnabled()
    with qtbot.waitSignal(page.place.nav.client_wanted):
        qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert page.dialog is None
    page.place.desk.close()


@pytest.mark.parametrize(("name", "said"), [("leyla", "Not"), ("selin", "Not: kapalı")])
def test_a_note_is_shown_as_there_or_closed_and_never_in_words(
    colleague: Callable[[str], ApplicationsPage], name: str, said: str
) -> None:
    page = colleague(name)
    row = numbers(page).index("B-1")
    assert cell(page, row, NOTE) == said
    words = [cell(page, row, place) for place in range(8)]
    assert not [each for each in words if "Ablası" in each]
    page.place.desk.close()


def test_the_window_shows_a_contact_at_its_day(
    window: MainWindow, taken: dict[str, Application]
) -> None:
    window.place.nav.contact_wanted.emit(taken["B-5"].id, taken["B-5"].date)
    page = window.page
    assert isinstance(page, ApplicationsPage)
    assert window.front == "applications"
    current = page.table.current()
    assert current is not None
    assert (current.application.number, page.span.span.kind) == ("B-5", DAY)
