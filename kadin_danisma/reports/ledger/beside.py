"""What else must be otherwise where women came in other months: every table of theirs.

A world of one family may need women who came at other times than the true ones did: nobody outside
knows who came twice. It is a complete world only if every other family of tables about women has a
world with the same women in it that shows everything published.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from kadin_danisma.reports.ledger.edition import Edition, Place
from kadin_danisma.reports.ledger.programme import Programme
from kadin_danisma.reports.ledger.worlds import Worlds

#: How many women came in each set of months.
Comings = Mapping[Hashable, int]
#: Worlds of other families: {family: [[kind, how many], ...]}.
Told = dict[str, list[list[Any]]]


class Beside:
    """The tables about women, asked whether they could be told of others.

    Args:
        book: All reports that hang together.
        new: The one that is being made.
        families: All families, also those not about women.
        hidden: What is hidden in the new one so far, and grows; small numbers will be too.
    """

    def __init__(
        self,
        book: Sequence[Edition],
        new: Edition,
        families: Iterable[Worlds],
        hidden: AbstractSet[Place],
    ) -> None:
        self._open = new.small.union(*(edition.hidden for edition in book))
        self._hidden = hidden
        self._families = [worlds for worlds in families if worlds.bends]
        self._known: dict[tuple[str, frozenset[tuple[Hashable, int]]], list[list[Any]] | None] = {}

    def worlds_with(self, comings: Comings, family: str) -> Told | None:
        """Return worlds of all other families in which women came so, or None if one has none."""
        told: Told = {}
        for worlds in self._families:
            if worlds.family == family:
                continue
            found = self._world(worlds, comings)
            if found is None:
                return None
            told[worlds.family] = found
        return told

    def _world(self, worlds: Worlds, comings: Comings) -> list[list[Any]] | None:
        key = (worlds.family, frozenset((hub, n) for hub, n in comings.items() if n))
        if key not in self._known:
            free = {
                row
                for place, row in worlds.places.items()
                if place in self._open or place in self._hidden
            }
            values = [round(value) for value in worlds.values(worlds.truth)]
            classes = {hub: comings.get(hub, 0) for hub in worlds.hub_counts()}
            fits = sum(classes.values()) == sum(comings.values())
            found = Programme(worlds, values, {}, free, classes).any_whole() if fits else None
            named = zip(worlds.kinds, found or (), strict=found is not None)
            told = [[kind.name, count] for kind, count in named if count]
            self._known[key] = told if found is not None else None
        return self._known[key]


def comings(worlds: Worlds, world: Sequence[int]) -> Comings:
    """Return how many women of a world came in each set of months."""
    counts: Counter[Hashable] = Counter()
    for kind, count in zip(worlds.kinds, world, strict=True):
        if kind.hub is not None and count:
            counts[kind.hub] += count
    return counts
