"""How like two names are: the same, written together or apart, sounding alike, or a letter off."""

from collections.abc import Iterator, Sequence
from enum import IntEnum

from kadin_danisma.domain import phone
from kadin_danisma.domain.records import Client
from kadin_danisma.domain.sounds import is_one_off, sounds_alike
from kadin_danisma.domain.text import fold_words
from kadin_danisma.domain.views import Likeness

#: Two birth years lie apart by more only where they are of two women; an age is often a guess.
_YEARS_OF_ONE = 3
#: Halves of a word that was written together have at least so many letters.
SHORTEST_HALF = 2


class Near(IntEnum):
    """How near a name is to another, the nearest first."""

    SAME = 0
    SOUND = 1
    OFF = 2


def apart(word: str) -> Iterator[tuple[str, str]]:
    """Yield the ways of writing a word as two."""
    if word.isalpha():
        for place in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1):
            yield word[:place], word[place:]


def together(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the words with two neighbours written as one."""
    for place in range(len(words) - 1):
        if words[place].isalpha() and words[place + 1].isalpha():
            yield (*words[:place], words[place] + words[place + 1], *words[place + 2 :])


def name_likeness(one: str, other: str) -> Near | None:
    """Return how near two names are, or None where they may well be two women's.

    Names of two words or more are compared whole; one of them may have one word more (a second
    name, two surnames), and the order does not matter. A single word is like a name that has it.

    Args:
        one: A name as it was typed.
        other: Another one.
    """
    first, second = fold_words(one), fold_words(other)
    if not first or not second:
        return None
    if "".join(first) == "".join(second):
        return Near.SAME
    pairs = [(first, second)]
    pairs += [(spelt, second) for spelt in together(first)]
    pairs += [(first, spelt) for spelt in together(second)]
    found = (_nearness(left, right) for left, right in pairs)
    return min((near for near in found if near is not None), default=None)


def compare(client: Client, other: Client, number: str | None) -> tuple[tuple[Likeness, ...], bool]:
    """Return why two files may be one woman's, and whether somebody is to be asked about it.

    A phone may be shared (sisters, a shelter) and a name is nobody's alone, so likeness is shown
    and never decides.

    Args:
        client: What is known of her so far.
        other: The file it is compared with.
        number: Her telephone number in its stored form, or None.
    """
    found = []
    if client.kimlik_no and client.kimlik_no == other.kimlik_no:
        found.append(Likeness.KIMLIK_NO)
    if number and number == phone.stored_form(other.phone):
        found.append(Likeness.PHONE)
    asks = bool(found)
    near = name_likeness(client.name, other.name)
    if near is not None:
        found.append(Likeness.NAME if near is Near.SAME else Likeness.NEAR_NAME)
        whole = _is_whole(client.name, other.name)
        asks = asks or (whole and not _years_part(client.birth_year, other.birth_year))
    return tuple(found), asks


def rank(why: Sequence[Likeness], *, asks: bool) -> tuple[bool, int, bool]:
    """Return the place of a likely file among others: her name before one that is merely like it.

    Args:
        why: Why it may be hers.
        asks: Whether somebody is to be asked about it.
    """
    return not asks, -len(why), Likeness.NEAR_NAME in why


def _is_whole(one: str, other: str) -> bool:
    """Tell whether two names that are alike are more than a first name that many have."""
    words = fold_words(one), fold_words(other)
    # One word may be a whole name written together.
    return min(map(len, words)) > 1 or sorted("".join(words[0])) == sorted("".join(words[1]))


def _years_part(one: int | None, other: int | None) -> bool:
    """Tell whether two birth years are too far from each other to be one woman's."""
    return one is not None and other is not None and abs(one - other) > _YEARS_OF_ONE


def _nearness(first: Sequence[str], second: Sequence[str]) -> Near | None:
    """Return how near two lists of words are, each word of the shorter one put beside another."""
    fewer, more = sorted((first, second), key=len)
    if len(fewer) == 1:
        # A single word: only the word itself, else every short name would be like many.
        return Near.SAME if fewer[0] in more else None
    if len(more) - len(fewer) > 1:
        return Near.SAME if set(fewer) <= set(more) else None
    left = list(more)
    near = Near.SAME
    # The same words first, so that no other word takes their place.
    for word in sorted(fewer, key=lambda each: each not in left):
        best = min(
            (found, place)
            for place, each in enumerate([*left, ""])
            for found in (_word_nearness(word, each),)
        )
        if best[0] > Near.OFF:
            return None
        if near is Near.OFF and best[0] == Near.OFF:
            return None
        near = max(near, Near(best[0]))
        del left[best[1]]
    return near


def _word_nearness(word: str, other: str) -> int:
    if word == other:
        return Near.SAME
    if other and sounds_alike(word, other):
        return Near.SOUND
    return Near.OFF if other and is_one_off(word, other) else Near.OFF + 1
