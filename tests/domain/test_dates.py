"""Days, times and periods are read and shown as Turkish and English write them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.domain.dates import (
    FixedClock,
    Period,
    PeriodError,
    minutes_between,
    months_reached,
    parse_date,
    parse_time,
    show_date,
    show_long_date,
    show_minutes,
    show_number,
    show_time,
    written_date,
)
from kadin_danisma.domain.spans import DAY, WEEK, Span
from kadin_danisma.i18n import use_language


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_period_begins_and_ends_where_the_calendar_says(
    text: str, first: date, last: date
) -> None:
    period = Period.parse(text)
    assert (period.first, period.last, period.key) == (first, last, text)


@pytest.mark.parametrize(
    "text",
    ["", "26", "2026-13", "2026-00", "2026-1", "2026-Q5", "2026-10-01", "ekim", "1989", "٢٠٢٦"],
)
def test_other_texts_are_no_period(text: str) -> None:
    with pytest.raises(PeriodError):
        Period.parse(text)


def test_the_months_of_a_quarter_are_its_three() -> None:
    assert [month.key for month in Period.parse("2026-Q3").months] == [
        "2026-07",
        "2026-08",
        "2026-09",
    ]


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_a_shown_date_is_read_as_the_same_day(day: date) -> None:
    assert parse_date(show_date(day)) == day
    assert parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    "text", ["30.02.2026", "1.1.26", "2026-1-3", "03/01/2026", "5", "1.13.2026"]
)
def test_days_that_do_not_exist_or_are_written_otherwise_are_not_read(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize("text", ["24:00", "9:60", "9.30", "9:5", "0930", "-1:00", "14:20:00"])
def test_times_that_do_not_exist_or_are_written_otherwise_are_not_read(text: str) -> None:
    assert parse_time(text) is None


def test_times_are_read_and_shown() -> None:
    assert parse_time("9:05") == time(9, 5)
    assert show_time(time(9, 5)) == "09.05"
    assert minutes_between(time(9, 50), time(11, 5)) == 75


def test_words_and_numbers_are_turkish() -> None:
    use_language("tr")
    assert show_long_date(date(2026, 11, 22)) == "22 Kasım 2026 Pazar"
    assert show_minutes(68) == "1 sa 08 dk"
    assert show_number(1234567) == "1.234.567"
    assert Period.parse("2026-Q3").title == "2026 yılı 3. çeyrek"


@pytest.fixture
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("tr")


@pytest.mark.usefixtures("english")
def test_words_and_numbers_are_english_in_an_english_window() -> None:
    assert show_long_date(date(2026, 11, 30)) == "Monday, 30 November 2026"
    assert show_date(date(2026, 3, 4)) == "04/03/2026"
    assert show_time(time(9, 5)) == "09:05"
    assert show_minutes(68) == "1 h 08 min"
    assert [show_number(each) for each in (7, 1234, 1234567)] == ["7", "1,234", "1,234,567"]
    assert Period.parse("2026-10").title == "October 2026"
    assert Span.around(date(2026, 11, 22), WEEK).title == "16/11/2026 to 22/11/2026"
    assert Span.around(date(2026, 11, 22), DAY).title == "Sunday, 22 November 2026"


@pytest.mark.usefixtures("english")
def test_files_and_what_is_kept_have_one_form_of_date_in_every_language() -> None:
    assert written_date(date(2026, 3, 4)) == "04.03.2026"


def test_a_window_in_turkish_keeps_the_turkish_forms() -> None:
    use_language("tr")
    assert show_long_date(date(2026, 11, 30)) == "30 Kasım 2026 Pazartesi"
    assert show_date(date(2026, 3, 4)) == written_date(date(2026, 3, 4)) == "04.03.2026"
    assert show_number(1234) == "1.234"


def test_months_are_reached_through_periods_that_share_them() -> None:
    others = [Period.parse(key) for key in ("2026-01", "2026-Q1", "2026-05", "2026-Q4")]
    reached = months_reached(Period.parse("2026-03"), others)
    assert {month.key for month in reached} == {"2026-01", "2026-02", "2026-03"}
    assert len(months_reached(Period.parse("2026-03"), [*others, Period.parse("2026")])) == 12


def test_the_day_turns_at_midnight_in_istanbul() -> None:
    assert FixedClock(datetime(2026, 11, 21, 21, 30, tzinfo=UTC)).today() == date(2026, 11, 22)
