"""Work that exchanges the key of the vault: alone, and because somebody leaves."""

from pathlib import Path

from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError, WrongCredentialsError
from kadin_danisma.store import slot_files, users
from kadin_danisma.store.vault import Vault
from tools.ordeal.child import Say
from tools.ordeal.work import (
    CLOCK,
    NAME,
    PASSPHRASE,
    Harm,
    Work,
    compare,
    create_with_code,
    harm_of_opening,
    last_number,
    save,
    save_first,
    sign_in,
    vault_of,
)

#: Records that are there from the beginning.
_ROWS = 5
_STAYS, _LEAVES = "elif", "nur"


class Rotating(Work):
    """The key of the vault is changed, records are saved, somebody leaves, it is changed again."""

    name = "changing the vault key"

    def __init__(self, rounds: int = 4) -> None:
        self.rounds = rounds
        self._code = ""

    def prepare(self, folder: Path) -> None:
        """Start from a vault with records, notes, and two colleagues."""
        vault, self._code = create_with_code(folder)
        with vault:
            for name in (_STAYS, _LEAVES):
                users.add_user(vault, User(name=name, title=name, role=Role.LAWYER), PASSPHRASE)
            save_first(vault, _ROWS)

    def run(self, folder: Path, say: Say) -> None:
        """Change the key and save, and so on; in the middle of it a colleague leaves."""
        with sign_in(vault_of(folder)) as vault:
            for number in range(_ROWS + 1, _ROWS + 1 + self.rounds):
                if number == _ROWS + 1 + self.rounds // 2:
                    leaving = next(u for u in users.all_of(vault) if u.name == _LEAVES)
                    users.remove_user(vault, leaving.id)
                    say("gone 1")
                vault.rotate_key()
                say(f"rotated {number}")
                with vault.write() as db:
                    save(vault, db, number)
                say(f"saved {number}")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """Everybody who stays gets in, nothing is lost, and one key is left afterwards."""
        path = vault_of(folder)
        people = [(_STAYS, PASSPHRASE), ("kurtarma", self._code), (NAME, PASSPHRASE)]
        try:
            if last_number(said, "gone") and _opens(path, _LEAVES):
                return Harm(shut=1, what="whoever left still gets in")
            for name, passphrase in people:
                Vault.open(path, name, passphrase, CLOCK).close()
            with sign_in(path) as vault:
                harm = compare(vault, max(_ROWS, last_number(said, "saved")))
        except KnownError as error:
            return harm_of_opening(error)
        if any(len(slot_files.decode(said).headers) > 1 for said in slot_files.read_copies(path)):
            return Harm(shut=1, what="the exchange was neither finished nor undone")
        return harm


def _opens(path: Path, name: str) -> bool:
    try:
        Vault.open(path, name, PASSPHRASE, CLOCK).close()
    except WrongCredentialsError:
        return False
    return True
