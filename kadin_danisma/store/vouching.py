"""What was sealed before there were signatures: the founder of the roster signs that it was there.

She cannot read it. So she signs a digest of each row as it lies there; a row that is sealed anew
later, in a file that was restricted before, is not known again by it.
"""

import hashlib
import json
from collections.abc import Iterator

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.trust import Trust
from kadin_danisma.store import trust
from kadin_danisma.store.log_signatures import LogSignatures
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.signing import Author

NOTE = "note"
_PURPOSE = "vouched"
_DIGEST_BYTES = 32
_NOTES = "SELECT record_id, revision, discipline, at, by, sealed FROM sealed_note"
_PARTS = "SELECT kind, record_id, revision, client_id, at, by, sealed FROM sealed_part"


def digest_of(whose: str, at: str, by: str, sealed: bytes) -> bytes:
    """Return the digest of a row: discipline or file, moment, author, and what is sealed."""
    head = json.dumps([whose, at, by], ensure_ascii=True).encode()
    return hashlib.blake2b(head + b"\n" + sealed, digest_size=_DIGEST_BYTES).digest()


def vouch(db: Connection, author: Author) -> None:
    """Sign everything that is sealed in a vault in which nothing was signed so far.

    Args:
        db: The vault.
        author: The founder of its roster.
    """
    db.executemany(
        "INSERT INTO vouched (kind, record_id, revision, digest, signature) VALUES (?, ?, ?, ?, ?)",
        [
            (
                kind,
                record,
                revision,
                digest,
                author.sign(_PURPOSE, kind, record, revision, digest.hex()),
            )
            for kind, record, revision, digest in _standing(db)
        ],
    )


def is_vouched(
    db: Connection, roster: Roster, kind: str, record_id: str, revision: int, *digests: bytes
) -> bool:
    """Tell whether the founder of the roster signed that a row was there before signatures.

    Args:
        db: The vault.
        roster: Who is who.
        kind: ``note``, or the kind of the record whose fields it seals.
        record_id: Which record.
        revision: Which wording.
        digests: What the row is known by (``digest_of``).
    """
    if not LogSignatures(db, roster).begins_unsigned:
        # Nothing is from before signatures, whatever the founder signs today.
        return False
    row = db.execute(
        "SELECT digest, signature FROM vouched WHERE kind = ? AND record_id = ? AND revision = ?",
        (kind, record_id, revision),
    ).fetchone()
    if row is None or row[0] not in digests or not roster.statements:
        return False
    founded = roster.statements[0]
    said = (kind, record_id, revision, row[0].hex())
    judged = trust.judged(roster, founded.by, founded.at, row[1], _PURPOSE, *said)
    return judged is not Trust.UNKNOWN


def _standing(db: Connection) -> Iterator[tuple[str, str, int, bytes]]:
    for record_id, revision, *rest in db.execute(_NOTES):
        yield NOTE, record_id, revision, digest_of(*rest)
    for kind, record_id, revision, *rest in db.execute(_PARTS):
        yield kind, record_id, revision, digest_of(*rest)
