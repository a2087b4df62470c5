"""Only the people who were written down on arrival collect a child."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.domain.collecting import collectors, is_named


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("anne", ("anne",)),
        ("anne, teyze", ("anne", "teyze")),
        ("Anne ve Teyze Işıl; dede", ("Anne", "Teyze Işıl", "dede")),
        ("anne / anneanne", ("anne", "anneanne")),
        ("anne veya abla", ("anne", "abla")),
        (" , ; ", ()),
        ("", ()),
    ],
)
def test_the_people_are_told_apart(written: str, names: tuple[str, ...]) -> None:
    assert collectors(written) == names


def test_a_name_is_found_however_it_is_typed() -> None:
    assert is_named("TEYZE IŞIL", "anne, Teyze Işıl")
    assert is_named("  anne ", "Anne, teyze")


def test_somebody_else_is_not_among_them() -> None:
    assert not is_named("baba", "anne, teyze")
    assert not is_named("anne", "")


def test_part_of_a_name_or_no_name_is_not_enough() -> None:
    assert not is_named("teyze", "anne, teyze Işıl")
    assert not is_named("", "anne")


@given(st.lists(st.sampled_from(["anne", "teyze Işıl", "dede", "İpek abla"]), min_size=1))
def test_everybody_who_was_written_down_is_named(people: list[str]) -> None:
    written = ", ".join(people)
    assert collectors(written) == tuple(people)
    assert all(is_named(person, written) for person in people)
