"""Working on a file: everything on it, one record, and what was corrected."""

from dataclasses import replace

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import KIND_OF, Client, Record, Session
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.views import ClientPage, HistoryLine, TimelineEntry
from kadin_danisma.services.desk import Desk, gone
from kadin_danisma.store import overview, records

_FREE_TEXT = frozenset({"note"})


def client_page(desk: Desk, client_id: str) -> ClientPage:
    """Return a file with everything on it; that it was opened is logged."""
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.write() as db:
        client = records.get(db, Client, client_id)
        if client is None:
            raise gone()
        desk.vault.audit(db, "client.view", client.file_no)
        timeline = overview.timeline(db, client_id)
    return ClientPage(
        client,
        tuple(_veiled(desk, entry) for entry in timeline),
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
    return _without_note(found) if not desk.may(Action.SEE_NOTES) else found


def history(desk: Desk, kind: Kind, record_id: str) -> list[HistoryLine]:
    """Return what was corrected on a record, latest first."""
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.read() as db:
        lines = records.history(db, kind, record_id)
    if desk.may(Action.SEE_NOTES):
        return lines
    return [line for line in lines if line.field not in _FREE_TEXT]


def _veiled(desk: Desk, entry: TimelineEntry) -> TimelineEntry:
    if desk.may(Action.SEE_NOTES):
        return entry
    return replace(entry, record=_without_note(entry.record))


def _without_note(record: Record) -> Record:
    return replace(record, note="") if isinstance(record, Session) else record


def _is_completed(record: Record) -> bool:
    return isinstance(record, Session) and record.outcome == "completed"
