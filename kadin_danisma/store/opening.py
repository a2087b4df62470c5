"""Before a vault is opened: what lies there, whose it is, who asks; nothing is written.

Order of the checks: shared reference, security.md 3.8. Each fault has an error of its own
(store/failures.py).
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from nacl.utils import random
from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.errors import KnownError, RolledBackVaultError, WrongCredentialsError
from kadin_danisma.i18n import _
from kadin_danisma.store import (
    anchor,
    audit,
    copied,
    identifying,
    keyring,
    keys,
    meta,
    migrate,
    sealing,
    slot_files,
    slots,
)
from kadin_danisma.store.anchor import Anchor, Proof
from kadin_danisma.store.connection import PAGE_BYTES, SALT_BYTES, Mode, connected
from kadin_danisma.store.failures import (
    BrokenVaultError,
    ChangedBackupError,
    EmptyVaultError,
    ForeignVaultError,
    KeepersAccountError,
    KeysDamagedError,
    KeysMissingError,
    KeysRolledBackError,
    NewerVaultError,
    OtherRootError,
    PendingAccountError,
    PlainVaultError,
    RefusedSlotError,
    TruncatedVaultError,
    UnprovedBackupError,
)
from kadin_danisma.store.files import Hold, beside, is_filled
from kadin_danisma.store.identity import Identity
from kadin_danisma.store.probed import Probed
from kadin_danisma.store.proving import lacks_digest, unproved_faults
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.second_anchor import SecondAnchor
from kadin_danisma.store.slots import Holding, Slot, SlotFile

_PLAIN = b"SQLite format 3\0"
#: Up to this size the whole file is checked at every sign-in (about 75 ms on a slow PC).
_CHECKED_WHOLE = 16 << 20


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a right passphrase brings out of the key files."""

    slots: SlotFile
    slot: Slot
    #: The key of the vault file as it lies there; of IT what she holds instead of it.
    key: bytes
    #: Whether both copies are there and say the same.
    healthy: bool
    #: Her private keys.
    identity: Identity
    #: Who is who, as the key file says; nobody where it is from before the roster.
    roster: Roster
    #: Whether all that the key file says of that holds.
    chain_holds: bool = True
    #: On what it rests, as her slot says; empty in one of the third format.
    root: str = ""
    #: What her passphrase made, with which a slot of the third format is filled anew.
    slot_key: bytes = b""
    #: Which of the beginnings in the key file the vault file has.
    place: int = 0
    #: The disciplines' keys, in whose hands they were made.
    secrets: Mapping[Discipline, bytes] = field(default_factory=dict)

    def unseal(self, sealed: bytes) -> bytes | None:
        """Return what was sealed to her, or None where it was not."""
        return sealing.unseal(sealed, self.identity.sealing)


def has_log(path: Path) -> bool:
    """Tell whether a crash left a write-ahead log beside the file."""
    return is_filled(beside(path, "-wal"))


def check_file(path: Path, hold: Hold) -> None:
    """Let pass what looks like a vault.

    Raises:
        KnownError: It is empty, in plain text or cut off.
    """
    if hold.size() == 0:
        raise EmptyVaultError
    if hold.first(len(_PLAIN)) == _PLAIN:
        raise PlainVaultError
    # A power cut may have caught the file growing; then its log still has the missing piece.
    if hold.size() % PAGE_BYTES and not has_log(path):
        raise TruncatedVaultError if _is_ours(path, hold) else ForeignVaultError


def _is_ours(path: Path, hold: Hold) -> bool:
    """Tell whether the file begins as the key files beside it remember, where there are any."""
    copies = _newest_first(slot_files.read_copies(path))
    return not copies or any(hold.first(SALT_BYTES) in copy.headers for copy, _content in copies)


def unlock(
    path: Path, hold: Hold, name: str, passphrase: str, key_file: bytes | None = None
) -> Unlocked:
    """Open the slot of a person who may open the vault (see ``unlock_slot``).

    Raises:
        KeepersAccountError: She looks after the vault and does not open it.
        PendingAccountError: Nobody who holds the vault key has let her in yet.
    """
    unlocked = unlock_slot(path, hold, name, passphrase, key_file)
    if unlocked.slot.holding is Holding.UPKEEP:
        raise KeepersAccountError
    if unlocked.slot.holding is Holding.WAITING:
        raise PendingAccountError(identifying.words(unlocked.roster, unlocked.slot))
    return unlocked


def unlock_slot(
    path: Path, hold: Hold, name: str, passphrase: str, key_file: bytes | None = None
) -> Unlocked:
    """Open a person's slot, in the newest copy of the key file that is genuine.

    An unknown name takes as long as a wrong passphrase and ends in the same error.

    Raises:
        KeyFileNeededError: The account needs a file on a stick as well.
        WrongCredentialsError: Name or passphrase are wrong.
        DamagedVaultError: The key files are missing, damaged, or of another vault.
    """
    contents = slot_files.read_copies(path)
    if not contents:
        raise KeysMissingError
    copies = _newest_first(contents)
    if not copies:
        raise KeysDamagedError
    header = hold.first(SALT_BYTES)
    own = [copy for copy in copies if header in copy[0].headers]
    if not own:
        raise _foreign_or_broken(path, copies, name, passphrase, key_file)
    opened = _open_slot(own, header, name, passphrase, key_file)
    whole = next(said for file, said in own if file is opened.slots)
    healthy = len(contents) == len(slot_files.ENDINGS) and all(said == whole for said in contents)
    return replace(opened, healthy=healthy)


