"""What was typed and not saved, a row for each form: its author alone writes and reads it.

The key is made of her own private key, so that nobody who knows only her public one can lay words
into her drafts; to each row its author and its id are bound (docs/decisions/0039).
"""

from dataclasses import dataclass

from nacl import bindings
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.store import keys

#: The schema that brought the table.
SCHEMA = 12
_PURPOSE = "drafts"
#: Sealed drafts grow in steps of this many bytes, so that their length tells little.
_STEP = 1024


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose drafts they are.

    Args:
        user_id: The person.
        private: Her private key.
    """

    user_id: str
    private: bytes

    @property
    def key(self) -> bytes:
        """Return the key of her drafts."""
        return keys.subkey(self.private, _PURPOSE)

    def bound(self, draft_id: str) -> bytes:
        """Return what is bound to a draft of hers."""
        return f"{self.user_id} {draft_id}".encode()


def put(db: Connection, owner: Owner, draft_id: str, text: str) -> None:
    """Keep what stands in a form, in place of what stood there before."""
    content = bindings.sodium_pad(text.encode(), _STEP)
    nonce, sealed = keys.seal(content, owner.key, owner.bound(draft_id))
    db.execute(
        "INSERT INTO draft (user_id, id, sealed) VALUES (?, ?, ?)"
        " ON CONFLICT (user_id, id) DO UPDATE SET sealed = excluded.sealed",
        (owner.user_id, draft_id, nonce + sealed),
    )


def all_of(db: Connection, owner: Owner) -> dict[str, str]:
    """Return what a person left unfinished, by its id; what is not hers is left out."""
    if not _is_there(db):
        return {}
    found = {}
    rows = db.execute("SELECT id, sealed FROM draft WHERE user_id = ?", (owner.user_id,))
    for draft_id, row in rows.fetchall():
        nonce, sealed = row[: keys.NONCE_BYTES], row[keys.NONCE_BYTES :]
        said = keys.unseal(sealed, nonce, owner.key, owner.bound(draft_id))
        if said is not None:
            found[draft_id] = bindings.sodium_unpad(said, _STEP).decode()
    return found


def drop(db: Connection, user_id: str, draft_id: str) -> None:
    """Take one draft away: it was saved, or thrown away."""
    db.execute("DELETE FROM draft WHERE user_id = ? AND id = ?", (user_id, draft_id))


def forget(db: Connection, user_id: str) -> None:
    """Take all drafts of a person away whose key is gone: nobody can open them any more."""
    if _is_there(db):
        db.execute("DELETE FROM draft WHERE user_id = ?", (user_id,))


def reseal(db: Connection, former: Owner, present: Owner) -> None:
    """Keep a person's drafts under her present key; those that it opens already stay."""
    for draft_id, text in all_of(db, former).items():
        put(db, present, draft_id, text)


def _is_there(db: Connection) -> bool:
    """Tell whether the vault has the table: backups of before are read as they are."""
    return int(db.execute("PRAGMA user_version").fetchone()[0]) >= SCHEMA
