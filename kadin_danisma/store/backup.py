"""Backups: an encrypted copy on a stick, its full check, and the way back."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.foreign import resolved
from kadin_danisma.i18n import _
from kadin_danisma.progress import Progress
from kadin_danisma.store import (
    anchor,
    audit,
    behind,
    copied,
    identifying,
    opening,
    schema_objects,
    unlocking,
    unsigned,
)
from kadin_danisma.store.anchor import Anchor
from kadin_danisma.store.audit import Line
from kadin_danisma.store.backup_failures import (
    BehindBackupError,
    ChangedBackupError,
    DamagedBackupError,
    OnlyReadBackupError,
    UnprovedBackupError,
)
from kadin_danisma.store.carrying import LogLine
from kadin_danisma.store.connection import (
    SALT_BYTES,
    Mode,
    cancellable,
    connected,
    transaction,
)
from kadin_danisma.store.copies import (
    backup_name,
    findings,
    refuse_existing,
    write_copy,
)
from kadin_danisma.store.failures import DamageError, known_faults
from kadin_danisma.store.files import Hold, make_folder
from kadin_danisma.store.proving import Proof, changed, unproved_faults
from kadin_danisma.store.second_anchor import SecondAnchor
from kadin_danisma.store.signing import Author
from kadin_danisma.store.telling import CopyTold, tell
from kadin_danisma.store.unfinished import clear_all_unfinished, clear_unfinished, refuse_as_source
from kadin_danisma.store.unlocking import Unlocked
from kadin_danisma.store.vault import Vault

#: The action under which a backup stands in the log; the first page shows when the last one was.
ACTION = "backup"


def make_backup(
    vault: Vault,
    folder: Path,
    clock: Clock,
    progress: Progress | None = None,
    *,
    accept_rollback: bool = False,
) -> Path:
    """Write an encrypted copy of the vault and its slots, reopened and checked.

    Args:
        vault: The open vault.
        folder: Where, usually a stick.
        clock: The present moment, which names the file.
        progress: Told (pages done, pages in all); cancels by raising.
        accept_rollback: Whether to go on though a backup there knows a later state; logged.

    Returns:
        The path of the backup: ``kadin-danisma-YYYYMMDD-HHMM.vault``, never an existing one.

    Raises:
        BehindBackupError: A backup there knows a later state of this vault.
        KnownError: The folder is not there or cannot be written; nothing is left behind.
    """
    if vault.copied:
        raise OnlyReadBackupError
    clear_all_unfinished(folder)
    target = backup_name(folder, clock)
    try:
        vault.compare_with(folder)
    except BehindBackupError:
        if not accept_rollback:
            raise
        with vault.write() as db:
            vault.audit(db, "rollback.accepted", ACTION)
    with known_faults():
        vault.copy_to(target, progress)
    if not vault.read_only:
        with vault.write() as db:
            vault.audit(db, ACTION, target.name)
        vault.fix_anchor()
    return target


@dataclass(frozen=True, slots=True)
class Examined:
    """What a full check showed.

    Args:
        problems: What was found, as sentences; nothing where all is well.
        last: The end of the log.
        note: What is to be said of it though nothing is wrong; mostly empty.
        told: What the file is; None where it is damaged.
    """

    problems: list[str]
    last: Line
    note: str = ""
    told: CopyTold | None = None


def _nothing_more(_db: Connection) -> list[str]:
    return []


def examine(
    path: Path,
    name: str,
    passphrase: str,
    *,
    key_file: bytes | None = None,
    also: Callable[[Connection], list[str]] = _nothing_more,
    progress: Progress | None = None,
) -> Examined:
    """Check a vault or a backup to the last page, without changing anything.

    Args:
        path: The vault or backup; nobody may have it open.
        name: The user name.
        passphrase: Her passphrase.
        key_file: The content of the file on her stick, where her account needs one.
        also: What else is wrong with a vault that is whole; asked for nothing in a damaged one.
        progress: Called from time to time; cancels by raising.

    Raises:
        KnownError: It cannot even be opened (see ``Vault.open``).
    """
    with (
        _examined(path, name, passphrase, key_file) as (db, unlocked, hold),
        cancellable(db, progress),
    ):
        proof, found = _found(db, unlocked, path, hold)
        told = None if found else tell(db, hold.first(SALT_BYTES), unlocked.slots, unlocked.roster)
        found += [] if found else also(db)
        found += (
            [] if found else unsigned.findings(db, opening.check_identity(db, unlocked), progress)
        )
        if anchor.read(path, unlocked.key, unlocked.slots.vault_id) is None:
            found.append(anchor.missing())
        elif proof is Proof.UNPROVED and not found:
            found.append(unproved())
        note = without_digest() if proof is Proof.OLD else ""
        return Examined(found, audit.last(db), note, told)


def unproved() -> str:
    """Return what is said of a file whose content nobody signed as it is."""
    return _(
        "It cannot be determined whether this file was changed: it was not closed by the program "
        "(a crash, a power cut), or its check file is missing. If it is the vault itself, sign in "
        "and close it, then check again."
    )


def without_digest() -> str:
    """Return what is said of a copy that a program of before made."""
    return _(
        "This file comes from an earlier version of the program and has no check data: it cannot "
        "be determined whether its content was changed. Please make a new backup."
    )


def verify(path: Path, name: str, passphrase: str) -> list[str]:
    """Return what a full check finds wrong, as sentences (see ``examine``)."""
    return examine(path, name, passphrase).problems


def restore(
    backup: Path,
    target: Path,
    name: str,
    passphrase: str,
    clock: Clock,
    let_pass: Callable[[User], None] = lambda _user: None,
    *,
    key_file: bytes | None = None,
    accept_unproved: bool = False,
    progress: Progress | None = None,
) -> None:
    """Make a vault of a backup, at a place where none is; the backup is only read.

    Args:
        backup: The backup.
        target: The new vault file; its folder is made if need be.
        name: The user name.
        passphrase: Her passphrase at the time of the backup.
        clock: The present moment.
        let_pass: Raises where this person may not restore.
        key_file: The content of the file on her stick, where her account needs one.
        accept_unproved: Whether to go on though nobody can tell whether the backup was changed;
            heard from a coordinator only, and logged.
        progress: Told (pages done, pages in all); cancels by raising.

    Raises:
        VaultExistsError: Something lies at the target.
        UnprovedBackupError: Nobody can tell whether the backup was changed.
        DamagedVaultError: The backup is damaged or was changed.
        KnownError: It cannot be opened, or the target cannot be written.
    """
    with known_faults():
        refuse_as_source(target, backup)
        clear_unfinished(target)
    refuse_existing(target)
    with _examined(backup, name, passphrase, key_file) as (source, unlocked, hold):
        with cancellable(source, progress):
            proof, found = _found(source, unlocked, backup, hold)
        if found:
            raise refusal(found)
        user = identifying.user_of(source, unlocked.roster, unlocked.slot, unlocked.root)
        let_pass(user)
        accepts = accept_unproved and user.role is Role.COORDINATOR
        if proof is Proof.UNPROVED and not accepts:
            raise UnprovedBackupError
        make_folder(target.parent)
        lines = _lines_of(backup, proof, user, clock.now())
        at_home = replace(unlocked.slots, copied="")
        write_copy(
            source,
            unlocked.key,
            at_home,
            target,
            progress,
            copied="",
            complete=lambda part: _note_restored(part, target, unlocked, lines),
        )


def refusal(found: list[str]) -> DamageError:
    """Return why a backup is not restored in which something was found wrong."""
    return ChangedBackupError() if found == [changed()] else DamagedBackupError()


def _lines_of(backup: Path, proof: Proof, user: User, at: datetime) -> list[LogLine]:
    """Return what the log of a restored vault says of it."""
    # The name of a file need not be UTF-8; the log is.
    spelt = backup.name.encode(errors="backslashreplace").decode()
    lines = [LogLine("restore", spelt, user, at)]
    if proof is Proof.UNPROVED:
        lines.insert(0, LogLine(copied.UNPROVED, spelt, user, at))
    return lines


def _note_restored(part: Path, target: Path, unlocked: Unlocked, lines: Iterable[LogLine]) -> Line:
    """Note in a vault that has no name yet that it was restored; return the end of its log."""
    slots = unlocked.slots
    author = Author(unlocked.slot.user_id, slots.vault_id, unlocked.identity.signing)
    with connected(part, unlocked.key, Mode.COPY) as db:
        chain_key = audit.key_of(db, unlocked.key)
        with transaction(db):
            behind.mark(db)
            for line in lines:
                assert line.user
                assert line.at
                audit.add(
                    db, chain_key, line.user, line.at, line.action, line.subject, author=author
                )
        stands = Anchor(slots.vault_id, b"", audit.last(db))
    # What this computer remembers of a vault that lay here before is superseded before the new
    # one has its name: a kill in between must not make it look put back. The log says who
    # superseded it.
    SecondAnchor(target, chain_key, stands.vault_id).write(stands)
    return stands.last


@contextmanager
def _examined(
    path: Path, name: str, passphrase: str, key_file: bytes | None
) -> Iterator[tuple[Connection, Unlocked, Hold]]:
    path = resolved(path)
    with known_faults():
        hold = Hold(path)
        try:
            opening.check_file(path, hold)
            unlocked = unlocking.unlock(path, hold, name, passphrase, key_file)
            with (
                unproved_faults(lambda: opening.prove(path, hold, unlocked)),
                opening.reading(path, hold, unlocked) as db,
            ):
                yield db, unlocked, hold
        finally:
            hold.close()


def _found(db: Connection, unlocked: Unlocked, path: Path, hold: Hold) -> tuple[Proof, list[str]]:
    """Return what the anchor says of the whole file, and what is wrong with it.

    A broken file, and a copy that was changed, is asked nothing else.

    Raises:
        KnownError: It is foreign, rolled back or newer, or the person has left.
    """
    proof = opening.prove(path, hold, unlocked)
    if found := findings(db):
        return proof, found
    header, file = hold.first(SALT_BYTES), unlocked.slots
    if proof is Proof.CHANGED and copied.of(db, header, file, unlocked.roster):
        return proof, [changed()]
    if schema_objects.differences(db):
        found.append(
            _("The database has triggers or views of another origin. Sign in to remove them.")
        )
    found += identifying.findings(db, opening.check_identity(db, unlocked), unlocked.slots)
    if not unlocked.healthy:
        found.append(
            _("One of the two key files is missing or damaged. Copy it from the last backup.")
        )
    broken = audit.first_break(db, audit.key_of(db, unlocked.key))
    if broken is not None:
        found.append(_("The log was changed at line {n} or cut there.").format(n=broken))
    else:
        stands = opening.check_anchor(db, path, hold, unlocked)
        proof = proof.settled(audit.last(db), stands)
    if proof is Proof.CHANGED and not found:
        found.append(changed())
    return proof, found
