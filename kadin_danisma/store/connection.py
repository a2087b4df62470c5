"""Connections to the encrypted file: how they are set up, and what is never allowed on them.

Settings: shared reference, security.md section 3.7. A connection never creates a file; forgetting
the key or attaching a second file would write plain text, so there is no other way to connect.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.progress import Progress

PAGE_BYTES = 4096
#: What SQLCipher keeps at the end of each page: 16 random bytes and an HMAC-SHA512.
SEAL_BYTES = 80
#: Cached statements keep hold of SQLite's small pool of fast memory; without it every value becomes
#: an allocation of its own, which cipher_memory_security locks and unlocks (measured: 3 x slower).
_CACHED_STATEMENTS = 5
SALT_BYTES = 16

#: After so many steps of SQLite's machine somebody may stop it; some milliseconds.
_STEPS_BETWEEN_QUESTIONS = 100_000
_BEFORE_KEY = ("PRAGMA cipher_log_level = NONE", "PRAGMA cipher_memory_security = ON")
_AFTER_KEY = (
    "PRAGMA temp_store = MEMORY",
    # What is taken out is overwritten and not only forgotten: a note before the discipline wall.
    "PRAGMA secure_delete = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA foreign_keys = ON",
    "PRAGMA cell_size_check = ON",
)
#: Decrypted pages kept at hand, in KiB: all of ten busy years' indexes, as much as is ever read.
_CACHE_KIB = 65_536
_FOR_WRITING = (
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    f"PRAGMA cache_size = -{_CACHE_KIB}",
)
_FOR_A_COPY = (
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = FULL",
)
#: All a guarded connection may ask by PRAGMA, and only ask; FTS5 needs the second and third itself.
_QUESTIONS = frozenset(
    {
        "user_version", "data_version", "page_size", "page_count", "table_info", "table_list",
        "index_list", "index_info", "foreign_key_list", "cipher_version", "cipher_integrity_check",
        "integrity_check", "quick_check", "foreign_key_check", "wal_checkpoint", "compile_options",
    }
)  # fmt: skip
#: These take the name of a table or a mode as argument and still change nothing of ours.
_WITH_ARGUMENT = _QUESTIONS - {"user_version", "page_size"}
_FORBIDDEN_FUNCTIONS = frozenset({"load_extension", "sqlcipher_export", "fts3_tokenizer"})
_AUDIT = frozenset({"audit", "audit_file"})


class Mode(StrEnum):
    """How a file is opened."""

    #: For work: exclusive, with a write-ahead log.
    WORK = "work"
    #: For filling a new copy: one file and nothing beside it.
    COPY = "copy"
    #: For reading a file that nobody writes, without touching the medium.
    STILL = "still"
    #: For reading a file whose write-ahead log was left behind by a crash.
    LEFT_BEHIND = "left_behind"


_QUERY = {
    Mode.WORK: "mode=rw",
    Mode.COPY: "mode=rw",
    Mode.STILL: "mode=ro&immutable=1",
    Mode.LEFT_BEHIND: "mode=ro",
}
_SETTINGS = {
    Mode.WORK: _FOR_WRITING,
    Mode.COPY: _FOR_A_COPY,
    Mode.STILL: (),
    Mode.LEFT_BEHIND: (),
}


def connect(path: Path, vault_key: bytes, mode: Mode, salt: bytes = b"") -> Connection:
    """Open an existing encrypted file.

    Args:
        path: The file; it is never created.
        vault_key: The raw key of 32 bytes.
        mode: What it is opened for.
        salt: The 16 bytes the file should begin with, where those on the disk are not trusted.

    Raises:
        sqlcipher3.dbapi2.Error: The file cannot be opened or is not of this key.
    """
    db = dbapi2.connect(
        f"{path.resolve().as_uri()}?{_QUERY[mode]}",
        uri=True,
        isolation_level=None,
        timeout=0,
        check_same_thread=False,
        cached_statements=_CACHED_STATEMENTS,
    )
    try:
        for setting in _BEFORE_KEY:
            db.execute(setting)
        db.set_key(f"x'{vault_key.hex()}{salt.hex()}'")
        for setting in _AFTER_KEY + _SETTINGS[mode]:
            db.execute(setting)
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def connected(path: Path, vault_key: bytes, mode: Mode, salt: bytes = b"") -> Iterator[Connection]:
    """Open an existing encrypted file for as long as the block lasts (see ``connect``)."""
    db = connect(path, vault_key, mode, salt)
    try:
        yield db
    finally:
        db.close()


@contextmanager
def transaction(db: Connection) -> Iterator[Connection]:
    """Write all of the block or nothing of it."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
        db.execute("COMMIT")
    except BaseException:
        # A full disk has rolled back already.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextmanager
def cancellable(db: Connection, progress: Progress | None) -> Iterator[None]:
    """Let long questions to a database be stopped by whoever waits for them.

    Args:
        db: The connection.
        progress: Called from time to time without a number; cancels by raising.

    Raises:
        Exception: What ``progress`` raised.
    """
    stopped: list[BaseException] = []

    def ask() -> int:
        try:
            if progress:
                progress(0, 0)
        except BaseException as error:  # noqa: BLE001 (it is raised again below, outside of SQLite)
            stopped.append(error)
        return len(stopped)

    db.set_progress_handler(ask, _STEPS_BETWEEN_QUESTIONS)
    try:
        yield
    except dbapi2.Error:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        db.set_progress_handler(None, 0)


def guard(db: Connection) -> None:
    """Forbid, from now on, what the program never needs and an intruder would.

    Other files, extensions, changing the settings, and altering or deleting lines of the audit log.
    What is refused ends in ``DatabaseError: not authorized``, a fault of the program.
    """
    db.set_authorizer(_judge)


def _judge(
    action: int, first: str | None, second: str | None, _database: str | None, _by: str | None
) -> int:
    denied = (
        action in {dbapi2.SQLITE_ATTACH, dbapi2.SQLITE_DETACH}
        or (action == dbapi2.SQLITE_PRAGMA and not _is_question(first, second))
        or (action == dbapi2.SQLITE_FUNCTION and second in _FORBIDDEN_FUNCTIONS)
        or _changes_audit(action, first, second)
    )
    return int(dbapi2.SQLITE_DENY if denied else dbapi2.SQLITE_OK)


def _is_question(name: str | None, argument: str | None) -> bool:
    allowed = _QUESTIONS if argument is None else _WITH_ARGUMENT
    return name is not None and name.lower() in allowed


def _changes_audit(action: int, first: str | None, second: str | None) -> bool:
    if action == dbapi2.SQLITE_ALTER_TABLE:
        return second in _AUDIT
    changing = {dbapi2.SQLITE_UPDATE, dbapi2.SQLITE_DELETE, dbapi2.SQLITE_DROP_TABLE}
    return action in changing and first in _AUDIT


def versions() -> dict[str, str]:
    """Return the versions of the encrypted store's parts, by name."""
    db = dbapi2.connect(":memory:")
    try:
        cipher = str(db.execute("PRAGMA cipher_version").fetchone()[0])
    finally:
        db.close()
    return {"SQLCipher": cipher, "SQLite": str(dbapi2.sqlite_version)}
