"""Numbered migrations: each step and the note that it ran share one transaction."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.paths import schema_folder
from kadin_danisma.store import audit, recoding, wall
from kadin_danisma.store.connection import transaction

_NAME = re.compile(r"(\d{4})_\w+\.sql", re.ASCII)
_NOTE = "PRAGMA user_version = {:d}"


@dataclass(frozen=True, slots=True)
class Step:
    """One file of the schema; never edited once it was released."""

    number: int
    path: Path


def steps(folder: Path | None = None) -> list[Step]:
    """Return the steps in their order, from 1 without a gap.

    Args:
        folder: Where the files lie; the program's own by default.
    """
    matches = ((_NAME.fullmatch(path.name), path) for path in (folder or schema_folder()).iterdir())
    found = sorted((Step(int(match[1]), path) for match, path in matches if match), key=_number)
    if [step.number for step in found] != list(range(1, len(found) + 1)):
        raise ValueError("the steps of the schema are not numbered one by one")
    return found


def _number(step: Step) -> int:
    return step.number


def latest() -> int:
    """Return the schema version this program knows."""
    return steps()[-1].number


def version(db: Connection) -> int:
    """Return the schema version of an open vault."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def migrate(
    db: Connection, vault_key: bytes, upto: int | None = None, folder: Path | None = None
) -> tuple[str, ...]:
    """Bring a vault to the newest schema; a step that fails leaves the version before it.

    Args:
        db: The open vault, not yet guarded.
        vault_key: Its key.
        upto: The last step to take; all by default.
        folder: Where the steps lie; the program's own by default.

    Returns:
        What the steps did that whoever signs in should be told, as sentences.
    """
    present, done = version(db), list[str]()
    for step in steps(folder):
        if present < step.number <= (upto or step.number):
            with transaction(db):
                for statement in statements(step.path.read_text(encoding="utf-8")):
                    db.execute(statement)
                if step.path.name == wall.STEP:
                    wall.raise_wall(db)
                if step.path.name.endswith(audit.STEP):
                    audit.remember_key(db, vault_key)
                if step.path.name == recoding.STEP and (said := recoding.recode(db)):
                    done.append(said)
                db.execute(_NOTE.format(step.number))
    return tuple(done)


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script one by one; each ends its line.

    Raises:
        ValueError: The last statement has no end.
    """
    gathered = ""
    for line in script.splitlines(keepends=True):
        gathered += line
        if dbapi2.complete_statement(gathered):
            yield gathered
            gathered = ""
    if any(line.strip() and not line.strip().startswith("--") for line in gathered.splitlines()):
        raise ValueError("the last statement of the script has no end")
