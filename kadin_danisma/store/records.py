"""Adding, reading and correcting records: one way for all kinds, with revision and history."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import SEALED, file_of
from kadin_danisma.domain.records import KIND_OF, Application, Client, Noted, PlayroomVisit, Record
from kadin_danisma.domain.text import fold
from kadin_danisma.domain.views import HistoryLine
from kadin_danisma.errors import ConflictError, KnownError
from kadin_danisma.i18n import _
from kadin_danisma.store import (
    child_codes,
    circles,
    moments,
    note_moves,
    notes,
    publications,
    rows,
    sealed_fields,
    search,
)
from kadin_danisma.store.circles import NO_KEYS, FileKeys, Mark
from kadin_danisma.store.writer import Writer

#: Up to so many applications their several answers are read one by one, else in one sweep.
_FEW = 2_000


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who writes, and when.

    Args:
        at: When.
        by: Her id.
        writer: With what she signs what is sealed; without it nothing is signed, and what she
            writes will be shown as such.
    """

    at: datetime
    by: str
    writer: Writer | None = None

    def mark(self) -> Mark:
        """Return it as it is stored."""
        return Mark(self.at.isoformat(timespec="seconds"), self.by, self.writer)


def add(db: Connection, record: Record, stamp: Stamp, keys: FileKeys = NO_KEYS) -> None:
    """Store a new record at revision 1 (see ``add_many``)."""
    add_many(db, (record,), stamp, keys)


def add_many(
    db: Connection, records: Sequence[Record], stamp: Stamp, keys: FileKeys = NO_KEYS
) -> None:
    """Store many new records of one kind in one go; an import adds thousands.

    Args:
        db: The open vault.
        records: The records.
        stamp: Who writes, and when.
        keys: The keys of restricted files at hand; a playroom visit of such a file needs its key.

    Raises:
        ClosedFileError: It is not among them.
        DoubtfulCircleError: The circle of a file is not as it was signed.
        KnownError: The file of one was withdrawn.
    """
    if not records:
        return
    _refuse_withdrawn_files(db, map(file_of, records))
    kind = type(records[0])
    table = rows.TABLE_OF[kind]
    moment = stamp.at.isoformat(timespec="seconds")
    if stamp.writer:
        stamp.writer.circles.let_pass(db, map(file_of, records))
    files = circles.publics(db)
    _code_children(db, records, files)
    if files:
        records = _sealed_away(db, records, files, keys, stamp.mark())
    book: dict[str, rows.Value] = {
        "entered_at": moment,
        "changed_at": moment,
        "changed_by": stamp.by,
        "entered_by": stamp.by,
    }
    columns = [*rows.columns_of(kind), *book]
    published = publications.published_months(db)
    if kind is not Client:
        columns.append("report_month")
    statement = rows.insert(table, columns)
    db.executemany(statement, (_new_row(record, published) | book for record in records))
    if kind is Client:
        search.index(db, [record for record in records if isinstance(record, Client)])
    if kind is Application:
        _add_codes(db, [record for record in records if isinstance(record, Application)])
    new = notes.at_first(record for record in records if isinstance(record, Noted))
    if new:
        notes.add(db, new, moment, stamp.by, files, stamp.writer)


def _code_children(db: Connection, records: Iterable[Record], files: Mapping[str, bytes]) -> None:
    """Give the children of visits of ordinary files a code, by which reports count them."""
    child_codes.remember(
        db,
        (
            (record.client_id, fold(record.child))
            for record in records
            if isinstance(record, PlayroomVisit) and record.client_id not in files
        ),
    )


def _sealed_away(
    db: Connection,
    records: Sequence[Record],
    files: Mapping[str, bytes],
    keys: FileKeys,
    mark: Mark,
) -> list[Record]:
    """Seal what new records say that only a circle may read; return them as rows hold them."""
    children = sealed_fields.Children(db, keys)
    stored: list[Record] = []
    for record in records:
        public = files.get(file_of(record) or "")
        if public:
            stored.append(sealed_fields.veiled(record, children))
            sealed_fields.begin(db, public, record, mark)
        else:
            stored.append(record)
    return stored


def _new_row(record: Record, published: frozenset[str]) -> dict[str, rows.Value]:
    row = rows.to_row(record) | {"revision": 1}
    if not isinstance(record, Client):
        row["report_month"] = publications.month_for(record.date, published)
    return row


