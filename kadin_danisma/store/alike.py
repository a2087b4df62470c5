"""Words of the index that are like a word: of the same sound, or a letter off.

Nothing is stored for it. The different words that begin with a letter are walked through by the
index itself, and the words a letter away from a typed one are few enough to be looked up.
"""

import json
from collections.abc import Iterable

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.sounds import (
    SHORTEST_OFF,
    SHORTEST_SOUND,
    neighbours,
    openings,
    sound,
)

#: Behind every word that begins with some letters.
END = "\uffff"


def known(db: Connection, words: Iterable[str]) -> set[str]:
    """Return which of these words stand in the index."""
    found = db.execute(
        "SELECT value FROM json_each(?) WHERE EXISTS"
        " (SELECT 1 FROM client_token WHERE token = value)",
        (json.dumps(sorted(words)),),
    )
    return {word for (word,) in found}


def alike(db: Connection, word: str, *, off: bool) -> set[str]:
    """Return the words of the index that are like a word, without the word itself.

    Args:
        db: The open vault.
        word: A folded word.
        off: Whether words a letter off are among them, not only those of the same sound.
    """
    if not word.isalpha() or len(word) < SHORTEST_SOUND:
        return set()
    heard = sound(word)
    found = {
        each
        for opening in openings(word)
        for each in _beginning(db, opening)
        if len(each) >= SHORTEST_SOUND and each.isalpha() and sound(each) == heard
    }
    if off and len(word) >= SHORTEST_OFF - 1:
        found |= known(db, neighbours(word))
    return found - {word}


def _beginning(db: Connection, letters: str) -> list[str]:
    """Return the different words that begin with letters: a step of the index for each of them."""
    found = db.execute(
        "WITH RECURSIVE word (token) AS ("
        " SELECT (SELECT min(token) FROM client_token WHERE token >= :first AND token < :end)"
        " UNION ALL"
        " SELECT (SELECT min(token) FROM client_token WHERE token > word.token AND token < :end)"
        " FROM word WHERE word.token IS NOT NULL)"
        " SELECT token FROM word WHERE token IS NOT NULL",
        {"first": letters, "end": letters + END},
    )
    return [word for (word,) in found]
