"""The log of who did what: every line is sealed together with the line before it.

Edits and gaps break the chain. Cutting lines off the end is not seen by the chain alone; that takes
an anchor outside the file (shared reference, security.md 3.10).
"""

import hmac
import json
from datetime import datetime

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.records import User
from kadin_danisma.domain.views import AuditLine
from kadin_danisma.store import keys

PURPOSE = "audit-chain"
_START = bytes(keys.KEY_BYTES)
_Row = tuple[int, str, str, str, str, str]


def add(
    db: Connection, chain_key: bytes, user: User, at: datetime, action: str, subject: str
) -> None:
    """Append a line, inside the transaction of what it tells about.

    Args:
        db: The open vault.
        chain_key: ``vault.subkey(PURPOSE)``.
        user: Who did it.
        at: When.
        action: What: ``client.view``, ``backup``.
        subject: To what: a file number or a period, never a name.
    """
    last = db.execute("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    before, mac = last or (0, _START)
    row = (before + 1, at.isoformat(timespec="seconds"), user.id, user.name, action, subject)
    db.execute(
        "INSERT INTO audit (seq, at, user_id, user_name, action, subject, mac)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*row, _seal(chain_key, mac, row)),
    )


def first_break(db: Connection, chain_key: bytes) -> int | None:
    """Return the number of the first line that does not fit its chain, or None: all do."""
    mac, expected = _START, 1
    for *values, sealed in db.execute(
        "SELECT seq, at, user_id, user_name, action, subject, mac FROM audit ORDER BY seq"
    ):
        seq, at, user_id, user_name, action, subject = values
        mac = _seal(chain_key, mac, (seq, at, user_id, user_name, action, subject))
        if seq != expected or not hmac.compare_digest(mac, sealed):
            return expected
        expected += 1
    return None


def lines(db: Connection, limit: int = 200) -> list[AuditLine]:
    """Return the latest lines, latest first."""
    found = db.execute(
        "SELECT seq, at, user_name, action, subject FROM audit ORDER BY seq DESC LIMIT ?", (limit,)
    )
    return [
        AuditLine(seq, datetime.fromisoformat(at), by, action, subject)
        for seq, at, by, action, subject in found
    ]


def last_of(db: Connection, action: str) -> datetime | None:
    """Return when something was last done, or None if never."""
    row = db.execute(
        "SELECT at FROM audit WHERE action = ? ORDER BY seq DESC LIMIT 1", (action,)
    ).fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def _seal(chain_key: bytes, before: bytes, row: _Row) -> bytes:
    said = json.dumps(row, ensure_ascii=True, separators=(",", ":")).encode()
    return keys.mac(chain_key, before + said)
