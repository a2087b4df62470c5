"""Wrong tries at the door, in a small file beside the vault: after two of them the next one waits.

``<vault>.tries`` holds moments and, of the name, the id of the account it belongs to or nothing;
never what was typed. It makes guessing at this computer slow and is no lock: whoever can delete the
file, or copies the vault, is stopped by Argon2id alone (docs/decisions/0018).

The sign-in asks here before anything else of the store is loaded: this module knows no database.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from kadin_danisma.domain.dates import ISTANBUL, Clock
from kadin_danisma.foreign import IrregularFileError, read_regular, resolved

ENDING = ".tries"
#: Slips that cost nothing.
FREE = 2
#: The longest wait, in seconds.
LONGEST = 60
#: No more tries than these, the latest, are kept.
MOST = 500
#: Seconds after which a try makes nobody wait any more; sixty tries an hour is the most anyway.
COUNTED_FOR = 3600.0
_LARGEST_FILE = 1 << 20
#: All that a file of which nothing is trusted may make of its reader.
_FAULTS = (
    IrregularFileError, OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Try:
    """One wrong try."""

    at: datetime
    #: When, by the seconds for which the computer had run.
    ticks: float
    #: The account whose name was typed; empty where there is none of that name.
    user_id: str
    #: Whether it stands in the log already.
    logged: bool = False


def delay_after(count: int) -> int:
    """Return the seconds to wait after so many wrong tries: 0, 0, 2, 4, 8 … 60."""
    return 0 if count <= FREE else min(2 ** (count - FREE), LONGEST)


def wait_left(path: Path, clock: Clock) -> float:
    """Return the seconds until the next try at a vault; 0 where it may be made at once."""
    passed = [seconds_since(each, clock) for each in read(path)]
    count = sum(1 for seconds in passed if seconds < COUNTED_FOR)
    return max(0.0, delay_after(count) - passed[-1]) if count else 0.0


def seconds_since(each: Try, clock: Clock) -> float:
    """Return the seconds since a try, or fewer, never more: both clocks have to say so.

    Setting the day forward does not help, because the computer has not run so long. Set back, the
    day says nothing and the computer's own seconds count. After it was started anew at least those
    have passed for which it runs since.
    """
    ticks, told = clock.ticks(), (clock.now() - each.at).total_seconds()
    seen = ticks - each.ticks if ticks >= each.ticks else ticks
    return seen if told < 0 else min(seen, told)


def place(path: Path) -> Path:
    """Return where the tries at a vault stand."""
    path = resolved(path)
    return path.with_name(path.name + ENDING)


def read(path: Path) -> list[Try]:
    """Return the tries, the latest last; a file that is missing or damaged says nothing."""
    try:
        said = json.loads(read_regular(place(path), _LARGEST_FILE))
        return [_try(each) for each in said["tries"]][-MOST:]
    except _FAULTS:
        return []


def _try(said: dict[str, Any]) -> Try:
    at = datetime.fromisoformat(said["at"])
    if at.tzinfo is None:
        raise ValueError("a moment without its place")
    return Try(
        at.astimezone(ISTANBUL), float(said["ticks"]), str(said["user"]), bool(said["logged"])
    )
