"""Reading what is counted: the facts of one period as bare tuples, without anything personal.

Two ways of dating (contract.md sections 3 and 4): ``counts`` goes by the dates of the records,
a report by the month to which each record belongs, so that late records find their place.
"""

from collections.abc import Iterable
from enum import StrEnum
from itertools import groupby

from sqlcipher3.dbapi2 import Connection

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


class Dating(StrEnum):
    """By which column a record falls into a period."""

    BY_DATE = "date"
    BY_REPORT_MONTH = "report_month"


class _Numbers:
    """Gives every client a small whole number that means something only inside one reading."""

    def __init__(self) -> None:
        self._given: dict[str, int] = {}

    def __getitem__(self, client_id: str | None) -> int:
        if client_id is None:
            return NOBODY
        return self._given.setdefault(client_id, len(self._given))

    def items(self) -> Iterable[tuple[str, int]]:
        return self._given.items()


def read(db: Connection, period: Period, dating: Dating = Dating.BY_DATE) -> Facts:
    """Return the facts of a period.

    Args:
        db: The open vault.
        period: The period.
        dating: By the records' dates, or by the months to which they belong in reports.
    """
    span = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    if dating is Dating.BY_REPORT_MONTH:
        span = {"first": period.months[0].key, "last": period.months[-1].key}
    within = f"{dating} BETWEEN :first AND :last"
    numbers = _Numbers()
    applications = tuple(_applications(db, within, span, numbers))
    sessions = tuple(
        SessionFact(numbers[row[0]], *row[1:])
        for row in db.execute(
            "SELECT client_id, service, channel, count(*) FROM session"
            f" WHERE {within} AND outcome = 'completed' GROUP BY client_id, service, channel",
            span,
        )
    )
    clients = tuple(_clients(db, dating, span, numbers))
    referrals = tuple(
        ReferralFact(numbers[row[0]], *row[1:])
        for row in db.execute(
            "SELECT client_id, institution, outcome, count(*) FROM referral"
            f" WHERE {within} GROUP BY client_id, institution, outcome",
            span,
        )
    )
    visits = tuple(
        VisitFact(numbers[row[0]], fold(row[1]), row[2], _minutes(row[3], row[4]))
        for row in db.execute(
            "SELECT client_id, child, birth_year, time_in, time_out FROM playroom_visit"
            f" WHERE {within}",
            span,
        )
    )
    trainings, participants = db.execute(
        f"SELECT count(*), coalesce(sum(participants), 0) FROM training WHERE {within}", span
    ).fetchone()
    return Facts(
        period.last.year,
        clients,
        applications,
        sessions,
        referrals,
        visits,
        trainings,
        participants,
    )


def _applications(
    db: Connection, within: str, span: dict[str, str], numbers: _Numbers
) -> Iterable[ApplicationFact]:
    codes = {
        application_id: {
            name: tuple(row[2] for row in of_list)
            for name, of_list in groupby(of_one, key=lambda row: row[1])
        }
        for application_id, of_one in groupby(
            db.execute(
                "SELECT code.application_id, code.list, code.code FROM application"
                " JOIN application_code AS code ON code.application_id = application.id"
                f" WHERE application.{within} ORDER BY code.application_id, code.list, code.place",
                span,
            ),
            key=lambda row: row[0],
        )
    }
    found = db.execute(
        f"SELECT id, client_id, channel, applicant_role FROM application WHERE {within}", span
    )
    for application_id, client_id, channel, role in found:
        of_one = codes.get(application_id, {})
        yield ApplicationFact(
            numbers[client_id],
            channel,
            role,
            of_one.get("reasons", ()),
            of_one.get("violence_types", ()),
            of_one.get("perpetrators", ()),
        )


def _clients(
    db: Connection, dating: Dating, span: dict[str, str], numbers: _Numbers
) -> Iterable[ClientFact]:
    """Return the clients numbered so far: those with an application or a completed session."""
    for client_id, number in tuple(numbers.items()):
        row = db.execute(
            "SELECT birth_year, marital, education, employment, heard_from, district,"
            f" (SELECT min({dating}) FROM application WHERE client_id = client.id)"
            " FROM client WHERE id = ?",
            (client_id,),
        ).fetchone()
        earliest = row[6]
        in_span = earliest is not None and span["first"] <= earliest <= span["last"]
        yield ClientFact(number, row[0], row[1], row[2], row[3], row[4], row[5], in_span)


def _minutes(start: str, end: str | None) -> int:
    """Return the minutes between two stored times; no exit time adds none."""
    if end is None:
        return 0
    return (int(end[:2]) - int(start[:2])) * 60 + int(end[3:]) - int(start[3:])
