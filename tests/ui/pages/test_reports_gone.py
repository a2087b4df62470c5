"""What leaves beside the reports, and what comes back after a restore, in the window."""

import json
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import Period
from kadin_danisma.services import giving, intake, reconciling, reporting
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import behind, publications
from kadin_danisma.ui.pages.reports import ReportsPage
from kadin_danisma.ui.workplace import Workplace
from tests.builders import a_client, a_session, an_application
from tests.ui.conftest import gone

OCTOBER, SEPTEMBER = Period.parse("2026-10"), Period.parse("2026-09")
PATIENCE = 20_000


@pytest.fixture
def busy(place: Workplace) -> Desk:
    """Of each of three ages six women came in October; five applications were letters."""
    for number in range(18):
        client = a_client(f"2026/{number:04}", birth_year=(2000, 1990, 1975)[number % 3])
        intake.open_file(place.desk, client)
        channel = "letter" if number < 5 else "phone"
        intake.record_application(place.desk, an_application(client, channel=channel))
        intake.record_session(place.desk, a_session(client))
    return place.desk


@pytest.fixture
def page(place: Workplace, qtbot: QtBot) -> ReportsPage:
    made = ReportsPage(place)
    qtbot.addWidget(made)
    made.resize(1060, 700)
    made.show()
    return made


def enter(page: ReportsPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.shown, timeout=PATIENCE):
        page.enter()
    page.views.buttons["published"].click()


def words(part: QWidget) -> str:
    return " | ".join(each.text() for each in part.findChildren(QLabel))


def test_a_number_given_by_hand_is_entered_and_listed(page, busy, qtbot):
    enter(page, qtbot)
    page.published.tell.click()
    form = page.published.dialog
    form.table.taken.emit("applications_by_channel")
    form.cells[0].taken.emit("phone")
    form.number.setText("13")
    form.whom.setText("Belediye meclisi")
    form.day.setText("3.11.2026")
    form.submit()
    qtbot.waitUntil(lambda: page.published.message is not None, timeout=PATIENCE)
    assert "2026/10-2" in page.published.message.words.text()
    assert gone(form)
    (line,) = page.published.lines
    assert line.what == "Sayı: Kanala göre başvurular, Telefon: 13 (Belediye meclisi, 03.11.2026)"
    assert page.published.number_of(OCTOBER) == ""


def test_a_number_that_reports_do_not_count_is_refused_calmly(page, busy, qtbot):
    enter(page, qtbot)
    page.published.tell.click()
    form = page.published.dialog
    form.number.setText("17")
    form.whom.setText("Basın")
    form.submit()
    qtbot.waitUntil(lambda: bool(form.trouble), timeout=PATIENCE)
    assert form.isVisible()
    assert giving.given(busy) == []


def test_a_number_without_a_hearer_or_a_day_is_not_entered(page, busy, qtbot):
    enter(page, qtbot)
    page.published.tell.click()
    form = page.published.dialog
    form.number.setText("on iki")
    form.day.setText("yakında")
    form.submit()
    assert "tam sayı" in words(form)
    assert "kime" in words(form)
    assert giving.given(busy) == []


def test_a_cross_table_asks_for_both_of_its_sides(page, busy, qtbot):
    enter(page, qtbot)
    page.published.tell.click()
    form = page.published.dialog
    form.table.taken.emit("sessions_by_service_and_channel")
    assert [box.accessibleName() for box in form.cells] == ["Hizmet türü", "Kanal"]
    form.table.taken.emit("summary")
    assert len(form.cells) == 1


def test_a_table_on_request_is_looked_at_and_exported(page, busy, qtbot, tmp_path: Path):
    enter(page, qtbot)
    page.published.ask.click()
    asked = page.published.dialog
    asked.table.taken.emit("clients_by_age_band")
    asked.submit()
    qtbot.waitUntil(lambda: page.published.dialog is not asked, timeout=PATIENCE)
    form = page.published.dialog
    assert ("Toplam", "18") in form.model.rows
    assert giving.given(busy) == []
    form.where.set_folder(tmp_path)
    form.submit()
    qtbot.waitUntil(lambda: page.published.message is not None, timeout=PATIENCE)
    data = json.loads((tmp_path / "kadin-danisma-2026-10-2.json").read_text(encoding="utf-8"))
    assert [table["id"] for table in data["tables"]] == ["clients_by_age_band"]
    assert [line.what for line in page.published.lines] == ["Tablo: Yaşa göre kadınlar"]


