"""No account is made whose name could be read as a colleague's, wherever accounts are made."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kadin_danisma.domain import names
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import new_id
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError
from kadin_danisma.services import access, keeping, people
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.keeping import KeepersDesk
from kadin_danisma.store import user_rows, users
from kadin_danisma.store.roster.statement import Member, State
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user

HERS = "beş başka kelime burada duruyor"
LIKE_OTHERS = ["leyIa", "ley1a", "kurtarrna", "le\u200byla"]
UNREADABLE = ["ley\u00adlan", "leyl\u0430n", "ley\nlan", "\u3164"]
Add = Callable[[str], object]


@pytest.fixture(params=["coordinator", "it"])
def add(request: pytest.FixtureRequest, vault: Vault, clock: FixedClock) -> Iterator[Add]:
    """Make an account as somebody who may."""
    users.add_user(vault, a_user("leyla", role=Role.LAWYER), HERS)
    users.add_user(vault, a_user("irem", role=Role.IT), PASSPHRASE)
    if request.param == "coordinator":
        desk = Desk(vault, clock)
        yield lambda name: people.add_user(desk, name, "", Role.LAWYER, HERS)
        return
    vault.close()
    keeper = access.enter(vault.path, "irem", PASSPHRASE, clock)
    assert isinstance(keeper, KeepersDesk)
    yield lambda name: keeping.add_account(keeper, name, "", Role.LAWYER, HERS)
    keeper.close()


@pytest.mark.parametrize("name", LIKE_OTHERS + UNREADABLE)
def test_a_name_that_can_be_misread_is_refused(add: Add, name: str) -> None:
    with pytest.raises(KnownError):
        add(name)


def test_another_name_is_taken(add: Add) -> None:
    add("ayten")
    add("leyan")


def test_a_title_that_can_be_misread_is_refused(vault: Vault, clock: FixedClock) -> None:
    with pytest.raises(KnownError):
        people.add_user(Desk(vault, clock), "elif", "Av. El\u0456f", Role.LAWYER, HERS)


def test_the_name_of_somebody_who_left_is_free(vault: Vault, clock: FixedClock) -> None:
    leyla = users.add_user(vault, a_user("leyla", role=Role.LAWYER), HERS)
    users.remove_user(vault, leyla.id)
    people.add_user(Desk(vault, clock), "leyIa", "", Role.LAWYER, HERS)


@pytest.mark.parametrize("name", UNREADABLE)
def test_no_vault_is_founded_under_an_unreadable_name(
    tmp_path: Path, clock: FixedClock, name: str
) -> None:
    path = tmp_path / "new.vault"
    with pytest.raises(KnownError):
        access.create_vault(path, "Örnek", name, PASSPHRASE, clock)
    assert not path.exists()


def test_an_account_that_it_asks_for_past_the_rule_does_not_join_the_roster(
    vault: Vault, clock: FixedClock
) -> None:
    users.add_user(vault, a_user("irem", role=Role.IT), PASSPHRASE)
    vault.close()
    with Stewardship.open(vault.path, "irem", PASSPHRASE, clock) as keeper:
        alike = Member(new_id(), "derуa", "Derya A.", Role.LAWYER, State.WAITING, own=False)
        with pytest.raises(KnownError):
            keeper._write(keeper.file, alike)
    with Vault.open(vault.path, "derya", PASSPHRASE, clock) as opened, opened.read() as db:
        assert {user.name for user in user_rows.all_of(db)} == {"derya", "irem"}


def test_two_accounts_of_before_whose_names_look_alike_go_on(
    vault: Vault, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    users.add_user(vault, a_user("leyla", role=Role.LAWYER), HERS)
    with monkeypatch.context() as older:
        older.setattr(names, "resembles", lambda _name, _others: False)
        users.add_user(vault, a_user("leyia", role=Role.LAWYER), HERS)
    vault.close()
    for name in ("leyla", "leyia"):
        with Vault.open(vault.path, name, HERS, clock) as opened:
            assert opened.user.name == name
