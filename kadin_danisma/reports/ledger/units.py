"""Worlds of what adds up over the months: applications, sessions, referrals, contacts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product

from kadin_danisma.domain import counting
from kadin_danisma.domain.facts import NOBODY, Facts
from kadin_danisma.domain.table import TOTAL
from kadin_danisma.reports.disclosure import is_small
from kadin_danisma.reports.ledger.edition import Edition
from kadin_danisma.reports.ledger.worlds import SUMMARY, Frame, Link, Worlds, is_total

_DEFINITIONS = {definition.id: definition for definition in counting.TABLES}
CHANNEL, APPLICANT = "applications_by_channel", "applications_by_applicant"
REASON = "applications_by_reason"
SESSIONS = "sessions_by_service_and_channel"
_REFERRALS = "referrals_by_institution_and_outcome"
#: Tables whose total is a line of the summary as well.
_OWN_LINE = frozenset({CHANNEL, SESSIONS, _REFERRALS})


def worlds(editions: Sequence[Edition], months: Mapping[str, Facts]) -> list[Worlds]:
    """Return the families of units that add up.

    How many applications a month had is known to three tables and stays as it is here; ``courses``
    varies it, and how many sessions there were, where they are few.

    Args:
        editions: All reports of the year, the new one among them.
        months: The facts of each of their months.
    """
    return [
        *(_family(table, editions, months, held=True) for table in (CHANNEL, APPLICANT)),
        _reasons(editions, months),
        _sessions(editions, months),
        _family(_REFERRALS, editions, months),
        _contacts(editions, months),
    ]


def _family(
    table: str, editions: Sequence[Edition], months: Mapping[str, Facts], *, held: bool = False
) -> Worlds:
    made = Worlds(table)
    add_units(made, table, editions, months, held=held)
    if held:
        made.leave_to_others(is_total)
    return made


def add_units(
    made: Worlds,
    table: str,
    editions: Sequence[Edition],
    months: Mapping[str, Facts],
    *,
    held: bool = False,
) -> dict[str, list[int]]:
    """Add the kinds of a table in which each unit has one label a dimension.

    Args:
        made: Whose kinds they become.
        table: The table.
        editions: All reports.
        months: The facts of each of their months.
        held: Whether the number of units of each month stays as it is.

    Returns:
        The kinds of each month.
    """
    definition = _DEFINITIONS[table]
    frame = Frame(made, table, editions)
    total = (table, (TOTAL,) * len(definition.dims))
    lines = made.add_lines(editions, definition.unit, total) if table in _OWN_LINE else []
    found: dict[str, list[int]] = {}
    for month in sorted({month for edition in editions for month in edition.months}):
        hub = (table, month) if held else None
        units: Counter[tuple[str, ...]] = Counter()
        for _client, times, labels in definition.units(months[month]):
            units[tuple(several[0] for several in labels)] += times
        own: dict[int, None] = {}
        for combination in product(*(labels for _dim, labels in definition.dims)):
            places = frame.of_month(month, *((label,) for label in combination))
            places += [place for edition, place in lines if month in edition.months]
            name = (table, month, *combination)
            own[made.add(name, hub, places, units.pop(combination, 0), linked=(table, month))] = (
                None
            )
        assert not units, "a unit has a label that is in no list"
        found[month] = list(own)
    return found


def _reasons(editions: Sequence[Edition], months: Mapping[str, Facts]) -> Worlds:
    """Return the worlds of the reasons: an application has several, at least one."""
    made = Worlds(REASON)
    add_reasons(made, editions, months, held=True)
    made.leave_to_others(is_total)
    return made


def add_reasons(
    made: Worlds,
    editions: Sequence[Edition],
    months: Mapping[str, Facts],
    *,
    held: bool = False,
) -> dict[str, list[int]]:
    """Do as ``add_units`` does for the reasons; where they are held, sets of them change too."""
    definition = _DEFINITIONS[REASON]
    frame = Frame(made, REASON, editions)
    every = definition.dims[0][1]
    found: dict[str, list[int]] = {}
    for month in sorted({month for edition in editions for month in edition.months}):
        told = Counter(
            frozenset(labels[0]) for _client, _times, labels in definition.units(months[month])
        )
        possible = {*told, *(frozenset((label,)) for label in every)}
        if held:
            possible |= {said ^ {label} for said in told for label in every} - {frozenset()}
        hub = (REASON, month) if held else None
        own: dict[int, None] = {}
        for ordered in sorted(tuple(sorted(said)) for said in possible):
            places = frame.of_month(month, ordered)
            name = (REASON, month, ordered)
            own[made.add(name, hub, places, told[frozenset(ordered)], (REASON, month))] = None
        found[month] = list(own)
    return found


def _sessions(editions: Sequence[Edition], months: Mapping[str, Facts]) -> Worlds:
    """Return the worlds of the sessions; each continuing woman of a month had at least one."""
    made = Worlds(SESSIONS)
    for month, kinds in add_units(made, SESSIONS, editions, months).items():
        applying = {fact.client for fact in months[month].applications}
        continuing = {fact.client for fact in months[month].sessions} - applying
        made.links.append(Link(dict.fromkeys(kinds, 1), lower=len(continuing)))
    if are_sessions_few(editions):
        made.leave_to_others(is_total)
    return made


def are_sessions_few(editions: Sequence[Edition]) -> bool:
    """Tell whether the number of all sessions is small in some report."""
    cells = ((each, each.cells().get((each.number, SUMMARY, ("sessions",)))) for each in editions)
    return any(cell and is_small(cell, edition.minimum) for edition, cell in cells)


def _contacts(editions: Sequence[Edition], months: Mapping[str, Facts]) -> Worlds:
    """Return the worlds of contacts without a file: nothing else is published of them."""
    made = Worlds("contacts")
    lines = made.add_lines(editions, "contacts")
    for month in sorted({month for edition in editions for month in edition.months}):
        places = [place for edition, place in lines if month in edition.months]
        count = sum(fact.client == NOBODY for fact in months[month].applications)
        made.add(("contacts", month), None, places, count)
    return made
