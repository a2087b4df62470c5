"""Ctrl+P on a report: its pages first, real printers only, and what is printed is published."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import Period
from kadin_danisma.errors import KnownError
from kadin_danisma.services import auditing, intake, reporting
from kadin_danisma.ui import printers, printing
from kadin_danisma.ui.pages.reports import ReportsPage
from kadin_danisma.ui.printing import NotOnPaperError
from kadin_danisma.ui.workplace import Workplace
from tests.builders import a_client, a_session, an_application

OCTOBER = Period.parse("2026-10")
#: Until a report is made beside the window.
PATIENCE = 20_000


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bytes]]:
    """What went to a printer; none is there, so one is said to be."""
    went: list[tuple[str, bytes]] = []
    monkeypatch.setattr(printers, "names", lambda: ["ofis", "arka oda"])
    monkeypatch.setattr(printing, "printer_named", lambda name: name)
    monkeypatch.setattr(printing, "print_secretly", lambda name, pdf: went.append((name, pdf)))
    return went


@pytest.fixture
def page(place: Workplace, qtbot: QtBot) -> ReportsPage:
    """October on the screen, of twelve women."""
    for number in range(12):
        client = a_client(f"2026/{number:04}", birth_year=1980)
        intake.open_file(place.desk, client)
        intake.record_application(place.desk, an_application(client))
        intake.record_session(place.desk, a_session(client))
    made = ReportsPage(place)
    qtbot.addWidget(made)
    made.resize(1060, 700)
    with qtbot.waitActive(made):
        made.show()
    with qtbot.waitSignal(made.shown, timeout=PATIENCE):
        made.enter()
    return made


@pytest.fixture
def print_it(page: ReportsPage) -> Callable[[], None]:
    """Ask for paper, look, and let it print."""

    def go() -> None:
        page.print.click()
        assert page.print_form is not None
        page.print_form.do.click()

    return go


def test_the_pages_are_looked_at_first_and_nothing_leaves_by_looking(
    page: ReportsPage, place: Workplace, printed: list[tuple[str, bytes]], qtbot: QtBot
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    form = page.print_form
    assert form is not None
    assert form.reader.view.pages >= 2
    assert form.reader.state.text() != ""
    assert list(form.printer.buttons) == ["ofis", "arka oda"]
    form.reject()
    assert printed == []
    assert reporting.published(place.desk) == []


def test_what_is_printed_is_published_and_logged(
    page: ReportsPage, place: Workplace, printed: list[tuple[str, bytes]], print_it, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.shown, timeout=PATIENCE):
        print_it()
    ((printer, pdf),) = printed
    assert printer == "ofis"
    assert pdf == reporting.for_paper(place.desk, OCTOBER)
    assert [each.period for each in reporting.published(place.desk)] == [OCTOBER.key]
    deeds = [line.line.action for line in auditing.page(place.desk, auditing.LogQuery())]
    assert {"report", "report.print"} <= set(deeds)


def test_it_is_printed_again_as_it_left(
    page: ReportsPage, printed: list[tuple[str, bytes]], print_it, place: Workplace, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.shown, timeout=PATIENCE):
        print_it()
    late = a_client("2026/0099")
    intake.open_file(place.desk, late)
    intake.record_application(place.desk, an_application(late, number="B-99"))
    with qtbot.waitSignal(page.shown, timeout=PATIENCE):
        print_it()
    assert printed[0] == printed[1]


def test_a_printer_that_would_write_a_file_is_told_and_the_report_stays_to_be_printed(
    page: ReportsPage, printed, print_it, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_printer: object, _pdf: bytes) -> None:
        raise NotOnPaperError("x")

    monkeypatch.setattr(printing, "print_secretly", refuse)
    with qtbot.waitSignal(page.shown, timeout=PATIENCE):
        print_it()
    assert page.message is not None
    assert page.message.words.text() == "x"


def test_without_a_printer_the_way_by_the_file_is_told(
    page: ReportsPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printers, "names", list)
    page.print.click()
    assert page.print_form is None
    assert page.message is not None
    assert "PDF" in page.message.words.text()


def test_a_period_that_is_not_over_is_not_printed(
    page: ReportsPage, place: Workplace, printed: list[tuple[str, bytes]], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.shown, timeout=PATIENCE):
        page.bar.choose(Period.parse("2026-11"))
    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert page.print_form is None
    with pytest.raises(KnownError):
        reporting.for_paper(place.desk, Period.parse("2026-11"))
    assert printed == []
