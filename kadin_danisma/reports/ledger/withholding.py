"""Reports of so few women that every number is withheld, and what follows for the others.

Where fewer women came than the minimum, their number itself is small. Then nothing is shown, and
two worlds are proof enough: nobody came in those months, or the same women came several times
over. All that these worlds would change in other reports must be hidden there too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kadin_danisma.domain import counting
from kadin_danisma.domain.counting import PUBLIC
from kadin_danisma.domain.facts import Facts
from kadin_danisma.domain.table import MARK, spec_of
from kadin_danisma.reports.disclosure import is_small
from kadin_danisma.reports.ledger.edition import Edition, Place
from kadin_danisma.reports.ledger.worlds import SUMMARY

#: Totals on which several tables rest.
_GROUND = ("clients", "applications")
#: Lines of the summary that count people.
_PEOPLE = frozenset(
    {
        "clients",
        "clients_first",
        "clients_returning",
        "clients_continuing",
        "playroom_children",
    }
)


def is_too_small(edition: Edition) -> bool:
    """Tell whether so few women stand behind a report that none of its numbers may be shown."""
    summary = edition.table(SUMMARY)
    cells = [summary.cells.get((line,)) for line in _GROUND] if summary else []
    return any(cell and is_small(cell, edition.minimum) for cell in cells)


def is_silent(edition: Edition) -> bool:
    """Tell whether a published report shows nothing but public events, and so tells nothing."""
    shown = edition.shown or ()
    return bool(shown) and all(
        value == MARK
        for table in shown
        for key, value in table.cells.items()
        if key[0] not in PUBLIC
    )


def all_places(edition: Edition) -> set[Place]:
    """Return every place of a report but those of public events."""
    return {place for place in edition.cells() if place[2][0] not in PUBLIC}


def of_women(edition: Edition) -> set[Place]:
    """Return the places of a report that count women or children, who may come again."""
    return {
        place
        for place in edition.cells()
        if place[1].startswith("clients_") or (place[1] == SUMMARY and place[2][0] in _PEOPLE)
    }


def touched(new: Edition, withheld: Sequence[Edition], months: Mapping[str, Facts]) -> set[Place]:
    """Return the places of a report that would tell of the months of withheld ones."""
    specs = [spec_of(table) for table in new.truth]
    found: set[Place] = set()
    for edition in withheld:
        common = edition.months & new.months
        if not common:
            continue
        without = {
            month: _nobody(months[month]) if month in common else months[month]
            for month in new.months
        }
        own = counting.tables_of(months, common, specs)
        others = counting.tables_of(without, new.months, specs)
        for true, within, outside in zip(new.truth, own, others, strict=True):
            for key, cell in true.cells.items():
                # Several times the same women change what they are counted in, nobody the rest.
                if within.cells[key].women or cell.value != outside.cells[key].value:
                    found.add((new.number, true.id, key))
    return {place for place in found if place[2][0] not in PUBLIC}


def _nobody(facts: Facts) -> Facts:
    return replace(facts, clients=(), applications=(), sessions=(), referrals=(), visits=())
