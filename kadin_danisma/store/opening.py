"""Before a vault is opened: what lies there, whose it is, who asks; nothing is written.

Order of the checks: shared reference, security.md 3.8. Each fault has an error of its own
(store/failures.py).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.errors import RolledBackVaultError
from kadin_danisma.store import (
    anchor,
    audit,
    copied,
    identifying,
    keyring,
    meta,
    migrate,
    proving,
    slot_files,
    unlocking,
)
from kadin_danisma.store.anchor import Anchor
from kadin_danisma.store.backup_failures import (
    ChangedBackupError,
    OlderUnprovedError,
    UnprovedBackupError,
)
from kadin_danisma.store.connection import PAGE_BYTES, SALT_BYTES, Mode, connected
from kadin_danisma.store.failures import (
    BrokenVaultError,
    EmptyVaultError,
    ForeignVaultError,
    KeysDamagedError,
    KeysRolledBackError,
    NewerVaultError,
    OlderStateError,
    OtherRootError,
    PlainVaultError,
    PutBackError,
    TruncatedVaultError,
)
from kadin_danisma.store.files import Hold, beside, is_filled
from kadin_danisma.store.probed import Probed
from kadin_danisma.store.proving import Proof, lacks_digest, unproved_faults
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.second_anchor import SecondAnchor
from kadin_danisma.store.unlocking import Unlocked

_PLAIN = b"SQLite format 3\0"
#: Up to this size the whole file is checked at every sign-in (about 75 ms on a slow PC).
_CHECKED_WHOLE = 16 << 20
#: So often IT and waiting people do not write the key files between two sign-ins.
_MOST_GENERATIONS = 1 << 20


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
    copies = unlocking.newest_first(slot_files.read_copies(path))
    return not copies or any(hold.first(SALT_BYTES) in copy.headers for copy, _content in copies)


@contextmanager
def reading(path: Path, hold: Hold, unlocked: Unlocked) -> Iterator[Connection]:
    """Open a vault that nobody else has open, for reading, and leave its folder as it was.

    Only a journal of a change that was broken off is brought in. A copy, and a file at rest, has
    none: what looks like one was put there, and would write into what is only to be read.
    """
    if is_filled(beside(path, "-journal")) and not _has_no_journal(path, hold, unlocked):
        mode = Mode.COPY
    else:
        mode = Mode.LEFT_BEHIND if has_log(path) else Mode.STILL
    shared = beside(path, "-shm")
    keep_shared = shared.exists()
    try:
        with connected(path, unlocked.key, mode) as db:
            yield db
    finally:
        if shared.exists() and not keep_shared:
            shared.unlink()


def _has_no_journal(path: Path, hold: Hold, unlocked: Unlocked) -> bool:
    file = unlocked.slots
    return bool(file.copied) or anchor.is_at_rest(
        path, hold.first(SALT_BYTES), unlocked.key, file.vault_id
    )


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
    with unproved_faults(lambda: prove(path, hold, unlocked)), reading(path, hold, unlocked) as db:
        roster = check_identity(db, unlocked)
        is_coordinator = identifying.is_coordinator(db, roster, unlocked.slot)
        second = _second(db, path, unlocked)
        here = second.read()
        # Asked first: whoever made a list of her own calls herself a coordinator by it.
        _check_root(roster, anchor.read(path, unlocked.key, unlocked.slots.vault_id), here)
        restoring = copied.restoring(db, unlocked.slots, roster)
        found_copied = copied.of(db, hold.first(SALT_BYTES), unlocked.slots, roster)
        if has_log(path):
            check_through_log(db)
        elif hold.size() <= _CHECKED_WHOLE:
            check_seals(db)
        try:
            if found_copied or restoring:
                found = check_copy(db, path, hold, unlocked, restoring)
            else:
                found = check_anchor(db, path, hold, unlocked)
        except RolledBackVaultError as error:
            if not has_log(path):
                # A large file was not looked through yet, and damage is something else.
                check_seals(db)
            if not (accept and is_coordinator):
                raise
            version = migrate.version(db)
            return Probed(
                version,
                None,
                roster,
                is_coordinator,
                accepted=True,
                unproved=isinstance(error, UnprovedBackupError),
                copied=found_copied,
                restoring=restoring,
            )
        return Probed(
            migrate.version(db),
            found,
            roster,
            is_coordinator,
            known_here=here is not None,
            swapped=second.is_of_another(),
            unsigned=lacks_digest(path, found, unlocked.slots),
            copied=found_copied,
            restoring=restoring,
        )


def _check_root(roster: Roster, *anchors: Anchor | None) -> None:
    if any(known and known.root and known.root != roster.root for known in anchors):
        raise OtherRootError


def prove(path: Path, hold: Hold, unlocked: Unlocked) -> Proof:
    """Compare the whole file with what its anchor says of it (``proving.prove``)."""
    return proving.prove(path, hold, unlocked.key, unlocked.slots.vault_id)


def check_copy(
    db: Connection, path: Path, hold: Hold, unlocked: Unlocked, restoring: str
) -> Anchor | None:
    """Let pass a copy that is what the program signed, or one from before copies were signed.

    Args:
        db: The opened copy.
        path: Its file.
        hold: Its hold.
        unlocked: What the passphrase brought out.
        restoring: Which restoring by IT nobody has taken up yet (``copied.restoring``).

    Raises:
        ChangedBackupError: It was changed.
        UnprovedBackupError: Nobody can tell; also where it is older as well.
        RolledBackVaultError: See ``check_anchor``.
    """
    proof = prove(path, hold, unlocked)
    if proof is Proof.CHANGED:
        raise ChangedBackupError
    stands = anchor.read(path, unlocked.key, unlocked.slots.vault_id)
    # Somebody may have proved it and taken it up, and died on the way.
    is_taken_up = stands and restoring and stands.proved == restoring
    unproved = not is_taken_up and proof.settled(audit.last(db), stands) is Proof.UNPROVED
    try:
        found = check_anchor(db, path, hold, unlocked)
    except (OlderStateError, PutBackError) as error:
        # Where a backup was restored nobody wonders that it is older, and accepts it.
        if unproved:
            raise OlderUnprovedError from error
        raise
    if unproved:
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
