"""The proof beside a report: for each small number, worlds of whole numbers that show everything
published and have it otherwise. Kept in the vault as counts, and added up again by ``recount``.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import inf
from typing import Any

from kadin_danisma.reports.ledger.edition import Place
from kadin_danisma.reports.ledger.hiding import Family, Goal, Tick, wishes
from kadin_danisma.reports.ledger.programme import Programme, as_whole

FORMAT = "kadin-danisma-proof/1"
_NEAR = 1e-7


def prove(family: Family, tick: Tick) -> tuple[dict[str, Any], list[Goal]]:
    """Find whole worlds for every goal of a family, as it is hidden now.

    Returns:
        The family's part of the proof, and the goals for which there is none.
    """
    pending = list(family.goals)
    missing: list[Goal] = []
    found: list[list[int]] = []
    claims: list[tuple[Goal, int]] = []

    def take(world: list[int] | None) -> bool:
        """Keep a world that meets anything that is pending; tell whether it does."""
        if world is None:
            return False
        shown = family.worlds.values(world)
        met = [goal for goal in pending if goal.is_met(shown)]
        if met:
            claims.extend((goal, len(found)) for goal in met)
            found.append(world)
            pending[:] = [goal for goal in pending if goal not in met]
        return bool(met)

    for seen in family.pool:
        take(as_whole(seen.world))
    search = _Search(family)
    while pending:
        tick()
        goal = pending[0]
        if not any(take(world) for world in search.worlds_for(goal, pending)):
            missing.append(pending.pop(0))
    return _as_data(family, found, claims), missing


class _Search:
    """Looks for whole worlds, first among the kinds that the worlds of the pool are made of."""

    def __init__(self, family: Family) -> None:
        self._family = family
        self._open = family.hidden | family.hidden_before | family.small
        everything = list(range(len(family.worlds.kinds)))
        used = [
            at
            for at, true in enumerate(family.worlds.truth)
            if true or any(seen.world[at] > _NEAR for seen in family.pool)
        ]
        self._columns = [used, everything] if len(used) < len(everything) else [everything]
        self._programmes: dict[int, Programme] = {}

    def worlds_for(self, goal: Goal, pending: Sequence[Goal]) -> Iterator[list[int] | None]:
        """Yield worlds that meet a goal, if possible others too, the cheapest search first."""
        for level, columns in enumerate(self._columns):
            programme = self._programme(level)
            programme.wish(wishes(self._family, pending))
            world = programme.reach_whole(goal.row, goal.lowest, goal.highest)
            yield world and self._whole(columns, world)

    def _programme(self, level: int) -> Programme:
        if level not in self._programmes:
            worlds = self._family.worlds.only(self._columns[level])
            self._programmes[level] = Programme(worlds, self._family.values, {}, self._open)
        return self._programmes[level]

    def _whole(self, columns: Sequence[int], counts: Sequence[int]) -> list[int]:
        world = [0] * len(self._family.worlds.kinds)
        for at, count in zip(columns, counts, strict=True):
            world[at] = count
        return world


def _range(goal: Goal) -> tuple[float, float | None]:
    return goal.lowest, None if goal.highest == inf else goal.highest


def _as_data(
    family: Family, found: Sequence[Sequence[int]], claims: Sequence[tuple[Goal, int]]
) -> dict[str, Any]:
    worlds = family.worlds
    used = [
        at
        for at in range(len(worlds.kinds))
        if worlds.truth[at] or any(counts[at] for counts in found)
    ]
    places_of: dict[int, list[Place]] = defaultdict(list)
    for place, row in sorted(worlds.places.items()):
        places_of[row].append(place)
    return {
        "family": worlds.family,
        "kinds": [worlds.kinds[at].name for at in used],
        "truth": [worlds.truth[at] for at in used],
        "worlds": [
            {place: counts[at] - worlds.truth[at] for place, at in enumerate(used)
             if counts[at] != worlds.truth[at]}
            for counts in found
        ],
        "claims": [
            [[*place[:2], *place[2]], *_range(goal), at]
            for goal, at in claims
            for place in places_of[goal.row]
        ],
    }  # fmt: skip
