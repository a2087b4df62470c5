"""The rows of the people who sign in; their slots are kept in step by ``store.users``."""

from datetime import datetime

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.text import fold, sort_key
from kadin_danisma.store import recovery_sets
from kadin_danisma.store.recovery import is_recovery

_SELECT = "SELECT id, revision, name, title, role FROM user "
_Row = tuple[str, int, str, str, str]


def insert(db: Connection, user: User, at: datetime, by: str) -> None:
    """Add a person to a vault that has no roster; elsewhere rows follow from it.

    Args:
        db: The open vault.
        user: The person.
        at: When.
        by: The id of who adds her.
    """
    db.execute(
        "INSERT INTO user (id, revision, changed_at, changed_by, name, folded, title, role, active)"
        " VALUES (:id, 1, :at, :by, :name, :folded, :title, :role, 1)",
        {
            "id": user.id,
            "at": at.isoformat(timespec="seconds"),
            "by": by,
            "name": user.name,
            "folded": fold(user.name),
            "title": user.title,
            "role": user.role.value,
        },
    )


def accept(db: Connection, user_id: str, at: datetime) -> None:
    """Note the day on which a person accepted the code of conduct."""
    db.execute(
        "UPDATE user SET accepted_at = :at WHERE id = :id",
        {"id": user_id, "at": at.isoformat(timespec="seconds")},
    )


def has_accepted(db: Connection, user_id: str, action: str, version: str) -> bool:
    """Tell whether a person accepted this version; which one it was is kept by the sealed log."""
    return bool(
        db.execute(
            "SELECT 1 FROM user JOIN audit ON audit.user_id = user.id"
            " WHERE user.id = :id AND user.accepted_at IS NOT NULL"
            " AND audit.action = :action AND audit.subject = :version",
            {"id": user_id, "action": action, "version": version},
        ).fetchone()
    )


def find(db: Connection, user_id: str) -> User | None:
    """Return a person, also one who has left."""
    row = db.execute(_SELECT + "WHERE id = ?", (user_id,)).fetchone()
    return _user(row) if row else None


def find_active(db: Connection, user_id: str) -> User | None:
    """Return a person who may sign in, or None."""
    row = db.execute(_SELECT + "WHERE id = ? AND active = 1", (user_id,)).fetchone()
    return _user(row) if row else None


def find_name(db: Connection, name: str) -> User | None:
    """Return the person of a user name who may sign in; spellings are folded."""
    row = db.execute(_SELECT + "WHERE folded = ? AND active = 1", (fold(name),)).fetchone()
    return _user(row) if row else None


def all_of(db: Connection) -> list[User]:
    """Return the people who may sign in, in the order of the alphabet; not the recovery code."""
    return sorted((user for user in _active(db) if not is_recovery(user.id)), key=_name_key)


def everybody(db: Connection) -> list[User]:
    """Return everybody the vault knows, also those who left and the recovery codes."""
    return [_user(row) for row in db.execute(_SELECT + "ORDER BY id")]


def recovery_codes(db: Connection) -> list[User]:
    """Return in whose names recovery codes open the vault; while one is replaced there are two.

    A code that stands in no set of sheets is none: nobody reads of it under Recovery.
    """
    standing = {each.id for each in recovery_sets.read(db) if each.replaced_at is None}
    return [user for user in _active(db) if is_recovery(user.id) and user.id in standing]


def _active(db: Connection) -> list[User]:
    return [_user(row) for row in db.execute(_SELECT + "WHERE active = 1 ORDER BY id")]


def _name_key(user: User) -> tuple[tuple[int, int], ...]:
    return sort_key(user.name)


def _user(row: _Row) -> User:
    user_id, revision, name, title, role = row
    return User(id=user_id, revision=revision, name=name, title=title, role=Role(role))
