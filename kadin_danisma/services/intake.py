"""Taking in: opening files, recording applications and sessions, and correcting any record."""

from dataclasses import replace

from kadin_danisma.domain import phone
from kadin_danisma.domain.auditing import correction_of
from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.checks import Problem, phone_problem
from kadin_danisma.domain.circle import file_of
from kadin_danisma.domain.records import (
    KIND_OF,
    Application,
    Client,
    Noted,
    PlayroomVisit,
    Record,
    Referral,
    Session,
    files_of,
    number_of,
)
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.text import tidy
from kadin_danisma.i18n import _
from kadin_danisma.services import authors, notes, playroom, referring, standing
from kadin_danisma.services.desk import Desk, RefusedError
from kadin_danisma.services.sight import Sight
from kadin_danisma.store import numbers, overview, records, sweeping
from kadin_danisma.store.rows import Connection


def next_file_no(desk: Desk) -> str:
    """Return the file number a new file would get: ``2026/0412``."""
    desk.require(Action.RECORD)
    with desk.vault.read() as db:
        return numbers.following(db, Client, f"{desk.today().year}/", 4)


def next_application_no(desk: Desk) -> str:
    """Return the number a new application would get: ``B-2026-00185``."""
    desk.require(Action.RECORD)
    with desk.vault.read() as db:
        return numbers.following(db, Application, f"B-{desk.today().year}-", 5)


def next_session_no(desk: Desk) -> str:
    """Return the number a new session would get: ``G-2026-00290``."""
    desk.require(Action.WRITE_SESSIONS)
    with desk.vault.read() as db:
        return numbers.following(db, Session, f"G-{desk.today().year}-", 5)


def open_file(desk: Desk, client: Client) -> Change:
    """Open a file; only its number is required, a woman may stay nameless.

    Raises:
        RefusedError: A field breaks a rule, or the file number is taken.
    """
    desk.require(Action.RECORD)
    client = _tidied(client)
    desk.check(client)
    _refuse_phone(client)
    with desk.writing("client.add", client.file_no, files_of(client)) as db:
        _refuse_taken(db, Client, "file_no", client.file_no)
        records.add(db, client, desk.stamp())
    return Change(Kind.CLIENT, client.id)


def record_application(desk: Desk, application: Application) -> Change:
    """Record an application; without a file it is a contact."""
    desk.require(Action.RECORD)
    desk.check(application)
    with desk.writing("application.add", application.number, files_of(application)) as db:
        _refuse_taken(db, Application, "number", application.number)
        records.add(db, application, desk.stamp())
    return Change(Kind.APPLICATION, application.id)


def record_session(desk: Desk, session: Session) -> Change:
    """Record a session of a file.

    Raises:
        RefusedError: A field breaks a rule, the number is taken, or the application it names
            belongs to another file or to none.
    """
    desk.require(Action.WRITE_SESSIONS)
    desk.check(session)
    with desk.writing("session.add", session.number, files_of(session)) as db:
        _refuse_taken(db, Session, "number", session.number)
        _refuse_stray_application(db, session)
        records.add(db, session, desk.stamp())
    return Change(Kind.SESSION, session.id)


