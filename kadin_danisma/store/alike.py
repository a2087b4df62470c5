"""Words of the index that are like a word: of the same sound, or a letter off.

Nothing is stored for it. The different words that begin with a letter are walked through by the
index itself, and the words a letter away from a typed one are few enough to be looked up.
"""

import json
from collections.abc import Iterable

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.checks import LONGEST_TEXT
from kadin_danisma.domain.likeness import SHORTEST_HALF
from kadin_danisma.domain.sounds import (
    SHORTEST_OFF,
    SHORTEST_SOUND,
    neighbours,
    openings,
    sound,
)
from kadin_danisma.domain.text import fold_words

#: So many spaces, hyphens and the like part a name at the most.
_PARTING = 10
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


def of_letters(db: Connection, letters: str, *, whole: bool) -> list[str]:
    """Return the files whose name has these letters, wherever it is parted into words.

    Args:
        db: The open vault.
        letters: Folded words without what parts them.
        whole: Whether the name is nothing but these letters; else it may only begin with them.
    """
    firsts = known(db, (letters[:place] for place in range(SHORTEST_HALF, len(letters) + 1)))
    rows = db.execute(
        "SELECT id, name FROM standing_client WHERE id IN (SELECT client_id FROM client_token"
        " WHERE token IN (SELECT value FROM json_each(:firsts)))"
        " AND length(name) BETWEEN :least AND :most",
        {
            "firsts": json.dumps(sorted(firsts)),
            "least": len(letters),
            "most": len(letters) + _PARTING if whole else LONGEST_TEXT,
        },
    )
    written = [(client_id, "".join(fold_words(name))) for client_id, name in rows]
    return [
        client_id
        for client_id, name in written
        if (name == letters if whole else name.startswith(letters))
    ]


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
