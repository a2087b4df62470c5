"""How each person likes the window: her language, the size of print."""

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.store import sealing


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


def drop(db: Connection, user_id: str, key: str) -> None:
    """Forget one preference of a person."""
    db.execute("DELETE FROM preference WHERE user_id = ? AND key = ?", (user_id, key))


def reseal(db: Connection, user_id: str, former: bytes, public: bytes) -> None:
    """Seal to a person's new key what a program before drafts kept under the former one.

    Args:
        db: The open vault.
        user_id: The person.
        former: Her former private key.
        public: The public half of the new one.
    """
    for key, value in of_user(db, user_id).items():
        try:
            said = sealing.unseal(bytes.fromhex(value), former)
        except ValueError:
            continue
        if said is not None:
            put(db, user_id, key, sealing.seal(said, public).hex())
