"""Invented histories of a centre: what was recorded when, and what was published of it when.

Everything is published by the program itself; the book beside it remembers the truth.
"""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from kadin_danisma.domain import lists
from kadin_danisma.domain.dates import ISTANBUL, FixedClock, Period
from kadin_danisma.domain.invention import Centre, Size
from kadin_danisma.domain.records import Application, Client, Record, Referral, Session
from kadin_danisma.services import reporting
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import records
from kadin_danisma.store.vault import Vault
from tests.attacker.attack import Behind
from tests.attacker.calendar import months_of
from tests.attacker.reading import Count, read
from tests.attacker.truth import Book, truth_of
from tests.builders import PASSPHRASE, a_user

YEAR = 2025
_RAISED = 7
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
    #: In which month the smallest number shown is raised; 13 for never.
    raised_in: int = 13

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


@dataclass(slots=True)
class History:
    """Everything that left the centre, and the truth behind it."""

    plan: Plan
    documents: list[dict[str, Any]] = field(default_factory=list)
    truth: dict[Count, Behind] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    #: Numbers of reports that came out otherwise when they were published again.
    changed: list[str] = field(default_factory=list)
    book: Book = field(default_factory=Book)
    published: list[str] = field(default_factory=list)


def live(
    plan: Plan, folder: Path, before_again: Callable[[Vault], None] = lambda _vault: None
) -> History:
    """Let a history happen in a vault of its own.

    Args:
        plan: What kind of history.
        folder: Where the vault and the files lie.
        before_again: Done before a period is published once more; for negative controls.
    """
    clock = FixedClock(datetime(YEAR, 1, 1, 9, 0, tzinfo=ISTANBUL))
    vault, _code = Vault.create(folder / "a.vault", "Örnek Merkez", a_user(), PASSPHRASE, clock)
    with vault:
        return _Life(plan, Desk(vault, clock), clock, folder, before_again).live()


class _Life:
    def __init__(
        self,
        plan: Plan,
        desk: Desk,
        clock: FixedClock,
        folder: Path,
        before_again: Callable[[Vault], None],
    ) -> None:
        self._plan = plan
        self._desk = desk
        self._clock = clock
        self._folder = folder
        self._before_again = before_again
        self._dice = random.Random(plan.seed)
        self._history = History(plan)
        self._waiting = list(_invented(plan, self._dice))

    def live(self) -> History:
        for period in self._plan.periods():
            self._wait_for_the_end_of(period)
            self._write_down()
            self._publish(period)
            self._correct_something()
            self._publish_again()
        return self._history

    def _wait_for_the_end_of(self, period: str) -> None:
        day = Period.parse(period).last + timedelta(days=3)
        self._clock.moment = max(
            self._clock.moment, datetime(day.year, day.month, day.day, 9, 0, tzinfo=ISTANBUL)
        )
        raised = self._plan.raised_in <= 12 and day > date(YEAR, self._plan.raised_in, 28)
        if raised and reporting.minimum(self._desk) < _RAISED:
            reporting.raise_minimum(self._desk, _RAISED)

    def _write_down(self) -> None:
        """Write down what happened so far, but for what is forgotten until the next time."""
        today = self._clock.today()
        now, later = [], []
        forgotten: set[str] = set()
        for day, record in self._waiting:
            late = self._dice.random() < self._plan.late and day > today - timedelta(days=40)
            file = _file_of(record)
            if day >= today or late or file in forgotten:
                later.append((day, record))
                forgotten.add(file)
            else:
                now.append(record)
        self._waiting = later
        for _kind, some in _by_kind(now):
            with self._desk.vault.write() as db:
                records.add_many(db, some, self._stamp())
        for record in now:
            self._history.book.write_down(record)

    def _publish(self, period: str) -> None:
        document, content = self._files_of(period)
        history = self._history
        history.documents.append(document)
        history.files[period] = content
        history.published.append(period)
        history.book.freeze(period)
        history.truth |= truth_of(history.book, read(document))

    def _publish_again(self) -> None:
        self._before_again(self._desk.vault)
        period = self._dice.choice(self._history.published)
        document, content = self._files_of(period)
        if content != self._history.files[period]:
            self._history.changed.append(str(document["number"]))
            self._history.documents.append(document)

    def _files_of(self, period: str) -> tuple[dict[str, Any], bytes]:
        (path,) = reporting.publish(self._desk, Period.parse(period), self._folder, ["json"])
        content = path.read_bytes()
        return json.loads(content), content

    def _correct_something(self) -> None:
        book = self._history.book
        for _ in range(self._plan.corrections):
            key = self._dice.choice(list(book.records) + list(book.clients))
            was = book.clients.get(key) or book.records[key]
            now = _corrected(was, self._dice)
            if now is None:
                continue
            with self._desk.vault.write() as db:
                stands = records.get(db, type(was), key)
                assert stands
                records.correct(db, replace(now, revision=stands.revision), self._stamp())
            book.write_down(now)

    def _stamp(self) -> records.Stamp:
        return records.Stamp(self._clock.now(), self._desk.user.id)


def _invented(plan: Plan, dice: random.Random) -> Iterator[tuple[date, Record]]:
    """Yield every record of the months and the day on which it happened, the earliest first."""
    end = datetime(YEAR + plan.months // 12, plan.months % 12 + 1, 1, 12, 0, tzinfo=ISTANBUL)
    centre = Centre(Size(plan.months, plan.women * plan.months), end, plan.seed)
    for day in centre.tell():
        if day.date >= end.date():
            return
        for some in day.records():
            for record in some:
                yield day.date, _renewed(record, day.date, plan, dice)


def _renewed(record: Record, day: date, plan: Plan, dice: random.Random) -> Record:
    """Let new ways of coming and new services appear in the course of the year."""
    if day.month < plan.new_categories_from or dice.random() > 0.25:
        return record
    if isinstance(record, Application):
        return replace(record, channel="outreach")
    if isinstance(record, Session):
        return replace(record, service=dice.choice(["interpreting", "playroom"]))
    return record


def _corrected(record: Record, dice: random.Random) -> Record | None:
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


def _file_of(record: Record) -> str:
    return record.id if isinstance(record, Client) else getattr(record, "client_id", None) or ""


def _by_kind(some: list[Record]) -> Iterator[tuple[type, list[Record]]]:
    kinds = dict.fromkeys(type(record) for record in some)
    for kind in sorted(kinds, key=lambda one: (one is not Client, one is not Application)):
        yield kind, [record for record in some if type(record) is kind]
