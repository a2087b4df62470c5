"""What lists and the first page show: records of all kinds put beside the file they belong to."""

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, time
from itertools import islice

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import (
    KIND_OF,
    Application,
    Client,
    Noted,
    PlayroomVisit,
    Record,
    Referral,
    Session,
    Training,
)
from kadin_danisma.domain.referral import UNANSWERED, awaits_answer
from kadin_danisma.domain.views import (
    ApplicationLine,
    ReferralLine,
    SessionLine,
    SoFar,
    TimelineEntry,
    VisitLine,
)
from kadin_danisma.store import records, rows

#: The kinds of record that stand in a file.
_OF_A_FILE: tuple[type[Record], ...] = (Application, Session, PlayroomVisit, Referral)


def file_numbers(db: Connection, client_ids: set[str]) -> Mapping[str, str]:
    """Return the file number of each client."""
    return {
        client_id: db.execute("SELECT file_no FROM client WHERE id = ?", (client_id,)).fetchone()[0]
        for client_id in client_ids
    }


def timeline(db: Connection, client_id: str) -> list[TimelineEntry]:
    """Return everything that happened on a file, latest first."""
    tail, mine = "WHERE client_id = :id", {"id": client_id}
    found = [
        *(_entry(record, record.time) for record in records.read(db, Application, tail, mine)),
        *(_entry(record, record.time) for record in records.read(db, Session, tail, mine)),
        *(_entry(record, record.time_in) for record in records.read(db, PlayroomVisit, tail, mine)),
        *(_entry(record, None) for record in records.read(db, Referral, tail, mine)),
    ]
    return in_order(found)


def withdrawn_on(db: Connection, client_id: str) -> list[TimelineEntry]:
    """Return what was withdrawn of a file, latest first."""
    tail, mine = "WHERE client_id = :id AND withdrawn <> '' AND {}", {"id": client_id}
    found: list[TimelineEntry] = []
    for kind in _OF_A_FILE:
        is_out = tail.format(rows.IS_OUT[kind])
        for record in records.read(db, kind, is_out, mine, withdrawn=True):
            match record:
                case Application() | Session():
                    found.append(_entry(record, record.time))
                case PlayroomVisit():
                    found.append(_entry(record, record.time_in))
                case Referral():
                    found.append(_entry(record, None))
    return in_order(found)


