"""Days and times are read the way people type them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.domain.dates import show_date, show_time
from kadin_danisma.i18n import use_language
from kadin_danisma.ui.typed import read_day, read_time

TODAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("22.11.2026", dt.date(2026, 11, 22)),
        ("1.2.2026", dt.date(2026, 2, 1)),
        ("22/11/2026", dt.date(2026, 11, 22)),
        ("22 11 2026", dt.date(2026, 11, 22)),
        ("22112026", dt.date(2026, 11, 22)),
        ("2026-11-22", dt.date(2026, 11, 22)),
        ("22.11", dt.date(2026, 11, 22)),
        ("22.11.", dt.date(2026, 11, 22)),
        ("bugün", TODAY),
        ("BUGÜN", TODAY),
        ("b", TODAY),
        ("dün", dt.date(2026, 11, 21)),
        ("yesterday", dt.date(2026, 11, 21)),
        ("önceki gün", dt.date(2026, 11, 20)),
    ],
)
def test_days_are_read_as_people_type_them(typed: str, day: dt.date):
    assert read_day(typed, TODAY) == day


def test_a_day_without_a_year_is_the_latest_such_day():
    assert read_day("23.11", TODAY) == dt.date(2025, 11, 23)


@pytest.mark.parametrize("typed", ["", "31.2.2026", "12", "22.11.26", "yarın", "32.1", "a.b"])
def test_what_names_no_day_is_not_guessed(typed: str):
    assert read_day(typed, TODAY) is None


@pytest.mark.parametrize("language", ["tr", "en"])
def test_what_a_field_shows_it_reads_again_in_either_language(language: str):
    day, moment = dt.date(2026, 3, 4), dt.time(9, 5)
    use_language(language)
    try:
        shown = show_date(day), show_time(moment)
    finally:
        use_language("tr")

    assert (read_day(shown[0], TODAY), read_time(shown[1])) == (day, moment)


@pytest.mark.parametrize("typed", ["9.30", "9:30", "09.30", "0930", "930", "09:30", "9,30"])
def test_times_are_read_as_people_type_them(typed: str):
    assert read_time(typed) == dt.time(9, 30)


def test_an_hour_alone_is_the_full_hour():
    assert read_time("9") == dt.time(9)


@pytest.mark.parametrize("typed", ["", "24.00", "9.60", "99", "9.3", "saat dokuz", "12345"])
def test_what_names_no_time_is_not_guessed(typed: str):
    assert read_time(typed) is None


@given(st.dates(dt.date(1990, 1, 1), TODAY))
def test_what_is_shown_can_be_typed_again(day: dt.date):
    assert read_day(show_date(day), TODAY) == day


@given(st.times())
def test_a_shown_time_can_be_typed_again(moment: dt.time):
    assert read_time(show_time(moment)) == dt.time(moment.hour, moment.minute)
