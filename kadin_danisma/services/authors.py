"""Whose a record is: who entered it, of a session who held it; they and the coordinator decide."""

from kadin_danisma.domain.records import Record, Session
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.text import fold
from kadin_danisma.errors import NotAllowedError
from kadin_danisma.i18n import _
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.sight import Sight
from kadin_danisma.store import withdrawing
from kadin_danisma.store.rows import Connection


def is_entitled(desk: Desk, db: Connection, record: Record) -> bool:
    """Tell whether a record is of whoever is signed in, or she is a coordinator.

    Args:
        desk: The signed-in person's desk.
        db: The open vault.
        record: The record as its row holds it; of a file that is open to her.
    """
    if desk.user.role is Role.COORDINATOR:
        return True
    return withdrawing.entered_by(db, record) == desk.user.id or _holds(desk, db, record)


def require(desk: Desk, db: Connection, record: Record) -> None:
    """Let pass whose a record is, and the coordinator (arguments: ``is_entitled``).

    Raises:
        NotAllowedError: Somebody else asks; whom to ask is said.
    """
    if not is_entitled(desk, db, record):
        raise NotAllowedError(whom_to_ask(desk, db, record))


def whom_to_ask(desk: Desk, db: Connection, record: Record) -> str:
    """Return the sentence for everybody else: whom to ask."""
    name = _name(desk, db, record)
    if isinstance(record, Session):
        if name:
            return _(
                "Only the person who wrote a session and the coordinator can correct it. Please "
                "ask {name} or the coordinator."
            ).format(name=name)
        return _(
            "Only the person who wrote a session and the coordinator can correct it. Please ask "
            "the coordinator."
        )
    if name:
        return _(
            "Only the person who entered a record and the coordinator can withdraw or move it. "
            "Please ask {name} or the coordinator."
        ).format(name=name)
    return _(
        "Only the person who entered a record and the coordinator can withdraw or move it. Please "
        "ask the coordinator."
    )


def _holds(desk: Desk, db: Connection, record: Record) -> bool:
    """Tell whether a session names whoever is signed in as its counsellor."""
    if not isinstance(record, Session):
        return False
    held_by = fold(Sight(desk, db).record(record).counsellor)
    return bool(held_by) and held_by == fold(desk.user.title)


def _name(desk: Desk, db: Connection, record: Record) -> str:
    """Return who is to be asked: who held a session, or who entered the record."""
    held_by = Sight(desk, db).shown(record).counsellor if isinstance(record, Session) else ""
    member = desk.vault.roster.members.get(withdrawing.entered_by(db, record))
    return held_by or (member.title or member.name if member else "")
