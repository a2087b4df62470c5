"""Coming in: the first start, the recovery code, wrong and right passphrases, and the lock."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.recovery import Kind
from kadin_danisma.domain.text import fold
from kadin_danisma.errors import WrongCredentialsError
from kadin_danisma.services import access, recovery
from kadin_danisma.services.door import wait_left
from kadin_danisma.services.sheets import Typed
from kadin_danisma.ui.dialogs.message import Message
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.shell.entry import EntryWindow, Panel
from kadin_danisma.ui.shell.first_start import FirstStartPanel
from kadin_danisma.ui.shell.preferences import PreferencesDialog
from kadin_danisma.ui.shell.program import Program
from kadin_danisma.ui.shell.recovery import RecoveryPanel
from kadin_danisma.ui.widgets.parts import label
from tests.builders import PASSPHRASE
from tests.ui import papers
from tests.ui.door import door, leave, sign_in


@pytest.fixture
def replaced() -> list[list[str]]:
    """With which arguments the process was replaced."""
    return []


@pytest.fixture
def program(
    qapp: QApplication,
    look: Look,
    vault_path: Path,
    clock: FixedClock,
    replaced: list[list[str]],
) -> Iterator[Program]:
    made = Program(
        qapp, vault_path, "tr", clock, lambda arguments: replaced.append(list(arguments))
    )
    yield made
    leave(made)
    look.wear("light", 100)


@pytest.fixture
def made_vault(vault_path: Path, clock: FixedClock) -> None:
    desk, code = access.create_vault(vault_path, "Örnek Merkez", "derya", PASSPHRASE, clock)
    recovery.verify(desk, Typed(code, Kind.CODE))
    desk.vault.close()


@pytest.mark.usefixtures("made_vault")
def test_the_right_passphrase_opens_the_window(program: Program, qtbot: QtBot):
    program.start()
    panel = sign_in(program, PASSPHRASE)
    assert not panel.bar.isHidden()
    qtbot.waitUntil(lambda: program.window is not None)
    assert program.entry is None
    assert program.window is not None
    assert program.window.windowTitle() == "Kadın Danışma"


@pytest.mark.usefixtures("made_vault")
def test_a_wrong_passphrase_is_said_beside_the_field(program: Program, qtbot: QtBot):
    program.start()
    panel = sign_in(program, "başka bir parola")
    qtbot.waitUntil(lambda: bool(panel.error))
    assert program.window is None
    assert panel.do.isEnabled()
    assert panel.bar.isHidden()


@pytest.mark.usefixtures("made_vault")
def test_an_older_vault_opens_only_after_a_coordinator_said_so(
    program: Program, qtbot: QtBot, vault_path: Path, clock: FixedClock
):
    older = vault_path.read_bytes()
    access.sign_in(vault_path, "derya", PASSPHRASE, clock).vault.close()
    vault_path.write_bytes(older)
    program.start()
    panel = sign_in(program, PASSPHRASE)
    qtbot.waitUntil(lambda: panel.question is not None)
    assert panel.error
    assert program.window is None
    assert panel.question is not None
    panel.question.yes.click()
    qtbot.waitUntil(lambda: program.window is not None)


@pytest.mark.usefixtures("made_vault")
def test_a_missing_anchor_is_said_over_the_window(program: Program, qtbot: QtBot, vault_path: Path):
    vault_path.with_name(vault_path.name + ".anchor").unlink()
    program.start()
    sign_in(program, PASSPHRASE)
    qtbot.waitUntil(lambda: program.window is not None)
    assert program.window is not None
    (message,) = program.window.findChildren(Message)
    assert ".anchor" in message.words.text()
    message.yes.click()


def fail(vault_path: Path, clock: FixedClock, times: int) -> None:
    for _time in range(times):
        clock.wait(wait_left(vault_path, clock))
        with pytest.raises(WrongCredentialsError):
            access.sign_in(vault_path, "derya", "yanlış bir parola", clock)


@pytest.mark.usefixtures("made_vault")
def test_the_wait_after_wrong_passphrases_is_counted_down_and_outlives_a_restart(
    program: Program, qtbot: QtBot, vault_path: Path, clock: FixedClock
):
    fail(vault_path, clock, 4)
    program.start()
    panel = door(program)
    assert "4" in panel.waiting.text()
    assert not panel.do.isEnabled()
    panel.passphrase.setText(PASSPHRASE)
    panel.submit()
    assert panel.bar.isHidden()
    clock.wait(3)
    qtbot.waitUntil(lambda: "1" in panel.waiting.text())
    clock.wait(1)
    qtbot.waitUntil(panel.do.isEnabled)
    assert panel.waiting.isHidden()


@pytest.mark.usefixtures("made_vault")
def test_a_wrong_passphrase_too_many_starts_the_countdown(
    program: Program, qtbot: QtBot, vault_path: Path, clock: FixedClock
):
    fail(vault_path, clock, 2)
    program.start()
    panel = sign_in(program, "başka bir parola")
    qtbot.waitUntil(lambda: bool(panel.error))
    assert "2" in panel.waiting.text()
    assert not panel.do.isEnabled()


@pytest.mark.usefixtures("made_vault")
def test_wrong_passphrases_of_the_night_are_told_in_the_morning(
    program: Program, qtbot: QtBot, vault_path: Path, clock: FixedClock
):
    fail(vault_path, clock, 3)
    clock.wait(3600)
    program.start()
    sign_in(program, PASSPHRASE)
    qtbot.waitUntil(lambda: program.window is not None)
    assert program.window is not None
    (message,) = program.window.findChildren(Message)
    assert "3" in message.words.text()
    message.yes.click()


@pytest.mark.usefixtures("made_vault")
def test_a_slip_of_ones_own_is_said_quietly(
    program: Program, qtbot: QtBot, vault_path: Path, clock: FixedClock
):
    fail(vault_path, clock, 1)
    program.start()
    sign_in(program, PASSPHRASE)
    qtbot.waitUntil(lambda: program.window is not None)
    assert program.window is not None
    assert program.window.findChildren(Message) == []
    assert "1" in program.window.toast.words.text()


@pytest.mark.usefixtures("made_vault")
def test_empty_fields_ask_to_be_filled_in(program: Program):
    program.start()
    panel = sign_in(program, "", "")
    assert panel.do.isEnabled()
    assert not panel.error


@pytest.mark.usefixtures("made_vault")
def test_the_passphrase_can_be_looked_at(program: Program):
    program.start()
    panel = door(program)
    panel.show_button.click()
    assert panel.passphrase.echoMode() is QLineEdit.EchoMode.Normal
    panel.show_button.click()
    assert panel.passphrase.echoMode() is QLineEdit.EchoMode.Password


def test_the_first_start_makes_a_vault_and_has_its_code_typed_back(
    program: Program, qtbot: QtBot, vault_path: Path
):
    program.start()
    assert program.entry is not None
    first = program.entry.panel
    assert isinstance(first, FirstStartPanel)
    for edit, text in (
        (first.centre, "Örnek Merkez"),
        (first.name, "derya"),
        (first.passphrase, PASSPHRASE),
        (first.again, PASSPHRASE),
    ):
        edit.setText(text)
    first.do.click()
    entry = program.entry
    qtbot.waitUntil(lambda: isinstance(entry.panel, RecoveryPanel))
    assert vault_path.exists()
    papers.make(entry, Kind.CODE, qtbot)
    papers.type_back(entry, "bu değil")
    assert papers.steps_of(entry).typed.error
    papers.type_back(entry, papers.texts_of(entry)[0].replace("-", " ").lower())
    qtbot.waitUntil(lambda: program.window is not None)


def test_a_step_is_no_higher_than_its_words(look: Look, qtbot: QtBot):
    panel = Panel("Başlamadan önce", width=90)
    for _part in range(6):
        panel.body.addWidget(label("Merkeze geldiği de gizlidir. " * 7, wrap=True))
    window = EntryWindow(look)
    qtbot.addWidget(window)
    window.resize(1366, 720)
    window.show()
    window.show_panel(panel)
    QApplication.processEvents()
    assert panel.height() == window.height()


def test_the_words_that_are_offered_are_typed_back_once(program: Program, qtbot: QtBot):
    program.start()
    assert program.entry is not None
    first = program.entry.panel
    assert isinstance(first, FirstStartPanel)
    first.centre.setText("Örnek Merkez")
    first.name.setText("derya")
    before = first.choice.words.text()
    first.choice.another.click()
    words = first.choice.words.text()
    assert words != before
    assert "65" in first.choice.strength.text()
    first.passphrase.setText(f" {fold(words).upper()}")
    assert not first.again.isVisibleTo(first)
    assert first.choice.value() == words
    first.do.click()
    entry = program.entry
    qtbot.waitUntil(lambda: isinstance(entry.panel, RecoveryPanel))


@pytest.mark.parametrize("centre", ["مركز Merkez", "Merkez 🌸", "Mer\u202ekez", "a" * 201])
def test_a_centre_whose_name_cannot_be_printed_is_refused_at_its_field(
    program: Program, vault_path: Path, centre: str
):
    program.start()
    assert program.entry is not None
    first = program.entry.panel
    assert isinstance(first, FirstStartPanel)
    first.centre.setText(centre)
    first.name.setText("derya")
    first.passphrase.setText(PASSPHRASE)
    first.again.setText(PASSPHRASE)
    first.do.click()
    assert len(first.errors) == 1
    assert not vault_path.exists()
    first.centre.setText("Örnek Merkez")
    first.do.click()
    assert first.errors == []


@pytest.mark.parametrize(
    ("passphrase", "again"), [("kısa", "kısa"), (PASSPHRASE, "başka"), ("", "")]
)
def test_a_vault_is_not_made_with_a_weak_or_mistyped_passphrase(
    program: Program, vault_path: Path, passphrase: str, again: str
):
    program.start()
    assert program.entry is not None
    first = program.entry.panel
    assert isinstance(first, FirstStartPanel)
    first.centre.setText("Örnek Merkez")
    first.name.setText("derya")
    first.passphrase.setText(passphrase)
    first.again.setText(again)
    first.do.click()
    assert first.errors
    assert not vault_path.exists()


@pytest.mark.usefixtures("made_vault")
def test_locking_closes_the_vault_and_replaces_the_process(
    program: Program, qtbot: QtBot, replaced: list[list[str]], vault_path: Path, clock: FixedClock
):
    program.start()
    sign_in(program, PASSPHRASE)
    qtbot.waitUntil(lambda: program.window is not None)
    assert program.window is not None
    program.window.lock()
    assert replaced == [["--vault", str(vault_path), "--language", "tr"]]
    access.sign_in(vault_path, "derya", PASSPHRASE, clock).vault.close()


@pytest.mark.usefixtures("made_vault")
def test_the_chosen_look_is_put_on_and_remembered(program: Program, qtbot: QtBot):
    program.start()
    sign_in(program, PASSPHRASE)
    qtbot.waitUntil(lambda: program.window is not None)
    window = program.window
    assert window is not None
    window.show_page("trainings")
    dialog = PreferencesDialog(window, window.place, "tr")
    for group, choice in ((dialog.theme, "dark"), (dialog.text_size, "150")):
        next(made for made in group.buttons() if made.property("choice") == choice).click()
    dialog.do.click()
    assert (program.look.theme.name, program.look.percent) == ("dark", 150)
    assert program.window is not window
    assert program.window is not None
    assert program.window.front == "trainings"
    program.look.wear("light", 100)
    program.enter(window.place.desk)
    assert (program.look.theme.name, program.look.percent) == ("dark", 150)


@pytest.mark.usefixtures("made_vault")
def test_the_other_language_is_offered_before_signing_in(program: Program):
    program.start()
    assert program.entry is not None
    panel = program.entry.panel
    assert panel is not None
    panel.language_wanted.emit("en")
    other = program.entry.panel
    assert other is not None
    assert other.heading.text() == "Sign in"


@pytest.mark.usefixtures("made_vault")
def test_no_other_way_is_open_while_the_key_is_derived(program: Program, qtbot: QtBot):
    program.start()
    panel = sign_in(program, "başka bir parola")
    ways = [panel.foot.itemAt(place).widget() for place in range(panel.foot.count())]
    assert len(ways) == 3
    assert not any(way.isEnabled() for way in ways)
    qtbot.waitUntil(lambda: bool(panel.error))
    assert all(way.isEnabled() for way in ways)
