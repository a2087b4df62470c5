"""Carrying into the vault what IT did beside it: its journal, line by line (``stewardship``)."""

from dataclasses import dataclass
from datetime import datetime

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.store import keyring, meta, user_rows
from kadin_danisma.store.roster import Names
from kadin_danisma.store.slots import ADDED, REMOVED, RESET, Entry, Holding, SlotFile


@dataclass(frozen=True, slots=True)
class LogLine:
    """What the log shall say.

    Args:
        action: What was done.
        subject: To what.
        user: Who did it; whoever signs in by default.
        at: When; now by default.
    """

    action: str
    subject: str
    user: User | None = None
    at: datetime | None = None


def carry(db: Connection, file: SlotFile, names: Names) -> list[LogLine]:
    """Bring the people of the vault level with a journal.

    A journal is believed as far as the slots bear it out: nobody gets a row but with a slot that
    waits to be let in, and nobody loses hers who still has a slot.
    """
    return [_carried(db, file, names, entry) for entry in file.journal]


def _carried(db: Connection, file: SlotFile, names: Names, entry: Entry) -> LogLine:
    slot, at = file.slot_of_user(entry.subject), datetime.fromisoformat(entry.at)
    waits = slot is not None and slot.holding is Holding.WAITING
    if slot and waits and entry.action == ADDED and slot.user_id in names:
        name, title = names[slot.user_id]
        user = User(id=slot.user_id, name=name, title=title, role=slot.role)
        if user_rows.find(db, user.id) is None and user_rows.find_name(db, user.name) is None:
            user_rows.insert(db, user, at, entry.by)
    if waits and entry.action == RESET:
        keyring.leave(db, entry.subject)
    if slot is None and entry.action == REMOVED:
        user_rows.deactivate(db, entry.subject, at, entry.by)
        keyring.leave(db, entry.subject)
        meta.write(db, meta.ROTATION_DUE, "1")
    nobody = User(id=entry.by, name="", title="", role=Role.IT)
    return LogLine(entry.action, entry.subject, user_rows.find(db, entry.by) or nobody, at)
