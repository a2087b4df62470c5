"""A woman calls, comes, is sent on, her child plays; the month is over and its report leaves.

One story through the real program: first start, sign-in, quick entry by keyboard, session,
referral, playroom, lock, sign-in again a month later, and the exported files.
"""

import json
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import ISTANBUL, FixedClock
from kadin_danisma.domain.recovery import Kind
from kadin_danisma.domain.table import MARK
from kadin_danisma.ui.dialogs.export import ExportDialog
from kadin_danisma.ui.dialogs.referral import ReferralDialog
from kadin_danisma.ui.dialogs.session import SessionDialog
from kadin_danisma.ui.dialogs.visit import VisitDialog
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.pages.clients import ClientsPage
from kadin_danisma.ui.pages.reports import ReportsPage
from kadin_danisma.ui.shell.first_start import FirstStartPanel
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.shell.program import Program
from kadin_danisma.ui.shell.recovery import RecoveryPanel
from tests.builders import PASSPHRASE
from tests.stories.conftest import Start
from tests.ui import papers
from tests.ui.conftest import Typist
from tests.ui.door import in_front, sign_in
from tests.ui.papers import PATIENCE_MS


@pytest.fixture
def clock() -> FixedClock:
    """A Monday in October."""
    return FixedClock(datetime(2026, 10, 5, 10, 0, tzinfo=ISTANBUL))


def first_start(program: Program, qtbot: QtBot) -> MainWindow:
    """Make the vault, type the recovery code back, and come in."""
    entry = program.entry
    assert entry is not None
    panel = entry.panel
    assert isinstance(panel, FirstStartPanel)
    panel.centre.setText("Örnek Merkez")
    panel.name.setText("derya")
    panel.passphrase.setText(PASSPHRASE)
    panel.again.setText(PASSPHRASE)
    panel.do.click()
    qtbot.waitUntil(lambda: isinstance(entry.panel, RecoveryPanel), timeout=PATIENCE_MS)
    papers.make(entry, Kind.CODE, qtbot)
    papers.type_back(entry, *papers.texts_of(entry))
    return in_front(program, qtbot)


def open_form(kind: type) -> object:
    form = QApplication.activeModalWidget()
    assert isinstance(form, kind)
    return form


def call_comes_in(typist: Typist) -> None:
    """A telephone call of somebody new, by keyboard alone."""
    typist.press("F2")
    typist.type("ipek tan 0500 000 00 07")
    typist.press("Return")
    typist.press("Tab")
    typist.type("hukuki")
    typist.press("Return")
    typist.press("Ctrl+Return")
    assert QApplication.activeModalWidget() is None


def file_of(window: MainWindow, typist: Typist) -> ClientPage:
    """Find her file by a few letters without dots, and open it."""
    typist.press("Ctrl+K")
    typist.type("ipek")
    assert isinstance(window.page, ClientsPage)
    typist.press("Return")
    page = window.page
    assert isinstance(page, ClientPage)
    return page


def she_comes(page: ClientPage) -> None:
    """A session, a referral to the bar, and her child in the playroom."""
    page.new_session()
    session = open_form(SessionDialog)
    assert isinstance(session, SessionDialog)
    session.service.set_value("legal")
    session.minutes.setText("50")
    session.text.setPlainText("Velayet konuşuldu. İkinci görüşme haftaya.")
    session.do.click()
    page.new_referral()
    referral = open_form(ReferralDialog)
    assert isinstance(referral, ReferralDialog)
    referral.institution.set_value("bar_legal_aid")
    referral.consent.set_value("yes")
    referral.do.click()
    page.new_visit()
    visit = open_form(VisitDialog)
    assert isinstance(visit, VisitDialog)
    visit.child.setText("Efe")
    visit.birth_year.setText("2020")
    visit.may_collect.setText("anne, teyze")
    visit.do.click()
    assert QApplication.activeModalWidget() is None


def month_leaves(window: MainWindow, qtbot: QtBot, folder: Path) -> None:
    """The coordinator looks at October and lets it leave."""
    window.show_page("reports")
    page = window.page
    assert isinstance(page, ReportsPage)
    assert page.bar.period.key == "2026-10"
    page.open_export()
    export = open_form(ExportDialog)
    assert isinstance(export, ExportDialog)
    export.where.set_folder(folder)
    export.do.click()
    qtbot.waitUntil(lambda: page.message is not None, timeout=PATIENCE_MS)
    assert page.message is not None
    page.message.accept()


def test_from_the_first_call_to_the_exported_month(
    start: Start,
    qtbot: QtBot,
    typist: Typist,
    clock: FixedClock,
    tmp_path: Path,
    vault_path: Path,
) -> None:
    program = start()
    window = first_start(program, qtbot)
    call_comes_in(typist)
    page = file_of(window, typist)
    she_comes(page)
    assert "İpek" not in window.windowTitle()
    typist.press("F12")
    assert b"Velayet" not in vault_path.read_bytes()

    clock.moment = datetime(2026, 11, 2, 9, 0, tzinfo=ISTANBUL)
    program = start()
    sign_in(program)
    window = in_front(program, qtbot)
    assert window.side.buttons["referrals"].text().strip()
    folder = tmp_path / "rapor"
    month_leaves(window, qtbot, folder)

    names = sorted(path.name for path in folder.iterdir())
    assert names == [f"kadin-danisma-2026-10.{kind}" for kind in ("csv", "json", "pdf", "xlsx")]
    data = json.loads((folder / "kadin-danisma-2026-10.json").read_text(encoding="utf-8"))
    summary = {row[0]: row[1] for row in data["tables"][0]["rows"]}
    assert summary["sessions"] == summary["clients"] == summary["referrals"] == MARK
    assert summary["trainings"] == 0
    assert (folder / "kadin-danisma-2026-10.pdf").read_bytes().startswith(b"%PDF")
    for path in folder.iterdir():
        assert b"pek" not in path.read_bytes() or path.suffix in {".pdf", ".xlsx"}
