"""Carrying into the vault what happened beside it: statements of the roster, and IT's journal."""

from dataclasses import dataclass
from datetime import datetime

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.records import User
from kadin_danisma.store import audit, journal, meta, moments
from kadin_danisma.store.journal import Deed, Entry
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.roster.statement import DisciplineKey, Member, State
from kadin_danisma.store.slots import SlotFile

ADDED, RESET, REMOVED, ADMITTED = "user.add", "user.passphrase", "user.remove", "user.admit"
#: Lines of the journal that IT did not sign, or may not write.
REFUSED = "journal.refused"
#: IT writes no more between two sign-ins; each line is checked while somebody waits.
_MOST_LINES = 200
#: The evidence of a line about a statement: its number follows.
_STATEMENT = "statement "


@dataclass(frozen=True, slots=True)
class LogLine:
    """What the log shall say.

    Args:
        action: What was done.
        subject: To what.
        user: Who did it; whoever signs in by default.
        at: When; now by default.
        evidence: What its author signed, where that is not whoever signs in.
        files: The ids of the files it is about.
    """

    action: str
    subject: str
    user: User | None = None
    at: datetime | None = None
    evidence: str = ""
    files: tuple[str, ...] = ()


def carry_statements(db: Connection, roster: Roster, known: Roster, now: datetime) -> list[LogLine]:
    """Return what the log says of statements that the vault does not have yet.

    Args:
        db: The vault.
        roster: Who is who, all of it checked.
        known: The same, as far as the vault has it.
        now: The present moment.
    """
    lines, members = [], dict(known.members)
    for statement in roster.statements[len(known.statements) :]:
        subject = statement.subject
        if isinstance(subject, DisciplineKey):
            continue
        before = members.get(subject.id)
        members[subject.id] = subject
        if before and _ends_something(before, subject):
            meta.write(db, meta.ROTATION_DUE, "1")
        author = roster.members[statement.by].user
        lines.append(
            LogLine(
                _action(before, subject),
                subject.id,
                author,
                _moment(db, statement.at, now),
                _STATEMENT + str(statement.number),
            )
        )
    return lines


def carry_journal(db: Connection, file: SlotFile, roster: Roster, now: datetime) -> list[LogLine]:
    """Return what the log says of the lines of a journal; nonsense is counted and refused."""
    found = believed(db, file, roster)
    lines = [
        LogLine(
            entry.action,
            entry.subject,
            roster.members[entry.by].user,
            _moment(db, entry.at, now),
            journal.evidence(entry),
        )
        for entry in found
    ]
    refused = len(_new(db, file)) - len(found)
    return [*lines, LogLine(REFUSED, str(refused))] if refused else lines


def believed(db: Connection, file: SlotFile, roster: Roster) -> list[Entry]:
    """Return those lines of a journal that the vault does not have yet, and that IT signed."""
    # One beyond the generation of the file would count as new again whenever somebody put it back.
    return [
        entry
        for entry in _new(db, file)[:_MOST_LINES]
        if 0 < entry.number <= file.generation and journal.is_believed(entry, roster)
    ]


def _new(db: Connection, file: SlotFile) -> list[Entry]:
    seen = int(meta.read(db, meta.KEYS_GENERATION) or 0)
    return [entry for entry in file.journal if not 0 < entry.number <= seen]


def moment_of_statement(roster: Roster, deed: Deed, evidence: str) -> str:
    """Return when somebody stated what a line says of her; empty where she did not.

    Args:
        roster: Who is who.
        deed: What the line says.
        evidence: What it is said to be borne out by.
    """
    number = evidence.removeprefix(_STATEMENT)
    if number == evidence or not (number.isascii() and number.isdigit()):
        return ""
    before: Member | None = None
    for statement in roster.statements[: int(number[:9])]:
        subject = statement.subject
        if not isinstance(subject, Member) or subject.id != deed.subject:
            continue
        if str(statement.number) == number:
            is_hers = (statement.by, _action(before, subject)) == (deed.by, deed.action)
            return statement.at if is_hers else ""
        before = subject
    return ""


def _ends_something(before: Member, subject: Member) -> bool:
    """Tell whether somebody holds what she shall hold no more, until the key is changed.

    What she had opens older key files, and these give the key of the vault; whoever waited had the
    one that seals the key file.
    """
    if before.state is State.WAITING:
        return subject.state is State.LEFT
    return before.state is State.ACTIVE and before.public.sealing != subject.public.sealing


def _action(before: Member | None, subject: Member) -> str:
    if subject.state is State.LEFT:
        return REMOVED
    if before is None:
        return ADDED
    return ADMITTED if before.state is State.WAITING and subject.own else RESET


def _moment(db: Connection, said: str, now: datetime) -> datetime:
    """Return the moment of a line: as its author said, between the end of the log and now."""
    at = datetime.fromisoformat(said)
    last = audit.last(db).at
    return at if at <= now and (not last or moments.read(last) <= at) else now
