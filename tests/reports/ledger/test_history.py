"""A new report beside all that were published: nothing small shows, and the proof adds up."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kadin_danisma.domain.table import MARK
from kadin_danisma.reports.ledger import recount
from kadin_danisma.reports.ledger.history import connected, protect
from tests.reports.ledger.years import Office, months_of

QUARTER = ("2026-01", "2026-02", "2026-03", "2026-Q1")


def shown_smaller_than(office: Office, minimum: int) -> list[int]:
    return [
        value
        for edition in office.editions
        for table in edition.shown or ()
        for key, value in table.cells.items()
        if isinstance(value, int)
        and 0 < value < minimum
        and not (table.id == "summary" and key[0].startswith("training"))
    ]


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 10_000), women=st.integers(12, 40))
def test_a_month_its_quarter_and_their_proofs_hold_for_any_centre(seed: int, women: int) -> None:
    office = Office(months_of(seed, women, 3))
    for key in QUARTER:
        made = office.publish(key)
        assert recount.faults(made.proof, office.documents()) == []
    assert shown_smaller_than(office, 5) == []


def test_what_is_shown_is_the_truth() -> None:
    office = Office(months_of(3, 30, 1))
    office.publish("2026-01")
    edition = office.editions[0]
    for table, true in zip(edition.shown or (), edition.truth, strict=True):
        for key, value in table.cells.items():
            assert value in (MARK, true.cells[key].value)


def test_most_of_a_quarter_is_shown() -> None:
    office = Office(months_of(4, 60, 3))
    for key in QUARTER:
        office.publish(key)
    values = [value for table in office.editions[-1].shown or () for value in table.cells.values()]
    small = sum(place[0] == "2026-Q1" for place in office.protected[-1].small)
    assert values.count(MARK) <= 1.5 * small


def test_a_raised_minimum_holds_from_then_on() -> None:
    office = Office(months_of(6, 25, 3))
    office.publish("2026-01")
    office.minimum = 10
    for key in QUARTER[1:]:
        made = office.publish(key)
        assert recount.faults(made.proof, office.documents()) == []
    office.editions = office.editions[1:]
    assert shown_smaller_than(office, 10) == []


def test_the_same_year_gives_the_same_reports() -> None:
    twice = [Office(months_of(7, 25, 3)), Office(months_of(7, 25, 3))]
    for office in twice:
        for key in QUARTER:
            office.publish(key)
    assert twice[0].editions == twice[1].editions


def test_only_reports_with_common_months_hang_together() -> None:
    office = Office(months_of(8, 15, 6))
    for key in ("2026-01", "2026-05", "2026-Q2"):
        office.publish(key)
    january, may, second = office.editions
    assert connected([january], may) == [may]
    assert connected([january, may], second) == [may, second]


def test_it_can_be_cancelled() -> None:
    office = Office(months_of(9, 15, 1))
    office.publish("2026-01")

    def cancel(_done: int, _of: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        protect([], office.editions[0], office.months, cancel)
