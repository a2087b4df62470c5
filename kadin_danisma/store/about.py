"""What the store stands on, for ``--version``."""

from sqlcipher3 import dbapi2


def versions() -> dict[str, str]:
    """Return the versions of SQLCipher and SQLite."""
    db = dbapi2.connect(":memory:")
    try:
        cipher = db.execute("PRAGMA cipher_version").fetchone()[0]
    finally:
        db.close()
    return {"sqlcipher": str(cipher), "sqlite": dbapi2.sqlite_version}
