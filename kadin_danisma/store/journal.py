"""The journal beside a vault: what IT did with it, each line signed, until a sign-in carries it in.

What concerns accounts are statements of the roster. Here stands the rest. A line says what IT may
do and nothing else, and counts once: its number is the generation of the key file with which it
was written, and the vault knows the one it saw last.
"""

import json
from dataclasses import dataclass, replace

from kadin_danisma.domain.role import Role
from kadin_danisma.store.moments import is_moment
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.signing import Author

#: What a line can tell of.
BACKED_UP = "backup"
RESTORED = "restore"
KEY_FILE_USED, KEY_FILE_DROPPED = "user.key_file.use", "user.key_file.drop"
_ACTIONS = frozenset({BACKED_UP, RESTORED, KEY_FILE_USED, KEY_FILE_DROPPED})
#: What is done to files, whose names these lines tell; the others are about whoever writes them.
_ABOUT_FILES = frozenset({BACKED_UP, RESTORED})
PURPOSE = "journal"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """What IT did beside the vault.

    Args:
        at: When, as ISO text.
        by: Whose id.
        action: What: ``backup``.
        subject: To what.
        number: The generation of the key file in which it first stood.
        signature: Hers.
    """

    at: str
    by: str
    action: str
    subject: str
    number: int
    signature: bytes = b""

    def signed(self, author: Author) -> "Entry":
        """Return the line with its author's signature."""
        return replace(self, signature=author.sign(PURPOSE, *self.said))

    @property
    def said(self) -> tuple[str, str, str, int]:
        """What is signed, beside purpose and vault."""
        return self.at, self.action, self.subject, self.number


@dataclass(frozen=True, slots=True)
class Deed:
    """What a line that was carried in says: who did what to whom."""

    by: str
    action: str
    subject: str


def file_name(name: str) -> str:
    """Return the name of a file as a line can tell it: a name need not be UTF-8, short or seen."""
    spelt = name.encode(errors="backslashreplace").decode()
    return "".join(sign if sign.isprintable() else "?" for sign in spelt)[:_LONGEST]


def evidence(entry: Entry) -> str:
    """Return what of a line the log keeps beside what it shows: enough to check its signature."""
    return _spelt(entry, entry.signature)


def _spelt(entry: Entry, signature: bytes) -> str:
    return json.dumps([entry.at, entry.number, signature.hex()], separators=(",", ":"))


def moment_of_entry(roster: Roster, deed: Deed, written: str) -> str:
    """Return when IT signed what a line of the log says of her; empty where she did not.

    Args:
        roster: Who is who.
        deed: What the line says.
        written: What ``evidence`` returned.
    """
    try:
        at, number, signature = json.loads(written)
        entry = Entry(str(at), deed.by, deed.action, deed.subject, int(number))
        signed = bytes.fromhex(signature)
    except (TypeError, ValueError, RecursionError, OverflowError):
        return ""
    # In another spelling it would count once more.
    if _spelt(entry, signed) != written:
        return ""
    wrote = roster.wrote(entry.by, entry.at, signed, PURPOSE, *entry.said, alone=False)
    return entry.at if wrote and entry.action in _ACTIONS else ""


def is_believed(entry: Entry, roster: Roster) -> bool:
    """Tell whether IT wrote a line, and whether it says what IT may do.

    Until IT has a passphrase of her own, whoever set it could have written it too; that is a
    coordinator, who may do all of this.
    """
    author = roster.members.get(entry.by)
    return (
        author is not None
        and author.role is Role.IT
        and entry.action in _ACTIONS
        and (entry.action in _ABOUT_FILES or entry.subject == entry.by)
        and len(entry.subject) <= _LONGEST
        and entry.subject.isprintable()
        and is_moment(entry.at)
        and roster.wrote(entry.by, entry.at, entry.signature, PURPOSE, *entry.said, alone=False)
    )
