"""Reading what is counted: the facts of a period as bare tuples, without anything personal.

Two ways of dating (contract.md sections 3 and 4): ``counts`` goes by the dates of the records; a
report by the month to which each record belongs, so that late records find their place, and by what
a month was when it was published.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import groupby

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.coarsening import beside, coarse
from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.facts import (
    NOBODY,
    ApplicationFact,
    ClientFact,
    Facts,
    ReferralFact,
    SessionFact,
    VisitFact,
)
from kadin_danisma.domain.text import fold
from kadin_danisma.store import child_codes, circles, frozen_months
from kadin_danisma.store.failures import BrokenVaultError
from kadin_danisma.store.frozen_months import Pseudonyms

_BY_DATE, _BY_REPORT_MONTH = "date", "report_month"
#: What is counted, each a table or a part of one.
_COUNTED = (
    "standing_application",
    "(SELECT * FROM standing_session WHERE outcome = 'completed')",
    "standing_playroom_visit",
    "standing_referral",
    "standing_training",
)


@dataclass(frozen=True, slots=True)
class _Span:
    """By which column a record falls between which values, both included."""

    column: str
    first: str
    last: str

    @property
    def within(self) -> str:
        """Return the condition."""
        return f"{self.column} BETWEEN :first AND :last"

    @property
    def values(self) -> dict[str, str]:
        """Return what the condition speaks of."""
        return {"first": self.first, "last": self.last}


@dataclass(slots=True)
class _Names:
    """Gives every client of one reading a number: a pseudonym, or one small and meant for it only.

    Attributes:
        pseudonyms: Where the numbers have to mean the same in another reading.
        codes: What stands for the children of ordinary files there (``store.child_codes``).
        restricted: The restricted files, whose visits have a code in place of a name.
        given: The numbers by the ids of clients.
    """

    pseudonyms: Pseudonyms | None = None
    codes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    restricted: AbstractSet[str] = frozenset()
    given: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, client_id: str | None) -> int:
        if client_id is None:
            return NOBODY
        if client_id not in self.given:
            of_all = self.pseudonyms
            self.given[client_id] = of_all.woman(client_id) if of_all else len(self.given)
        return self.given[client_id]

    def child(self, client_id: str, name: str) -> str:
        """Return what stands for a child."""
        if self.pseudonyms is None:
            return fold(name)
        known = client_id in self.restricted
        code = name if known else self.codes.get((client_id, fold(name)))
        if code is None:
            # A name must never come into a frozen month in place of its code.
            raise BrokenVaultError
        return self.pseudonyms.child(client_id, code)


def read(db: Connection, period: Period) -> Facts:
    """Return the facts of a period by the dates of its records, as ``counts`` shows them."""
    span = _Span(_BY_DATE, period.first.isoformat(), period.last.isoformat())
    return _read(db, span, period.last.year, _Names())


def read_months(db: Connection, months: Iterable[Period]) -> dict[str, Facts]:
    """Return calendar months as reports count them: as they were published, or as they are now.

    A woman has the same number in all of them, and is first in one of them at the most.

    Args:
        db: The open vault.
        months: Months of one calendar year.

    Returns:
        The coarse facts of each month, by its key.
    """
    wanted = sorted(months)
    if not wanted:
        return {}
    year = wanted[0].first.year
    codes, restricted = child_codes.in_the_open(db), circles.publics(db).keys()
    names = _Names(Pseudonyms(db, year), codes, restricted)
    frozen = frozen_months.read(db, year)
    found = {}
    for month in wanted:
        if month.key in frozen:
            found[month.key] = frozen[month.key]
        else:
            live = _read(db, _Span(_BY_REPORT_MONTH, month.key, month.key), year, names)
            found[month.key] = coarse(beside(live, month.key, frozen))
    return found


def count_late(db: Connection, period: Period) -> int:
    """Return how many records dated before a period belong to it in reports."""
    span = _Span(_BY_REPORT_MONTH, period.months[0].key, period.months[-1].key)
    values = span.values | {"day": period.first.isoformat()}
    return sum(
        db.execute(
            f"SELECT count(*) FROM {table} WHERE {span.within} AND date < :day", values
        ).fetchone()[0]
        for table in _COUNTED
    )


def _read(db: Connection, span: _Span, year: int, names: _Names) -> Facts:
    applications = tuple(_applications(db, span, names))
    sessions = tuple(
        SessionFact(names[row[0]], *row[1:])
        for row in db.execute(
            "SELECT client_id, service, channel, count(*) FROM standing_session"
            f" WHERE {span.within} AND outcome = 'completed' GROUP BY client_id, service, channel",
            span.values,
        )
    )
    present = {fact.client for fact in applications} | {fact.client for fact in sessions}
    referrals = tuple(
        ReferralFact(names[row[0]], *row[1:])
        for row in db.execute(
            "SELECT client_id, institution, outcome, count(*) FROM standing_referral"
            f" WHERE {span.within} GROUP BY client_id, institution, outcome",
            span.values,
        )
    )
    visits = tuple(
        VisitFact(names[row[0]], names.child(row[0], row[1]), row[2], _minutes(row[3], row[4]))
        for row in db.execute(
            "SELECT client_id, child, birth_year, time_in, time_out FROM standing_playroom_visit"
            f" WHERE {span.within}",
            span.values,
        )
    )
    trainings, participants = db.execute(
        "SELECT count(*), coalesce(sum(participants), 0) FROM standing_training"
        f" WHERE {span.within}",
        span.values,
    ).fetchone()
    clients = tuple(_clients(db, span, names, present))
    return Facts(year, clients, applications, sessions, referrals, visits, trainings, participants)


def _applications(db: Connection, span: _Span, names: _Names) -> Iterable[ApplicationFact]:
    codes = {
        application_id: {
            name: tuple(row[2] for row in of_list)
            for name, of_list in groupby(of_one, key=lambda row: row[1])
        }
        for application_id, of_one in groupby(
            db.execute(
                "SELECT code.application_id, code.list, code.code"
                " FROM standing_application AS application"
                " JOIN application_code AS code ON code.application_id = application.id"
                f" WHERE application.{span.within}"
                " ORDER BY code.application_id, code.list, code.place",
                span.values,
            ),
            key=lambda row: row[0],
        )
    }
    found = db.execute(
        "SELECT id, client_id, channel, applicant_role FROM standing_application"
        f" WHERE {span.within}",
        span.values,
    )
    for application_id, client_id, channel, role in found:
        of_one = codes.get(application_id, {})
        yield ApplicationFact(
            names[client_id],
            channel,
            role,
            of_one.get("reasons", ()),
            of_one.get("violence_types", ()),
            of_one.get("perpetrators", ()),
        )


def _clients(
    db: Connection, span: _Span, names: _Names, present: AbstractSet[int]
) -> Iterable[ClientFact]:
    """Return those with an application or a completed session, who are the clients of a period.

    They are read from the table itself: nothing stands in a file that was withdrawn, but for what
    somebody let stand with SQL, and that counts.
    """
    for client_id, number in names.given.items():
        if number not in present:
            continue
        *labels, earliest = db.execute(
            "SELECT birth_year, marital, education, employment, heard_from, district,"
            f" (SELECT min({span.column}) FROM standing_application WHERE client_id = client.id)"
            " FROM client WHERE id = ?",
            (client_id,),
        ).fetchone()
        first = earliest is not None and span.first <= earliest <= span.last
        yield ClientFact._make((number, *labels, first))


def _minutes(start: str, end: str | None) -> int:
    """Return the minutes between two stored times; no exit time adds none."""
    if end is None:
        return 0
    return (int(end[:2]) - int(start[:2])) * 60 + int(end[3:]) - int(start[3:])
