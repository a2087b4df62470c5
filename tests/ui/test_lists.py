"""Lists sort by their header, keep the cursor on the record it is on, and count what they show."""

import re
from collections.abc import Iterator
from datetime import date, time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from kadin_danisma.domain.records import Client, Referral
from kadin_danisma.services import intake, playroom, referring, trainings
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.pages import clients as clients_page
from kadin_danisma.ui.pages import referrals as referrals_page
from kadin_danisma.ui.pages.admin.page import AdminPage
from kadin_danisma.ui.pages.admin.users import UsersSection
from kadin_danisma.ui.pages.clients import ClientsPage
from kadin_danisma.ui.pages.referrals import ReferralsPage
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.widgets.timeline import entry_words
from tests.builders import (
    a_client,
    a_referral,
    a_training,
    a_visit,
    an_application,
)
from tests.ui.conftest import Typist

_DAY = re.compile(r"(\d\d)\.(\d\d)\.(\d{4})")
_STAY = re.compile(r"(?:(\d+) sa )?(\d+) dk")
#: In the order of words the second of November comes before the eleventh of October.
DAYS = (date(2026, 11, 2), date(2026, 10, 11), date(2025, 12, 30), date(2026, 9, 21))


@pytest.fixture
def files(desk: Desk) -> list[Client]:
    """Four files on which something happened on four days."""
    made = []
    for number, day in enumerate(DAYS, start=1):
        client = a_client(f"2026/{number:04}", birth_year=1980 + number)
        intake.open_file(desk, client)
        intake.record_application(
            desk, an_application(client, number=f"B-{number}", date=day, reasons=("shelter",))
        )
        referring.refer(desk, a_referral(client, date=day))
        playroom.check_in(
            desk,
            a_visit(client, child=f"Ç{number}", date=desk.today(), time_in=time(8, number),
                    time_out=time(12 - number, 30), collected_by="anne"),
        )  # fmt: skip
        trainings.add(desk, a_training(date=day, participants=10**number))
        made.append(client)
    return made


def tables(page: QWidget) -> Iterator[TableView[object]]:
    """Yield the lists of a page that have headers."""
    for table in page.findChildren(TableView):
        if table.isVisible() and not table.horizontalHeader().isHidden():
            yield table


def click_header(table: TableView[object], column: int) -> None:
    header = table.horizontalHeader()
    middle = header.sectionViewportPosition(column) + header.sectionSize(column) // 2
    at = QPoint(middle, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)


def words(table: TableView[object], column: int) -> list[str]:
    model = table.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def in_order(cells: list[str]) -> bool:
    """Tell whether days and numbers go up, each read as what it is."""
    days = [_DAY.match(cell) for cell in cells]
    if all(days):
        read = [(day[3], day[2], day[1]) for day in days if day]
        return read == sorted(read)
    stays = [_STAY.fullmatch(cell) for cell in cells]
    if all(stays):
        minutes = [60 * int(stay[1] or 0) + int(stay[2]) for stay in stays if stay]
        return minutes == sorted(minutes)
    numbers = [re.match(r"[\d.]+", cell) for cell in cells]
    if all(number and "/" not in cell for number, cell in zip(numbers, cells, strict=True)):
        values = [int(number[0].replace(".", "")) for number in numbers if number]
        return values == sorted(values)
    return True


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("key", ["clients", "playroom", "referrals", "trainings", "reports"])
def test_every_list_sorts_by_its_headers(window: MainWindow, key: str) -> None:
    window.show_page(key)
    assert window.page is not None
    for table in tables(window.page):
        given = [words(table, column) for column in range(table.model().columnCount())]
        for column in range(table.model().columnCount()):
            if table.isColumnHidden(column):
                continue
            click_header(table, column)
            up = words(table, column)
            assert in_order(up), (table.accessibleName(), up)
            assert sorted(up) == sorted(given[column])
            click_header(table, column)
            assert words(table, column) == up[::-1] or len(set(up)) < len(up)
            click_header(table, column)
            assert words(table, column) == given[column]


