"""The proof beside a report: for each small number, worlds of whole numbers that show everything
published and have it otherwise. Kept in the vault as counts, and added up again by ``recount``.
"""

from collections.abc import Sequence
from math import inf
from typing import Any

from kadin_danisma.reports.ledger.hiding import Family, Goal, Tick
from kadin_danisma.reports.ledger.programme import Programme

FORMAT = "kadin-danisma-proof/1"


def prove(family: Family, tick: Tick) -> tuple[dict[str, Any], list[Goal]]:
    """Find whole worlds for every goal of a family, as it is hidden now.

    Returns:
        The family's part of the proof, and the goals for which there is none.
    """
    worlds = family.worlds
    open_rows = family.hidden | family.hidden_before | family.small
    programme = Programme(worlds, family.values, {}, open_rows)
    found: list[tuple[list[int], list[float]]] = []
    claims: list[tuple[Goal, int]] = []
    missing: list[Goal] = []
    for goal in family.goals:
        at = next((at for at, (_w, shown) in enumerate(found) if goal.is_met(shown)), None)
        if at is None:
            tick()
            world = programme.reach(goal.row, goal.lowest, goal.highest, whole=True)
            if world is None:
                missing.append(goal)
                continue
            counts = [round(count) for count in world]
            at = len(found)
            found.append((counts, worlds.values(counts)))
        claims.append((goal, at))
    return _as_data(family, [counts for counts, _shown in found], claims, missing), missing


def _as_data(
    family: Family,
    found: Sequence[Sequence[int]],
    claims: Sequence[tuple[Goal, int]],
    missing: Sequence[Goal],
) -> dict[str, Any]:
    worlds = family.worlds
    used = [
        at
        for at in range(len(worlds.kinds))
        if worlds.truth[at] or any(counts[at] for counts in found)
    ]
    place_of = {row: place for place, row in sorted(worlds.places.items(), reverse=True)}
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
            [[*place_of[goal.row][:2], *place_of[goal.row][2]], goal.lowest,
             None if goal.highest == inf else goal.highest, at]
            for goal, at in claims
        ],
        # Beside these numbers the new report shows nothing of the family.
        "unproved": [[*place_of[goal.row][:2], *place_of[goal.row][2]] for goal in missing],
    }  # fmt: skip
