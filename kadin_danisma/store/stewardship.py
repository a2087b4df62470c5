"""IT's place beside a vault: accounts, backups and checks, without the key that opens it.

What IT holds seals the key file and the pages (``slots.Holding.UPKEEP``) and decrypts nothing. An
account made or reset here is pending until somebody who holds the vault key lets it in. Each act is
a line in the journal of the key file, which her next sign-in carries into the log.
"""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.records import User, new_id
from kadin_danisma.domain.recovery import is_recovery_name
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError, WrongCredentialsError
from kadin_danisma.i18n import _
from kadin_danisma.progress import Progress
from kadin_danisma.store import anchor, keys, opening, recovery, roster, sealing, slot_files, slots
from kadin_danisma.store.closing import Closing
from kadin_danisma.store.copies import (
    backup_name,
    clear_unfinished,
    pages_do_not_match,
    refuse_existing,
)
from kadin_danisma.store.failures import BrokenVaultError, NotAKeeperError, known_faults
from kadin_danisma.store.files import Hold, beside, make_folder, move_into_place, write_atomically
from kadin_danisma.store.opening import Unlocked
from kadin_danisma.store.pages import broken_pages
from kadin_danisma.store.roster import Names
from kadin_danisma.store.slots import (
    ADDED,
    BACKED_UP,
    KEY_FILE_DROPPED,
    KEY_FILE_USED,
    REMOVED,
    RESET,
    Entry,
    Holding,
    Slot,
    SlotFile,
)


@dataclass(frozen=True, slots=True)
class Account:
    """What IT sees of an account.

    Args:
        user: The person; without a name where the roster could not be read.
        waits: Whether she waits to be let in by somebody who holds the vault key.
    """

    user: User
    waits: bool


