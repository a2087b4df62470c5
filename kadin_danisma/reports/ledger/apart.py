"""A report that shows no women, so that those of its parts need not be the same ones.

Where a proof fails because some women came in several of the months of a new report, nothing is
shown in it that counts women: then nobody outside can tell that they came more than once, and the
proofs of the parts hold as they stand. What adds up (applications, sessions, referrals, visits)
is shown as ever.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from kadin_danisma.domain import counting
from kadin_danisma.domain.facts import (
    NOBODY,
    ApplicationFact,
    ClientFact,
    Facts,
    ReferralFact,
    SessionFact,
    VisitFact,
)
from kadin_danisma.domain.table import Cell, spec_of
from kadin_danisma.reports.ledger.edition import Edition

_Fact = TypeVar("_Fact", ClientFact, ApplicationFact, SessionFact, ReferralFact, VisitFact)
_WAYS = frozenset({"clients_first", "clients_returning", "clients_continuing"})


def recounted(new: Edition, months: Mapping[str, Facts]) -> Edition:
    """Return a report with what it would say of other months; small stays what truly is.

    How women came (first, returning, continuing) means something else where nobody comes again:
    these lines are hidden like all others, and nothing is proved of them.
    """
    tables = counting.tables_of(months, new.months, [spec_of(table) for table in new.truth])
    return replace(
        new,
        truth=tuple(
            replace(
                true,
                cells={
                    key: Cell(table.cells[key].value, None if key[0] in _WAYS else cell.women)
                    for key, cell in true.cells.items()
                },
            )
            for true, table in zip(new.truth, tables, strict=True)
        ),
    )


def apart(months: Mapping[str, Facts], published: Sequence[Edition]) -> dict[str, Facts]:
    """Return months in which nobody comes in two that no published report holds together."""
    found: dict[str, Facts] = {}
    for number, part in enumerate(_parts(months, published)):
        found |= {month: _renumbered(months[month], number) for month in part}
    return found


def _parts(months: Mapping[str, Facts], published: Sequence[Edition]) -> list[set[str]]:
    """Return the months in sets that published reports hold together."""
    parts = [{month} for month in sorted(months)]
    for edition in published:
        joined = [part for part in parts if part & edition.months]
        if joined:
            parts = [part for part in parts if part not in joined] + [set().union(*joined)]
    return parts


def _renumbered(facts: Facts, part: int) -> Facts:
    return replace(
        facts,
        clients=_moved(facts.clients, part),
        applications=_moved(facts.applications, part),
        sessions=_moved(facts.sessions, part),
        referrals=_moved(facts.referrals, part),
        visits=_moved(facts.visits, part),
    )


def _moved(facts: Sequence[_Fact], part: int) -> tuple[_Fact, ...]:
    # A calendar year has twelve months, and so twelve parts at the most.
    return tuple(
        fact if fact.client == NOBODY else fact._replace(client=12 * fact.client + part)
        for fact in facts
    )
