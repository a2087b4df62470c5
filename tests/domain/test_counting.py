"""Every count follows its definition in contract.md section 3."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.domain import lists, places
from kadin_danisma.domain.counting import SUMMARY, TABLES, age_band, child_age_band, tables
from kadin_danisma.domain.facts import (
    NOBODY,
    ApplicationFact,
    ClientFact,
    Facts,
    ReferralFact,
    SessionFact,
    VisitFact,
)
from kadin_danisma.domain.table import TOTAL, Cell, Table, TableSpec

EMPTY = Facts(2026, (), (), (), (), (), 0, 0)


def a_client(client: int, *, first: bool = True, birth_year: int | None = 1990) -> ClientFact:
    return ClientFact(client, birth_year, "married", "primary", "homemaker", "sonim", "buca", first)


def an_application(
    client: int,
    *,
    reasons: tuple[str, ...] = ("violence",),
    violence: tuple[str, ...] = (),
    perpetrators: tuple[str, ...] = (),
) -> ApplicationFact:
    return ApplicationFact(client, "phone", "self", reasons, violence, perpetrators)


def table_of(facts: Facts, table_id: str) -> Table:
    return next(table for table in tables(facts) if table.id == table_id)


def test_new_returning_and_continuing_women_add_up_to_all_women() -> None:
    facts = replace(
        EMPTY,
        clients=(a_client(0), a_client(1, first=False), a_client(2, first=False)),
        applications=(an_application(0), an_application(1), an_application(1)),
        sessions=(SessionFact(2, "legal", "phone", 3),),
    )
    cells = table_of(facts, "summary").cells
    assert cells["clients",] == Cell(3, 3)
    assert cells["clients_first",] == Cell(1, 1)
    assert cells["clients_returning",] == Cell(1, 1)
    assert cells["clients_continuing",] == Cell(1, 1)
    assert cells["applications",] == Cell(3, 2)
    assert cells["sessions",] == Cell(3, 1)


def test_a_contact_is_no_application_and_stands_in_no_other_table() -> None:
    facts = replace(EMPTY, applications=(an_application(NOBODY), an_application(NOBODY)))
    cells = table_of(facts, "summary").cells
    assert cells["contacts",] == Cell(2, 2)
    assert cells["applications",] == Cell(0, 0)
    assert table_of(facts, "applications_by_channel").cells[TOTAL,] == Cell(0, 0)


def test_several_answers_count_once_in_the_total() -> None:
    facts = replace(
        EMPTY,
        clients=(a_client(0),),
        applications=(an_application(0, reasons=("violence", "divorce")),),
    )
    cells = table_of(facts, "applications_by_reason").cells
    assert cells["violence",] == cells["divorce",] == cells[TOTAL,] == Cell(1, 1)


def test_an_application_without_reasons_was_not_asked_for_any() -> None:
    facts = replace(EMPTY, clients=(a_client(0),), applications=(an_application(0, reasons=()),))
    assert table_of(facts, "applications_by_reason").cells["not_asked",] == Cell(1, 1)


def test_women_who_told_of_no_violence_are_not_in_the_violence_tables() -> None:
    facts = replace(
        EMPTY,
        clients=(a_client(0), a_client(1), a_client(2)),
        applications=(
            an_application(0, violence=("none",)),
            an_application(1, violence=("unknown",)),
            an_application(2, violence=("physical", "threat", "unknown")),
        ),
    )
    cells = table_of(facts, "clients_by_violence_type").cells
    assert cells[TOTAL,] == Cell(1, 1)
    assert cells["physical",] == cells["threat",] == Cell(1, 1)
    assert ("none",) not in cells


def test_a_perpetrator_comes_from_all_applications_of_the_woman() -> None:
    facts = replace(
        EMPTY,
        clients=(a_client(0),),
        applications=(
            an_application(0, violence=("physical",), perpetrators=("unknown",)),
            an_application(0, perpetrators=("husband",)),
        ),
    )
    cells = table_of(facts, "clients_by_perpetrator").cells
    assert cells["husband",] == Cell(1, 1)
    assert cells["unknown",] == Cell(0, 0)


def test_a_woman_without_a_named_perpetrator_counts_once_unknown_before_declined() -> None:
    facts = replace(
        EMPTY,
        clients=(a_client(0), a_client(1), a_client(2)),
        applications=(
            an_application(0, violence=("threat",), perpetrators=("declined", "unknown")),
            an_application(1, violence=("threat",), perpetrators=("not_asked", "declined")),
            an_application(2, violence=("threat",)),
        ),
    )
    cells = table_of(facts, "clients_by_perpetrator").cells
    assert cells["unknown",] == cells["declined",] == cells["not_asked",] == Cell(1, 1)


def test_ages_are_those_of_the_year_in_which_the_period_ends() -> None:
    bands = {2009: "u18", 2008: "18_29", 1997: "18_29", 1996: "30_39", 1966: "60p", None: "unknown"}
    assert {year: age_band(year, 2026) for year in bands} == bands
    children = {2024: "0_2", 2023: "3_5", 2020: "6_11", 2014: "12_17", None: "unknown"}
    assert {year: child_age_band(year, 2026) for year in children} == children


def test_playroom_hours_are_summed_minutes_rounded_half_up() -> None:
    def hours(*minutes: int) -> int:
        visits = tuple(VisitFact(0, "efe", 2020, each) for each in minutes)
        return table_of(replace(EMPTY, visits=visits), "summary").cells["playroom_hours",].value

    assert [hours(29), hours(30), hours(45, 45), hours(89), hours(0)] == [0, 1, 2, 1, 0]


def test_a_child_is_one_folded_name_of_one_file() -> None:
    visits = (VisitFact(0, "efe", 2020, 0), VisitFact(0, "efe", 2020, 0), VisitFact(1, "efe", 1, 0))
    cells = table_of(replace(EMPTY, visits=visits), "summary").cells
    assert cells["playroom_children",] == Cell(2, 2)
    assert cells["playroom_visits",] == Cell(3, 2)


def test_trainings_stand_behind_nobody() -> None:
    cells = table_of(replace(EMPTY, trainings=2, training_participants=40), "summary").cells
    assert cells["training_participants",] == Cell(40, None)


def test_a_group_counts_units_with_any_of_its_members_once() -> None:
    facts = replace(
        EMPTY,
        clients=(a_client(0),),
        applications=(an_application(0, violence=("physical", "sexual", "verbal")),),
    )
    spec = TableSpec(
        "clients_by_violence_type", {"violence_type": {"body": ("physical", "sexual")}}
    )
    (table,) = tables(facts, [spec])
    assert table.cells["body",] == Cell(1, 1)
    assert ("physical",) not in table.cells
    assert table.categories["violence_type"][0] == "body"
    assert table.groups == {"violence_type": {"body": ("physical", "sexual")}}


_CLIENTS = st.integers(0, 6)
_FACTS = st.builds(
    Facts,
    st.just(2026),
    st.just(tuple(a_client(number, first=number % 2 == 0) for number in range(7))),
    st.lists(
        st.builds(
            ApplicationFact,
            st.one_of(_CLIENTS, st.just(NOBODY)),
            st.sampled_from(lists.CHANNEL.keys),
            st.sampled_from(lists.APPLICANT_ROLE.keys),
            st.lists(st.sampled_from(lists.REASON.keys), unique=True).map(tuple),
            st.lists(st.sampled_from(lists.VIOLENCE_TYPE.keys), unique=True).map(tuple),
            st.lists(st.sampled_from(lists.PERPETRATOR_RELATION.keys), unique=True).map(tuple),
        ),
        max_size=12,
    ).map(tuple),
    st.lists(
        st.builds(
            SessionFact,
            _CLIENTS,
            st.sampled_from(lists.SERVICE.keys),
            st.sampled_from(lists.CHANNEL.keys),
            st.integers(1, 9),
        ),
        max_size=12,
    ).map(tuple),
    st.lists(
        st.builds(
            ReferralFact,
            _CLIENTS,
            st.sampled_from(places.INSTITUTION.keys),
            st.sampled_from(lists.REFERRAL_OUTCOME.keys),
            st.integers(1, 9),
        ),
        max_size=12,
    ).map(tuple),
    st.just(()),
    st.integers(0, 5),
    st.integers(0, 500),
)


@given(_FACTS)
def test_rows_add_up_to_the_total_wherever_one_unit_has_one_answer(facts: Facts) -> None:
    for table in tables(facts):
        if table.multi or table.id == "summary":
            continue
        for place, _ in enumerate(table.dims):
            for key, total in table.cells.items():
                if key[place] != TOTAL:
                    continue
                parts = [
                    cell.value
                    for other, cell in table.cells.items()
                    if other[place] != TOTAL
                    and other[:place] + other[place + 1 :] == key[:place] + key[place + 1 :]
                ]
                assert sum(parts) == total.value


@given(_FACTS)
def test_no_more_women_stand_behind_a_count_than_it_is_high(facts: Facts) -> None:
    for table in tables(facts):
        for key, cell in table.cells.items():
            if cell.women is not None and key != ("playroom_hours",):
                assert cell.women <= cell.value
                assert (cell.women == 0) == (cell.value == 0)


def test_every_table_has_every_category_and_its_margins() -> None:
    assert [table.id for table in tables(EMPTY)] == [definition.id for definition in TABLES]
    for table in tables(EMPTY):
        expected = 1
        for dim in table.dims:
            expected *= len(table.categories[dim]) + 1
        assert len(table.cells) == (len(SUMMARY) if table.id == "summary" else expected)
