from dataclasses import replace

import pytest

from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.table import MARK
from kadin_danisma.reports.trends import before, periods_before
from tests.reports.builders import a_report, a_summary, a_table


@pytest.mark.parametrize(
    ("period", "first", "last", "many"),
    [
        ("2026-10", "2025-10", "2026-09", 12),
        ("2026-Q1", "2024-Q1", "2025-Q4", 8),
        ("2026", "2021", "2025", 5),
    ],
)
def test_a_report_looks_back_over_more_than_a_year(
    period: str, first: str, last: str, many: int
) -> None:
    found = [each.key for each in periods_before(Period.parse(period))]
    assert (found[0], found[-1], len(found)) == (first, last, many)


def test_an_earlier_report_tells_what_it_published_and_not_what_it_hides() -> None:
    september = a_report("2026-09", tables=[a_summary(clients=31, sessions=3)])
    (told,) = before(Period.parse("2026-10"), [september])
    assert told.period.key == "2026-09"
    assert (told.figures["clients"], told.figures["sessions"]) == (31, MARK)


def test_only_earlier_periods_of_its_kind_are_told_in_their_order() -> None:
    keys = ["2026-11", "2026-09", "2026-10", "2026-Q3", "2025", "2025-12", "2025-09"]
    told = before(Period.parse("2026-10"), [a_report(key) for key in keys])
    assert [each.period.key for each in told] == ["2025-12", "2026-09"]


def test_what_has_no_summary_tells_nothing() -> None:
    table = a_table({"centre": 40, "outside": 9})
    alone = a_report("2026-09", tables=[table])
    whole = replace(a_report("2026-09"), number="2026/09-2")
    told = before(Period.parse("2026-10"), [whole, alone])
    assert [each.period.key for each in told] == ["2026-09"]
