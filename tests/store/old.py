"""Filling vaults of older schemas, for tests of the way up; today's store writes today's tables."""

from dataclasses import replace

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.records import Client, Record
from kadin_danisma.store import rows


def put(db: Connection, record: Record, by: str) -> None:
    """Write a record as every schema since the second has it, a session without its note."""
    stamps = {"entered_at": "-", "changed_at": "-", "changed_by": by}
    row = rows.to_row(replace(record, revision=1)) | stamps
    if not isinstance(record, Client):
        row["report_month"] = record.date.isoformat()[:7]
    db.execute(rows.insert(rows.TABLE_OF[type(record)], row), row)


def renumber(db: Connection, client: Client, file_no: str) -> None:
    """Give a file another number, and remember the one it had."""
    db.execute("UPDATE client SET file_no = ?, revision = 2 WHERE id = ?", (file_no, client.id))
    db.execute(
        "INSERT INTO history (kind, record_id, revision, at, by, field, old, new)"
        " VALUES ('client', ?, 2, '2026-10-07T10:00:00+03:00', '', 'file_no', ?, ?)",
        (client.id, client.file_no, file_no),
    )