def test_the_order_and_the_cursor_stay_after_an_edit(
    window: MainWindow, files: list[Client], desk: Desk
) -> None:
    window.show_page("referrals")
    page = window.page
    assert isinstance(page, ReferralsPage)
    click_header(page.table, 3)
    page.table.selectRow(1)
    line = page.table.current()
    assert line is not None
    moved = Referral(
        **{name: getattr(line.referral, name) for name in Referral.__dataclass_fields__}
        | {"date": date(2026, 11, 20)}
    )
    window.place.bus.changed.emit(intake.correct(desk, moved))
    assert in_order(words(page.table, 3))
    current = page.table.current()
    assert current is not None
    assert current.referral.id == line.referral.id
    assert page.table.currentIndex().row() == len(files) - 1


def test_an_arrow_goes_on_to_the_next_where_the_record_left_the_list(
    window: MainWindow, files: list[Client], desk: Desk, typist: Typist
) -> None:
    """Nobody is marked by herself: whoever presses a key twice answers nothing for the next one."""
    assert files
    window.show_page("referrals")
    page = window.page
    assert isinstance(page, ReferralsPage)
    page.table.selectRow(1)
    line, after = page.table.current(), page.model.rows[2]
    assert line is not None
    window.place.bus.changed.emit(referring.close(desk, line.referral.id, "accepted", desk.today()))
    assert page.table.current() is None
    page.table.setFocus()
    typist.press("Down")
    current = page.table.current()
    assert current is not None
    assert current.referral.id == after.referral.id


def test_a_list_of_files_says_how_many_it_shows(
    window: MainWindow, files: list[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    window.show_page("clients")
    page = window.page
    assert isinstance(page, ClientsPage)
    assert page.header.subtitle.text() == f"{len(files)} dosya"
    monkeypatch.setattr(clients_page, "SHOWN", 3)
    page.reload()
    assert page.header.subtitle.text() == "4 dosya · son 3 kayıt gösteriliyor"
    page.search.setText("2026")
    assert page.header.subtitle.text() == "4 dosya · ilk 3 sonuç gösteriliyor"
    page.search.setText("2026/0002")
    assert page.header.subtitle.text() == "4 dosya · 1 sonuç"


def test_a_list_of_referrals_says_how_many_it_shows(
    window: MainWindow, files: list[Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert files
    window.show_page("referrals")
    page = window.page
    assert isinstance(page, ReferralsPage)
    page.institution.set_value("shelter")
    page.reload()
    assert page.header.subtitle.text().endswith("0 kayıt gösteriliyor")
    page.institution.set_value("every")
    monkeypatch.setattr(referrals_page, "SHOWN", 2)
    page.shown.buttons["all"].click()
    assert page.header.subtitle.text().endswith("son 2 kayıt gösteriliyor")


def test_the_timeline_says_why_she_came(window: MainWindow, files: list[Client]) -> None:
    window.show_client(files[0].id)
    said = [entry_words(entry) for entry in window.page.timeline.model.rows]  # type: ignore[union-attr]
    assert any("Sığınma" in words for words in said), said


@pytest.mark.parametrize("key", ["today", "clients", "applications", "playroom", "referrals"])
def test_nobody_is_marked_until_somebody_marks_her(
    window: MainWindow, files: list[Client], desk: Desk, typist: Typist, key: str
) -> None:
    intake.record_application(desk, an_application(files[0], number="B-9", date=desk.today()))
    window.show_page(key)
    page = window.page
    assert page is not None
    found = [each for each in page.findChildren(TableView) if each.isVisible()]
    assert found
    for table in found:
        assert table.current() is None
        table.setFocus(Qt.FocusReason.TabFocusReason)
        assert table.current() is None
        assert not table.selectionModel().hasSelection()
        opened: list[object] = []
        table.opened.connect(opened.append)
        typist.press("Down")
        assert table.currentIndex().row() == 0
        table.clear_choice()
        typist.press("Return")
        assert opened == []
        assert table.currentIndex().row() == 0
        table.clear_choice()


def test_no_account_is_marked_so_that_no_button_acts_on_anybody(window: MainWindow) -> None:
    window.show_page("admin")
    page = window.page
    assert isinstance(page, AdminPage)
    page.show_subject("users")
    section = page.sections["users"]
    assert isinstance(section, UsersSection)
    assert section.table.current() is None
    assert not section.remove.isEnabled()
