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
from kadin_danisma.domain.trust import Trust
from kadin_danisma.store import audit, keyring, moments, sealing, signed_content, trust, vouching
from kadin_danisma.store.circles import NO_KEYS, FileKeys
from kadin_danisma.store.failures import BrokenVaultError
from kadin_danisma.store.keyring import Secrets
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.signed_content import Content
from kadin_danisma.store.signing import Part
from kadin_danisma.store.writer import Writer

#: What kind of thing the signature of a note is.
SIGNATURE = "note"
_INSERT = (
    "INSERT INTO sealed_note (record_id, revision, discipline, sealed, print, at, by)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
#: A note that was taken back has no seal in which a signature could lie.
_TAKE_BACK = (
    "INSERT INTO sealed_note (record_id, revision, discipline, sealed, print, at, by, signature)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_SELECT = (
    "SELECT record_id, note.revision, discipline, sealed, at, coalesce(user.title, ''), circle,"
    " note.by, note.signature"
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
    #: The id of its author, and her signature where the note was taken back.
    author: str = ""
    signature: bytes | None = None

    def read(
        self, db: Connection, roster: Roster, secrets: Secrets, files: FileKeys = NO_KEYS
    ) -> "Reading | None":
        """Return the note and what can be told of its author; None where it does not open.

        Args:
            db: The open vault.
            roster: Who is who.
            secrets: The keys of disciplines at hand.
            files: The keys of restricted files at hand.
        """
        content = self._content(secrets, files)
        if content is None:
            return None
        text, at = content.said.decode(), self.at.isoformat(timespec="seconds")
        said = signed_parts(self.record_id, self.revision, self.discipline, at, self.author, text)
        judged = trust.judged(roster, self.author, at, content.signature, SIGNATURE, *said)
        if not content.signature and self._is_vouched(db, roster, files):
            judged = Trust.BEFORE
        return Reading(text, judged)

    def open(self, secrets: Secrets, files: FileKeys = NO_KEYS) -> str | None:
        """Return the note, or None where a key is not held or it belongs to another record.

        Args:
            secrets: The keys of disciplines at hand.
            files: The keys of restricted files at hand.
        """
        content = self._content(secrets, files)
        return content.said.decode() if content else None

    def _content(self, secrets: Secrets, files: FileKeys) -> Content | None:
        if not self.sealed:
            return Content(b"", self.signature or b"")
        sealed = self._inner(files)
        secret = secrets.get(self.discipline)
        opened = sealing.unseal(sealed, secret) if sealed and secret else None
        bound = _bound(self.record_id, self.revision)
        return signed_content.unpacked(bound, opened) if opened is not None else None

    def _is_vouched(self, db: Connection, roster: Roster, files: FileKeys) -> bool:
        """Tell whether it was there before signatures, as it lies here or under another seal."""
        at = self.at.isoformat(timespec="seconds")
        digests = (
            vouching.digest_of(str(self.discipline), at, self.author, sealed)
            for sealed in {self.sealed, self._inner(files) or b""}
        )
        key = (vouching.NOTE, self.record_id, self.revision)
        return vouching.is_vouched(db, roster, *key, *digests)

    def _inner(self, files: FileKeys) -> bytes | None:
        if self.circle is None:
            return self.sealed
        secret = files.get(self.circle)
        said = sealing.unseal(self.sealed, secret) if secret else None
        return said[_PRINT_BYTES:] if said else None


@dataclass(frozen=True, slots=True)
class Reading:
    """A note as it was opened, and what can be told of its author."""

    text: str
    trust: Trust


def signed_parts(
    record_id: str, revision: int, discipline: Discipline, at: str, by: str, text: str
) -> tuple[Part, ...]:
    """Return what is signed of a note: its words, and all that gives them their meaning."""
    return record_id, revision, str(discipline), at, by, text


def add(
    db: Connection,
    sessions: Sequence[Session],
    at: str,
    by: str,
    files: Mapping[str, bytes] | None = None,
    writer: Writer | None = None,
) -> None:
    """Seal the notes of sessions as they stand in these, at their revisions.

    Args:
        db: The open vault.
        sessions: The sessions, with the revisions at which they are stored.
        at: The moment, as it is stored.
        by: The id of who writes.
        files: The public keys of restricted files, whose notes get a second seal.
        writer: With what she signs; nobody signs in a vault of an older schema.
    """
    public = (writer.disciplines if writer else None) or keyring.publics(db)
    signs = writer is not None and writer.author.seed and audit.has_signatures(db)
    sealed, taken_back = [], []
    for session in sessions:
        signature = _signature(session, at, by, writer) if writer and signs else b""
        row = _row(session, public, at, by, signature)
        if signature and not session.note:
            taken_back.append((*row, signature))
        else:
            sealed.append(row)
    db.executemany(_INSERT, sealed)
    if taken_back:
        db.executemany(_TAKE_BACK, taken_back)
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


def _signature(session: Session, at: str, by: str, writer: Writer) -> bytes:
    discipline = discipline_of(session.service)
    said = signed_parts(session.id, session.revision, discipline, at, by, session.note)
    return writer.sign(SIGNATURE, *said)


def _row(
    session: Session, public: Mapping[Discipline, bytes], at: str, by: str, signature: bytes
) -> tuple[str, int, str, bytes, bytes, str, str]:
    discipline = discipline_of(session.service)
    bound = _bound(session.id, session.revision)
    content = Content(session.note.encode("utf-8"), signature)
    packed = signed_content.packed(bound, content)
    sealed = sealing.seal(packed, public[discipline]) if session.note else b""
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
        SealedNote(row[0], row[1], Discipline(row[2]), row[3], moments.read(row[4]), *row[5:])
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
