"""What no world of a proof may break: nobody applies without an application, and the like."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

_MONTHS_OF = {"Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12)}
#: The longest a visit of one day can be, in minutes.
_DAY = 24 * 60 - 1
_APPLICATIONS = ("applications_by_channel", "applications_by_applicant", "applications_by_reason")
_SESSIONS = "sessions_by_service_and_channel"
_VISITS = "playroom_by_age_band"


def months_of(period: str) -> frozenset[str]:
    """Return the months of a period as they are written in a proof."""
    year, _dash, part = period.partition("-")
    first, last = _MONTHS_OF.get(part) or ((int(part), int(part)) if part else (1, 12))
    return frozenset(f"{year}-{month:02d}" for month in range(first, last + 1))


class Limits:
    """What one family must leave room for in another, month by month, from their truths."""

    def __init__(self, proof: Mapping[str, Any]) -> None:
        self.applications: Counter[str] = Counter()
        self.sessions: Counter[str] = Counter()
        self.continuing: Counter[str] = Counter()
        for part in proof["families"]:
            truth = dict(enumerate(part["truth"]))
            if part["family"] == _APPLICATIONS[0]:
                self.applications = _by_month(part, truth, _APPLICATIONS[0])
            elif part["family"] == _SESSIONS:
                self.sessions = _by_month(part, truth, _SESSIONS)
            elif part["family"] == "courses":
                _applying, self.continuing = _coming(part, truth)


def broken(part: Mapping[str, Any], world: Mapping[int, int], limits: Limits) -> Iterator[str]:
    """Yield the rules that a world of a family breaks."""
    if part["family"] == "courses":
        applying, continuing = _coming(part, world)
        applications = [_by_month(part, world, table) for table in _APPLICATIONS]
        if any(+applications[0] != +same for same in applications):
            yield "applications have not one channel, person and set of reasons each"
        most = applications[0] if _varies(part, _APPLICATIONS[0]) else limits.applications
        yield from _beyond(applying, most, "women apply without an application")
        varied = _varies(part, _SESSIONS)
        sessions = _by_month(part, world, _SESSIONS) if varied else limits.sessions
        yield from _beyond(continuing, sessions, "women go on without a session")
    elif part["family"] == _SESSIONS:
        sessions = _by_month(part, world, _SESSIONS)
        yield from _beyond(limits.continuing, sessions, "women go on without a session")
    elif part["family"] == "playroom":
        yield from _broken_in_playroom(part, world)


def _broken_in_playroom(part: Mapping[str, Any], world: Mapping[int, int]) -> Iterator[str]:
    visits = _by_month(part, world, _VISITS)
    minutes = _by_month(part, world, "minutes")
    yield from _beyond(_by_month(part, world, "child"), visits, "children without a visit")
    longest = Counter({month: _DAY * count for month, count in visits.items()})
    yield from _beyond(minutes, longest, "visits longer than a day")
    for at, count in world.items():
        kind, *when = part["kinds"][at]
        if kind == "hours":
            told = sum(minutes[month] for month in months_of(when[0]))
            if count != (told + 30) // 60:
                yield f"{count} hours in {when[0]} out of {told} minutes"


def _varies(part: Mapping[str, Any], table: str) -> bool:
    """Tell whether a family varies the units of a table besides its own."""
    return any(kind[0] == table for kind in part["kinds"])


def _by_month(part: Mapping[str, Any], world: Mapping[int, int], kind: str) -> Counter[str]:
    """Count the units of a sort in each of their months."""
    found: Counter[str] = Counter()
    for at, count in world.items():
        name, *when = part["kinds"][at]
        if name == kind:
            # A child is named by all its months; other units by one, then by their labels.
            found.update(dict.fromkeys(when if kind == "child" else when[:1], count))
    return found


def _coming(part: Mapping[str, Any], world: Mapping[int, int]) -> tuple[Counter[str], Counter[str]]:
    """Count the women who applied in each month, and those who came without applying."""
    applying: Counter[str] = Counter()
    continuing: Counter[str] = Counter()
    for at, count in world.items():
        if part["kinds"][at][0] != "course":
            continue
        _course, came, _known, told = part["kinds"][at]
        applied = {said[0] for said in told}
        applying.update(dict.fromkeys(applied, count))
        continuing.update(dict.fromkeys(set(came) - applied, count))
    return applying, continuing


def _beyond(counts: Mapping[str, int], most: Mapping[str, int], sentence: str) -> Iterator[str]:
    for month, count in counts.items():
        if count > most.get(month, 0):
            yield f"{sentence} in {month}"
