"""The log of who did what: every line is sealed together with the line before it.

Edits and gaps break the chain. Cutting lines off the end is not seen by the chain alone; that takes
the anchor outside the file (``anchor``). What is asked of the log: ``log_reading``.
"""

import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.records import User
from kadin_danisma.domain.views import AuditLine
from kadin_danisma.store import keys, meta, moments
from kadin_danisma.store.signing import Author, Part

#: The subkey of the first vault key that seals the chain. It stands in the encrypted file, because
#: it outlives a change of the vault key (``remember_key``, the second half of a schema step).
PURPOSE = "audit-chain"
STEP = "chain_key.sql"
#: The step of the schema from which on lines are signed.
SIGNED_SINCE = 11
#: What kind of thing the signature of a line is.
SIGNATURE = "log"
_COLUMNS = "SELECT seq, at, user_id, user_name, action, subject, mac"
_SPAN = "FROM audit WHERE seq > ? AND seq <= ? ORDER BY seq"
_CHAIN = f"{_COLUMNS}, signature, evidence, carried_by {_SPAN}"
_UNSIGNED_CHAIN = f"{_COLUMNS}, NULL, '', '' {_SPAN}"
_Row = tuple[int, str, str, str, str, str]
_Files = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A place in the chain: the number of a line, its moment, and its seal."""

    seq: int
    at: str
    mac: bytes


#: The place before the first line.
START = Line(0, "", bytes(keys.KEY_BYTES))
#: Stands behind every line there can be.
_NO_MORE: tuple[int, _Files] = (2**62, ())


def remember_key(db: Connection, vault_key: bytes) -> None:
    """Write the key of the chain into the vault: that with which its lines were sealed so far."""
    meta.write(db, meta.CHAIN_KEY, keys.subkey(vault_key, PURPOSE).hex())


def key_of(db: Connection, vault_key: bytes) -> bytes:
    """Return the key of the chain; in a vault of an older schema it follows from the vault key."""
    said = meta.read(db, meta.CHAIN_KEY)
    return bytes.fromhex(said) if said else keys.subkey(vault_key, PURPOSE)


def add(
    db: Connection,
    chain_key: bytes,
    user: User,
    at: datetime,
    action: str,
    subject: str,
    files: Iterable[str] = (),
    *,
    author: Author | None = None,
    evidence: str = "",
) -> None:
    """Append a line, inside the transaction of what it tells about.

    Args:
        db: The open vault.
        chain_key: What ``key_of`` returns.
        user: Who did it.
        at: When.
        action: What: ``client.view``, ``backup``.
        subject: To what: a file number or a period, never a name.
        files: The ids of the files it is about; sealed with the line.
        author: Who signs the line: whoever is signed in. A vault of an older schema has no place
            for a signature, and a line without one is shown as such.
        evidence: What it is borne out by, where whoever did it does not sign it herself.
    """
    before, about = last(db), tuple(sorted(set(files)))
    row = (before.seq + 1, at.isoformat(timespec="seconds"), user.id, user.name, action, subject)
    if author is None or not author.seed or not has_signatures(db):
        db.execute(
            "INSERT INTO audit (seq, at, user_id, user_name, action, subject, mac)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*row, _seal(chain_key, before.mac, row, about)),
        )
    else:
        carrier = "" if author.user_id == user.id else author.user_id
        said = said_in(before.mac, row, evidence, carrier, about)
        signed = (author.sign(SIGNATURE, *said), evidence, carrier)
        db.execute(
            "INSERT INTO audit (seq, at, user_id, user_name, action, subject, mac,"
            " signature, evidence, carried_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*row, _seal(chain_key, before.mac, row, about, signed), *signed),
        )
    if about:
        db.executemany(
            "INSERT INTO audit_file (client_id, seq, sealed) VALUES (?, ?, 1)",
            [(client_id, row[0]) for client_id in about],
        )


def said_in(
    before: bytes, row: _Row, evidence: str, carried_by: str, files: _Files
) -> tuple[Part, ...]:
    """Return what is signed of a line: all of it, and its place, so that it cannot be moved."""
    seq, *rest = row
    return seq, before.hex(), *rest, evidence, carried_by, *files


def has_signatures(db: Connection) -> bool:
    """Tell whether the schema of a vault has a place for signatures of lines."""
    return int(db.execute("PRAGMA user_version").fetchone()[0]) >= SIGNED_SINCE


def last(db: Connection) -> Line:
    """Return the end of the chain."""
    row = db.execute("SELECT seq, at, mac FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return Line(*row) if row else START


def line_at(db: Connection, seq: int) -> Line:
    """Return a place in the chain; the place before the first line where there is none."""
    row = db.execute("SELECT seq, at, mac FROM audit WHERE seq = ?", (seq,)).fetchone()
    return Line(*row) if row else START


def first_break(
    db: Connection, chain_key: bytes, after: Line = START, upto: int | None = None
) -> int | None:
    """Return the number of the first line that does not fit its chain, or None: all do.

    Args:
        db: The open vault.
        chain_key: What ``key_of`` returns.
        after: The place behind which to begin.
        upto: The last line to look at; all by default.
    """
    mac, expected = after.mac, after.seq + 1
    marked = _sealed_files(db, after.seq)
    place, files = next(marked, _NO_MORE)
    chosen = _CHAIN if has_signatures(db) else _UNSIGNED_CHAIN
    span = (after.seq, _NO_MORE[0] if upto is None else upto)
    for seq, at, user_id, user_name, action, subject, sealed, *signature in db.execute(
        chosen, span
    ):
        about = files if place == seq else ()
        row = (seq, at, user_id, user_name, action, subject)
        mac = _seal(chain_key, mac, row, about, signature)
        if seq != expected or place < seq or not hmac.compare_digest(mac, sealed):
            return expected
        if place == seq:
            place, files = next(marked, _NO_MORE)
        expected += 1
    if place == _NO_MORE[0] or (upto is not None and place > upto):
        return None
    return expected


def _sealed_files(db: Connection, after: int) -> Iterator[tuple[int, _Files]]:
    """Yield the lines that are about files, and which; a vault before that step has none."""
    if not has_files(db):
        return
    found = db.execute(
        "SELECT seq, client_id FROM audit_file WHERE seq > ? AND sealed = 1"
        " ORDER BY seq, client_id",
        (after,),
    )
    for seq, rows in groupby(found, key=itemgetter(0)):
        yield seq, tuple(row[1] for row in rows)


def has_files(db: Connection) -> bool:
    """Tell whether the schema of a vault knows which files a line is about."""
    named = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'audit_file'"
    return db.execute(named).fetchone() is not None


def lines(db: Connection, limit: int = 200) -> list[AuditLine]:
    """Return the latest lines, latest first."""
    found = db.execute(
        "SELECT seq, at, user_name, action, subject FROM audit ORDER BY seq DESC LIMIT ?", (limit,)
    )
    return [
        AuditLine(seq, moments.read(at), by, action, subject)
        for seq, at, by, action, subject in found
    ]


def since(db: Connection, action: str, seq: int) -> list[AuditLine]:
    """Return every line of an action behind a number, the first one first."""
    found = db.execute(
        "SELECT seq, at, user_name, action, subject FROM audit"
        " WHERE action = ? AND seq > ? ORDER BY seq",
        (action, seq),
    )
    return [AuditLine(each, moments.read(at), *said) for each, at, *said in found]


def last_of(db: Connection, action: str) -> datetime | None:
    """Return when something was last done, or None if never."""
    row = db.execute(
        "SELECT at FROM audit WHERE action = ? ORDER BY seq DESC LIMIT 1", (action,)
    ).fetchone()
    return moments.read(row[0]) if row else None


def days_since(db: Connection, action: str) -> list[date]:
    """Return the days on which lines were written since an action, in the order of the log."""
    found = db.execute(
        "SELECT substr(at, 1, 10), min(seq) FROM audit WHERE seq >="
        " (SELECT coalesce(max(seq), 0) FROM audit WHERE action = ?) GROUP BY 1 ORDER BY 2",
        (action,),
    )
    return [date.fromisoformat(day) for day, _seq in found]


def _seal(
    chain_key: bytes, before: bytes, row: _Row, files: _Files, signed: Sequence[Any] = (None,)
) -> bytes:
    """Return the seal of a line; what it does not have leaves the seal as it always was.

    The signature belongs to it, so that nobody takes one away and leaves the chain whole.
    """
    about: tuple[Any, ...] = (*row, files) if files else row
    signature, *rest = signed
    if signature is not None:
        about = (*row, files, signature.hex(), *rest)
    said = json.dumps(about, ensure_ascii=True, separators=(",", ":"))
    return keys.mac(chain_key, before + said.encode())
