"""Working on a file: everything on it, one record, and what was corrected."""

from dataclasses import replace
from operator import attrgetter

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import Seal, bare, file_of
from kadin_danisma.domain.records import (
    CLASS_OF,
    Client,
    Noted,
    Record,
    Session,
    files_of,
    number_of,
)
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.trust import Trust
from kadin_danisma.domain.views import ClientPage, HistoryLine, TimelineEntry
from kadin_danisma.services import authors, notes, standing, withdrawing
from kadin_danisma.services.desk import Desk, gone
from kadin_danisma.services.sight import Sight
from kadin_danisma.store import circles, overview, records, sealed_fields
from kadin_danisma.store.rows import Connection, R


def client_page(desk: Desk, client_id: str) -> ClientPage:
    """Return a file with everything on it; that it was opened is logged.

    Of a restricted file of others it has the number and whom to ask.
    """
    desk.require(Action.SEE_CLIENTS)
    desk.settle(at_once=True)
    client = _found(desk, Client, client_id, withdrawn=True)
    with desk.vault.read() as db:
        seal = Sight(desk, db).seal_of(client_id)
        circle = tuple(circles.members(db, client_id))
        circle_doubtful = desk.vault.circles.is_doubtful(db, client_id)
    if seal is Seal.CLOSED:
        desk.note("client.closed", client.file_no, [client_id])
        nothing = ClientPage(bare(client), (), 0, 0, seal, circle)
        return replace(nothing, circle_doubtful=circle_doubtful)
    with desk.looking("client.view", client.file_no, [client_id]) as db:
        sight = Sight(desk, db)
        said = withdrawing.told(desk, db, client)
        client = sight.record(client)
        timeline = [
            _with_note(desk, db, replace(entry, record=sight.record(entry.record)))
            for entry in _timeline(desk, db, client_id)
        ]
        secret = sight.keys.get(client_id)
        book = desk.vault.circles
        doubtful = bool(secret and sealed_fields.is_doubtful(db, book, client_id, secret))
    return ClientPage(
        client,
        tuple(timeline),
        sum(entry.kind is Kind.APPLICATION and not entry.withdrawn for entry in timeline),
        sum(_is_completed(entry.record) and not entry.withdrawn for entry in timeline),
        seal,
        circle,
        doubtful,
        circle_doubtful,
        said if said and said.is_proved else None,
        said if said and not said.is_proved else None,
    )


def client(desk: Desk, client_id: str) -> Client:
    """Return a file alone, to be corrected; that it was opened is logged."""
    found = record_of(desk, Kind.CLIENT, client_id)
    assert isinstance(found, Client)
    return found


def safety_of(desk: Desk, client_id: str) -> Client:
    """Return a file for what other forms show of it: whose it is, who must not know.

    It is logged once since she signed in: boards and forms ask again and again. Of a restricted
    file of others it is the number.
    """
    desk.require(Action.SEE_CLIENTS)
    found = _found(desk, Client, client_id)
    with desk.vault.read() as db:
        found = Sight(desk, db).shown(found)
    if desk.sightings.unlisted("safety.view", [client_id]):
        desk.note("safety.view", found.file_no, [client_id])
    return found


def record_of(desk: Desk, kind: Kind, record_id: str) -> Record:
    """Return one record of any kind as it stands now; that it was opened is logged.

    Raises:
        ClosedFileError: It is of a restricted file that is closed to her.
    """
    desk.require(Action.SEE_CLIENTS)
    found = _open_record(desk, kind, record_id)
    with desk.looking("record.view", number_of(found), files_of(found)) as db:
        return notes.opened(desk, db, found).record if isinstance(found, Noted) else found


def whom_to_ask(desk: Desk, session_id: str) -> str:
    """Return whom to ask for a correction of a session; nothing where she may correct it herself.

    Only whoever wrote a session, or held it, and the coordinator correct it.
    """
    desk.require(Action.SEE_CLIENTS)
    session = _found(desk, Session, session_id)
    with desk.vault.read() as db:
        Sight(desk, db).let_pass(session.client_id)
        entitled = authors.is_entitled(desk, db, session)
        return "" if entitled else authors.whom_to_ask(desk, db, session)