def _add_codes(db: Connection, applications: Iterable[Application]) -> None:
    db.executemany(
        "INSERT INTO application_code (application_id, list, place, code) VALUES (?, ?, ?, ?)",
        (
            (application.id, name, place, code)
            for application in applications
            for name in rows.SEVERAL
            for place, code in enumerate(getattr(application, name))
        ),
    )


def get(
    db: Connection, kind: type[rows.R], record_id: str, *, withdrawn: bool = False
) -> rows.R | None:
    """Return one record, or None; it comes without its note (``store.notes``).

    Args:
        db: The open vault.
        kind: The class of the record.
        record_id: Which record.
        withdrawn: Whether it is returned though it was withdrawn.
    """
    found = read(db, kind, "WHERE id = :id", {"id": record_id}, withdrawn=withdrawn)
    return found[0] if found else None


def read(
    db: Connection,
    kind: type[rows.R],
    tail: str,
    parameters: dict[str, Any] | None = None,
    *,
    withdrawn: bool = False,
) -> list[rows.R]:
    """Return records of one kind.

    Args:
        db: The open vault.
        kind: The class of the records.
        tail: What follows the table's name in the statement, with named parameters.
        parameters: The values of the named parameters.
        withdrawn: Whether those that were withdrawn are read as well.
    """
    statement = rows.select(kind, tail, withdrawn=withdrawn)
    found = db.execute(statement, parameters or {}).fetchall()
    if kind is not Application:
        return [rows.from_row(kind, row) for row in found]
    several = _codes_of(db, [row[0] for row in found])
    return [rows.from_row(kind, row, **several[row[0]]) for row in found]


