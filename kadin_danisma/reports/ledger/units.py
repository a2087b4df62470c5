"""Worlds of what adds up over the months: applications, sessions, referrals, contacts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product

from kadin_danisma.domain import counting
from kadin_danisma.domain.counting import Definition
from kadin_danisma.domain.facts import NOBODY, Facts
from kadin_danisma.domain.table import TOTAL
from kadin_danisma.reports.ledger.edition import Edition
from kadin_danisma.reports.ledger.worlds import Frame, Link, Worlds

_DEFINITIONS = {definition.id: definition for definition in counting.TABLES}
#: How many applications there are in a month is known to three tables and stays as it is.
_HELD = ("applications_by_channel", "applications_by_applicant")
#: Tables whose total is a line of the summary as well.
_OWN_LINE = frozenset(
    {
        "applications_by_channel",
        "sessions_by_service_and_channel",
        "referrals_by_institution_and_outcome",
    }
)


def worlds(editions: Sequence[Edition], months: Mapping[str, Facts]) -> list[Worlds]:
    """Return the families of units that add up.

    Args:
        editions: All reports of the year, the new one among them.
        months: The facts of each of their months.
    """
    return [
        *(_exclusive(_DEFINITIONS[table], editions, months, held=True) for table in _HELD),
        _reasons(editions, months),
        _sessions(editions, months),
        _exclusive(_DEFINITIONS["referrals_by_institution_and_outcome"], editions, months),
        _contacts(editions, months),
    ]


def _exclusive(
    definition: Definition,
    editions: Sequence[Edition],
    months: Mapping[str, Facts],
    *,
    held: bool = False,
) -> Worlds:
    """Return the worlds of a table in which each unit has one label a dimension."""
    made = Worlds(definition.id)
    frame = Frame(made, definition.id, editions)
    total = (definition.id, (TOTAL,) * len(definition.dims))
    lines = made.add_lines(editions, definition.unit, total) if definition.id in _OWN_LINE else []
    for month in sorted({*frame.months, *(month for e, _place in lines for month in e.months)}):
        hub = month if held else None
        units: Counter[tuple[str, ...]] = Counter()
        for _client, times, labels in definition.units(months[month]):
            units[tuple(several[0] for several in labels)] += times
        for combination in product(*(labels for _dim, labels in definition.dims)):
            places = frame.of_month(month, *((label,) for label in combination))
            places += [place for edition, place in lines if month in edition.months]
            name = (definition.id, month, *combination)
            made.add(name, hub, places, units.pop(combination, 0), linked=month)
        assert not units, "a unit has a label that is in no list"
    return made


def _reasons(editions: Sequence[Edition], months: Mapping[str, Facts]) -> Worlds:
    """Return the worlds of the reasons: an application has several, at least one."""
    definition = _DEFINITIONS["applications_by_reason"]
    made = Worlds(definition.id)
    frame = Frame(made, definition.id, editions)
    every = definition.dims[0][1]
    for month in frame.months:
        told = Counter(
            frozenset(labels[0]) for _client, _times, labels in definition.units(months[month])
        )
        changed = {said ^ {label} for said in told for label in every}
        for said in {*told, *changed, *(frozenset((label,)) for label in every)} - {frozenset()}:
            ordered = tuple(sorted(said))
            places = frame.of_month(month, ordered)
            made.add((definition.id, month, ordered), month, places, told[said])
    return made


def _sessions(editions: Sequence[Edition], months: Mapping[str, Facts]) -> Worlds:
    """Return the worlds of the sessions; each continuing woman of a month had at least one."""
    definition = _DEFINITIONS["sessions_by_service_and_channel"]
    made = _exclusive(definition, editions, months)
    for month in {month for edition in editions for month in edition.months}:
        applying = {fact.client for fact in months[month].applications}
        continuing = {fact.client for fact in months[month].sessions} - applying
        _at_least(made, month, len(continuing))
    return made


def _contacts(editions: Sequence[Edition], months: Mapping[str, Facts]) -> Worlds:
    """Return the worlds of contacts without a file: nothing else is published of them."""
    made = Worlds("contacts")
    lines = made.add_lines(editions, "contacts")
    for month in sorted({month for edition in editions for month in edition.months}):
        places = [place for edition, place in lines if month in edition.months]
        count = sum(fact.client == NOBODY for fact in months[month].applications)
        made.add(("contacts", month), None, places, count)
    return made


def _at_least(made: Worlds, month: str, fewest: int) -> None:
    kinds = {at: 1 for at, kind in enumerate(made.kinds) if kind.name[1] == month}
    if fewest and kinds:
        made.links.append(Link(kinds, lower=fewest))
