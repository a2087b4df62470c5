"""A proof that claims less than was promised is refused, by nothing but what was published."""

from typing import Any

import pytest

from kadin_danisma.domain.table import MARK
from kadin_danisma.reports.ledger.recount_claims import unproved

TABLE = "clients_by_age_band"
Claim = tuple[list[str], int, int | None, int]


def a_report(number: str, minimum: int = 5, shown: int | str = MARK) -> dict[str, Any]:
    """A report with one table: so many young women, some old ones, their sum."""
    rows = [["young", MARK], ["old", MARK], ["_total", shown]]
    ages = {"age": ["young", "old"]}
    table = {"id": TABLE, "dims": ["age"], "multi": [], "categories": ages, "rows": rows}
    rule = {"minimum": minimum}
    return {"number": number, "period": number, "rule": rule, "tables": [table]}


def found(*reports: dict[str, Any], small: list[str], claims: list[Claim], **own: int) -> list[str]:
    proof = {
        "families": [{"family": TABLE, "claims": claims}],
        "small": [[reports[0]["number"], TABLE, label] for label in small],
        "withheld": [],
        "unpublished": [],
    }
    cells = {
        (report["number"], TABLE, label.removeprefix("all")): value
        for report in reports
        for label, value in own.items()
    }
    return list(unproved(proof, reports, cells))


def claims_of(label: str, *bounds: tuple[int, int | None]) -> list[Claim]:
    return [(["2026-04", TABLE, label], low, high, 0) for low, high in bounds]


APRIL = a_report("2026-04", shown=20)


def test_nought_and_the_minimum_are_enough() -> None:
    claims = claims_of("young", (0, 0), (5, None))
    assert found(APRIL, small=["young"], claims=claims, young=3, old=17, all_total=20) == []


@pytest.mark.parametrize(
    "bounds", [[(0, 0)], [(5, None)], [(0, 0), (4, None)], [(0, 1), (5, None)]]
)
def test_less_than_that_is_not(bounds: list[tuple[int, int | None]]) -> None:
    claims = claims_of("young", *bounds)
    assert found(APRIL, small=["young"], claims=claims, young=3, old=17, all_total=20)


def test_of_a_larger_number_of_few_women_twice_its_value_is_asked_for() -> None:
    claims = claims_of("young", (0, 0), (15, None))
    assert found(APRIL, small=["young"], claims=claims, young=8, old=12, all_total=20)


def test_beside_a_smaller_minimum_that_one_is_enough_but_nothing_less() -> None:
    raised, quarter = a_report("2026-04", minimum=7, shown=20), a_report("2026-Q2", shown=60)
    own = {"young": 3, "old": 17, "all_total": 20}
    claims = claims_of("young", (0, 0), (5, None))
    assert found(raised, quarter, small=["young"], claims=claims, **own) == []
    claims = claims_of("young", (0, 0), (4, None))
    assert found(raised, quarter, small=["young"], claims=claims, **own)


def test_a_report_of_stars_only_was_promised_nothing() -> None:
    silent, own = a_report("2026-04"), {"young": 3, "old": 17, "all_total": 20}
    claims = claims_of("young", (0, 3), (3, None))
    assert found(silent, small=["young"], claims=claims, **own) == []
    assert found(APRIL, small=["young"], claims=claims, **own)


def test_where_all_are_alike_another_must_be_possible() -> None:
    own = {"young": 20, "old": 0, "all_total": 20}
    assert found(APRIL, small=[], claims=[], **own)
    assert found(APRIL, small=[], claims=claims_of("old", (1, None)), **own) == []
    assert found(APRIL, small=[], claims=claims_of("_total", (0, 0)), **own) == []
    assert found(APRIL, small=[], claims=claims_of("_total", (1, 1)), **own)
