"""Five words by which two people tell aloud that they see the same public key."""

import hashlib

from kadin_danisma.domain.passphrase import WORDS, word_list

_BITS = 13


def words_of(public: bytes) -> str:
    """Return the five words of a public key."""
    number = int.from_bytes(hashlib.blake2b(public, person=b"kd-words").digest())
    words = word_list()
    return " ".join(words[number >> (_BITS * place) & (len(words) - 1)] for place in range(WORDS))
