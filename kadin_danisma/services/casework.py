"""Working on a file: everything on it, one record, and what was corrected."""

from dataclasses import replace
from operator import attrgetter

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import KIND_OF, Client, Record, Session
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.views import ClientPage, HistoryLine, TimelineEntry
from kadin_danisma.services import notes
from kadin_danisma.services.desk import Desk, gone
from kadin_danisma.store import overview, records
from kadin_danisma.store.rows import Connection


def client_page(desk: Desk, client_id: str) -> ClientPage:
    """Return a file with everything on it; that it was opened is logged."""
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.write() as db:
        client = records.get(db, Client, client_id)
        if client is None:
            raise gone()
        desk.vault.audit(db, "client.view", client.file_no)
        timeline = [_with_note(desk, db, entry) for entry in overview.timeline(db, client_id)]
    return ClientPage(
        client,
        tuple(timeline),
        sum(entry.kind is Kind.APPLICATION for entry in timeline),
        sum(_is_completed(entry.record) for entry in timeline),
    )


def client(desk: Desk, client_id: str) -> Client:
    """Return a file alone, to be corrected."""
    found = record_of(desk, Kind.CLIENT, client_id)
    assert isinstance(found, Client)
    return found


def record_of(desk: Desk, kind: Kind, record_id: str) -> Record:
    """Return one record of any kind as it stands now."""
    desk.require(Action.SEE_CLIENTS)
    by_kind = {value: key for key, value in KIND_OF.items()}
    with desk.vault.read() as db:
        found: Record | None = records.get(db, by_kind[kind], record_id)
        if found is None:
            raise gone()
        return notes.opened(desk, db, found)[0] if isinstance(found, Session) else found


def note_is_closed(desk: Desk, session_id: str) -> bool:
    """Tell whether a session has a note that the signed-in person may not read."""
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.read() as db:
        session = records.get(db, Session, session_id)
        return session is not None and notes.opened(desk, db, session)[1]


def history(desk: Desk, kind: Kind, record_id: str) -> list[HistoryLine]:
    """Return what was corrected on a record, latest first."""
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.read() as db:
        lines = records.history(db, kind, record_id)
        if kind is Kind.SESSION:
            lines += notes.corrections(desk, db, record_id)
    return sorted(lines, key=attrgetter("at"), reverse=True)


def _with_note(desk: Desk, db: Connection, entry: TimelineEntry) -> TimelineEntry:
    if not isinstance(entry.record, Session):
        return entry
    session, closed = notes.opened(desk, db, entry.record)
    return replace(entry, record=session, note_closed=closed)


def _is_completed(record: Record) -> bool:
    return isinstance(record, Session) and record.outcome == "completed"
