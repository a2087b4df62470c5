"""Backups: an encrypted copy on a stick, its full check, and the way back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.records import User
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.progress import Progress
from kadin_danisma.store import anchor, audit, behind, identifying, opening
from kadin_danisma.store.anchor import Anchor
from kadin_danisma.store.audit import Line
from kadin_danisma.store.connection import Mode, connected, transaction
from kadin_danisma.store.copies import (
    backup_name,
    findings,
    refuse_existing,
    write_copy,
)
from kadin_danisma.store.failures import BehindBackupError, DamagedBackupError, known_faults
from kadin_danisma.store.files import Hold, make_folder
from kadin_danisma.store.log_signatures import LogSignatures
from kadin_danisma.store.opening import Unlocked
from kadin_danisma.store.second_anchor import SecondAnchor
from kadin_danisma.store.signing import Author
from kadin_danisma.store.unfinished import clear_all_unfinished, clear_unfinished
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
    """

    problems: list[str]
    last: Line


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
        progress: Told how many lines of the log were looked at; cancels by raising.

    Raises:
        KnownError: It cannot even be opened (see ``Vault.open``).
    """
    with _examined(path, name, passphrase, key_file) as (db, unlocked, hold):
        found = _found(db, unlocked, path, hold)
        found += [] if found else also(db)
        found += [] if found else _unsigned(db, unlocked, progress)
        if anchor.read(path, unlocked.key, unlocked.slots.vault_id) is None:
            found.append(anchor.missing())
        return Examined(found, audit.last(db))


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

    Raises:
        VaultExistsError: Something lies at the target.
        DamagedVaultError: The backup is damaged.
        KnownError: It cannot be opened, or the target cannot be written.
    """
    with known_faults():
        clear_unfinished(target)
    refuse_existing(target)
    with _examined(backup, name, passphrase, key_file) as (source, unlocked, hold):
        if _found(source, unlocked, backup, hold):
            raise DamagedBackupError
        user = identifying.user_of(source, unlocked.roster, unlocked.slot, unlocked.root)
        let_pass(user)
        make_folder(target.parent)

        # The name of a file need not be UTF-8; the log is.
        spelt = backup.name.encode(errors="backslashreplace").decode()

        author = Author(user.id, unlocked.slots.vault_id, unlocked.identity.signing)

        def complete(part: Path) -> Line:
            with connected(part, unlocked.key, Mode.COPY) as db:
                chain_key = audit.key_of(db, unlocked.key)
                with transaction(db):
                    behind.mark(db)
                    audit.add(db, chain_key, user, clock.now(), "restore", spelt, author=author)
                stands = Anchor(unlocked.slots.vault_id, b"", audit.last(db))
            # What this computer remembers of a vault that lay here before is superseded before
            # the new one has its name: a kill in between must not make it look put back. The log
            # says who superseded it.
            SecondAnchor(target, chain_key, stands.vault_id).write(stands)
            return stands.last

        write_copy(source, unlocked.key, unlocked.slots, target, complete=complete)


@contextmanager
def _examined(
    path: Path, name: str, passphrase: str, key_file: bytes | None
) -> Iterator[tuple[Connection, Unlocked, Hold]]:
    path = path.resolve()
    with known_faults():
        hold = Hold(path)
        try:
            opening.check_file(path, hold)
            unlocked = opening.unlock(path, hold, name, passphrase, key_file)
            with opening.reading(path, unlocked.key) as db:
                yield db, unlocked, hold
        finally:
            hold.close()


def _unsigned(db: Connection, unlocked: Unlocked, progress: Progress | None) -> list[str]:
    """Return what is to be said of lines of the log that nobody signed."""
    roster = opening.check_identity(db, unlocked)
    if not (roster.statements and audit.has_signatures(db)):
        return []
    found = LogSignatures(db, roster).unknown(progress=progress)
    if not found:
        return []
    said = ngettext(
        "{n} line of the log was not signed by whom it names: line {first}.",
        "{n} lines of the log were not signed by whom they name; the first is line {first}.",
        len(found),
    )
    return [said.format(n=len(found), first=found[0])]


def _found(db: Connection, unlocked: Unlocked, path: Path, hold: Hold) -> list[str]:
    """Return what is wrong; a broken file is asked nothing else.

    Raises:
        KnownError: It is foreign, rolled back or newer, or the person has left.
    """
    if found := findings(db):
        return found
    found += identifying.findings(db, opening.check_identity(db, unlocked), unlocked.slots)
    if not unlocked.healthy:
        found.append(_("One of the two key files is missing or damaged."))
    broken = audit.first_break(db, audit.key_of(db, unlocked.key))
    if broken is not None:
        found.append(_("The log was changed at line {n} or cut there.").format(n=broken))
    else:
        opening.check_anchor(db, path, hold, unlocked)
    return found
