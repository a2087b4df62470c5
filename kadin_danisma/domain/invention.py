"""Invented centres: day by day, women who do not exist come, talk, are referred, come again.

For demonstrations, benchmarks and tests. Nothing is kept but the women who may still come, so that
a centre of any size can be invented in little memory; the same seed invents the same centre.
"""

import datetime as dt
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from kadin_danisma.domain import invented_words as words
from kadin_danisma.domain.invented_people import (
    Child,
    Dice,
    invent_children,
    invent_client,
)
from kadin_danisma.domain.records import (
    Application,
    Client,
    PlayroomVisit,
    Record,
    Referral,
    Session,
    Training,
)

WOMEN_A_MONTH = 15
SESSIONS_A_WOMAN = 2.0
CONTACTS_A_WOMAN = 0.45
TRAININGS_A_MONTH = 1.5
#: Most women who are remembered as possibly coming again.
_MOST_OPEN = 20_000
_FEWEST_OPEN = 5
_CHILDREN_IN_NOW = 3
_IN_PERSON = frozenset({"appointment", "walk_in"})


@dataclass(frozen=True, slots=True)
class Size:
    """How large an invented centre is; what is None follows from the months."""

    months: int = 24
    clients: int | None = None
    sessions: int | None = None


@dataclass(slots=True)
class Day:
    """Everything that happened on one day, in the order in which it may be stored."""

    date: dt.date
    clients: list[Client] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    visits: list[PlayroomVisit] = field(default_factory=list)
    referrals: list[Referral] = field(default_factory=list)
    trainings: list[Training] = field(default_factory=list)

    def records(self) -> tuple[Sequence[Record], ...]:
        """Return the day's records kind by kind, each after what it refers to."""
        return (
            self.clients,
            self.applications,
            self.sessions,
            self.visits,
            self.referrals,
            self.trainings,
        )


@dataclass(slots=True)
class _Case:
    """A woman who may come again."""

    client_id: str
    application_id: str
    children: list[Child]
    may_collect: str
    sessions: int = 0


