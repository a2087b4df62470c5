"""The proof beside a report: for each small number, worlds of whole numbers that show everything
published and have it otherwise. Kept in the vault as counts, and added up again by ``recount``.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from math import inf
from typing import Any

from kadin_danisma.reports.ledger.beside import Beside, Told, comings
from kadin_danisma.reports.ledger.edition import Place
from kadin_danisma.reports.ledger.goals import Goal
from kadin_danisma.reports.ledger.hiding import Family, Seen, Tick, wishes
from kadin_danisma.reports.ledger.programme import Programme, as_whole

FORMAT = "kadin-danisma-proof/1"
_NEAR = 1e-7


def prove(
    family: Family, beside: Beside, tick: Tick, *, with_less: bool = False
) -> dict[str, Any] | None:
    """Find whole worlds for every goal of a family, as it is hidden now.

    Args:
        family: The family.
        beside: The other tables about women, for worlds of women who came at other times.
        tick: Told after each step.
        with_less: Whether what is left of a goal beside older reports will do.

    Returns:
        The family's part of the proof, or None where there is none.
    """
    kept = _Kept(family, beside)
    for seen in family.pool:
        kept.take(as_whole(seen.world))
    search = _Search(family)
    while kept.pending:
        tick()
        if not _is_first_met(kept, search, with_less=with_less):
            return None
    return _as_data(family, kept)


def _is_first_met(kept: "_Kept", search: "_Search", *, with_less: bool) -> bool:
    """Look for a world for the first goal that is pending; tell whether there is one."""
    goal = kept.pending[0]
    for each in (goal, *(goal.easier() if with_less else ())):
        kept.pending[0] = each
        for one in each.choices():
            if any(kept.take(world) for world in search.worlds_for(one, kept.pending)):
                return True
    return False


class _Kept:
    """The worlds of a proof, and the goals that none of them meets yet."""

    def __init__(self, family: Family, beside: Beside) -> None:
        self._family, self._beside = family, beside
        self.pending = list(family.goals)
        self.worlds: list[list[int]] = []
        self.claims: list[tuple[Goal, int]] = []
        #: What the other tables about women say where others came, by the world's number.
        self.told: dict[str, Told] = {}
        self._true = comings(family.worlds, family.worlds.truth)

    def take(self, world: list[int] | None) -> bool:
        """Keep a world that meets anything that is pending; tell whether it does."""
        if world is None:
            return False
        worlds = self._family.worlds
        shown = worlds.values(world)
        met = [goal for goal in self.pending if goal.is_met(shown)]
        here = comings(worlds, world) if worlds.bends else self._true
        if met and here != self._true:
            told = self._beside.worlds_with(here, worlds.family)
            if told is None:
                return False
            self.told[str(len(self.worlds))] = told
        if met:
            self.claims.extend((_met_by(goal, shown), len(self.worlds)) for goal in met)
            self.worlds.append(world)
            self.pending = [goal for goal in self.pending if goal not in met]
        return bool(met)


def _met_by(goal: Goal, shown: Sequence[float]) -> Goal:
    return next(each for each in goal.choices() if each.is_met(shown))


class _Search:
    """Looks for whole worlds, first among the kinds that the worlds of the pool are made of."""

    def __init__(self, family: Family) -> None:
        self._family = family
        self._open = family.hidden | family.hidden_before | family.small
        everything = list(range(len(family.worlds.kinds)))
        used = self._used_by(family.pool)
        choices = [used, everything] if len(used) < len(everything) else [everything]
        bent = (False, True) if family.worlds.bends else (False,)
        self._levels = [(columns, bends) for bends in bent for columns in choices]
        self._programmes: dict[int, Programme] = {}

    def worlds_for(self, goal: Goal, pending: Sequence[Goal]) -> Iterator[list[int] | None]:
        """Yield worlds that meet a goal, if possible others too, the cheapest search first."""
        near = next((seen for seen in self._family.pool if goal.is_met(seen.shown)), None)
        if near:
            yield self._near(near, pending)
        wanted = wishes(self._family, pending)
        for level, (columns, bends) in enumerate(self._levels):
            if level not in self._programmes:
                self._programmes[level] = self._programme(columns, bends=bends)
            yield self._found(self._programmes[level], columns, goal, wanted)

    def _near(self, seen: Seen, pending: Sequence[Goal]) -> list[int] | None:
        """Return a whole world for all that a world of the pool meets, of its kinds."""
        columns = self._used_by([seen])
        met = [_met_by(goal, seen.shown) for goal in pending if goal.is_met(seen.shown)]
        programme = self._programme(columns, bends=self._is_bent(seen))
        world = programme.all_whole({goal.row: (goal.lowest, goal.highest) for goal in met})
        return world and self._whole(columns, world)

    def _is_bent(self, seen: Seen) -> bool:
        """Tell whether women came at other times in a world."""
        worlds = self._family.worlds
        moved: dict[Hashable, float] = defaultdict(float)
        for kind, true, count in zip(worlds.kinds, worlds.truth, seen.world, strict=True):
            moved[kind.hub] += count - true
        return worlds.bends and any(abs(moved[hub]) > _NEAR for hub in worlds.hub_counts())

    def _used_by(self, pool: Sequence[Seen]) -> list[int]:
        """Return the kinds that there truly are, and those of some worlds."""
        return [
            at
            for at, true in enumerate(self._family.worlds.truth)
            if true or any(seen.world[at] > _NEAR for seen in pool)
        ]

    def _programme(self, columns: Sequence[int], *, bends: bool) -> Programme:
        worlds = self._family.worlds.only(columns)
        return Programme(worlds, self._family.values, {}, self._open, bends=bends)

    def _found(
        self, programme: Programme, columns: Sequence[int], goal: Goal, wanted: dict[int, float]
    ) -> list[int] | None:
        programme.wish(wanted)
        world = programme.reach_whole(goal.row, goal.lowest, goal.highest)
        return world and self._whole(columns, world)

    def _whole(self, columns: Sequence[int], counts: Sequence[int]) -> list[int]:
        world = [0] * len(self._family.worlds.kinds)
        for at, count in zip(columns, counts, strict=True):
            world[at] = count
        return world


def _range(goal: Goal) -> tuple[float, float | None]:
    return goal.lowest, None if goal.highest == inf else goal.highest


def _as_data(family: Family, kept: _Kept) -> dict[str, Any]:
    worlds = family.worlds
    used = [
        at
        for at in range(len(worlds.kinds))
        if worlds.truth[at] or any(counts[at] for counts in kept.worlds)
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
            for counts in kept.worlds
        ],
        "beside": kept.told,
        "claims": [
            [[*place[:2], *place[2]], *_range(goal), at]
            for goal, at in kept.claims
            for place in places_of[goal.row]
        ],
    }  # fmt: skip
