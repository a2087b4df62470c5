"""Who holds the key of which discipline: private keys sealed to people, never in plain.

Docs/decisions/0016. A person's own private key lies in her slot; with it she opens her rows of the
keyring, and with a discipline's private key she reads its notes and can hand it to a colleague.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.discipline import Discipline, disciplines_of
from kadin_danisma.domain.records import User
from kadin_danisma.store import drafts, preferences, sealing, user_rows
from kadin_danisma.store.recovery import is_recovery

#: The schema that raised the wall.
SCHEMA = 3
#: What is read while somebody signs in, once writing has begun.
_NEEDED = {"discipline", "person_key", "keyring", "user", "slot_copy"}
#: What is sealed to a person's own key pair, and the column that says of what.
_SEALED_TO_PEOPLE = {
    "keyring": "discipline",
    "circle_member": "client_id",
    "broken_seal_reader": "broken_id",
}
#: The private keys of disciplines that somebody holds.
Secrets = Mapping[Discipline, bytes]


@dataclass(frozen=True, slots=True)
class Grant:
    """Who sealed a key to somebody, and when."""

    at: datetime
    by: str


def entitled(user: User) -> frozenset[Discipline]:
    """Return the disciplines a person may hold: by her role; the recovery code all of them."""
    return frozenset(Discipline) if is_recovery(user.id) else disciplines_of(user.role)


def publics(db: Connection) -> dict[Discipline, bytes]:
    """Return the public key of each discipline: whoever knows it can write a note."""
    return {
        Discipline(name): public
        for name, public in db.execute("SELECT discipline, public FROM discipline")
    }


def look_through(db: Connection) -> None:
    """Read every row that a sign-in needs, so that a damaged page of it raises here and now."""
    known = {name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in sorted(known & _NEEDED):
        db.execute(f"SELECT * FROM {table}").fetchall()


def held(db: Connection, user_id: str, private: bytes) -> dict[Discipline, bytes]:
    """Return the keys that a person's own key opens; one that fits no discipline is left out."""
    known = publics(db)
    found = {}
    for name, sealed in db.execute(
        "SELECT discipline, sealed FROM keyring WHERE user_id = ?", (user_id,)
    ):
        discipline = Discipline(name)
        secret = sealing.unseal(sealed, private)
        if secret is not None and sealing.public_of(secret) == known.get(discipline):
            found[discipline] = secret
    return found


def enrol(db: Connection, user_id: str, private: bytes) -> None:
    """Note the key pair of a person in a vault that has no roster yet."""
    db.execute(
        "INSERT INTO person_key (user_id, public) VALUES (?, ?)",
        (user_id, sealing.public_of(private)),
    )


def renew(db: Connection, user_id: str, former: bytes, private: bytes) -> None:
    """Seal what was sealed to a person's former key pair to another one of hers."""
    if former == private:
        return
    public = sealing.public_of(private)
    for table, column in _SEALED_TO_PEOPLE.items():
        found = db.execute(f"SELECT {column}, sealed FROM {table} WHERE user_id = ?", (user_id,))
        for name, sealed in found.fetchall():
            secret = sealing.unseal(sealed, former)
            if secret is not None:
                db.execute(
                    f"UPDATE {table} SET sealed = ? WHERE {column} = ? AND user_id = ?",
                    (sealing.seal(secret, public), name, user_id),
                )
    preferences.reseal(db, user_id, former, public)
    drafts.reseal(db, drafts.Owner(user_id, former), drafts.Owner(user_id, private))


def grant(
    db: Connection, secrets: Secrets, user: User, grant: Grant, only: Iterable[Discipline] = ()
) -> list[Discipline]:
    """Seal keys to a person, as far as she is entitled to them and does not have them.

    Args:
        db: The open vault.
        secrets: The keys that whoever grants holds.
        user: The person.
        grant: Who grants, and when.
        only: The disciplines meant; all by default.

    Returns:
        The disciplines whose key she got.
    """
    public = public_of(db, user.id)
    if public is None:
        return []
    has = {
        name
        for (name,) in db.execute("SELECT discipline FROM keyring WHERE user_id = ?", (user.id,))
    }
    wanted = entitled(user) & set(only or Discipline)
    given = [each for each in Discipline if each in wanted and each in secrets and each not in has]
    db.executemany(
        "INSERT INTO keyring (discipline, user_id, sealed, granted_at, granted_by)"
        " VALUES (?, ?, ?, ?, ?)",
        [
            (
                str(each),
                user.id,
                sealing.seal(secrets[each], public),
                grant.at.isoformat(timespec="seconds"),
                grant.by,
            )
            for each in given
        ],
    )
    return given


def waiting(db: Connection) -> list[tuple[User, Discipline]]:
    """Return who is entitled to a key, has a key pair of her own, and was not given it yet."""
    people = [*user_rows.all_of(db), *user_rows.recovery_codes(db)]
    has = set(db.execute("SELECT user_id, discipline FROM keyring").fetchall())
    ready = {user_id for (user_id,) in db.execute("SELECT user_id FROM person_key")}
    return [
        (user, each)
        for user in people
        for each in Discipline
        if user.id in ready and each in entitled(user) and (user.id, str(each)) not in has
    ]


def unused(db: Connection, codes: Iterable[str]) -> list[Discipline]:
    """Return the disciplines to which no note was sealed and whose key nobody has.

    Args:
        db: The open vault.
        codes: Recovery codes that count as nobody, because no paper of them was ever seen.
    """
    nobody = set(codes)
    had = {
        name
        for name, user_id in db.execute("SELECT discipline, user_id FROM keyring")
        if user_id not in nobody
    }
    sealed = {
        name
        for table in ("sealed_note", "shared_note")
        for (name,) in db.execute(f"SELECT DISTINCT discipline FROM {table}")
    }
    waiting_for = set(map(str, unclaimed(db)))
    return [each for each in Discipline if str(each) not in had | sealed | waiting_for]


def clear(db: Connection, disciplines: Iterable[Discipline]) -> None:
    """Forget who holds the keys of disciplines that get new ones (see ``unused``)."""
    for each in disciplines:
        db.execute("DELETE FROM keyring WHERE discipline = ?", (str(each),))


def unclaimed(db: Connection) -> dict[Discipline, bytes]:
    """Return the private keys of a vault that is older than the wall and not closed yet."""
    return {
        Discipline(name): secret
        for name, secret in db.execute(
            "SELECT discipline, unclaimed FROM discipline WHERE unclaimed IS NOT NULL"
        )
    }


def claim(db: Connection, user: User, grant_of: Grant) -> list[Discipline]:
    """Give a person what is unclaimed; once the recovery code has it, nobody else can take it.

    Returns:
        The disciplines whose key she got.
    """
    given = grant(db, unclaimed(db), user, grant_of)
    if is_recovery(user.id) and public_of(db, user.id) is not None:
        db.execute("UPDATE discipline SET unclaimed = NULL")
    return given


def public_of(db: Connection, user_id: str) -> bytes | None:
    """Return the public key of a person, as the roster has it (``roster.table``)."""
    row = db.execute("SELECT public FROM person_key WHERE user_id = ?", (user_id,)).fetchone()
    return row[0] if row else None
