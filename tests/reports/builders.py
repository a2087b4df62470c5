"""Invented tables and reports for the tests of kadin_danisma.reports."""

import random
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product

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
from kadin_danisma.domain.table import MARK, TOTAL, Cell, ProtectedTable, Table
from kadin_danisma.reports.disclosure import is_small
from kadin_danisma.reports.profiles import profile
from kadin_danisma.reports.report import Report, report_number

CENTRE = "Örnek Belediyesi Kadın Danışma Merkezi (ğüşıöçİ)"


def a_table(
    values: Mapping[str, int],
    *,
    total: int | None = None,
    women: Mapping[str, int] | None = None,
    table_id: str = "clients_by_residence",
    unit: str = "clients",
    dim: str = "residence",
    multi: bool = False,
) -> Table:
    """Return a table of one dimension; as many women stand behind a cell as it counts."""
    cells = {**values, TOTAL: sum(values.values()) if total is None else total}
    behind = {**cells, **(women or {})}
    return Table(
        id=table_id,
        unit=unit,
        dims=(dim,),
        multi=(dim,) if multi else (),
        categories={dim: tuple(values)},
        groups={},
        cells={(key,): Cell(value, behind[key]) for key, value in cells.items()},
    )


def a_summary(**values: int) -> Table:
    """Return a summary in which every count is 0 but those given."""
    known = dict.fromkeys(counting.SUMMARY, 0) | values
    cells = {
        (name,): Cell(value, None if name in counting.PUBLIC else value)
        for name, value in known.items()
    }
    return Table("summary", "mixed", ("count",), (), {"count": tuple(known)}, {}, cells)


def with_summary(table: Table) -> tuple[Table, Table]:
    """Return a table of clients behind the summary that fits it."""
    total = table.cells[TOTAL,].value
    return a_summary(clients=total, clients_first=total, applications=total), table


def a_cross_table(rows: Sequence[Sequence[int]]) -> Table:
    """Return sessions by service and channel with these inner cells, one woman each."""
    services = lists.SERVICE.keys[: len(rows)]
    channels = lists.CHANNEL.keys[: len(rows[0])]
    values: dict[tuple[str, ...], int] = {}
    for at, service in enumerate(services):
        for to, channel in enumerate(channels):
            for key in product((service, TOTAL), (channel, TOTAL)):
                values[key] = values.get(key, 0) + rows[at][to]
    order = product((*services, TOTAL), (*channels, TOTAL))
    return Table(
        id="sessions_by_service_and_channel",
        unit="sessions",
        dims=("service", "channel"),
        multi=(),
        categories={"service": services, "channel": channels},
        groups={},
        cells={key: Cell(values[key], values[key]) for key in order},
    )


def some_facts(women: int, seed: int = 1) -> Facts:
    """Return what happens in a period in which so many women come."""
    draw = random.Random(seed)
    clients, applications, sessions, referrals, visits = [], [], [], [], []

    def one_of(keys: Sequence[str]) -> str:
        return draw.choices(keys, [1 / (1 + at) for at in range(len(keys))])[0]

    for client in range(women):
        first = draw.random() < 0.8
        clients.append(
            ClientFact(
                client,
                draw.choice([None, *range(1955, 2012)]),
                one_of(lists.MARITAL.keys),
                one_of(lists.EDUCATION.keys),
                one_of(lists.EMPLOYMENT.keys),
                one_of(lists.HEARD_FROM.keys),
                draw.choice(["konak"] * 8 + ["urla", "outside", "unknown"]),
                first,
            )
        )
        applies = first or draw.random() < 0.5
        if applies:
            applications += [
                ApplicationFact(
                    client,
                    one_of(lists.CHANNEL.keys),
                    one_of(lists.APPLICANT_ROLE.keys),
                    tuple({one_of(lists.REASON.keys) for _ in range(2)}),
                    tuple({one_of(lists.REAL_VIOLENCE) for _ in range(draw.randrange(4))}),
                    (one_of(lists.PERPETRATOR_RELATION.keys),),
                )
                for _ in range(draw.choice([1, 1, 1, 2]))
            ]
        for _ in range(draw.choice([1, 1, 2, 4]) if draw.random() < 0.8 or not applies else 0):
            service, channel = one_of(lists.SERVICE.keys[:8]), one_of(lists.CHANNEL.keys[:4])
            sessions.append(SessionFact(client, service, channel, 1))
        if draw.random() < 0.5:
            institution = one_of(places.INSTITUTION.keys[6:20])
            outcome = one_of(lists.REFERRAL_OUTCOME.keys)
            referrals.append(ReferralFact(client, institution, outcome, 1))
        if draw.random() < 0.2:
            born = draw.choice([None, 2013, 2018, 2021, 2025])
            visits.append(VisitFact(client, "çocuk", born, draw.randrange(20, 90)))
    contact = ApplicationFact(NOBODY, "phone", "self", (), (), ())
    return Facts(
        2026,
        tuple(clients),
        (*applications, *[contact] * (women // 3)),
        tuple(sessions),
        tuple(referrals),
        tuple(visits),
        2,
        40,
    )


def naively_protected(table: Table) -> ProtectedTable:
    """Return a table with stars for small numbers and for the least other one beside them.

    This is how a report looks, not how it is protected: ``kadin_danisma.reports.ledger`` is.
    """
    small = {key for key, cell in table.cells.items() if is_small(cell, 5)}
    others = [key for key, cell in table.cells.items() if cell.women and key not in small]
    inner = [key for key in others if TOTAL not in key and table.id != "summary"]
    least = sorted(inner, key=lambda key: table.cells[key].value)[:1] if small else []
    hidden = small.union(least)
    return ProtectedTable(
        table.id, table.unit, table.dims, table.multi, table.categories, table.groups,
        {key: MARK if key in hidden else cell.value for key, cell in table.cells.items()},
    )  # fmt: skip


def a_report(
    period: str = "2026-10",
    *,
    women: int = 30,
    seed: int = 1,
    demo: bool = False,
    language: str = "tr",
    centre: str = CENTRE,
    tables: Sequence[Table] | None = None,
) -> Report:
    """Return a protected report of invented facts, or of the tables given."""
    when = Period.parse(period)
    counted = tables or counting.tables(some_facts(women, seed), profile(when.kind))
    return Report(
        period=when,
        number=report_number(when),
        centre=centre,
        issued=date(2026, 11, 3),
        demo=demo,
        minimum=5,
        tables=tuple(naively_protected(table) for table in counted),
        language=language,
    )
