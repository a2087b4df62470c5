"""A backup is restored at the door and in the administration, by keyboard alone if need be."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.services import access, upkeep
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import users
from kadin_danisma.store.vault import Vault
from kadin_danisma.ui.background import Background
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.pages.admin.backup import BackupSection
from kadin_danisma.ui.pages.admin.page import AdminPage
from kadin_danisma.ui.shell.first_start import FirstStartPanel
from kadin_danisma.ui.shell.keepers_window import KeepersWindow
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.shell.program import Program
from kadin_danisma.ui.shell.recovery import UnverifiedPanel
from kadin_danisma.ui.shell.restoring import RestorePanel
from kadin_danisma.ui.widgets.backupbanner import BackupBanner
from kadin_danisma.ui.widgets.restoring import RestoreSteps
from kadin_danisma.ui.workplace import Workplace
from tests.builders import PASSPHRASE, a_user
from tests.store.disk import anchor_of, flip
from tests.ui.clipping import clipped
from tests.ui.conftest import Typist, dispose
from tests.ui.door import door, leave, shown, sign_in

PATIENCE_MS = 10_000
BANNER = "Yedek, 22.11.2026 10.00: yalnız okunur"


@pytest.fixture
def made(desk: Desk, stick: Path) -> Path:
    """A backup on a stick, and nothing else."""
    users.add_user(desk.vault, a_user("irem", role=Role.IT), PASSPHRASE)
    path = upkeep.backup(desk, stick)
    desk.vault.close()
    return path


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "yeni" / "merkez.vault"


@pytest.fixture
def program(qapp: QApplication, target: Path, clock: FixedClock, look: Look) -> Iterator[Program]:
    made = Program(qapp, target, "tr", clock, lambda _words: None)
    made.start()
    yield made
    leave(made)
    look.wear("light", 100)


@pytest.fixture
def steps(qtbot: QtBot, target: Path, clock: FixedClock) -> Iterator[RestoreSteps]:
    background = Background()
    made = RestoreSteps(clock, background, target)
    qtbot.addWidget(made)
    made.show()
    yield made
    background.close()


def fill(steps: RestoreSteps, backup: Path, name: str = "derya") -> None:
    steps.set_backup(backup)
    steps.user.setText(name)
    steps.passphrase.setText(PASSPHRASE)


def found(steps: RestoreSteps, qtbot: QtBot) -> None:
    """Look into the backup, and wait for what it is."""
    steps.look()
    qtbot.waitUntil(lambda: steps.step is steps.found, timeout=PATIENCE_MS)


def test_where_no_vault_is_a_backup_is_restored_and_somebody_signs_in(
    program: Program, made: Path, target: Path, qtbot: QtBot, typist: Typist
) -> None:
    start = shown(program, FirstStartPanel, qtbot)
    start.restore.click()
    panel = shown(program, RestorePanel, qtbot)
    panel.steps.set_backup(made)
    assert program.entry is not None
    program.entry.activateWindow()
    panel.steps.user.setFocus()
    typist.type("derya")
    typist.press("Return")
    typist.type(PASSPHRASE)
    typist.press("Return")
    qtbot.waitUntil(lambda: panel.steps.step is panel.steps.found, timeout=PATIENCE_MS)
    said = panel.steps.card.accessibleName()
    for words in ("Örnek Merkez", "22.11.2026 10.00", "Derya", "Yapan"):
        assert words in said
    assert clipped(panel) == []
    typist.press("Return")
    qtbot.waitUntil(lambda: panel.steps.step is panel.steps.done, timeout=PATIENCE_MS)
    assert panel.steps.passphrase.text() == ""
    assert str(target) in panel.steps.result.text()
    typist.press("Return")
    sign_in(program)
    # Nobody ever typed back the sheets of this vault: it is one, and not a backup any more.
    shown(program, UnverifiedPanel, qtbot)


def test_at_the_door_of_a_damaged_vault_one_gets_to_it_and_back(
    program: Program, made: Path, qtbot: QtBot
) -> None:
    program.path = made
    program._show_door()
    door(program).restore.click()
    panel = shown(program, RestorePanel, qtbot)
    # Something lies where the vault is looked for: another place has to be chosen.
    assert panel.steps.where.path is None
    panel.back_wanted.emit()
    door(program)


def test_a_changed_backup_is_refused_before_anything_is_written(
    steps: RestoreSteps, made: Path, target: Path, qtbot: QtBot
) -> None:
    flip(made, 5000)
    fill(steps, made)
    steps.look()
    qtbot.waitUntil(lambda: bool(steps.choice.trouble.text()), timeout=PATIENCE_MS)
    assert steps.step is steps.choice
    assert not target.parent.exists()


def test_a_wrong_passphrase_is_said_at_the_form(
    steps: RestoreSteps, made: Path, qtbot: QtBot
) -> None:
    fill(steps, made)
    steps.passphrase.setText("yanlış")
    steps.look()
    qtbot.waitUntil(lambda: bool(steps.choice.trouble.text()), timeout=PATIENCE_MS)
    steps.passphrase.setText("")
    steps.look()
    assert steps._pass_field.error


def test_a_place_where_something_lies_is_never_taken(
    steps: RestoreSteps, made: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    fill(steps, made)
    found(steps, qtbot)
    taken = tmp_path / "dolu.vault"
    taken.write_bytes(b"precious")
    steps.set_place(taken)
    assert steps.where.path is None
    steps.restore()
    assert steps.where.error
    assert taken.read_bytes() == b"precious"
    steps.set_place(tmp_path / "adı uzantısız")
    assert steps.where.path == tmp_path / "adı uzantısız.vault"


def test_a_stopped_restore_leaves_nothing(
    steps: RestoreSteps, made: Path, target: Path, qtbot: QtBot
) -> None:
    fill(steps, made)
    found(steps, qtbot)
    steps.restore()
    assert steps.dialog is not None
    steps.dialog.cancel.click()
    qtbot.waitUntil(lambda: bool(steps.found.trouble.text()), timeout=PATIENCE_MS)
    assert not list(target.parent.glob("*"))


def test_a_backup_that_nobody_can_prove_unchanged_is_asked_about(
    steps: RestoreSteps, made: Path, target: Path, qtbot: QtBot
) -> None:
    anchor_of(made).unlink()
    fill(steps, made)
    found(steps, qtbot)
    assert not steps.note.isHidden()
    steps.restore()
    qtbot.waitUntil(lambda: steps.message is not None, timeout=PATIENCE_MS)
    assert not target.exists()
    assert steps.message is not None
    steps.message.yes.click()
    qtbot.waitUntil(lambda: steps.step is steps.done, timeout=PATIENCE_MS)
    assert target.exists()


def test_the_recovery_sheets_of_that_day_open_it_as_well(
    steps: RestoreSteps, tmp_path: Path, stick: Path, qtbot: QtBot, clock: FixedClock
) -> None:
    vault, code = Vault.create(tmp_path / "m" / "m.vault", "Örnek", a_user(), PASSPHRASE, clock)
    steps.set_backup(upkeep.backup(Desk(vault, clock), stick))
    vault.close()
    steps.other.click()
    steps.sheets.edit.setText(code)
    found(steps, qtbot)
    steps.restore()
    qtbot.waitUntil(lambda: steps.step is steps.done, timeout=PATIENCE_MS)
    assert steps.sheets.edit.text() == ""


def test_it_restores_what_it_cannot_read(
    steps: RestoreSteps, made: Path, target: Path, qtbot: QtBot, clock: FixedClock
) -> None:
    fill(steps, made, "irem")
    found(steps, qtbot)
    assert "Örnek Merkez" not in steps.card.accessibleName()
    steps.restore()
    qtbot.waitUntil(lambda: steps.step is steps.done, timeout=PATIENCE_MS)
    with Vault.open(target, "derya", PASSPHRASE, clock) as opened:
        assert opened.copied is None


def test_a_backup_says_what_it_is_above_every_page(
    made: Path, look: Look, clock: FixedClock
) -> None:
    desk = access.sign_in(made, "derya", PASSPHRASE, clock)
    place = Workplace(desk, look)
    window = MainWindow(place, lambda: None)
    window.show()
    assert "playroom" not in window.side.buttons
    for key in window.side.buttons:
        window.show_page(key)
        (banner,) = window.findChildren(BackupBanner)
        assert banner.isVisible()
        assert banner.words.text() == BANNER
    admin = window.findChild(AdminPage)
    assert admin is not None
    assert "mine" not in admin._subjects
    window.new_application()
    assert window.quick_entry is None
    dispose(window)
    desk.vault.close()
    place.background.close()


def test_the_first_page_of_a_backup_does_not_miss_backups(
    made: Path, look: Look, clock: FixedClock
) -> None:
    desk = access.sign_in(made, "derya", PASSPHRASE, clock)
    place = Workplace(desk, look)
    window = MainWindow(place, lambda: None)
    window.show()
    said = [part.text() for part in window.findChildren(QLabel) if part.isVisible()]
    assert not any("Henüz yedek alınmadı" in words for words in said)
    dispose(window)
    desk.vault.close()
    place.background.close()


def test_the_form_begins_where_a_backup_is_chosen(window: MainWindow, qtbot: QtBot) -> None:
    section = BackupSection(window.place)
    qtbot.addWidget(section)
    section.open_restore(Path())
    form = section.restoring
    assert form is not None
    assert form.focusWidget() is form.steps.file.browse


def test_it_sees_at_a_backup_what_it_is(made: Path, look: Look, clock: FixedClock) -> None:
    from kadin_danisma.services.keeping import KeepersDesk

    desk = access.enter(made, "irem", PASSPHRASE, clock)
    assert isinstance(desk, KeepersDesk)
    background = Background()
    window = KeepersWindow(desk, look, background, lambda: None)
    window.show()
    (banner,) = window.findChildren(BackupBanner)
    assert banner.words.text() == BANNER
    assert "Yedek ve denetim" in banner.what.text()
    for subject in (window.accounts, window.upkeep):
        window.show_subject(subject)
        offered = {
            each.text().strip() for each in window.findChildren(QPushButton) if each.isVisible()
        }
        assert not offered & {
            "Kullanıcı ekle",
            "Yeni parola",
            "Hesabı kapat",
            "Yedek al",
            "Parolam",
        }
    assert window.upkeep.restore.isVisible()
    dispose(window)
    background.close()


def test_whoever_may_not_restore_a_backup_is_told_whom_to_ask(qtbot: QtBot) -> None:
    for role, words in ((Role.COORDINATOR, "Yönetim, Yedekleme"), (Role.LAWYER, "isteyin")):
        banner = BackupBanner(BANNER, role)
        qtbot.addWidget(banner)
        assert words in banner.what.text()


def test_the_administration_lists_the_backups_of_a_folder_and_restores_one(
    window: MainWindow, desk: Desk, stick: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    upkeep.backup(desk, stick)
    users.change_passphrase(desk.vault, PASSPHRASE, "sonradan değişti bu parola")
    section = BackupSection(window.place)
    qtbot.addWidget(section)
    section.show_stick(stick)
    qtbot.waitUntil(lambda: not section.stick.summary.isHidden(), timeout=PATIENCE_MS)
    said = " ".join(part.text() for part in section.stick.findChildren(type(section.stick.summary)))
    assert "Şu kişilerin eski parolalarıyla açılır: Derya" in said
    assert "imzalı" in said
    (copy,) = stick.glob("*.vault")
    section.open_restore(copy)
    form = section.restoring
    assert form is not None
    form.steps.passphrase.setText(PASSPHRASE)
    form.submit()
    qtbot.waitUntil(lambda: form.steps.step is form.steps.found, timeout=PATIENCE_MS)
    form.steps.set_place(tmp_path / "geri.vault")
    form.submit()
    qtbot.waitUntil(lambda: form.steps.step is form.steps.done, timeout=PATIENCE_MS)
    form.submit()
    assert (tmp_path / "geri.vault").exists()
