"""Two worlds that every proof of a withheld report rests on: nobody came in its months, or the same
women came several times over; made from the descriptions of the kinds alone.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from kadin_danisma.reports.ledger.recount_rules import months_of

_VISITS = "playroom_by_age_band"
#: How long children stay where they stay long, in minutes.
_LONG = 300
#: How many there are of each kind, by its description.
World = Counter[tuple[Any, ...]]


def world_of(part: Mapping[str, Any]) -> World:
    """Return how many units of each kind there truly are in a family."""
    return by_name(part, dict(enumerate(part["truth"])))


def by_name(part: Mapping[str, Any], counts: Mapping[int, int]) -> World:
    """Return how many units of each kind there are in a world, by the kinds' descriptions."""
    world: World = Counter()
    for at, count in counts.items():
        world[frozen(part["kinds"][at])] += count
    return world


def nobody_came(truth: World, months: frozenset[str]) -> World:
    """Return the world without what happened in some months."""
    world: World = Counter()
    for name, count in truth.items():
        if left := _within(name, months, inside=False):
            world[left] += count
    return _with_hours(world, truth)


def many_came(truth: World, months: frozenset[str], times: int) -> World:
    """Return the world in which what happened in some months happened several times over.

    There children stay long: where few were there for minutes only, hours are something else too.
    """
    world: World = Counter(truth)
    for name, count in truth.items():
        if own := _within(name, months, inside=True):
            world[own] += count * (times - 1)
    for month in months:
        if ("minutes", month) in truth:
            visits = (count for name, count in world.items() if name[:2] == (_VISITS, month))
            world["minutes", month] = _LONG * sum(visits)
    return _with_hours(world, truth)


def _within(name: tuple[Any, ...], months: frozenset[str], *, inside: bool) -> Any:
    """Return what of a kind lies inside or outside of some months; nothing if none of it does."""

    def keeps(month: str) -> bool:
        return (month in months) == inside

    if name[0] == "hours":
        return None
    if name[0] == "course":
        return _course_within(name, months, inside=inside)
    if name[0] == "child":
        left = tuple(month for month in name[1:] if keeps(month))
        return left and ("child", *left)
    if isinstance(name[1], tuple):
        both = [pair for pair in zip(name[1], name[2], strict=True) if keeps(pair[0])]
        return both and (name[0], *zip(*both, strict=True))
    return name if keeps(name[1]) else None


def _course_within(name: tuple[Any, ...], months: frozenset[str], *, inside: bool) -> Any:
    """Return a woman's year inside or outside of some months; who applied outside stays known."""
    _course, came, known, told = name
    left = tuple(month for month in came if (month in months) == inside)
    said = tuple(each for each in told if (each[0] in months) == inside)
    first = min((each[0] for each in told), default=None)
    was_known = known or (first is not None and (first in months) != inside)
    return left and ("course", left, was_known, said)


def _with_hours(world: World, truth: World) -> World:
    """Add the hours of each period, out of the minutes of its months (rounded half up)."""
    for name in truth:
        if name[0] == "hours":
            minutes = sum(world["minutes", month] for month in months_of(name[1]))
            world[name] = (minutes + 30) // 60
    return world


def frozen(value: Any) -> Any:
    """Return data with tuples in place of lists."""
    return tuple(frozen(each) for each in value) if isinstance(value, list | tuple) else value
