"""Withdrawals that nobody signed withdraw nothing: the views of one connection are told of them.

The rows of records are writable for whoever holds the key of the vault, so the views of the file
would leave out what somebody silenced with SQL. Where there is such a row, views of the same names
that belong to this connection alone stand before them (docs/decisions/0044).
"""

from collections.abc import Iterable

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import KIND_OF
from kadin_danisma.store import rows
from kadin_danisma.store.connection import transaction

#: In which table of the connection the ids of each kind of record stand.
_TABLES = {KIND_OF[record]: f"unproved_{table}" for record, table in rows.TABLE_OF.items()}


def let_stand(db: Connection, records: Iterable[tuple[Kind, str]]) -> None:
    """Let records stand on this connection whatever their rows say of a withdrawal.

    Args:
        db: The open vault, outside of a transaction. What is made here lies in memory only
            (``temp_store``).
        records: Kind and id of each; where there are none, nothing is made.
    """
    found = tuple(records)
    if not (found or _is_made(db)):
        return
    with transaction(db):
        if not _is_made(db):
            _make(db)
        for kind, table in _TABLES.items():
            db.execute(f"DELETE FROM temp.{table}")
            ids = [(record_id,) for each, record_id in found if each is kind]
            db.executemany(f"INSERT INTO temp.{table} (record_id) VALUES (?)", ids)


def settle(db: Connection, kind: Kind, record_id: str) -> None:
    """Go by the row of a record again: somebody has just withdrawn it, or let it stand, and signs.

    Args:
        db: The open vault, in the transaction in which that is written.
        kind: The kind of the record.
        record_id: Which record.
    """
    if _is_made(db):
        db.execute(f"DELETE FROM temp.{_TABLES[kind]} WHERE record_id = ?", (record_id,))


def _make(db: Connection) -> None:
    for record, table in rows.TABLE_OF.items():
        kind = KIND_OF[record]
        db.execute(
            f"CREATE TEMP TABLE {_TABLES[kind]} (record_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID"
        )
        db.execute(
            f"CREATE TEMP VIEW {rows.STANDING[record]} AS SELECT * FROM main.{table}"
            f" WHERE withdrawn = '' OR id IN (SELECT record_id FROM {_TABLES[kind]})"
        )


def _is_made(db: Connection) -> bool:
    found = db.execute("SELECT 1 FROM temp.sqlite_master WHERE name = ?", (_TABLES[Kind.CLIENT],))
    return found.fetchone() is not None
