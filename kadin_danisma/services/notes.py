"""Notes as whoever is signed in may see them: hers in words, the others closed."""

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from kadin_danisma.domain.checks import Problem
from kadin_danisma.domain.discipline import readers_of
from kadin_danisma.domain.records import Noted, Session
from kadin_danisma.domain.trust import Trust
from kadin_danisma.domain.views import HistoryLine
from kadin_danisma.i18n import _
from kadin_danisma.services.desk import Desk, RefusedError
from kadin_danisma.services.sight import file_keys, secrets_for
from kadin_danisma.store import notes
from kadin_danisma.store.circles import FileKeys
from kadin_danisma.store.rows import Connection

N = TypeVar("N", bound=Noted)


@dataclass(frozen=True, slots=True)
class Opened(Generic[N]):
    """A record as she may see it.

    Args:
        record: The record, with its note where she may read it.
        closed: Whether it has a note that is closed to her.
        trust: What can be told of the author of the note she reads; None where there is none.
    """

    record: N
    closed: bool = False
    trust: Trust | None = None


def opened(desk: Desk, db: Connection, record: N) -> Opened[N]:
    """Return a record with the note she may read, and whether it has one that is closed to her."""
    secrets = secrets_for(desk, record.client_id)
    note = notes.standing(db, record.id, secrets.keys())
    if note is None:
        return Opened(record)
    found = note.read(db, desk.vault.roster, secrets, file_keys(desk, db))
    if found is None:
        return Opened(record, closed=True)
    return Opened(replace(record, note=found.text), trust=found.trust)


def readable(desk: Desk, db: Connection, record: Noted, files: FileKeys) -> bool | None:
    """Tell, without opening it, whether she can read the note of a record; None without a note.

    Args:
        desk: Whose keys.
        db: The open vault.
        record: The record.
        files: The keys of restricted files that she has (``file_keys``).
    """
    secrets = secrets_for(desk, record.client_id)
    note = notes.standing(db, record.id, secrets.keys())
    if note is None:
        return None
    return note.discipline in secrets and (note.circle is None or note.circle in files)


def stays(desk: Desk, db: Connection, record: Noted) -> bool:
    """Tell whether a correction leaves the note of a record as it stands.

    Raises:
        RefusedError: It would replace a note that the person cannot read.
    """
    secrets = secrets_for(desk, record.client_id)
    note = notes.standing(db, record.id, secrets.keys())
    if note is None:
        return not record.note
    text = note.open(secrets, file_keys(desk, db))
    if text is not None:
        return text == record.note and note.discipline in readers_of(record)
    if record.note:
        raise RefusedError([Problem("note", closed_words(desk, db, record))])
    return True


def closed_words(desk: Desk, db: Connection, record: Noted) -> str:
    """Return what is said of a note that is closed to whoever looks at its record.

    Whoever has its keys is told that it does not open: it is not hers to be shut out of.
    """
    if readable(desk, db, record, file_keys(desk, db)):
        return _(
            "This note does not open, though you may read it: it was damaged or changed from "
            "outside the program. It stays as it is. Please tell a coordinator: a backup may "
            "still have it."
        )
    if isinstance(record, Session):
        return _("There is a note of another discipline here. It stays as it is.")
    return _("There is a note for the counsellors here. It stays as it is.")


def corrections(desk: Desk, db: Connection, record: Noted) -> list[HistoryLine]:
    """Return how a note was corrected, as far as both wordings may be read."""
    secrets, files = secrets_for(desk, record.client_id), file_keys(desk, db)
    lines: list[HistoryLine] = []
    before: str | None = ""
    for wording in notes.wordings(db, record.id, secrets.keys()):
        found = wording.read(db, desk.vault.roster, secrets, files)
        text = found.text if found else None
        changed = wording.revision > 1 and before is not None and before != text
        if found and before is not None and changed:
            line = HistoryLine(wording.at, wording.by, "note", before, found.text, found.trust)
            lines.append(line)
        before = text
    return lines[::-1]