_Copies = list[tuple[SlotFile, bytes]]
#: So often IT and waiting people do not write the key files between two sign-ins.
_MOST_GENERATIONS = 1 << 20
#: A name stands once; ``kurtarma`` means each set of sheets, also while one replaces another.
_MOST_OF_A_NAME = 3


def _newest_first(contents: list[bytes]) -> _Copies:
    found: _Copies = []
    for content in contents:
        with suppress(slot_files.UnreadableError):
            found.append((slot_files.decode(content), content))
    return sorted(found, key=_generation, reverse=True)


def _generation(copy: tuple[SlotFile, bytes]) -> int:
    return copy[0].generation


def _open_slot(
    copies: _Copies, header: bytes, name: str, passphrase: str, key_file: bytes | None
) -> Unlocked:
    """Open a person's slot in the first copy where it opens and the whole copy is genuine.

    Args:
        copies: The copies that are of this vault file.
        header: With what the vault file begins.
        name: The user name.
        passphrase: Her passphrase.
        key_file: The content of the file on her stick.
    """
    derived: dict[tuple[bytes, keys.Kdf, bool], bytes] = {}
    tampered, refused = False, False
    doubtful: list[Unlocked] = []
    found = _asked(copies, name)
    for file, content, slot in found:
        place = file.place_of(header)
        if place is None:
            continue
        cost = (slot.salt, slot.kdf, slot.key_file)
        if cost not in derived:
            derived[cost] = slot.derive(passphrase, key_file)
        opened = slot.open(file.vault_id, derived[cost])
        if opened is None:
            continue
        seals = slots.seals(slot.holding, opened.held)
        if not slot_files.is_genuine(content, seals):
            tampered = True
            continue
        try:
            roster, holds = identifying.read_roster(file, seals, opened.root)
        except RefusedSlotError:
            refused = True
            continue
        unlocked = Unlocked(
            file,
            slot,
            opened.held[place],
            healthy=False,
            identity=opened.identity,
            roster=roster,
            chain_holds=holds,
            root=opened.root,
            slot_key=derived[cost],
            place=place,
        )
        try:
            identifying.let_pass(roster, slot)
        except RefusedSlotError:
            refused = True
            if slot.holding is Holding.VAULT:
                # The chain in the key file may have been cut; that in the vault decides.
                doubtful.append(unlocked)
            continue
        return unlocked
    if doubtful:
        return doubtful[0]
    if tampered:
        raise KeysDamagedError
    if refused:
        raise RefusedSlotError
    if not derived:
        keys.derive(passphrase, random(keys.SALT_BYTES), copies[0][0].slots[0].kdf)
    raise WrongCredentialsError(_("The user name or the passphrase is wrong."))


def _asked(copies: _Copies, name: str) -> list[tuple[SlotFile, bytes, Slot]]:
    """Return the slots of a name, each of which costs a derivation before it can be proved genuine.

    A copy in which it stands more often than in any key file of ours is passed over.

    Raises:
        KeysDamagedError: There is no other copy.
    """
    plausible = [copy for copy in copies if len(copy[0].slots_of(name)) <= _MOST_OF_A_NAME]
    if not plausible:
        raise KeysDamagedError
    return [(*copy, slot) for copy in plausible for slot in copy[0].slots_of(name)]


def _foreign_or_broken(
    path: Path, copies: _Copies, name: str, passphrase: str, key_file: bytes | None
) -> KnownError:
    """Tell a vault of other people from our own with a damaged beginning.

    Where the file opens with the beginning that the key file remembers, it is ours.
    """
    header = copies[0][0].headers[0]
    with suppress(WrongCredentialsError, KeysDamagedError, dbapi2.Error):
        opened = _open_slot(copies, header, name, passphrase, key_file)
        with connected(path, opened.key, Mode.STILL, header):
            return BrokenVaultError()
    return ForeignVaultError()


@contextmanager
def reading(path: Path, vault_key: bytes) -> Iterator[Connection]:
    """Open a vault that nobody else has open, for reading, and leave its folder as it was."""
    if is_filled(beside(path, "-journal")):
        mode = Mode.COPY
    else:
        mode = Mode.LEFT_BEHIND if has_log(path) else Mode.STILL
    shared = beside(path, "-shm")
    keep_shared = shared.exists()
    try:
        with connected(path, vault_key, mode) as db:
            yield db
    finally:
        if shared.exists() and not keep_shared:
            shared.unlink()


