"""Withdrawing what was entered wrongly, taking that back, and moving a record to another file.

Nothing is deleted: what was withdrawn stays in its file, its history and the log, and counts
nowhere (docs/decisions/0044). Reports that were published stay as they are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from kadin_danisma.domain.auditing import moving_of, taking_back_of, withdrawal_of
from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.checks import Problem
from kadin_danisma.domain.circle import file_of
from kadin_danisma.domain.records import (
    CLASS_OF,
    KIND_OF,
    Application,
    Client,
    PlayroomVisit,
    Record,
    Referral,
    Session,
    files_of,
    number_of,
)
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.text import tidy
from kadin_danisma.domain.trust import Trust
from kadin_danisma.domain.views import WithdrawnLine
from kadin_danisma.domain.withdrawal import MOVABLE, WITHDRAWAL_REASON, Withdrawn, why_problem
from kadin_danisma.errors import ConflictError, KnownError
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services import authors, standing
from kadin_danisma.services.desk import Desk, RefusedError
from kadin_danisma.services.sight import Sight, secrets_for
from kadin_danisma.store import overview, records, withdrawal_book, withdrawal_words, withdrawing
from kadin_danisma.store.rows import Connection


@dataclass(frozen=True, slots=True)
class _Opened:
    """A record about to be withdrawn, moved or taken back, in the transaction that does it."""

    db: Connection
    record: Record
    sight: Sight


def may_withdraw(desk: Desk, kind: Kind, record_id: str) -> bool:
    """Tell whether whoever is signed in may withdraw a record, move it, or take that back."""
    if not desk.may(_action(kind)):
        return False
    with desk.vault.read() as db:
        record = _stored(db, kind, record_id, withdrawn=True)
        if record is None or file_of(record) in _closed(Sight(desk, db)):
            return False
        return authors.is_entitled(desk, db, record)


def withdraw(desk: Desk, record: Record, reason: str, why: str = "") -> Change:
    """Withdraw a record.

    Args:
        desk: The signed-in person's desk.
        record: The record as she saw it.
        reason: A key of ``domain.withdrawal.WITHDRAWAL_REASON``.
        why: What she wrote beside it; never in the log, and sealed as the record is.

    Raises:
        NotAllowedError: It is neither hers nor is she a coordinator.
        ClosedFileError: It is of a restricted file that is closed to her.
        ConflictError: Somebody changed it meanwhile.
        WithdrawnError: It was withdrawn already.
        RefusedError: The reason is none.
        KnownError: Something else leans on it.
    """
    kind, why = KIND_OF[type(record)], tidy(why)
    if reason not in WITHDRAWAL_REASON:
        raise RefusedError([Problem("reason", _("Please choose a reason."))])
    if problem := why_problem(why):
        raise RefusedError([Problem("why", problem)])
    with _opened(desk, kind, record.id) as at:
        _refuse_leant_on(at)
        as_seen = replace(at.record, revision=record.revision)
        words, trace = withdrawal_words.salted(why)
        after = withdrawing.withdraw(at.db, as_seen, reason, words, desk.stamp())
        said = withdrawal_book.evidence(after, reason, trace)
        _note(desk, at.db, withdrawal_of(kind), after, said)
    return Change(kind, record.id)


def take_back(desk: Desk, kind: Kind, record_id: str) -> Change:
    """Let a withdrawn record stand again (errors: ``withdraw``)."""
    with _opened(desk, kind, record_id, withdrawn=True) as at:
        _refuse_without_ground(at)
        after = withdrawing.take_back(at.db, at.record, desk.stamp())
        _note(desk, at.db, taking_back_of(kind), after, withdrawal_book.evidence(after))
    return Change(kind, record_id)


def move(desk: Desk, record: Record, client_id: str) -> Change:
    """Move a record to another file; it counts there from now on.

    Args:
        desk: The signed-in person's desk.
        record: The record as she saw it.
        client_id: To which file.

    Raises:
        KnownError: See ``withdraw``; or one of the files is restricted, because what stands in it
            is sealed to it.
    """
    kind = KIND_OF[type(record)]
    if kind not in MOVABLE:
        raise KnownError(_("This record belongs to no file."))
    with _opened(desk, kind, record.id) as at:
        before = at.record
        if before.revision != record.revision:
            raise ConflictError(
                _("Somebody changed this record while you had it open. Please look at it again.")
            )
        _refuse_target(desk, at, client_id)
        _refuse_leant_on(at)
        after = _moved(before, client_id)
        records.correct(at.db, after, desk.stamp(), keep_note=True, keys=at.sight.keys)
        files = {*files_of(before), client_id}
        desk.vault.audit(at.db, moving_of(kind), number_of(after), files)
        desk.finish(at.db, moving_of(kind))
    return Change(kind, record.id)


def move_back(desk: Desk, kind: Kind, record_id: str, client_id: str) -> Change:
    """Move a record back to the file in which it stood (errors: ``move``)."""
    desk.require(_action(kind))
    with desk.vault.read() as db:
        record: Record = standing.found(desk, db, CLASS_OF[kind], record_id)
    return move(desk, record, client_id)


def withdrawn_records(desk: Desk) -> list[WithdrawnLine]:
    """Return everything that is withdrawn, the latest first."""
    desk.require(Action.SEE_CLIENTS)
    lines: list[WithdrawnLine] = []
    with desk.vault.read() as db:
        sight = Sight(desk, db)
        for kind, record_id in withdrawing.withdrawn(db):
            stored = _stored(db, kind, record_id, withdrawn=True)
            said = told(desk, db, stored) if stored else None
            if stored and said:
                shown = sight.shown(stored)
                file = file_of(stored)
                number = overview.file_numbers(db, {file})[file] if file else ""
                lines.append(WithdrawnLine(kind, shown, number, said, sight.seal_of(file)))
    desk.listed("list.withdrawn", {file for line in lines for file in files_of(line.record)})
    return sorted(lines, key=lambda line: line.withdrawn.at, reverse=True)


def told(desk: Desk, db: Connection, record: Record) -> Withdrawn | None:
    """Return what is shown of the withdrawal of a record; None where it stands.

    Args:
        desk: The signed-in person's desk.
        db: The open vault.
        record: The record as its row holds it.
    """
    act = withdrawing.act_of(db, record)
    if act is None:
        return None
    sight, file = Sight(desk, db), file_of(record)
    secrets = secrets_for(desk, file or "")
    words = withdrawal_words.read(db, record, secrets, sight.keys)
    member = desk.vault.roster.members.get(act.by)
    kind, book = KIND_OF[type(record)], desk.vault.withdrawals
    trust = book.trust_of(db, kind, record.id, act)
    is_hers = words.closed or book.wrote(db, kind, record.id, words.trace)
    return Withdrawn(
        act.reason,
        withdrawing.moment(act),
        member.title or member.name if member else "",
        words.text,
        words.closed,
        trust,
        Trust.SIGNED if is_hers else Trust.UNKNOWN,
    )


@contextmanager
def _opened(
    desk: Desk, kind: Kind, record_id: str, *, withdrawn: bool = False
) -> Iterator[_Opened]:
    """Open the transaction in which a record is withdrawn, moved or taken back.

    Raises:
        KnownError: She may not, or it is not there (as ``withdraw`` says).
    """
    desk.require(_action(kind))
    with desk.vault.write() as db:
        record = _stored(db, kind, record_id, withdrawn=withdrawn)
        if record is None:
            raise standing.missing(desk, db, CLASS_OF[kind], record_id)
        sight = Sight(desk, db)
        sight.let_pass(file_of(record))
        authors.require(desk, db, record)
        yield _Opened(db, record, sight)


def _stored(
    db: Connection, kind: Kind, record_id: str, *, withdrawn: bool = False
) -> Record | None:
    found: Record | None = records.get(db, CLASS_OF[kind], record_id, withdrawn=withdrawn)
    return found


def _note(desk: Desk, db: Connection, action: str, record: Record, evidence: str) -> None:
    desk.vault.audit(db, action, number_of(record), files_of(record), evidence=evidence)
    desk.finish(db, action)


def _action(kind: Kind) -> Action:
    if kind is Kind.SESSION:
        return Action.WRITE_SESSIONS
    return Action.RUN_PLAYROOM if kind is Kind.PLAYROOM_VISIT else Action.RECORD


def _closed(sight: Sight) -> frozenset[str]:
    return sight.restricted - sight.keys.keys()


def _refuse_leant_on(at: _Opened) -> None:
    """Refuse to take away what records lean on that still stand.

    Raises:
        KnownError: Some do.
    """
    if isinstance(at.record, Client) and (count := overview.records_of(at.db, at.record.id)):
        raise KnownError(
            ngettext(
                "There is {n} record in this file. Please withdraw it first, or move it to the "
                "file to which it belongs.",
                "There are {n} records in this file. Please withdraw them first, or move them to "
                "the files to which they belong.",
                count,
            ).format(n=count)
        )
    if isinstance(at.record, Application) and (said := standing.sessions_words(at.db, at.record)):
        raise KnownError(said)


def _refuse_without_ground(at: _Opened) -> None:
    """Refuse to let stand again what would lean on something that is withdrawn.

    Raises:
        KnownError: It would.
    """
    record = at.record
    if not isinstance(record, Client):
        file = file_of(record)
        if file and records.get(at.db, Client, file) is None:
            raise KnownError(_("This file was withdrawn. Please take that back first."))
    if isinstance(record, Session) and record.application_id:
        application = records.get(at.db, Application, record.application_id)
        if application is None or application.client_id != record.client_id:
            raise KnownError(
                _("The application of this session was withdrawn. Please take that back first.")
            )


def _refuse_target(desk: Desk, at: _Opened, client_id: str) -> None:
    """Refuse a file to which a record cannot be moved.

    Raises:
        KnownError: It is withdrawn, the same one, or one of the two is restricted.
    """
    at.sight.let_pass(client_id)
    standing.found(desk, at.db, Client, client_id)
    if file_of(at.record) == client_id:
        raise KnownError(_("The record is in this file already."))
    if not at.sight.restricted.isdisjoint({client_id, file_of(at.record)}):
        raise KnownError(
            _(
                "The records of a restricted file are encrypted for its circle: a record cannot "
                "be moved into it or out of it. Please withdraw it here and record it anew in the "
                "right file."
            )
        )


def _moved(record: Record, client_id: str) -> Record:
    """Return a record as it stands in another file; an application stays with its own."""
    match record:
        case Session():
            return replace(record, client_id=client_id, application_id=None)
        case Application() | PlayroomVisit() | Referral():
            return replace(record, client_id=client_id)
    raise TypeError(type(record).__name__)
