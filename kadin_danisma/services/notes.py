"""Session notes as whoever is signed in may see them: hers in words, the others closed."""

from dataclasses import dataclass, replace

from kadin_danisma.domain.checks import Problem
from kadin_danisma.domain.discipline import discipline_of
from kadin_danisma.domain.records import Session
from kadin_danisma.domain.trust import Trust
from kadin_danisma.domain.views import HistoryLine
from kadin_danisma.i18n import _
from kadin_danisma.services.desk import Desk, RefusedError
from kadin_danisma.services.sight import file_keys, secrets_for
from kadin_danisma.store import notes
from kadin_danisma.store.rows import Connection


@dataclass(frozen=True, slots=True)
class Opened:
    """A session as she may see it.

    Args:
        session: The session, with its note where she may read it.
        closed: Whether it has a note that is closed to her.
        trust: What can be told of the author of the note she reads; None where there is none.
    """

    session: Session
    closed: bool = False
    trust: Trust | None = None


def opened(desk: Desk, db: Connection, session: Session) -> Opened:
    """Return a session with the note she may read, and whether it has one that is closed to her."""
    note = notes.standing(db, session.id)
    if note is None:
        return Opened(session)
    secrets, files = secrets_for(desk, session.client_id), file_keys(desk, db)
    found = note.read(db, desk.vault.roster, secrets, files)
    if found is None:
        return Opened(session, closed=True)
    return Opened(replace(session, note=found.text), trust=found.trust)


def stays(desk: Desk, db: Connection, session: Session) -> bool:
    """Tell whether a correction leaves the note of a session as it stands.

    Raises:
        RefusedError: It would replace a note that the person cannot read.
    """
    note = notes.standing(db, session.id)
    if note is None:
        return not session.note
    text = note.open(secrets_for(desk, session.client_id), file_keys(desk, db))
    if text is not None:
        return text == session.note and note.discipline is discipline_of(session.service)
    if session.note:
        reason = _("There is a note of another discipline here. It stays as it is.")
        raise RefusedError([Problem("note", reason)])
    return True


def corrections(desk: Desk, db: Connection, session: Session) -> list[HistoryLine]:
    """Return how a note was corrected, as far as both wordings may be read."""
    secrets, files = secrets_for(desk, session.client_id), file_keys(desk, db)
    lines: list[HistoryLine] = []
    before: str | None = ""
    for wording in notes.wordings(db, session.id):
        found = wording.read(db, desk.vault.roster, secrets, files)
        text = found.text if found else None
        changed = wording.revision > 1 and before is not None and before != text
        if found and before is not None and changed:
            line = HistoryLine(wording.at, wording.by, "note", before, found.text, found.trust)
            lines.append(line)
        before = text
    return lines[::-1]
