"""Session notes: sealed by anybody who writes one, opened by holders of the discipline's key.

A note never stands in a row or a history line in plain text (docs/decisions/0016).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from hmac import compare_digest

from nacl.utils import random
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.discipline import Discipline, discipline_of
from kadin_danisma.domain.records import Session
from kadin_danisma.store import keyring, sealing
from kadin_danisma.store.circles import NO_KEYS, FileKeys
from kadin_danisma.store.failures import BrokenVaultError
from kadin_danisma.store.keyring import Secrets

_INSERT = (
    "INSERT INTO sealed_note (record_id, revision, discipline, sealed, print, at, by)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_SELECT = (
    "SELECT record_id, note.revision, discipline, sealed, at, coalesce(user.title, ''), circle"
    " FROM sealed_note AS note LEFT JOIN user ON user.id = note.by WHERE record_id = ?"
)
_SALT_BYTES = 16
#: So short that a guess at a note is never confirmed by it, only made likelier.
_TRACE_BYTES = 2
_PRINT_BYTES = _SALT_BYTES + _TRACE_BYTES
_Row = tuple[str, int, str, bytes, bytes, str, str, str | None]


@dataclass(frozen=True, slots=True)
class SealedNote:
    """One wording of a note."""

    record_id: str
    revision: int
    discipline: Discipline
    #: Empty where the note was taken back.
    sealed: bytes
    at: datetime
    by: str
    #: The restricted file whose seal stands around that of the discipline.
    circle: str | None = None

    def open(self, secrets: Secrets, files: FileKeys = NO_KEYS) -> str | None:
        """Return the note, or None where a key is not held or it belongs to another record.

        Args:
            secrets: The keys of disciplines at hand.
            files: The keys of restricted files at hand.
        """
        if not self.sealed:
            return ""
        sealed = self._inner(files)
        secret = secrets.get(self.discipline)
        bound = _bound(self.record_id, self.revision)
        said = sealing.unseal(sealed, secret) if sealed and secret else None
        if said is None or not said.startswith(bound):
            return None
        return said.removeprefix(bound).decode()

    def _inner(self, files: FileKeys) -> bytes | None:
        if self.circle is None:
            return self.sealed
        secret = files.get(self.circle)
        said = sealing.unseal(self.sealed, secret) if secret else None
        return said[_PRINT_BYTES:] if said else None


def add(
    db: Connection,
    sessions: Sequence[Session],
    at: str,
    by: str,
    files: Mapping[str, bytes] | None = None,
) -> None:
    """Seal the notes of sessions as they stand in these, at their revisions.

    Args:
        db: The open vault.
        sessions: The sessions, with the revisions at which they are stored.
        at: The moment, as it is stored.
        by: The id of who writes.
        files: The public keys of restricted files, whose notes get a second seal.
    """
    public = keyring.publics(db)
    db.executemany(_INSERT, (_row(session, public, at, by) for session in sessions))
    for client_id, key in (files or {}).items():
        if mine := [session.id for session in sessions if session.client_id == client_id]:
            wrap(db, client_id, key, mine)


def wrap(
    db: Connection, client_id: str, public: bytes, session_ids: Iterable[str] | None = None
) -> None:
    """Put the seal of a restricted file around its notes, and around their traces.

    Args:
        db: The open vault.
        client_id: Whose file.
        public: Its public key.
        session_ids: The sessions meant; all of the file by default.
    """
    wanted = None if session_ids is None else set(session_ids)
    for row in _rows_of(db, client_id):
        if row[7] is None and row[3] and (wanted is None or row[0] in wanted):
            _put(db, row, sealing.seal(row[4] + row[3], public), b"", client_id)


def unwrap(db: Connection, client_id: str, secret: bytes) -> None:
    """Take the seal of a restricted file off its notes again.

    Raises:
        BrokenVaultError: A note does not open with the key of its file.
    """
    for row in _rows_of(db, client_id):
        if row[7] is not None:
            said = sealing.unseal(row[3], secret)
            if said is None:
                raise BrokenVaultError
            _put(db, row, said[_PRINT_BYTES:], said[:_PRINT_BYTES], None)


def _rows_of(db: Connection, client_id: str) -> list[_Row]:
    found: list[_Row] = db.execute(
        "SELECT record_id, note.revision, discipline, sealed, print, at, by, circle"
        " FROM sealed_note AS note JOIN session ON session.id = record_id WHERE client_id = ?",
        (client_id,),
    ).fetchall()
    return found


def _put(db: Connection, row: _Row, sealed: bytes, trace: bytes, circle: str | None) -> None:
    """Write a wording anew under another seal; what it says never changes."""
    db.execute("DELETE FROM sealed_note WHERE record_id = ? AND revision = ?", row[:2])
    db.execute(
        "INSERT INTO sealed_note (record_id, revision, discipline, sealed, print, at, by, circle)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*row[:3], sealed, trace, *row[5:7], circle),
    )


def _row(
    session: Session, public: dict[Discipline, bytes], at: str, by: str
) -> tuple[str, int, str, bytes, bytes, str, str]:
    discipline = discipline_of(session.service)
    bound = _bound(session.id, session.revision)
    said = session.note.encode("utf-8")
    sealed = sealing.seal(bound + said, public[discipline]) if said else b""
    salt = random(_SALT_BYTES)
    return (
        session.id,
        session.revision,
        str(discipline),
        sealed,
        salt + _trace(session.note, salt),
        at,
        by,
    )


def at_first(sessions: Iterable[Session]) -> list[Session]:
    """Return those of new sessions that have a note, as they are stored."""
    return [replace(session, revision=1) for session in sessions if session.note]


def wordings(db: Connection, record_id: str) -> list[SealedNote]:
    """Return every wording of a session's note, the first one first."""
    found = db.execute(_SELECT + " ORDER BY note.revision", (record_id,))
    return [
        SealedNote(
            row[0], row[1], Discipline(row[2]), row[3], datetime.fromisoformat(row[4]), *row[5:]
        )
        for row in found
    ]


def standing(db: Connection, record_id: str) -> SealedNote | None:
    """Return a session's note as it stands, or None where it has none."""
    found = wordings(db, record_id)
    return found[-1] if found and found[-1].sealed else None


def says(db: Connection, record_id: str, note: str) -> bool:
    """Tell, without opening it, whether a session's note is this one (wrong once in 65,536).

    The note of a restricted file keeps its trace under its seal; it is taken for the same.
    """
    row = db.execute(
        "SELECT print FROM sealed_note WHERE record_id = ? ORDER BY revision DESC LIMIT 1",
        (record_id,),
    ).fetchone()
    if row is None:
        return not note
    if not row[0]:
        return True
    salt, trace = row[0][:_SALT_BYTES], row[0][_SALT_BYTES:]
    return compare_digest(trace, _trace(note, salt))


def _bound(record_id: str, revision: int) -> bytes:
    """Return what stands before a note, so that it cannot be put under another record."""
    return f"{record_id}\n{revision}\n".encode()


def _trace(note: str, salt: bytes) -> bytes:
    return blake2b(note.encode("utf-8"), digest_size=_TRACE_BYTES, salt=salt).digest()
