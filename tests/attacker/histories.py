"""Invented histories of a centre: what was recorded when, and what was published of it when.

Everything is published by the program itself; the book beside it remembers the truth.
"""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from kadin_danisma.domain import lists
from kadin_danisma.domain.dates import ISTANBUL, FixedClock, Period
from kadin_danisma.errors import KnownError
from kadin_danisma.reports import profiles
from kadin_danisma.services import circles, detail, giving, reporting
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.sight import file_keys
from kadin_danisma.store import circles as restricted
from kadin_danisma.store import records
from kadin_danisma.store.vault import Vault
from tests.attacker.attack import Behind
from tests.attacker.calendar import months_of
from tests.attacker.inventing import YEAR, Plan, by_kind, corrected, file_of, invented
from tests.attacker.reading import Count, Reading, read
from tests.attacker.truth import Book, truth_of
from tests.builders import PASSPHRASE, a_user

_RAISED = 7
#: Tables of which numbers are told by hand and which are asked for: id, unit, dimension, codes.
_TOLD = (
    ("clients_by_age_band", "clients", "age_band", lists.AGE_BAND.keys),
    ("clients_by_marital", "clients", "marital", lists.MARITAL.keys),
    ("applications_by_channel", "applications", "channel", lists.CHANNEL.keys),
)


@dataclass(slots=True)
class History:
    """Everything that left the centre, and the truth behind it."""

    plan: Plan
    documents: list[dict[str, Any]] = field(default_factory=list)
    truth: dict[Count, Behind] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    #: Numbers of reports that came out otherwise when they were published again.
    changed: list[str] = field(default_factory=list)
    #: Numbers that were told by hand, and the ledger knows.
    told: list[tuple[Count, int]] = field(default_factory=list)
    #: Reports that the program refused to publish, and why.
    unpublished: dict[str, str] = field(default_factory=dict)
    #: How many tables on request were refused.
    refused: int = 0
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
        self._waiting = list(invented(plan, self._dice))

    def live(self) -> History:
        if self._plan.coarse:
            detail.choose(self._desk, YEAR, profiles.COARSE)
        for period in self._plan.periods():
            self._wait_for_the_end_of(period)
            self._write_down()
            if self._dice.random() < self._plan.beside:
                self._tell_something(period)
            self._publish(period)
            if self._dice.random() < self._plan.beside:
                self._give_a_table(period)
            self._correct_something()
            if self._plan.sealed:
                self._seal_a_file()
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
            file = file_of(record)
            if day >= today or late or file in forgotten:
                later.append((day, record))
                forgotten.add(file)
            else:
                now.append(record)
        self._waiting = later
        for _kind, some in by_kind(now):
            with self._desk.vault.write() as db:
                records.add_many(db, some, self._stamp(), file_keys(self._desk, db))
        for record in now:
            self._history.book.write_down(record)

    def _publish(self, period: str) -> None:
        history = self._history
        try:
            document, content = self._files_of(period)
        except KnownError as reason:
            history.unpublished[period] = str(reason)
            return
        history.documents.append(document)
        history.files[period] = content
        history.published.append(period)
        history.book.freeze(period)
        history.truth |= truth_of(history.book, read(document))

    def _tell_something(self, period: str) -> None:
        """Tell somebody a number by hand before the first report of its months leaves.

        Not a small one: who tells that gives somebody away herself, and all that follows from it.
        """
        book = self._history.book
        if any(month in book.frozen for month in months_of(period)):
            return
        book.freeze(period)
        table, unit, dim, codes = self._dice.choice(_TOLD)
        counts = [Count(period, unit, frozenset({(dim, frozenset({code}))})) for code in codes]
        truth = truth_of(book, Reading(period, 0, (), tuple((count, None) for count in counts)))
        least = reporting.minimum(self._desk)
        at = self._dice.choice(
            [at for at, one in enumerate(counts) if not truth[one].is_small(least)]
        )
        value = truth[counts[at]].value
        giving.tell(self._desk, Period.parse(period), table, (codes[at],), value, "meclis")
        self._history.told.append((counts[at], value))

    def _give_a_table(self, period: str) -> None:
        """Give a table of other groups to somebody who asks, if that is not refused."""
        table, *_ = self._dice.choice(_TOLD)
        detail = self._dice.choice(giving.DETAILS)
        when = Period.parse(period)
        try:
            (path,) = giving.custom(self._desk, when, table, detail, self._folder, ["json"])
        except KnownError:
            self._history.refused += 1
            return
        document = json.loads(path.read_bytes())
        self._history.documents.append(document)
        self._history.truth |= truth_of(self._history.book, read(document))

    def _publish_again(self) -> None:
        self._before_again(self._desk.vault)
        if not self._history.published:
            return
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
            now = corrected(was, self._dice)
            if now is None:
                continue
            with self._desk.vault.write() as db:
                stands = records.get(db, type(was), key)
                assert stands
                now = replace(now, revision=stands.revision)
                records.correct(db, now, self._stamp(), keys=file_keys(self._desk, db))
            book.write_down(now)

    def _seal_a_file(self) -> None:
        """Restrict an ordinary file to its circle: what is counted of it stays as it is."""
        with self._desk.vault.read() as db:
            ordinary = sorted(self._history.book.clients.keys() - restricted.publics(db).keys())
        circles.seal(self._desk, self._dice.choice(ordinary), ())

    def _stamp(self) -> records.Stamp:
        return records.Stamp(self._clock.now(), self._desk.user.id)
