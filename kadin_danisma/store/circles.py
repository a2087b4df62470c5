"""Who holds the key of which restricted file (docs/decisions/0019).

A restricted file has a key pair of its own. The private half is sealed to each person of its circle
and to the recovery code, and stands nowhere in plain.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.records import User
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.store import sealing, user_rows
from kadin_danisma.store.keyring import Secrets
from kadin_danisma.store.recovery import is_recovery
from kadin_danisma.store.writer import Writer

#: Private keys of restricted files, by the id of the client.
FileKeys = Mapping[str, bytes]
NO_KEYS: FileKeys = MappingProxyType({})
#: Opens what was sealed to a person, or gives None.
Unseal = Callable[[bytes], bytes | None]


class ClosedFileError(KnownError):
    """A restricted file is closed to whoever asked."""

    def __init__(self) -> None:
        super().__init__(_("This file is restricted: only the people with access can open it."))


@dataclass(frozen=True, slots=True)
class Lent:
    """What the recovery code opened of one file, until the program is locked."""

    #: The key of the file, where it is restricted.
    file: bytes | None
    #: The keys of the disciplines of its notes.
    secrets: Secrets


@dataclass(frozen=True, slots=True)
class Mark:
    """When something was done, as it is stored, by whom, and with what she signs it."""

    at: str
    by: str
    writer: Writer | None = None


def publics(db: Connection) -> dict[str, bytes]:
    """Return the public key of each restricted file: whoever knows it can write to the file."""
    return dict(db.execute("SELECT client_id, public FROM circle"))


def keys_of(db: Connection, user_id: str, unseal: Unseal) -> dict[str, bytes]:
    """Return the keys of the restricted files that are sealed to a person.

    Args:
        db: The open vault.
        user_id: The person.
        unseal: Opens what is sealed to her.
    """
    known = publics(db)
    found = {}
    for client_id, sealed in db.execute(
        "SELECT client_id, sealed FROM circle_member WHERE user_id = ?", (user_id,)
    ):
        secret = unseal(sealed)
        if secret is not None and fits(secret, known[client_id]):
            found[client_id] = secret
    return found


def fits(secret: bytes, public: bytes) -> bool:
    """Tell whether a private key is the one that belongs to a file now."""
    return sealing.public_of(secret) == public


def draw(db: Connection, client_id: str, mark: Mark) -> bytes:
    """Make the key pair of a file, which nobody holds yet.

    Returns:
        Its private half.
    """
    secret = sealing.new_private()
    db.execute(
        "INSERT INTO circle (client_id, public, drawn_at, drawn_by) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (client_id) DO UPDATE SET public = excluded.public",
        (client_id, sealing.public_of(secret), mark.at, mark.by),
    )
    return secret


def admit(
    db: Connection, client_id: str, secret: bytes, user_ids: Iterable[str], mark: Mark
) -> None:
    """Seal the key of a file to people; somebody without a key pair of her own is refused.

    Raises:
        KnownError: One of them has no key pair yet.
    """
    for user_id in sorted(set(user_ids)):
        row = db.execute("SELECT public FROM person_key WHERE user_id = ?", (user_id,)).fetchone()
        if row is None:
            raise KnownError(_("One of these people has no key yet and has to sign in once first."))
        db.execute(
            "INSERT INTO circle_member (client_id, user_id, sealed, added_at, added_by)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT (client_id, user_id) DO UPDATE"
            " SET sealed = excluded.sealed",
            (client_id, user_id, sealing.seal(secret, row[0]), mark.at, mark.by),
        )


def dismiss(db: Connection, client_id: str, user_ids: Iterable[str]) -> None:
    """Take people out of a circle; without a new key pair they could still open the file."""
    db.executemany(
        "DELETE FROM circle_member WHERE client_id = ? AND user_id = ?",
        [(client_id, user_id) for user_id in user_ids],
    )


def dissolve(db: Connection, client_id: str) -> None:
    """Forget the circle of a file that is an ordinary one again."""
    db.execute("DELETE FROM circle_member WHERE client_id = ?", (client_id,))
    db.execute("DELETE FROM circle WHERE client_id = ?", (client_id,))


def members(db: Connection, client_id: str) -> list[User]:
    """Return the people of a circle, without the recovery code."""
    has = _holders(db, client_id)
    return [user for user in user_rows.all_of(db) if user.id in has]


def recovery_ids(db: Connection) -> set[str]:
    """Return in whose names recovery codes open the vault now, as far as files can be sealed."""
    return {user.id for user in user_rows.recovery_codes(db)} & ready(db)


def codes_of(db: Connection, client_id: str) -> set[str]:
    """Return in whose names recovery codes open a restricted file."""
    return {user_id for user_id in _holders(db, client_id) if is_recovery(user_id)}


def only_member_of(db: Connection, user_id: str) -> list[str]:
    """Return the numbers of the restricted files in whose circle a person is alone."""
    found = db.execute(
        "SELECT file_no, client.id FROM circle JOIN client ON client.id = circle.client_id"
        " ORDER BY file_no"
    ).fetchall()
    return [
        file_no
        for file_no, client_id in found
        if _holders(db, client_id) - codes_of(db, client_id) == {user_id}
    ]


def ready(db: Connection) -> frozenset[str]:
    """Return the ids of the people who have a key pair, so that a file can be sealed to them."""
    return frozenset(user_id for (user_id,) in db.execute("SELECT user_id FROM person_key"))


def _holders(db: Connection, client_id: str) -> set[str]:
    return {
        user_id
        for (user_id,) in db.execute(
            "SELECT user_id FROM circle_member WHERE client_id = ?", (client_id,)
        )
    }
