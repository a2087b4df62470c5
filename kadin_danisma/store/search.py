"""Finding files: what a file is found by, and search as you type.

Names are indexed by their folded words in a table of our own, because SQLite's full-text search
does not fold dotless ı (domain.md 6.1) and keeps deleted words until it is optimised. What is like
a word is worked out when it is looked for (``store/alike.py``), so that nothing more is stored.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import IntEnum
from itertools import pairwise

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.likeness import apart, together
from kadin_danisma.domain.records import Client
from kadin_danisma.domain.sounds import is_one_off, sounds_alike
from kadin_danisma.domain.text import fold_words
from kadin_danisma.domain.views import ClientLine
from kadin_danisma.store.alike import END, alike, known, of_letters

#: Digits shorter than this at the end of a phone number are no search.
_SHORTEST_TAIL = 4
#: From so many words on, one of them may be a word the file does not have.
_WORDS_WITH_ONE_MORE = 3
#: Figures have so many hits looked through before the best of them are shown.
_LOOKED_THROUGH = 60
#: Stands before every word of a file where all of them are put together.
_BEFORE_WORD = " "
_LINE = (
    "SELECT client.id, client.file_no, client.name, client.birth_year, client.district,"
    " client.phone, (SELECT max(day) FROM ("
    "SELECT max(date) AS day FROM standing_application WHERE client_id = client.id"
    " UNION ALL SELECT max(date) FROM standing_session WHERE client_id = client.id))"
    " FROM standing_client AS client "
)


class Fit(IntEnum):
    """How a file fits what was typed, the best first."""

    #: Every typed word begins some word of it, written together or apart.
    LETTERS = 0
    #: A typed word sounds like one of it.
    SOUND = 1
    #: A typed word is a letter off, or one too many.
    OFF = 2


def tokens(client: Client) -> frozenset[str]:
    """Return the words a file is found by.

    The end of a phone number is found too, because that is what people remember.
    """
    found = set(fold_words(client.name)) | set(fold_words(client.file_no))
    digits = "".join(letter for letter in client.phone if letter.isdigit())
    if client.phone.startswith("+90"):
        digits = digits[2:]
    if digits:
        found |= {digits, "0" + digits, digits[-7:], digits[-_SHORTEST_TAIL:]}
    if client.kimlik_no:
        found.add(client.kimlik_no)
    bare = "".join(word for word in fold_words(client.file_no))
    return frozenset(found | {bare, bare[-_SHORTEST_TAIL:].lstrip("0") or "0"})


def index(db: Connection, clients: Iterable[Client]) -> None:
    """Make new files findable."""
    db.executemany(
        "INSERT INTO client_token (token, client_id, words) VALUES (?, ?, ?)",
        sorted(
            (token, client.id, _BEFORE_WORD + _BEFORE_WORD.join(sorted(found)))
            for client in clients
            for found in (tokens(client),)
            for token in found
        ),
    )


def reindex(db: Connection, client: Client) -> None:
    """Make a corrected file findable by what it says now, and by nothing it said before."""
    forget(db, client.id)
    index(db, (client,))


def forget(db: Connection, client_id: str) -> None:
    """Let a file be found by nothing any more."""
    db.execute("DELETE FROM client_token WHERE client_id = ?", (client_id,))


def fit(client: Client, text: str) -> Fit | None:
    """Tell how a file fits what was typed, as ``find`` and ``find_near`` would; or None."""
    words, found = _words(text), tokens(client)
    if not words:
        return None
    spelt = [words, *together(words)]
    if any(_begin(each, found) for each in spelt) or any(
        _is_apart(word, client.name) and _begin([*words[:place], *words[place + 1 :]], found)
        for place, word in enumerate(words)
    ):
        return Fit.LETTERS
    for near, alike_ in ((Fit.SOUND, sounds_alike), (Fit.OFF, is_one_off)):
        if all(
            any(token.startswith(word) or alike_(word, token) or sounds_alike(word, token)
                for token in found)
            for word in words
        ):  # fmt: skip
            return near
    if any(_begin(fewer, found) for fewer in _without_one(words)):
        return Fit.OFF
    if "".join(fold_words(client.name)).startswith("".join(words)):
        return Fit.OFF
    if any(fit(client, part) is not None for part in _name_and_number(words)):
        return Fit.OFF
    return None


def find(db: Connection, text: str, limit: int, year: int | None = None) -> list[ClientLine]:
    """Return files of which every typed word begins some word of theirs, the likeliest first.

    Names may be written together or apart. A word itself comes before one that begins with it, of
    figures the file number before the rest, and of file numbers this year's.

    Args:
        db: The open vault.
        text: What was typed: parts of a name, a file number, the end of a phone number.
        limit: How many lines at the most.
        year: The present year, for file numbers typed without theirs.
    """
    words = _words(text)
    if not words:
        return []
    if len(words) == 1 and words[0].isdigit():
        return _find_number(db, words[0], limit, year)
    found = dict.fromkeys(_ids(db, words, limit))
    for spelt in together(words):
        found |= dict.fromkeys(_ids(db, spelt, limit))
    lines = _lines(db, list(found)[:limit])
    if len(lines) < limit:
        for word, spelt in _apart(db, words):
            more = [each for each in _ids(db, spelt, _LOOKED_THROUGH) if each not in found]
            fitting = [line for line in _lines(db, more) if _is_apart(word, line.name)]
            lines += fitting
            found |= dict.fromkeys(line.id for line in fitting)
    return lines[:limit]


def find_near(db: Connection, text: str, limit: int, *, off: bool) -> list[ClientLine]:
    """Return files that are like what was typed, and are not found by its letters.

    Args:
        db: The open vault.
        text: What was typed.
        limit: How many lines at the most.
        off: Whether a word may be a letter off or one too many, not only sound alike; and of a
            name and a number typed together, whether one of them is enough.
    """
    words = _words(text)
    likes = [alike(db, word, off=off) for word in words]
    found: dict[str, None] = {}
    for place, likely in enumerate(likes):
        if likely:
            others = [{word, *likes[at]} for at, word in enumerate(words) if at != place]
            found |= dict.fromkeys(_ids_of_any(db, likely, others, limit))
    if off and not found:
        found |= dict.fromkeys(of_letters(db, "".join(words), whole=False))
        for fewer in _without_one(words):
            found |= dict.fromkeys(_ids(db, fewer, limit))
        for part in _name_and_number(words):
            lines = find(db, part, limit) or find_near(db, part, limit, off=True)
            found |= dict.fromkeys(line.id for line in lines)
    return [replace(line, near=True) for line in _lines(db, list(found)[:limit])]


def latest(db: Connection, limit: int, offset: int = 0) -> list[ClientLine]:
    """Return the files that were opened or changed last."""
    found = db.execute(
        _LINE + "ORDER BY client.changed_at DESC, client.id LIMIT ? OFFSET ?", (limit, offset)
    )
    return [_line(row) for row in found]


def line_of(db: Connection, client_id: str) -> ClientLine | None:
    """Return one file as a line of a list."""
    row = db.execute(_LINE + "WHERE client.id = ?", (client_id,)).fetchone()
    return _line(row) if row else None


def _find_number(db: Connection, figures: str, limit: int, year: int | None) -> list[ClientLine]:
    """Return the files of a number: file numbers first, this year's before all others."""
    # One figure begins too many numbers for a year to tell them apart.
    wanted = [figures] if year is None or len(figures) == 1 else [f"{year}{figures}", figures]
    found: dict[str, None] = {}
    for word in wanted:
        found |= dict.fromkeys(_ids(db, [word], max(limit, _LOOKED_THROUGH)))
    numbers = db.execute(
        "SELECT file_no, id FROM standing_client WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(found)),),
    ).fetchall()

    def place(number: tuple[str, str]) -> tuple[bool, bool, bool]:
        parts = fold_words(number[0])
        itself = parts[-1].lstrip("0") == figures.lstrip("0") or figures == "".join(parts)
        begins = any(part.startswith(figures) for part in (*parts, "".join(parts)))
        return (not itself, not (itself or begins), str(year) not in parts)

    best = sorted(sorted(numbers, reverse=True), key=place)
    return _lines(db, [client_id for _number, client_id in best[:limit]])


