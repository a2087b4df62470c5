"""Tables of several answers: a unit may stand in many rows, in each at most once."""

from collections.abc import Iterable

from tests.attacker.adding import EVENTS
from tests.attacker.calendar import Calendar
from tests.attacker.reading import EVERYTHING, Codes, Count, Of
from tests.attacker.spaces import Space
from tests.attacker.system import System

_NO_ANSWER = frozenset({"unknown", "not_asked", "declined"})
_PERPETRATOR = "perpetrator_relation"


def add_several(system: System, calendar: Calendar, space: Space) -> None:
    """Learn what a table of several answers says of each period and of its months."""
    (dim,) = space.dims
    for root in calendar.roots():
        periods = list(calendar.within(root))
        blocks = space.grain(periods)[dim]
        for period in periods:
            nodes = {codes for of in space.wanted(calendar, period) for _, codes in of}
            nodes |= set(blocks)
            if dim == _PERPETRATOR:
                _add_perpetrators(system, calendar, space, period, nodes)
                continue
            if not (calendar.parts(period) and space.unit in EVENTS):
                add_unions(system, period, space.unit, dim, nodes)
            for codes in nodes:
                _over_parts(system, calendar, period, space.unit, _of(dim, codes))


def add_unions(
    system: System, period: str, unit: str, dim: str, nodes: Iterable[Codes], base: Of = EVERYTHING
) -> None:
    """Learn that a group counts units with any of its members, and that everybody answered.

    Each part is at most the group, the group at most the sum of its parts.
    """
    wholes = sorted(set(nodes), key=len)
    for codes in wholes:
        parts = _largest([other for other in wholes if other < codes])
        if parts:
            _one_union(system, Count(period, unit, _of(dim, codes)), period, unit, dim, parts)
    _one_union(system, Count(period, unit, base), period, unit, dim, _largest(wholes))


def _one_union(
    system: System, whole: Count, period: str, unit: str, dim: str, parts: list[Codes]
) -> None:
    counts = [Count(period, unit, _of(dim, codes)) for codes in parts]
    for count in counts:
        if count != whole:
            system.at_most([count], [whole])
    if counts != [whole]:
        system.at_most([whole], counts)


def _largest(sets: list[Codes]) -> list[Codes]:
    return [codes for codes in sets if not any(codes < other for other in sets)]


def _over_parts(system: System, calendar: Calendar, period: str, unit: str, of: Of) -> None:
    parts = [Count(part, unit, of) for part in calendar.parts(period)]
    if not parts:
        return
    if unit in EVENTS:
        system.adds_up(parts, Count(period, unit, of))
    else:
        add_distinct(system, parts, Count(period, unit, of))


def add_distinct(system: System, parts: list[Count], whole: Count) -> None:
    """Learn what is known of different people: as many as in any part, at most all parts'."""
    for part in parts:
        system.at_most([part], [whole])
    system.at_most([whole], parts)


def _add_perpetrators(
    system: System, calendar: Calendar, space: Space, period: str, nodes: set[Codes]
) -> None:
    """Learn what is special here: a woman who names nobody counts once, beside all the others.

    Nobody named in the quarter means nobody named in its months; whoever was named in a month is
    named in the quarter. More does not follow: an application without violence counts in a longer
    period if another one there tells of violence.
    """
    unit, dim = space.unit, _PERPETRATOR
    silent = Count(period, unit, _of(dim, _NO_ANSWER))
    named = Count(period, unit, frozenset({(dim, frozenset({"somebody is named"}))}))
    real = {codes for codes in nodes if not codes & _NO_ANSWER}
    alone = [codes for codes in nodes if codes < _NO_ANSWER]
    system.adds_up([silent, named], Count(period, unit))
    add_unions(system, period, unit, dim, real, base=named.of)
    if alone:
        system.adds_up([Count(period, unit, _of(dim, codes)) for codes in _finest(alone)], silent)
    parts = calendar.parts(period)
    for codes in real:
        for part in parts:
            of = _of(dim, codes)
            system.at_most([Count(part, unit, of)], [Count(period, unit, of)])
    if parts:
        system.at_most([silent], [Count(part, unit, silent.of) for part in parts])


def _finest(sets: list[Codes]) -> list[Codes]:
    return [codes for codes in sets if not any(other < codes for other in sets)]


def _of(dim: str, codes: Codes) -> Of:
    return frozenset({(dim, codes)})
