"""Importing a workbook: all of it or nothing, in one transaction."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.circle import Seal, file_of
from kadin_danisma.domain.records import (
    Application,
    Client,
    PlayroomVisit,
    Record,
    Referral,
    Session,
    Training,
    files_of,
)
from kadin_danisma.domain.role import Action
from kadin_danisma.errors import KnownError
from kadin_danisma.exchange import template
from kadin_danisma.exchange.content import Content, Known, NoteTest, child_key, content
from kadin_danisma.exchange.reader import Reading, TakenUp, take_up
from kadin_danisma.exchange.refusal import Refusal
from kadin_danisma.i18n import _
from kadin_danisma.progress import Progress
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.sight import Sight
from kadin_danisma.store import notes, records, withdrawing
from kadin_danisma.store.rows import Connection

R = TypeVar("R", bound=Record)

#: In the order in which records lean on each other.
_ORDER = (
    Kind.CLIENT,
    Kind.APPLICATION,
    Kind.SESSION,
    Kind.PLAYROOM_VISIT,
    Kind.REFERRAL,
    Kind.TRAINING,
)
#: Records that are stored in one go.
_AT_ONCE = 1000
#: What the answer calls the rows of a kind; rows of Başvurular without a file are contacts.
ADDED = (
    "clients",
    "applications",
    "contacts",
    "sessions",
    "playroom_visits",
    "referrals",
    "trainings",
)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of an import; with anything refused, nothing was added."""

    added: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ADDED, 0))
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    change: Change | None = None


class _Unchanged(Exception):  # noqa: N818 (not an error: it ends the transaction without a trace)
    """Nothing is to be written."""


class _Stored(Mapping[str, R], Generic[R]):
    """The vault's records of one kind by number, looked up one by one and never all at once."""

    def __init__(self, db: Connection, kind: type[R], column: str) -> None:
        self._db = db
        self._kind: type[R] = kind
        self._column = column

    def __getitem__(self, number: str) -> R:
        found = records.find_by(self._db, self._kind, self._column, number)
        if found is None:
            raise KeyError(number)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(records.numbers_of(self._db, self._kind, self._column))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def write_template(path: Path) -> None:
    """Write the empty workbook; it never replaces another file."""
    template.write_template(path)


def import_workbook(
    desk: Desk, path: Path, *, dry_run: bool = False, progress: Progress | None = None
) -> ImportResult:
    """Read a workbook into the vault.

    Args:
        desk: The signed-in person's desk.
        path: The XLSX file.
        dry_run: Only say what would be added or refused.
        progress: Told how far it is; cancels by raising, and then nothing is written.

    Returns:
        What was added (or would be), or everything that is refused.
    """
    desk.require(Action.IMPORT)
    with desk.telling_failure("import.failed"):
        return _import(desk, path, progress, dry_run=dry_run)


def _import(desk: Desk, path: Path, progress: Progress | None, *, dry_run: bool) -> ImportResult:
    # Before the vault is written: reading waits for the file, and nobody is to wait for it.
    taken = take_up(path, desk.today(), progress)
    result, files = ImportResult(), set[str]()
    try:
        with desk.writing("import", "", files) as db:
            sight = Sight(desk, db)
            reading = taken.compare(_known(db, sight, taken))
            result = _result(reading)
            _refuse_closed_visits(reading, sight, taken)
            _refuse_withdrawn(db, reading, taken)
            if dry_run or reading.refused:
                raise _Unchanged
            for kind in _ORDER:
                for added in _portions(reading, kind, taken):
                    records.add_many(db, added, desk.stamp(), sight.keys)
                    files.update(client_id for record in added for client_id in files_of(record))
    except _Unchanged:
        refused = len(result.refused)
        desk.note("import.failed" if refused else "import.checked", str(refused or ""))
        return result
    return ImportResult(
        result.added, result.refused, result.notes, Change(Kind.VAULT, desk.vault.vault_id)
    )


