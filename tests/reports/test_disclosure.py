from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kadin_danisma.domain import counting
from kadin_danisma.domain.table import MARK, TOTAL, Cell, CellKey, ProtectedTable, Table
from kadin_danisma.reports.disclosure import protect
from kadin_danisma.reports.profiles import profile
from tests.reports.builders import a_cross_table, a_summary, a_table, some_facts


def shown(table: ProtectedTable) -> dict[str, int | str]:
    """The values of a table of one dimension."""
    return {key[0]: value for key, value in table.cells.items()}


def one(table: Table, minimum: int = 5) -> dict[str, int | str]:
    return shown(protect([table], minimum)[0])


def test_numbers_that_are_not_small_stay_as_they_are() -> None:
    values = {"centre": 40, "surrounding": 12, "outside": 5, "unknown": 0}
    assert one(a_table(values)) == {**values, TOTAL: 57}


@pytest.mark.parametrize("value", [1, 2, 3, 4])
def test_a_small_number_is_hidden_and_so_is_the_smallest_that_would_tell_it(value: int) -> None:
    values = {"centre": 40, "surrounding": 12, "outside": value, "unknown": 0}
    expected = {"centre": 40, "surrounding": MARK, "outside": MARK, "unknown": 0}
    assert one(a_table(values)) == {**expected, TOTAL: 52 + value}


def test_a_number_behind_which_few_women_stand_is_hidden_whatever_it_is() -> None:
    table = a_table(
        {"centre": 40, "surrounding": 30, "outside": 25, "unknown": 0}, women={"outside": 2}
    )
    assert one(table)["outside"] == MARK


def test_hours_of_zero_are_hidden_when_few_women_stand_behind_them() -> None:
    summary = a_summary(playroom_visits=3, playroom_children=3)
    summary.cells["playroom_hours",] = Cell(0, 2)
    assert shown(protect([summary])[0])["playroom_hours"] == MARK


def test_public_events_are_never_hidden() -> None:
    assert shown(protect([a_summary(trainings=1, training_participants=3)])[0])["trainings"] == 1


def test_a_single_small_number_hides_its_total_too() -> None:
    expected = {"centre": MARK, "surrounding": 0, "outside": 0, "unknown": 0, TOTAL: MARK}
    assert one(a_table({"centre": 3, "surrounding": 0, "outside": 0, "unknown": 0})) == expected


def test_two_hidden_numbers_whose_sum_is_tiny_are_not_left_alone() -> None:
    """1 + 2 = 3 would tell that neither is above 3."""
    values = {"centre": 40, "surrounding": 9, "outside": 1, "unknown": 2}
    found = one(a_table(values))
    assert [key for key, value in found.items() if value == MARK] == [
        "surrounding",
        "outside",
        "unknown",
    ]


def test_a_number_of_few_women_must_be_able_to_be_twice_as_big() -> None:
    """Beside a hidden 5 the sum 11 would tell that 6 visits cannot be 12; beside 30 they can."""
    table = a_table(
        {"0_2": 6, "3_5": 5, "6_11": 30, "12_17": 0, "unknown": 0},
        women={"0_2": 1},
        table_id="playroom_by_age_band",
        unit="playroom_visits",
        dim="age_band",
    )
    assert [key for key, value in one(table).items() if value == MARK] == ["0_2", "6_11"]


def test_a_total_hidden_in_one_table_is_hidden_wherever_it_stands() -> None:
    summary = a_summary(clients=4, clients_first=4, applications=9, sessions=8)
    residence = a_table({"centre": 4, "surrounding": 0, "outside": 0, "unknown": 0})
    found = protect([summary, residence])
    assert found[0].cells["clients",] == found[1].cells[TOTAL,] == MARK
    assert found[0].cells["applications",] == 9


def test_kinds_of_clients_protect_each_other_in_the_summary() -> None:
    summary = a_summary(
        clients=33,
        clients_first=23,
        clients_returning=8,
        clients_continuing=2,
        applications=35,
        sessions=50,
    )
    found = shown(protect([summary])[0])
    assert found["clients"] == 33
    assert found["clients_returning"] == found["clients_continuing"] == MARK
    assert found["clients_first"] == 23


