"""The chain in the vault, and the tables that follow from it: people, their keys, disciplines.

The chain is the only word on who is who. The tables ``user``, ``person_key`` and ``discipline``
repeat it, so that records can refer to people; whoever opens the vault writes them anew from the
chain before anything reads them, and says where somebody had changed them.
"""

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.text import fold
from kadin_danisma.store import drafts
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.roster.statement import (
    DisciplineKey,
    Member,
    State,
    Statement,
)
from kadin_danisma.store.roster.statement import (
    read as read_statement,
)

#: The step of the schema that made the roster.
SCHEMA = 10


def read(db: Connection, vault_id: str, checked: Roster | None = None) -> Roster:
    """Return the roster of a vault; an empty one where none was founded yet.

    Args:
        db: The vault.
        vault_id: Its identity.
        checked: A roster that was checked already: where the vault says the same, that is it.

    Raises:
        ValueError: The chain does not hold.
    """
    rows = db.execute("SELECT said, signature FROM roster ORDER BY number")
    found = tuple(read_statement(*row) for row in rows)
    if checked is not None and found == checked.statements:
        return checked
    return Roster.read(vault_id, found)


def is_founded(db: Connection) -> bool:
    """Tell whether a vault of this schema has its roster already."""
    return db.execute("SELECT 1 FROM roster LIMIT 1").fetchone() is not None


def write(db: Connection, roster: Roster) -> list[str]:
    """Write what a roster says beyond the chain in the vault, and let the tables follow.

    Returns:
        Whose rows said something else than the chain did before.
    """
    (known,) = db.execute("SELECT count(*) FROM roster").fetchone()
    db.executemany(
        "INSERT INTO roster (number, said, signature) VALUES (?, ?, ?)",
        [(each.number, each.said(), each.signature) for each in roster.statements[known:]],
    )
    spoken_of = {_name_of(each) for each in roster.statements[known:]}
    return [changed for changed in _follow(db, roster) if changed not in spoken_of]


def differences(db: Connection, roster: Roster) -> list[str]:
    """Return whose rows say something else than the chain; nothing is written."""
    rows, keys = _rows(db), _keys(db)
    found = {each.id for each in roster.members.values() if rows.get(each.id) != _row(each)}
    found |= {user_id for user_id in rows.keys() - roster.members.keys() if rows[user_id][-1]}
    holders = {each.id: each.public.sealing for each in roster.members.values() if _has_key(each)}
    found |= {user_id for user_id, public in keys.items() if holders.get(user_id) != public}
    found |= holders.keys() - keys.keys()
    disciplines = dict(db.execute("SELECT discipline, public FROM discipline"))
    found |= {
        str(each)
        for each, public in roster.disciplines.items()
        if disciplines.get(str(each)) != public
    }
    return sorted(found)


_Row = tuple[str, str, str, str, int]


def _follow(db: Connection, roster: Roster) -> list[str]:
    changed = differences(db, roster)
    if not changed:
        return []
    last = {_name_of(each): each for each in roster.statements}
    earlier: dict[str, set[bytes]] = {}
    for each in roster.statements:
        if isinstance(each.subject, Member):
            earlier.setdefault(each.subject.id, set()).add(each.subject.public.sealing)
    # Two people may exchange their names, of which only one at a time has a row.
    db.executemany("UPDATE user SET active = 0 WHERE id = ?", [(each,) for each in changed])
    for user_id in changed:
        member = roster.members.get(user_id)
        if member is None:
            _drop_keys(db, user_id)
        else:
            _write_row(db, member, last[user_id])
            _write_key(db, member, last[user_id], earlier.get(user_id, set()))
    for discipline, public in roster.disciplines.items():
        db.execute(
            "INSERT INTO discipline (discipline, public) VALUES (?, ?)"
            " ON CONFLICT (discipline) DO UPDATE SET public = excluded.public",
            (str(discipline), public),
        )
    return changed


def _write_row(db: Connection, member: Member, last: Statement) -> None:
    name, folded, title, role, active = _row(member)
    db.execute(
        "INSERT INTO user (id, revision, changed_at, changed_by, name, folded, title, role, active)"
        " VALUES (:id, 1, :at, :by, :name, :folded, :title, :role, :active)"
        " ON CONFLICT (id) DO UPDATE SET revision = revision + 1, changed_at = :at,"
        " changed_by = :by, name = :name, folded = :folded, title = :title, role = :role,"
        " active = :active WHERE (name, folded, title, role) IS NOT (:name, :folded, :title, :role)"
        " OR (changed_at, changed_by) IS NOT (:at, :by) OR active IS NOT :active",
        {
            "id": member.id,
            "at": last.at,
            "by": last.by,
            "name": name,
            "folded": folded,
            "title": title,
            "role": role,
            "active": active,
        },
    )


def _write_key(db: Connection, member: Member, last: Statement, earlier: set[bytes]) -> None:
    """Let a member's key be the one of the chain.

    What was sealed to the one before stays only where she herself exchanged it: then she seals it
    anew. Where somebody else gave her a new one, nothing of it opens for her any more. A key in
    its place that never was hers says nothing of what was sealed to her.
    """
    if not _has_key(member):
        _drop_keys(db, member.id)
        return
    present = _keys(db).get(member.id)
    was_hers = present in earlier and present != member.public.sealing
    if was_hers and last.by != member.id:
        _drop_keys(db, member.id)
    db.execute(
        "INSERT INTO person_key (user_id, public) VALUES (?, ?)"
        " ON CONFLICT (user_id) DO UPDATE SET public = excluded.public",
        (member.id, member.public.sealing),
    )


def _drop_keys(db: Connection, user_id: str) -> None:
    db.execute("DELETE FROM keyring WHERE user_id = ?", (user_id,))
    db.execute("DELETE FROM person_key WHERE user_id = ?", (user_id,))
    drafts.forget(db, user_id)


def _has_key(member: Member) -> bool:
    return member.state is State.ACTIVE


def _rows(db: Connection) -> dict[str, _Row]:
    return {
        user_id: (name, folded, title, role, active)
        for user_id, name, folded, title, role, active in db.execute(
            "SELECT id, name, folded, title, role, active FROM user"
        )
    }


def _keys(db: Connection) -> dict[str, bytes]:
    return dict(db.execute("SELECT user_id, public FROM person_key"))


def _row(member: Member) -> _Row:
    active = int(member.state is not State.LEFT)
    return member.name, fold(member.name), member.title, member.role.value, active


def _name_of(statement: Statement) -> str:
    """Return the id of the member, or the name of the discipline, that a statement is about."""
    subject = statement.subject
    return str(subject.discipline) if isinstance(subject, DisciplineKey) else subject.id
