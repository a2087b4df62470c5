"""Patience after wrong passphrases: the next try waits, and whoever gets in is told of them.

Everything that takes a passphrase from somebody goes through ``patiently``; the wait is kept here
and not by a button, and it outlives the program (store/waiting.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from kadin_danisma.domain.dates import Clock, show_date, show_time
from kadin_danisma.errors import KeyFileNeededError, TooSoonError, WrongCredentialsError
from kadin_danisma.i18n import ngettext
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.door import wait_left, waiting_words
from kadin_danisma.services.spelling import try_spellings
from kadin_danisma.store import tries
from kadin_danisma.store.waiting import FREE

T = TypeVar("T")
#: Slips of one's own, made just before the right passphrase, need no more than a quiet word.
_JUST_NOW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Tried:
    """What somebody is told of wrong tries at her name."""

    words: str
    #: Whether they look like slips of her own: few, and made just now.
    slips: bool


def patiently(
    path: Path, name: str, passphrase: str, clock: Clock, attempt: Callable[[str], T]
) -> T:
    """Return what an attempt gives with a passphrase, in any of its spellings.

    Args:
        path: The vault at which it is tried.
        name: The user name that was typed.
        passphrase: What was typed.
        clock: The present moment.
        attempt: Opens something with a passphrase.

    Raises:
        KeyFileNeededError: A file is missing; nothing was tried.
        TooSoonError: The wait after earlier wrong tries is not over; nothing was tried.
        WrongCredentialsError: It opens nothing; this counts as one wrong try.
    """
    if left := wait_left(path, clock):
        raise TooSoonError(waiting_words(left), left)
    try:
        return try_spellings(passphrase, attempt)
    except KeyFileNeededError:
        raise
    except WrongCredentialsError:
        tries.remember(path, name, clock)
        raise


def tried_since(desk: Desk) -> Tried | None:
    """Return what was tried at one's own name since one's last sign-in; None for nothing."""
    with desk.vault.read() as db:
        moments = tries.since_last_sign_in(db, desk.user.id)
    if not moments:
        return None
    words = ngettext(
        "Since your last sign-in a wrong passphrase was typed at your name {n} time, on {day} at "
        "{time}.",
        "Since your last sign-in a wrong passphrase was typed at your name {n} times, the last "
        "time on {day} at {time}.",
        len(moments),
    )
    last = moments[-1]
    said = words.format(n=len(moments), day=show_date(last.date()), time=show_time(last.time()))
    recent = all(abs(desk.clock.now() - each) < _JUST_NOW for each in moments)
    return Tried(said, slips=recent and len(moments) <= FREE)
