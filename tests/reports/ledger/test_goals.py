"""What must stay possible for a number, and what will do where older reports say more."""

from dataclasses import replace
from itertools import pairwise
from math import inf

from hypothesis import assume, given
from hypothesis import strategies as st

from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.table import Cell, Table
from kadin_danisma.reports.disclosure import is_small
from kadin_danisma.reports.ledger.edition import Edition
from kadin_danisma.reports.ledger.goals import Goal, goals_of, promises

PLACE = ("2026-04", "summary", ("clients",))


def edition(key: str, minimum: int) -> Edition:
    return Edition(key, Period.parse(key), minimum, ())


def goals(value: int, women: int, minimum: int, promised: int) -> list[Goal]:
    return goals_of({PLACE: 0}, Cell(value, women), edition("2026-04", minimum), PLACE, promised)


def test_a_small_number_could_be_nought_and_could_be_the_minimum() -> None:
    assert goals(3, 3, 5, 5) == [Goal(0, 5, inf), Goal(0, 0, 0)]


def test_a_number_behind_which_few_women_stand_could_be_twice_as_large() -> None:
    assert goals(9, 2, 5, 5)[0] == Goal(0, 18, inf)


def test_after_the_minimum_was_raised_the_old_one_will_do_but_nothing_less() -> None:
    large, nought = goals(3, 3, 7, 5)
    assert (large.lowest, large.enough) == (7, 5)
    assert nought == Goal(0, 0, 0)
    assert [goal.lowest for goal in large.easier()] == [6, 5]


def test_what_the_old_minimum_let_months_show_need_not_stay_open() -> None:
    large, nought = goals(6, 6, 7, 5)
    assert (large.enough, nought.enough) == (6, 6)


def test_where_nothing_was_promised_a_goal_comes_down_to_the_truth() -> None:
    large, nought = goals(3, 3, 5, 0)
    assert [goal.lowest for goal in large.easier()] == [4, 3]
    assert [goal.highest for goal in nought.easier()] == [1, 2, 3]


@given(
    value=st.integers(0, 200),
    women=st.integers(1, 200),
    minimum=st.integers(5, 10),
    promised=st.sampled_from([0, 5, 6, 7]),
)
def test_every_goal_comes_down_step_by_step_and_never_below_what_will_do(
    value: int, women: int, minimum: int, promised: int
) -> None:
    assume(is_small(Cell(value, women), minimum))
    for goal in goals(value, women, minimum, min(promised, minimum)):
        down = [goal, *goal.easier()]
        assert len(down) <= 9
        for harder, easier in pairwise(down):
            assert (easier.lowest, -easier.highest) < (harder.lowest, -harder.highest)
        if goal.enough is not None:
            assert goal.enough in (down[-1].lowest, down[-1].highest)
            assert list(down[-1].easier()) == []
            assert promised or down[-1].is_met([value])


def test_reports_promise_what_the_smallest_minimum_of_their_months_promised() -> None:
    book = [edition("2026-04", 5), edition("2026-06", 7), edition("2026-Q2", 7)]
    assert promises(book, []) == {"2026-04": 5, "2026-06": 7, "2026-Q2": 5}


def test_a_report_without_a_proof_promises_nothing() -> None:
    assert promises([edition("2026-04", 5)], ["2026-04"]) == {"2026-04": 0}


def a_table(multi: tuple[str, ...] = ()) -> Edition:
    """A month in which all twenty women are of one age."""
    values = {("young",): 20, ("old",): 0, ("unknown",): 0, ("_total",): 20}
    cells = {key: Cell(value, value) for key, value in values.items()}
    ages = {"age": ("young", "old", "unknown")}
    table = Table("clients_by_age_band", "clients", ("age",), multi, ages, {}, cells)
    return replace(edition("2026-04", 5), truth=(table,))


def goals_in(month: Edition, label: str, promised: int = 5) -> list[Goal]:
    rows = {place: row for row, place in enumerate(month.cells())}
    place = ("2026-04", "clients_by_age_band", (label,))
    return goals_of(rows, month.cells()[place], month, place, promised)


def test_where_all_are_alike_one_of_them_could_be_something_else() -> None:
    (goal,) = goals_in(a_table(), "young")
    assert goal == Goal(1, 1, inf, None, others=(2,), line=3)
    assert [each.row for each in goal.choices()] == [1, 2]
    assert goal.is_met([20, 0, 1, 21])
    assert not goal.is_met([15, 0, 0, 15])


def test_where_nothing_else_is_possible_there_could_be_none_at_all() -> None:
    (goal,) = goals_in(a_table(), "young")
    assert list(goal.easier()) == [Goal(3, 0, 0)]


def test_where_all_gave_one_of_several_answers_one_of_them_may_not_have() -> None:
    assert goals_in(a_table(multi=("age",)), "young") == [Goal(0, 0, 19)]


def test_of_nobody_there_is_nothing_to_tell() -> None:
    assert goals_in(a_table(), "old") == []
    assert goals_in(a_table(), "_total") == []


def test_a_silent_report_asks_for_another_where_there_is_room() -> None:
    (goal,) = goals_in(a_table(), "young", promised=0)
    assert list(goal.easier()) == [Goal(3, 0, 0), replace(goal, lowest=0)]
