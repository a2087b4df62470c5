"""Six words by which two people tell aloud that they see the same public key."""

import hashlib

from kadin_danisma.domain.passphrase import aloud_list

#: As many as carry no fewer bits than five words of the list for passphrases.
WORDS = 6
#: A word of 2,048 is worth 11 bits.
_BITS = 11


def words_of(public: bytes) -> str:
    """Return the six words of a public key.

    Raises:
        KnownError: The list of words is missing or damaged.
    """
    number = int.from_bytes(hashlib.blake2b(public, person=b"kd-words").digest())
    words = aloud_list()
    return " ".join(words[number >> (_BITS * place) & (len(words) - 1)] for place in range(WORDS))
