"""Connecting to a vault that was looked into: for work, or to a medium that cannot be written."""

from glob import escape
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import Clock
from kadin_danisma.i18n import _
from kadin_danisma.store import anchor, identifying, migrate, opening
from kadin_danisma.store.connection import Mode, connect
from kadin_danisma.store.copies import free_name, write_copy
from kadin_danisma.store.failures import (
    BrokenRosterError,
    NoRosterYetError,
    OlderVaultError,
    ReadOnlyMediumError,
)
from kadin_danisma.store.opening import Probed, Unlocked
from kadin_danisma.store.roster import table
from kadin_danisma.store.unfinished import clear_all_unfinished


def connect_for_work(path: Path, unlocked: Unlocked, probed: Probed) -> Connection:
    """Connect for work; what a crash left in the log comes into the file, which is then checked.

    Raises:
        NoRosterYetError: The vault is from before the roster, and she is no coordinator.
    """
    if not (probed.roster.statements or probed.is_coordinator):
        raise NoRosterYetError
    if probed.anchor:
        anchor.forget_content(path, probed.anchor, unlocked.key)
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


def connect_still(path: Path, unlocked: Unlocked, version: int) -> Connection:
    """Connect to a medium that cannot be written."""
    if version < migrate.latest():
        raise OlderVaultError
    if opening.has_log(path):
        raise ReadOnlyMediumError
    db = connect(path, unlocked.key, Mode.STILL)
    try:
        # What is only read cannot be put right: rows that the roster does not bear out are damage.
        if table.differences(db, identifying.of_vault(db, unlocked.slots.vault_id)):
            raise BrokenRosterError
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
    write_copy(db, unlocked.key, unlocked.slots, copy)
    done = migrate.migrate(db, unlocked.key)
    # What stood in plain text before a step shall not stay in the log either.
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return (*done, _left_behind(copy)) if done else ()


def _left_behind(copy: Path) -> str:
    """Return the sentence that says what is still as it was."""
    return _(
        "The copy {name} that was made before, and older backups, are as they were. Delete the "
        "copy once you have seen that everything is in order."
    ).format(name=copy.name)