def _codes_of(db: Connection, ids: list[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return ``{application: {list: codes}}``, reading few by key and many in one sweep."""
    wanted = set(ids)
    codes: dict[str, dict[str, tuple[str, ...]]] = defaultdict(
        lambda: dict.fromkeys(rows.SEVERAL, ())
    )
    sweep = "SELECT application_id, list, code FROM application_code "
    order = "ORDER BY application_id, list, place"
    if len(ids) <= _FEW:
        found = [
            row
            for application_id in ids
            for row in db.execute(sweep + "WHERE application_id = ? " + order, (application_id,))
        ]
    else:
        found = db.execute(sweep + order).fetchall()
    for application_id, name, code in found:
        if application_id in wanted:
            codes[application_id][name] += (code,)
    return codes


def find_by(db: Connection, kind: type[rows.R], column: str, value: str) -> rows.R | None:
    """Return the one record whose number (a unique column) is the given one, or None.

    A number is given once: what was withdrawn keeps its own.
    """
    found = read(db, kind, f"WHERE {column} = :value", {"value": value}, withdrawn=True)
    return found[0] if found else None


def numbers_of(db: Connection, kind: type, column: str) -> Iterator[str]:
    """Return the numbers of all records of a kind, also of what was withdrawn."""
    for (number,) in db.execute(f"SELECT {column} FROM {rows.TABLE_OF[kind]}"):
        yield number


def forms_of(db: Connection, record: rows.R) -> tuple[rows.R, ...]:
    """Return a record as it stands and, if it was corrected since, as it was first written.

    An import recognises rows without a number by their content: a referral that was answered in
    the meantime must still be recognised as the row it came from.
    """
    if record.revision == 1:
        return (record,)
    # Latest first, so that the earliest word on a field is the one that stays.
    corrected = db.execute(
        "SELECT field, old FROM history WHERE kind = ? AND record_id = ? ORDER BY id DESC",
        (str(KIND_OF[type(record)]), record.id),
    )
    first = rows.to_row(record)
    first |= {name: rows.unshown(name, old) for name, old in corrected if name in first}
    return record, rows.from_row(type(record), tuple(first.values()))


def correct(
    db: Connection,
    record: rows.R,
    stamp: Stamp,
    *,
    keep_note: bool = False,
    keys: FileKeys = NO_KEYS,
) -> None:
    """Store a corrected record and keep what it said before.

    Args:
        db: The open vault.
        record: As it shall stand, at the revision it was read at.
        stamp: Who corrects it, and when.
        keep_note: Whether the note stays as it is, whatever the record says.
        keys: The keys of restricted files at hand.

    Raises:
        ConflictError: The record was changed since it was read, or is gone; nothing is written.
        ClosedFileError: It is of a restricted file whose key is not at hand.
        KnownError: It is moved to a file that was withdrawn, or into a restricted one or out of it.
    """
    kind = type(record)
    before = get(db, kind, record.id)
    if before is None or before.revision != record.revision:
        raise ConflictError(
            _(
                "Somebody changed this record while you had it open. "
                "Nothing was overwritten: what you typed is still here."
            )
        )
    new = replace(record, revision=record.revision + 1)
    _refuse_withdrawn_files(db, (file_of(new),))
    if stamp.writer:
        stamp.writer.circles.let_pass(db, (file_of(before), file_of(new)))
    files = circles.publics(db)
    _code_children(db, (new,), files)
    after = _sealed_anew(db, before, new, files, keys, stamp.mark())
    row = rows.to_row(after)
    row["changed_at"] = stamp.at.isoformat(timespec="seconds")
    row["changed_by"] = stamp.by
    if not isinstance(after, Client):
        row["report_month"] = _report_month(db, before, after.date)
    columns = tuple(row)
    row["known"] = record.revision
    db.execute(rows.update(rows.TABLE_OF[kind], columns), row)
    _keep_history(db, before, after, stamp, files)
    if isinstance(after, Client):
        search.reindex(db, after)
    if isinstance(after, Application):
        db.execute("DELETE FROM application_code WHERE application_id = ?", (after.id,))
        _add_codes(db, (after,))
    if isinstance(before, Noted) and isinstance(after, Noted):
        note_moves.carry(db, before, after, files)
        if not keep_note:
            moment = stamp.at.isoformat(timespec="seconds")
            notes.add(db, [after], moment, stamp.by, files, stamp.writer)


def _sealed_anew(
    db: Connection,
    before: rows.R,
    after: rows.R,
    files: Mapping[str, bytes],
    keys: FileKeys,
    mark: Mark,
) -> rows.R:
    """Seal what a correction says of a restricted file; return the record as its row holds it."""
    file, target = file_of(before), file_of(after)
    if file not in files and target not in files:
        return after
    # A contact is linked to a file for the first time; nothing of it was another woman's.
    if file is not None and file != target:
        raise KnownError(_("A record cannot be moved into a restricted file or out of it."))
    if file is None or not SEALED.get(KIND_OF[type(before)]):
        return after
    was = sealed_fields.opened(db, before, keys)
    # While the row still says what it said before: else another name would get the same code.
    row = sealed_fields.veiled(after, sealed_fields.Children(db, keys))
    sealed_fields.go_on(db, files[file], was, after, mark)
    return row


def _refuse_withdrawn_files(db: Connection, client_ids: Iterable[str | None]) -> None:
    """Refuse to write into a file that was withdrawn: nothing may stand in it.

    Raises:
        KnownError: One of them was.
    """
    said = f"SELECT id FROM client WHERE withdrawn <> '' AND {rows.IS_OUT[Client]}"
    gone = {each for (each,) in db.execute(said)}
    if not gone.isdisjoint(client_ids):
        raise KnownError(_("This file was withdrawn. Please take that back first."))


def _report_month(db: Connection, before: Record, day: date) -> str:
    """Return the month a corrected record belongs to: once published in one, it stays there."""
    statement = f"SELECT report_month, date FROM {rows.TABLE_OF[type(before)]} WHERE id = ?"
    stands, stood = db.execute(statement, (before.id,)).fetchone()
    published = publications.published_months(db)
    if stands in published or stood == day.isoformat():
        return str(stands)
    return publications.month_for(day, published)


def _keep_history(
    db: Connection, before: Record, after: Record, stamp: Stamp, files: Mapping[str, bytes]
) -> None:
    apart = {"id", "revision", rows.NOTE}
    if file_of(after) in files:
        apart.update(SEALED.get(KIND_OF[type(after)], ()))
    names = [field.name for field in fields(before) if field.name not in apart]
    db.executemany(
        "INSERT INTO history (kind, record_id, revision, at, by, field, old, new)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                str(KIND_OF[type(before)]),
                before.id,
                after.revision,
                stamp.at.isoformat(timespec="seconds"),
                stamp.by,
                name,
                rows.shown(getattr(before, name)),
                rows.shown(getattr(after, name)),
            )
            for name in names
            if getattr(before, name) != getattr(after, name)
        ],
    )


def history(db: Connection, kind: Kind, record_id: str) -> list[HistoryLine]:
    """Return what was corrected on a record, latest first."""
    found = db.execute(
        "SELECT history.at, coalesce(user.title, ''), field, old, new FROM history"
        " LEFT JOIN user ON user.id = history.by"
        " WHERE kind = ? AND record_id = ? ORDER BY history.id DESC",
        (str(kind), record_id),
    )
    return [HistoryLine(moments.read(row[0]), *row[1:]) for row in found]
