"""Encrypted copies of an open vault, checked before they get their name."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import Clock
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.progress import Progress
from kadin_danisma.store import anchor, audit, slot_files, slots
from kadin_danisma.store import copied as copied_mark
from kadin_danisma.store.anchor import Anchor
from kadin_danisma.store.audit import Line
from kadin_danisma.store.connection import (
    PAGE_BYTES,
    SALT_BYTES,
    SEAL_BYTES,
    Mode,
    connected,
    transaction,
)
from kadin_danisma.store.failures import (
    BrokenVaultError,
    SpoiledCopyError,
    VaultExistsError,
    known,
    known_faults,
)
from kadin_danisma.store.files import beside, digest_of
from kadin_danisma.store.slots import SlotFile
from kadin_danisma.store.unfinished import companions, in_the_making

_PAGES_AT_ONCE = 500


def refuse_existing(vault: Path) -> None:
    """Let pass a place where neither a vault nor any file of one lies.

    Raises:
        VaultExistsError: There is one.
    """
    taken = (vault, *companions(vault), beside(vault, "-wal"), beside(vault, "-journal"))
    if any(path.exists() or path.is_symlink() for path in taken):
        raise VaultExistsError


def free_name(path: Path) -> Path:
    """Return the path, or the first of ``-2``, ``-3`` … that is free."""
    number, free = 1, path
    while any(taken.exists() for taken in (free, *companions(free), beside(free, ".part"))):
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def backup_name(folder: Path, clock: Clock) -> Path:
    """Return where a backup of this moment goes: ``kadin-danisma-YYYYMMDD-HHMM.vault``.

    Raises:
        KnownError: The folder is not there.
    """
    if not folder.is_dir():
        raise KnownError(_("The folder for the backup is not there. Is the stick plugged in?"))
    return free_name(folder / f"kadin-danisma-{clock.now():%Y%m%d-%H%M}.vault")


def write_copy(
    source: Connection,
    vault_key: bytes,
    slot_file: SlotFile,
    target: Path,
    progress: Progress | None = None,
    *,
    copied: str,
    complete: Callable[[Path], Line] | None = None,
) -> None:
    """Write a copy of an open vault, its slots and its anchor; it is whole, or it is not there.

    The copy is one file in journal mode DELETE, so that it can be read from a read-only medium.
    Its anchor carries the digest of the whole file under the vault key (decision 0036).

    Args:
        source: The open vault.
        vault_key: Its key.
        slot_file: Its slots.
        target: The copy.
        progress: Told (pages done, pages in all); cancels by raising.
        copied: What the copy says of itself (``copied.told``); empty where it is to be a vault.
        complete: Called with the checked copy while it has no name yet, to add to its log what
            has to stand in it from the first moment; returns the end of that log.

    Raises:
        VaultExistsError: Something lies at the target.
        SpoiledCopyError: The copy does not say what the vault says.
    """
    refuse_existing(target)
    with in_the_making(target) as part:
        with connected(part, vault_key, Mode.COPY) as copy:
            copy_pages(source, copy, progress)
            header = beginning(part)
            with transaction(copy):
                copied_mark.mark(copy, header, copied)
        beside_it = replace(slot_file.for_copy(vault_key, header), copied=copied)
        slot_files.write(part, beside_it, [slots.mac_key(vault_key)])
        last = _check_copy(source, part, vault_key)
        if complete:
            last = complete(part)
        content = digest_of(part, PAGE_BYTES, SEAL_BYTES)
        stands = Anchor(slot_file.vault_id, header, last, content)
        anchor.write_copy(part, stands, vault_key, audit.key_of(source, vault_key))


def beginning(path: Path) -> bytes:
    """Return the bytes with which a file begins; no other file begins so."""
    with path.open("rb") as file:
        return file.read(SALT_BYTES)


def copy_pages(source: Connection, copy: Connection, progress: Progress | None = None) -> None:
    """Copy every page into a file of its own key; what is written there later stays in one file."""
    source.backup(copy, pages=_PAGES_AT_ONCE, progress=_teller(progress))
    copy.execute("PRAGMA journal_mode = DELETE")


def _teller(progress: Progress | None) -> Callable[[int, int, int], None]:
    def tell(_status: int, remaining: int, total: int) -> None:
        if progress:
            progress(total - remaining, total)

    return tell


def _check_copy(source: Connection, part: Path, vault_key: bytes) -> Line:
    """Return the end of the log in a copy that says what its source says."""
    with suppress(BrokenVaultError), known_faults(), connected(part, vault_key, Mode.STILL) as copy:
        if not findings(copy) and _records_in(copy) == _records_in(source):
            return audit.last(copy)
    raise SpoiledCopyError


def pages_do_not_match(pages: int) -> str:
    """Return what is said of so many pages that are not as they were written."""
    return ngettext(
        "{n} page of the database is damaged. Restore from an intact backup.",
        "{n} pages of the database are damaged. Restore from an intact backup.",
        pages,
    ).format(n=pages)


def findings(db: Connection) -> list[str]:
    """Return what is wrong inside an encrypted file, as sentences; nothing where all is well."""
    pages = len(db.execute("PRAGMA cipher_integrity_check").fetchall())
    if pages:
        return [pages_do_not_match(pages)]
    try:
        said = [str(row[0]) for row in db.execute("PRAGMA integrity_check")]
        orphans = len(db.execute("PRAGMA foreign_key_check").fetchall())
    except dbapi2.Error as error:
        if not isinstance(known(error), BrokenVaultError):
            raise
        said, orphans = [], 0
    found = (
        []
        if said == ["ok"]
        else [
            _("The inner order of the vault is broken. Restore the last backup to another place.")
        ]
    )
    if orphans:
        found.append(
            ngettext(
                "{n} row names a record that does not exist.",
                "{n} rows name a record that does not exist.",
                orphans,
            ).format(n=orphans)
        )
    return found


def row_counts(db: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    tables = [
        str(row[0])
        for row in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
        )
    ]
    return {table: int(db.execute(_count(table)).fetchone()[0]) for table in tables}


def _records_in(db: Connection) -> dict[str, int]:
    """Return the row counts of all tables but the one in which a copy says that it is one."""
    return {table: rows for table, rows in row_counts(db).items() if table != "meta"}


def _count(name: str) -> str:
    table = '"' + name.replace('"', '""') + '"'
    return f"SELECT count(*) FROM {table}"
