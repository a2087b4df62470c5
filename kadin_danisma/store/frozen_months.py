"""Months that were published, as they were counted then (docs/decisions/0026).

What is kept says nobody's name, id, date or place: a woman is a number made of her file's id and a
key that both stand in this vault only, so when a file is erased nothing leads back to her, and no
quarter or year breaks.
"""

import json
import zlib
from collections.abc import Mapping
from datetime import datetime

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.facts import (
    ApplicationFact,
    ClientFact,
    Facts,
    ReferralFact,
    SessionFact,
    VisitFact,
)
from kadin_danisma.store import keys, meta

_NUMBER_BYTES = 8


class Pseudonyms:
    """Numbers that stand for women and children in the months of one calendar year.

    They are the same in every month of the year, whenever it is read, and others in the next.

    Args:
        db: The open vault.
        year: The calendar year.
    """

    def __init__(self, db: Connection, year: int) -> None:
        self._key = bytes.fromhex(meta.read(db, meta.REPORT_KEY))
        self._year = str(year)

    def woman(self, client_id: str) -> int:
        """Return the number of a woman, which is even."""
        return self._number(client_id)

    def child(self, client_id: str, folded: str) -> str:
        """Return what stands for a child of hers, by its folded name."""
        return str(self._number(client_id, folded))

    def _number(self, *of: str) -> int:
        digest = keys.mac(self._key, json.dumps([self._year, *of]).encode())
        return int.from_bytes(digest[:_NUMBER_BYTES]) >> 2 << 1


def freeze(db: Connection, months: Mapping[str, Facts], at: datetime) -> None:
    """Keep months as they are counted now; one that is frozen stays as it is.

    Args:
        db: The open vault, in the transaction of their publication.
        months: By their keys, coarse (``domain.coarsening``).
        at: When.
    """
    db.executemany(
        "INSERT OR IGNORE INTO frozen_month (month, frozen_at, facts) VALUES (?, ?, ?)",
        [
            (month, at.isoformat(timespec="seconds"), _packed(facts))
            for month, facts in months.items()
        ],
    )


def read(db: Connection, year: int) -> dict[str, Facts]:
    """Return the frozen months of a calendar year."""
    found = db.execute(
        "SELECT month, facts FROM frozen_month WHERE month BETWEEN ? AND ?",
        (f"{year}-01", f"{year}-12"),
    )
    return {month: _unpacked(facts) for month, facts in found}


def forget_before(db: Connection, year: int) -> None:
    """Delete the frozen months of the years before a calendar year."""
    db.execute("DELETE FROM frozen_month WHERE month < ?", (f"{year}-01",))


def _packed(facts: Facts) -> bytes:
    said = {
        "year": facts.year,
        "clients": facts.clients,
        "applications": facts.applications,
        "sessions": facts.sessions,
        "referrals": facts.referrals,
        "visits": facts.visits,
        "trainings": [facts.trainings, facts.training_participants],
    }
    return zlib.compress(json.dumps(said, separators=(",", ":")).encode())


def _unpacked(content: bytes) -> Facts:
    said = json.loads(zlib.decompress(content))
    return Facts(
        said["year"],
        tuple(ClientFact(*row) for row in said["clients"]),
        tuple(_application(*row) for row in said["applications"]),
        tuple(SessionFact(*row) for row in said["sessions"]),
        tuple(ReferralFact(*row) for row in said["referrals"]),
        tuple(VisitFact(*row) for row in said["visits"]),
        *said["trainings"],
    )


def _application(client: int, channel: str, role: str, *several: list[str]) -> ApplicationFact:
    return ApplicationFact(client, channel, role, *map(tuple, several))