class Centre:
    """An invented centre, told day by day.

    Args:
        size: How large it is.
        now: The moment at which the story ends; children are in the playroom then.
        seed: Another number, another centre.
    """

    def __init__(self, size: Size, now: dt.datetime, seed: int = 1) -> None:
        self._now = now
        self._today = now.date()
        self._dice = Dice(seed)
        self._first = _months_before(self._today, size.months)
        self.days = (self._today - self._first).days + 1
        span = self.days / 30.4
        women = size.clients if size.clients is not None else round(WOMEN_A_MONTH * span)
        sessions = size.sessions if size.sessions is not None else round(SESSIONS_A_WOMAN * women)
        self._women = _Quota(women)
        self._sessions = _Quota(sessions)
        self._contacts = _Quota(round(CONTACTS_A_WOMAN * women))
        self._trainings = _Quota(round(TRAININGS_A_MONTH * span))
        self._newcomers: deque[_Case] = deque(maxlen=_MOST_OPEN)
        self._open: list[_Case] = []
        self._debt = 0
        self._came = 0
        self._numbers: dict[str, int] = {}

    def tell(self) -> Iterator[Day]:
        """Yield every day on which something happened, the earliest first."""
        weights = [self._weight(self._day(index)) for index in range(self.days)]
        whole = sum(weights)
        for index, so_far in enumerate(accumulate(weights)):
            share = 1.0 if index == self.days - 1 else so_far / whole
            day = Day(self._day(index))
            for _ in range(self._women.due(share)):
                self._newcomers.append(self._arrive(day))
            for _ in range(self._contacts.due(share)):
                day.applications.append(self._contact(day.date))
            self._debt += self._sessions.due(share)
            while self._debt and (case := self._next_case()):
                self._debt -= 1
                self._meet(case, day)
            for _ in range(self._trainings.due(share)):
                day.trainings.append(self._training(day.date))
            yield day

    def _day(self, index: int) -> dt.date:
        return self._first + dt.timedelta(days=index)

    def _weight(self, day: dt.date) -> float:
        """Weekends are quiet, August too; today is a busy day, so that there is a lot to see."""
        if day == self._today:
            return 4.0
        weekday = (1.15, 1.1, 1.0, 1.0, 0.85, 0.05, 0.0)[day.weekday()]
        return weekday * (0.7 if day.month == 8 else 1.0)

    def _number(self, series: str, year: int, width: int) -> str:
        prefix = f"{series}{year}" + ("-" if series else "/")
        self._numbers[prefix] = self._numbers.get(prefix, 0) + 1
        return f"{prefix}{self._numbers[prefix]:0{width}d}"

    def _latest_minute(self, day: dt.date) -> int:
        """Return the last minute of a day at which something can have begun."""
        return 17 * 60 if day != self._today else max(5, self._now.hour * 60 + self._now.minute - 5)

    def _time(self, day: dt.date) -> dt.time:
        last = min(17 * 60, self._latest_minute(day))
        return self._dice.time(min(9 * 60, max(0, last - 180)), last)

    def _arrive(self, day: Day) -> _Case:
        """Let a woman come for the first time: a file, and mostly an application."""
        self._came += 1
        file_no = self._number("", day.date.year, 4)
        client = invent_client(self._dice, day.date, file_no, self._came)
        day.clients.append(client)
        application = self._application(client.id, day.date, self._dice.pick(words.APPLICANT))
        day.applications.append(application)
        return _Case(
            client.id, application.id, invent_children(self._dice, day.date), client.may_collect
        )

    def _application(self, client_id: str | None, day: dt.date, applicant: str) -> Application:
        dice = self._dice
        told = client_id is not None and dice.happens(0.75)
        return Application(
            id=dice.new_id(),
            number=self._number("B-", day.year, 5),
            client_id=client_id,
            date=day,
            time=self._time(day) if dice.happens(0.85) else None,
            channel=dice.pick(words.CHANNEL),
            applicant_role=applicant,
            reasons=dice.several(words.REASON, 3) if client_id else ("information",),
            violence_types=dice.several(words.VIOLENCE, 4) if told else (),
            perpetrators=dice.several(words.PERPETRATOR, 2) if told and dice.happens(0.9) else (),
        )

    def _contact(self, day: dt.date) -> Application:
        contact = self._application(None, day, self._dice.pick(words.CONTACT_APPLICANT))
        # By its number: a throw more would make other people of all that follow.
        said = words.CALLS[int(contact.number[-2:]) % len(words.CALLS)]
        return replace(contact, note=said)

    def _next_case(self) -> _Case | None:
        """Return who comes next: somebody new, or a woman who has been here."""
        dice = self._dice
        if self._newcomers and (not self._open or dice.happens(0.75)):
            case = self._newcomers.popleft()
            if (dice.happens(0.7) or len(self._open) < _FEWEST_OPEN) and (
                len(self._open) < _MOST_OPEN
            ):
                self._open.append(case)
            return case
        if not self._open:
            return None
        place = dice.chance.randrange(len(self._open))
        case = self._open[place]
        if len(self._open) > _FEWEST_OPEN and dice.happens(0.3):
            self._open[place] = self._open[-1]
            self._open.pop()
        return case

    def _meet(self, case: _Case, day: Day) -> None:
        """Hold a session, and let follow what follows from it."""
        dice = self._dice
        if case.sessions and dice.happens(0.05):
            day.applications.append(self._application(case.client_id, day.date, "self"))
            case.application_id = day.applications[-1].id
        session = self._session(case, day.date)
        day.sessions.append(session)
        if session.outcome == "completed":
            self._play(case, session, day)
            if dice.happens(0.3):
                day.referrals.append(self._referral(case.client_id, day.date))
        case.sessions += 1

    def _session(self, case: _Case, day: dt.date) -> Session:
        dice = self._dice
        first = case.sessions == 0 and dice.happens(0.9)
        service = "first_interview" if first else dice.pick(words.SERVICE)
        outcome = dice.pick(words.OUTCOME)
        held = outcome == "completed"
        return Session(
            id=dice.new_id(),
            number=self._number("G-", day.year, 5),
            client_id=case.client_id,
            application_id=case.application_id if dice.happens(0.75) else None,
            date=day,
            time=self._time(day),
            minutes=dice.chance.randrange(20, 95, 5) if held and dice.happens(0.85) else None,
            service=service,
            channel=dice.pick(words.SESSION_CHANNEL),
            counsellor=words.COUNSELLORS.get(service, words.COUNSELLORS[""]),
            outcome=outcome,
            note=dice.one_of(words.NOTES) if held and dice.happens(0.35) else "",
        )

    def _play(self, case: _Case, session: Session, day: Day) -> None:
        """Bring the children to the playroom, and on the last day leave some in it."""
        dice = self._dice
        now = day.date == self._today and len(day.visits) < _CHILDREN_IN_NOW
        if session.channel not in _IN_PERSON or not (now or dice.happens(0.3)):
            return
        if now and not case.children:
            case.children = [(dice.one_of(words.CHILDREN), day.date.year - 6, "girl")]
        time_in = self._just_now() if now else session.time or self._time(day.date)
        for name, birth_year, sex in case.children[:2]:
            end = time_in.hour * 60 + time_in.minute + dice.chance.randint(25, 90)
            stays = now or end > self._latest_minute(day.date) + 90 or dice.happens(0.1)
            collector = case.may_collect or "annesi"
            day.visits.append(
                PlayroomVisit(
                    id=dice.new_id(),
                    client_id=case.client_id,
                    child=name,
                    birth_year=birth_year,
                    sex=sex,
                    date=day.date,
                    time_in=time_in,
                    time_out=None if stays or end >= 24 * 60 else dt.time(end // 60, end % 60),
                    may_collect=collector,
                    collected_by="" if stays else "annesi",
                )
            )

    def _just_now(self) -> dt.time:
        """Return when a child came who is still in."""
        minute = self._now.hour * 60 + self._now.minute
        return self._dice.time(max(0, minute - 95), max(0, minute - 10))

    def _referral(self, client_id: str, day: dt.date) -> Referral:
        """Send somewhere; the older a referral, the likelier it has been answered."""
        dice = self._dice
        age = (self._today - day).days
        open_share = 0.9 if age < 10 else 0.6 if age < 30 else 0.3 if age < 90 else 0.01
        waits = dice.happens(open_share)
        answered = day + dt.timedelta(days=dice.chance.randint(1, 40))
        return Referral(
            id=dice.new_id(),
            client_id=client_id,
            date=day,
            institution=dice.pick(words.INSTITUTION),
            method=dice.pick(words.METHOD),
            consent="yes" if dice.happens(0.92) else "no",
            outcome="waiting" if waits else dice.pick(words.ANSWER),
            outcome_date=None if waits else min(answered, self._today),
        )

    def _training(self, day: dt.date) -> Training:
        dice = self._dice
        return Training(
            id=dice.new_id(),
            date=day,
            topic=dice.one_of(words.TOPICS),
            audience=dice.one_of(words.AUDIENCES),
            participants=dice.chance.randint(12, 70),
        )


class _Quota:
    """A number spread over the days, exact at the end."""

    def __init__(self, whole: int) -> None:
        self._whole = whole
        self._given = 0

    def due(self, share: float) -> int:
        """Return how many are due once this share of the story has been told."""
        due = int(self._whole * share + 1e-9) - self._given
        self._given += due
        return due


def _months_before(day: dt.date, months: int) -> dt.date:
    """Return the first day of the month that lies so many months before."""
    count = max(1990 * 12, day.year * 12 + day.month - 1 - months)
    return dt.date(count // 12, count % 12 + 1, 1)
