"""Notes: sealed by anybody who writes one, opened by holders of the key of a discipline.

A note never stands in a row or a history line in plain text (docs/decisions/0016). That of a
session is its discipline's; that of an application or a referral is sealed once for each discipline
(docs/decisions/0045).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from hmac import compare_digest

from nacl.utils import random
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.discipline import Discipline, readers_of
from kadin_danisma.domain.records import Noted, Session
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
SHARED_SIGNATURE = "shared_note"
_INSERT = (
    "INSERT INTO {} (record_id, revision, discipline, sealed, print, at, by)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
#: A note that was taken back has no seal in which a signature could lie.
_TAKE_BACK = (
    "INSERT INTO {} (record_id, revision, discipline, sealed, print, at, by, signature)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_SESSIONS, _SHARED = "sealed_note", "shared_note"
#: The records of a file in each of the tables.
_OF_FILE = {
    _SESSIONS: "SELECT id FROM session WHERE client_id = :id",
    _SHARED: (
        "SELECT id FROM application WHERE client_id = :id"
        " UNION ALL SELECT id FROM referral WHERE client_id = :id"
    ),
}
_FIELDS = "record_id, revision, discipline, sealed, at, by, circle, signature, print"
#: The notes of all kinds of records; the identity of a record is its own among all of them.
_ALL = (
    f"(SELECT {_FIELDS}, FALSE AS shared FROM {_SESSIONS}"
    f" UNION ALL SELECT {_FIELDS}, TRUE AS shared FROM {_SHARED})"
)
_SELECT = (
    "SELECT record_id, note.revision, discipline, sealed, at, coalesce(user.title, ''), circle,"
    f" note.by, note.signature, shared FROM {_ALL} AS note"
    " LEFT JOIN user ON user.id = note.by WHERE record_id = ?"
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
    #: Whether it is that of an application or a referral: the same is sealed to the others too.
    shared: bool = False

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
        text, at = content.text, self.at.isoformat(timespec="seconds")
        said = signed_parts(self.record_id, self.revision, self.discipline, at, self.author, text)
        purpose = _purpose(shared=self.shared)
        judged = trust.judged(roster, self.author, at, content.signature, purpose, *said)
        # The others never lay in a vault without signatures.
        unsigned = not self.shared and not content.signature
        if unsigned and self._is_vouched(db, roster, files):
            judged = Trust.BEFORE
        return Reading(text, judged)

    def open(self, secrets: Secrets, files: FileKeys = NO_KEYS) -> str | None:
        """Return the note, or None where a key is not held or it belongs to another record.

        Args:
            secrets: The keys of disciplines at hand.
            files: The keys of restricted files at hand.
        """
        content = self._content(secrets, files)
        return content.text if content else None

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
    records: Sequence[Noted],
    at: str,
    by: str,
    files: Mapping[str, bytes] | None = None,
    writer: Writer | None = None,
) -> None:
    """Seal the notes of records as they stand in these, at their revisions.

    Args:
        db: The open vault.
        records: The records, with the revisions at which they are stored.
        at: The moment, as it is stored.
        by: The id of who writes.
        files: The public keys of restricted files, whose notes get a second seal.
        writer: With what she signs; nobody signs in a vault of an older schema.
    """
    public = (writer.disciplines if writer else None) or keyring.publics(db)
    signs = writer is not None and writer.author.seed and audit.has_signatures(db)
    sealed: dict[str, list[tuple[object, ...]]] = {_SESSIONS: [], _SHARED: []}
    taken_back: dict[str, list[tuple[object, ...]]] = {_SESSIONS: [], _SHARED: []}
    for record in records:
        for discipline in readers_of(record):
            signature = b""
            if writer and signs:
                signature = _signature(record, discipline, at, by, writer)
            row = _row(record, discipline, public[discipline], at, by, signature)
            if signature and not record.note:
                taken_back[_table_of(record)].append((*row, signature))
            else:
                sealed[_table_of(record)].append(row)
    for table in (_SESSIONS, _SHARED):
        if sealed[table]:
            db.executemany(_INSERT.format(table), sealed[table])
        if taken_back[table]:
            db.executemany(_TAKE_BACK.format(table), taken_back[table])
    for client_id, key in (files or {}).items():
        if mine := [record.id for record in records if record.client_id == client_id]:
            wrap(db, client_id, key, mine)


def wrap(
    db: Connection, client_id: str, public: bytes, record_ids: Collection[str] | None = None
) -> None:
    """Put the seal of a restricted file around its notes, and around their traces.

    Args:
        db: The open vault.
        client_id: Whose file.
        public: Its public key.
        record_ids: The records meant; all of the file by default.
    """
    for table, row in _rows_of(db, client_id):
        if row[7] is None and row[3] and (record_ids is None or row[0] in record_ids):
            _put(db, table, row, sealing.seal(row[4] + row[3], public), b"", client_id)


def unwrap(db: Connection, client_id: str, secret: bytes) -> None:
    """Take the seal of a restricted file off its notes again.

    Raises:
        BrokenVaultError: A note does not open with the key of its file.
    """
    for table, row in _rows_of(db, client_id):
        if row[7] is not None:
            said = sealing.unseal(row[3], secret)
            if said is None:
                raise BrokenVaultError
            _put(db, table, row, said[_PRINT_BYTES:], said[:_PRINT_BYTES], None)


def _rows_of(db: Connection, client_id: str) -> Iterator[tuple[str, _Row]]:
    for table in _OF_FILE:
        found: list[_Row] = db.execute(
            "SELECT record_id, revision, discipline, sealed, print, at, by, circle"
            f" FROM {table} WHERE record_id IN ({_OF_FILE[table]})",
            {"id": client_id},
        ).fetchall()
        for row in found:
            yield table, row


def _put(
    db: Connection, table: str, row: _Row, sealed: bytes, trace: bytes, circle: str | None
) -> None:
    """Write a wording anew under another seal; what it says never changes."""
    db.execute(
        f"DELETE FROM {table} WHERE record_id = ? AND revision = ? AND discipline = ?", row[:3]
    )
    db.execute(
        f"INSERT INTO {table} (record_id, revision, discipline, sealed, print, at, by, circle)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (*row[:3], sealed, trace, *row[5:7], circle),
    )


def _table_of(record: Noted) -> str:
    return _SESSIONS if isinstance(record, Session) else _SHARED


def _purpose(*, shared: bool) -> str:
    return SHARED_SIGNATURE if shared else SIGNATURE


def _signature(record: Noted, discipline: Discipline, at: str, by: str, writer: Writer) -> bytes:
    said = signed_parts(record.id, record.revision, discipline, at, by, record.note)
    return writer.sign(_purpose(shared=not isinstance(record, Session)), *said)


def _row(
    record: Noted, discipline: Discipline, public: bytes, at: str, by: str, signature: bytes
) -> tuple[str, int, str, bytes, bytes, str, str]:
    bound = _bound(record.id, record.revision)
    content = Content(record.note.encode("utf-8"), signature)
    packed = signed_content.packed(bound, content)
    sealed = sealing.seal(packed, public) if record.note else b""
    salt = random(_SALT_BYTES)
    return (
        record.id,
        record.revision,
        str(discipline),
        sealed,
        salt + _trace(record.note, salt),
        at,
        by,
    )


def at_first(records: Iterable[Noted]) -> list[Noted]:
    """Return those of new records that have a note, as they are stored."""
    return [replace(record, revision=1) for record in records if record.note]


def wordings(
    db: Connection, record_id: str, disciplines: Collection[Discipline] = ()
) -> list[SealedNote]:
    """Return every wording of a record's note, the first one first.

    Args:
        db: The open vault.
        record_id: Which record.
        disciplines: Whose keys are at hand: of a wording that is sealed to several, the one sealed
            to one of these is returned.
    """
    found: dict[int, SealedNote] = {}
    for row in db.execute(_SELECT + " ORDER BY note.revision, discipline", (record_id,)):
        record, revision, discipline, sealed, at, *rest = row
        note = SealedNote(record, revision, Discipline(discipline), sealed, moments.read(at), *rest)
        if note.revision not in found or note.discipline in disciplines:
            found[note.revision] = note
    return list(found.values())


def standing(
    db: Connection, record_id: str, disciplines: Collection[Discipline] = ()
) -> SealedNote | None:
    """Return a record's note as it stands, or None where it has none (arguments: ``wordings``)."""
    found = wordings(db, record_id, disciplines)
    return found[-1] if found and found[-1].sealed else None