def in_order(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """Return entries of a timeline, latest first."""
    return sorted(entries, key=_when, reverse=True)


def records_of(db: Connection, client_id: str) -> int:
    """Return how many records stand in a file."""
    return sum(
        int(
            db.execute(
                f"SELECT count(*) FROM {rows.STANDING[kind]} WHERE client_id = ?", (client_id,)
            ).fetchone()[0]
        )
        for kind in _OF_A_FILE
    )


def sessions_of(db: Connection, application: Application) -> int:
    """Return how many sessions stand that are part of an application; all are of its file."""
    statement = "SELECT count(*) FROM standing_session WHERE client_id = ? AND application_id = ?"
    found = db.execute(statement, (application.client_id, application.id))
    return int(found.fetchone()[0])


def _entry(
    record: Application | Session | PlayroomVisit | Referral, moment: time | None
) -> TimelineEntry:
    return TimelineEntry(KIND_OF[type(record)], record.date, moment, record)


def _when(entry: TimelineEntry) -> tuple[date, str, str]:
    # Without times, a day begins with what she came for and ends with where she was sent.
    order = {Kind.APPLICATION: "0", Kind.SESSION: "1"}.get(entry.kind, "2")
    untimed = {"0": "00:00", "1": "00:01"}.get(order, "24:00")
    return entry.date, entry.time.strftime("%H:%M") if entry.time else untimed, order


def standing_noted(db: Connection, ids: Collection[str]) -> set[str]:
    """Return those of some sessions, applications and referrals that stand."""
    wanted = json.dumps(list(ids))
    return {
        each
        for kind in (Session, Application, Referral)
        for (each,) in db.execute(
            f"SELECT id FROM {rows.STANDING[kind]} WHERE id IN (SELECT value FROM json_each(?))",
            (wanted,),
        )
    }


def latest_noted(
    db: Connection, ids: Collection[str], limit: int
) -> list[tuple[Noted, Client | None]]:
    """Return sessions, applications and referrals with the files they belong to, latest first."""
    tail = "WHERE id IN (SELECT value FROM json_each(:ids)) ORDER BY date DESC, {} LIMIT :limit"
    wanted = {"ids": json.dumps(list(ids)), "limit": limit}
    timed = tail.format("time DESC, number DESC")
    found: list[Noted] = [
        *records.read(db, Session, timed, wanted),
        *records.read(db, Application, timed, wanted),
        *records.read(db, Referral, tail.format("id"), wanted),
    ]
    latest = islice(sorted(found, key=_moment, reverse=True), limit)
    return [(each, _client_of(db, each)) for each in latest]


def _client_of(db: Connection, record: Noted) -> Client | None:
    return records.get(db, Client, record.client_id) if record.client_id else None


def _moment(record: Noted) -> tuple[date, str]:
    moment = None if isinstance(record, Referral) else record.time
    return record.date, moment.strftime("%H:%M") if moment else ""


def applications(db: Connection, first: date, last: date) -> list[ApplicationLine]:
    """Return the applications and contacts of a span of days, latest first."""
    days = {"first": first.isoformat(), "last": last.isoformat()}
    within = "WHERE date BETWEEN :first AND :last"
    found = records.read(
        db, Application, within + " ORDER BY date DESC, time DESC, number DESC", days
    )
    numbers = file_numbers(db, {each.client_id for each in found if each.client_id})
    by = {
        key: (title, user_id)
        for key, title, user_id in db.execute(
            "SELECT taken.id, coalesce(user.title, ''), entered_by FROM standing_application"
            f" AS taken LEFT JOIN user ON user.id = entered_by {within}",
            days,
        )
    }
    return [
        ApplicationLine(each, numbers.get(each.client_id or "", ""), *by[each.id]) for each in found
    ]


def visits(db: Connection, day: date, *, only_inside: bool = False) -> list[VisitLine]:
    """Return the playroom visits of a day, or only those of children who are still in."""
    tail = "WHERE date = :day" + (" AND time_out IS NULL" if only_inside else "")
    found = records.read(db, PlayroomVisit, tail + " ORDER BY time_in", {"day": day.isoformat()})
    numbers = file_numbers(db, {visit.client_id for visit in found})
    return [VisitLine(visit, numbers[visit.client_id]) for visit in found]


def children_of(db: Connection, client_id: str) -> list[PlayroomVisit]:
    """Return the latest visit of each child of a file."""
    found = records.read(
        db, PlayroomVisit, "WHERE client_id = :id ORDER BY date, time_in", {"id": client_id}
    )
    return list({visit.child: visit for visit in found}.values())[::-1]


def referrals(
    db: Connection, today: date, *, waiting_only: bool = False, limit: int = 500
) -> list[ReferralLine]:
    """Return referrals: the waiting ones oldest first, all of them latest first."""
    parameters: dict[str, str | int] = {"limit": limit}
    if waiting_only:
        marks = ", ".join(f":method{place}" for place in range(len(UNANSWERED)))
        parameters |= {f"method{place}": method for place, method in enumerate(UNANSWERED)}
        tail = (
            f"WHERE outcome = 'waiting' AND method NOT IN ({marks}) ORDER BY date, id LIMIT :limit"
        )
    else:
        tail = "ORDER BY date DESC, id LIMIT :limit"
    found = records.read(db, Referral, tail, parameters)
    numbers = file_numbers(db, {referral.client_id for referral in found})
    return [
        ReferralLine(
            referral,
            numbers[referral.client_id],
            (today - referral.date).days if awaits_answer(referral) else 0,
        )
        for referral in found
    ]


def sessions_on(db: Connection, day: date) -> list[SessionLine]:
    """Return the sessions of a day in their order, without their notes."""
    found = records.read(
        db, Session, "WHERE date = :day ORDER BY time IS NULL, time", {"day": day.isoformat()}
    )
    numbers = file_numbers(db, {session.client_id for session in found})
    return [SessionLine(session, numbers[session.client_id]) for session in found]


def trainings(db: Connection) -> list[Training]:
    """Return all trainings, latest first."""
    return records.read(db, Training, "ORDER BY date DESC, id")


def so_far(db: Connection, first: date, last: date) -> SoFar:
    """Return what the days from the first to the last brought, both included."""
    days = (first.isoformat(), last.isoformat())
    applications, contacts = db.execute(
        "SELECT count(client_id), count(*) - count(client_id)"
        " FROM standing_application WHERE date BETWEEN ? AND ?",
        days,
    ).fetchone()
    sessions = db.execute(
        "SELECT count(*) FROM standing_session"
        " WHERE date BETWEEN ? AND ? AND outcome = 'completed'",
        days,
    ).fetchone()
    return SoFar(applications, contacts, sessions[0])


def count_of(db: Connection, kind: type) -> int:
    """Return how many records of a kind stand: all of them less the few that were withdrawn.

    Both are counted by an index; counting the view would read every row.
    """
    table = rows.TABLE_OF[kind]
    counted = (
        int(db.execute(f"SELECT count(*) FROM {table} {tail}").fetchone()[0])
        for tail in ("", f"WHERE withdrawn <> '' AND {rows.IS_OUT[kind]}")
    )
    every, withdrawn = counted
    return every - withdrawn
