"""Before a report leaves the page says what it hides and why, how far it is, and can be stopped."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.table import MARK
from kadin_danisma.services import detail, intake, losses, reporting
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.background import CancelledError
from kadin_danisma.ui.pages.reports import ReportsPage
from kadin_danisma.ui.workplace import Workplace
from tests.builders import a_client, a_session, an_application
from tests.ui.conftest import gone

OCTOBER = Period.parse("2026-10")


def women_came(desk: Desk, count: int, letters: int = 1) -> None:
    for number in range(count):
        client = a_client(f"2026/{number:04}", birth_year=1980)
        intake.open_file(desk, client)
        channel = "letter" if number < letters else "phone"
        intake.record_application(desk, an_application(client, channel=channel))
        intake.record_session(desk, a_session(client))


@pytest.fixture
def page(place: Workplace, qtbot: QtBot) -> ReportsPage:
    made = ReportsPage(place)
    qtbot.addWidget(made)
    made.resize(1060, 700)
    made.show()
    return made


def words(part: QWidget) -> str:
    return " | ".join(each.text() for each in part.findChildren(QLabel))


def enter(page: ReportsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.shown, timeout=10_000):
        page.enter()
    page.views.buttons["hidden"].click()


def test_each_table_says_how_much_it_shows_and_why_the_rest_is_hidden(page, place, qtbot):
    women_came(place.desk, 12)
    enter(page, qtbot)
    draft = reporting.preview(place.desk, OCTOBER)
    rows = {loss.table_id: loss for loss in page.hidden.model.rows}
    assert rows.keys() == {table.id for table in draft.report.tables}
    for table in draft.report.tables:
        marks = list(table.cells.values()).count(MARK)
        assert (rows[table.id].hidden, rows[table.id].shown) == (marks, len(table.cells) - marks)
    channel = rows["applications_by_channel"]
    assert channel.small == 1
    assert channel.protecting >= 1


def test_the_table_that_loses_most_stands_first(page, place, qtbot):
    women_came(place.desk, 12)
    enter(page, qtbot)
    hidden = [loss.hidden for loss in page.hidden.model.rows]
    assert hidden == sorted(hidden, reverse=True)
    assert hidden[0] > 0


def test_a_report_of_too_few_women_says_that_this_is_why(page, place, qtbot):
    women_came(place.desk, 3, letters=0)
    enter(page, qtbot)
    assert "o kadar az kadın" in words(page.hidden.told)


def test_a_published_report_tells_no_more_why_its_numbers_are_hidden(
    page, place, qtbot, tmp_path: Path
):
    women_came(place.desk, 12)
    reporting.publish(place.desk, OCTOBER, tmp_path, ["json"])
    enter(page, qtbot)
    assert len(page.hidden.model.columns) == 3
    assert losses.why_withheld(reporting.preview(place.desk, OCTOBER)) == ""


def test_the_smallest_number_is_raised_after_a_second_question(page, place, qtbot):
    women_came(place.desk, 12)
    enter(page, qtbot)
    page.hidden.raise_it.click()
    form = page.hidden.dialog
    assert list(form.numbers.buttons) == ["6", "7", "8", "9", "10"]
    form.numbers.buttons["7"].click()
    form.submit()
    assert reporting.minimum(place.desk) == 5
    with qtbot.waitSignal(page.shown, timeout=10_000):
        form.question.yes.click()
    qtbot.waitUntil(lambda: gone(form))
    assert reporting.minimum(place.desk) == 7
    assert "7." in words(page.hidden.minimum)


def test_who_thinks_better_of_it_leaves_the_smallest_number_as_it_is(page, place, qtbot):
    enter(page, qtbot)
    page.hidden.raise_it.click()
    page.hidden.dialog.submit()
    page.hidden.dialog.question.reject()
    assert reporting.minimum(place.desk) == 5


def test_at_ten_nothing_more_can_be_raised(page, place, qtbot):
    reporting.raise_minimum(place.desk, 10)
    enter(page, qtbot)
    assert "10." in words(page.hidden.minimum)
    assert not page.hidden.raise_it.isVisible()


class _Slow:
    """A preview that goes on until somebody stops it, or lets it end."""

    def __init__(self, preview: Callable[..., object]) -> None:
        self.under_way, self.stopped, self.may_end = (threading.Event() for _ in range(3))
        self._preview = preview

    def __call__(self, desk, period, progress):
        try:
            while not self.may_end.wait(0.01):
                progress(3, 14)
                self.under_way.set()
        except CancelledError:
            self.stopped.set()
            raise
        return self._preview(desk, period, progress)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Slow]:
    made = _Slow(reporting.preview)
    monkeypatch.setattr(reporting, "preview", made)
    yield made
    made.may_end.set()


def test_the_page_says_how_far_it_is_and_can_be_stopped_and_begun_again(page, slow, qtbot):
    page.enter()
    qtbot.waitUntil(lambda: page.preparing.isVisible() and page.preparing.bar.value() == 3)
    assert page.preparing.bar.maximum() == 14
    page.preparing.stop.click()
    qtbot.waitUntil(slow.stopped.is_set)
    assert "durduruldu" in words(page.preparing)
    slow.may_end.set()
    with qtbot.waitSignal(page.shown, timeout=10_000):
        page.preparing.again.click()
    assert page.overview.isVisible()


def test_who_leaves_the_page_stops_the_preview(page, slow, qtbot):
    page.enter()
    qtbot.waitUntil(slow.under_way.is_set)
    page.leave()
    qtbot.waitUntil(slow.stopped.is_set)


def test_who_leafs_on_gets_the_report_of_the_period_she_sees(page, slow, qtbot):
    page.enter()
    qtbot.waitUntil(slow.under_way.is_set)
    slow.may_end.set()
    with qtbot.waitSignal(page.shown, timeout=10_000):
        page.bar.back.click()
    assert page.overview.isVisible()
    assert page.bar.period.key == "2026-09"


def test_what_coarser_groups_would_show_stands_beside_each_table(page, place, qtbot):
    women_came(place.desk, 12)
    enter(page, qtbot)
    assert not page.hidden.detail.compare.isVisible()
    with qtbot.waitSignal(page.shown, timeout=20_000):
        page.bar.choose(Period.parse("2026-Q4"))
    with qtbot.waitSignal(page.hidden.detail.compared, timeout=20_000) as made:
        page.hidden.detail.compare.click()
    coarse = {loss.table_id: loss for loss in losses.losses(made.args[0])}
    shown = {loss.table_id: page.hidden.model.columns[3].text(loss)
             for loss in page.hidden.model.rows}  # fmt: skip
    assert shown == {table: str(loss.shown) for table, loss in coarse.items()}
    assert "Geniş gruplarla" in page.hidden.coarse.text()


def test_the_detail_of_a_year_is_chosen_in_the_page(page, place, qtbot):
    women_came(place.desk, 12)
    enter(page, qtbot)
    page.hidden.detail.choose.click()
    form = page.hidden.detail.dialog
    assert list(form.years.buttons) == ["2026", "2027"]
    form.details.buttons["coarse"].click()
    with qtbot.waitSignal(page.shown, timeout=20_000):
        form.submit()
    assert detail.of_year(place.desk, 2026) == "coarse"
    assert "2026 yılının raporları: Geniş gruplar" in words(page.hidden.detail)


def test_a_year_of_which_something_left_is_not_offered_any_more(page, place, qtbot, tmp_path: Path):
    women_came(place.desk, 12)
    reporting.publish(place.desk, OCTOBER, tmp_path, ["json"])
    enter(page, qtbot)
    assert "değişmez" in words(page.hidden.detail)
    page.hidden.detail.choose.click()
    assert list(page.hidden.detail.dialog.years.buttons) == ["2027"]
