"""How often codes were written down lately."""

from collections.abc import Mapping

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import CLASS_OF
from kadin_danisma.store import rows

#: So many of the latest records tell what is used most; more would take longer and say the same.
_LATEST = 500


def code_uses(db: Connection, kind: Kind, field: str) -> Mapping[str, int]:
    """Return how often each code stands in a field of the latest records of a kind.

    Raises:
        ValueError: The kind has no such field, which is a fault of the program.
    """
    if field in rows.SEVERAL:
        found = db.execute(
            "SELECT code, count(*) FROM application_code WHERE list = :list AND application_id IN"
            " (SELECT id FROM standing_application ORDER BY date DESC LIMIT :latest) GROUP BY code",
            {"list": field, "latest": _LATEST},
        )
        return dict(found.fetchall())
    record = CLASS_OF[kind]
    columns = rows.columns_of(record)
    column = columns[columns.index(field)]
    order = "date" if "date" in columns else "changed_at"
    found = db.execute(
        f"SELECT {column}, count(*) FROM"
        f" (SELECT {column} FROM {rows.STANDING[record]} ORDER BY {order} DESC LIMIT :latest)"
        " GROUP BY 1",
        {"latest": _LATEST},
    )
    return dict(found.fetchall())
