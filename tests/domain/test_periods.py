"""Periods follow each other without a gap."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.domain.periods import KINDS, earlier, last_finished, later, period_of

days = st.dates(date(1992, 1, 1), date(2100, 12, 31))
kinds = st.sampled_from(KINDS)


@pytest.mark.parametrize(
    ("kind", "key"), [("month", "2026-10"), ("quarter", "2026-Q3"), ("year", "2025")]
)
def test_the_last_finished_period_is_the_one_before_this(kind: str, key: str) -> None:
    assert last_finished(date(2026, 11, 22), kind).key == key


def test_january_reports_on_december() -> None:
    assert last_finished(date(2026, 1, 1)).key == "2025-12"


@given(days, kinds)
def test_a_day_lies_in_its_period(day: date, kind: str) -> None:
    period = period_of(day, kind)
    assert period.contains(day)
    assert period.kind == kind


@given(days, kinds)
def test_periods_follow_each_other_without_a_gap(day: date, kind: str) -> None:
    period = period_of(day, kind)
    assert later(period).first == period.last + timedelta(days=1)
    assert earlier(later(period)) == period
