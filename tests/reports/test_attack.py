from collections.abc import Iterable
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kadin_danisma.domain import counting
from kadin_danisma.domain.table import TOTAL, CellKey, Table
from kadin_danisma.reports.attack import Attacker, exposed
from kadin_danisma.reports.equations import equations
from kadin_danisma.reports.profiles import profile
from tests.reports.builders import a_cross_table, a_summary, a_table, some_facts


def told(table: Table, hidden: Iterable[CellKey]) -> dict[CellKey, tuple[float, float]]:
    """Between what each hidden cell of a table must lie."""
    system = equations([table])
    places = {key: system.places[0, key] for key in hidden}
    attacker = Attacker(system, frozenset(places.values()))
    return {
        key: (float(attacker.lowest(place)), float(attacker.highest(place)))
        for key, place in places.items()
    }


def test_one_unknown_in_a_sum_is_known_exactly() -> None:
    table = a_table({"centre": 40, "outside": 3})
    assert told(table, [("outside",)]) == {("outside",): (3, 3)}


def test_two_unknowns_in_a_sum_are_bounded_by_it() -> None:
    table = a_table({"centre": 40, "surrounding": 9, "outside": 3})
    assert set(told(table, [("surrounding",), ("outside",)]).values()) == {(0, 12)}


def test_a_hidden_total_leaves_its_parts_without_upper_bound() -> None:
    found = told(a_table({"centre": 3, "outside": 7}), [("centre",), (TOTAL,)])
    assert found == {("centre",): (0, inf), (TOTAL,): (7, inf)}


def test_unknowns_that_only_several_sums_together_tell_are_found() -> None:
    """Each line has two unknowns, but all rows less all columns leave one."""
    cells = [
        ("first_interview", "walk_in"), ("first_interview", "appointment"),
        ("legal", "walk_in"), ("legal", "appointment"), ("legal", "phone"), (TOTAL, "phone"),
    ]  # fmt: skip
    found = told(a_cross_table([[3, 4, 30], [25, 26, 27], [40, 41, 42]]), cells)
    assert found[TOTAL, "phone"] == (99, 99)
    assert found["legal", "phone"] == (27, 27)


def test_bounds_that_only_several_sums_together_tell_are_found() -> None:
    """The total less one row and one column leaves 2 for three cells."""
    table = a_cross_table([[3, 0, 0], [3, 0, 2], [0, 2, 3]])
    shown = {("psych", TOTAL), (TOTAL, "walk_in"), (TOTAL, TOTAL)}
    shown |= {("first_interview", "appointment"), ("psych", "walk_in")}
    assert told(table, set(table.cells) - shown)["legal", "phone"] == (0, 2)


def test_several_answers_bound_each_other_by_their_total() -> None:
    table = a_table(
        {"physical": 20, "sexual": 4, "digital": 3},
        total=26,
        unit="clients_violence",
        dim="violence_type",
        multi=True,
    )
    assert told(table, [("sexual",)]) == {("sexual",): (3, 26)}


def test_the_same_total_in_two_tables_is_one_number() -> None:
    system = equations([a_summary(clients=43), a_table({"centre": 40, "outside": 3})])
    assert system.places[0, ("clients",)] == system.places[1, (TOTAL,)]


@pytest.mark.parametrize(("needed", "found"), [(12, []), (13, [0])])
def test_a_number_is_exposed_when_what_it_needs_is_impossible(
    needed: int, found: list[int]
) -> None:
    system = equations([a_table({"surrounding": 9, "outside": 3, "centre": 40})])
    assert exposed(system, frozenset({0, 1}), {0: needed}) == found


@settings(max_examples=25, deadline=None)
@given(women=st.integers(1, 60), seed=st.integers(0, 9999), part=st.integers(2, 7))
def test_the_truth_is_always_among_what_is_possible(women: int, seed: int, part: int) -> None:
    tables = counting.tables(some_facts(women, seed), profile("month"))
    system = equations(tables)
    hidden = frozenset(n for n in range(len(system.numbers)) if n % part == 0)
    attacker = Attacker(system, hidden)
    for number in hidden:
        true = system.numbers[number].value
        assert attacker.lowest(number) <= true <= attacker.highest(number)
