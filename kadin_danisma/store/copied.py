"""What a copy says of itself: that it is one, when and by whom it was made (decision 0036).

A backup, and the copy made before a migration, is read and restored and never becomes the daily
vault. It is known by what stands in it and in its key files, not by its name; a vault that somebody
moved or copied by hand says nothing of the kind and opens as ever.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import ISTANBUL, show_date, show_time
from kadin_danisma.i18n import _
from kadin_danisma.store import audit, carrying, meta
from kadin_danisma.store.journal import RESTORED
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.slots import SlotFile

#: A coordinator used a copy of which nobody can tell whether it was changed.
UNPROVED = "restore.unproved"


@dataclass(frozen=True, slots=True)
class Copied:
    """What is known of the making of a copy.

    Args:
        at: When; of a copy that says nothing of it, when its log ends. None where that is nonsense.
        by: The id of whoever made it; empty where nobody is named.
    """

    at: datetime | None
    by: str

    @property
    def words(self) -> str:
        """Return what stands above every page of it."""
        if self.at is None:
            return _("Backup: can only be read")
        return _("Backup, {day} {time}: can only be read").format(
            day=show_date(self.at.date()), time=show_time(self.at.time())
        )


def told(at: datetime, by: str) -> str:
    """Return how a copy says when and by whom it was made."""
    return f"{at.isoformat(timespec='seconds')} {by}"


def mark(db: Connection, header: bytes, copied: str) -> None:
    """Write into a new file whether it is a copy, or a vault at home in this very file.

    Args:
        db: The new file.
        header: The bytes with which it begins.
        copied: What ``told`` returned; empty for a vault.
    """
    meta.write(db, meta.COPIED, copied)
    if not copied:
        meta.write(db, meta.OWN_FILE, header.hex())


def of(db: Connection, header: bytes, file: SlotFile, roster: Roster) -> Copied | None:
    """Return what a file says of being a copy; None where it is a vault.

    Args:
        db: The opened file.
        header: The bytes with which it begins.
        file: Its key file.
        roster: Who is who in it.
    """
    said = file.copied
    if not said and not restoring(db, file, roster):
        said = meta.read(db, meta.COPIED)
        own = meta.read(db, meta.OWN_FILE)
        # Two beginnings: a change of the vault key was broken off and gave the vault a new file.
        is_elsewhere = bool(own) and own != header.hex() and len(file.headers) == 1
        if not said and is_elsewhere:
            said = audit.last(db).at
    return _read(said) if said else None


def of_key_file(file: SlotFile) -> Copied | None:
    """Return what a key file alone says, for whoever cannot open the file beside it."""
    return _read(file.copied) if file.copied else None


def restoring(db: Connection, file: SlotFile, roster: Roster) -> str:
    """Return which restoring by IT nobody has taken up yet; empty where there is none.

    A line that IT did not sign says nothing: whoever waits could hold up every sign-in by one.

    Args:
        db: The opened file.
        file: Its key file.
        roster: Who is who in it.

    Returns:
        The signature of IT's line about it.
    """
    lines = carrying.believed(db, file, roster)
    return next((line.signature.hex() for line in lines if line.action == RESTORED), "")


def _read(said: str) -> Copied:
    at, _space, by = said.partition(" ")
    try:
        return Copied(datetime.fromisoformat(at).astimezone(ISTANBUL), by)
    except (ValueError, OverflowError):
        return Copied(None, by)
