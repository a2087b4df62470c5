"""What somebody was shown of files without opening them: lists, and the end of each search.

A list is logged for the files it did not show her before since she signed in. A search is logged
once it has settled, because every typed letter is a search of its own: it waits for a second in
which nothing more is typed, and another search, opening a file or locking settles it at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

#: So long nothing is typed before what is shown counts as seen.
SETTLES_AFTER = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Sighting:
    """Files that were shown together.

    Args:
        action: How, as it stands in the log: ``search``.
        files: Their ids.
        at: When.
        text: What was typed, for as long as it may be typed on; it is never written down.
    """

    action: str
    files: frozenset[str]
    at: datetime
    text: str = ""


class Sightings:
    """What was shown to one person since she signed in."""

    def __init__(self) -> None:
        self._listed: dict[str, set[str]] = {}
        self._waiting: Sighting | None = None
        self._told: Sighting | None = None

    def unlisted(self, action: str, files: Iterable[str]) -> frozenset[str]:
        """Return which of these a list did not show before, and remember them."""
        before = self._listed.setdefault(action, set())
        new = frozenset(files) - before
        before |= new
        return new

    def found(self, sighting: Sighting) -> Sighting | None:
        """Remember what a search shows now, in place of what it showed a letter before.

        Returns:
            The search before, where this one does not only type on: it has settled.
        """
        before = self._waiting
        typed_on = (
            before is not None
            and before.action == sighting.action
            and sighting.text.startswith(before.text)
        )
        settled = self.take(sighting.at, at_once=not typed_on)
        self._waiting = sighting
        return settled

    def take(self, now: datetime, *, at_once: bool = False) -> Sighting | None:
        """Return the search that has settled and was not told yet, and forget it.

        Args:
            now: The present moment.
            at_once: Whether it has settled in any case, because something else is done.
        """
        waiting = self._waiting
        if waiting is None or not (at_once or _is_over(waiting.at, now)):
            return None
        self._waiting = None
        told, self._told = self._told, waiting
        same = told and (told.action, told.files) == (waiting.action, waiting.files)
        return None if same or not waiting.files else waiting


def _is_over(at: datetime, now: datetime) -> bool:
    """Tell whether a second has passed; after the clock was set back, it has."""
    return not at <= now < at + SETTLES_AFTER
