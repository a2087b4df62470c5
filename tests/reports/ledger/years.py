"""Invented years of a centre as facts by month, and their reports one after the other."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from kadin_danisma.domain import counting, lists, places
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
from kadin_danisma.domain.table import TableSpec
from kadin_danisma.reports import profiles
from kadin_danisma.reports.ledger.edition import Edition, Protected, covered
from kadin_danisma.reports.ledger.history import connected, protect

YEAR = 2026
#: A woman as she is drawn: her labels, and whether she applied before the year.
_Woman = tuple[int, str, str, str, str, str, bool]


def _skewed(draw: random.Random, keys: Sequence[str]) -> str:
    """Draw one of some keys, the first ones far oftener, as real answers are spread."""
    return keys[min(int(draw.expovariate(0.55)), len(keys) - 1)]


def _woman(draw: random.Random) -> _Woman:
    return (
        YEAR - 16 - int(draw.triangular(0, 60, 18)),
        _skewed(draw, lists.MARITAL.keys),
        _skewed(draw, lists.EDUCATION.keys[3:]),
        _skewed(draw, lists.EMPLOYMENT.keys),
        _skewed(draw, lists.HEARD_FROM.keys),
        _skewed(draw, ("konak", "buca", "urla", "outside")),
        draw.random() < 0.2,
    )


def months_of(seed: int, women: int, months: int = 12) -> dict[str, Facts]:
    """Return the facts of the first months of a year with about so many women in each."""
    draw = random.Random(seed)
    everybody: dict[int, _Woman] = {}
    applied: set[int] = set()
    found: dict[str, Facts] = {}
    for number in range(1, months + 1):
        again = [who for who in everybody if draw.random() < 0.1]
        new = range(len(everybody), len(everybody) + max(1, women - len(again)))
        everybody.update((who, _woman(draw)) for who in new)
        found[f"{YEAR}-{number:02d}"] = _month(draw, [*again, *new], everybody, applied)
    return found


def _month(
    draw: random.Random, here: Sequence[int], everybody: dict[int, _Woman], applied: set[int]
) -> Facts:
    applications: list[ApplicationFact] = []
    sessions: dict[tuple[int, str, str], int] = {}
    first: set[int] = set()
    for who in here:
        if who not in applied or draw.random() < 0.3:
            applications.append(_application(draw, who))
            if who not in applied and not everybody[who][6]:
                first.add(who)
            applied.add(who)
        if applications[-1:] and applications[-1].client == who and draw.random() < 0.4:
            continue
        for _each in range(1 + int(draw.expovariate(0.8))):
            alike = (who, _skewed(draw, lists.SERVICE.keys), _skewed(draw, lists.CHANNEL.keys))
            sessions[alike] = sessions.get(alike, 0) + 1
    applications += [_application(draw, NOBODY) for _each in range(draw.randrange(6))]
    return Facts(
        YEAR,
        tuple(ClientFact(who, *everybody[who][:6], who in first) for who in here),
        tuple(applications),
        tuple(SessionFact(*alike, times) for alike, times in sessions.items()),
        tuple(_referral(draw, who) for who in here if draw.random() < 0.4),
        tuple(_visit(draw, who) for who in here if draw.random() < 0.25),
        draw.randrange(3),
        draw.randrange(60),
    )


def _application(draw: random.Random, who: int) -> ApplicationFact:
    reasons = {_skewed(draw, lists.REASON.keys) for _each in range(draw.randrange(1, 4))}
    types = {_skewed(draw, lists.REAL_VIOLENCE) for _each in range(draw.randrange(4))}
    told = (_skewed(draw, lists.PERPETRATOR_RELATION.keys),) if types else ()
    return ApplicationFact(
        who,
        _skewed(draw, lists.CHANNEL.keys),
        _skewed(draw, lists.APPLICANT_ROLE.keys),
        tuple(sorted(reasons)),
        tuple(sorted(types)),
        told,
    )


def _referral(draw: random.Random, who: int) -> ReferralFact:
    institution = draw.choice(places.INSTITUTION.keys)
    return ReferralFact(who, institution, _skewed(draw, lists.REFERRAL_OUTCOME.keys), 1)


def _visit(draw: random.Random, who: int) -> VisitFact:
    return VisitFact(who, "a", YEAR - draw.randrange(0, 16), draw.randrange(20, 180))


@dataclass
class Office:
    """Publishes the reports of a year one after the other, as a centre does."""

    months: dict[str, Facts]
    minimum: int = 5
    editions: list[Edition] = field(default_factory=list)
    protected: list[Protected] = field(default_factory=list)

    def publish(self, key: str) -> Protected:
        """Publish a month, quarter or year."""
        period = Period.parse(key)
        keys = (month.key for month in period.months)
        truth = counting.tables_of(self.months, keys, profiles.profile(period.kind))
        new = Edition(key, period, self.minimum, truth)
        made = protect(self.editions, new, self.months)
        self.editions.append(Edition(key, period, self.minimum, truth, made.tables))
        self.protected.append(made)
        return made

    def tell(self, key: str, table_id: str, cell: str) -> int:
        """Give a number of a table with one dimension by hand; return it."""
        period, number = Period.parse(key), f"{key}-told"
        definition = next(each for each in counting.TABLES if each.id == table_id)
        ((dim, keys),) = definition.dims
        rest = TableSpec(table_id, {dim: {"rest": tuple(each for each in keys if each != cell)}})
        truth = counting.tables_of(self.months, (month.key for month in period.months), [rest])
        (table,) = truth
        hidden = frozenset((number, table_id, each) for each in table.cells if each != (cell,))
        shown = tuple(covered(truth, hidden, number))
        self.editions.append(Edition(number, period, self.minimum, truth, shown, told=True))
        return table.cells[cell,].value

    def documents(self) -> list[dict[str, object]]:
        """Return what was published with the last report that hangs together with it, as data."""
        return [
            edition.as_document() for edition in connected(self.editions[:-1], self.editions[-1])
        ]
