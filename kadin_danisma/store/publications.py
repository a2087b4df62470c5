"""Reports that left the centre, frozen, and the month to which a record belongs in reports.

contract.md section 4, "Late records": a record dated in a published month but entered later belongs
to the first month from its own onwards that is still unpublished when it is entered.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlcipher3.dbapi2 import Connection


@dataclass(frozen=True, slots=True)
class Publication:
    """One frozen report; ``report`` is its data as JSON text, which renders to the same bytes."""

    period: str
    number: str
    issued_at: datetime
    issued_by: str
    report: str


def add(db: Connection, publication: Publication) -> None:
    """Freeze a report; a period is published once."""
    db.execute(
        "INSERT INTO publication (period, number, issued_at, issued_by, report)"
        " VALUES (?, ?, ?, ?, ?)",
        (
            publication.period,
            publication.number,
            publication.issued_at.isoformat(timespec="seconds"),
            publication.issued_by,
            publication.report,
        ),
    )


def find(db: Connection, period: str) -> Publication | None:
    """Return the frozen report of a period, or None while it is unpublished."""
    row = db.execute(
        "SELECT period, number, issued_at, issued_by, report FROM publication WHERE period = ?",
        (period,),
    ).fetchone()
    return _publication(row) if row else None


def all_of(db: Connection) -> list[Publication]:
    """Return every frozen report, latest period first."""
    found = db.execute(
        "SELECT period, number, issued_at, issued_by, report FROM publication"
        " ORDER BY issued_at DESC, period DESC"
    )
    return [_publication(row) for row in found]


def _publication(row: tuple[str, str, str, str, str]) -> Publication:
    return Publication(row[0], row[1], datetime.fromisoformat(row[2]), row[3], row[4])


def published_months(db: Connection) -> frozenset[str]:
    """Return the keys of the calendar months whose records are frozen in a report.

    A quarter or a year freezes its months too: what it was made of cannot grow any more.
    """
    months: set[str] = set()
    for (period,) in db.execute("SELECT period FROM publication"):
        year, dash, part = period.partition("-")
        if not dash:
            months.update(f"{year}-{month:02d}" for month in range(1, 13))
        elif part.startswith("Q"):
            start = 3 * int(part[1]) - 2
            months.update(f"{year}-{month:02d}" for month in range(start, start + 3))
        else:
            months.add(period)
    return frozenset(months)


def month_for(day: date, published: frozenset[str]) -> str:
    """Return the first month from a record's own onwards that is still unpublished."""
    year, month = day.year, day.month
    while (key := f"{year}-{month:02d}") in published:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return key
