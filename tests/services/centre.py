"""A centre at work: invented women whose answers are spread as real ones are."""

import random
from collections.abc import Sequence
from datetime import date

from kadin_danisma.domain import lists
from kadin_danisma.domain.records import Application, Client, Record, Session
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import records
from tests.builders import a_client, a_session, an_application


def fill(desk: Desk, months: Sequence[int] = (7, 8, 9), women: int = 40) -> list[Client]:
    """Let so many women come in each of some months of 2026, a third of them every month."""
    draw = random.Random(women)
    always = [_woman(draw, f"2026/0{n:03d}") for n in range(women // 3)]
    clients, events = list(always), list[Record]()
    for month in months:
        new = [_woman(draw, f"2026/{month}{n:03d}") for n in range(women - len(always))]
        clients += new
        for client in (*always, *new):
            day = date(2026, month, draw.randrange(1, 28))
            events += [_application(draw, client, day), _session(draw, client, day)]
    stamp = desk.stamp()
    with desk.vault.write() as db:
        records.add_many(db, clients, stamp)
        for kind in (Application, Session):
            records.add_many(db, [each for each in events if isinstance(each, kind)], stamp)
    return clients


def _skewed(draw: random.Random, keys: Sequence[str]) -> str:
    return keys[min(int(draw.expovariate(0.5)), len(keys) - 1)]


def _woman(draw: random.Random, file_no: str) -> Client:
    return a_client(
        file_no,
        birth_year=2026 - draw.randrange(19, 62),
        marital=_skewed(draw, lists.MARITAL.keys),
        education=_skewed(draw, lists.EDUCATION.keys),
        employment=_skewed(draw, lists.EMPLOYMENT.keys),
        district=_skewed(draw, ("konak", "buca", "urla", "outside")),
    )


def _application(draw: random.Random, client: Client, day: date) -> Record:
    types = {_skewed(draw, lists.REAL_VIOLENCE) for _each in range(draw.randrange(4))}
    return an_application(
        client,
        date=day,
        channel=_skewed(draw, ("phone", "walk_in", "letter", "email")),
        reasons=tuple({_skewed(draw, lists.REASON.keys) for _each in range(2)}),
        violence_types=tuple(sorted(types)),
        perpetrators=(_skewed(draw, lists.PERPETRATOR_RELATION.keys),) if types else (),
    )


def _session(draw: random.Random, client: Client, day: date) -> Record:
    service, channel = _skewed(draw, lists.SERVICE.keys), _skewed(draw, ("walk_in", "phone"))
    return a_session(client, date=day, service=service, channel=channel)
