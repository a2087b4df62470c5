"""Turkish text is folded, cased, sorted and tidied as people expect."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.domain.text import (
    fold,
    fold_words,
    has_control_characters,
    has_direction_controls,
    lower,
    sort_key,
    tidy,
    upper,
)


@pytest.mark.parametrize("spelling", ["Işıl", "IŞIL", "isil", "ISIL", "İSİL", "ışıl", "I\u015fil"])
def test_every_spelling_of_isil_folds_to_the_same_word(spelling: str) -> None:
    assert fold(spelling) == "isil"


def test_composed_and_decomposed_letters_fold_alike() -> None:
    assert fold("Gu\u0308ls\u0327ah Og\u0306uz") == fold("Gülşah Oğuz") == "gulsah oguz"


def test_circumflex_and_apostrophe_make_no_difference() -> None:
    assert fold("Hâcer\u2019in") == fold("Hacer'in")


def test_capitals_are_turkish() -> None:
    assert upper("ışıl inci") == "IŞIL İNCİ"
    assert lower("IŞIL İNCİ") == "ışıl inci"


@given(st.text(alphabet="abcçdefgğhıijklmnoöprsştuüvyz ABCÇDEFGĞHIİJKLMNOÖPRSŞTUÜVYZ"))
def test_upper_and_lower_undo_each_other_for_turkish_letters(text: str) -> None:
    assert lower(upper(text)) == lower(text)
    assert upper(lower(text)) == upper(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_names_sort_by_the_turkish_alphabet() -> None:
    names = ["Zeynep", "Şule", "Sevgi", "İnci", "Ilgın", "Çağla", "Cem", "Ömür", "Oya", "Gül", "Ğ"]
    assert sorted(names, key=sort_key) == [
        "Cem", "Çağla", "Gül", "Ğ", "Ilgın", "İnci", "Oya", "Ömür", "Sevgi", "Şule", "Zeynep",
    ]  # fmt: skip


def test_words_come_without_punctuation() -> None:
    assert fold_words("Al-Khatib, Rama (D-0412)") == ("al", "khatib", "rama", "d", "0412")


def test_spaces_of_any_kind_around_a_text_go() -> None:
    assert tidy("\u00a0\u2003 Ayşe \u200b\ufeff\t\n") == "Ayşe"
    assert tidy("Ays\u0327e") == "Ayşe"


def test_a_control_character_at_the_edge_is_left_to_be_refused() -> None:
    assert has_control_characters(tidy("Ayşe\v"))
    assert has_control_characters(tidy("Ay\u2028şe"))
    assert not has_control_characters(tidy("\u2028Ayşe\u2029"))


def test_controls_are_found() -> None:
    assert has_control_characters("a\x07b")
    assert has_control_characters("a\nb")
    assert not has_control_characters("a\r\n\tb", line_breaks=True)
    assert has_direction_controls("abc\u202edef")
    assert not has_direction_controls("Ayşe")