def probe(path: Path, hold: Hold, unlocked: Unlocked, *, accept: bool = False) -> Probed:
    """Look into a vault before anything is written to it.

    Args:
        path: The vault file.
        hold: Its hold.
        unlocked: What the passphrase brought out.
        accept: Whether a rolled-back vault shall pass; heard from a coordinator only.

    Raises:
        KnownError: It is newer, foreign, rolled back or damaged, or the person has left.
    """
    with unproved_faults(lambda: prove(path, hold, unlocked)), reading(path, unlocked.key) as db:
        roster = check_identity(db, unlocked)
        is_coordinator = identifying.is_coordinator(db, roster, unlocked.slot)
        second = _second(db, path, unlocked)
        beside_it = anchor.read(path, unlocked.key, unlocked.slots.vault_id)
        # Asked first: whoever made a list of her own calls herself a coordinator by it.
        for known in (beside_it, second.read()):
            if known and known.root and known.root != roster.root:
                raise OtherRootError
        found_copied = copied.of(db, hold.first(SALT_BYTES), unlocked.slots)
        if has_log(path):
            check_through_log(db)
        elif hold.size() <= _CHECKED_WHOLE:
            check_seals(db)
        try:
            if found_copied or copied.was_restored(unlocked.slots):
                found = check_copy(db, path, hold, unlocked)
            else:
                found = check_anchor(db, path, hold, unlocked)
        except RolledBackVaultError:
            if not has_log(path):
                # A large file was not looked through yet, and damage is something else.
                check_seals(db)
            if not (accept and is_coordinator):
                raise
            version = migrate.version(db)
            return Probed(version, None, roster, is_coordinator, accepted=True, copied=found_copied)
        return Probed(
            migrate.version(db),
            found,
            roster,
            is_coordinator,
            known_here=second.read() is not None,
            swapped=second.is_of_another(),
            unsigned=lacks_digest(path, found, unlocked.slots),
            copied=found_copied,
        )


def prove(path: Path, hold: Hold, unlocked: Unlocked) -> Proof:
    """Compare the whole file with what its anchor says of it (``anchor.prove``)."""
    return anchor.prove(path, hold, unlocked.key, unlocked.slots.vault_id)


def check_copy(db: Connection, path: Path, hold: Hold, unlocked: Unlocked) -> Anchor | None:
    """Let pass a copy that is what the program signed, or one from before copies were signed.

    Raises:
        ChangedBackupError: It was changed.
        UnprovedBackupError: Nobody can tell.
        RolledBackVaultError: See ``check_anchor``.
    """
    proof = prove(path, hold, unlocked)
    if proof is Proof.CHANGED:
        raise ChangedBackupError
    found = check_anchor(db, path, hold, unlocked)
    if proof.settled(audit.last(db), found) is Proof.UNPROVED:
        raise UnprovedBackupError
    return found


def check_anchor(db: Connection, path: Path, hold: Hold, unlocked: Unlocked) -> Anchor | None:
    """Compare the vault with the anchor beside it and the one on this PC (``anchor.check``).

    Raises:
        RolledBackVaultError: It is older than its anchor, or its log was changed behind it.
    """
    here = _second(db, path, unlocked).read()
    return anchor.check(db, path, hold, unlocked.key, unlocked.slots.vault_id, here)


def _second(db: Connection, path: Path, unlocked: Unlocked) -> SecondAnchor:
    return SecondAnchor(path, audit.key_of(db, unlocked.key), unlocked.slots.vault_id)


def check_identity(db: Connection, unlocked: Unlocked) -> Roster:
    """Let pass the vault that belongs to the slots, and a person who still works there.

    Returns:
        Who is who; nobody in a vault from before the roster.

    Raises:
        KnownError: See ``probe``.
    """
    if migrate.version(db) > migrate.latest():
        raise NewerVaultError
    if meta.read(db, meta.VAULT_ID) != unlocked.slots.vault_id:
        raise ForeignVaultError
    known = int(meta.read(db, meta.KEYS_GENERATION))
    if unlocked.slots.generation < known:
        raise KeysRolledBackError
    if unlocked.slots.generation > known + _MOST_GENERATIONS:
        # Counted on from, it would soon be none that can be read.
        raise KeysDamagedError
    if migrate.version(db) >= keyring.SCHEMA:
        # Signing in reads these; damage in them must show before anything is written.
        keyring.look_through(db)
    return identifying.agreed(db, unlocked.roster, unlocked.slot, unlocked.root)


def check_seals(db: Connection) -> None:
    """Check the seal of every page.

    Raises:
        BrokenVaultError: One does not match.
    """
    if db.execute("PRAGMA cipher_integrity_check").fetchone():
        raise BrokenVaultError


def check_through_log(db: Connection) -> None:
    """Check every page in use as it will be once the log has come into the file.

    Pages that stand in the log may be half written in the file and are healed by it; the seal of
    the file alone would take them for damage.

    Raises:
        BrokenVaultError: One is damaged and the log does not have it.
    """
    if db.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise BrokenVaultError
