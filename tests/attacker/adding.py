"""Counts that add up: over categories where one answer is given, and over months always."""

from collections.abc import Iterable

from tests.attacker.calendar import Calendar
from tests.attacker.reading import EVERYTHING, Count, Of
from tests.attacker.spaces import Space, inside
from tests.attacker.system import System

#: Units that happen on one day, so that those of the months are those of the year.
EVENTS = ("applications", "contacts", "sessions", "referrals", "playroom_visits",
          "trainings", "training_participants")  # fmt: skip
_MINUTES = "minutes in the playroom"
_LONGEST_STAY = 24 * 60 - 1


def add_scalars(system: System, calendar: Calendar) -> None:
    """Learn that the months of each period add up, and what hours and visits say of each other."""
    for period in _all_periods(calendar):
        parts = calendar.parts(period)
        for unit in (*EVENTS, _MINUTES):
            if parts:
                system.adds_up([Count(part, unit) for part in parts], Count(period, unit))
        hours, minutes = Count(period, "playroom_hours"), Count(period, _MINUTES)
        # Hours are minutes rounded half up.
        system.row({minutes: 1, hours: -60}, -30, 29)
        system.row({minutes: 1, Count(period, "playroom_visits"): -_LONGEST_STAY}, high=0)


def add_table(system: System, calendar: Calendar, space: Space) -> None:
    """Learn what a table of one answer says in every period: cells, margins, groups, months.

    The cells of the shortest periods are split so finely that every printed cell is a sum of them.
    So whatever the tables are grouped by and wherever they overlap, one complete story is told.
    """
    for period in _all_periods(calendar):
        wanted = space.wanted(calendar, period)
        parts = calendar.parts(period)
        if parts:
            for of in wanted - {EVERYTHING}:
                made_of = [Count(part, space.unit, of) for part in parts]
                system.adds_up(made_of, Count(period, space.unit, of))
        else:
            split(system, space, period, calendar.around(period), wanted)


def split(
    system: System, space: Space, period: str, grain_of: Iterable[str], wanted: Iterable[Of]
) -> None:
    """Learn that each wanted cell of a period is the sum of the finest cells in it."""
    atoms = space.atoms(grain_of)
    for of in wanted:
        made_of = [Count(period, space.unit, atom) for atom in atoms if inside(atom, of)]
        if made_of != [Count(period, space.unit, of)]:
            system.adds_up(made_of, Count(period, space.unit, of))


def _all_periods(calendar: Calendar) -> list[str]:
    return [period for root in calendar.roots() for period in calendar.within(root)]