def test_every_line_of_a_cross_table_keeps_at_least_two_unknowns() -> None:
    found = protect([a_cross_table([[3, 20, 30], [25, 26, 27], [40, 41, 42]])])[0]
    hidden = {key for key, value in found.cells.items() if value == MARK}
    assert hidden == {
        ("first_interview", "walk_in"), ("first_interview", "appointment"),
        ("legal", "walk_in"), ("legal", "appointment"),
    }  # fmt: skip


def test_several_answers_do_not_add_up_and_so_do_not_give_each_other_away() -> None:
    table = a_table(
        {"physical": 20, "sexual": 2, "economic": 9},
        total=22,
        table_id="clients_by_violence_type",
        unit="clients_violence",
        dim="violence_type",
        multi=True,
    )
    assert one(table) == {"physical": 20, "sexual": MARK, "economic": 9, TOTAL: 22}


def test_several_answers_of_which_one_is_needed_to_cover_all_give_it_away() -> None:
    """20 and 2 of 22: the second cannot be 0, because everybody gave an answer."""
    table = a_table(
        {"physical": 20, "sexual": 2, "economic": 0},
        total=22,
        table_id="clients_by_violence_type",
        unit="clients_violence",
        dim="violence_type",
        multi=True,
    )
    assert one(table)["physical"] == MARK


@pytest.mark.parametrize("minimum", [4, 11])
def test_the_minimum_cannot_leave_its_range(minimum: int) -> None:
    with pytest.raises(ValueError, match="minimum"):
        protect([a_summary()], minimum)


def test_a_higher_minimum_hides_more() -> None:
    values = {"centre": 40, "surrounding": 12, "outside": 9, "unknown": 0}
    assert MARK not in one(a_table(values), 9).values()
    assert one(a_table(values), 10)["outside"] == MARK


def test_the_same_tables_always_give_the_same_result() -> None:
    tables = counting.tables(some_facts(40), profile("quarter"))
    assert protect(tables) == protect(tables)


def test_nothing_but_cells_is_changed() -> None:
    table = a_cross_table([[3, 20], [25, 26]])
    found = protect([table])[0]
    names = ("id", "unit", "dims", "multi", "categories", "groups")
    assert all(getattr(found, name) == getattr(table, name) for name in names)
    assert list(found.cells) == list(table.cells)


# An attacker written apart from the protector: the tables as published, and plain algebra.


def sums(tables: Sequence[ProtectedTable]) -> list[list[tuple[str, ...]]]:
    """Every sum that holds: its total first. A cell is named by its table, or by its total."""
    found = []
    for table in tables:
        for at, dim in enumerate(table.dims):
            if dim in table.multi or table.id == "summary":
                continue
            lines: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
            for key in table.cells:
                rest = (*key[:at], *key[at + 1 :])
                name = (table.unit,) if set(key) == {TOTAL} else (table.id, *key)
                place = 0 if key[at] == TOTAL else len(lines.get(rest, []))
                lines.setdefault(rest, []).insert(place, name)
            found += lines.values()
    clients = ("clients", "clients_first", "clients_returning", "clients_continuing")
    return [*found, [(name,) for name in clients]]


def published(tables: Sequence[ProtectedTable]) -> dict[tuple[str, ...], int | str]:
    """Every number once, under the names of ``sums``."""
    found: dict[tuple[str, ...], int | str] = {}
    for table in tables:
        for key, value in table.cells.items():
            whole = (table.unit,) if set(key) == {TOTAL} else (table.id, *key)
            name = key if table.id == "summary" else whole
            assert found.setdefault(name, value) == value
    return found


def exactly_known(tables: Sequence[ProtectedTable]) -> set[tuple[str, ...]]:
    """The hidden numbers that elimination gives away."""
    values = published(tables)
    unknown = sorted(name for name, value in values.items() if value == MARK)
    rows = []
    for total, *parts in sums(tables):
        factors = {name: Fraction(0) for name in unknown}
        for name, sign in [(total, 1), *((part, -1) for part in parts)]:
            if name in factors:
                factors[name] += sign
        rows.append([factors[name] for name in unknown])
    done: list[list[Fraction]] = []
    for at in range(len(unknown)):
        pivot = next((row for row in rows if row[at]), None)
        if pivot is None:
            continue
        rows = [_without(row, pivot, at) for row in rows if row is not pivot]
        done = [*(_without(row, pivot, at) for row in done), pivot]
    places = [[at for at, factor in enumerate(row) if factor] for row in done]
    return {unknown[row[0]] for row in places if len(row) == 1}