def note_is_closed(desk: Desk, record_id: str, kind: Kind = Kind.SESSION) -> bool:
    """Tell whether a record has a note that the signed-in person may not read."""
    return _opened(desk, kind, record_id).closed


def closed_note_words(desk: Desk, record_id: str, kind: Kind = Kind.SESSION) -> str:
    """Return why she cannot read the note of a record; empty where nothing is closed to her."""
    opened = _opened(desk, kind, record_id)
    if not opened.closed:
        return ""
    with desk.vault.read() as db:
        return notes.closed_words(desk, db, opened.record)


def note_trust(desk: Desk, record_id: str, kind: Kind = Kind.SESSION) -> Trust | None:
    """Return what can be told of the author of a note the signed-in person may read, if any."""
    return _opened(desk, kind, record_id).trust


def _opened(desk: Desk, kind: Kind, record_id: str) -> notes.Opened[Noted]:
    desk.require(Action.SEE_CLIENTS)
    record = _open_record(desk, kind, record_id)
    assert isinstance(record, Noted)
    with desk.vault.read() as db:
        return notes.opened(desk, db, record)


def history(desk: Desk, kind: Kind, record_id: str) -> list[HistoryLine]:
    """Return what was corrected on a record, latest first; that it was looked at is logged."""
    desk.require(Action.SEE_CLIENTS)
    record = _open_record(desk, kind, record_id, withdrawn=True)
    with desk.looking("history.view", number_of(record), files_of(record)) as db:
        lines = records.history(db, kind, record_id)
        secret = Sight(desk, db).keys.get(file_of(record) or "")
        if secret:
            book = desk.vault.circles
            lines += sealed_fields.history_lines(db, book, kind, record_id, secret)
        if isinstance(record, Noted):
            lines += notes.corrections(desk, db, record)
        lines = [_with_number(db, line) for line in lines]
    return sorted(lines, key=attrgetter("at"), reverse=True)


def _with_number(db: Connection, line: HistoryLine) -> HistoryLine:
    """Return a line that says whose a record was with the numbers of the files."""
    if line.field != "client_id":
        return line
    numbers = overview.file_numbers(db, {each for each in (line.old, line.new) if each})
    return replace(line, old=numbers.get(line.old, ""), new=numbers.get(line.new, ""))


def _found(desk: Desk, kind: type[R], record_id: str, *, withdrawn: bool = False) -> R:
    with desk.vault.read() as db:
        if not withdrawn:
            return standing.found(desk, db, kind, record_id)
        found = records.get(db, kind, record_id, withdrawn=True)
    if found is None:
        raise gone()
    return found


def _open_record(desk: Desk, kind: Kind, record_id: str, *, withdrawn: bool = False) -> Record:
    """Return a record with its sealed fields.

    Raises:
        ClosedFileError: It is of a restricted file that is closed to her.
    """
    found: Record = _found(desk, CLASS_OF[kind], record_id, withdrawn=withdrawn)
    with desk.vault.read() as db:
        return Sight(desk, db).record(found)


def _timeline(desk: Desk, db: Connection, client_id: str) -> list[TimelineEntry]:
    """Return what stands on a file and what was withdrawn of it, latest first."""
    doubtful = desk.vault.withdrawals.doubtful(db)
    stands = [
        _with_doubt(desk, db, entry) if (entry.kind, entry.record.id) in doubtful else entry
        for entry in overview.timeline(db, client_id)
    ]
    withdrawn = [
        replace(entry, withdrawn=withdrawing.told(desk, db, entry.record))
        for entry in overview.withdrawn_on(db, client_id)
    ]
    return overview.in_order([*stands, *withdrawn])


def _with_doubt(desk: Desk, db: Connection, entry: TimelineEntry) -> TimelineEntry:
    """Return an entry that stands otherwise than was signed, with what its row says."""
    claimed = withdrawing.told(desk, db, entry.record)
    return replace(entry, unproved=claimed, doubtful=claimed is None)


def _with_note(desk: Desk, db: Connection, entry: TimelineEntry) -> TimelineEntry:
    if not isinstance(entry.record, Noted):
        return entry
    found = notes.opened(desk, db, entry.record)
    return replace(entry, record=found.record, note_closed=found.closed, note_trust=found.trust)


def _is_completed(record: Record) -> bool:
    return isinstance(record, Session) and record.outcome == "completed"
