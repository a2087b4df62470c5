"""What is asked of the log: by person, kind, day or file, latest first, a page at a time.

Each question is led by the index that leaves the fewest lines to look at; a plus keeps SQLite from
another one. Measured with a million lines: docs/decisions/0022.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.auditing import DeedKind, LogQuery, actions_of
from kadin_danisma.domain.views import AuditLine
from kadin_danisma.store import moments
from kadin_danisma.store.log_signatures import LogSignatures
from kadin_danisma.store.roster.chain import Roster

#: So many file numbers of a line are told; the others are counted.
NUMBERS_TOLD = 3
#: Behind every line there can be.
_END = 2**62
_AT_ONCE = 1_000
_COLUMNS = "audit.seq, audit.at, audit.user_name, audit.action, audit.subject"
_DAY = "substr(audit.at, 1, 10)"
#: Which files a line is about: those sealed with it. Beside a line from before there were seals of
#: files others stand, which nobody signed; beside a signed line only somebody can have put them.
_OF_LINE = "(sealed = 1 OR audit.signature IS NULL)"
_FILES = f"FROM audit_file JOIN audit USING (seq) WHERE seq = ? AND {_OF_LINE}"
#: Kinds of which there are few lines: they lead to them faster than the person does.
_RARE = frozenset({DeedKind.TRAFFIC, DeedKind.PEOPLE, DeedKind.ALARM})


def page(
    db: Connection, query: LogQuery, *, before: int | None = None, limit: int = 200
) -> list[AuditLine]:
    """Return lines of the log, latest first.

    Args:
        db: The open vault.
        query: Which lines.
        before: The number of the line behind which to go on; the end of the log by default.
        limit: How many at the most.
    """
    first, last = _span(db, query)
    values: dict[str, Any] = {
        "limit": limit,
        "first": first,
        "last": last if before is None else min(last, before - 1),
    }
    place = "audit"
    conditions = ["audit.seq BETWEEN :first AND :last"]
    if query.client_id:
        place = "audit_file JOIN audit ON audit.seq = audit_file.seq"
        conditions = ["client_id = :client_id", "audit_file.seq BETWEEN :first AND :last", _OF_LINE]
        values["client_id"] = query.client_id
    if query.kind:
        values |= {f"action{n}": action for n, action in enumerate(actions_of(query.kind))}
        names = ", ".join(f":{name}" for name in values if name.startswith("action"))
        leads = query.kind in _RARE and not query.client_id
        conditions.append(f"{'' if leads else '+'}action IN ({names})")
    if query.user_id:
        leads = query.kind not in _RARE and not query.client_id
        conditions.append(f"{'' if leads else '+'}user_id = :user_id")
        values["user_id"] = query.user_id
    if query.first or query.last:
        conditions.append(f"+{_DAY} BETWEEN :first_day AND :last_day")
        values |= _days(query)
    order = f"{'audit_file' if query.client_id else 'audit'}.seq DESC LIMIT :limit"
    statement = f"SELECT {_COLUMNS} FROM {place} WHERE {' AND '.join(conditions)} ORDER BY {order}"
    found = db.execute(statement, values).fetchall()
    return [_with_files(db, AuditLine(row[0], _moment(row[1]), *row[2:])) for row in found]


def judged(lines: list[AuditLine], signatures: LogSignatures) -> list[AuditLine]:
    """Return lines with what their signatures tell."""
    known = signatures.of(line.seq for line in lines)
    return [
        replace(line, trust=trust, carried_by=carrier)
        for line in lines
        for trust, carrier in [known[line.seq]]
    ]


def every(db: Connection, query: LogQuery) -> Iterator[AuditLine]:
    """Yield all lines that are asked for, latest first, never many of them at once."""
    before: int | None = None
    while lines := page(db, query, before=before, limit=_AT_ONCE):
        yield from lines
        before = lines[-1].seq


def people(db: Connection, roster: Roster) -> dict[str, str]:
    """Return the user names of everybody in the roster, also of those who left, by id."""
    found = db.execute("SELECT id, name FROM user ORDER BY active DESC, folded").fetchall()
    return {user_id: name for user_id, name in found if user_id in roster.members}


def _span(db: Connection, query: LogQuery) -> tuple[int, int]:
    """Return the first and last line of the days asked for; a clock may have been set back."""
    if not (query.first or query.last):
        return 0, _END
    found = db.execute(
        f"SELECT min(seq), max(seq) FROM audit WHERE {_DAY} BETWEEN :first_day AND :last_day",
        _days(query),
    ).fetchone()
    return (found[0], found[1]) if found[0] is not None else (_END, 0)


def _days(query: LogQuery) -> dict[str, str]:
    return {
        "first_day": query.first.isoformat() if query.first else "",
        "last_day": query.last.isoformat() if query.last else "9999",
    }


def _with_files(db: Connection, line: AuditLine) -> AuditLine:
    """Add the numbers that the files of a line have now, and how many files there are."""
    (count,) = db.execute(f"SELECT count(*) {_FILES}", (line.seq,)).fetchone()
    if not count:
        return line
    numbers = db.execute(
        f"SELECT file_no FROM client WHERE id IN (SELECT client_id {_FILES})"
        " ORDER BY file_no LIMIT ?",
        (line.seq, NUMBERS_TOLD),
    )
    return replace(line, file_numbers=tuple(number for (number,) in numbers), files=count)


def _moment(text: str) -> datetime:
    return moments.read(text)
