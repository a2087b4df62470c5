"""Filling vaults of older schemas, for tests of the way up; today's store writes today's tables."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import neutral, sealed_values
from kadin_danisma.domain.records import Client, PlayroomVisit, Record
from kadin_danisma.store import circles, rows, sealed_fields, sealing
from kadin_danisma.store.circles import Mark
from kadin_danisma.store.sealed_fields import Part


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


def trace_of(db: Connection, year: int, *of: str) -> int:
    """Return what stood for a woman (her id) or a child (and its folded name) up to schema 8."""
    (key,) = db.execute("SELECT value FROM meta WHERE key = 'report_key'").fetchone()
    said = json.dumps([str(year), *of]).encode()
    digest = hashlib.blake2b(
        said, key=bytes.fromhex(key), digest_size=32, person=b"kadin-danisma"
    ).digest()
    return int.from_bytes(digest[:8]) >> 2 << 1


def freeze(db: Connection, month: str, children: Iterable[tuple[str, str]]) -> None:
    """Freeze a month of visits as schema 8 did.

    Args:
        db: The open vault.
        month: Its key.
        children: Of each visit the id of the file, and the folded name or the code of the child.
    """
    year = int(month[:4])
    visits = [
        [trace_of(db, year, client_id), str(trace_of(db, year, client_id, child)), year - 11, 60]
        for client_id, child in children
    ]
    facts = {
        "year": year, "clients": [], "applications": [], "sessions": [], "referrals": [],
        "visits": sorted(visits, key=repr), "trainings": [0, 0],
    }  # fmt: skip
    db.execute(
        "INSERT INTO frozen_month (month, frozen_at, facts) VALUES (?, '-', ?)",
        (month, zlib.compress(json.dumps(facts, separators=(",", ":")).encode())),
    )


def correct_child(db: Connection, visit: PlayroomVisit, child: str) -> None:
    """Give the child of a visit another name, and remember the one it had."""
    db.execute("UPDATE playroom_visit SET child = ?, revision = 2 WHERE id = ?", (child, visit.id))
    db.execute(
        "INSERT INTO history (kind, record_id, revision, at, by, field, old, new)"
        " VALUES ('playroom_visit', ?, 2, '2026-11-07T10:00:00+03:00', '', 'child', ?, ?)",
        (visit.id, visit.child, child),
    )


def restrict(db: Connection, client: Client, visits: Mapping[str, PlayroomVisit]) -> bytes:
    """Seal the visits of a file as schema 8 had them.

    Args:
        db: The open vault.
        client: Whose file.
        visits: As they are, by the codes of their children.

    Returns:
        The private key of the file.
    """
    secret = circles.draw(db, client.id, Mark("-", ""))
    for code, visit in visits.items():
        part = Part(1, "-", "", sealed_values(visit))
        key = Kind.PLAYROOM_VISIT, visit.id
        sealed_fields.add(db, sealing.public_of(secret), client.id, key, [part])
        put(db, neutral(visit, code), "")
    return secret
