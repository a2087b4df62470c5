"""Up to which line of the log somebody has read what concerns her, by her own signature.

Preferences are rows that anybody with an SQL prompt can write: one of them would keep what was
found at a sign-in from everybody who has to hear of it.
"""

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.store import preferences
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.signing import Author

_PURPOSE = "read"


def upto(db: Connection, roster: Roster, user_id: str, key: str) -> int:
    """Return the number of the last line that somebody read of; 0 where she signed for none.

    Args:
        db: The open vault.
        roster: Who is who.
        user_id: Whose mark.
        key: Of what.
    """
    said = preferences.of_user(db, user_id).get(key, "")
    try:
        number, at, signature = said.split(" ")
        line, signed = int(number), bytes.fromhex(signature)
    except ValueError:
        return 0
    is_hers = roster.wrote(user_id, at, signed, _PURPOSE, key, line, at, alone=False)
    return line if is_hers else 0


def note(db: Connection, author: Author, key: str, line: int, at: str) -> None:
    """Remember, under the signature of whoever is signed in, up to which line she read.

    Args:
        db: The open vault.
        author: Whoever is signed in.
        key: Of what.
        line: The number of the line.
        at: The present moment, as ISO text.
    """
    signature = author.sign(_PURPOSE, key, line, at)
    preferences.put(db, author.user_id, key, f"{line} {at} {signature.hex()}")
