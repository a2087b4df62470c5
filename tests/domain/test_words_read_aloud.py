"""Words that are read aloud: as common as those of passphrases, and never taken for one another."""

import hashlib
from pathlib import Path

import pytest

from kadin_danisma.domain import passphrase
from kadin_danisma.domain.passphrase import ALOUD_SIZE, aloud_list, strength_bits, word_list
from kadin_danisma.domain.text import fold, sort_key
from kadin_danisma.errors import KnownError
from kadin_danisma.store import fingerprint

ALOUD = aloud_list()
FOLDED = {fold(word) for word in ALOUD}
#: The list that sheets were printed with (decision 0046).
DIGEST = "c2ab31d940c2c5d280b1719ed77395070fe9d0325275d73f89ed36957f787d4d"
LETTERS = "abcdefghijklmnoprstuvyz"
#: What a telephone makes of letters: with voice or without, and with lips.
HEARD = str.maketrans("bdgzvcjom", "ptksfssun")
KEYS = [bytes([number]) * 32 for number in range(256)]


def neighbours(word: str) -> set[str]:
    """Return what one letter more, less, changed or swapped with the next makes of a word."""
    halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    less = {left + right[1:] for left, right in halves if right}
    more = {left + letter + right for left, right in halves for letter in LETTERS}
    other = {left + letter + right[1:] for left, right in halves if right for letter in LETTERS}
    swapped = {left + right[1] + right[0] + right[2:] for left, right in halves if len(right) > 1}
    return (less | more | other | swapped) - {word}


def test_the_list_is_the_one_that_was_decided_on() -> None:
    path = passphrase.resources_folder() / "words" / "aloud-tr.txt"
    assert hashlib.sha256(path.read_bytes()).hexdigest() == DIGEST
    assert path.read_bytes() == ("\n".join(ALOUD) + "\n").encode()
    assert list(ALOUD) == sorted(ALOUD, key=sort_key)


def test_there_are_2048_words_and_all_are_words_of_passphrases() -> None:
    assert len(ALOUD) == len(FOLDED) == ALOUD_SIZE == 2048
    assert set(ALOUD) <= set(word_list())
    assert {len(word) for word in ALOUD} <= {3, 4, 5, 6, 7, 8}


def test_one_slip_makes_no_word_of_the_list_into_another() -> None:
    assert [word for word in FOLDED if neighbours(word) & FOLDED] == []


def test_no_two_words_are_one_slip_apart_on_a_bad_telephone() -> None:
    heard = {word.translate(HEARD) for word in FOLDED}

    assert len(heard) == len(FOLDED)
    assert [word for word in heard if neighbours(word) & heard] == []


def test_four_letters_tell_which_word_it_is_and_no_word_begins_another() -> None:
    assert len({word[:4] for word in FOLDED}) == len(FOLDED)
    assert [
        word for word in FOLDED if len(word) == 3 and word in {w[:3] for w in FOLDED - {word}}
    ] == []


def test_six_words_say_no_less_than_five_of_a_passphrase() -> None:
    assert fingerprint.WORDS == 6
    assert strength_bits(fingerprint.WORDS, ALOUD_SIZE) == 66.0 >= strength_bits()


def test_a_key_is_six_words_of_the_list_and_another_key_is_others() -> None:
    said = [fingerprint.words_of(key) for key in KEYS]

    assert all(len(words.split(" ")) == 6 and set(words.split(" ")) <= set(ALOUD) for words in said)
    assert len(set(said)) == len(KEYS)
    assert said == [fingerprint.words_of(key) for key in KEYS]


def test_every_place_of_the_six_varies_over_the_whole_list() -> None:
    places = zip(*(fingerprint.words_of(key).split(" ") for key in KEYS), strict=True)

    for words in places:
        halves = [ALOUD.index(word) * 4 // ALOUD_SIZE for word in words]
        assert len(set(words)) > 200
        assert all(30 <= halves.count(quarter) <= 100 for quarter in range(4))


def test_a_damaged_list_says_nothing_rather_than_other_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "aloud-tr.txt").write_text("\n".join(ALOUD[:-1]), encoding="utf-8")
    monkeypatch.setattr(passphrase, "resources_folder", lambda: tmp_path)

    with pytest.raises(KnownError):
        fingerprint.words_of(KEYS[0])
