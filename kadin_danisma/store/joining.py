"""Connecting to a vault that was looked into: for work, or to a medium that cannot be written."""

from contextlib import suppress
from glob import escape
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import Clock
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.store import anchor, copied, identifying, migrate, opening, schema_objects
from kadin_danisma.store.backup_failures import OlderBackupError, UnsettledBackupError
from kadin_danisma.store.connection import PAGE_BYTES, SEAL_BYTES, Mode, connect
from kadin_danisma.store.copies import free_name, write_copy
from kadin_danisma.store.failures import (
    BrokenRosterError,
    BrokenVaultError,
    NoRosterYetError,
    OlderVaultError,
    ReadOnlyMediumError,
    known_faults,
)
from kadin_danisma.store.files import digest_of
from kadin_danisma.store.probed import Probed
from kadin_danisma.store.roster import table
from kadin_danisma.store.unfinished import clear_all_unfinished
from kadin_danisma.store.unlocking import Unlocked


def connect_for_work(path: Path, unlocked: Unlocked, probed: Probed) -> Connection:
    """Connect for work; what a crash left in the log comes into the file, which is then checked.

    Raises:
        NoRosterYetError: The vault is from before the roster, and she is no coordinator.
    """
    if not (probed.roster.statements or probed.is_coordinator):
        raise NoRosterYetError
    if probed.anchor:
        anchor.forget_content(path, probed.anchor, unlocked.key, probed.restoring)
    crashed = opening.has_log(path)
    db = connect(path, unlocked.key, Mode.WORK)
    try:
        if crashed:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            opening.check_seals(db)
    except BaseException:
        db.close()
        raise
    return db


def sign_again(path: Path, unlocked: Unlocked, probed: Probed) -> None:
    """Remember the content of a vault once more that was taken up and not changed after all."""
    stands = probed.anchor
    with suppress(KnownError), known_faults():
        if not stands or not stands.content or anchor.has_leftovers(path):
            return
        if digest_of(path, PAGE_BYTES, SEAL_BYTES) == stands.content:
            anchor.write(path, stands, unlocked.key)


def connect_still(path: Path, unlocked: Unlocked, probed: Probed) -> Connection:
    """Connect to a backup, or to a medium that cannot be written."""
    if probed.version < migrate.latest():
        raise OlderBackupError if probed.copied else OlderVaultError
    if opening.has_log(path):
        raise UnsettledBackupError if probed.copied else ReadOnlyMediumError
    db = connect(path, unlocked.key, Mode.STILL)
    try:
        # What is only read cannot be put right: rows that the roster does not bear out are damage.
        if table.differences(db, identifying.of_vault(db, unlocked.slots.vault_id, probed.roster)):
            raise BrokenRosterError
        if schema_objects.differences(db):
            raise BrokenVaultError
    except BaseException:
        db.close()
        raise
    return db


def bring_up(path: Path, db: Connection, unlocked: Unlocked, clock: Clock) -> tuple[str, ...]:
    """Bring an older vault to the newest schema, after a copy of it was made and checked.

    Returns:
        What was done that whoever signs in should be told, as sentences.
    """
    if migrate.version(db) == migrate.latest():
        return ()
    clear_all_unfinished(path.parent, f"{escape(path.stem)}-schema*{escape(path.suffix)}")
    moment = clock.now().strftime("%Y%m%d-%H%M")
    name = f"{path.stem}-schema{migrate.version(db)}-{moment}{path.suffix}"
    copy = free_name(path.with_name(name))
    mark = copied.told(clock.now(), unlocked.slot.user_id)
    write_copy(db, unlocked.key, unlocked.slots, copy, copied=mark)
    done = migrate.migrate(db, unlocked.key)
    # What stood in plain text before a step shall not stay in the log either.
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return (*done, _left_behind(copy)) if done else ()


def _left_behind(copy: Path) -> str:
    """Return the sentence that says what is still as it was."""
    return _(
        "The copy {name} that was made before, and older backups, stay as they are. Delete the "
        "copy once you have seen that everything is in order."
    ).format(name=copy.name)
