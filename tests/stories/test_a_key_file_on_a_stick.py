"""A coordinator takes a key file as her second factor, forgets it, brings another, gives it up."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.recovery import Kind
from kadin_danisma.domain.role import Role
from kadin_danisma.services import access, people, recovery, second_factor, upkeep
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.door import wait_left
from kadin_danisma.services.sheets import Typed
from kadin_danisma.ui import sticks
from kadin_danisma.ui.dialogs.account import ChangePassphraseDialog
from kadin_danisma.ui.dialogs.keyfile import DropKeyFileDialog, UseKeyFileDialog
from kadin_danisma.ui.dialogs.verify import VerifyDialog
from kadin_danisma.ui.pages.admin.mine import MineSection
from kadin_danisma.ui.pages.admin.page import AdminPage
from kadin_danisma.ui.shell.program import Program
from kadin_danisma.ui.shell.sign_in import SignInPanel
from kadin_danisma.ui.widgets.keyfile import KeyFileField
from kadin_danisma.ui.widgets.keyfilecard import KeyFileCard
from tests.builders import PASSPHRASE
from tests.stories.conftest import Start
from tests.ui.door import door, leave, sign_in

NEW = "beyaz vapur erken kalktı"


@pytest.fixture
def desk(vault_path: Path, clock: FixedClock) -> Desk:
    """The desk of a coordinator whose recovery sheets are on paper."""
    made, code = access.create_vault(vault_path, "Örnek Merkez", "derya", PASSPHRASE, clock)
    recovery.verify(made, Typed(code, Kind.CODE))
    return made


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The one stick that is plugged in; empty."""
    folder = tmp_path / "stick"
    folder.mkdir()
    monkeypatch.setattr(sticks, "plugged_in", lambda: [folder])
    return folder


@pytest.fixture
def start(desk: Desk, start: Start) -> Start:
    """Start the program once the coordinator has put the vault down."""
    desk.vault.close()
    return start


@pytest.fixture
def key(desk: Desk, stick: Path) -> Path:
    """The coordinator uses a key file."""
    return second_factor.use(desk, PASSPHRASE, stick)


def asked(panel: SignInPanel) -> KeyFileField:
    assert panel.key_file is not None
    return panel.key_file


def mine(program: Program) -> MineSection:
    assert program.window is not None
    program.window.show_page("admin")
    page = program.window.page
    assert isinstance(page, AdminPage)
    page.show_subject("mine")
    section: QWidget = page.sections["mine"]
    assert isinstance(section, MineSection)
    return section


def test_she_takes_a_key_file_signs_in_with_the_stick_and_gives_it_up(
    start: Start, stick: Path, qtbot: QtBot
) -> None:
    program = start()
    sign_in(program)
    qtbot.waitUntil(lambda: program.window is not None)
    section = mine(program)
    assert section.key_file.drop.isHidden()
    section.key_file.open_use()
    form = section.key_file.dialog
    assert isinstance(form, UseKeyFileDialog)
    form.passphrase.setText(PASSPHRASE)
    form.submit()
    assert not list(stick.iterdir()), "no stick was chosen yet"
    form.set_folder(stick)
    with qtbot.waitSignal(form.worked):
        form.submit()
    (file,) = stick.iterdir()
    assert file.name == "kadin-danisma.anahtar"
    assert section.key_file.use.isHidden()
    leave(program)

    program = start()
    panel = sign_in(program)
    qtbot.waitUntil(lambda: program.window is not None)
    assert panel.key_file is None, "what lies on the stick is taken without asking"
    section = mine(program)
    section.key_file.open_drop()
    drop = section.key_file.dialog
    assert isinstance(drop, DropKeyFileDialog)
    drop.passphrase.setText(PASSPHRASE)
    with qtbot.waitSignal(drop.worked):
        drop.submit()
    leave(program)

    file.unlink()
    program = start()
    sign_in(program)
    qtbot.waitUntil(lambda: program.window is not None)


def test_without_the_stick_she_is_asked_for_the_file_and_can_choose_it(
    key: Path, tmp_path: Path, start: Start, qtbot: QtBot
) -> None:
    elsewhere = key.rename(tmp_path / "ikinci.anahtar")
    program = start()
    panel = sign_in(program)
    qtbot.waitUntil(lambda: panel.key_file is not None)
    assert "anahtar dosyası" in asked(panel).error
    assert not panel.error, "nothing is said of the passphrase"
    asked(panel).set_file(elsewhere)
    panel.do.click()
    qtbot.waitUntil(lambda: program.window is not None)


