"""Withdrawing a record and taking that back: it stays where it is, and counts nowhere meanwhile.

Docs/decisions/0044. What stands of a kind are the views ``standing_*`` of the schema; who withdrew
what is told by the signed log (``store.withdrawal_book``).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import file_of
from kadin_danisma.domain.records import KIND_OF, Client, Record
from kadin_danisma.errors import ConflictError
from kadin_danisma.i18n import _
from kadin_danisma.store import moments, publications, rows, search, unproved, withdrawal_words
from kadin_danisma.store.records import Stamp, get

#: Under which name of a field the history tells of it.
FIELD = "withdrawn"


@dataclass(frozen=True, slots=True)
class Act:
    """What a row says of the withdrawal of its record.

    Args:
        revision: That at which the record was withdrawn.
        reason: A key of ``domain.withdrawal.WITHDRAWAL_REASON``.
        at: When, as it is stored.
        by: The id of who did it.
    """

    revision: int
    reason: str
    at: str
    by: str


def withdraw(db: Connection, record: Record, reason: str, why: str, stamp: Stamp) -> Record:
    """Withdraw a record; what is written beside the word is sealed as the record is.

    Args:
        db: The open vault.
        record: As it was read; the sealed fields of it do not matter.
        reason: A key of ``domain.withdrawal.WITHDRAWAL_REASON``.
        why: What is written beside it.
        stamp: Who withdraws it, and when.

    Returns:
        The record at its new revision.

    Raises:
        ConflictError: It was changed since it was read, withdrawn or is gone; nothing is written.
        DoubtfulCircleError: The circle of its file is not as it was signed.
    """
    before = get(db, type(record), record.id)
    if before is None or before.revision != record.revision:
        raise ConflictError(
            _("Somebody changed this record while you had it open. Please look at it again.")
        )
    if stamp.writer:
        stamp.writer.circles.let_pass(db, (file_of(before),))
    columns: dict[str, rows.Value] = {FIELD: reason}
    if not isinstance(before, Client) and _month(db, before) not in _published(db):
        # Until it stands again it belongs to no month; what was published keeps it.
        columns["report_month"] = ""
    after = _put(db, before, columns, "", reason, stamp)
    withdrawal_words.keep(db, after, why, stamp.mark())
    if isinstance(before, Client):
        search.forget(db, before.id)
    return after


def take_back(db: Connection, record: Record, stamp: Stamp) -> Record:
    """Let a withdrawn record stand again; it belongs to the month it would if it came now.

    Args:
        db: The open vault.
        record: As its row holds it.
        stamp: Who takes it back, and when.

    Returns:
        The record at its new revision.

    Raises:
        ConflictError: It stands already, or is gone.
    """
    act = act_of(db, record)
    if act is None:
        raise ConflictError(_("This record was taken back already."))
    columns: dict[str, rows.Value] = {FIELD: ""}
    if not isinstance(record, Client) and not _month(db, record):
        columns["report_month"] = publications.month_for(record.date, _published(db))
    after = _put(db, record, columns, act.reason, "", stamp)
    if isinstance(after, Client):
        search.reindex(db, after)
    return after


def act_of(db: Connection, record: Record) -> Act | None:
    """Return what its row says of the withdrawal of a record; None where it stands."""
    table = rows.TABLE_OF[type(record)]
    row = db.execute(
        f"SELECT revision, withdrawn, changed_at, changed_by FROM {table} WHERE id = ?",
        (record.id,),
    ).fetchone()
    return Act(*row) if row and row[1] else None


def moment(act: Act) -> datetime:
    """Return when a record was withdrawn, as far as its row says a moment."""
    return moments.read(act.at)


def entered_by(db: Connection, record: Record) -> str:
    """Return the id of who entered a record, as far as it is known."""
    table = rows.TABLE_OF[type(record)]
    row = db.execute(f"SELECT entered_by FROM {table} WHERE id = ?", (record.id,)).fetchone()
    return str(row[0]) if row else ""


def withdrawn(db: Connection) -> Mapping[tuple[Kind, str], Act]:
    """Return everything that is withdrawn by what its rows say, by kind and id."""
    return {
        (KIND_OF[kind], record_id): Act(*act)
        for kind, table in rows.TABLE_OF.items()
        for record_id, *act in db.execute(
            f"SELECT id, revision, withdrawn, changed_at, changed_by FROM {table}"
            " WHERE withdrawn <> ''"
        )
    }


def _put(
    db: Connection,
    record: Record,
    columns: Mapping[str, rows.Value],
    old: str,
    new: str,
    stamp: Stamp,
) -> Record:
    kind, mark = type(record), stamp.mark()
    row = dict(columns) | {
        "revision": record.revision + 1, "changed_at": mark.at, "changed_by": mark.by,
    }  # fmt: skip
    known = {"id": record.id, "known": record.revision}
    db.execute(rows.update(rows.TABLE_OF[kind], tuple(row)), row | known)
    db.execute(
        "INSERT INTO history (kind, record_id, revision, at, by, field, old, new)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            str(KIND_OF[kind]), record.id, record.revision + 1, mark.at, mark.by, FIELD, old, new,
        ),
    )  # fmt: skip
    unproved.settle(db, KIND_OF[kind], record.id)
    after = get(db, kind, record.id, withdrawn=True)
    assert after is not None
    return after


def _month(db: Connection, record: Record) -> str:
    table = rows.TABLE_OF[type(record)]
    found = db.execute(f"SELECT report_month FROM {table} WHERE id = ?", (record.id,))
    return str(found.fetchone()[0])


def _published(db: Connection) -> frozenset[str]:
    return publications.published_months(db)
