"""On cases small enough to solve exactly hardly more is hidden than must be."""

import highspy
import numpy as np
import pytest

from kadin_danisma.domain import counting
from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.facts import Facts
from kadin_danisma.reports.ledger import units, women
from kadin_danisma.reports.ledger.edition import Edition
from kadin_danisma.reports.ledger.hiding import Family, family_of, hide
from kadin_danisma.reports.profiles import profile
from tests.reports.ledger.years import months_of

MONTH = "2026-01"


def families(months: dict[str, Facts]) -> list[Family]:
    truth = counting.tables(months[MONTH], profile("month"))
    new = Edition(MONTH, Period.parse(MONTH), 5, truth)
    every = [*units.worlds([new], months), *women.worlds([new], months)]
    return [family_of(worlds, [new], new, set(), set(), {MONTH: 5}) for worlds in every]


def fewest_hidden(family: Family) -> int:
    """Return the least number of cells that must be hidden: one program with a world per goal."""
    solver = highspy.Highs()
    solver.silent()
    worlds, values = family.worlds, family.values
    hubs = worlds.hub_counts()
    places = {row: sum(at == row for at in worlds.places.values()) for row in family.new}
    first = {}
    for row in family.new:
        first[row] = solver.getNumCol()
        least = 1.0 if row in family.small else 0.0
        solver.addCol(float(places[row]), least, 1.0, 0, np.array([], dtype=np.int32), np.array([]))
        solver.changeColIntegrality(first[row], highspy.HighsVarType.kInteger)
    for goal in family.goals:
        start = solver.getNumCol()
        for _kind in worlds.kinds:
            empty = np.array([], dtype=np.int32)
            solver.addCol(0.0, 0.0, highspy.kHighsInf, 0, empty, np.array([]))
        for row in range(worlds.row_count):
            columns = [start + at for at, kind in enumerate(worlds.kinds) if row in kind.rows]
            # Shown numbers stay: value - room * hidden <= sum <= value + room * hidden.
            room, value = 1000.0, float(values[row])
            terms = [(column, 1.0) for column in columns]
            add(solver, [*terms, (first[row], -room)], -highspy.kHighsInf, value)
            add(solver, [*terms, (first[row], room)], value, highspy.kHighsInf)
        # One of several rows is at least 1 if their sum is.
        either = {goal.row, *goal.others}
        own = [(start + at, 1.0) for at, kind in enumerate(worlds.kinds) if either & {*kind.rows}]
        add(solver, own, goal.lowest, min(goal.highest, 1000.0))
        for hub, count in hubs.items():
            own = [(start + at, 1.0) for at, kind in enumerate(worlds.kinds) if kind.hub == hub]
            add(solver, own, count, count)
        for link in worlds.links:
            terms = [(start + at, float(factor)) for at, factor in link.terms.items()]
            add(solver, terms, link.lower, min(link.upper, highspy.kHighsInf))
    solver.setOptionValue("time_limit", 60.0)
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return round(solver.getObjectiveValue())


def add(solver: highspy.Highs, terms: list[tuple[int, float]], low: float, high: float) -> None:
    columns = np.array([column for column, _factor in terms], dtype=np.int32)
    factors = np.array([factor for _column, factor in terms])
    solver.addRow(float(low), float(high), len(terms), columns, factors)


def cells_of(family: Family) -> int:
    return sum(row in family.hidden for row in family.worlds.places.values())


@pytest.mark.parametrize("seed", range(3))
def test_at_most_one_in_seven_is_hidden_for_nothing(seed: int) -> None:
    ours = least = 0
    for family in families(months_of(seed, 25, 1)):
        if family.goals and len(family.goals) * len(family.worlds.kinds) < 4000:
            hide(family, lambda: None)
            ours += cells_of(family)
            least += fewest_hidden(family)
    assert least > 5
    assert ours <= 1.15 * least
