"""What is written beside a withdrawal, under the walls under which the record itself stands.

Of a session it is sealed to its discipline, as its note is, and of a restricted file to the circle.
"""

from base64 import b64decode, b64encode
from dataclasses import dataclass

from nacl.utils import random
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import file_of
from kadin_danisma.domain.discipline import discipline_of
from kadin_danisma.domain.records import KIND_OF, Record, Session
from kadin_danisma.store import circles, keyring, keys, sealed_fields, sealing
from kadin_danisma.store.circles import FileKeys, Mark
from kadin_danisma.store.keyring import Secrets
from kadin_danisma.store.sealed_fields import Part

#: Under which name the words lie in the seal of a restricted file.
_WHY = "why"
#: Stands around what is put before words by chance; nobody can type it.
_MARK = "\x1f"
_SALT_BYTES = 16
_PURPOSE = b"withdrawal"
#: The trace of no words at all.
NONE = "-"


@dataclass(frozen=True, slots=True)
class Words:
    """What stands beside a withdrawal.

    Args:
        text: As far as it may be read.
        closed: Whether something stands there that may not be read.
    """

    text: str = ""
    closed: bool = False
    #: What whoever wrote it signed in the log, where it is she who wrote it.
    trace: str = NONE


def salted(why: str) -> tuple[str, str]:
    """Return words as they are stored, and their trace for the signed line of the log.

    The trace is that of the words and of chance beside them, which lies under the same walls: so
    nobody who reads the log alone can try what was written.
    """
    if not why:
        return "", NONE
    salt = random(_SALT_BYTES).hex()
    return f"{_MARK}{salt}{_MARK}{why}", _trace(salt, why)


def _read(said: str) -> Words:
    """Return words as they were stored; those of before stand there alone."""
    _before, mark, rest = said.partition(_MARK)
    salt, _middle, why = rest.partition(_MARK)
    return Words(why, trace=_trace(salt, why)) if mark else Words(said, trace="")


def _trace(salt: str, why: str) -> str:
    return keys.mac(_PURPOSE, f"{salt}\n{why}".encode()).hex()


def keep(db: Connection, record: Record, why: str, mark: Mark) -> None:
    """Store what was written beside a withdrawal.

    Args:
        db: The open vault.
        record: The withdrawn record, at its new revision.
        why: What was written; nothing leaves no row.
        mark: Who wrote it, and when.
    """
    if not why:
        return
    file, said = file_of(record), _for_its_discipline(db, record, why, mark)
    public = circles.publics(db).get(file or "")
    if file and public:
        _seal(db, file, public, (record.id, record.revision, said), mark)
        said = ""
    db.execute(
        "INSERT INTO withdrawal (kind, record_id, revision, client_id, why, at, by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            str(KIND_OF[type(record)]), record.id, record.revision, file, said, mark.at, mark.by,
        ),
    )  # fmt: skip


def read(db: Connection, record: Record, secrets: Secrets, keys: FileKeys) -> Words:
    """Return what stands beside the present withdrawal of a record.

    Args:
        db: The open vault.
        record: The withdrawn record.
        secrets: The keys of disciplines at hand.
        keys: The keys of restricted files at hand.
    """
    row = db.execute(
        "SELECT why, client_id FROM withdrawal WHERE kind = ? AND record_id = ? AND revision = ?",
        (str(KIND_OF[type(record)]), record.id, record.revision),
    ).fetchone()
    if row is None:
        return Words()
    said = row[0] or _unsealed(db, record, keys.get(row[1] or ""))
    if not said:
        return Words(closed=True)
    if not isinstance(record, Session):
        return _read(said)
    secret = secrets.get(discipline_of(record.service))
    bound = _bound(record)
    try:
        opened = sealing.unseal(b64decode(said), secret) if secret else None
        if opened is None or not opened.startswith(bound):
            return Words(closed=True)
        return _read(opened.removeprefix(bound).decode())
    except ValueError:
        # Somebody wrote into the row what this program never does.
        return Words(closed=True)


def seal(db: Connection, client_id: str, public: bytes, mark: Mark | None) -> None:
    """Put the words of a file that becomes restricted under its seal."""
    found = db.execute(
        "SELECT kind, record_id, revision, why, at, by FROM withdrawal"
        " WHERE client_id = ? AND why <> ''",
        (client_id,),
    ).fetchall()
    for kind, record_id, revision, why, at, by in found:
        part = Part(revision, at, by, {_WHY: why})
        sealed_fields.add(db, public, client_id, (Kind.WITHDRAWAL, record_id), [part], mark)
        _write(db, (kind, record_id, revision), "")


def unseal(db: Connection, client_id: str, secret: bytes) -> None:
    """Write the words of a restricted file in the open again; its seals are dropped afterwards."""
    found = db.execute(
        "SELECT kind, record_id, revision FROM withdrawal WHERE client_id = ?", (client_id,)
    ).fetchall()
    for kind, record_id, revision in found:
        said = _in_parts(db, record_id, revision, secret)
        if said:
            _write(db, (kind, record_id, revision), said)


def _seal(
    db: Connection, client_id: str, public: bytes, said: tuple[str, int, str], mark: Mark
) -> None:
    record_id, revision, why = said
    part = Part(revision, mark.at, mark.by, {_WHY: why})
    sealed_fields.add(db, public, client_id, (Kind.WITHDRAWAL, record_id), [part], mark)


def _unsealed(db: Connection, record: Record, secret: bytes | None) -> str:
    return _in_parts(db, record.id, record.revision, secret) if secret else ""


def _in_parts(db: Connection, record_id: str, revision: int, secret: bytes) -> str:
    found = sealed_fields.parts(db, (Kind.WITHDRAWAL, record_id), secret)
    return next((each.values.get(_WHY, "") for each in found if each.revision == revision), "")


def _write(db: Connection, key: tuple[str, str, int], why: str) -> None:
    db.execute(
        "UPDATE withdrawal SET why = ? WHERE kind = ? AND record_id = ? AND revision = ?",
        (why, *key),
    )


def _for_its_discipline(db: Connection, record: Record, why: str, mark: Mark) -> str:
    """Return the words as they are stored: of a session sealed to whoever reads its notes."""
    if not isinstance(record, Session):
        return why
    publics = (mark.writer.disciplines if mark.writer else None) or keyring.publics(db)
    public = publics[discipline_of(record.service)]
    return b64encode(sealing.seal(_bound(record) + why.encode(), public)).decode()


def _bound(record: Record) -> bytes:
    """Return what stands before the words, so that they cannot be put under another record."""
    return f"{Kind.WITHDRAWAL}\n{record.id}\n{record.revision}\n".encode()