def says(db: Connection, record_id: str, note: str) -> bool:
    """Tell, without opening it, whether a record's note is this one (wrong once in 65,536).

    The note of a restricted file keeps its trace under its seal; it is taken for the same.
    """
    row = db.execute(
        f"SELECT print FROM {_ALL} WHERE record_id = ? ORDER BY revision DESC LIMIT 1",
        (record_id,),
    ).fetchone()
    return _fits(row[0], note) if row else not note


def said_at_first(db: Connection, record_id: str, note: str) -> bool:
    """Tell whether a record's note was this one when it was entered (as ``says``)."""
    row = db.execute(
        f"SELECT print FROM {_ALL} WHERE record_id = ? AND revision = 1 LIMIT 1", (record_id,)
    ).fetchone()
    return _fits(row[0], note) if row else not note


def _fits(trace: bytes, note: str) -> bool:
    if not trace:
        return True
    return compare_digest(trace[_SALT_BYTES:], _trace(note, trace[:_SALT_BYTES]))


def _bound(record_id: str, revision: int) -> bytes:
    """Return what stands before a note, so that it cannot be put under another record."""
    return f"{record_id}\n{revision}\n".encode()


def _trace(note: str, salt: bytes) -> bytes:
    return blake2b(note.encode("utf-8"), digest_size=_TRACE_BYTES, salt=salt).digest()
