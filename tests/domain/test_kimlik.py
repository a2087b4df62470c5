"""The check digits of a T.C. kimlik no."""

from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.domain.kimlik import is_valid


def test_the_textbook_number_is_valid() -> None:
    assert is_valid("10000000146")


def test_other_lengths_letters_and_foreign_figures_are_not() -> None:
    for number in ["", "1000000014", "100000001460", "0000000014", "1000000014a", "١٠٠٠٠٠٠٠١٤٦"]:
        assert not is_valid(number)
    assert not is_valid("01000000146")


@given(st.integers(min_value=0, max_value=10), st.integers(min_value=1, max_value=9))
def test_one_wrong_figure_is_always_noticed(place: int, shift: int) -> None:
    digits = [int(figure) for figure in "99963052744"]
    digits[place] = (digits[place] + shift) % 10
    assert is_valid("99963052744")
    assert not is_valid("".join(map(str, digits)))