def test_a_table_of_stars_is_refused_before_anything_leaves(page, busy, qtbot):
    enter(page, qtbot)
    page.published.ask.click()
    form = page.published.dialog
    form.period.back.click()
    form.table.taken.emit("clients_by_marital")
    for number in range(2):
        client = a_client(f"2026/9{number:03}", birth_year=1990)
        intake.open_file(busy, client)
        intake.record_application(busy, an_application(client, date=date(2026, 9, 3)))
    form.submit()
    qtbot.waitUntil(lambda: bool(form.trouble), timeout=PATIENCE)
    assert "kimsenin işine yaramaz" in form.trouble
    assert giving.given(busy) == []


def test_the_same_grouping_is_offered_once(page, busy, qtbot):
    enter(page, qtbot)
    page.published.ask.click()
    form = page.published.dialog
    form.table.taken.emit("clients_by_perpetrator")
    assert [choice.key for choice in form.detail.choices] == ["quarter", "full"]


def test_what_left_comes_out_again(page, busy, qtbot, tmp_path: Path):
    (first, *_others) = giving.custom(
        busy, OCTOBER, "clients_by_age_band", "month", tmp_path / "1", ["json"]
    )
    enter(page, qtbot)
    page.published.table.opened.emit(page.published.lines[0])
    form = page.published.dialog
    form.where.set_folder(tmp_path / "2")
    form.submit()
    assert (tmp_path / "2" / first.name).read_bytes() == first.read_bytes()


def test_the_proofs_are_checked_again_at_a_click(page, busy, qtbot, tmp_path: Path):
    reporting.publish(busy, OCTOBER, tmp_path, ["json"])
    enter(page, qtbot)
    page.published.check.click()
    qtbot.waitUntil(lambda: page.published.message is not None, timeout=PATIENCE)
    assert page.published.message.accessibleName() == "Kanıtlar doğrulandı"
    assert page.published.message.words.text().startswith("1 kanıt")


def test_a_report_that_was_changed_in_the_vault_is_found(page, busy, qtbot, tmp_path: Path):
    reporting.publish(busy, OCTOBER, tmp_path, ["json"])
    with busy.vault.write() as db:
        change = "UPDATE publication SET report = replace(report, ?, ?)"
        db.execute(change, ('["clients",18]', '["clients",19]'))
    enter(page, qtbot)
    page.published.check.click()
    qtbot.waitUntil(lambda: page.published.message is not None, timeout=PATIENCE)
    assert page.published.message.accessibleName() == "Bazı kanıtlar doğrulanamadı"
    assert "2026/10-1" in page.published.message.words.text()


@pytest.fixture
def restored(busy: Desk, tmp_path: Path) -> Desk:
    """The vault was made from a copy of today; October had left by then and is unknown again."""
    reporting.publish(busy, OCTOBER, tmp_path, ["json"])
    with busy.vault.write() as db:
        db.execute("DELETE FROM publication_file")
        db.execute("DELETE FROM publication")
        behind.mark(db)
    return busy


def test_after_a_restore_the_page_says_calmly_what_to_do(page, restored, qtbot):
    enter(page, qtbot)
    assert page.missing.isVisible()
    assert "22.11.2026" in words(page.missing)


def test_without_a_restore_nothing_is_said(page, busy, qtbot):
    enter(page, qtbot)
    assert not page.missing.isVisible()


def test_reports_come_back_and_a_sentence_opens_the_way(page, restored, qtbot, tmp_path: Path):
    file = tmp_path / "kadin-danisma-2026-10.json"
    enter(page, qtbot)
    page.missing.act.click()
    form = page.missing.dialog
    other = tmp_path / "liste.json"
    other.write_text("[]")
    form.bring_back([other, file])
    assert "2026/10-1" in form.told[1]
    assert "değil" in form.told[0]
    form.submit()
    assert form.trouble
    form.sentence.setPlainText("Ekim raporu geri geldi, başka rapor yayımlanmadı.")
    with qtbot.waitSignal(page.shown, timeout=PATIENCE):
        form.submit()
    assert reconciling.missing_since(restored) is None
    assert not page.missing.isVisible()
    assert page.published.number_of(OCTOBER) == "2026/10-1"
    with restored.vault.read() as db:
        assert publications.files_of(db, "2026/10-1")["json"] == file.read_bytes()


def test_the_fields_of_a_number_follow_each_other_at_the_keyboard(page, busy, qtbot, typist):
    enter(page, qtbot)
    page.published.tell.click()
    form = page.published.dialog
    form.table.taken.emit("sessions_by_service_and_channel")
    qtbot.waitUntil(form.cells[-1].isVisible)
    form.table.setFocus()
    for field in (*form.cells, form.number, form.day, form.whom):
        typist.press("Tab")
        assert form.focusWidget() is field