def correct(desk: Desk, record: Record, *, mother_agreed: bool = False) -> Change:
    """Correct a record of any kind; what it said before stays in its history.

    A note that the person cannot read stays as it is.

    Args:
        desk: The signed-in person's desk.
        record: As it shall stand, at the revision at which she read it.
        mother_agreed: Of a playroom visit, whether the mother was asked about whom she ruled out.

    Raises:
        NotAllowedError: It is a session, neither hers nor is she a coordinator: she asks.
        ConflictError: Somebody changed it since it was read; nothing is overwritten.
        ClosedFileError: It is of a restricted file that is closed to her.
        WithdrawnError: It was withdrawn.
        ExcludedError: It says that somebody may collect a child, or did, whom the mother ruled out,
            and she was not asked.
        RefusedError: A field breaks a rule.
    """
    desk.require(Action.WRITE_SESSIONS if isinstance(record, Session) else Action.RECORD)
    if isinstance(record, Client):
        record = _tidied(record)
    desk.check(record)
    kind, files = KIND_OF[type(record)], set(files_of(record))
    with desk.writing(correction_of(kind), number_of(record), files) as db:
        sight = Sight(desk, db)
        before = _refuse_closed(desk, db, sight, record)
        if isinstance(record, Client):
            _refuse_taken(db, Client, "file_no", record.file_no, but=record.id)
        elif isinstance(record, Application | Session):
            _refuse_taken(db, type(record), "number", record.number, but=record.id)
        if isinstance(record, Session):
            _refuse_stray_application(db, record)
        if isinstance(before, Session):
            authors.require(desk, db, before)
        if isinstance(record, Referral):
            referring.refuse_without_consent(record, before)
        files.update(files_of(before))
        if isinstance(record, Client):
            assert isinstance(before, Client)
            _refuse_phone(record, but=sight.record(before).phone)
        if isinstance(record, PlayroomVisit) and isinstance(before, PlayroomVisit):
            was = sight.record(before)
            playroom.refuse_ruled_out(desk, db, record, was, mother_agreed=mother_agreed)
        keep_note = isinstance(record, Noted) and notes.stays(desk, db, record)
        records.correct(db, record, desk.stamp(), keep_note=keep_note, keys=sight.keys)
    if isinstance(record, Application) and record.client_id in sight.restricted:
        # The note of a contact went under the seal of the file, and left something behind.
        sweeping.try_to_sweep(desk.vault)
    return Change(kind, record.id)


def correct_client(desk: Desk, client: Client) -> Change:
    """Correct a file."""
    return correct(desk, client)


def _tidied(client: Client) -> Client:
    given = tidy(client.phone)
    return replace(
        client,
        file_no=tidy(client.file_no),
        name=tidy(client.name),
        kimlik_no=tidy(client.kimlik_no),
        phone=phone.stored_form(given) or given,
    )


def _refuse_phone(client: Client, but: str = "") -> None:
    """Refuse what is no telephone number, but for one that came in a workbook and stays."""
    if client.phone != but and (reason := phone_problem(client.phone)):
        raise RefusedError([Problem("phone", reason)])


def _refuse_taken(
    db: Connection, kind: type[Record], column: str, number: str, but: str = ""
) -> None:
    taken = records.find_by(db, kind, column, number)
    if taken is not None and taken.id != but:
        raise RefusedError([Problem(column, _("This number is already taken. Type another one."))])


def _refuse_closed(desk: Desk, db: Connection, sight: Sight, record: Record) -> Record:
    """Refuse a correction of what was withdrawn, or in or out of a file that is closed to her.

    So is one that would leave the sessions of an application behind in another file.

    Returns:
        The record as it stands.
    """
    before: Record = standing.found(desk, db, type(record), record.id)
    for each in (before, record):
        sight.let_pass(file_of(each))
    if isinstance(before, Application):
        _refuse_leaving_sessions(db, before, record)
    return before


def _refuse_stray_application(db: Connection, session: Session) -> None:
    if session.application_id is None:
        return
    application = records.get(db, Application, session.application_id, withdrawn=True)
    if application is None or application.client_id != session.client_id:
        reason = _("The application belongs to another file or to none.")
        raise RefusedError([Problem("application_id", reason)])
    if records.get(db, Application, application.id) is None:
        reason = _("The application of this session was withdrawn. Please take that back first.")
        raise RefusedError([Problem("application_id", reason)])


def _refuse_leaving_sessions(db: Connection, before: Application, after: Record) -> None:
    """Refuse to correct the file of an application whose sessions would stay behind in it."""
    if file_of(after) != before.client_id and (said := standing.sessions_words(db, before)):
        raise RefusedError([Problem("client_id", said)])


def count_clients(desk: Desk) -> int:
    """Return how many files there are."""
    desk.require(Action.SEE_CLIENTS)
    with desk.vault.read() as db:
        return overview.count_of(db, Client)
