"""Different women: the same woman may come in several months, and is herself in all of them.

The lift: behind the printed counts of a quarter and its months stand women, each of whom came in
some of the months, for the first time, again, or to go on. How many came in which of these ways is
unknown but a whole number, and all tables of the same women must agree on it.
"""

from collections.abc import Iterator
from itertools import product

from tests.attacker.adding import split
from tests.attacker.answers import add_distinct
from tests.attacker.calendar import Calendar
from tests.attacker.reading import Count, Of
from tests.attacker.spaces import Space
from tests.attacker.system import System

_ABSENT, _FIRST, _RETURNING, _CONTINUING = "absent", "first", "returning", "continuing"
_CAME = (_FIRST, _RETURNING, _CONTINUING)
#: In which parts of a period a woman came.
_Support = tuple[int, ...]


def add_women(
    system: System, calendar: Calendar, spaces: list[Space], *, same_for_ever: bool
) -> None:
    """Learn what is known of women by how they came and by what they are.

    Args:
        system: Where it is learnt.
        calendar: The periods that matter.
        spaces: The tables of women by one dimension.
        same_for_ever: Whether a woman is of the same category in all reports of a year.
    """
    for root in calendar.roots():
        periods = list(calendar.within(root))
        for period in periods:
            _add_ways(system, period)
            parts = calendar.parts(period)
            _add_distinct(system, period, parts)
            for space in spaces:
                wanted = space.wanted(calendar, period) | set(space.atoms(periods))
                split(system, space, period, periods, wanted)
            if parts:
                _add_lift(system, calendar, period)
                for space in spaces if same_for_ever else ():
                    if space.is_inside(calendar, period):
                        _add_categories(system, period, parts, space.unit, space.atoms(periods))


def _add_ways(system: System, period: str) -> None:
    """Learn how women, applications, sessions and children of one period bound each other."""
    system.adds_up([Count(period, f"clients_{way}") for way in _CAME], Count(period, "clients"))
    applied = [Count(period, "clients_first"), Count(period, "clients_returning")]
    system.at_most(applied, [Count(period, "applications")])
    system.at_most([Count(period, "clients_continuing")], [Count(period, "sessions")])
    system.at_most([Count(period, "clients_violence")], applied)
    system.at_most([Count(period, "playroom_children")], [Count(period, "playroom_visits")])


def _add_distinct(system: System, period: str, parts: tuple[str, ...]) -> None:
    if parts:
        for unit in ("clients_violence", "playroom_children"):
            add_distinct(system, [Count(part, unit) for part in parts], Count(period, unit))


def _add_lift(system: System, calendar: Calendar, period: str) -> None:
    """Learn that behind how women came in a period and in its parts stands one story of each."""
    stories = list(_stories(len(calendar.parts(period))))
    for at, part in enumerate(calendar.parts(period)):
        for way in _CAME:
            told = [_story(period, story) for story in stories if story[at] == way]
            system.adds_up(told, Count(part, f"clients_{way}"))
    for way in _CAME:
        told = [_story(period, story) for story in stories if _whole(story) == way]
        system.adds_up(told, Count(period, f"clients_{way}"))


def _add_categories(
    system: System, period: str, parts: tuple[str, ...], unit: str, atoms: list[Of]
) -> None:
    """Learn that a woman is of the same category whenever she comes in this period."""
    stories = list(_stories(len(parts)))
    supports = sorted({_support(story) for story in stories})
    for support in supports:
        told = [_story(period, story) for story in stories if _support(story) == support]
        who = [_who(period, support, atom) for atom in atoms]
        system.row(dict.fromkeys(who, 1) | dict.fromkeys(told, -1), 0, 0)
    for atom in atoms:
        system.adds_up(
            [_who(period, support, atom) for support in supports], Count(period, unit, atom)
        )
        for at, part in enumerate(parts):
            came = [_who(period, support, atom) for support in supports if at in support]
            system.adds_up(came, Count(part, unit, atom))


def _stories(length: int) -> Iterator[tuple[str, ...]]:
    """Yield every way in which a woman can have come in the parts of a period.

    She comes for the first time once at most, and never returns before it; a session without an
    application can come before.
    """
    for story in product((_ABSENT, *_CAME), repeat=length):
        before_first = story[: story.index(_FIRST)] if _FIRST in story else ()
        if set(story) != {_ABSENT} and story.count(_FIRST) <= 1 and _RETURNING not in before_first:
            yield story


def _whole(story: tuple[str, ...]) -> str:
    """Return how she came as seen in the whole period."""
    return next(way for way in _CAME if way in story)


def _support(story: tuple[str, ...]) -> _Support:
    return tuple(at for at, way in enumerate(story) if way != _ABSENT)


def _story(period: str, story: tuple[str, ...]) -> tuple[str, str, tuple[str, ...]]:
    return "women who came", period, story


def _who(period: str, support: _Support, atom: Of) -> tuple[str, str, _Support, Of]:
    return "women who came in", period, support, atom
