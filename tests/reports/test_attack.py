from math import inf

from kadin_danisma.reports.attack import Interval, attack
from kadin_danisma.reports.equations import equations
from tests.reports.builders import a_cross_table, a_summary, a_table


def number(table_key: tuple[str, ...], at: int = 0) -> tuple[int, tuple[str, ...]]:
    return at, table_key


def test_one_unknown_in_a_sum_is_known_exactly() -> None:
    system = equations([a_table({"centre": 40, "outside": 3})])
    hidden = system.places[0, ("outside",)]
    assert attack(system, frozenset({hidden})) == {hidden: Interval(3, 3)}


def test_two_unknowns_in_a_sum_are_bounded_by_it() -> None:
    system = equations([a_table({"centre": 40, "surrounding": 9, "outside": 3})])
    places = {system.places[0, (key,)] for key in ("surrounding", "outside")}
    assert set(map(repr, attack(system, frozenset(places)).values())) == {repr(Interval(0, 12))}


def test_a_hidden_total_leaves_its_parts_without_upper_bound() -> None:
    system = equations([a_table({"centre": 3, "outside": 0})])
    places = frozenset({system.places[0, ("centre",)], system.places[0, ("_total",)]})
    assert {interval.high for interval in attack(system, places).values()} == {inf}


def test_the_same_total_in_two_tables_is_one_number() -> None:
    residence = a_table({"centre": 40, "outside": 3})
    system = equations([a_summary(clients=43, clients_first=43), residence])
    assert system.places[0, ("clients",)] == system.places[1, ("_total",)]


def test_unknowns_that_only_elimination_tells_are_found() -> None:
    """Each line has two unknowns, but the sum of all rows less some columns leaves one."""
    table = a_cross_table([[3, 4, 30], [25, 26, 27], [40, 41, 42]])
    system = equations([table])
    cells = [
        ("first_interview", "walk_in"), ("first_interview", "appointment"),
        ("legal", "walk_in"), ("legal", "appointment"), ("legal", "phone"), ("_total", "phone"),
    ]  # fmt: skip
    found = attack(system, frozenset(system.places[0, key] for key in cells))
    alone = system.places[0, ("_total", "phone")]
    assert found[alone] == Interval(99, 99)