def _ids(db: Connection, words: Sequence[str], limit: int) -> list[str]:
    """Return files that have words beginning so; a word itself before one that only begins so."""
    # The longest word is usually the rarest: it leads, the others are compared beside it.
    lead, *others = sorted(words, key=len, reverse=True)
    parameters: dict[str, str | int] = {"lead": lead, "lead_end": lead + END, "limit": limit}
    conditions = ""
    for place, word in enumerate(others):
        parameters[f"word{place}"] = _BEFORE_WORD + word
        conditions += f" AND instr(words, :word{place}) > 0"
    # The word itself is the first that begins with it, and the index is read in its order.
    statement = (
        "SELECT DISTINCT client_id FROM client_token"
        f" WHERE token >= :lead AND token < :lead_end{conditions} LIMIT :limit"
    )
    return [client_id for (client_id,) in db.execute(statement, parameters)]


def _ids_of_any(
    db: Connection, leads: Iterable[str], others: Sequence[Iterable[str]], limit: int
) -> list[str]:
    """Return files that have one of the leading words, and of each of the others one."""
    parameters: dict[str, str | int] = {"leads": json.dumps(sorted(leads)), "limit": limit}
    conditions = ""
    for place, words in enumerate(others):
        each_of = []
        for number, word in enumerate(sorted(words)):
            parameters[f"word{place}_{number}"] = _BEFORE_WORD + word
            each_of.append(f"instr(words, :word{place}_{number}) > 0")
        conditions += f" AND ({' OR '.join(each_of)})"
    statement = (
        "SELECT DISTINCT client_id FROM client_token"
        f" WHERE token IN (SELECT value FROM json_each(:leads)){conditions} LIMIT :limit"
    )
    return [client_id for (client_id,) in db.execute(statement, parameters)]


