"""A generated passphrase opens also when its Turkish letters or capitals were not typed right.

Only a second try: what was typed is taken as it is first, so that a chosen passphrase keeps every
letter (docs/decisions/0013).
"""

from collections.abc import Callable
from typing import TypeVar

from kadin_danisma.domain.passphrase import canonical
from kadin_danisma.errors import WrongCredentialsError

T = TypeVar("T")


def try_spellings(passphrase: str, attempt: Callable[[str], T]) -> T:
    """Return what an attempt gives with the passphrase as typed, or with its words spelt right.

    Args:
        passphrase: What was typed.
        attempt: Opens something with a passphrase.

    Raises:
        WrongCredentialsError: Neither opens it; this is one wrong try, not two.
    """
    try:
        return attempt(passphrase)
    except WrongCredentialsError:
        spelt = canonical(passphrase)
        if spelt == passphrase:
            raise
    return attempt(spelt)
