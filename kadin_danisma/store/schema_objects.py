"""The triggers, views and indexes of a vault are those of its schema; others are taken out.

Whoever holds the key of the vault can plant a trigger with SQL, and it would go on acting for her
with everybody's next save after she has left and the key was changed. A view put in the place of
one of ours would leave records out of every count. Neither is a row that somebody signs, so they
are compared with what the steps of the schema make, before anything else is written.
"""

import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.store import migrate
from kadin_danisma.store.connection import transaction
from kadin_danisma.store.failures import BrokenVaultError

#: What the log says of what was put right; its subject is how many there were.
CHANGED = "schema.changed"
#: What acts by itself, in the order in which it can be taken out: views before what they rest on.
_ACTING = ("trigger", "view", "index")
#: How SQLite writes down again what it has renamed differs from release to release.
_WRITTEN_ALIKE = re.compile(r"[\s\"`\[\]]+")


@dataclass(frozen=True, slots=True)
class _Object:
    kind: str
    sql: str

    def is_like(self, other: "_Object | None") -> bool:
        """Tell whether two are the same, however they were written down."""
        return other is not None and (self.kind, _bare(self.sql)) == (other.kind, _bare(other.sql))


def differences(db: Connection) -> list[str]:
    """Return the names of triggers, views and indexes that are not as the schema makes them.

    Args:
        db: The open vault, of any version that this program knows.

    Raises:
        BrokenVaultError: A table of the schema is none.
    """
    return _differing(_objects(db), _as_made(migrate.version(db)))


def put_right(db: Connection) -> int:
    """Take out what the schema does not make, and make what is missing or was changed.

    Args:
        db: The open vault, outside of a transaction, before it is guarded.

    Returns:
        How many there were; their names are a stranger's text, and stand nowhere.

    Raises:
        BrokenVaultError: A table of the schema is none.
    """
    present, wanted = _objects(db), _as_made(migrate.version(db))
    wrong = _differing(present, wanted)
    if not wrong:
        return 0
    with transaction(db):
        for kind in _ACTING:
            for name in wrong:
                if name in present and present[name].kind == kind:
                    quoted = name.replace('"', '""')
                    db.execute(f'DROP {kind} IF EXISTS "{quoted}"')
        for kind in reversed(_ACTING):
            for name in wrong:
                if name in wanted and wanted[name].kind == kind:
                    db.execute(wanted[name].sql)
    return len(wrong)


def _differing(present: Mapping[str, _Object], wanted: Mapping[str, _Object]) -> list[str]:
    for name, each in wanted.items():
        if each.kind == "table" and (name not in present or present[name].kind != "table"):
            raise BrokenVaultError
    return sorted(
        name
        for name in present.keys() | wanted.keys()
        if _acts(present.get(name), wanted.get(name))
        and not (name in present and present[name].is_like(wanted.get(name)))
    )


def _acts(*objects: _Object | None) -> bool:
    return any(each is not None and each.kind in _ACTING for each in objects)


def _as_made(version: int) -> Mapping[str, _Object]:
    """Return what the steps of the schema make, by making it in memory."""
    with closing(dbapi2.connect(":memory:", isolation_level=None)) as made:
        for step in migrate.steps():
            if step.number <= version:
                for statement in migrate.statements(step.path.read_text(encoding="utf-8")):
                    made.execute(statement)
        return _objects(made)


def _objects(db: Connection) -> Mapping[str, _Object]:
    """Return what stands in the list of a database by name; keys that SQLite makes have no text."""
    found = db.execute("SELECT name, type, sql FROM main.sqlite_master WHERE sql IS NOT NULL")
    return {str(name): _Object(str(kind), str(sql)) for name, kind, sql in found}


def _bare(sql: str) -> str:
    return _WRITTEN_ALIKE.sub("", sql).casefold()
