"""The recovery code: 160 random bits on paper, typed back with any spacing and case.

Alphabet: Crockford's base32 (no I, L, O, U; what looks alike is read as the same). The last sign
checks the others (Luhn's rule over 32 signs), so that a slip is noticed while copying.

Each code ever made is a person of its own in the vault: the first is ``kurtarma``, later ones
``kurtarma-2``, ``kurtarma-3``. So an old and a new one can both open until the new one is verified.
"""

from nacl.utils import random

from kadin_danisma.domain.recovery import RECOVERY_NAME, is_recovery_name
from kadin_danisma.domain.text import fold

RECOVERY_ID = "recovery"

SECRET_BYTES = 20

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {sign: value for value, sign in enumerate(_ALPHABET)}
_LOOKS_LIKE = str.maketrans("OIL", "011")
_BITS = 5
_SECRET_SIGNS = SECRET_BYTES * 8 // _BITS
#: How many signs a code has, the one that checks the others included.
SIGNS = _SECRET_SIGNS + 1
_GROUP = 3


def id_of(number: int) -> str:
    """Return the id of the code that was made as the so-manyth of its vault, from 1."""
    return RECOVERY_ID if number == 1 else f"{RECOVERY_ID}-{number}"


def name_of(number: int) -> str:
    """Return the user name of the code that was made as the so-manyth of its vault, from 1."""
    return RECOVERY_NAME if number == 1 else f"{RECOVERY_NAME}-{number}"


def is_recovery(user_id: str) -> bool:
    """Tell whether somebody is no person but a recovery code."""
    return user_id == RECOVERY_ID or user_id.startswith(f"{RECOVERY_ID}-")


def answers_to(name: str, typed: str) -> bool:
    """Tell whether somebody of a name is meant; ``kurtarma`` means every code that opens."""
    return fold(name) == fold(typed) or (fold(typed) == RECOVERY_NAME and is_recovery_name(name))


def new_code() -> str:
    """Return a fresh code in the groups in which it is printed (``7QK-03F-…``)."""
    return code_of(random(SECRET_BYTES))


def code_of(secret: bytes) -> str:
    """Return the code that stands for a secret."""
    return in_groups(checked(write_signs(int.from_bytes(secret), _SECRET_SIGNS)))


def secret_in(code: str) -> bytes:
    """Return the secret for which a code stands.

    Raises:
        ValueError: It is no code.
    """
    bare = read_code(code)
    if bare is None:
        raise ValueError
    return read_signs(bare[:-1]).to_bytes(SECRET_BYTES)


def read_code(typed: str) -> str | None:
    """Return the code without its groups, or None where it is none or has a slip in it."""
    bare = bare_signs(typed)
    return bare if len(bare) == SIGNS and is_checked(bare) else None


def secret_of(name: str, passphrase: str) -> str:
    """Return what a person typed as secret, the recovery code without its groups."""
    if is_recovery_name(name):
        return read_code(passphrase) or passphrase
    return passphrase


def bare_signs(typed: str) -> str:
    """Return what was typed without spaces and dashes, its signs as the alphabet has them."""
    return "".join(sign for sign in fold(typed).upper() if sign.isalnum()).translate(_LOOKS_LIKE)


def in_groups(bare: str) -> str:
    """Return signs as they are printed, three and three."""
    return "-".join(bare[start : start + _GROUP] for start in range(0, len(bare), _GROUP))


def write_signs(number: int, signs: int) -> str:
    """Return a number in so many signs."""
    return "".join(_ALPHABET[number >> (_BITS * place) & 31] for place in reversed(range(signs)))


def read_signs(signs: str) -> int:
    """Return the number that signs of the alphabet stand for."""
    number = 0
    for sign in signs:
        number = number << _BITS | _VALUE[sign]
    return number


def checked(signs: str) -> str:
    """Return signs with the one behind them that checks them."""
    return signs + _ALPHABET[_check_value([_VALUE[sign] for sign in signs])]


def is_checked(bare: str) -> bool:
    """Tell whether all signs are of the alphabet and the last one fits the others."""
    return bool(bare) and set(bare) <= set(_ALPHABET) and checked(bare[:-1]) == bare


def _check_value(values: list[int]) -> int:
    total = 0
    for place, value in enumerate(reversed(values)):
        doubled = value * (2 - place % 2)
        total += doubled // 32 + doubled % 32
    return -total % 32
