"""How long nobody was at the desk, by two clocks that check each other (no Qt)."""

import sys
import time
from collections.abc import Callable

#: So many seconds without a hand on key or mouse lock the program. Five minutes: long enough to
#: listen to somebody without touching anything, short enough for a woman left alone beside the
#: screen. The same figure as Martus, and what the issue asks for.
IDLE = 5 * 60
#: So many seconds before that, it is said that it will happen.
WARNING = 30
#: A look at the clocks is due every second. Where so many seconds went by between two looks, the
#: machine slept or somebody set the clock, and nobody knows who is at the desk now. Long enough
#: for a slow disk or a first correction of the clock by the network.
ASLEEP = 15

Seconds = Callable[[], float]


def steady() -> float:
    """Return seconds nobody can set; they go on while the machine sleeps."""
    if sys.platform == "win32":
        return time.monotonic()
    # Linux' monotonic clock stands still in suspend, this one does not.
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class Idleness:
    """Counts down from the last input; once it is over no input brings it back.

    Whichever clock says that more time has passed is believed, so that neither suspend nor a
    clock set forward or backward keeps the program open for longer.

    Args:
        wall: The clock of the day, in seconds.
        unset: A clock nobody can set, in seconds.
    """

    def __init__(self, wall: Seconds = time.time, unset: Seconds = steady) -> None:
        self._clocks = (wall, unset)
        self._looked = self._touched = self._now()
        self._is_over = False

    def touch(self) -> None:
        """Begin anew: somebody is there."""
        if self.left() > 0:
            self._touched = self._looked

    def left(self) -> float:
        """Return the seconds until the program locks, 0 where it must lock now."""
        before, self._looked = self._looked, self._now()
        if _passed(before, self._looked) > ASLEEP:
            self._is_over = True
        left = IDLE - _passed(self._touched, self._looked)
        if left <= 0:
            self._is_over = True
        return 0.0 if self._is_over else left

    def _now(self) -> tuple[float, ...]:
        return tuple(clock() for clock in self._clocks)


def _passed(before: tuple[float, ...], now: tuple[float, ...]) -> float:
    return max(later - earlier for earlier, later in zip(before, now, strict=True))
