"""The vault: one encrypted file, one connection, opened by one person at a time."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError
from kadin_danisma.foreign import resolved
from kadin_danisma.progress import Progress
from kadin_danisma.store import (
    audit,
    copied,
    founding_roster,
    identifying,
    joining,
    keyring,
    keys,
    meta,
    migrate,
    opening,
    rotation,
    schema_objects,
    settling,
    stick,
    unlocking,
    unproved,
    user_rows,
)
from kadin_danisma.store.backup_failures import OnlyReadBackupError
from kadin_danisma.store.circle_book import CircleBook
from kadin_danisma.store.circles import Lent
from kadin_danisma.store.closing import Closing
from kadin_danisma.store.connection import Mode, connect, transaction
from kadin_danisma.store.copied import Copied
from kadin_danisma.store.copies import write_copy
from kadin_danisma.store.failures import KeepersAccountError, ReadOnlyMediumError, known_faults
from kadin_danisma.store.files import Hold, drop_unfinished, is_writable
from kadin_danisma.store.founding import found_vault
from kadin_danisma.store.keyring import Grant, Secrets
from kadin_danisma.store.keys import Kdf
from kadin_danisma.store.open_file import OpenFile
from kadin_danisma.store.probed import Probed
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.signed_in import SignedIn
from kadin_danisma.store.signing import Author
from kadin_danisma.store.slot_book import SlotBook
from kadin_danisma.store.unlocking import Unlocked
from kadin_danisma.store.withdrawal_book import WithdrawalBook


class Vault(SignedIn, Closing):
    """An open vault. Made by ``create`` and ``open``; may be used from any thread.

    Attributes:
        path: The file.
        vault_id: Its identity, which copies and backups share.
        centre: The centre's name.
        demo: Whether everybody in it is invented.
        user: Who opened it.
        clock: What the log takes its moments from.
        read_only: Whether the medium cannot be written.
        copied: What it says of itself where it is a backup, which can only be read.
        slots: The key files, for whoever gives out accounts.
        secrets: The keys of disciplines this process can hand to colleagues.
        notices: What whoever signed in should be told once, as sentences.
        at_closing: Called while it can still be written, before it is closed.
    """

    def __init__(
        self,
        path: Path,
        hold: Hold,
        db: Connection,
        unlocked: Unlocked,
        clock: Clock,
        *,
        roster: Roster,
        read_only: bool = False,
    ) -> None:
        self.path = path
        self.clock = clock
        self.read_only = read_only
        self.copied: Copied | None = None
        self._file = OpenFile(path, hold, db, unlocked, read_only=read_only, root=roster.root)
        self.slots = SlotBook(path, unlocked, roster, clock.now)
        self._chain_key = audit.key_of(db, unlocked.key)
        self._lock = threading.RLock()
        self.vault_id = unlocked.slots.vault_id
        self.notices: tuple[str, ...] = ()
        self.at_closing: Callable[[], None] = lambda: None
        self.centre = meta.read(db, meta.CENTRE)
        self.demo = meta.read(db, meta.DEMO) == "1"
        #: Who opened it, as the roster has her.
        self.user = self._whoever(db, unlocked.slot.user_id)
        #: The circles of restricted files, as they were signed.
        self.circles = CircleBook(lambda: self.roster)
        self.withdrawals = WithdrawalBook(lambda: self.roster)
        #: What broken seals lend to whoever is signed in, by the id of the client.
        self.lent: dict[str, Lent] = {}
        #: The keys of disciplines in this process: what its person was given, and for as long as
        #: it runs everything in the process that founded the vault, so that it can hand them out.
        self.secrets: Secrets = unlocked.secrets or self.held(
            unlocked.identity.sealing, self.user.id
        )

    @classmethod
    def create(
        cls,
        path: Path,
        centre: str,
        user: User,
        passphrase: str,
        clock: Clock,
        *,
        kdf: Kdf | None = None,
        demo: bool = False,
        schema: int | None = None,
    ) -> tuple["Vault", str]:
        """Make a vault with its first person, and open it.

        Args:
            path: Where; nothing may lie there. Its folder is made if need be.
            centre: The centre's name.
            user: The first coordinator.
            passphrase: Her passphrase.
            clock: The present moment.
            kdf: What guessing shall cost; what suits the machine by default.
            demo: Whether everybody in it is invented.
            schema: The schema version to stop at (the self-test migrates from there).

        Returns:
            The open vault, and the recovery code to be shown once.

        Raises:
            KnownError: Something lies there already, or the place cannot be written.
        """
        path = resolved(path.parent) / path.name
        cost = kdf or keys.suitable_kdf()
        with known_faults():
            unlocked, code = found_vault(
                path, centre, user, passphrase, clock, kdf=cost, demo=demo, schema=schema
            )
            with ExitStack() as stack:
                hold = Hold(path)
                stack.callback(hold.close)
                db = connect(path, unlocked.key, Mode.WORK)
                stack.callback(db.close)
                vault = cls(path, hold, db, unlocked, clock, roster=unlocked.roster)
                vault.fix_anchor()
                stack.pop_all()
        return vault, code

    @classmethod
    def open(
        cls,
        path: Path,
        name: str,
        passphrase: str,
        clock: Clock,
        *,
        key_file: bytes | None = None,
        read_only: bool = False,
        accept_rollback: bool = False,
    ) -> "Vault":
        """Sign in. Where that fails, nothing on the disk has changed.

        An older vault is migrated after an encrypted copy of it was made beside it; a damaged copy
        of the key file is healed; the sign-in is logged. On a medium that cannot be written none
        of this happens and the vault can only be read.

        Args:
            path: The vault file.
            name: The user name; spelling is folded.
            passphrase: The passphrase, or the recovery code for the name ``kurtarma``.
            clock: The present moment.
            key_file: The content of the file on her stick, where her account needs one.
            read_only: Whether to leave the medium alone though it could be written.
            accept_rollback: Whether to open it though it is older than its anchor; heard from a
                coordinator only, and logged.

        Raises:
            KeyFileNeededError: Her account needs a file on a stick as well.
            WrongCredentialsError: Name or passphrase are wrong; which of them is not told.
            RolledBackVaultError: It is older than when it was last used here.
            DamagedVaultError: It is damaged or is not what it was.
            KnownError: It is missing, in use, or made by a newer program.
        """
        path = resolved(path)
        with known_faults(), ExitStack() as stack:
            hold = Hold(path)
            stack.callback(hold.close)
            opening.check_file(path, hold)
            unlocked = unlocking.unlock(path, hold, name, passphrase, key_file)
            probed = opening.probe(path, hold, unlocked, accept=accept_rollback)
            stack.callback(joining.sign_again, path, unlocked, probed)
            still = read_only or probed.copied is not None or not is_writable(path)
            if still:
                db = joining.connect_still(path, unlocked, probed)
            else:
                db = joining.connect_for_work(path, unlocked, probed)
            stack.callback(db.close)
            planted = 0 if still else schema_objects.put_right(db)
            done = joining.bring_up(path, db, unlocked, clock)
            vault = cls(path, hold, db, unlocked, clock, roster=probed.roster, read_only=still)
            vault.copied = probed.copied
            vault.notices = (*done, *probed.notices)
            if not still:
                vault._settle(unlocked, probed, planted)
            vault._heed_signed_withdrawals()
            vault._send_keeper_away()
            stack.pop_all()
        return vault

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Lend the connection for reading; other threads wait."""
        with self._lock, known_faults():
            yield self._db

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Lend the connection for one transaction: all of the block is written, or nothing.

        Raises:
            KnownError: The disk is full, the medium cannot be written, the file is damaged.
        """
        with self._lock, known_faults():
            self._require_writable()
            with transaction(self._db) as db:
                yield db
            self._file.anchor.follow(self._db)

    def audit(
        self,
        db: Connection,
        action: str,
        subject: str,
        files: Iterable[str] = (),
        *,
        evidence: str = "",
        author: Author | None = None,
    ) -> None:
        """Append a signed line to the log, in the transaction of what it tells about.

        Args:
            db: The connection of that transaction.
            action: What was done: ``client.view``.
            subject: To what: a file number or a period, never a name.
            files: The ids of the files it is about.
            evidence: What bears it out, beside her signature.
            author: Whoever is signed in with other keys than before: from this line on.
        """
        now, signer = self.clock.now(), author or self.author
        audit.add(
            db, self._chain_key, self.user, now, action, subject, files,
            author=signer, evidence=evidence,
        )  # fmt: skip

    def first_break(self, db: Connection, upto: int | None = None) -> int | None:
        """Return the number of the first line of the log that does not fit, or None: all do."""
        return audit.first_break(db, self._chain_key, upto=upto)

    @property
    def _db(self) -> Connection:
        return self._file.db

    @property
    def _key(self) -> bytes:
        return self._file.key

    def subkey(self, purpose: str) -> bytes:
        """Return the key for one purpose; the vault key itself never leaves."""
        return keys.subkey(self._key, purpose)

    def fix_anchor(self) -> None:
        """Anchor the vault as it stands and wait for the disk, after what must not be undone."""
        with self._lock:
            if not self.read_only:
                self._file.anchor.fix(self._db)

    def compare_with(self, folder: Path) -> None:
        """Compare the log with the backups in a folder (see ``stick.compare``)."""
        with self.read() as db:
            stick.compare(db, folder, self._chain_key, self.vault_id)

    def backups_in(self, folder: Path) -> list[stick.OnStick]:
        """Return the backups of this vault in a folder (see ``stick.listed``)."""
        with self.read() as db:
            return stick.listed(db, folder, self.slots.file, self._key, self._chain_key)

    def copy_to(self, target: Path, progress: Progress | None = None) -> None:
        """Write an encrypted copy of the vault with its slots (see ``copies.write_copy``)."""
        mark = copied.told(self.clock.now(), self.user.id)
        with self.read() as db:
            write_copy(db, self._key, self.slots.file, target, progress, copied=mark)

    def unlocked_anew(self, name: str, passphrase: str) -> Unlocked:
        """Return what a passphrase brings out of the key files as they lie on the disk now.

        Raises:
            WrongCredentialsError: It opens nothing; takes as long as a sign-in.
        """
        found = unlocking.unlock(self.path, self._file.hold, name, passphrase)
        identifying.let_pass(self.roster, found.slot)
        return found

    def rotate_key(self, progress: Progress | None = None) -> None:
        """Exchange the key of the vault for a new one; everybody who remains keeps her passphrase.

        Whatever goes wrong, the vault opens: before the new file is whole the old one stays, and
        the key files fit both while one takes the place of the other.

        Args:
            progress: Told (pages done, pages in all); cancels by raising, until the copy is whole.

        Raises:
            KnownError: The disk fails; the old key stays.
        """
        with self._lock, known_faults():
            self._require_writable()
            new = rotation.write_new_file(
                self._db,
                self.path,
                self._key,
                self.slots,
                lambda copy: self.audit(copy, "key.rotate", ""),
                progress,
            )
            both = rotation.put_in_place(self._file, self.slots, new)
            with self.write() as db:
                self.slots.write(db, both.settled(1), self.roster)
            self._heed_signed_withdrawals()
            self.fix_anchor()

    def close(self) -> None:
        """Bring everything into the one file and let go of it; closing twice is fine."""
        with self._lock:
            if self._file.closed:
                return
            with suppress(KnownError):
                self.at_closing()
            self._file.close()

    def held(self, private: bytes, user_id: str) -> Secrets:
        """Return the keys of disciplines that a person's private key opens."""
        with self.read() as db:
            has_wall = migrate.version(db) >= keyring.SCHEMA
            return keyring.held(db, user_id, private) if private and has_wall else {}

    def _whoever(self, db: Connection, user_id: str) -> User:
        """Return a person: by the roster, or before there is one by the tables."""
        if self.slots.roster.statements:
            return self.slots.roster.members[user_id].user
        user = user_rows.find_active(db, user_id)
        assert user is not None, "who is not there was refused before"
        return user

    def _require_writable(self) -> None:
        if self.copied:
            raise OnlyReadBackupError
        if self.read_only:
            raise ReadOnlyMediumError

    def _heed_signed_withdrawals(self) -> None:
        """Let what somebody silenced without signing for it stand, found and counted as ever."""
        unproved.let_stand(self._db, self.withdrawals.unproved(self._db))

    def _send_keeper_away(self) -> None:
        """Close before IT, whose slot of older days has just lost the vault key."""
        if self.user.role is Role.IT:
            self.close()
            raise KeepersAccountError

    def _settle(self, unlocked: Unlocked, probed: Probed, planted: int) -> None:
        """Put in order what a crash or an older program left, and log the sign-in."""
        drop_unfinished(self.path)
        with self.write() as db:
            lines = settling.unsigned_lines(db, probed, self.user.id, planted)
            lines += settling.settle_slots(db, self.slots, unlocked, self.clock.now())
            self.user = self._whoever(db, self.user.id)
            if settling.UNDONE in {line.action for line in lines}:
                self.notices += (rotation.undone_words(),)
            if settling.FOUNDED in {line.action for line in lines}:
                self.notices += (founding_roster.founded_words(self.roster),)
            lines += settling.arrival(db, self.path, unlocked, probed)
            grant = Grant(self.clock.now(), self.user.id)
            lines += settling.settle_keyring(db, self.slots, self.user, grant)
            settling.tell(db, self._chain_key, lines, self.user, self.author, self.clock.now())
        settling.tidy_up(self.slots)
        self._file.rest_on(self.roster.root)
        self.secrets = self.held(self.slots.private, self.user.id)
        self.fix_anchor()
