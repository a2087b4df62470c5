"""What is planted: for every place where somebody types, a word that exists nowhere else.

All words share a core, so that one search finds them all, also where they were cut into pieces,
folded or turned into capitals. The core has no letter that Turkish treats in its own way; such
letters stand around it.
"""

import hashlib
import re

CORE = "qzxvwkqxjvzw"
#: The name of the centre stands on its reports by intent, and nowhere else: it has its own core.
CENTRE_CORE = "xwqkzvjxqzkv"
#: The names of staff stand on the log that an inspector is given, and nowhere else.
STAFF_CORE = "kxvzqwjzkxqw"
CENTRE = f"Şığ{CENTRE_CORE}İ Merkezi"
#: What must be digits to be taken: a valid kimlik no of nobody, and a telephone of nobody.
KIMLIK_NO = "99973196452"
PHONE = "05000007319"
PHONE_SHOWN = "0500 000 73 19"
_LETTERS = "bcdfghklmnprstvy"
_MARKER = re.compile(f"{CORE}([{_LETTERS}]{{6}})", re.IGNORECASE)


def marker(place: str) -> str:
    """Return the word for a place: ``client.name``, ``sign in.passphrase``."""
    return f"Ğı{CORE}{_ending(place)}Şi"


def staff_name(place: str) -> str:
    """Return the name of a member of staff."""
    return f"Ğı{STAFF_CORE}{_ending(place)}Şi"


def places(text: str, known: list[str]) -> list[str]:
    """Return whose markers stand in a text, of the known places."""
    endings = {_ending(place): place for place in known}
    found = {ending.lower() for ending in _MARKER.findall(text)}
    return sorted(endings.get(ending, "?") for ending in found)


def _ending(place: str) -> str:
    digest = hashlib.sha256(place.encode()).digest()
    return "".join(_LETTERS[byte % 16] for byte in digest[:6])
