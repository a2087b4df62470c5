"""Moments as text: which of them somebody may sign, so that nobody stumbles over one later."""

import re
from datetime import datetime

from kadin_danisma.domain.dates import ISTANBUL

_MOMENT = re.compile(r"20\d{2}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}", re.ASCII)
_SIGNS = len("2026-11-22T10:00:00+03:00")
_DAY_SIGNS = len("2026-11-22")
#: What stands in place of a moment that is none: before everything there is.
NO_MOMENT = datetime(1900, 1, 1, tzinfo=ISTANBUL)


def is_moment(said: str) -> bool:
    """Tell whether a text is a moment as this program writes it, of a day that there is."""
    if len(said) != _SIGNS or not _MOMENT.fullmatch(said):
        return False
    try:
        datetime.fromisoformat(said)
    except ValueError:
        return False
    return True


def is_until(at: str, end: str) -> bool:
    """Tell whether a moment is not after another one; what is no moment is after all of them."""
    try:
        return datetime.fromisoformat(at) <= datetime.fromisoformat(end)
    except (ValueError, TypeError):
        return False


def read(said: str) -> datetime:
    """Return a moment that somebody with an SQL prompt may have written; ``NO_MOMENT`` for none."""
    try:
        found = datetime.fromisoformat(said).astimezone(ISTANBUL)
    except (ValueError, TypeError, OverflowError):
        return NO_MOMENT
    return found if "+" in said or "-" in said[_DAY_SIGNS:] else NO_MOMENT
