"""Days, weeks and months to look at: without gaps, and each day in exactly one of a kind."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.domain.spans import DAY, KINDS, MONTH, WEEK, Span
from kadin_danisma.i18n import use_language

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
kinds = st.sampled_from(KINDS)


@given(day=days, kind=kinds)
def test_a_span_holds_its_day_and_meets_its_neighbours(day: date, kind: str) -> None:
    span = Span.around(day, kind)
    assert span.contains(day)
    assert span.earlier().last + timedelta(days=1) == span.first
    assert span.later().first - timedelta(days=1) == span.last
    assert span.earlier().later() == span == span.later().earlier()
    assert not span.earlier().contains(day)
    assert not span.later().contains(day)


@given(day=days)
def test_a_week_is_from_monday_to_sunday(day: date) -> None:
    week = Span.around(day, WEEK)
    assert (week.first.weekday(), week.last.weekday()) == (0, 6)


@pytest.mark.parametrize(
    ("kind", "title"),
    [(DAY, "22 Kasım 2026 Pazar"), (WEEK, "16.11.2026 – 22.11.2026"), (MONTH, "Kasım 2026")],
)
def test_a_span_is_called_as_people_call_it(kind: str, title: str) -> None:
    use_language("tr")
    assert Span.around(date(2026, 11, 22), kind).title == title