def _result(reading: Reading) -> ImportResult:
    if reading.refused:
        return ImportResult(refused=reading.refused, notes=reading.notes)
    found = Counter(
        "contacts" if isinstance(record, Application) and record.client_id is None else f"{kind}s"
        for kind, rows in reading.rows.items()
        for _row, record in rows
    )
    return ImportResult(added={name: found[name] for name in ADDED}, notes=reading.notes)


def _portions(reading: Reading, kind: Kind, taken: TakenUp) -> Iterator[list[Record]]:
    """Yield the new records of a kind; between two portions the work may be stopped."""
    rows = reading.rows[kind]
    for start in range(0, len(rows), _AT_ONCE):
        taken.tick()
        yield [record for _row, record in rows[start : start + _AT_ONCE]]


def _refuse_closed_visits(reading: Reading, sight: Sight, taken: TakenUp) -> None:
    """Refuse new visits of a file that is closed to whoever imports: its children are counted.

    Raises:
        KnownError: There are some.
    """
    for _row, record in taken.each(reading.rows.get(Kind.PLAYROOM_VISIT, ())):
        if sight.seal_of(file_of(record)) is Seal.CLOSED:
            raise KnownError(
                _(
                    "The workbook has new playroom visits of a restricted file. Only somebody "
                    "with access to it can import them. Nothing was added."
                )
            )


def _refuse_withdrawn(db: Connection, reading: Reading, taken: TakenUp) -> None:
    """Refuse new rows that lean on what was withdrawn: the workbook is older than that.

    Raises:
        KnownError: There are some.
    """
    if not (out := withdrawing.withdrawn(db)):
        return
    for rows in reading.rows.values():
        for _row, record in taken.each(rows):
            leans_on = [(Kind.CLIENT, file_of(record) or "")]
            if isinstance(record, Session):
                leans_on.append((Kind.APPLICATION, record.application_id or ""))
            if any(each in out for each in leans_on):
                raise KnownError(
                    _(
                        "The workbook has new rows of a file or an application that was withdrawn "
                        "here. Please take that back first, or take the rows out. Nothing was "
                        "added."
                    )
                )


def _known(db: Connection, sight: Sight, taken: TakenUp) -> Known:
    """Return what the vault holds, for the workbook to be compared with."""
    events: Counter[Content] = Counter()
    years: dict[tuple[str, str], int] = {}
    noted: dict[Content, list[NoteTest]] = defaultdict(list)
    out = withdrawing.withdrawn(db)
    for record in taken.each(_events(db)):
        for said in {content(form, sight.restricted) for form in records.forms_of(db, record)}:
            events[said] += 1
            if isinstance(record, Referral):
                # Those that were never corrected can be one row only, and are asked first.
                place = 0 if record.revision == 1 else len(noted[said])
                noted[said].insert(place, partial(_has_note, db, record.id))
        if (Kind.PLAYROOM_VISIT, record.id) in out:
            continue
        if isinstance(record, PlayroomVisit) and record.birth_year is not None:
            years[child_key(sight.shown(record))] = record.birth_year
    return Known(
        clients=_Stored(db, Client, "file_no"),
        applications=_Stored(db, Application, "number"),
        sessions=_Stored(db, Session, "number"),
        events=events,
        birth_years=years,
        referral_notes=noted,
        restricted=sight.restricted,
        note_is=lambda record, note: notes.says(db, record.id, note),
    )


def _has_note(db: Connection, referral_id: str, note: str) -> bool:
    return notes.says(db, referral_id, note) or notes.said_at_first(db, referral_id, note)


def _events(db: Connection) -> Iterator[Record]:
    """Return the records that have no number; what was withdrawn is still known again."""
    yield from records.read(db, PlayroomVisit, "", withdrawn=True)
    yield from records.read(db, Referral, "", withdrawn=True)
    yield from records.read(db, Training, "", withdrawn=True)
