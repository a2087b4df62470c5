"""Passphrases made by chance of everyday Turkish words, and what one is worth in bits.

The words: resources/words, where LICENCE.txt names the sources. Why so many, why these, and what
the canonical form is for: docs/decisions/0013. Why another list is read aloud: docs/decisions/0046.
"""

import math
import secrets
import unicodedata

from kadin_danisma.domain.text import fold
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.paths import resources_folder

#: So many words make a passphrase of 65 bits.
WORDS = 5
#: Shorter passphrases are refused (contract.md 1); the field counsels five words.
SHORTEST = 12
#: 2 to the power of 13: every word is worth 13 bits exactly.
LIST_SIZE = 8192
#: 2 to the power of 11: the list whose words are read aloud.
ALOUD_SIZE = 2048


def word_list() -> tuple[str, ...]:
    """Return the words of passphrases, in the order of the Turkish alphabet.

    Raises:
        KnownError: The file is missing or is not the one that was shipped. Making a passphrase of
            fewer words would be worth less than it says.
    """
    return _words_in("passphrase-tr.txt", LIST_SIZE)


def aloud_list() -> tuple[str, ...]:
    """Return the words that are read aloud to compare keys: no two of them sound alike.

    Raises:
        KnownError: The file is missing or is not the one that was shipped.
    """
    return _words_in("aloud-tr.txt", ALOUD_SIZE)


def _words_in(name: str, size: int) -> tuple[str, ...]:
    """Read a list of words: each time, which takes a millisecond or two, so nothing is kept."""
    path = resources_folder() / "words" / name
    try:
        words = tuple(path.read_text(encoding="utf-8").split())
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged() from error
    if len(words) != size or len(set(words)) != size:
        raise _damaged()
    return words


def generate(words: int = WORDS) -> str:
    """Return a new passphrase in its canonical form, every word drawn on its own.

    Args:
        words: How many; the same word may come twice, because forbidding it would cost strength.

    Raises:
        KnownError: The list of words is damaged.
        ValueError: No words are asked for.
    """
    if words < 1:
        raise ValueError("a passphrase has at least one word")
    choices = word_list()
    return " ".join(secrets.choice(choices) for _word in range(words))


def strength_bits(words: int = WORDS, list_size: int = LIST_SIZE) -> float:
    """Return the strength of a generated passphrase against somebody who has the list.

    It holds for what ``generate`` made, never for words that a person chose.
    """
    return words * math.log2(list_size)


def is_weak(passphrase: str) -> bool:
    """Tell whether a chosen passphrase is plainly too short, however its letters are composed."""
    return len(unicodedata.normalize("NFC", passphrase)) < SHORTEST


def canonical(text: str) -> str:
    """Return the one spelling of a generated passphrase, whichever way it was typed.

    Capitals, missing Turkish letters and further spaces make no difference between words of the
    list, because no two of them fold alike; so nothing of the strength is lost. A text that has
    fewer than five words, or any word from elsewhere, comes back untouched: somebody chose it.
    So does every text when the list is damaged, because nobody may be kept out by that.
    """
    typed = fold(text).split(" ")
    if len(typed) < WORDS:
        return text
    try:
        spelling = {fold(word): word for word in word_list()}
    except KnownError:
        return text
    if not all(word in spelling for word in typed):
        return text
    return " ".join(spelling[word] for word in typed)


def is_generated(text: str) -> bool:
    """Tell whether a text could have been generated: five words of the list or more, as listed.

    Raises:
        KnownError: The list of words is damaged.
    """
    words = text.split(" ")
    return len(words) >= WORDS and set(words) <= set(word_list())


def _damaged() -> KnownError:
    return KnownError(
        _(
            "The list of words for passphrases is missing or damaged. "
            "Nothing was changed. Please install the program again."
        )
    )
