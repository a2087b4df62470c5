"""The code on paper survives being copied by hand, and a slip in it is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.store import recovery

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def test_a_code_has_160_bits_and_a_check_sign_in_groups_of_three() -> None:
    code = recovery.new_code()
    assert [len(group) for group in code.split("-")] == [3] * 11
    assert code != recovery.new_code()


@pytest.mark.parametrize(
    "spoil",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", "  "),
        lambda code: "\n".join(code),
        lambda code: code.replace("0", "o").replace("1", "l"),
        lambda code: code.replace("0", "O").replace("1", "ı"),
        lambda code: code.replace("1", "İ"),
    ],
)
def test_a_code_is_read_with_any_spacing_and_case(spoil: object) -> None:
    assert callable(spoil)
    code = recovery.new_code()
    assert recovery.read_code(spoil(code)) == code.replace("-", "")


@given(st.integers(0, 32), st.integers(1, 31))
def test_one_wrong_sign_is_always_noticed(place: int, shift: int) -> None:
    bare = recovery.new_code().replace("-", "")
    wrong = SIGNS[(SIGNS.index(bare[place]) + shift) % 32]
    assert recovery.read_code(bare[:place] + wrong + bare[place + 1 :]) is None


@given(st.text())
def test_any_other_text_is_no_code_and_no_accident(text: str) -> None:
    found = recovery.read_code(text)
    assert found is None or len(found) == 33


def test_the_secret_of_anybody_else_is_left_as_typed() -> None:
    code = recovery.new_code().lower()
    assert recovery.secret_of("derya", code) == code
    assert recovery.secret_of("KURTARMA", code) == code.upper().replace("-", "")
    assert recovery.secret_of("kurtarma", "no code") == "no code"
