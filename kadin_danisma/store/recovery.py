"""The recovery code: 160 random bits on paper, typed back with any spacing and case.

Alphabet: Crockford's base32 (no I, L, O, U; what looks alike is read as the same). The last sign
checks the others (Luhn's rule over 32 signs), so that a slip is noticed while copying.
"""

from nacl.utils import random

from kadin_danisma.domain.text import fold

#: What is typed as the user name beside the code.
RECOVERY_NAME = "kurtarma"
RECOVERY_ID = "recovery"

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {sign: value for value, sign in enumerate(_ALPHABET)}
_LOOKS_LIKE = str.maketrans("OIL", "011")
_BITS = 5
_BYTES = 20
_SIGNS = _BYTES * 8 // _BITS
_GROUP = 3


def new_code() -> str:
    """Return a fresh code in the groups in which it is printed (``7QK-03F-…``)."""
    number = int.from_bytes(random(_BYTES))
    values = [number >> (_BITS * place) & 31 for place in reversed(range(_SIGNS))]
    signs = "".join(_ALPHABET[value] for value in [*values, _check_value(values)])
    return "-".join(signs[start : start + _GROUP] for start in range(0, len(signs), _GROUP))


def read_code(typed: str) -> str | None:
    """Return the code without its groups, or None where it is none or has a slip in it."""
    bare = "".join(sign for sign in fold(typed).upper() if sign.isalnum()).translate(_LOOKS_LIKE)
    if len(bare) != _SIGNS + 1 or not set(bare) <= set(_ALPHABET):
        return None
    values = [_VALUE[sign] for sign in bare]
    return bare if _check_value(values[:-1]) == values[-1] else None


def secret_of(name: str, passphrase: str) -> str:
    """Return what a person typed as secret, the recovery code without its groups."""
    if fold(name) == RECOVERY_NAME:
        return read_code(passphrase) or passphrase
    return passphrase


def _check_value(values: list[int]) -> int:
    total = 0
    for place, value in enumerate(reversed(values)):
        doubled = value * (2 - place % 2)
        total += doubled // 32 + doubled % 32
    return -total % 32
