"""Telephone numbers are stored in one form and shown in one form."""

import pytest

from kadin_danisma.domain.phone import display, normalise


@pytest.mark.parametrize(
    "typed",
    ["0500 000 12 34", "500 000 1234", "+90 500 000 12 34", "0090 500 0001234", "(0500) 000-12-34",
     "905000001234", "0500.000.12.34"],
)  # fmt: skip
def test_every_way_of_writing_a_number_is_stored_alike(typed: str) -> None:
    assert normalise(typed) == "+905000001234"


def test_seven_digits_are_a_number_in_izmir() -> None:
    assert normalise("445 56 17") == "+902324455617"
    assert display("+902324455617") == "0232 445 56 17"


def test_numbers_of_444_have_no_area_code() -> None:
    assert display(normalise("444 0 123") or "") == "444 01 23"


@pytest.mark.parametrize(
    "typed", ["", "112", "on iki", "0500 000 12 3", "+49 30 1234567", "١٢٣٤٥٦٧"]
)
def test_what_is_no_turkish_number_is_not_made_one(typed: str) -> None:
    assert normalise(typed) is None


def test_other_text_is_shown_as_it_is() -> None:
    assert display("komşusu üzerinden") == "komşusu üzerinden"
