"""What a backup is: of which centre and day, how much is in it, which passphrases open it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.records import User
from kadin_danisma.i18n import _
from kadin_danisma.store import copied, meta, migrate, recovery, user_rows
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.slots import Holding, Slot, SlotFile

#: The tables whose rows are told, by the name under which counts go.
_COUNTED = {
    "clients": "client",
    "applications": "application",
    "sessions": "session",
    "referrals": "referral",
    "playroom_visits": "playroom_visit",
    "trainings": "training",
}


class Opens(StrEnum):
    """With which passphrase an account opens a backup."""

    #: With that of today.
    TODAYS = "todays"
    #: With the one from before it was changed.
    EARLIER = "earlier"
    #: With the one of somebody who has no account any more.
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Opener:
    """An account that opens a backup.

    Args:
        name: Whose; empty where nobody knows her any more.
        opens: With which passphrase; None where there is no vault of today to compare with.
    """

    name: str
    opens: Opens | None = None


@dataclass(frozen=True, slots=True)
class CopyTold:
    """What a backup is.

    Args:
        is_copy: Whether it is one; a vault that was copied by hand is none.
        centre: The name of the centre; empty where IT looks, who cannot read it.
        at: When it was made.
        by: By whom; empty where it does not say.
        counts: How many records of each kind stand in it.
        openers: Whose passphrases of that day open it.
    """

    is_copy: bool
    centre: str
    at: datetime | None
    by: str
    counts: Mapping[str, int]
    openers: tuple[Opener, ...]


def tell(db: Connection, header: bytes, file: SlotFile, roster: Roster) -> CopyTold:
    """Tell what an opened backup is.

    Args:
        db: The backup.
        header: The bytes with which it begins.
        file: Its key file.
        roster: Who is who in it.
    """
    made = copied.of(db, header, file, roster)
    people = {user.id: user for user in user_rows.everybody(db)}
    by = people.get(made.by) if made else None
    present = _tables(db)
    counts = {
        name: int(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
        for name, table in _COUNTED.items()
        if table in present
    }
    return CopyTold(
        made is not None,
        meta.read(db, meta.CENTRE),
        made.at if made else None,
        _called(by) if by else "",
        counts,
        tuple(Opener(_name(slot, people)) for slot in opening_slots(file)),
    )


def opening_slots(file: SlotFile) -> Iterable[Slot]:
    """Return the slots that open the file itself; IT's and those that wait do not."""
    return [slot for slot in file.slots if slot.holding is Holding.VAULT]


def compared(file: SlotFile, today: SlotFile, people: Iterable[User]) -> tuple[Opener, ...]:
    """Return whose passphrases open a backup, and whether they are still those of today.

    Args:
        file: The key file of the backup.
        today: That of the vault.
        people: Everybody the vault knows, also those who left.
    """
    known = {user.id: user for user in people}
    return tuple(
        Opener(_name(slot, known), _opens(slot, today.slot_of_user(slot.user_id)))
        for slot in opening_slots(file)
    )


def _opens(slot: Slot, today: Slot | None) -> Opens:
    if today is None:
        return Opens.LEFT
    # The salt is drawn anew with each passphrase, also where the key pair stays.
    same = (slot.public, slot.salt) == (today.public, today.salt)
    return Opens.TODAYS if same else Opens.EARLIER


def _name(slot: Slot, people: Mapping[str, User]) -> str:
    if recovery.is_recovery(slot.user_id):
        return _("Recovery sheets")
    return _called(people[slot.user_id]) if slot.user_id in people else ""


def _called(user: User) -> str:
    return user.title or user.name


def _tables(db: Connection) -> set[str]:
    if migrate.version(db) < 1:
        return set()
    return {str(name) for (name,) in db.execute("SELECT name FROM sqlite_master")}