def _words(text: str) -> list[str]:
    """Return the searched words: figures typed in groups, as phone numbers are, are one word."""
    words = list(dict.fromkeys(fold_words(text)))
    if words and all(word.isdigit() for word in words):
        digits = "".join(fold_words(text))
        return [digits.removeprefix("90") if text.strip().startswith("+") else digits]
    return words


def _begin(words: Iterable[str], found: Iterable[str]) -> bool:
    """Tell whether every word begins some word of a file."""
    return all(any(token.startswith(word) for token in found) for word in words)


def _apart(db: Connection, words: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each word that may be two, and all of them with it written so, as far as known."""
    first_halves = known(db, {first for word in words for first, _second in apart(word)})
    for place, word in enumerate(words):
        for first, second in apart(word):
            if first in first_halves:
                yield word, (*words[:place], first, second, *words[place + 1 :])


def _is_apart(word: str, name: str) -> bool:
    """Tell whether a word begins two neighbouring words of a name, written as one."""
    return _begin([word], {one + other for one, other in pairwise(fold_words(name))})


def _without_one(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield the words without one of them, where enough are left to mean somebody."""
    if len(words) >= _WORDS_WITH_ONE_MORE:
        for place in range(len(words)):
            yield (*words[:place], *words[place + 1 :])


def _name_and_number(words: Sequence[str]) -> tuple[str, ...]:
    """Return a name and a telephone number that were typed together, each for itself."""
    letters = [word for word in words if not word.isdigit()]
    figures = [word for word in words if word.isdigit()]
    return (" ".join(letters), " ".join(figures)) if letters and figures else ()


def _lines(db: Connection, client_ids: Sequence[str]) -> list[ClientLine]:
    """Return files as lines of a list, in the order of their ids."""
    if not client_ids:
        return []
    rows = db.execute(
        _LINE + "WHERE client.id IN (SELECT value FROM json_each(?))", (json.dumps(client_ids),)
    )
    lines = {row[0]: _line(row) for row in rows}
    return [lines[client_id] for client_id in client_ids if client_id in lines]


def _line(row: tuple[str, str, str, int | None, str, str, str | None]) -> ClientLine:
    last = row[6]
    return ClientLine(*row[:6], date.fromisoformat(last) if last else None)
