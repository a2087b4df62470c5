"""Any two of three shares give the secret back; one alone tells nothing, which is counted out."""

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.store import shares

BYTES = range(256)
SECRETS = st.binary(min_size=1, max_size=40)


@given(SECRETS)
def test_any_two_shares_in_any_order_give_the_secret_back(secret: bytes) -> None:
    split = shares.split(secret)
    for pair in permutations(shares.NUMBERS, shares.ENOUGH):
        assert shares.join({number: split[number] for number in pair}) == secret


@pytest.mark.parametrize("number", shares.NUMBERS)
def test_one_share_is_every_byte_equally_often_whatever_the_secret_is(number: int) -> None:
    """All 65,536 pairs of a secret byte and a slope: no share byte is likelier than another."""
    for secret in BYTES:
        seen = {shares.on_lines(bytes([secret]), bytes([slope]))[number][0] for slope in BYTES}
        assert len(seen) == len(BYTES)


def test_two_shares_leave_one_secret_so_the_count_above_can_fail() -> None:
    pairs = {
        tuple(part[0] for part in shares.on_lines(b"s", bytes([slope])).values())[:2]
        for slope in BYTES
    }
    assert len(pairs) == len(BYTES) < len(BYTES) ** 2


def test_the_slopes_are_drawn_anew_for_every_secret() -> None:
    drawn = {shares.split(bytes(20))[1] for _round in range(50)}
    assert len(drawn) == 50


@given(SECRETS, SECRETS)
def test_shares_of_two_splittings_give_neither_secret_back_but_by_chance(
    one: bytes, other: bytes
) -> None:
    secret = (one + other + bytes(20))[:20]
    first, second = shares.split(secret), shares.split(secret)
    for mine, hers in combinations(shares.NUMBERS, 2):
        assert shares.join({mine: first[mine], hers: second[hers]}) != secret


@pytest.mark.parametrize(
    "wrong", [{}, {1: b"x"}, {1: b"x", 2: b"x", 3: b"x"}, {0: b"x", 1: b"x"}, {1: b"x", 4: b"x"}]
)
def test_anything_but_two_numbered_shares_is_refused(wrong: dict[int, bytes]) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        shares.join(wrong)


def test_shares_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        shares.join({1: b"xy", 2: b"x"})


def test_the_field_is_that_of_aes() -> None:
    """FIPS 197, 4.2: {57} times {83} is {c1}, {57} times {13} is {fe}."""
    assert shares.multiply(0x57, 0x83) == 0xC1
    assert shares.multiply(0x57, 0x13) == 0xFE
    assert all(shares.multiply(number, shares.inverse(number)) == 1 for number in BYTES[1:])
