"""IT makes an account, its person chooses her passphrase, and six words decide who comes in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from kadin_danisma.domain import passphrase
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError, NotLetInError
from kadin_danisma.services import access, keeping, keyring, people
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.keeping import KeepersDesk
from kadin_danisma.store import fingerprint
from kadin_danisma.ui.dialogs.letin import LetInDialog
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.pages.admin.users import UsersSection
from kadin_danisma.ui.pages.today import TodayPage
from kadin_danisma.ui.shell.first_day import OwnPassphrasePanel
from kadin_danisma.ui.shell.program import Program
from kadin_danisma.ui.shell.waiting import WaitingPanel
from kadin_danisma.ui.workplace import Workplace
from tests.builders import PASSPHRASE
from tests.stories.conftest import Start
from tests.ui.door import shown, sign_in

TOLD = "mavi kapı ağır ağır açıldı"


@pytest.fixture
def centre(desk: Desk, vault_path: Path, clock: FixedClock) -> Path:
    """A centre whose IT officer has made an account for a lawyer and gone home."""
    people.add_user(desk, "irem", "İrem T.", Role.IT, PASSPHRASE)
    desk.vault.close()
    it_desk = access.enter(vault_path, "irem", PASSPHRASE, clock)
    assert isinstance(it_desk, KeepersDesk)
    keeping.add_account(it_desk, "elif", "Av. Elif K.", Role.LAWYER, TOLD)
    it_desk.close()
    return vault_path


@pytest.fixture
def section(centre: Path, clock: FixedClock, look: Look, qtbot: QtBot) -> Iterator[UsersSection]:
    """The coordinator before her list of people, after the lawyer chose her passphrase."""
    access.set_first_passphrase(centre, "elif", TOLD, passphrase.generate(), clock)
    with access.sign_in(centre, "derya", PASSPHRASE, clock).vault as vault:
        place = Workplace(Desk(vault, clock), look)
        made = UsersSection(place)
        qtbot.addWidget(made)
        made.reload()
        yield made
        place.background.close()


def words_shown(program: Program, qtbot: QtBot) -> str:
    """Return the six words, once the panel that shows them is there."""
    return shown(program, WaitingPanel, qtbot).words.text()


def choose_passphrase(program: Program, qtbot: QtBot) -> str:
    """Type the five words that are offered, and return them."""
    own = shown(program, OwnPassphrasePanel, qtbot)
    chosen = own.choice.words.text()
    own.choice.first.setText(chosen)
    own.do.click()
    return chosen


def mark(section: UsersSection, name: str) -> None:
    place = next(at for at, user in enumerate(section.model.rows) if user.name == name)
    section.table.selectRow(place)


def opened(section: UsersSection) -> LetInDialog:
    mark(section, "elif")
    section.let_in.click()
    assert section.letting is not None
    return section.letting


@pytest.mark.usefixtures("centre")
def test_she_chooses_tells_her_words_waits_and_works(
    start: Start, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    program = start()
    sign_in(program, TOLD, "elif")
    hers = choose_passphrase(program, qtbot)
    words = words_shown(program, qtbot)
    assert len(words.split()) == fingerprint.WORDS == 6
    assert words != hers, "what she says aloud is not her passphrase"
    assert program.window is None

    shown(program, WaitingPanel, qtbot).again.click()
    sign_in(program, hers, "elif")
    assert words_shown(program, qtbot) == words, "she sees the same words again"

    coordinator = access.sign_in(vault_path, "derya", PASSPHRASE, clock)
    with coordinator.vault:
        (newcomer,) = people.waiting(coordinator)
        assert newcomer.words == words, "the coordinator sees what the lawyer sees"
        people.admit(coordinator, newcomer.user.id)

    shown(program, WaitingPanel, qtbot).again.click()
    sign_in(program, hers, "elif")
    qtbot.waitUntil(lambda: program.window is not None)
    assert program.window is not None
    assert program.window.place.desk.user.role is Role.LAWYER


@pytest.mark.usefixtures("centre")
def test_whoever_leaves_while_she_waits_has_opened_nothing(start: Start, qtbot: QtBot) -> None:
    program = start()
    sign_in(program, TOLD, "elif")
    choose_passphrase(program, qtbot)
    words_shown(program, qtbot)
    entry = program.entry
    assert entry is not None
    shown(program, WaitingPanel, qtbot).leave.click()
    assert not entry.isVisible()
    assert program.window is None


@pytest.mark.usefixtures("centre")
def test_the_passphrase_she_was_told_cannot_stay(
    start: Start, qtbot: QtBot, vault_path: Path, clock: FixedClock
) -> None:
    program = start()
    sign_in(program, TOLD, "elif")
    own = shown(program, OwnPassphrasePanel, qtbot)
    own.choice.first.setText(TOLD)
    own.choice.again.setText(TOLD)
    own.do.click()
    qtbot.waitUntil(lambda: bool(own.choice.errors()))
    with pytest.raises(NotLetInError) as still:
        access.sign_in(vault_path, "elif", TOLD, clock)
    assert still.value.words == ""


def test_the_coordinator_lets_her_in_after_the_words_were_compared(section: UsersSection) -> None:
    form = opened(section)
    (newcomer,) = people.waiting(section.place.desk)
    assert form.words.text() == newcomer.words
    said: list[str] = []
    section.place.nav.said.connect(lambda words, _undo: said.append(words))
    form.do.click()
    assert people.waiting(section.place.desk) == []
    assert section.let_in.isHidden()
    assert [each.user.id for each in keyring.waiting(section.place.desk)] == [newcomer.user.id]
    assert "anahtar" in said[-1], "it is said that the key of her notes is still to be given"


def test_whoever_has_other_words_is_not_let_in(
    section: UsersSection, centre: Path, clock: FixedClock
) -> None:
    form = opened(section)
    form.differ.click()
    assert form.advice.text()
    assert not form.do.isEnabled()
    form.submit()
    assert len(people.waiting(section.place.desk)) == 1, "not by Ctrl+Enter either"
    form.leave.click()
    section.place.desk.vault.close()
    with pytest.raises(KnownError):
        access.sign_in(centre, "elif", TOLD, clock)


def test_an_account_that_it_took_over_shows_other_words(centre: Path, clock: FixedClock) -> None:
    """IT resets the account behind the back of its person, and chooses in her place."""
    hers = access.set_first_passphrase(centre, "elif", TOLD, passphrase.generate(), clock)
    it_desk = access.enter(centre, "irem", PASSPHRASE, clock)
    assert isinstance(it_desk, KeepersDesk)
    (elif_,) = [each.user for each in keeping.accounts(it_desk) if each.user.name == "elif"]
    keeping.reset_passphrase(it_desk, elif_.id, TOLD)
    it_desk.close()
    access.set_first_passphrase(centre, "elif", TOLD, passphrase.generate(), clock)
    coordinator = access.sign_in(centre, "derya", PASSPHRASE, clock)
    with coordinator.vault:
        (newcomer,) = people.waiting(coordinator)
        assert newcomer.words != hers


def test_nobody_is_let_in_before_she_chose_a_passphrase(
    centre: Path, clock: FixedClock, look: Look, qtbot: QtBot
) -> None:
    desk = access.sign_in(centre, "derya", PASSPHRASE, clock)
    with desk.vault:
        place = Workplace(desk, look)
        section = UsersSection(place)
        qtbot.addWidget(section)
        section.reload()
        mark(section, "elif")
        assert not section.let_in.isEnabled()
        section.open_let_in()
        assert section.letting is None
        page = TodayPage(place)
        qtbot.addWidget(page)
        page.reload()
        assert page.newcomers.isHidden(), "there is nothing to compare yet"
        place.background.close()


def test_the_first_page_tells_who_lets_people_in(section: UsersSection, qtbot: QtBot) -> None:
    page = TodayPage(section.place)
    qtbot.addWidget(page)
    page.reload()
    assert not page.newcomers.isHidden()
    with qtbot.waitSignal(section.place.nav.page_wanted) as wanted:
        page.newcomers.go.click()
    assert wanted.args == ["admin"]
    opened(section).do.click()
    page.reload()
    assert page.newcomers.isHidden()
