"""The worst day of a centre: nobody can sign in, and two envelopes are fetched."""

import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.recovery import Kind
from kadin_danisma.errors import WrongCredentialsError
from kadin_danisma.services import access, finding, intake
from kadin_danisma.services.sheets import Reader
from kadin_danisma.ui.dialogs.recovery import NewSheetsDialog
from kadin_danisma.ui.pages.admin.page import AdminPage
from kadin_danisma.ui.pages.admin.recovery import RecoverySection
from kadin_danisma.ui.shell.first_start import FirstStartPanel
from kadin_danisma.ui.shell.recovery import RecoveryPanel, RecoverySignInPanel
from kadin_danisma.ui.shell.rescue import RescuePanel
from tests.builders import PASSPHRASE, a_client
from tests.stories.conftest import Start
from tests.ui import papers
from tests.ui.door import door, give_passphrase, in_front, shown
from tests.ui.papers import PATIENCE_MS

NEW = "yeni beş kelime burada duruyor"


@pytest.fixture
def sheets(start: Start, qtbot: QtBot, vault_path: Path, clock: FixedClock) -> tuple[str, ...]:
    """Three sheets, made and typed back in the window on the first day; a woman has come since."""
    program = start()
    entry = program.entry
    assert entry is not None
    first = entry.panel
    assert isinstance(first, FirstStartPanel)
    desk, code = access.create_vault(vault_path, "Örnek Merkez", "derya", PASSPHRASE, clock)
    intake.open_file(desk, a_client())
    first.made.emit(desk, code)
    shown(program, RecoveryPanel, qtbot)
    papers.make(entry, Kind.SHARES, qtbot)
    texts = papers.texts_of(entry)
    assert program.window is None
    papers.type_back(entry, texts[0], texts[2])
    in_front(program, qtbot).lock()
    return texts


def signs_in_with(path: Path, clock: FixedClock, *texts: str) -> bool:
    """Tell whether sheets open a vault."""
    reader = Reader()
    typed = [reader.take(text) for text in texts][-1]
    assert typed is not None
    try:
        access.sign_in(path, "kurtarma", typed.code, clock).vault.close()
    except WrongCredentialsError:
        return False
    return True


def test_two_sheets_open_it_and_the_day_ends_with_new_ones(
    sheets: tuple[str, ...], start: Start, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    program = start()
    panel = door(program)
    panel.name.setText("kurtarma")
    panel.submit()
    recovery = shown(program, RecoverySignInPanel, qtbot)
    for text in (sheets[1].lower(), sheets[0].replace("-", " ")):
        recovery.entry.edit.setText(text)
        recovery.submit()
    rescue = shown(program, RescuePanel, qtbot)
    give_passphrase(rescue, NEW, qtbot)
    rescue.new.click()
    assert rescue.sheets is not None
    papers.make(rescue.sheets, Kind.SHARES, qtbot)
    fresh = papers.texts_of(rescue.sheets)
    papers.type_back(rescue.sheets, fresh[1], fresh[2])
    qtbot.waitUntil(lambda: not rescue.new.isEnabled(), timeout=PATIENCE_MS)
    rescue.do.click()
    assert not signs_in_with(vault_path, clock, sheets[0], sheets[1])
    assert signs_in_with(vault_path, clock, fresh[0], fresh[2])
    desk = access.sign_in(vault_path, "derya", NEW, clock)
    assert [line.name for line in finding.all_clients(desk)] == [a_client().name]
    desk.vault.close()


def test_killed_between_the_paper_and_typing_it_back_old_and_new_sheets_open(
    sheets: tuple[str, ...], start: Start, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    program = start()
    program.come_in(access.sign_in(vault_path, "derya", PASSPHRASE, clock))
    window = in_front(program, qtbot)
    window.show_page("admin")
    assert isinstance(window.page, AdminPage)
    window.page.show_subject("recovery")
    section = window.page.sections["recovery"]
    assert isinstance(section, RecoverySection)
    section.open_replace()
    form = section.dialog
    assert isinstance(form, NewSheetsDialog)
    for text in sheets[:2]:
        form.steps.old.edit.setText(text)
        form.steps.old_step.do.click()
    qtbot.waitUntil(lambda: form.steps.step is form.steps.choice, timeout=PATIENCE_MS)
    papers.make(form, Kind.SHARES, qtbot)
    fresh = papers.texts_of(form)
    # What a kill leaves is what lies on the disk at this instant.
    left = shutil.copytree(vault_path.parent, vault_path.parent.parent / "killed")
    assert signs_in_with(left / vault_path.name, clock, *sheets[1:])
    assert signs_in_with(left / vault_path.name, clock, *fresh[1:])
    form.reject()
    window.lock()
    assert signs_in_with(vault_path, clock, *sheets[1:])
    assert not signs_in_with(vault_path, clock, *fresh[1:])
