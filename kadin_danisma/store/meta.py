"""What a vault says of itself: its identity, the centre's name, whether it is a demo."""

from sqlcipher3.dbapi2 import Connection

VAULT_ID = "vault_id"
CENTRE = "centre"
DEMO = "demo"
CREATED_AT = "created_at"
#: The newest generation of the key files this vault has seen.
KEYS_GENERATION = "keys_generation"
#: Not empty while somebody who held the vault key is gone and the key was not changed since.
ROTATION_DUE = "rotation_due"
#: The key that seals the log, as hexadecimal digits (``store.audit``).
CHAIN_KEY = "audit_chain_key"
#: The bytes with which this very file begins, as hexadecimal digits (``store.behind``).
OWN_FILE = "own_file"
#: Not empty in a copy: when and by whom it was made (``store.copied``).
COPIED = "copied"
#: Since which day reports may have left that this vault does not know; empty where none can have.
UNKNOWN_SINCE = "reports_unknown_since"
#: The key by which frozen months tell women apart, as hexadecimal digits (``store.frozen_months``).
REPORT_KEY = "report_key"
#: Not empty while the file has to be written anew, because something was left behind in it
#: (``store.sweeping``); set in the transaction that leaves it, so that no crash keeps it there.
SWEEP_DUE = "sweep_due"


def read(db: Connection, key: str) -> str:
    """Return a value, empty where there is none."""
    row = db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else ""


def write(db: Connection, key: str, value: str) -> None:
    """Set a value."""
    db.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )
