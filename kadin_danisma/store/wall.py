"""Raising the wall in a vault that has notes in plain text: the second half of schema step 3."""

from collections import defaultdict
from dataclasses import replace
from datetime import date

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.records import Session
from kadin_danisma.store import notes, sealing

#: The step of the schema that this belongs to.
STEP = "0003_discipline_wall.sql"
_CORRECTED = (
    "SELECT record_id, revision, at, by, old, new FROM history"
    " WHERE kind = 'session' AND field = 'note' ORDER BY id"
)
_Wording = tuple[int, str, str, str]


def raise_wall(db: Connection) -> None:
    """Make the keys of the disciplines, seal every note and its history, drop the plain text."""
    for discipline in Discipline:
        secret = sealing.new_private()
        db.execute(
            "INSERT INTO discipline (discipline, public, unclaimed) VALUES (?, ?, ?)",
            (str(discipline), sealing.public_of(secret), secret),
        )
    corrected: dict[str, list[_Wording]] = defaultdict(list)
    first: dict[str, str] = {}
    for record_id, revision, at, by, old, new in db.execute(_CORRECTED).fetchall():
        first.setdefault(record_id, old)
        corrected[record_id].append((revision, at, by, new))
    written = db.execute(
        "SELECT id, service, note, entered_at, changed_by, revision FROM session"
    ).fetchall()
    for record_id, service, note, entered_at, changed_by, revision in written:
        # Who first wrote a session that was corrected since was not kept.
        author = changed_by if revision == 1 else ""
        beginning = (1, entered_at, author, first.get(record_id, note))
        _seal(db, record_id, service, [beginning, *corrected[record_id]])
    db.execute("DELETE FROM history WHERE kind = 'session' AND field = 'note'")
    db.execute("ALTER TABLE session DROP COLUMN note")


def _seal(db: Connection, record_id: str, service: str, wordings: list[_Wording]) -> None:
    bare = Session(
        id=record_id, number="-", client_id="", date=date.min, service=service, channel=""
    )
    for revision, at, by, note in wordings:
        if note or revision > 1:
            notes.add(db, [replace(bare, revision=revision, note=note)], at, by)
