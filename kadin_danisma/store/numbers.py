"""The running numbers of files, applications and sessions: one series a year."""

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.records import Application, Client, Session
from kadin_danisma.store import rows

_COLUMN = {Client: "file_no", Application: "number", Session: "number"}


def following(db: Connection, kind: type, prefix: str, width: int) -> str:
    """Return the number after the highest one that stands.

    Args:
        db: The open vault.
        kind: Client, Application or Session.
        prefix: What every number of the series begins with: ``2026/`` or ``G-2026-``.
        width: How many figures follow.
    """
    column = _COLUMN[kind]
    highest = db.execute(
        f"SELECT max(CAST(substr({column}, :from) AS INTEGER)) FROM {rows.TABLE_OF[kind]}"
        f" WHERE {column} >= :prefix AND {column} < :end"
        f" AND substr({column}, :from) NOT GLOB '*[^0-9]*' AND length({column}) <= :longest",
        {
            "from": len(prefix) + 1,
            "prefix": prefix,
            "end": prefix + ":",
            "longest": len(prefix) + 9,
        },
    ).fetchone()[0]
    return f"{prefix}{(highest or 0) + 1:0{width}d}"
