"""Programmes find worlds, and move no more units between classes than they must."""

from math import inf

import pytest

from kadin_danisma.reports.ledger.programme import Programme
from kadin_danisma.reports.ledger.worlds import Worlds

#: Rows: women of January, women of February, of a certain age, of any other.
JANUARY, FEBRUARY, YOUNG, OTHER = range(4)


@pytest.fixture
def worlds() -> Worlds:
    """Ten women came in January only, ten in February only; three in both."""
    made = Worlds("clients_by_age_band", bends=True)
    rows = [("report", "table", (str(row),)) for row in range(4)]
    for place in rows:
        made.row_of(place)
    january, february, young, other = rows
    made.add(("january", "young"), "january", [january, young], 2)
    made.add(("january", "other"), "january", [january, other], 8)
    made.add(("february", "other"), "february", [february, other], 10)
    made.add(("both", "other"), "both", [january, february, other], 3)
    made.add(("both", "young"), "both", [january, february, young])
    return made


def moved(worlds: Worlds, world: list[float]) -> float:
    classes = worlds.hub_counts()
    for kind, count in zip(worlds.kinds, world, strict=True):
        classes[kind.hub] -= round(count)
    return sum(map(abs, classes.values()))


def a_programme(worlds: Worlds, hidden: list[int], *, bends: bool = False) -> Programme:
    values = [round(value) for value in worlds.values(worlds.truth)]
    return Programme(worlds, values, {}, hidden, bends=bends)


def test_within_its_classes_a_number_goes_as_far_as_they_let_it(worlds: Worlds) -> None:
    programme = a_programme(worlds, [YOUNG, OTHER])
    assert programme.reach(YOUNG, 13, inf)
    assert programme.reach(YOUNG, 14, inf) is None


def test_beyond_that_as_few_women_as_possible_come_at_other_times(worlds: Worlds) -> None:
    assert a_programme(worlds, [OTHER]).reach(OTHER, 22, inf) is None
    world = a_programme(worlds, [OTHER], bends=True).reach(OTHER, 22, inf)
    assert world
    assert moved(worlds, world) == 3


def test_what_is_only_wished_for_moves_nobody(worlds: Worlds) -> None:
    programme = a_programme(worlds, [YOUNG, OTHER], bends=True)
    programme.wish({OTHER: -0.05})
    world = programme.reach(YOUNG, 0, 1)
    assert world
    assert moved(worlds, world) == 0


def test_a_shown_number_is_not_left_for_another(worlds: Worlds) -> None:
    programme = a_programme(worlds, [OTHER])
    assert programme.reach(YOUNG, 3, inf) is None
    assert programme.reach(YOUNG, 2, inf)


def test_a_dear_number_is_left_until_it_is_held(worlds: Worlds) -> None:
    values = [round(value) for value in worlds.values(worlds.truth)]
    programme = Programme(worlds, values, {YOUNG: 1.0}, [OTHER])
    world = programme.reach(YOUNG, 3, inf)
    assert world
    assert round(worlds.values(world)[YOUNG]) == 3
    programme.hold(YOUNG)
    assert programme.reach(YOUNG, 3, inf) is None
    programme.hold(YOUNG, fixed=False)
    assert programme.reach(YOUNG, 3, inf)


def test_a_dear_number_is_left_downwards_too(worlds: Worlds) -> None:
    values = [round(value) for value in worlds.values(worlds.truth)]
    programme = Programme(worlds, values, {YOUNG: 1.0}, [OTHER])
    world = programme.reach(YOUNG, 0, 0)
    assert world
    assert round(worlds.values(world)[YOUNG]) == 0
    upwards = programme.reach(YOUNG, 3, inf)
    assert upwards
    assert round(worlds.values(upwards)[YOUNG]) == 3
    programme.hold(YOUNG)
    assert programme.reach(YOUNG, 0, 0) is None
