"""Work on the key files: people come, change their passphrases and leave; the vault is founded."""

from pathlib import Path

from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError, WrongCredentialsError
from kadin_danisma.store import users
from kadin_danisma.store.vault import Vault
from tools.ordeal.child import Say
from tools.ordeal.work import (
    CLOCK,
    NAME,
    PASSPHRASE,
    Harm,
    Work,
    compare,
    create,
    harm_of_opening,
    save,
    vault_of,
)

#: What stands for the passphrase of somebody who may not sign in.
_NONE = "-"


class ChangingKeys(Work):
    """Slots are added, changed and dropped; the own passphrase changes too."""

    name = "changing slots"

    def __init__(self, rounds: int = 6) -> None:
        self.rounds = rounds

    def prepare(self, folder: Path) -> None:
        """Start from a vault with one record and one person."""
        with create(folder) as vault, vault.write() as db:
            save(vault, db, 1)

    def run(self, folder: Path, say: Say) -> None:
        """Say what is about to change before, and that it has changed after."""
        own = PASSPHRASE
        with Vault.open(vault_of(folder), NAME, own, CLOCK) as vault:
            for number in range(self.rounds):
                say(f"will elif first{number}")
                elif_ = users.add_user(vault, _elif(), f"first{number}")
                say(f"has elif first{number}")
                say(f"will elif second{number}")
                users.reset_passphrase(vault, elif_.id, f"second{number}")
                say(f"has elif second{number}")
                say(f"will {NAME} own{number}")
                users.change_passphrase(vault, own, f"own{number}")
                say(f"has {NAME} own{number}")
                own = f"own{number}"
                say(f"will elif {_NONE}")
                users.remove_user(vault, elif_.id)
                say(f"has elif {_NONE}")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """Each person signs in with what was acknowledged, or with the change under way."""
        stands, under_way = {NAME: PASSPHRASE, "elif": _NONE}, {}
        for word in said:
            verb, *rest = word.split(" ")
            if verb == "will":
                under_way = {rest[0]: rest[1]}
            elif verb == "has":
                stands[rest[0]], under_way = rest[1], {}
        path = vault_of(folder)
        try:
            opened = [_signs_in(path, name, stands[name], under_way) for name in (NAME, "elif")]
            with Vault.open(path, NAME, opened[0] or PASSPHRASE, CLOCK) as vault:
                kept = compare(vault, 1)
        except KnownError as error:
            return harm_of_opening(error)
        lost = opened.count(None)
        if lost:
            return Harm(lost=lost, what="an acknowledged change of a slot is gone")
        return kept


def _signs_in(path: Path, name: str, stands: str, under_way: dict[str, str]) -> str | None:
    """Return the passphrase that rules now; None where it is not one of those it may be."""
    may = [stands, under_way[name]] if name in under_way else [stands]
    for passphrase in may:
        if passphrase == _NONE:
            continue
        try:
            Vault.open(path, name, passphrase, CLOCK).close()
        except WrongCredentialsError:
            continue
        return passphrase
    return _NONE if _NONE in may else None


def _elif() -> User:
    return User(name="elif", title="Elif B.", role=Role.LAWYER)


class Founding(Work):
    """A vault is made where none is."""

    name = "making a vault"

    def prepare(self, folder: Path) -> None:
        """Start from nothing."""

    def run(self, folder: Path, say: Say) -> None:
        """Make it, and say that its owner was told so."""
        with create(folder):
            say("has vault")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """It is there, or it can be made in a second try."""
        path = vault_of(folder)
        try:
            if not path.exists():
                if "has vault" in said:
                    return Harm(lost=1, what="the new vault is gone")
                create(folder).close()
            Vault.open(path, NAME, PASSPHRASE, CLOCK).close()
        except KnownError as error:
            return harm_of_opening(error)
        return Harm()
