from dataclasses import replace

import pytest

from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.table import MARK
from kadin_danisma.reports.report import Earlier, Report
from kadin_danisma.reports.trends import (
    before,
    change,
    compared_with,
    in_words,
    key_figures,
    periods_before,
    trend,
)
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


def after(**clients: int | str) -> Report:
    """October 2026 with 40 women, after months that published these, as in m2026_09=31."""
    earlier = tuple(
        Earlier(Period.parse(month[1:].replace("_", "-")), {"clients": value})
        for month, value in clients.items()
    )
    return replace(a_report(tables=[a_summary(clients=40)]), earlier=earlier)


def test_a_line_goes_from_the_first_published_period_to_the_reports_own() -> None:
    points = trend(after(m2026_06=20, m2026_07=MARK, m2026_09=31), "clients")
    assert [(period.key, value) for period, value in points] == [
        ("2026-06", 20), ("2026-07", MARK), ("2026-08", None), ("2026-09", 31), ("2026-10", 40),
    ]  # fmt: skip


def test_there_is_no_line_where_nothing_earlier_was_published() -> None:
    assert trend(after(), "clients") == []
    assert trend(after(m2026_08=MARK, m2026_09=MARK), "clients") == []


def test_a_line_is_told_in_words_with_its_gaps() -> None:
    points = trend(after(m2026_07=20, m2026_09=MARK), "clients")
    assert in_words("clients", points) == (
        "Eğilim çizgisi. Kadın. "
        "Temmuz 2026: 20; Ağustos 2026: rapor yok; Eylül 2026: *; Ekim 2026: 40."
    )


def test_a_report_is_compared_with_the_period_before_and_a_year_before() -> None:
    found = compared_with(after(m2025_10=9, m2026_08=20, m2026_09=31))
    assert [each.period.key for each in found] == ["2026-09", "2025-10"]
    assert compared_with(after(m2026_08=20)) == []


def test_a_year_is_compared_once_with_the_year_before() -> None:
    year = replace(a_report("2026"), earlier=(Earlier(Period.parse("2025"), {"clients": 9}),))
    assert [each.period.key for each in compared_with(year)] == ["2025"]


@pytest.mark.parametrize(
    ("now", "then", "told"),
    [
        (45, 40, "+5 (%13)"),
        (90, 80, "+10 (%12,5)"),
        (35, 40, "–5 (%13)"),
        (40, 40, "0"),
        (2500, 1000, "+1.500 (%150,0)"),
        (7, 0, "+7"),
        (MARK, 40, MARK),
        (40, MARK, MARK),
    ],
)
def test_a_change_is_told_of_published_numbers_only(
    now: int | str, then: int | str, told: str
) -> None:
    assert change(now, then) == told


def test_key_figures_are_those_of_the_report_with_their_lines() -> None:
    figures = {figure.label: figure for figure in key_figures(after(m2026_09=31))}
    assert (figures["Kadın"].value, figures["Kadın"].trend) == ("40", (31, 40))
    assert (figures["Görüşme"].value, figures["Görüşme"].trend) == ("0", ())
    assert key_figures(replace(after(), tables=())) == []
