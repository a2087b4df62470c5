"""The log in words, asked by kind, person, day and file; and who has looked at one file."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.services import casework, finding, inspecting, intake
from kadin_danisma.ui.dialogs.logpaper import CompareDialog, ExportLogDialog
from kadin_danisma.ui.dialogs.lookers import LookersDialog
from kadin_danisma.ui.pages.admin.log import LogSection
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.widgets.loglist import LogList
from kadin_danisma.ui.workplace import Workplace
from tests.builders import a_client

IREM = a_client("2026/0412", name="İrem Kaya")


@pytest.fixture
def log(place: Workplace, qtbot: QtBot) -> LogSection:
    intake.open_file(place.desk, IREM)
    casework.client_page(place.desk, IREM.id)
    made = LogSection(place)
    qtbot.addWidget(made)
    made.resize(1060, 700)
    made.show()
    made.reload()
    return made


def deeds(shown: LogList) -> list[str]:
    return [each.line.action for each in shown.model.rows]


def test_the_log_says_in_words_who_did_what(log: LogSection) -> None:
    model = log.list.model
    first = [model.index(0, column).data() for column in range(4)]
    assert first == ["22.11.2026 10.00", "derya", "dosyayı görüntüledi", "2026/0412"]


def test_the_log_is_narrowed_by_kind(log: LogSection) -> None:
    log.kind.buttons["change"].click()
    assert deeds(log.list) == ["client.add", "vault.create"]


def test_the_log_is_narrowed_by_person(log: LogSection, place: Workplace) -> None:
    log.person.taken.emit(place.desk.user.id)
    assert set(deeds(log.list)) == {"audit.view", "client.view", "client.add", "vault.create"}
    assert log.query().user_id == place.desk.user.id


def test_the_log_is_narrowed_by_days(log: LogSection, clock: FixedClock) -> None:
    log.first.set_value(clock.today() + timedelta(days=1))
    log.first.editingFinished.emit()
    assert deeds(log.list) == []
    log.first.setText("olmayan gün")
    assert log.query() is None


def test_the_log_is_narrowed_by_file_and_a_wrong_number_is_said(log: LogSection) -> None:
    log.file_no.setText("2026/0412")
    log.file_no.editingFinished.emit()
    assert deeds(log.list) == ["client.view", "client.add"]
    log.file_no.setText("2026/9999")
    log.file_no.editingFinished.emit()
    assert log._fields[log.file_no].error
    assert deeds(log.list) == ["client.view", "client.add"]


def test_older_lines_are_fetched_when_they_are_asked_for(
    log: LogSection, place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _time in range(5):
        casework.client_page(place.desk, IREM.id)
    monkeypatch.setattr("kadin_danisma.services.auditing.PAGE", 4)
    log.ask()
    assert len(deeds(log.list)) == 4
    while log.list.older.isVisible():
        log.list.older.click()
    assert deeds(log.list)[-1] == "vault.create"
    seqs = [each.line.seq for each in log.list.model.rows]
    assert seqs == sorted(seqs, reverse=True)


def test_a_coordinator_sees_who_looked_at_a_file(place: Workplace, qtbot: QtBot) -> None:
    intake.open_file(place.desk, IREM)
    finding.all_clients(place.desk)
    page = ClientPage(place, IREM.id)
    qtbot.addWidget(page)
    page.lookers.click()
    assert isinstance(page.dialog, LookersDialog)
    assert deeds(page.dialog.list) == ["client.view", "list.clients", "client.add"]
    page.dialog.submit()


def test_nobody_else_is_offered_to_see_who_looked(place: Workplace, qtbot: QtBot) -> None:
    intake.open_file(place.desk, IREM)
    place.desk.vault.user = replace(place.desk.user, role=Role.LAWYER)
    page = ClientPage(place, IREM.id)
    qtbot.addWidget(page)
    assert page.lookers.parentWidget() is None


def test_what_was_searched_is_told_a_second_after_the_last_letter(
    window: MainWindow, clock: FixedClock, qtbot: QtBot
) -> None:
    intake.open_file(window.place.desk, IREM)
    window.search("irem")
    clock.moment += timedelta(seconds=1)
    qtbot.waitUntil(lambda: window.place.desk.sightings._waiting is None, timeout=5_000)


def test_the_lines_shown_leave_in_the_chosen_formats(
    log: LogSection, tmp_path: Path, qtbot: QtBot
) -> None:
    log.kind.buttons["change"].click()
    log.open_export()
    form = log.dialog
    assert isinstance(form, ExportLogDialog)
    form.where.set_folder(tmp_path)
    form.formats["csv"].setChecked(True)
    with qtbot.waitSignal(form.worked, timeout=20_000):
        form.submit()
    assert sorted(path.suffix for path in tmp_path.glob("kadin-danisma-log-*")) == [".csv", ".pdf"]


def test_without_a_format_nothing_leaves(log: LogSection) -> None:
    log.open_export()
    form = log.dialog
    assert isinstance(form, ExportLogDialog)
    form.formats["pdf"].setChecked(False)
    form.submit()
    assert form.trouble


def test_a_printed_state_is_written_and_compared(
    log: LogSection, place: Workplace, tmp_path: Path, qtbot: QtBot
) -> None:
    log.print_state(tmp_path)
    qtbot.waitUntil(lambda: log.message is not None, timeout=20_000)
    assert len(list(tmp_path.glob("kadin-danisma-log-state-*.pdf"))) == 1
    state = inspecting.check(place.desk).state
    for groups, title in ((state.head.hex(), "çıktıdakiyle aynı"), ("0" * 20, "aynı değil")):
        log.open_compare()
        form = log.dialog
        assert isinstance(form, CompareDialog)
        form.seq.setText("beş")
        form.submit()
        form.seq.setText(str(state.seq))
        form.groups.setText(groups)
        with qtbot.waitSignal(form.worked, timeout=20_000):
            form.submit()
        assert title in log.message.accessibleName()
