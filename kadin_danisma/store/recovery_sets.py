"""What the vault remembers of its recovery sheets: when they were made, verified, tried, replaced.

Never what stands on them. It is one entry of ``meta``: a vault that has none was made with one code
that nobody has typed back yet.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.recovery import Kind, RecoverySet
from kadin_danisma.store import meta
from kadin_danisma.store.recovery import RECOVERY_ID

_ENTRY = "recovery.sets"
_MOMENTS = ("made_at", "verified_at", "tried_at", "replaced_at")


def read(db: Connection) -> list[RecoverySet]:
    """Return every set this vault ever had, the first one first."""
    said = meta.read(db, _ENTRY)
    if said:
        return [_from_json(each) for each in json.loads(said)]
    made = datetime.fromisoformat(meta.read(db, meta.CREATED_AT))
    return [RecoverySet(RECOVERY_ID, Kind.CODE, "", made)]


def add(db: Connection, new: RecoverySet) -> None:
    """Note a set that was made."""
    _write(db, [*read(db), new])


def note(db: Connection, set_id: str, **changes: Any) -> None:
    """Note something of one set, by the names of its fields."""
    _write(db, [replace(each, **changes) if each.id == set_id else each for each in read(db)])


def _write(db: Connection, sets: Iterable[RecoverySet]) -> None:
    meta.write(db, _ENTRY, json.dumps([_to_json(each) for each in sets]))


def _to_json(each: RecoverySet) -> dict[str, str | None]:
    said = asdict(each)
    for field in _MOMENTS:
        said[field] = said[field].isoformat(timespec="seconds") if said[field] else None
    return said


def _from_json(said: dict[str, Any]) -> RecoverySet:
    moments = {field: said[field] and datetime.fromisoformat(said[field]) for field in _MOMENTS}
    return RecoverySet(id=said["id"], kind=Kind(said["kind"]), mark=said["mark"], **moments)
