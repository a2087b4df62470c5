"""What happens at an invented centre, by a plan, before anybody writes it down."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from kadin_danisma.domain import lists
from kadin_danisma.domain.dates import ISTANBUL
from kadin_danisma.domain.invention import Centre, Size
from kadin_danisma.domain.records import Application, Client, Record, Referral, Session
from tests.attacker.calendar import months_of
from tests.builders import a_session, a_visit

YEAR = 2025
_HER_DAY = 1
ORDERS = ("as it comes", "quarter first", "year first", "shuffled", "with gaps")


@dataclass(frozen=True, slots=True)
class Plan:
    """What kind of history: the same plan tells the same story."""

    seed: int
    women: int = 20
    #: 3 for a quarter, 12 for a year.
    months: int = 3
    order: str = "as it comes"
    #: The share of records that are written down a month late or more.
    late: float = 0.0
    #: How many records are corrected after each publication.
    corrections: int = 0
    #: From which month on new categories are used; 13 for never.
    new_categories_from: int = 13
    #: How often a table on request leaves, and a number is told by hand, after a publication.
    beside: float = 0.0
    #: Whether one woman comes every week, with her child.
    regular: bool = False
    #: Whether a file is sealed to a circle after each publication.
    sealed: bool = False
    #: In which month the smallest number shown is raised; 13 for never.
    raised_in: int = 13
    #: Whether the year is told in coarser groups.
    coarse: bool = False

    def periods(self) -> list[str]:
        """Return what is published, in the order in which it happens."""
        dice = random.Random(self.seed)
        quarters = [f"{YEAR}-Q{quarter}" for quarter in range(1, self.months // 3 + 1)]
        ends = [str(YEAR)] if self.months == 12 else []
        if self.order == "year first":
            return [*ends, *quarters, *(month for one in quarters for month in months_of(one))]
        by_quarter = [
            [one, *months_of(one)] if self.order == "quarter first" else [*months_of(one), one]
            for one in quarters
        ]
        told = [period for some in by_quarter for period in some] + ends
        if self.order == "shuffled":
            dice.shuffle(told)
        if self.order == "with gaps":
            told = [period for period in told if dice.random() < 0.7]
        return told


def invented(plan: Plan, dice: random.Random) -> Iterator[tuple[date, Record]]:
    """Yield every record of the months and the day on which it happened, the earliest first."""
    end = datetime(YEAR + plan.months // 12, plan.months % 12 + 1, 1, 12, 0, tzinfo=ISTANBUL)
    centre = Centre(Size(plan.months, plan.women * plan.months), end, plan.seed)
    regular: Client | None = None
    for day in centre.tell():
        if day.date >= end.date():
            return
        for some in day.records():
            for record in some:
                yield day.date, _renewed(record, day.date, plan, dice)
        if plan.regular and day.date.weekday() == _HER_DAY and (regular or day.clients):
            regular = regular or day.clients[0]
            for record in _weekly(regular, day.date):
                yield day.date, record


def _weekly(client: Client, day: date) -> Iterator[Record]:
    """Yield what happens when the woman comes who comes every week."""
    yield a_session(client, date=day, service="psych", channel="appointment")
    yield a_visit(client, child="Efe", date=day, time_in=time(10), time_out=time(11, 30))


def _renewed(record: Record, day: date, plan: Plan, dice: random.Random) -> Record:
    """Let new ways of coming and new services appear in the course of the year."""
    if day.month < plan.new_categories_from or dice.random() > 0.25:
        return record
    if isinstance(record, Application):
        return replace(record, channel="outreach")
    if isinstance(record, Session):
        return replace(record, service=dice.choice(["interpreting", "playroom"]))
    return record


def corrected(record: Record, dice: random.Random) -> Record | None:
    """Return a record as somebody might correct it later."""
    if isinstance(record, Client):
        return replace(record, marital=dice.choice(lists.MARITAL.keys))
    if isinstance(record, Session):
        return replace(record, service=dice.choice(lists.SERVICE.keys[:4]))
    if isinstance(record, Referral):
        return replace(record, outcome="accepted", outcome_date=record.date)
    if isinstance(record, Application) and record.client_id:
        return replace(record, channel=dice.choice(lists.CHANNEL.keys[:4]))
    return None


def file_of(record: Record) -> str:
    return record.id if isinstance(record, Client) else getattr(record, "client_id", None) or ""


def by_kind(some: list[Record]) -> Iterator[tuple[type, list[Record]]]:
    kinds = dict.fromkeys(type(record) for record in some)
    for kind in sorted(kinds, key=lambda one: (one is not Client, one is not Application)):
        yield kind, [record for record in some if type(record) is kind]
