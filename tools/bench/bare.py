"""The bare baselines: what the same work costs without the program."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openpyxl import load_workbook
from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.paths import schema_folder

_KEY = "x'" + "11" * 32 + "'"
#: The settings the program may not do without (security.md section 3), so that both pay for them.
_SETTINGS = (
    "PRAGMA cipher_memory_security = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
)


@contextmanager
def database(path: Path) -> Iterator[Connection]:
    """Lend an encrypted file with the program's tables and nothing else of the program."""
    db = dbapi2.connect(str(path), isolation_level=None)
    try:
        db.set_key(_KEY)
        for setting in _SETTINGS:
            db.execute(setting)
        for step in sorted(schema_folder().glob("*.sql")):
            db.executescript(step.read_text(encoding="utf-8"))
        db.execute(
            "INSERT INTO client SELECT 'c', 1, 'n', 'n', 'n', '2026/0001', '', '', 1990, 'tr', '',"
            " '', '', '', '', '', '', '', '', '', '', '', '', '', '', ''"
        )
        yield db
    finally:
        db.close()


def save_session(db: Connection, number: int) -> None:
    """Commit one session and its line in the log, as two plain statements."""
    db.execute("BEGIN IMMEDIATE")
    db.execute(
        "INSERT INTO session VALUES (?, 1, 'n', 'n', 'n', '2026-10', ?, 'c', NULL, '2026-10-06',"
        " '10:00', 50, 'legal', 'appointment', 'Av. D.', 'completed', '', '', '')",
        (str(uuid.uuid4()), f"G-{number}"),
    )
    db.execute(
        "INSERT INTO audit (seq, at, user_id, user_name, action, subject, mac)"
        " VALUES (?, 'n', 'u', 'u', 'session.add', ?, zeroblob(32))",
        (number, f"G-{number}"),
    )
    db.execute("COMMIT")


def count_month(db: Connection, first: str, last: str) -> int:
    """Count the sessions of a month by service and channel in one statement."""
    return len(
        db.execute(
            "SELECT service, channel, count(*) FROM session WHERE date BETWEEN ? AND ?"
            " GROUP BY service, channel",
            (first, last),
        ).fetchall()
    )


def find_token(db: Connection, beginning: str) -> int:
    """Look one beginning of a word up in the index of words."""
    return len(
        db.execute(
            "SELECT DISTINCT client_id FROM client_token WHERE token >= ? AND token < ? LIMIT 60",
            (beginning, beginning + "\uffff"),
        ).fetchall()
    )


def read_and_insert(workbook: Path, target: Path) -> int:
    """Read every cell of a workbook with openpyxl and insert its rows as plain text."""
    book = load_workbook(workbook, read_only=True)
    rows = [
        (sheet.title, *(str(value) for value in row[:14]), *[""] * (14 - len(row[:14])))
        for sheet in book.worksheets
        for row in sheet.iter_rows(min_row=2, values_only=True)
    ]
    book.close()
    marks = ", ".join("?" * 15)
    with database(target) as db:
        db.execute(f"CREATE TABLE plain ({', '.join(f'c{place} TEXT' for place in range(15))})")
        db.execute("BEGIN IMMEDIATE")
        db.executemany(f"INSERT INTO plain VALUES ({marks})", rows)
        db.execute("COMMIT")
    return len(rows)
