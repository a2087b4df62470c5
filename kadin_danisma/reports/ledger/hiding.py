"""Which numbers of a new report are hidden, so that no small one can be found in any report.

Small numbers first. Then, for each small number ever published, a world is looked for in which it
is 0 and one in which it is large; where such worlds must leave numbers of the new report, these
are hidden too, at the least price (LP flow, disclosure.md 3). At last every number that was hidden
for the others is shown again if the worlds exist without it.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import partial

from kadin_danisma.domain.table import TOTAL, Cell
from kadin_danisma.reports.ledger.edition import Edition, Place
from kadin_danisma.reports.ledger.goals import Goal, goals_of
from kadin_danisma.reports.ledger.programme import Programme
from kadin_danisma.reports.ledger.worlds import SUMMARY, Worlds, is_number_of_women

#: Told after each step of the work; it cancels by raising.
Tick = Callable[[], None]
_NEAR = 1e-6
#: What a world gains by meeting one more goal, in prices of hidden numbers.
_WISH = 0.05
#: What it costs to hide: the whole, a margin, an inner number. Zeros go last of their kind.
_PRICES = (40.0, 4.0, 1.0)
_ZERO = 1.5


@dataclass(frozen=True, slots=True)
class Seen:
    """A world, not always of whole numbers, and what it shows in each row."""

    world: list[float]
    shown: list[float]


@dataclass(slots=True)
class Family:
    """The worlds of a family beside everything published and true about its numbers.

    Attributes:
        worlds: Its worlds.
        values: The true number of each row.
        goals: What must stay possible.
        new: Rows of the new report.
        hidden_before: Rows hidden in earlier reports, or by other families.
        small: Rows of the new report that must be hidden for what they are.
        prices: What it costs to hide each of its others.
        hidden: Rows of the new report that are hidden.
        pool: Worlds that meet all goals with what is hidden.
        failed: Whether there is a goal that no world meets, whatever of the new report is hidden.
    """

    worlds: Worlds
    values: list[int]
    goals: list[Goal] = field(default_factory=list)
    new: set[int] = field(default_factory=set)
    hidden_before: set[int] = field(default_factory=set)
    small: set[int] = field(default_factory=set)
    prices: dict[int, float] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    pool: list[Seen] = field(default_factory=list)
    failed: bool = False

    def ease(self, goal: Goal, easier: Goal) -> None:
        """Ask for less than before: more is impossible because of older reports."""
        self.goals[self.goals.index(goal)] = easier


def family_of(
    worlds: Worlds,
    editions: Sequence[Edition],
    new: Edition,
    hidden: AbstractSet[Place],
    withheld: AbstractSet[str],
    promised: Mapping[str, int],
) -> Family:
    """Bring together what is known about the numbers of a family.

    Args:
        worlds: The family.
        editions: All reports that hang together.
        new: The one that is being made.
        hidden: What is hidden in it already.
        withheld: The numbers of reports that show nothing, which have a proof of their own.
        promised: The minimum with which each report's numbers are protected in any case.

    Raises:
        ValueError: The worlds' own truth is not that of the tables: a fault of the program.
    """
    family = Family(worlds, [round(value) for value in worlds.values(worlds.truth)])
    goals: dict[Goal, None] = {}
    for edition in editions:
        before, least = edition.hidden, promised[edition.number]
        for place, cell in edition.cells().items():
            row = worlds.places.get(place)
            if row is None:
                continue
            if family.values[row] != cell.value:
                raise ValueError(f"the kinds of {worlds.family} do not add up to its tables")
            # What stands there for everybody to read needs no protection any more: a small number
            # that was told by hand.
            is_open = edition is new or place in before
            found = goals_of(worlds.places, cell, edition, place, least) if is_open else []
            if row not in worlds.elsewhere and edition.number not in withheld:
                goals.update(dict.fromkeys(found))
            if edition is new:
                family.new.add(row)
                family.prices[row] = max(family.prices.get(row, 0.0), _price(place, cell))
                if found:
                    family.small.add(row)
            if place in before or place in hidden:
                family.hidden_before.add(row)
    family.goals = list(goals)
    # How many women came is told by every table about them: they hide it together or not at all.
    firm = {row for place, row in worlds.places.items() if is_number_of_women(place)}
    for row in family.small | family.hidden_before | firm:
        family.prices.pop(row, None)
    return family


def _price(place: Place, cell: Cell) -> float:
    _number, table_id, key = place
    margins = len(key) if table_id == SUMMARY else key.count(TOTAL)
    level = 0 if margins == len(key) else 1 if margins else 2
    return _PRICES[level] * (1.0 if cell.value else _ZERO)


class Reach:
    """Looks for worlds of a family with the women who truly came and, failing that, with others."""

    def __init__(self, family: Family) -> None:
        self._family = family
        self._programmes = [self._programme(bends=False)]
        self._done: list[Callable[[Programme], None]] = []

    def do(self, act: Callable[[Programme], None]) -> None:
        """Do something to every programme, also to one that is made later."""
        self._done.append(act)
        for programme in self._programmes:
            act(programme)

    def world(self, goal: Goal) -> list[float] | None:
        """Return a world that meets a goal, or None where there is none."""
        found = _reached(self._programmes[0], goal)
        if found is None and self._family.worlds.bends:
            if len(self._programmes) == 1:
                self._programmes.append(self._programme(bends=True))
                for act in self._done:
                    act(self._programmes[1])
            found = _reached(self._programmes[1], goal)
        return found

    def _programme(self, *, bends: bool) -> Programme:
        family = self._family
        free = family.small | family.hidden_before
        return Programme(family.worlds, family.values, family.prices, free, bends=bends)


def _reached(programme: Programme, goal: Goal) -> list[float] | None:
    worlds = (programme.reach(each.row, each.lowest, each.highest) for each in goal.choices())
    return next((world for world in worlds if world is not None), None)


def hide(family: Family, tick: Tick) -> None:
    """Choose what is hidden in the new report (``hidden``, ``pool``, ``failed`` of the family)."""
    reach = Reach(family)
    family.hidden = set(family.small)
    added = _flow(family, reach, tick)
    if not family.failed:
        _clean_up(family, reach, added, tick)


def _flow(family: Family, reach: Reach, tick: Tick) -> list[int]:
    """Hide what the worlds of the goals must leave; return it in the order of hiding."""
    added: list[int] = []
    met: set[Goal] = set()
    for goal in sorted(family.goals, key=lambda each: (family.values[each.row], each.row)):
        if goal in met:
            continue
        tick()
        met_by = ((each, reach.world(each)) for each in (goal, *goal.easier()))
        reached, world = next((found for found in met_by if found[1]), (goal, None))
        if world is None:
            family.failed = True
            break
        if reached != goal:
            family.ease(goal, reached)
        shown = family.worlds.values(world)
        for row in family.prices:
            if row not in family.hidden and abs(shown[row] - family.values[row]) > _NEAR:
                family.hidden.add(row)
                added.append(row)
                reach.do(partial(Programme.forgive, row=row))
        met.update(each for each in family.goals if each.is_met(shown))
    return added


def _clean_up(family: Family, reach: Reach, added: list[int], tick: Tick) -> None:
    """Show again what the worlds can do without."""
    for row in family.prices:
        if row not in family.hidden:
            reach.do(partial(Programme.hold, row=row))
    for row in sorted(added, key=lambda each: (-family.prices[each], each)):
        reach.do(partial(Programme.hold, row=row))
        still = [seen for seen in family.pool if abs(seen.shown[row] - family.values[row]) < _NEAR]
        more = _all_met(family, reach, still, tick)
        if more is None:
            reach.do(partial(Programme.hold, row=row, fixed=False))
        else:
            family.hidden.discard(row)
            family.pool = more
    family.pool = _all_met(family, reach, family.pool, tick) or []


def _all_met(family: Family, reach: Reach, pool: list[Seen], tick: Tick) -> list[Seen] | None:
    """Return worlds that meet every goal, beginning with those of a pool; None if one fails."""
    found = list(pool)
    pending = [goal for goal in family.goals if not any(goal.is_met(seen.shown) for seen in found)]
    while pending:
        tick()
        reach.do(partial(Programme.wish, prices=wishes(family, pending)))
        world = reach.world(pending[0])
        if world is None:
            return None
        found.append(Seen(world, family.worlds.values(world)))
        pending = [goal for goal in pending if not goal.is_met(found[-1].shown)]
    return found


def wishes(family: Family, pending: Sequence[Goal]) -> dict[int, float]:
    """Return what worlds should have less or more of, so that one meets many goals at once."""
    prices: dict[int, float] = defaultdict(float)
    for goal in pending:
        low = goal.lowest == 0
        prices[goal.row] += _WISH / max(family.values[goal.row], 1) if low else -_WISH / goal.lowest
    return prices


def places_of(family: Family, rows: AbstractSet[int], number: str) -> set[Place]:
    """Return the places of a report at which any of the rows stands."""
    return {
        place for place, row in family.worlds.places.items() if row in rows and place[0] == number
    }
