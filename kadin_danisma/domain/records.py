"""The records of the centre as frozen dataclasses: what a counsellor knows, nothing about storing.

Every record carries its ``id`` (UUID text made by us) and the ``revision`` it was read at; a record
that was never stored has revision 0. Codes are keys of ``domain.lists`` and ``domain.places``.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.role import Role


def new_id() -> str:
    """Return a fresh identity: random, so that it tells nothing and never meets another."""
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A woman with a file. She may have no name: the file number is the identity."""

    id: str = field(default_factory=new_id)
    revision: int = 0
    file_no: str
    name: str = ""
    kimlik_no: str = ""
    birth_year: int | None = None
    legal_status: str = "not_asked"
    marital: str = "not_asked"
    education: str = "not_asked"
    employment: str = "not_asked"
    income: str = "not_asked"
    social_security: str = "not_asked"
    district: str = "not_asked"
    heard_from: str = "not_asked"
    #: +90 and ten digits where it is a Turkish number, otherwise as it was given.
    phone: str = ""
    may_call: str = "not_asked"
    #: When to call, in her words: "10.00-12.00 arası".
    call_hours: str = ""
    may_leave_message: str = "not_asked"
    #: Who must not learn that she comes.
    must_not_know: str = ""
    #: Who may collect her children from the playroom.
    may_collect: str = ""
    #: One more sentence for the safety banner.
    safety_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One request arriving through one channel; without a file (``client_id``) it is a contact."""

    id: str = field(default_factory=new_id)
    revision: int = 0
    number: str
    client_id: str | None = None
    date: dt.date
    time: dt.time | None = None
    channel: str
    applicant_role: str = "self"
    reasons: tuple[str, ...] = ()
    violence_types: tuple[str, ...] = ()
    perpetrators: tuple[str, ...] = ()
    #: What the call was about, in a sentence.
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A meeting or call with one counsellor of one service: the unit of work."""

    id: str = field(default_factory=new_id)
    revision: int = 0
    number: str
    client_id: str
    application_id: str | None = None
    date: dt.date
    time: dt.time | None = None
    minutes: int | None = None
    service: str
    channel: str
    counsellor: str = ""
    outcome: str = "completed"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayroomVisit:
    """A child in and out of the playroom, and who may collect it."""

    id: str = field(default_factory=new_id)
    revision: int = 0
    client_id: str
    child: str
    birth_year: int | None = None
    sex: str = "not_asked"
    date: dt.date
    time_in: dt.time
    time_out: dt.time | None = None
    #: Who may collect, as the mother said on arrival.
    may_collect: str = ""
    #: Who did collect.
    collected_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """Sent to an institution, and followed until it has an outcome."""

    id: str = field(default_factory=new_id)
    revision: int = 0
    client_id: str
    date: dt.date
    institution: str
    method: str = "not_asked"
    consent: str = "not_asked"
    outcome: str = "waiting"
    outcome_date: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """A public training or talk; its participants are never added to the clients."""

    id: str = field(default_factory=new_id)
    revision: int = 0
    date: dt.date
    topic: str = ""
    audience: str = ""
    participants: int


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A member of staff who signs in."""

    id: str = field(default_factory=new_id)
    revision: int = 0
    #: What she types at sign-in.
    name: str
    #: What the window shows: "Av. Derya A.".
    title: str
    role: Role


#: The records that have a note.
Noted = Session | Application | Referral
Record = Client | Application | Session | PlayroomVisit | Referral | Training

KIND_OF: dict[type, Kind] = {
    Client: Kind.CLIENT,
    Application: Kind.APPLICATION,
    Session: Kind.SESSION,
    PlayroomVisit: Kind.PLAYROOM_VISIT,
    Referral: Kind.REFERRAL,
    Training: Kind.TRAINING,
}
CLASS_OF: dict[Kind, type[Record]] = {kind: record for record, kind in KIND_OF.items()}


def files_of(record: Record) -> tuple[str, ...]:
    """Return the ids of the files a record belongs to: one, or none."""
    if isinstance(record, Client):
        return (record.id,)
    client_id = None if isinstance(record, Training) else record.client_id
    return (client_id,) if client_id else ()


def number_of(record: Record) -> str:
    """Return what a record is called in the log: its number, or its id where it has none."""
    if isinstance(record, Client):
        return record.file_no
    return record.number if isinstance(record, Application | Session) else record.id
