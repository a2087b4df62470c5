"""What leaves the centre is seen before; what must not leave stays on the screen."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.role import Role
from kadin_danisma.services import intake, reporting
from kadin_danisma.services.desk import Desk
from kadin_danisma.store.vault import Vault
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.pages.reports import ReportsPage
from kadin_danisma.ui.widgets.chart import ChartView
from kadin_danisma.ui.widgets.progress import ProgressDialog
from kadin_danisma.ui.workplace import Workplace
from tests.builders import a_client, a_session, an_application

OCTOBER = Period.parse("2026-10")


@pytest.fixture
def october(place: Workplace) -> None:
    """Twelve women who came in October, one of them by letter."""
    for number in range(12):
        client = a_client(f"2026/{number:04}", birth_year=1980)
        intake.open_file(place.desk, client)
        channel = "letter" if number == 0 else "phone"
        intake.record_application(place.desk, an_application(client, channel=channel))
        intake.record_session(place.desk, a_session(client))


@pytest.fixture
def page(place: Workplace, qtbot: QtBot) -> ReportsPage:
    made = ReportsPage(place)
    qtbot.addWidget(made)
    made.resize(1060, 700)
    made.show()
    return made


@pytest.fixture
def loaded(page: ReportsPage, qtbot: QtBot) -> Callable[[Callable[[], object]], None]:
    """Do something and wait until the report it asks for is on the screen."""

    def wait(act: Callable[[], object]) -> None:
        with qtbot.waitSignal(page.shown, timeout=10_000):
            act()

    return wait


def figures(page: ReportsPage) -> str:
    return page.overview.findChild(type(page.overview.widget())).parent() and " | ".join(
        part.accessibleName() for part in page.overview.findChildren(type(page.overview.widget()))
    )


def test_the_last_finished_month_is_shown_first(page, october, loaded):
    loaded(page.enter)
    assert page.bar.period == OCTOBER
    assert page.bar.title.text() == "Ekim 2026"
    assert "12 Kadın" in figures(page)
    assert page.paper.view.pages >= 2


def test_the_pages_are_drawn_when_they_are_looked_at(page, october, loaded, qtbot):
    loaded(page.enter)
    assert page.paper.view.findChildren(QLabel) == []
    page.views.buttons["paper"].click()
    qtbot.waitUntil(lambda: len(page.paper.view.findChildren(QLabel)) == page.paper.view.pages)


def test_every_table_stands_as_a_chart_that_can_be_read_aloud(page, october, loaded):
    loaded(page.enter)
    charts = page.overview.findChildren(ChartView)
    assert len(charts) == len(reporting.preview(page.place.desk, OCTOBER).report.tables) - 1
    assert all(chart.accessibleName() for chart in charts)


def test_the_preview_shows_nothing_that_the_report_hides(page, october, loaded):
    loaded(page.enter)
    told = " ".join(chart.accessibleName() for chart in page.overview.findChildren(ChartView))
    assert "*" in told
    assert ": 1;" not in told


def test_one_can_leaf_through_periods_but_not_into_the_future(page, october, loaded):
    loaded(page.enter)
    loaded(page.bar.back.click)
    assert page.bar.period.key == "2026-09"
    loaded(page.bar.kind.buttons["quarter"].click)
    assert page.bar.period.key == "2026-Q3"
    loaded(page.bar.kind.buttons["year"].click)
    assert page.bar.period.key == "2025"
    loaded(page.bar.onward.click)
    assert not page.bar.onward.isEnabled()


def test_a_period_that_is_not_over_is_only_a_preview(page, october, loaded):
    loaded(page.enter)
    assert page.export.isEnabled()
    loaded(page.bar.onward.click)
    assert not page.export.isEnabled()


def test_the_report_is_exported_and_frozen(page, october, loaded, tmp_path: Path, qtbot):
    loaded(page.enter)
    folder = tmp_path / "çıkış"
    page.open_export()
    page.dialog.where.set_folder(folder)
    page.dialog.formats["csv"].setChecked(False)
    loaded(page.dialog.submit)
    names = {path.suffix for path in folder.iterdir()}
    assert names == {".pdf", ".xlsx", ".json"}
    qtbot.waitUntil(lambda: page.message is not None)
    assert "kadin-danisma-2026-10.pdf" in page.message.words.text()
    assert page.bar.state.text() == "Yayımlandı: 2026/10-1"
    assert [line.number for line in page.published.lines] == ["2026/10-1"]


def test_a_clock_years_from_the_log_is_asked_about_before_anything_leaves(
    page, october, loaded, tmp_path: Path, qtbot, clock
):
    loaded(page.enter)
    clock.moment += timedelta(days=1000)
    page.bar.choose(OCTOBER)
    folder = tmp_path / "çıkış"
    page.open_export()
    page.dialog.where.set_folder(folder)
    page.dialog.submit()
    qtbot.waitUntil(lambda: page.message is not None)
    assert "22.11.2026" in page.message.words.text()
    assert not page.message.yes.isDefault()
    assert list(folder.glob("*")) == []
    asked = page.message
    asked.yes.click()
    qtbot.waitUntil(lambda: page.message is not asked)
    assert "kadin-danisma-2026-10.pdf" in page.message.words.text()
    assert len(list(folder.glob("*.pdf"))) == 1


def test_a_published_report_is_exported_again_as_it_was(
    page, october, loaded, tmp_path: Path, place
):
    (first,) = reporting.publish(place.desk, OCTOBER, tmp_path / "1", ["json"])
    client = a_client("2026/0999")
    intake.open_file(place.desk, client)
    intake.record_application(place.desk, an_application(client, date=date(2026, 10, 20)))
    loaded(page.enter)
    page.views.buttons["published"].click()
    loaded(lambda: page.published.table.opened.emit(page.published.lines[0]))
    page.open_export()
    page.dialog.where.set_folder(tmp_path / "2")
    loaded(page.dialog.submit)
    assert (tmp_path / "2" / first.name).read_bytes() == first.read_bytes()


def test_a_folder_that_cannot_be_written_is_said_calmly(
    page, october, loaded, tmp_path: Path, qtbot
):
    loaded(page.enter)
    blocked = tmp_path / "dosya"
    blocked.write_text("")
    page.open_export()
    page.dialog.where.set_folder(blocked)
    page.dialog.submit()
    qtbot.waitUntil(lambda: page.message is not None, timeout=10_000)
    assert page.message.words.text()
    assert blocked.is_file()


def test_without_a_format_nothing_is_exported(page, october, loaded):
    loaded(page.enter)
    page.open_export()
    for box in page.dialog.formats.values():
        box.setChecked(False)
    page.dialog.submit()
    assert page.dialog.trouble
    assert page.findChild(ProgressDialog) is None


def test_true_counts_are_marked_and_forgotten_when_the_page_is_left(page, october, loaded):
    loaded(page.enter)
    page.views.buttons["counts"].click()
    assert page.counts.names.count() == 15
    page.counts.names.setCurrentRow(1)
    model = page.counts.table.model()
    shown = {
        model.index(row, 0).data(): model.index(row, 1).data() for row in range(model.rowCount())
    }
    assert (shown["Mektup/dilekçe"], shown["Telefon"], shown["Toplam"]) == ("1", "11", "12")
    page.leave()
    assert page.counts.names.count() == 0
    assert page.views.chosen() == "overview"


def test_tables_of_two_dimensions_have_their_margins(page, october, loaded):
    loaded(page.enter)
    page.views.buttons["counts"].click()
    page.counts.names.setCurrentRow(12)
    model = page.counts.table.model()
    assert model.index(model.rowCount() - 1, model.columnCount() - 1).data() == "12"


def test_that_true_counts_were_looked_at_is_logged(page, october, loaded, vault: Vault):
    loaded(page.enter)
    page.views.buttons["counts"].click()
    with vault.read() as db:
        logged = db.execute("SELECT count(*) FROM audit WHERE action = 'counts'").fetchone()
    assert logged == (1,)


@pytest.mark.parametrize("role", [Role.LAWYER, Role.FRONT_DESK, Role.IT])
def test_whoever_may_neither_publish_nor_count_has_no_such_page(role: Role, place, desk: Desk):
    from dataclasses import replace

    from kadin_danisma.ui.shell.pages import places_for

    assert "reports" in [entry.key for entry in places_for(place)]
    desk.vault.user = replace(desk.vault.user, role=role)
    assert "reports" not in [entry.key for entry in places_for(place)]


def test_the_page_can_be_worn_in_every_look_and_language(
    worn: Look, language: str, place, october, qtbot
):
    made = ReportsPage(place)
    qtbot.addWidget(made)
    made.resize(1060, 700)
    made.show()
    with qtbot.waitSignal(made.shown, timeout=10_000):
        made.enter()
    assert not made.grab().isNull()
    assert made.minimumSizeHint().width() <= 1060