def test_a_file_that_is_none_is_said_at_the_file_and_is_no_wrong_try(
    key: Path, start: Start, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    key.write_bytes(b"alisveris listesi")
    program = start()
    panel = door(program)
    for _time in range(4):
        sign_in(program)
        qtbot.waitUntil(lambda: panel.do.isEnabled() and panel.key_file is not None)
        asked(panel).set_file(key)
    panel.do.click()
    qtbot.waitUntil(lambda: panel.do.isEnabled())
    assert ".anahtar" in asked(panel).error
    assert wait_left(vault_path, clock) == 0


def test_a_wrong_file_is_not_told_from_a_wrong_passphrase_and_waits_like_one(
    key: Path, start: Start, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    right = key.read_bytes()
    program = start()
    panel = door(program)
    said = set()
    for content, passphrase in ((bytes(32), PASSPHRASE), (right, "yanlış"), (bytes(32), "yanlış")):
        key.write_bytes(content)
        sign_in(program, passphrase)
        qtbot.waitUntil(lambda: not panel.bar.isVisible() and bool(panel.error))
        said.add((panel.error, asked(panel).error))
    assert len(said) == 1
    assert wait_left(vault_path, clock) == 2
    assert not panel.do.isEnabled()
    assert panel.waiting.text()


def test_of_several_files_on_the_sticks_the_one_that_fits_is_taken(
    key: Path, start: Start, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    for number, letter in enumerate("abc"):
        (key.parent / f"{letter}.anahtar").write_bytes(bytes([number]) * 32)
    program = start()
    sign_in(program)
    qtbot.waitUntil(lambda: program.window is not None)
    assert wait_left(vault_path, clock) == 0


def test_another_name_is_not_asked_for_the_file_of_the_one_before(
    key: Path, start: Start, qtbot: QtBot
) -> None:
    key.unlink()
    panel = sign_in(start())
    qtbot.waitUntil(lambda: panel.key_file is not None)
    panel.name.textEdited.emit("elif")
    assert panel.key_file is None


@pytest.mark.usefixtures("key")
def test_a_new_passphrase_goes_on_needing_the_file_and_a_backup_is_checked_with_it(
    start: Start, qtbot: QtBot, tmp_path: Path
) -> None:
    program = start()
    sign_in(program)
    qtbot.waitUntil(lambda: program.window is not None)
    section = mine(program)
    section.open_change()
    form = section.dialog
    assert isinstance(form, ChangePassphraseDialog)
    form.old.setText(PASSPHRASE)
    form.new.first.setText(NEW)
    form.new.again.setText(NEW)
    with qtbot.waitSignal(form.worked):
        form.submit()
    desk = section.place.desk
    assert people.needs_key_file(desk)
    backup = upkeep.backup(desk, tmp_path)
    check = VerifyDialog(
        section, section.place.background, "derya", desk.clock, needs_key_file=True
    )
    check.set_file(backup)
    check.passphrase.setText(NEW)
    with qtbot.waitSignal(check.worked) as verdict:
        check.submit()
    assert verdict.args == [[]]


@pytest.fixture
def irem(desk: Desk) -> None:
    """The centre has an IT officer."""
    people.add_user(desk, "irem", "", Role.IT, PASSPHRASE)


@pytest.mark.usefixtures("irem")
def test_it_takes_a_key_file_too_and_gives_it_up(start: Start, stick: Path, qtbot: QtBot) -> None:
    def its_card(program: Program) -> KeyFileCard:
        sign_in(program, name="irem")
        qtbot.waitUntil(lambda: program.keepers_window is not None)
        window = program.keepers_window
        assert window is not None
        window.show_subject(window.passphrase)
        return window.passphrase.key_file

    program = start()
    card = its_card(program)
    assert card.drop.isHidden()
    card.open_use()
    form = card.dialog
    assert isinstance(form, UseKeyFileDialog)
    form.passphrase.setText(PASSPHRASE)
    form.set_folder(stick)
    with qtbot.waitSignal(form.worked):
        form.submit()
    assert card.use.isHidden()
    leave(program)

    card = its_card(start())
    card.open_drop()
    drop = card.dialog
    assert isinstance(drop, DropKeyFileDialog)
    drop.passphrase.setText(PASSPHRASE)
    with qtbot.waitSignal(drop.worked):
        drop.submit()
    assert card.drop.isHidden()
