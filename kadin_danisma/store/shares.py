"""A secret in three shares, of which any two give it back and one alone tells nothing.

Shamir's scheme (How to Share a Secret, 1979) for two of three: each byte of the secret is where a
line over GF(256) stands at 0, and the shares are where it stands at 1, 2 and 3. Why it is our own
code: docs/decisions/0023.
"""

from collections.abc import Mapping

from nacl.utils import random

NUMBERS = (1, 2, 3)
#: How many shares give the secret back.
ENOUGH = 2

_BITS = 8
#: x^8 + x^4 + x^3 + x + 1, by which the field reckons (as AES does), without its highest bit.
_FIELD = 0x1B


def split(secret: bytes) -> dict[int, bytes]:
    """Return the three shares of a secret, each as long as the secret, by their numbers."""
    return on_lines(secret, random(len(secret)))


def on_lines(secret: bytes, slopes: bytes) -> dict[int, bytes]:
    """Return the shares that lie on given lines; the slopes must be drawn by chance.

    Args:
        secret: Where the lines stand at 0.
        slopes: How steep the line of each byte is; as long as the secret.
    """
    return {
        number: bytes(
            start ^ multiply(slope, number) for start, slope in zip(secret, slopes, strict=True)
        )
        for number in NUMBERS
    }


def join(shares: Mapping[int, bytes]) -> bytes:
    """Return the secret of two shares. That they belong together must be checked by other means.

    Raises:
        ValueError: They are not two, or not of these numbers.
    """
    if len(shares) != ENOUGH or not set(shares) <= set(NUMBERS):
        raise ValueError
    (first, ones), (second, others) = shares.items()
    over = inverse(first ^ second)
    weights = multiply(second, over), multiply(first, over)
    return bytes(
        multiply(one, weights[0]) ^ multiply(other, weights[1])
        for one, other in zip(ones, others, strict=True)
    )


def multiply(left: int, right: int) -> int:
    """Return a product in GF(256), by the same eight steps whatever the numbers are."""
    product = 0
    for place in range(_BITS):
        product ^= left & -(right >> place & 1)
        left = (left << 1 & 0xFF) ^ (_FIELD & -(left >> 7))
    return product


def inverse(number: int) -> int:
    """Return what gives 1 when multiplied with a number: its 254th power."""
    power = 1
    for _step in range(254):
        power = multiply(power, number)
    return power
