"""Three sheets of paper for one recovery code: what stands on each, and reading it back.

A sheet is 42 signs of the alphabet of ``store.recovery``: its number, the mark of its set (the day
it was made and one sign by chance), its share, and a sign that checks them. What is shared out is
the secret with a two-byte digest behind it, so that two sheets that do not belong together are
refused while one sheet still tells nothing: the digest is shared out too.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date, timedelta

from nacl.utils import random

from kadin_danisma.store import recovery, shares

_FIRST_DAY = date(2020, 1, 1)
_DAY_SIGNS = 3
_MARK_SIGNS = _DAY_SIGNS + 1
_DIGEST_BYTES = 2
_SHARE_BYTES = recovery.SECRET_BYTES + _DIGEST_BYTES
#: 176 bits; the four bits left over are always 0.
_SHARE_SIGNS = 36
#: How many signs a sheet has.
SIGNS = 1 + _MARK_SIGNS + _SHARE_SIGNS + 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one of the three sheets says.

    Args:
        number: 1, 2 or 3.
        mark: The same on the three sheets of a set, and on no other set's.
        share: Its share of the secret and of the digest.
    """

    number: int
    mark: str
    share: bytes

    @property
    def made(self) -> date:
        """Return the day its set was made."""
        return _FIRST_DAY + timedelta(days=recovery.read_signs(self.mark[:_DAY_SIGNS]))

    def text(self) -> str:
        """Return it in the groups in which it is printed."""
        share = recovery.write_signs(int.from_bytes(self.share), _SHARE_SIGNS)
        return recovery.in_groups(recovery.checked(f"{self.number}{self.mark}{share}"))


def sheets_of(code: str, made: date) -> tuple[Sheet, ...]:
    """Return three sheets for a code, different each time they are made.

    Args:
        code: The recovery code.
        made: The day, which is part of their mark.

    Raises:
        ValueError: It is no code, or the day lies before 2020.
    """
    secret = recovery.secret_in(code)
    days = (made - _FIRST_DAY).days
    if days < 0:
        raise ValueError
    by_chance = recovery.write_signs(random(1)[0], 1)
    mark = recovery.write_signs(days, _DAY_SIGNS) + by_chance
    split = shares.split(secret + _digest(secret))
    return tuple(Sheet(number, mark, share) for number, share in split.items())


def read_sheet(typed: str) -> Sheet | None:
    """Return the sheet that was typed, or None where it is none or has a slip in it."""
    bare = recovery.bare_signs(typed)
    if len(bare) != SIGNS or not recovery.is_checked(bare):
        return None
    number, mark, share = bare[0], bare[1 : 1 + _MARK_SIGNS], bare[1 + _MARK_SIGNS : -1]
    value = recovery.read_signs(share)
    if number not in map(str, shares.NUMBERS) or value >> (8 * _SHARE_BYTES):
        return None
    return Sheet(int(number), mark, value.to_bytes(_SHARE_BYTES))


def code_from(one: Sheet, other: Sheet) -> str | None:
    """Return the code of two different sheets of one set, or None where they do not fit."""
    if one.mark != other.mark or one.number == other.number:
        return None
    joined = shares.join({one.number: one.share, other.number: other.share})
    secret, digest = joined[: recovery.SECRET_BYTES], joined[recovery.SECRET_BYTES :]
    return recovery.code_of(secret) if hmac.compare_digest(digest, _digest(secret)) else None


def _digest(secret: bytes) -> bytes:
    return hashlib.blake2b(secret, digest_size=_DIGEST_BYTES, person=b"kurtarma sayfasi").digest()
