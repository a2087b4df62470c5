"""What may be written where: the one list. Whatever is not on it is a leak, also when it is gone.

Names are patterns of the whole name. A file that is being made carries ``.part`` until it is whole,
and SQLite's journals carry the name of their file.
"""

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from tests.leaks.scanner import CENTRE, STAFF

_DAY = r"\d{8}-\d{4}(-\d+)?"
_PERIOD = r"\d{4}(-\d{2}|-Q[1-4])?"
_VAULT = r"[a-z]+\.vault"
_OLDER = rf"[a-z]+-schema\d+-{_DAY}\.vault"
_LOG = rf"kadin-danisma-log-{_DAY}"
_STATE = rf"kadin-danisma-log-state-{_DAY}"
_BACKUP = rf"kadin-danisma-{_DAY}\.vault"


class Place(Enum):
    """Where something may lie."""

    VAULT = "the folder of the vault"
    CHOSEN = "a folder the user chose"
    REMEMBERED = "where this computer remembers how far a vault had come"


@dataclass(frozen=True, slots=True)
class Entry:
    """One kind of file.

    Args:
        place: Where it may lie.
        name: Its name, as a pattern.
        why: What it is for.
        shows: Whose names may be read in it: the centre's on paper, staff's in an exported log.
    """

    place: Place
    name: str
    why: str
    shows: frozenset[str] = frozenset()


ALLOWED = (
    Entry(Place.VAULT, _VAULT, "the vault"),
    Entry(Place.VAULT, rf"{_VAULT}\.keys2?", "the key slots and their second copy"),
    Entry(Place.VAULT, rf"{_VAULT}\.anchor", "the anchor of the log"),
    Entry(Place.VAULT, rf"{_VAULT}\.tries", "moments of wrong passphrases"),
    Entry(Place.VAULT, rf"{_OLDER}(\.keys2?|\.anchor)?", "the copy before a migration"),
    Entry(Place.CHOSEN, rf"{_BACKUP}(\.keys2?|\.anchor)?", "a backup"),
    Entry(Place.CHOSEN, rf"{_BACKUP}\.tries", "moments of wrong passphrases at it"),
    Entry(Place.CHOSEN, rf"kadin-danisma-{_PERIOD}\.(pdf|xlsx|csv|json)",
          "a published report", frozenset({CENTRE})),
    Entry(Place.CHOSEN, rf"{_LOG}\.(pdf|xlsx|csv)", "the log, exported for an inspector",
          frozenset({CENTRE, STAFF})),
    Entry(Place.CHOSEN, rf"{_STATE}\.pdf", "the printed state of the log",
          frozenset({CENTRE, STAFF})),
    Entry(Place.REMEMBERED, r"[0-9a-f]{24}\.anchor", "the second anchor (docs/decisions/0022)"),
    Entry(Place.CHOSEN, r"kadin-danisma(-\d+)?\.anahtar", "a key file, the second factor"),
    Entry(Place.CHOSEN, r"bos\.xlsx", "the empty workbook, under the name the user chose"),
)  # fmt: skip
#: A copy grows under names of its own, and each file of it under one more.
_GROWING = r"(\.part)?((\.keys2?|\.anchor)(\.part)?)?"
#: Devices that keep nothing, and the process's own side of the system.
NOWHERE = ("/dev/null", "/dev/tty", "/dev/ptmx", "/proc/self/")


def entry_for(path: str, folders: dict[Place, Path]) -> Entry | None:
    """Return the entry that allows a path, None where none does."""
    for entry in ALLOWED:
        folder = folders[entry.place]
        name = path.removeprefix(f"{folder}/")
        if name != path and re.fullmatch(rf"{entry.name}{_GROWING}(-(wal|shm|journal))?", name):
            return entry
    return None


def is_allowed(path: str, folders: dict[Place, Path]) -> bool:
    """Tell whether something may be written at a path."""
    if path in map(str, folders.values()):
        return True
    return path.startswith(NOWHERE) or entry_for(path, folders) is not None
