"""Session notes as whoever is signed in may see them: hers in words, the others closed."""

from dataclasses import replace

from kadin_danisma.domain.checks import Problem
from kadin_danisma.domain.discipline import discipline_of
from kadin_danisma.domain.records import Session
from kadin_danisma.domain.views import HistoryLine
from kadin_danisma.i18n import _
from kadin_danisma.services.desk import Desk, RefusedError
from kadin_danisma.services.sight import file_keys, secrets_for
from kadin_danisma.store import notes
from kadin_danisma.store.rows import Connection


def opened(desk: Desk, db: Connection, session: Session) -> tuple[Session, bool]:
    """Return a session with the note she may read, and whether it has one that is closed to her."""
    note = notes.standing(db, session.id)
    if note is None:
        return session, False
    text = note.open(secrets_for(desk, session.client_id), file_keys(desk, db))
    return replace(session, note=text or ""), text is None


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
        text = wording.open(secrets, files)
        if wording.revision > 1 and before is not None and text is not None and before != text:
            lines.append(HistoryLine(wording.at, wording.by, "note", before, text))
        before = text
    return lines[::-1]
