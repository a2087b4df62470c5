"""Months that were published, as they were counted then (docs/decisions/0026).

What is kept says nobody's name, id, date or place: a woman is a number made of her file's id and a
key that both stand in this vault only, so when a file is erased nothing leads back to her, and no
quarter or year breaks. A child is a number made of a code drawn by chance in place of the file's id
(docs/decisions/0035): there are so few first names that what is made of one is found by trying.
"""

import json
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from nacl.utils import random
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
#: What shall stand in place of what stands for a child; None where that stays.
Renaming = Callable[[str], str | None]


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

    def child(self, client_id: str, code: str) -> str:
        """Return what stands for a child of hers, by its code (``store.child_codes``)."""
        return str(self._number(client_id, code))

    def _number(self, *of: str) -> int:
        return _number_of(keys.mac(self._key, json.dumps([self._year, *of]).encode()))


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


def exchange(db: Connection, client_id: str, codes: Mapping[str, str]) -> None:
    """Let other codes stand for the children of a file in every frozen month.

    Args:
        db: The open vault, in a transaction.
        client_id: Whose file.
        codes: The new codes by the old ones.
    """

    def traces(pseudonyms: Pseudonyms) -> dict[str, str]:
        return {
            pseudonyms.child(client_id, old): pseudonyms.child(client_id, new)
            for old, new in codes.items()
        }

    rewrite(db, lambda pseudonyms: traces(pseudonyms).get)


def rewrite(db: Connection, renaming: Callable[[Pseudonyms], Renaming]) -> int:
    """Write anew what stands for children in frozen months; all else in them stays.

    Args:
        db: The open vault, in a transaction.
        renaming: Given what stands for whom in a calendar year, says what shall stand in place of
            what stands for a child: None where that stays.

    Returns:
        How many months were changed.
    """
    found = db.execute("SELECT month, facts FROM frozen_month ORDER BY month").fetchall()
    by_year: dict[int, Renaming] = {}
    changed = 0
    for month, content in found:
        year = int(month[:4])
        if year not in by_year:
            by_year[year] = renaming(Pseudonyms(db, year))
        facts = _unpacked(content)
        visits = [
            fact._replace(child=by_year[year](fact.child) or fact.child) for fact in facts.visits
        ]
        if tuple(visits) != facts.visits:
            # Their order goes by what stands for whom, and would tell what stood there before.
            whole = replace(facts, visits=tuple(sorted(visits, key=repr)))
            db.execute("UPDATE frozen_month SET facts = ? WHERE month = ?", (_packed(whole), month))
            changed += 1
    return changed


def by_chance() -> str:
    """Return what can stand for a child of whom nothing more is known."""
    return str(_number_of(random(_NUMBER_BYTES)))


def forget_before(db: Connection, year: int) -> None:
    """Delete the frozen months of the years before a calendar year."""
    db.execute("DELETE FROM frozen_month WHERE month < ?", (f"{year}-01",))


def _number_of(digest: bytes) -> int:
    return int.from_bytes(digest[:_NUMBER_BYTES]) >> 2 << 1


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