def _without(row: list[Fraction], pivot: list[Fraction], at: int) -> list[Fraction]:
    if not row[at]:
        return row
    factor = row[at] / pivot[at]
    return [own - factor * other for own, other in zip(row, pivot, strict=True)]


@settings(max_examples=30, deadline=None)
@given(
    women=st.integers(0, 120),
    seed=st.integers(0, 10_000),
    kind=st.sampled_from(["month", "month", "quarter", "year"]),
)
def test_no_hidden_number_can_be_worked_out(women: int, seed: int, kind: str) -> None:
    tables = counting.tables(some_facts(women, seed), profile(kind))
    found = protect(tables)
    assert exactly_known(found) == set()
    for table, kept in zip(tables, found, strict=True):
        for key, cell in table.cells.items():
            few = cell.women is not None and (0 < cell.value < 5 or 0 < cell.women < 5)
            assert kept.cells[key] == MARK if few else kept.cells[key] in (MARK, cell.value)


def can_be(table: ProtectedTable, cell: CellKey, value: int) -> bool:
    """Whether whole numbers exist that agree with all that is published, with this one in it."""
    inner = [key for key in table.cells if TOTAL not in key]
    sums = [
        (
            total,
            [
                key
                for key in inner
                if all(t in (TOTAL, k) for t, k in zip(margin, key, strict=True))
            ],
        )
        for margin, total in table.cells.items()
        if TOTAL in margin and isinstance(total, int)
    ]
    known = {key: found for key in inner if isinstance(found := table.cells[key], int)}
    return _completed({**known, cell: value}, [key for key in inner if key not in known], sums)


def _completed(
    known: dict[CellKey, int], unknown: list[CellKey], sums: list[tuple[int, list[CellKey]]]
) -> bool:
    for total, keys in sums:
        told = [known[key] for key in keys if key in known]
        if sum(told) > total or (len(told) == len(keys) and sum(told) < total):
            return False
    left = [key for key in unknown if key not in known]
    if not left:
        return True
    key = left[0]
    room = [total - sum(known.get(k, 0) for k in keys) for total, keys in sums if key in keys]
    return any(
        _completed({**known, key: value}, left[1:], sums)
        for value in range(min(room, default=0) + 1)
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=2, max_size=3))
def test_every_small_number_of_a_cross_table_may_be_0_and_may_be_5(rows: list[list[int]]) -> None:
    table = a_cross_table(rows)
    found = protect([table])[0]
    for key, cell in table.cells.items():
        if TOTAL not in key and 0 < cell.value < 5:
            assert can_be(found, key, 0)
            assert any(can_be(found, key, value) for value in range(5, 10))


def test_the_attacker_of_these_tests_finds_a_number_that_is_left_alone() -> None:
    found = protect([a_cross_table([[3, 20, 30], [25, 26, 27], [40, 41, 42]])])[0]
    hidden = [key for key, value in found.cells.items() if value == MARK]
    for opened in combinations(hidden, 1):
        cells = {key: 99 if key in opened else value for key, value in found.cells.items()}
        assert exactly_known([replace(found, cells=cells)])


def test_tables_that_disagree_on_a_number_are_not_published() -> None:
    with pytest.raises(ValueError, match="two values"):
        protect([a_summary(clients=10), a_table({"centre": 9})])


def test_zeros_that_protect_nothing_are_shown() -> None:
    """A line of zeros whose total is shown tells its cells anyway."""
    table = a_cross_table([[3, 1, 1], [0, 0, 0], [3, 1, 0]])
    found = protect([table])[0]
    assert all(
        found.cells[key] == 0
        for key, cell in table.cells.items()
        if cell.value == 0 and key[0] != "psych"
    )
