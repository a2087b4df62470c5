"""A hit is shown with the words around it, and marked where it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kadin_danisma.domain.snippet import snippet
from kadin_danisma.domain.text import fold, fold_words

LONG = "Uzun bir görüşme oldu. " * 20 + "Işıl'ın NAFAKASI konuşuldu. " + "Sonra çıktı. " * 40


def marked(text: str, *words: str) -> list[str]:
    found = snippet(text, words)
    return [found.text[start:end] for start, end in found.marks]


def test_words_are_marked_as_they_are_written() -> None:
    assert marked("Işıl'ın nafakası, IŞILDAK", "isil") == ["Işıl", "IŞILDAK"]
    assert marked("Nafaka ve velayet konuşuldu.", "vel", "nafaka") == ["Nafaka", "velayet"]


def test_a_word_in_the_middle_of_another_is_not_marked() -> None:
    assert marked("sığınak, kasığı", "sig") == ["sığınak"]


def test_a_long_note_is_cut_around_the_hit() -> None:
    found = snippet(LONG, ["nafaka"])
    assert len(found.text) <= 192
    assert found.text.startswith("…")
    assert found.text.endswith("…")
    assert "Işıl'ın NAFAKASI konuşuldu." in found.text


def test_a_hit_at_either_end_is_shown_whole() -> None:
    assert snippet("nafaka " + LONG, ["nafaka"]).text.startswith("nafaka Uzun")
    last = snippet(LONG + "velayet", ["velayet"])
    assert last.text.endswith("velayet")
    assert len(last.text) > 150


def test_line_breaks_become_spaces() -> None:
    assert snippet("bir\n\niki\tüç", ["iki"]).text == "bir iki üç"


def test_a_text_without_the_words_is_shown_from_its_beginning() -> None:
    found = snippet(LONG, ["yok"])
    assert found.text.startswith("Uzun bir")
    assert found.marks == ()
    assert snippet("", ["yok"]).text == ""


@pytest.mark.parametrize("text", ["Gu\u0308ls\u0327ah", "g\u0332ul", "e\u0301\u0332tude"])
def test_letters_with_signs_of_their_own_are_marked(text: str) -> None:
    assert marked(text, fold(text)[:2])


@given(st.text(alphabet="aşıİI gü.\n\u0301", max_size=600), st.integers(0, 50))
def test_every_word_of_a_text_that_is_looked_for_is_marked_in_it(text: str, place: int) -> None:
    words = fold_words(text)
    if words:
        word = words[place % len(words)]
        hits = marked(text, word)
        assert hits
        assert all(fold(hit).startswith(word) or word.startswith(fold(hit)) for hit in hits)


@given(st.text(max_size=400), st.text(max_size=5))
def test_a_mark_never_reaches_beyond_what_is_shown(text: str, word: str) -> None:
    found = snippet(text, fold_words(word))
    assert all(0 <= start < end <= len(found.text) for start, end in found.marks)
