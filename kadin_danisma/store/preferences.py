"""How each person likes the window: her language, the size of print."""

from sqlcipher3.dbapi2 import Connection


def of_user(db: Connection, user_id: str) -> dict[str, str]:
    """Return everything a person has set."""
    return dict(db.execute("SELECT key, value FROM preference WHERE user_id = ?", (user_id,)))


def put(db: Connection, user_id: str, key: str, value: str) -> None:
    """Set one preference of a person."""
    db.execute(
        "INSERT INTO preference (user_id, key, value) VALUES (?, ?, ?)"
        " ON CONFLICT (user_id, key) DO UPDATE SET value = excluded.value",
        (user_id, key, value),
    )
