"""Three sheets survive being copied by hand; wrong and mixed ones are refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.store import recovery, sheets
from tests.store.test_recovery import SIGNS

DAY = date(2026, 3, 12)


def three(code: str = "") -> tuple[sheets.Sheet, ...]:
    return sheets.sheets_of(code or recovery.new_code(), DAY)


def test_any_two_sheets_give_the_code_back() -> None:
    code = recovery.new_code()
    for one, other in permutations(three(code), 2):
        assert sheets.code_from(one, other) == code


def test_a_sheet_says_its_number_and_the_day_of_its_set_in_groups_of_three() -> None:
    for number, sheet in enumerate(three(), start=1):
        groups = sheet.text().split("-")
        assert [len(group) for group in groups] == [3] * 14
        assert groups[0][0] == str(number)
        assert sheet.made == DAY


@pytest.mark.parametrize(
    "spoil",
    [
        str.lower,
        lambda text: text.replace("-", " "),
        lambda text: "\n".join(text),
        lambda text: text.replace("0", "o").replace("1", "l"),
        lambda text: text.replace("0", "O").replace("1", "ı"),
    ],
)
def test_a_sheet_is_read_with_any_spacing_and_case(spoil: Callable[[str], str]) -> None:
    for sheet in three():
        assert sheets.read_sheet(spoil(sheet.text())) == sheet


@given(st.integers(0, sheets.SIGNS - 1), st.integers(1, 31))
def test_one_wrong_sign_is_always_noticed(place: int, shift: int) -> None:
    bare = recovery.bare_signs(three()[1].text())
    wrong = SIGNS[(SIGNS.index(bare[place]) + shift) % 32]
    assert sheets.read_sheet(bare[:place] + wrong + bare[place + 1 :]) is None


@given(st.text())
def test_any_other_text_is_no_sheet_and_no_accident(text: str) -> None:
    assert sheets.read_sheet(text) is None


def test_a_code_is_no_sheet_and_a_sheet_no_code() -> None:
    code = recovery.new_code()
    assert sheets.read_sheet(code) is None
    assert recovery.read_code(three(code)[0].text()) is None


def test_one_sheet_twice_and_sheets_of_two_sets_are_refused() -> None:
    code = recovery.new_code()
    first, second = three(code), sheets.sheets_of(code, date(2026, 3, 13))
    assert sheets.code_from(first[0], first[0]) is None
    assert sheets.code_from(first[0], second[1]) is None


@given(st.integers(0, 21), st.integers(1, 255))
def test_a_sheet_that_was_changed_with_a_fitting_check_sign_is_refused(at: int, by: int) -> None:
    one, other, _third = three()
    changed = bytearray(other.share)
    changed[at] ^= by
    forged = sheets.read_sheet(replace(other, share=bytes(changed)).text())
    assert forged is not None
    # One forgery in 65,536 passes the digest; then it opens nothing.
    found = sheets.code_from(one, forged)
    assert found is None or found != sheets.code_from(one, other)


def test_sheets_of_two_sets_with_one_mark_do_not_fit() -> None:
    """The day and the one sign may agree by chance; the digest still tells them apart."""
    code = recovery.new_code()
    fitting = 0
    for _round in range(100):
        one, other = three(code)[0], three(code)[1]
        fitting += sheets.code_from(one, replace(other, mark=one.mark)) is not None
    assert fitting <= 1


def test_two_sets_of_one_code_have_different_shares() -> None:
    code = recovery.new_code()
    assert len({three(code)[0].share for _round in range(20)}) == 20


def test_sheets_are_made_of_a_whole_code_and_today_only() -> None:
    with pytest.raises(ValueError, match=r"^$"):
        sheets.sheets_of("no code", DAY)
    with pytest.raises(ValueError, match=r"^$"):
        sheets.sheets_of(recovery.new_code(), date(2019, 12, 31))
