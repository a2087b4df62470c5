"""Work on who is who: IT's statements beside the vault, a newcomer let in, somebody sent away."""

from collections.abc import Callable
from pathlib import Path

from kadin_danisma.domain.records import Session, User
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.trust import Trust
from kadin_danisma.errors import KnownError
from kadin_danisma.store import notes, pending, records, users
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.vault import Vault
from tools.ordeal.child import Say
from tools.ordeal.doors import STICK, WAYS, Doors, sign_in_by
from tools.ordeal.work import (
    CLOCK,
    NAME,
    PASSPHRASE,
    Harm,
    Work,
    compare,
    create,
    harm_of_opening,
    save_first,
    sign_in,
    vault_of,
)

#: Records that are there from the beginning.
ROWS = 2
_TOLD, _CHOSEN = WAYS["told"].passphrase, WAYS["chosen"].passphrase
_SECOND = WAYS["second"].passphrase


def staffed(folder: Path, *staff: tuple[str, Role]) -> None:
    """Make the vault of a work with people in it, and records."""
    with create(folder) as vault:
        add_staff(vault, *staff)


def add_staff(vault: Vault, *staff: tuple[str, Role]) -> None:
    """Add people whose passphrase is everybody's, and records."""
    for name, role in staff:
        users.add_user(vault, User(name=name, title=name, role=role), PASSPHRASE)
    save_first(vault, ROWS)


def id_of(vault: Vault, name: str) -> str:
    """Return the id of somebody who works there."""
    return next(user.id for user in users.all_of(vault) if user.name == name)


def misread(vault: Vault) -> Harm | None:
    """Return the harm of a lawyer who cannot read the notes of ordinary files, as signed."""
    with vault.read() as db:
        for session in records.read(db, Session, ""):
            note = notes.standing(db, session.id)
            if note is not None and note.circle is not None:
                continue
            reading = note.read(db, vault.roster, vault.readable()) if note else None
            if reading is None:
                return Harm(lost=1, what="a note opens no more")
            if reading.trust not in {Trust.SIGNED, Trust.SHARED}:
                return Harm(shut=1, what="a note is not its author's any more")
    return None


class MindingAccounts(Work):
    """IT adds, resets and removes accounts, and takes another passphrase and a key file."""

    name = "accounts minded by IT"

    def __init__(self) -> None:
        self._turn = 0

    def prepare(self, folder: Path) -> None:
        """Start from a vault with IT and two colleagues."""
        staffed(folder, ("irem", Role.IT), ("elif", Role.LAWYER), ("nur", Role.SOCIAL_WORKER))

    def run(self, folder: Path, say: Say) -> None:
        """Do each, and say of it before and after."""
        with Stewardship.open(vault_of(folder), "irem", PASSPHRASE, CLOCK) as keeper:
            ids = {each.user.name: each.user.id for each in keeper.accounts()}

            def own(passphrase: str, new: str, key_file: bytes | None = None) -> None:
                keeper.change_passphrase(passphrase, new, new_key_file=key_file)

            acts: list[tuple[str, Callable[[], object]]] = [
                ("gül told", lambda: keeper.add("gül", "Gül", Role.LAWYER, _TOLD)),
                ("elif told", lambda: keeper.reset(ids["elif"], _TOLD)),
                ("nur out", lambda: keeper.remove(ids["nur"])),
                ("irem keeps-second", lambda: own(PASSPHRASE, _SECOND)),
                ("irem keeps-second+stick", lambda: own(_SECOND, _SECOND, STICK)),
            ]
            for word, act in acts:
                say(f"will {word}")
                act()
                say(f"has {word}")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """Each finds what she may, before and after a coordinator came; the log is calm."""
        path = vault_of(folder)
        at_first = {
            NAME: "first", "irem": "keeps", "elif": "first", "nur": "first", "gül": "out",
        }  # fmt: skip
        doors = Doors(said, at_first)
        self._turn += 1
        try:
            met = doors.found(path, self._turn)
            with sign_in(path) as vault:
                harm = compare(vault, ROWS)
            again = doors.found(path, self._turn + 1)
        except KnownError as error:
            return harm_of_opening(error)
        return doors.missed(met) or doors.missed(again) or harm


class LettingIn(Work):
    """A newcomer takes a passphrase of her own, is let in and given keys; somebody is removed."""

    name = "letting in and removing"

    def __init__(self) -> None:
        self._turn = 0

    def prepare(self, folder: Path) -> None:
        """Start from a vault for which IT made an account that waits."""
        staffed(folder, ("irem", Role.IT), ("elif", Role.LAWYER), ("nur", Role.LAWYER))
        with Stewardship.open(vault_of(folder), "irem", PASSPHRASE, CLOCK) as keeper:
            keeper.add("gül", "Gül", Role.LAWYER, _TOLD)

    def run(self, folder: Path, say: Say) -> None:
        """Go the whole way from the account that waits to the colleague who reads."""
        path = vault_of(folder)
        say("will gül chosen")
        pending.set_own_passphrase(path, "gül", _TOLD, _CHOSEN)
        say("has gül chosen")
        with sign_in(path) as vault:
            say("will gül let-in")
            pending.admit(vault, id_of(vault, "gül"))
            say("has gül let-in")
        with sign_in_by(path, "elif", "first") as vault:
            hers = next(each for each in users.all_of(vault) if each.name == "gül")
            users.grant(vault, vault.secrets, hers)
            say("granted")
        with sign_in(path) as vault:
            say("will nur out")
            users.remove_user(vault, id_of(vault, "nur"))
            say("has nur out")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """She waits or is in, reads once she was given the key; who was removed stays out."""
        path = vault_of(folder)
        at_first = {NAME: "first", "irem": "keeps", "elif": "first", "nur": "first", "gül": "told"}
        doors = Doors(said, at_first)
        self._turn += 1
        try:
            met = doors.found(path, self._turn)
            harm = doors.missed(met)
            for name in ("elif", "gül") if "granted" in said and not harm else ("elif",):
                with sign_in_by(path, name, met[name]) as vault:
                    harm = harm or misread(vault)
            with sign_in(path) as vault:
                harm = harm or compare(vault, ROWS)
        except KnownError as error:
            return harm_of_opening(error)
        return harm
