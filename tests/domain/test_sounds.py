"""Words that sound alike in Turkish are found for each other, and words that are a letter off."""

from string import ascii_lowercase

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kadin_danisma.domain.sounds import is_one_off, neighbours, openings, sound, sounds_alike
from kadin_danisma.domain.text import fold

WORDS = st.text(ascii_lowercase, min_size=1, max_size=10)
#: Spellings with what the rules of sound turn on in them, so that they meet each other often.
HARD_WORDS = st.lists(
    st.sampled_from(["d", "b", "g", "h", "n", "p", "t", "tch", "dj", "kh", "x", "q", "w", "j",
                     "ph", "iy", "ai", "o", "u", "a", "e", "m", "s", "sh"]),
    min_size=1, max_size=6,
).map("".join)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mehmed", "Mehmet"), ("Tuğba", "Tuba"), ("Leila", "Leyla"), ("Aişe", "Ayşe"),
     ("Zeyneb", "Zeynep"), ("Muhammed", "Mohamed"), ("Hâcer", "Hajer"), ("Xecê", "Hece"),
     ("Canbaz", "Cambaz"), ("Sarah", "Sara"), ("Zülfiye", "Zülfye"), ("Havva", "Hawa"),
     ("Sıdıka", "Sıddıka"), ("Ahmet", "Amet"), ("Yağmur", "Yamur"), ("Şükriye", "Shükriye")],
)  # fmt: skip
def test_one_name_in_two_spellings_sounds_alike(one: str, other: str) -> None:
    assert sounds_alike(fold(one), fold(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Esin", "Işın"), ("Oya", "Aya"), ("Gül", "Kül"), ("Eda", "Ada"), ("Ece", "Eçe Su"),
     ("Ay", "Aj")],
)  # fmt: skip
def test_two_names_do_not_sound_alike(one: str, other: str) -> None:
    assert not sounds_alike(fold(one), fold(other))


@given(WORDS | HARD_WORDS, WORDS | HARD_WORDS, WORDS | HARD_WORDS)
def test_sounding_alike_is_mutual_and_carries_on(one: str, two: str, three: str) -> None:
    assert sounds_alike(one, one)
    assert sounds_alike(one, two) == sounds_alike(two, one)
    if (
        min(map(len, (one, two, three))) >= 3
        and sounds_alike(one, two)
        and sounds_alike(two, three)
    ):
        assert sounds_alike(one, three)


@given(HARD_WORDS | WORDS, HARD_WORDS | WORDS)
@example("pkh", "pkh")
def test_whatever_sounds_like_a_word_begins_with_one_of_its_openings(one: str, other: str) -> None:
    """The index is searched by openings only: a word that begins otherwise would not be found."""
    assert one.startswith(openings(one))
    if sound(one) == sound(other):
        assert other.startswith(openings(one))


@given(WORDS, WORDS)
def test_the_neighbours_of_a_word_are_those_a_letter_off(one: str, other: str) -> None:
    assert (other in neighbours(one)) == (one != other and is_one_off(one, other))


@given(WORDS.filter(lambda word: len(word) > 3), st.data())
def test_a_slip_of_one_letter_is_near(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(ascii_lowercase))
    for slip in (
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    ):
        assert is_one_off(word, slip)
        assert is_one_off(slip, word)


@pytest.mark.parametrize(("one", "other"), [("0167", "0168"), ("05000001234", "05000001235")])
def test_a_number_with_another_figure_is_another_number(one: str, other: str) -> None:
    assert not is_one_off(one, other)
    assert not sounds_alike(one, other)
    assert neighbours(one) == frozenset()


def test_short_words_have_no_neighbours() -> None:
    assert not is_one_off("eda", "ada")
    assert is_one_off("esma", "esra")
