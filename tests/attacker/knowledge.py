"""Everything a stranger knows who has every report, the contract and a solver: one system.

What counts mean is contract.md section 3. Nothing here was taken from the program.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tests.attacker.adding import add_scalars, add_table
from tests.attacker.answers import add_several
from tests.attacker.calendar import Calendar, months_of
from tests.attacker.reading import Count, Reading
from tests.attacker.spaces import Space, spaces_of
from tests.attacker.system import System
from tests.attacker.women import add_women


@dataclass(frozen=True, slots=True)
class Percentage:
    """A share that was printed somewhere, rounded to one decimal: ``tenths`` is 10 x per cent."""

    part: Count
    base: Count
    tenths: int


@dataclass(frozen=True, slots=True)
class Heard:
    """What a stranger knows beside the reports."""

    #: Numbers told elsewhere: to the press, to the council.
    told: tuple[tuple[Count, int], ...] = ()
    percentages: tuple[Percentage, ...] = ()
    #: Whether files were corrected, so that a woman may be of another category in a later report.
    women_change: bool = False
    #: Whether she also reasons from the rule by which numbers are hidden (outside the promise).
    knows_the_rule: bool = False


@dataclass(slots=True)
class Knowledge:
    """The system, and what was printed and hidden."""

    system: System
    #: Every hidden count and the minimum that protects it: that of its own report, or a smaller one
    #: with which months of it were published before the minimum was raised.
    hidden: dict[Count, int] = field(default_factory=dict)


def gathered(readings: Sequence[Reading], heard: Heard | None = None) -> Knowledge:
    """Put together what the reports and the contract say, and what was heard besides.

    Raises:
        ContradictionError: It cannot all be true.
    """
    heard = heard or Heard()
    knowledge = Knowledge(System())
    system = knowledge.system
    calendar = Calendar(frozenset(reading.period for reading in readings))
    spaces = list(spaces_of(form for reading in readings for form in reading.forms))
    add_scalars(system, calendar)
    of_women: list[Space] = []
    for space in spaces:
        if space.several_answers:
            add_several(system, calendar, space)
        elif space.unit == "clients":
            of_women.append(space)
        else:
            add_table(system, calendar, space)
    add_women(system, calendar, of_women, same_for_ever=not heard.women_change)
    for reading in readings:
        _look_up(knowledge, reading, heard)
        months = set(months_of(reading.period))
        beside = [other for other in readings if months.intersection(months_of(other.period))]
        minimum = min(other.minimum for other in beside)
        knowledge.hidden.update(dict.fromkeys(reading.stars(), minimum))
    for count, number in heard.told:
        system.bound(count, number, number)
    for percentage in heard.percentages:
        _add_percentage(system, percentage)
    system.tighten()
    return knowledge


def _look_up(knowledge: Knowledge, reading: Reading, heard: Heard) -> None:
    system = knowledge.system
    for count, number in reading.printed:
        if number is None:
            system.at(count)
            continue
        system.bound(count, number, number)
        behind = reading.minimum if heard.knows_the_rule else 1
        for women in _women_behind(count) if number else ():
            system.row(dict.fromkeys(women, 1), low=behind)


def _women_behind(count: Count) -> Iterable[list[Count]]:
    """Yield the sums of women that cannot be nought where a count is not."""
    period = count.period
    if count.unit in ("applications", "clients_violence"):
        yield [Count(period, "clients_first"), Count(period, "clients_returning")]
    elif count.unit in ("sessions", "clients"):
        yield [Count(period, "clients")]
    elif count.unit in ("playroom_visits", "playroom_hours"):
        yield [Count(period, "playroom_children")]


def _add_percentage(system: System, share: Percentage) -> None:
    """Learn that a share lies within half a tenth of a per cent of the one printed."""
    system.row({share.part: 2000, share.base: 1 - 2 * share.tenths}, low=0)
    system.row({share.part: 2000, share.base: -1 - 2 * share.tenths}, high=0)
