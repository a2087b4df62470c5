"""IT's place beside a vault: accounts, backups and checks, without the key that opens it.

What IT holds seals the key file and the pages (``slots.Holding.UPKEEP``) and decrypts nothing. An
account made or reset here is pending until a coordinator signs it. What concerns accounts are
statements of the roster, signed by IT, which open nothing; other acts are signed lines in the
journal. The next sign-in of somebody who holds the vault key carries both into the log.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.records import User, new_id
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError, WrongCredentialsError
from kadin_danisma.foreign import resolved
from kadin_danisma.i18n import _
from kadin_danisma.progress import Progress
from kadin_danisma.store import (
    copied,
    founding_roster,
    keys,
    opening,
    signing,
    slot_files,
    slots,
    unlocking,
)
from kadin_danisma.store.backup_failures import OnlyReadBackupError
from kadin_danisma.store.closing import Closing
from kadin_danisma.store.copied import Copied
from kadin_danisma.store.copies import (
    backup_name,
    pages_do_not_match,
)
from kadin_danisma.store.failures import (
    KeysDamagedError,
    NoRosterYetError,
    NotAKeeperError,
    known_faults,
)
from kadin_danisma.store.files import Hold
from kadin_danisma.store.identity import NO_KEYS, Identity
from kadin_danisma.store.journal import (
    BACKED_UP,
    KEY_FILE_DROPPED,
    KEY_FILE_USED,
    RESTORED,
    Entry,
    file_name,
)
from kadin_danisma.store.pages import broken_pages, fits
from kadin_danisma.store.proving import changed, seems_changed
from kadin_danisma.store.raw_copies import write_raw_copy
from kadin_danisma.store.roster import envelope
from kadin_danisma.store.roster.chain import stated
from kadin_danisma.store.roster.members import refuse_name
from kadin_danisma.store.roster.statement import Kind, Member, State, Subject
from kadin_danisma.store.signing import Author
from kadin_danisma.store.slots import UNSIGNED, Holding, Slot, SlotFile
from kadin_danisma.store.telling import CopyTold, Opener, opening_slots
from kadin_danisma.store.unfinished import (
    clear_all_unfinished,
)
from kadin_danisma.store.unlocking import Unlocked


@dataclass(frozen=True, slots=True)
class Account:
    """What IT sees of an account.

    Args:
        user: The person.
        waits: Whether she waits to be let in by somebody who holds the vault key.
    """

    user: User
    waits: bool


class Stewardship(Closing):
    """A vault that is looked after and not opened; made by ``open``.

    Attributes:
        path: The vault file.
        file: What the key files say.
        roster: Who is who.
        user: Who looks after it.
    """

    def __init__(self, path: Path, hold: Hold, unlocked: Unlocked, clock: Clock) -> None:
        self.path = path
        self.file: SlotFile = unlocked.slots
        self._hold = hold
        self._clock = clock
        self.roster = unlocked.roster
        self._identity = unlocked.identity
        self._mac_key = unlocked.key[: keys.KEY_BYTES]
        self._page_key = unlocked.key[keys.KEY_BYTES :]
        self.user = self.roster.members[unlocked.slot.user_id].user
        if unlocked.slot.format == UNSIGNED:
            self._bring_up(unlocked)

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
        path = resolved(path)
        with known_faults():
            hold = Hold(path)
            try:
                opening.check_file(path, hold)
                unlocked = unlocking.unlock_slot(path, hold, name, passphrase, key_file)
                if unlocked.slot.holding is not Holding.UPKEEP:
                    raise NotAKeeperError
                if not unlocked.roster.statements:
                    raise NoRosterYetError if unlocked.chain_holds else KeysDamagedError
                member = unlocked.roster.active(unlocked.slot.user_id)
                if member is None or member.role is not Role.IT:
                    raise NotAKeeperError
                if not fits(path, unlocked.key[keys.KEY_BYTES :]):
                    # Of another time, or put there by somebody who holds the other half.
                    raise KeysDamagedError
                return cls(path, hold, unlocked, clock)
            except BaseException:
                hold.close()
                raise

    def close(self) -> None:
        """Let go of the vault; closing twice is fine."""
        self._hold.close()

    @property
    def copied(self) -> Copied | None:
        """Return what is known of the making of a backup; None where it is a vault."""
        return copied.of_key_file(self.file)

    def told(self) -> CopyTold:
        """Return what IT can tell of a backup: the key file, and nothing that stands in it."""
        made, members = self.copied, self.roster.members
        maker = members.get(made.by) if made else None
        openers = tuple(
            Opener(member.title)
            for slot in opening_slots(self.file)
            if (member := members.get(slot.user_id)) and member.kind is Kind.PERSON
        )
        by, at = maker.title if maker else "", made.at if made else None
        return CopyTold(made is not None, "", at, by, {}, openers)

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
            Account(member.user, member.state is State.WAITING)
            for member in self.roster.members.values()
            if member.kind is Kind.PERSON and member.state is not State.LEFT
        ]

    def add(self, name: str, title: str, role: Role, passphrase: str) -> User:
        """Make a pending account.

        Raises:
            KnownError: Name or passphrase are missing, or the name is taken.
        """
        refuse_name(self.roster, name, title)
        user = User(id=new_id(), name=name, title=title or name, role=role)
        member = Member(user.id, user.name, user.title, role, State.WAITING, own=False)
        self._write(self.file.with_slot(self._pending(user, passphrase)), member)
        return user

    def reset(self, user_id: str, passphrase: str) -> None:
        """Give somebody who forgot hers another passphrase; she is pending then.

        Raises:
            KnownError: There is no such account, it is one's own or the last coordinator's, or the
                passphrase is missing.
        """
        member = self._account(user_id)
        if self.roster.coordinators == {user_id}:
            raise KnownError(
                _("Nobody could approve the last coordinator again. That takes a recovery sheet.")
            )
        pending = self._pending(member.user, passphrase)
        waiting = member.now(state=State.WAITING, public=NO_KEYS, own=False)
        self._write(self.file.with_slot(pending), waiting)

    def remove(self, user_id: str) -> None:
        """Take an account away.

        Raises:
            KnownError: There is no such account, it is one's own or the last coordinator's.
        """
        member = self._account(user_id)
        if self.roster.coordinators == {user_id}:
            raise KnownError(_("The last coordinator cannot be removed."))
        gone = member.now(state=State.LEFT, public=NO_KEYS)
        self._write(self.file.without(user_id), gone)

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
            raise WrongCredentialsError(_("The present passphrase is wrong. Please type it again."))
        identity, file_id = Identity.new(), self.file.vault_id
        made = slots.make_slot(
            file_id, self.user, new, identity, keys.suitable_kdf(),
            root=self.roster.root, key_file=new_key_file,
        )  # fmt: skip
        held = made.holds(file_id, Holding.UPKEEP, self._boxed(self._mac_key + self._page_key))
        entries = []
        if old == new and mine.key_file != held.key_file:
            action = KEY_FILE_USED if held.key_file else KEY_FILE_DROPPED
            entries.append(self._entry(action, self.user.id))
        member = self.roster.members[self.user.id]
        renewed = member.now(public=identity.public, own=True)
        self._write(self.file.with_slot(held), renewed, entries=entries)
        self._identity = identity

    def findings(self, progress: Progress | None = None) -> list[str]:
        """Return what is wrong with the pages of the file, as sentences; nothing is opened."""
        with known_faults():
            broken = broken_pages(self.path, self._page_key, progress)
            if broken:
                return [pages_do_not_match(len(broken))]
            return [changed()] if seems_changed(self.path, self._hold) else []

    def make_backup(self, folder: Path, progress: Progress | None = None) -> Path:
        """Copy the vault as it lies there, with everything beside it, and check every page.

        Raises:
            KnownError: The folder is not there, cannot be written, or a page is damaged.
        """
        if self.copied:
            raise OnlyReadBackupError
        clear_all_unfinished(folder)
        target = backup_name(folder, self._clock)
        self.copy_to(target, progress)
        self._write(self.file, entries=[self._entry(BACKED_UP, target.name)])
        return target

    def copy_to(self, target: Path, progress: Progress | None = None) -> None:
        """Copy the vault under a name; the copy says of itself that it is one."""
        copy = replace(self.file, copied=copied.told(self._clock.now(), self.user.id))
        write_raw_copy(self.path, target, self._sealed(copy), self._page_key, progress)

    def restore_to(self, target: Path, progress: Progress | None = None) -> None:
        """Make a vault of the backup; whoever signs in there first compares it with its digest.

        Raises:
            VaultExistsError: Something lies at the target.
            BrokenVaultError: The seal of a page does not match in the copy.
        """
        entry = self._entry(RESTORED, file_name(self.path.name))
        at_home = replace(
            self.file,
            generation=entry.number,
            journal=(*self.file.journal, entry),
            copied="",
        )
        write_raw_copy(self.path, target, self._sealed(at_home), self._page_key, progress)

    @property
    def _author(self) -> Author:
        return Author(self.user.id, self.file.vault_id, self._identity.signing)

    def _sealed(self, file: SlotFile) -> bytes:
        """Return the key file of a copy, sealed.

        While the vault key is being exchanged it is sealed under two, of which IT holds one: then
        it is that which opened as it lies there; a kill may have left the other one behind it.
        """
        if len(file.headers) == 1:
            return slot_files.encode(file, [self._mac_key])
        for content in slot_files.read_copies(self.path):
            with suppress(slot_files.UnreadableError):
                if slot_files.decode(content) == self.file:
                    return content
        raise KeysDamagedError

    def _bring_up(self, unlocked: Unlocked) -> None:
        """Exchange the first signing key, which whoever founded the roster knew, for one's own."""
        member = self.roster.members[self.user.id]
        self._identity = founding_roster.enrolled(self.file, unlocked, member)
        if self.copied:
            return
        renewed = replace(self._identity, signing=signing.new_seed())
        slot = founding_roster.brought_up(unlocked, renewed, self.roster.root, self.file)
        file = self.file.with_slot(slot).without_enrolment(self.user.id)
        self._write(file, member.now(public=renewed.public, own=slot.own))
        self._identity = renewed

    def _account(self, user_id: str) -> Member:
        member = self.roster.standing(user_id)
        if member is None or member.kind is not Kind.PERSON:
            raise KnownError(_("There is no such person, or they have left."))
        if user_id == self.user.id:
            raise KnownError(_("You cannot do this with your own account."))
        return member

    def _pending(self, user: User, passphrase: str) -> Slot:
        """Return a slot of which nobody but its person will know the final keys."""
        made = slots.make_slot(
            self.file.vault_id, user, passphrase, Identity.new(), keys.suitable_kdf(),
            root=self.roster.root, own=False,
        )  # fmt: skip
        return made.holds(self.file.vault_id, Holding.WAITING, self._boxed(self._mac_key))

    def _boxed(self, held: bytes) -> list[bytes]:
        """Return what goes into a slot's boxes: as many as the vault file may have beginnings.

        While a change of the key is broken off these are two; the one that does not lie there is
        never looked at again.
        """
        return [held] * len(self.file.headers)

    def _entry(self, action: str, subject: str) -> Entry:
        number = self.file.generation + 1
        return Entry(self._moment(), self.user.id, action, subject, number).signed(self._author)

    def _moment(self) -> str:
        return self._clock.now().isoformat(timespec="seconds")

    def _write(self, file: SlotFile, *subjects: Subject, entries: Sequence[Entry] = ()) -> None:
        """Write the key files with what IT says; the vault has it at the next sign-in.

        Raises:
            OnlyReadBackupError: It is a backup.
            NotAllowedError: IT may not say that.
        """
        if self.copied:
            raise OnlyReadBackupError
        chain = stated(self.roster, self._author, self._moment(), subjects)
        written = replace(
            file,
            generation=self.file.generation + 1,
            journal=(*self.file.journal, *entries),
            roster=envelope.seal(chain.statements, self._mac_key, file.vault_id),
        )
        with known_faults():
            slot_files.write(self.path, written, [self._mac_key])
        self.file, self.roster = written, chain
