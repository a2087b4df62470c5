"""Two files may be one woman's: which names are like each other, and when somebody is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.domain.likeness import Near, compare, name_likeness
from kadin_danisma.domain.views import Likeness
from tests.builders import a_client

NAMES = st.lists(
    st.sampled_from(["Ayşe", "Gül", "Ayşegül", "Nur", "Mehmed", "Mehmet", "Kaya", "Esma", "Esra"]),
    max_size=4,
).map(" ".join)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Ayşe Gül Yılmaz", "ayşegül yilmaz", Near.SAME),
        ("Yılmaz Ayşe", "Ayşe Yılmaz", Near.SAME),
        ("Ayşe Yılmaz", "Ayşe Nur Yılmaz", Near.SAME),
        ("Ayşe Nur Yılmaz", "Ayşe Yılmaz", Near.SAME),
        ("Tuba Canbaz", "Tuğba Cambaz", Near.SOUND),
        ("Fatma Yılmaz", "Fatıma Yılmaz", Near.OFF),
        ("Ayşe Yılmaz", "Ayşe Yilmza", Near.OFF),
        ("Ayşegül", "Ayşe Gül Kaya", Near.SAME),
    ],
)
def test_names_that_may_be_one_womans(one: str, other: str, near: Near) -> None:
    assert name_likeness(one, other) is near


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ayşe Yılmaz", "Ayşe Kaya"),
        ("Esma Yılmaz", "Esra Yılmas"),
        ("Ayşe", "Ayla Kaya"),
        ("", "Ayşe Yılmaz"),
        ("", ""),
        ("Ayşe Nur Yılmaz", "Ayşe Gül Yılmaz"),
    ],
)
def test_names_that_are_two_womens(one: str, other: str) -> None:
    assert name_likeness(one, other) is None


@given(NAMES, NAMES)
def test_likeness_of_names_is_mutual_and_a_name_is_like_itself(one: str, other: str) -> None:
    assert name_likeness(one, other) == name_likeness(other, one)
    assert name_likeness(one, one) == (Near.SAME if one else None)


def test_a_telephone_and_a_kimlik_no_ask_whatever_the_names() -> None:
    one = a_client("1", name="Ayşe Yılmaz", kimlik_no="10000000146")
    other = a_client("2", name="Fatma Kaya", kimlik_no="10000000146", phone="+905000001234")
    assert compare(one, other, "+905000001234") == ((Likeness.KIMLIK_NO, Likeness.PHONE), True)


def test_a_whole_name_asks_and_a_first_name_only_shows() -> None:
    other = a_client("2", name="Ayşe Yılmaz")
    assert compare(a_client("1", name="Ayse Yilmaz"), other, None) == ((Likeness.NAME,), True)
    assert compare(a_client("1", name="Ayşe"), other, None) == ((Likeness.NAME,), False)


def test_birth_years_far_apart_show_and_do_not_ask() -> None:
    one, other = (a_client("x", name="Ayşe Yılmaz", birth_year=year) for year in (1970, 1995))
    assert compare(one, other, None) == ((Likeness.NAME,), False)
