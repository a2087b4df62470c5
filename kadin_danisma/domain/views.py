"""What pages show: records put together for reading, without a rule of their own."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.records import (
    Application,
    Client,
    PlayroomVisit,
    Record,
    Referral,
    Session,
    User,
)
from kadin_danisma.domain.trust import Trust
from kadin_danisma.domain.withdrawal import Withdrawn


@dataclass(frozen=True, slots=True)
class ClientLine:
    """A file as a line of a list; the name is masked by whoever shows it."""

    id: str
    file_no: str
    name: str
    birth_year: int | None
    district: str
    phone: str
    #: Day of the latest application or session, None for a file without any.
    last_contact: dt.date | None
    #: Closed: a restricted file of others, of which nothing but the number stands here.
    seal: Seal = Seal.NONE
    #: Whether it was found by a likeness (its sound, a letter off) and not by what was typed.
    near: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """The part of a text around the words that were looked for, on one line."""

    text: str
    #: Where those words stand in it: (first letter, behind the last).
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A record in whose note something was found; the name is masked by whoever shows it.

    Args:
        kind: What it is: a session, an application or a referral.
        record_id: Which.
        client_id: Whose; None of a contact without a file.
        file_no: The number of the file.
        name: Hers.
        number: The record's own number, empty where it has none.
        date: Its day.
        service: Of a session its service, of a referral where to; of an application the channel.
        snippet: The words around what was found.
        trust: What can be told of the author of the note.
    """

    kind: Kind
    record_id: str
    client_id: str | None
    file_no: str
    name: str
    number: str
    date: dt.date
    service: str
    snippet: Snippet
    trust: Trust = Trust.SIGNED


@dataclass(frozen=True, slots=True)
class NotesFound:
    """What a search in notes brought."""

    #: The latest records first, not more than were asked for.
    lines: tuple[NoteLine, ...]
    #: How many notes have all the words.
    total: int
    #: Whose notes were searched; those of the others stay closed.
    searched: tuple[Discipline, ...]


class Likeness(StrEnum):
    """Why two files may be one woman's."""

    KIMLIK_NO = "kimlik_no"
    PHONE = "phone"
    #: All words of the name, written together or apart, or with one word more.
    NAME = "name"
    #: A name that sounds like it, or is a letter off.
    NEAR_NAME = "near_name"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file that may belong to the woman about to get a new one."""

    line: ClientLine
    likeness: tuple[Likeness, ...]
    #: Whether it is so likely that somebody is asked before a second file is opened.
    asks: bool = False


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One thing that happened on a file."""

    kind: Kind
    date: dt.date
    time: dt.time | None
    record: Record
    #: Whether it has a note that whoever looks may not read.
    note_closed: bool = False
    #: What can be told of the author of the note; None where none is read.
    note_trust: Trust | None = None
    #: That it was withdrawn; None where it stands.
    withdrawn: Withdrawn | None = None
    #: What its row says of a withdrawal that nobody signed: it stands, and counts, all the same.
    unproved: Withdrawn | None = None
    #: Whether it stands though the last that somebody signed of it is that it was withdrawn.
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class WithdrawnLine:
    """A withdrawn record as a line of a list, and whose it is."""

    kind: Kind
    record: Record
    #: Empty for a contact or a training.
    file_no: str
    withdrawn: Withdrawn
    seal: Seal = Seal.NONE


@dataclass(frozen=True, slots=True)
class ClientPage:
    """A file with everything on it, latest first."""

    client: Client
    timeline: tuple[TimelineEntry, ...]
    applications: int
    #: Completed ones.
    sessions: int
    #: Closed: a restricted file of others, of which nothing but the number stands here.
    seal: Seal = Seal.NONE
    #: The people of its circle, where it is restricted.
    circle: tuple[User, ...] = ()
    #: Whether something in its sealed fields was not signed by whom it names.
    doubtful: bool = False
    #: Whether its circle is not as it was signed, so that nothing is sealed to it.
    circle_doubtful: bool = False
    #: That the file itself was withdrawn; None where it stands.
    withdrawn: Withdrawn | None = None
    #: What its row says of a withdrawal that nobody signed: it stands, and counts, all the same.
    unproved: Withdrawn | None = None


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A playroom visit and whose child it is."""

    visit: PlayroomVisit
    file_no: str
    seal: Seal = Seal.NONE
    #: Whom to call, where the file is closed: they know who may collect.
    circle: tuple[User, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """A referral, whose it is, and how long it has been waiting (0 once answered)."""

    referral: Referral
    file_no: str
    days_waiting: int
    seal: Seal = Seal.NONE


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A session and whose it is."""

    session: Session
    file_no: str
    seal: Seal = Seal.NONE


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """An application, whose it is, and who took it."""

    #: Without the words of its note: a list stands open on the desk.
    application: Application
    #: Empty of a contact without a file.
    file_no: str
    #: Who took it, as the window shows her; empty where that is not known.
    taken_by: str
    taken_by_id: str = ""
    #: Whether it has a note that whoever looks may read, and one that she may not.
    has_note: bool = False
    note_closed: bool = False
    seal: Seal = Seal.NONE


@dataclass(frozen=True, slots=True)
class SoFar:
    """What a span of days brought: true counts, for those who made them."""

    applications: int = 0
    contacts: int = 0
    #: Completed ones.
    sessions: int = 0


@dataclass(frozen=True, slots=True)
class Today:
    """What the first page shows."""

    date: dt.date
    sessions: tuple[SessionLine, ...]
    waiting: tuple[ReferralLine, ...]
    children_in: tuple[VisitLine, ...]
    applications_today: int
    contacts_today: int
    #: When the last backup was made, None if never.
    last_backup: dt.datetime | None
    #: From the first day of the month to today.
    month: SoFar


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One field of one record, corrected."""

    at: dt.datetime
    by: str
    field: str
    old: str
    new: str
    #: What can be told of its author, where it is of what is signed: notes and sealed fields.
    trust: Trust | None = None
    #: Who sealed it, where she signed in its author's place.
    sealed_by: str = ""


@dataclass(frozen=True, slots=True)
class BrokenSeal:
    """A file that was opened with the recovery code, as whoever must learn of it reads it."""

    id: str
    client_id: str
    file_no: str
    at: dt.datetime
    by: str
    #: None where it was sealed to a key she does not have any more.
    reason: str | None
    #: What can be told of who broke it.
    trust: Trust = Trust.SIGNED


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Who did what, when; the subject is a file number or a period, never a name."""

    seq: int
    at: dt.datetime
    by: str
    action: str
    subject: str
    #: The present numbers of the first files it is about, and how many files that are.
    file_numbers: tuple[str, ...] = ()
    files: int = 0
    #: What can be told of who wrote it, and who carried it in for its author.
    trust: Trust = Trust.SIGNED
    carried_by: str = ""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who waits to be let in.

    Args:
        user: The person.
        words: The words to compare with her aloud; empty until she set a passphrase of her own.
    """

    user: User
    words: str
