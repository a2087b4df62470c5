"""A lawyer is added, has her first day, works, leaves, and stays outside."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import NotAllowedError, WrongCredentialsError
from kadin_danisma.services import access, casework, finding, intake, people
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.pages.today import TodayPage
from kadin_danisma.ui.shell.first_day import ConductPanel, OwnPassphrasePanel
from tests.builders import PASSPHRASE, a_client, a_session
from tests.stories.conftest import Start
from tests.ui.door import shown, sign_in

GIVEN = "mavi kapı ağır ağır açıldı"
CLIENT = a_client()

pytestmark = pytest.mark.first_day


@pytest.fixture
def centre(desk: Desk, vault_path: Path) -> Path:
    """A centre with one file, whose coordinator has added a lawyer and gone home."""
    intake.open_file(desk, CLIENT)
    people.add_user(desk, "elif", "Av. Elif K.", Role.LAWYER, GIVEN)
    desk.vault.close()
    return vault_path


@pytest.mark.usefixtures("centre")
def test_a_lawyer_is_added_has_her_first_sign_in_and_works(
    start: Start, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    program = start()
    sign_in(program, GIVEN, "elif")
    conduct = shown(program, ConductPanel, qtbot)
    assert not conduct.do.isEnabled()
    assert program.window is None
    conduct.read.setChecked(True)
    conduct.do.click()
    own = shown(program, OwnPassphrasePanel, qtbot)
    words = own.choice.words.text()
    own.choice.first.setText(GIVEN)
    own.choice.again.setText(GIVEN)
    own.do.click()
    qtbot.waitUntil(lambda: bool(own.choice.errors()))
    own.choice.first.setText(words)
    own.do.click()
    qtbot.waitUntil(lambda: program.window is not None)
    assert program.window is not None
    assert isinstance(program.window.page, TodayPage)
    desk = program.window.place.desk
    intake.record_session(desk, a_session(CLIENT, service="legal", note="Dava dosyası."))
    program.close()

    with pytest.raises(WrongCredentialsError):
        access.sign_in(vault_path, "elif", GIVEN, clock)
    again = access.sign_in(vault_path, "elif", words, clock)
    with again.vault:
        (entry_of_note,) = casework.client_page(again, CLIENT.id).timeline
        assert "Dava dosyası." in repr(entry_of_note), "her new key pair opens her notes"


@pytest.mark.usefixtures("centre")
def test_closing_the_window_in_the_middle_lets_nobody_in(
    start: Start, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    program = start()
    sign_in(program, GIVEN, "elif")
    shown(program, ConductPanel, qtbot)
    program.close()
    desk = access.sign_in(vault_path, "elif", GIVEN, clock)
    with desk.vault, pytest.raises(NotAllowedError):
        finding.search(desk, "isil")


@pytest.mark.usefixtures("centre")
def test_who_leaves_cannot_sign_in_any_more(vault_path: Path, clock: FixedClock) -> None:
    coordinator = access.sign_in(vault_path, "derya", PASSPHRASE, clock)
    coordinator.first_steps = frozenset()
    with coordinator.vault:
        (lawyer,) = [user for user in people.users(coordinator) if user.name == "elif"]
        people.remove_user(coordinator, lawyer.id)
    with pytest.raises(WrongCredentialsError):
        access.sign_in(vault_path, "elif", GIVEN, clock)
    access.sign_in(vault_path, "derya", PASSPHRASE, clock).vault.close()
