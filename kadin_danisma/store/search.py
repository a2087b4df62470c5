"""Finding files: what a file is found by, search as you type, and likely duplicates.

Names are indexed by their folded words in a table of our own, because SQLite's full-text search
does not fold dotless ı (domain.md 6.1) and keeps deleted words until it is optimised.
"""

from collections.abc import Iterable
from datetime import date

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.records import Client
from kadin_danisma.domain.text import fold_words
from kadin_danisma.domain.views import ClientLine, Duplicate, Likeness

#: Digits shorter than this at the end of a phone number are no search.
_SHORTEST_TAIL = 4
#: Stands before every word of a file where all of them are put together.
_BEFORE_WORD = " "
_LINE = (
    "SELECT client.id, client.file_no, client.name, client.birth_year, client.district,"
    " client.phone, (SELECT max(day) FROM ("
    "SELECT max(date) AS day FROM standing_application WHERE client_id = client.id"
    " UNION ALL SELECT max(date) FROM standing_session WHERE client_id = client.id))"
    " FROM standing_client AS client "
)


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


def matches(client: Client, text: str) -> bool:
    """Tell whether every typed word begins some word of a file, as ``find`` would."""
    words, found = _words(text), tokens(client)
    return bool(words) and all(any(token.startswith(word) for token in found) for word in words)


def likeness_of(client: Client, other: Client, number: str | None) -> tuple[Likeness, ...]:
    """Return why two files may be one woman's (see ``likely_duplicates``).

    Args:
        client: What is known of her so far.
        other: The file it is compared with.
        number: Her telephone number in its stored form, or None.
    """
    found = tokens(other)
    wanted = (
        (Likeness.KIMLIK_NO, {client.kimlik_no} - {""}),
        (Likeness.PHONE, {number.removeprefix("+90")} if number else set()),
        (Likeness.NAME, set(fold_words(client.name))),
    )
    return tuple(why for why, words in wanted if words and words <= found)


def find(db: Connection, text: str, limit: int) -> list[ClientLine]:
    """Return files of which every typed word begins some word of theirs.

    Args:
        db: The open vault.
        text: What was typed: parts of a name, a file number, the end of a phone number.
        limit: How many lines at the most.
    """
    words = _words(text)
    if not words:
        return []
    # The longest word is usually the rarest: it leads, the others are compared beside it.
    lead, *others = sorted(words, key=len, reverse=True)
    parameters: dict[str, str | int] = {"lead": lead, "lead_end": lead + "\uffff", "limit": limit}
    conditions = ""
    for place, word in enumerate(others):
        parameters[f"word{place}"] = _BEFORE_WORD + word
        conditions += f" AND instr(words, :word{place}) > 0"
    statement = (
        "WITH hits AS (SELECT DISTINCT client_id FROM client_token"
        f" WHERE token >= :lead AND token < :lead_end{conditions} LIMIT :limit) "
        + _LINE
        + "JOIN hits ON hits.client_id = client.id"
    )
    return [_line(row) for row in db.execute(statement, parameters)]


def _words(text: str) -> list[str]:
    """Return the searched words: figures typed in groups, as phone numbers are, are one word."""
    words = list(dict.fromkeys(fold_words(text)))
    if words and all(word.isdigit() for word in words):
        digits = "".join(fold_words(text))
        return [digits.removeprefix("90") if text.strip().startswith("+") else digits]
    return words


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


def _line(row: tuple[str, str, str, int | None, str, str, str | None]) -> ClientLine:
    last = row[6]
    return ClientLine(*row[:6], date.fromisoformat(last) if last else None)


def likely_duplicates(
    db: Connection, client: Client, number: str | None, limit: int = 10
) -> list[Duplicate]:
    """Return the files that may be the same woman's: same kimlik no, phone, or name.

    A phone may be shared (sisters, a shelter), so likeness is shown and never decides.

    Args:
        db: The open vault.
        client: What is known of her so far; her own file is left out.
        number: Her telephone number in its stored form, or None.
        limit: How many at the most.
    """
    likeness: dict[str, list[Likeness]] = {}
    if client.kimlik_no:
        _note(db, likeness, Likeness.KIMLIK_NO, [client.kimlik_no])
    if number:
        _note(db, likeness, Likeness.PHONE, [number.removeprefix("+90")])
    words = sorted(set(fold_words(client.name)))
    if words:
        _note(db, likeness, Likeness.NAME, words)
    found = []
    for client_id, why in likeness.items():
        line = line_of(db, client_id)
        if line is not None and client_id != client.id:
            found.append(Duplicate(line, tuple(why)))
    return sorted(found, key=lambda hit: -len(hit.likeness))[:limit]


def _note(
    db: Connection, likeness: dict[str, list[Likeness]], why: Likeness, words: list[str]
) -> None:
    """Note the files that have all the words."""
    marks = ", ".join("?" for _ in words)
    statement = (
        f"SELECT client_id FROM client_token WHERE token IN ({marks})"
        " GROUP BY client_id HAVING count(*) = ? LIMIT 20"
    )
    for (client_id,) in db.execute(statement, (*words, len(words))):
        likeness.setdefault(client_id, []).append(why)
