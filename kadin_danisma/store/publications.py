"""What left the centre, frozen, and the month to which a record belongs in reports.

contract.md section 4, "Late records": a record dated in a published month but entered later belongs
to the first month from its own onwards that is still unpublished when it is entered.
"""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import Period

#: The first schema that keeps files and proofs.
SCHEMA = 8
_COLUMNS = "number, period, kind, issued_at, issued_by, report"
_IS_REPORT = "kind IN ('report', 'returned')"


class PublicationKind(StrEnum):
    """How something of a period left the centre."""

    #: The report of the period.
    REPORT = "report"
    #: One table with groups of its own, for somebody who asked.
    CUSTOM = "custom"
    #: A number given by hand: to the press, to the council.
    TOLD = "told"
    #: A report that an older vault did not know and that was brought back from its file.
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Publication:
    """What left the centre once; ``report`` is its data as JSON text (``reports.report``)."""

    period: str
    number: str
    issued_at: datetime
    issued_by: str
    report: str
    kind: PublicationKind = PublicationKind.REPORT

    @property
    def is_report(self) -> bool:
        """Tell whether it is the report of its period, of which there is one."""
        return self.kind in (PublicationKind.REPORT, PublicationKind.RETURNED)


def add(
    db: Connection,
    publication: Publication,
    files: Mapping[str, bytes] | None = None,
    proof: Mapping[str, Any] | None = None,
) -> None:
    """Freeze a publication; a number is given once, and a period has one report.

    Args:
        db: The open vault.
        publication: What left.
        files: The files as they left, by their formats.
        proof: The proof that it is safe, as data.
    """
    packed = None if proof is None else zlib.compress(json.dumps(proof).encode())
    db.execute(
        f"INSERT INTO publication ({_COLUMNS}, proof) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            publication.number,
            publication.period,
            str(publication.kind),
            publication.issued_at.isoformat(timespec="seconds"),
            publication.issued_by,
            publication.report,
            packed,
        ),
    )
    db.executemany(
        "INSERT INTO publication_file (number, format, content) VALUES (?, ?, ?)",
        [(publication.number, name, content) for name, content in (files or {}).items()],
    )


def find(db: Connection, period: str) -> Publication | None:
    """Return the frozen report of a period, or None while it is unpublished."""
    row = db.execute(
        f"SELECT {_COLUMNS} FROM publication WHERE period = ? AND {_IS_REPORT}", (period,)
    ).fetchone()
    return _publication(row) if row else None


def all_of(db: Connection) -> list[Publication]:
    """Return everything that was published, in the order in which it left."""
    found = db.execute(f"SELECT {_COLUMNS} FROM publication ORDER BY seq")
    return [_publication(row) for row in found]


def files_of(db: Connection, number: str) -> dict[str, bytes]:
    """Return the files of a publication by their formats; none of one older than frozen files."""
    found = db.execute("SELECT format, content FROM publication_file WHERE number = ?", (number,))
    return dict(found.fetchall())


def has_proof(db: Connection, number: str) -> bool:
    """Tell whether a publication is kept with a proof."""
    asked = "SELECT 1 FROM publication WHERE number = ? AND proof IS NOT NULL"
    return db.execute(asked, (number,)).fetchone() is not None


def proof_of(db: Connection, number: str) -> Any:
    """Return the proof of a publication as data; None where there is none."""
    row = db.execute("SELECT proof FROM publication WHERE number = ?", (number,)).fetchone()
    return json.loads(zlib.decompress(row[0])) if row and row[0] is not None else None


def _publication(row: tuple[str, str, str, str, str, str]) -> Publication:
    number, period, kind, issued_at, issued_by, report = row
    return Publication(
        period,
        number,
        datetime.fromisoformat(issued_at),
        issued_by,
        report,
        PublicationKind(kind),
    )


def published_months(db: Connection) -> frozenset[str]:
    """Return the keys of the calendar months whose records are frozen in a report.

    A quarter or a year freezes its months too, and so does a single number told of them: what it
    was made of cannot grow any more.
    """
    found = db.execute("SELECT DISTINCT period FROM publication")
    return frozenset(month.key for (period,) in found for month in Period.parse(period).months)


def month_for(day: date, published: frozenset[str]) -> str:
    """Return the first month from a record's own onwards that is still unpublished."""
    year, month = day.year, day.month
    while (key := f"{year}-{month:02d}") in published:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return key
