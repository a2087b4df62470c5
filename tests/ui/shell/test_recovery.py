"""Recovery before the window: asked for until typed back, used with two sheets, and led out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.recovery import Kind
from kadin_danisma.services import access, recovery
from kadin_danisma.services.recovery import Papers
from kadin_danisma.services.sheets import Reader, Typed
from kadin_danisma.ui import printers
from kadin_danisma.ui.dialogs.message import Message
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.shell.program import Program
from kadin_danisma.ui.shell.recovery import RecoveryPanel, RecoverySignInPanel, UnverifiedPanel
from kadin_danisma.ui.shell.rescue import RescuePanel
from kadin_danisma.ui.shell.sign_in import SignInPanel
from kadin_danisma.ui.widgets.recoverysteps import RecoverySteps
from tests.builders import PASSPHRASE
from tests.ui import papers
from tests.ui.door import door, give_passphrase, leave, shown, sign_in
from tests.ui.papers import PATIENCE_MS

NEW = "yeni beş kelime burada duruyor"


@pytest.fixture
def program(
    qapp: QApplication, look: Look, vault_path: Path, clock: FixedClock
) -> Iterator[Program]:
    made = Program(qapp, vault_path, "tr", clock, lambda _arguments: None)
    yield made
    leave(made)
    look.wear("light", 100)


def a_vault(path: Path, clock: FixedClock) -> str:
    desk, code = access.create_vault(path, "Örnek Merkez", "derya", PASSPHRASE, clock)
    desk.vault.close()
    return code


def three_sheets(path: Path, clock: FixedClock) -> Papers:
    desk, code = access.create_vault(path, "Örnek Merkez", "derya", PASSPHRASE, clock)
    made = recovery.papers(desk, recovery.founded(code), Kind.SHARES)
    reader = Reader()
    reader.take(made.texts[0])
    typed = reader.take(made.texts[1])
    assert typed is not None
    recovery.complete(desk, made, typed)
    desk.vault.close()
    return made


def recovery_sign_in(program: Program, qtbot: QtBot, *texts: str) -> RecoverySignInPanel:
    panel = door(program)
    panel.name.setText("KURTARMA")
    panel.name.editingFinished.emit()
    sheets = shown(program, RecoverySignInPanel, qtbot)
    for text in texts:
        sheets.entry.edit.setText(text)
        sheets.do.click()
    return sheets


def test_a_coordinator_is_asked_until_the_code_was_typed_back(
    program: Program, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    code = a_vault(vault_path, clock)
    program.start()
    sign_in(program)
    panel = shown(program, UnverifiedPanel, qtbot)
    assert program.window is None
    panel.entry.edit.setText("bu değil")
    panel.do.click()
    assert panel.entry.error
    panel.entry.edit.setText(code.lower())
    panel.do.click()
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE_MS)


def test_where_nobody_kept_the_code_fresh_sheets_are_made(
    program: Program, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    a_vault(vault_path, clock)
    program.start()
    sign_in(program)
    shown(program, UnverifiedPanel, qtbot).new.click()
    shown(program, RecoveryPanel, qtbot)
    assert program.entry is not None
    papers.make(program.entry, Kind.SHARES, qtbot)
    first, second, _third = papers.texts_of(program.entry)
    papers.type_back(program.entry, first, second)
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE_MS)


def test_the_name_kurtarma_asks_for_sheets_and_two_of_them_open(
    program: Program, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    made = three_sheets(vault_path, clock)
    program.start()
    sheets = recovery_sign_in(program, qtbot, made.texts[2], made.texts[2])
    assert "3. sayfa" in sheets.error
    sheets.entry.edit.setText(made.texts[0])
    sheets.do.click()
    rescue = shown(program, RescuePanel, qtbot)
    assert not rescue.do.isEnabled()
    assert list(rescue.passphrases)


def test_sheets_that_do_not_open_say_their_day_and_begin_again(
    program: Program, qtbot: QtBot, vault_path: Path, clock: FixedClock, tmp_path: Path
) -> None:
    a_vault(vault_path, clock)
    strange = three_sheets(tmp_path / "baska" / "merkez.vault", clock)
    program.start()
    sheets = recovery_sign_in(program, qtbot, strange.texts[0], strange.texts[1])
    qtbot.waitUntil(lambda: "22.11.2026" in sheets.error, timeout=PATIENCE_MS)
    assert sheets.entry.has.isHidden()


def test_one_goes_back_from_the_sheets_to_the_passphrase(
    program: Program, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    a_vault(vault_path, clock)
    program.start()
    recovery_sign_in(program, qtbot).back_wanted.emit()
    shown(program, SignInPanel, qtbot)


def test_whoever_came_in_gives_a_passphrase_makes_new_sheets_and_locks(
    program: Program, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    made = three_sheets(vault_path, clock)
    program.start()
    recovery_sign_in(program, qtbot, made.texts[1], made.texts[2])
    rescue = shown(program, RescuePanel, qtbot)
    give_passphrase(rescue, NEW, qtbot)
    rescue.new.click()
    assert rescue.sheets is not None
    papers.make(rescue.sheets, Kind.CODE, qtbot)
    (text,) = papers.texts_of(rescue.sheets)
    papers.type_back(rescue.sheets, text)
    qtbot.waitUntil(lambda: not rescue.new.isEnabled(), timeout=PATIENCE_MS)
    rescue.do.click()
    access.sign_in(vault_path, "kurtarma", text, clock).vault.close()
    access.sign_in(vault_path, "derya", NEW, clock).vault.close()


def test_a_coordinator_reads_that_the_sheets_were_used(
    program: Program, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    code = a_vault(vault_path, clock)
    desk = access.sign_in(vault_path, "derya", PASSPHRASE, clock)
    recovery.verify(desk, Typed(code, Kind.CODE))
    desk.vault.close()
    access.sign_in(vault_path, "kurtarma", code, clock).vault.close()
    program.start()
    sign_in(program)
    qtbot.waitUntil(lambda: program.window is not None, timeout=PATIENCE_MS)
    assert program.window is not None
    (message,) = program.window.findChildren(Message)
    assert "22.11.2026" in message.words.text()
    message.yes.click()


def at_the_paper(program: Program, qtbot: QtBot, path: Path, clock: FixedClock) -> RecoverySteps:
    a_vault(path, clock)
    program.start()
    sign_in(program)
    shown(program, UnverifiedPanel, qtbot).new.click()
    shown(program, RecoveryPanel, qtbot)
    assert program.entry is not None
    papers.make(program.entry, Kind.SHARES, qtbot)
    return papers.steps_of(program.entry)


def test_without_a_printer_the_sheets_are_shown_to_be_copied_and_hidden_when_typed_back(
    program: Program, qtbot: QtBot, vault_path: Path, clock: FixedClock, monkeypatch
) -> None:
    monkeypatch.setattr(printers, "names", list)
    steps = at_the_paper(program, qtbot, vault_path, clock)
    assert steps.by_hand.isHidden()
    steps.print_out()
    assert steps.form is None
    assert "elle" in steps.no_printer.text()
    assert steps.papers is not None
    assert all(text in steps.by_hand.text() for text in steps.papers.texts)
    assert steps.by_hand.isVisible()
    assert steps.view.isVisible()
    steps.paper.do.click()
    assert steps.by_hand.text() == ""
    assert steps.by_hand.isHidden()


def test_with_a_printer_a_form_of_ours_offers_it(
    program: Program, qtbot: QtBot, vault_path: Path, clock: FixedClock, monkeypatch
) -> None:
    monkeypatch.setattr(printers, "names", lambda: ["ofis"])
    steps = at_the_paper(program, qtbot, vault_path, clock)
    steps.print_out()
    assert steps.form is not None
    assert list(steps.form.printer.buttons) == ["ofis"]
    steps.form.reject()


def test_enter_goes_on_as_the_buttons_say_and_presses_the_one_that_has_the_cursor(
    program: Program, qtbot: QtBot, vault_path: Path, clock: FixedClock, monkeypatch
) -> None:
    monkeypatch.setattr(printers, "names", list)
    a_vault(vault_path, clock)
    program.start()
    sign_in(program)
    shown(program, UnverifiedPanel, qtbot).new.click()
    panel = shown(program, RecoveryPanel, qtbot)
    assert isinstance(panel, RecoveryPanel)
    steps = panel.steps
    qtbot.keyClick(steps.kinds.buttons()[0], Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: steps.step is steps.paper, timeout=PATIENCE_MS)
    (offer,) = [each for each in steps.paper.findChildren(QPushButton) if each.text() == "Yazdır"]
    offer.setFocus()
    qtbot.keyClick(offer, Qt.Key.Key_Return)
    assert steps.by_hand.isVisible()
    steps.paper.do.setFocus()
    qtbot.keyClick(steps.paper.do, Qt.Key.Key_Return)
    assert steps.step is steps.back
    assert steps.papers is not None
    # A field tells of it once: the second sheet is not asked for before it was typed.
    steps.typed.edit.setText(steps.papers.texts[0])
    qtbot.keyClick(steps.typed.edit, Qt.Key.Key_Return)
    assert steps.typed.error == ""
    assert steps.step is steps.back
