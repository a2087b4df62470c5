"""What two records must share to be the same row of a workbook, and what the vault holds of it."""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import SEALED, file_of
from kadin_danisma.domain.records import (
    KIND_OF,
    Application,
    Client,
    Noted,
    PlayroomVisit,
    Record,
    Referral,
    Session,
)
from kadin_danisma.domain.text import fold
from kadin_danisma.exchange.columns import SHEETS

#: A record's fields that a workbook has columns for, with its kind before them.
Content = tuple[object, ...]
#: Tells whether a note is that of a record which stands there, or was when it was entered.
NoteTest = Callable[[str], bool]
#: Compared in ways of their own: folded, and sealed.
_APART = {"child", "note"}
_FIELDS = {
    sheet.kind: tuple(column.field for column in sheet.columns if column.field not in _APART)
    for sheet in SHEETS
}


def content(record: Record, restricted: Container[str | None] = ()) -> Content:
    """Return what a workbook can say about a record; equal content means the same event.

    Of a restricted file only that is compared which stands in the open (docs/decisions/0019).


    Fields without a column (when to call, who must not know) take no part: a workbook cannot
    contradict them. Neither does the order of several answers.
    """
    kind = KIND_OF[type(record)]
    sealed = SEALED.get(kind, ()) if file_of(record) in restricted else ()
    said = (_comparable(getattr(record, name)) for name in _FIELDS[kind] if name not in sealed)
    # A child is one folded name of one file, however it is spelt.
    child = fold(record.child) if isinstance(record, PlayroomVisit) and not sealed else ""
    return (kind, *said, child)


def child_key(visit: PlayroomVisit) -> tuple[str, str]:
    """Return what makes two visits one child's: the file and the folded name."""
    return visit.client_id, fold(visit.child)


def _plainly(record: Noted, note: str) -> bool:
    return record.note == note


def _comparable(value: object) -> object:
    if isinstance(value, tuple):
        answers = frozenset(value)
        # "Not asked" said aloud is the same as a blank cell.
        return frozenset() if answers == {"not_asked"} else answers
    return value


@dataclass(frozen=True)
class Known:
    """What the vault already holds; the service fills it, also with mappings that look it up."""

    #: By file number.
    clients: Mapping[str, Client] = field(default_factory=dict)
    #: By application number.
    applications: Mapping[str, Application] = field(default_factory=dict)
    #: By session number.
    sessions: Mapping[str, Session] = field(default_factory=dict)
    #: How often each playroom visit, referral and training stands, by ``content``.
    events: Mapping[Content, int] = field(default_factory=dict)
    #: Years of birth of the playroom's children, by ``child_key``.
    birth_years: Mapping[tuple[str, str], int] = field(default_factory=dict)
    #: The notes of the referrals that stand, by ``content``.
    referral_notes: Mapping[Content, Sequence[NoteTest]] = field(default_factory=dict)
    #: The restricted files, by the id of the client.
    restricted: Container[str | None] = ()
    #: Tells whether the note of a record that stands there is this one; the vault knows without
    #: opening it.
    note_is: Callable[[Noted, str], bool] = _plainly

    @classmethod
    def of(cls, records: Iterable[Record]) -> "Known":
        """Return what a handful of records amounts to."""
        clients, applications, sessions = {}, {}, {}
        events: Counter[Content] = Counter()
        years: dict[tuple[str, str], int] = {}
        noted: dict[Content, list[NoteTest]] = defaultdict(list)
        for record in records:
            match record:
                case Client():
                    clients[record.file_no] = record
                case Application():
                    applications[record.number] = record
                case Session():
                    sessions[record.number] = record
                case _:
                    events[content(record)] += 1
            if isinstance(record, Referral):
                noted[content(record)].append(record.note.__eq__)
            if isinstance(record, PlayroomVisit) and record.birth_year is not None:
                years[child_key(record)] = record.birth_year
        return cls(clients, applications, sessions, events, years, noted)

    def numbered(self, kind: Kind, number: str) -> Record | None:
        """Return the record of a kind that has this number, or None."""
        match kind:
            case Kind.CLIENT:
                return self.clients.get(number)
            case Kind.APPLICATION:
                return self.applications.get(number)
            case Kind.SESSION:
                return self.sessions.get(number)
        return None

    def says_the_same(self, stored: Record, record: Record, *, tells_note: bool) -> bool:
        """Tell whether a row of the workbook is the record that stands there under its number.

        Args:
            stored: The record that stands there.
            record: What the row says.
            tells_note: Whether the sheet has a column for notes; without one it contradicts none.
        """
        if content(stored, self.restricted) != content(record, self.restricted):
            return False
        if tells_note and isinstance(stored, Noted) and isinstance(record, Noted):
            return self.note_is(stored, record.note)
        return True