class Stewardship(Closing):
    """A vault that is looked after and not opened; made by ``open``.

    Attributes:
        path: The vault file.
        file: What the key files say.
        user: Who looks after it.
    """

    def __init__(self, path: Path, hold: Hold, unlocked: Unlocked, clock: Clock) -> None:
        self.path = path
        self.file: SlotFile = unlocked.slots
        self._hold = hold
        self._clock = clock
        self._private = unlocked.private
        self._mac_key = unlocked.key[: keys.KEY_BYTES]
        self._page_key = unlocked.key[keys.KEY_BYTES :]
        self.user = self._user(unlocked.slot)

    @classmethod
    def open(
        cls,
        path: Path,
        name: str,
        passphrase: str,
        clock: Clock,
        *,
        key_file: bytes | None = None,
    ) -> "Stewardship":
        """Take up the care of a vault; nobody else can open it meanwhile.

        Args:
            path: The vault file, or a backup.
            name: The user name.
            passphrase: The passphrase.
            clock: The present moment.
            key_file: The content of the file on the stick, where the account needs one.

        Raises:
            WrongCredentialsError: Name or passphrase are wrong.
            NotAKeeperError: It is an account of another kind.
            KnownError: The vault is missing, damaged or in use.
        """
        path = path.resolve()
        with known_faults():
            hold = Hold(path)
            try:
                opening.check_file(path, hold)
                unlocked = opening.unlock_slot(path, hold, name, passphrase, key_file)
                if unlocked.slot.holding is not Holding.UPKEEP:
                    raise NotAKeeperError
            except BaseException:
                hold.close()
                raise
        return cls(path, hold, unlocked, clock)

    def close(self) -> None:
        """Let go of the vault; closing twice is fine."""
        self._hold.close()

    @property
    def needs_key_file(self) -> bool:
        """Tell whether one's own passphrase opens only beside a key file."""
        return self._mine.key_file

    @property
    def _mine(self) -> Slot:
        return next(slot for slot in self.file.slots if slot.user_id == self.user.id)

    def accounts(self) -> list[Account]:
        """Return who has an account, without the recovery sheets."""
        return [
            Account(self._user(slot), slot.holding is Holding.WAITING) for slot in self._slots()
        ]

    def add(self, name: str, title: str, role: Role, passphrase: str) -> User:
        """Make a pending account.

        Raises:
            KnownError: Name or passphrase are missing, or the name is taken.
        """
        if not name.strip():
            raise KnownError(_("The user name is missing."))
        if self.file.slots_of(name) or is_recovery_name(name):
            raise KnownError(_("Somebody of this user name is there already."))
        user = User(id=new_id(), name=name, title=title or name, role=role)
        names = {**self._names(), **roster.names_of([user])}
        sealed = roster.seal(names, self._mac_key, self.file.vault_id)
        file = replace(self.file.with_slot(self._pending(user, passphrase)), roster=sealed)
        self._write(file, ADDED, user.id)
        return user

    def reset(self, user_id: str, passphrase: str) -> None:
        """Give somebody who forgot hers another passphrase; she is pending then.

        Raises:
            KnownError: There is no such account, it is one's own, or the passphrase is missing.
        """
        slot = self._account(user_id)
        pending = self._pending(self._user(slot), passphrase)
        self._write(self.file.with_slot(pending), RESET, user_id)

    def remove(self, user_id: str) -> None:
        """Take an account away.

        Raises:
            KnownError: There is no such account, it is one's own or the last coordinator's.
        """
        slot = self._account(user_id)
        staying = [
            other
            for other in self._slots()
            if other.user_id != user_id
            and other.role is Role.COORDINATOR
            and other.holding is Holding.VAULT
        ]
        if slot.role is Role.COORDINATOR and not staying:
            raise KnownError(_("The last coordinator cannot be removed."))
        self._write(self.file.without(user_id), REMOVED, user_id)

    def change_passphrase(
        self,
        old: str,
        new: str,
        *,
        key_file: bytes | None = None,
        new_key_file: bytes | None = None,
    ) -> None:
        """Set one's own passphrase (arguments: ``users.change_passphrase``).

        Raises:
            WrongCredentialsError: The present one is wrong.
        """
        mine = self._mine
        if mine.open(self.file.vault_id, mine.derive(old, key_file)) is None:
            raise WrongCredentialsError(_("The present passphrase is wrong."))
        private = self._private if mine.own else sealing.new_private()
        made = slots.make_slot(
            self.file.vault_id, self.user, new, private, keys.suitable_kdf(), key_file=new_key_file
        )
        bundle = self._mac_key + self._page_key
        held = made.holds(self.file.vault_id, Holding.UPKEEP, [bundle])
        action = RESET
        if old == new and mine.key_file != held.key_file:
            action = KEY_FILE_USED if held.key_file else KEY_FILE_DROPPED
        self._write(self.file.with_slot(held), action, self.user.id)
        self._private = private

    def findings(self, progress: Progress | None = None) -> list[str]:
        """Return what is wrong with the seals of the pages, as sentences; nothing is opened."""
        with known_faults():
            broken = broken_pages(self.path, self._page_key, progress)
        return [pages_do_not_match(len(broken))] if broken else []

    def make_backup(self, folder: Path, progress: Progress | None = None) -> Path:
        """Copy the vault as it lies there, with everything beside it, and check every page.

        Raises:
            KnownError: The folder is not there, cannot be written, or a page is damaged.
        """
        target = backup_name(folder, self._clock)
        self.copy_to(target, progress)
        self._write(self.file, BACKED_UP, target.name)
        return target

    def copy_to(self, target: Path, progress: Progress | None = None) -> None:
        """Copy the vault with its key files, its anchor and what a crash left; whole, or not there.

        Raises:
            VaultExistsError: Something lies at the target.
            BrokenVaultError: The seal of a page does not match in the copy.
        """
        with known_faults():
            clear_unfinished(target)
            refuse_existing(target)
            make_folder(target.parent)
            part = beside(target, ".part")
            beside_it = [
                (path, beside(target, path.name.removeprefix(self.path.name)))
                for path in (*slot_files.paths(self.path), anchor.path_of(self.path),
                             beside(self.path, "-wal"))
                if path.is_file()
            ]  # fmt: skip
            try:
                shutil.copyfile(self.path, part)
                part.chmod(0o600)
                for source, copy in beside_it:
                    write_atomically(copy, source.read_bytes())
                log = beside(target, "-wal")
                if broken_pages(part, self._page_key, progress, log=log):
                    raise BrokenVaultError
                move_into_place(part, target)
            except BaseException:
                for path in (part, *(copy for _source, copy in beside_it)):
                    path.unlink(missing_ok=True)
                raise

    def _slots(self) -> list[Slot]:
        return [slot for slot in self.file.slots if not recovery.is_recovery(slot.user_id)]

    def _names(self) -> Names:
        return roster.unseal(self.file.roster, self._mac_key, self.file.vault_id)

    def _user(self, slot: Slot) -> User:
        name, title = self._names().get(slot.user_id, ("", ""))
        return User(id=slot.user_id, name=name, title=title, role=slot.role)

    def _account(self, user_id: str) -> Slot:
        found = next((slot for slot in self._slots() if slot.user_id == user_id), None)
        if found is None:
            raise KnownError(_("There is no such person, or she has left."))
        if user_id == self.user.id:
            raise KnownError(_("You cannot do this with your own account."))
        return found

    def _pending(self, user: User, passphrase: str) -> Slot:
        """Return a slot of which nobody but its person will know the final key pair."""
        made = slots.make_slot(
            self.file.vault_id,
            user,
            passphrase,
            sealing.new_private(),
            keys.suitable_kdf(),
            own=False,
        )
        return made.holds(self.file.vault_id, Holding.WAITING, [self._mac_key])

    def _write(self, file: SlotFile, action: str, subject: str) -> None:
        at = self._clock.now().isoformat(timespec="seconds")
        entry = Entry(at, self.user.id, action, subject)
        written = replace(
            file, generation=self.file.generation + 1, journal=(*self.file.journal, entry)
        )
        with known_faults():
            slot_files.write(self.path, written, [self._mac_key])
        self.file = written
