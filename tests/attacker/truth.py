"""What is true: the counts of contract.md section 3, from the records themselves.

Written for the attacker alone; it shares nothing with the program's counting but the records.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from kadin_danisma.domain import places
from kadin_danisma.domain.records import (
    Application,
    Client,
    PlayroomVisit,
    Referral,
    Session,
    Training,
)
from kadin_danisma.domain.text import fold
from tests.attacker.attack import Behind
from tests.attacker.calendar import months_of
from tests.attacker.reading import Count, Reading

Dated = Application | Session | Referral | PlayroomVisit | Training
R = TypeVar("R")
_NO_ANSWER = ("unknown", "declined", "not_asked")
_NOT_REAL = {*_NO_ANSWER, "none"}
#: A unit: whose it is, and its codes by dimension.
Unit = tuple[str | None, Mapping[str, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Month:
    """A month as it stood when it was first published: so it stays in every longer period."""

    records: tuple[Dated, ...]
    clients: Mapping[str, Client]
    #: Who came for the first time.
    first: frozenset[str]

    def of(self, kind: type[R]) -> list[R]:
        return [record for record in self.records if isinstance(record, kind)]


@dataclass(slots=True)
class Book:
    """Everything recorded, the month in whose report each record belongs, and frozen months."""

    clients: dict[str, Client] = field(default_factory=dict)
    records: dict[str, Dated] = field(default_factory=dict)
    months: dict[str, str] = field(default_factory=dict)
    frozen: dict[str, Month] = field(default_factory=dict)

    def write_down(self, record: Client | Dated) -> None:
        """Enter a record: a late one belongs to the first month that is not yet published."""
        if isinstance(record, Client):
            self.clients[record.id] = record
            return
        self.records[record.id] = record
        if record.id not in self.months:
            month = f"{record.date.year}-{record.date.month:02d}"
            while month in self.frozen:
                month = _next(month)
            self.months[record.id] = month

    def freeze(self, period: str) -> None:
        """Remember the months of a period as they are now, if they were not published before."""
        for month in months_of(period):
            if month not in self.frozen:
                of_month = [one for key, one in self.records.items() if self.months[key] == month]
                applying = {one.client_id for one in of_month if isinstance(one, Application)}
                first = {who for who in applying if who and self._first_month(who) == month}
                self.frozen[month] = Month(tuple(of_month), dict(self.clients), frozenset(first))

    def _first_month(self, client: str) -> str:
        return min(
            self.months[key]
            for key, record in self.records.items()
            if isinstance(record, Application) and record.client_id == client
        )


def truth_of(book: Book, reading: Reading) -> dict[Count, Behind]:
    """Return the truth of every count printed in a report."""
    months = [book.frozen[month] for month in months_of(reading.period)]
    units, scalars = _units(months, int(reading.period[:4])), _scalars(months)
    found: dict[Count, Behind] = {}
    for count, _ in reading.printed:
        if count.unit in scalars and not count.of:
            found[count] = scalars[count.unit]
        else:
            whose = [who for who, codes in units[count.unit] if _is_asked(codes, count)]
            found[count] = Behind(len(whose), len(set(whose)))
    return found


def _is_asked(codes: Mapping[str, frozenset[str]], count: Count) -> bool:
    return all(codes[dim] & wanted for dim, wanted in count.of)


def _units(months: Sequence[Month], year: int) -> dict[str, list[Unit]]:
    applications = [one for month in months for one in _with_file(month)]
    return {
        "applications": [(one.client_id, _of_application(one)) for one in applications],
        "clients": [(who, _of_client(client, year)) for who, client in _came(months).items()],
        "clients_violence": list(_of_violence(applications)),
        "sessions": [(one.client_id, _one(service=one.service, channel=one.channel))
                     for month in months for one in _held(month)],
        "referrals": [(one.client_id, _one(institution=one.institution, outcome=one.outcome))
                      for month in months for one in month.of(Referral)],
        "playroom_visits": [(one.client_id, _one(age_band=_child_band(one.birth_year, year)))
                            for month in months for one in month.of(PlayroomVisit)],
    }  # fmt: skip


def _scalars(months: Sequence[Month]) -> dict[str, Behind]:
    applications = [one for month in months for one in _with_file(month)]
    sessions = [one for month in months for one in _held(month)]
    referrals = [one for month in months for one in month.of(Referral)]
    visits = [one for month in months for one in month.of(PlayroomVisit)]
    trainings = [one for month in months for one in month.of(Training)]
    contacts = [one for month in months for one in month.of(Application) if not one.client_id]
    applied = {one.client_id for one in applications}
    met: set[str | None] = {one.client_id for one in sessions}
    first: set[str | None] = {who for month in months for who in month.first}
    minutes = sum(_minutes(visit) for visit in visits)
    mothers = len({visit.client_id for visit in visits})
    children = {(visit.client_id, fold(visit.child)) for visit in visits}
    people: dict[str, set[str | None]] = {
        "clients": applied | met,
        "clients_first": first,
        "clients_returning": applied - first,
        "clients_continuing": met - applied,
    }
    return {name: Behind(len(who), len(who)) for name, who in people.items()} | {
        "applications": Behind(len(applications), len(applied)),
        "contacts": Behind(len(contacts), len(contacts)),
        "sessions": Behind(len(sessions), len(met)),
        "referrals": Behind(len(referrals), len({one.client_id for one in referrals})),
        "playroom_visits": Behind(len(visits), mothers),
        "playroom_children": Behind(len(children), mothers),
        "playroom_hours": Behind((minutes + 30) // 60, mothers),
        "trainings": Behind(len(trainings), None),
        "training_participants": Behind(sum(one.participants for one in trainings), None),
    }


def _came(months: Sequence[Month]) -> dict[str, Client]:
    """Return the women of a period as they were known in the last month in which they came."""
    came: dict[str, Client] = {}
    for month in months:
        who = {one.client_id for one in _with_file(month)} | {one.client_id for one in _held(month)}
        came |= {client: month.clients[client] for client in who if client}
    return came


def _with_file(month: Month) -> list[Application]:
    return [one for one in month.of(Application) if one.client_id is not None]


def _held(month: Month) -> list[Session]:
    return [one for one in month.of(Session) if one.outcome == "completed"]


def _next(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year + number // 12}-{number % 12 + 1:02d}"


def _one(**codes: str) -> dict[str, frozenset[str]]:
    return {dim: frozenset({code}) for dim, code in codes.items()}


def _of_application(one: Application) -> dict[str, frozenset[str]]:
    reasons = frozenset(one.reasons or ("not_asked",))
    return _one(channel=one.channel, applicant_role=one.applicant_role) | {"reason": reasons}


def _of_client(client: Client, year: int) -> dict[str, frozenset[str]]:
    return _one(
        age_band=_band(client.birth_year, year),
        marital=client.marital,
        education=client.education,
        employment=client.employment,
        heard_from=client.heard_from,
        residence=places.residence_of(client.district),
    )


def _of_violence(applications: Sequence[Application]) -> Iterator[Unit]:
    of_woman: dict[str, list[Application]] = {}
    for one in applications:
        of_woman.setdefault(str(one.client_id), []).append(one)
    for who, hers in of_woman.items():
        types = {code for one in hers for code in one.violence_types} - _NOT_REAL
        named = {code for one in hers for code in one.perpetrators}
        silent = next((code for code in _NO_ANSWER[:2] if code in named), "not_asked")
        if types:
            yield (
                who,
                {
                    "violence_type": frozenset(types),
                    "perpetrator_relation": frozenset(named - set(_NO_ANSWER))
                    or frozenset({silent}),
                },
            )


def _band(birth_year: int | None, year: int) -> str:
    if birth_year is None:
        return "unknown"
    age = year - birth_year
    names = ("u18", "18_29", "30_39", "40_49", "50_59", "60p")
    return names[sum(age >= limit for limit in (18, 30, 40, 50, 60))]


def _child_band(birth_year: int | None, year: int) -> str:
    if birth_year is None:
        return "unknown"
    return ("0_2", "3_5", "6_11", "12_17")[sum(year - birth_year >= limit for limit in (3, 6, 12))]


def _minutes(visit: PlayroomVisit) -> int:
    if visit.time_out is None:
        return 0
    start, end = visit.time_in, visit.time_out
    return (end.hour - start.hour) * 60 + end.minute - start.minute
