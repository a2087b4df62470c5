"""Likely duplicates: the files that may be a woman's who is about to get a new one."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.likeness import apart, compare, rank, together
from kadin_danisma.domain.records import Client
from kadin_danisma.domain.text import fold_words
from kadin_danisma.domain.views import Duplicate
from kadin_danisma.store.alike import alike, known, of_letters
from kadin_danisma.store.search import line_of

#: So many files are compared word by word, those that have most of the words first.
_COMPARED = 200
#: A single name says little: so many of those who have it are compared.
_COMPARED_BY_ONE_NAME = 20
#: From so many words on, one of them may be missing.
_WORDS_WITH_ONE_MORE = 3


def likely_duplicates(
    db: Connection, client: Client, number: str | None, limit: int = 10
) -> list[Duplicate]:
    """Return the files that may be the same woman's, the likeliest first.

    A restricted file is not among them: nothing of it but its number stands in the index.

    Args:
        db: The open vault.
        client: What is known of her so far; her own file is left out.
        number: Her telephone number in its stored form, or None.
        limit: How many at the most.
    """
    exact = {client.kimlik_no, (number or "").removeprefix("+90").removeprefix("+")} - {""}
    candidates = {file for _token, file in _files_with(db, exact)}
    words = fold_words(client.name)
    candidates |= {*_of_like_name(db, words), *of_letters(db, "".join(words), whole=True)}
    compared = [
        (other.id, *compare(client, other, number))
        for other in _clients(db, candidates - {client.id})
    ]
    likely = sorted(
        (each for each in compared if each[1]), key=lambda each: rank(each[1], asks=each[2])
    )
    found = []
    for client_id, likeness, asks in likely[:limit]:
        line = line_of(db, client_id)
        assert line is not None
        found.append(Duplicate(line, likeness, asks))
    return found


def _of_like_name(db: Connection, words: Sequence[str]) -> list[str]:
    """Return files whose names have all the words or words like them, those with most first."""
    if not words:
        return []
    if len(words) == 1:
        hits = Counter(file for _token, file in _files_with(db, words))
        hits.update(_written_apart(db, words[0]))
        return list(hits)[:_COMPARED_BY_ONE_NAME]
    ways = [{word, *alike(db, word, off=True)} for word in words]
    for place, spelt in enumerate(together(words)):
        for each in (place, place + 1):
            ways[each].add(spelt[place])
    files: dict[str, set[str]] = {}
    for token, file in _files_with(db, set().union(*ways)):
        files.setdefault(token, set()).add(file)
    hits = Counter()
    for word, way in zip(words, ways, strict=True):
        of_word = set().union(*(files.get(token, set()) for token in way))
        hits.update(of_word | _written_apart(db, word))
    least = len(words) - (len(words) >= _WORDS_WITH_ONE_MORE)
    return [file for file, times in hits.most_common() if times >= least][:_COMPARED]


def _written_apart(db: Connection, word: str) -> set[str]:
    """Return the files that have a word as two."""
    halves = list(apart(word))
    there = known(db, {half for pair in halves for half in pair})
    found: set[str] = set()
    for first, second in halves:
        if first in there and second in there:
            of_first = {file for _token, file in _files_with(db, (first,))}
            found |= of_first & {file for _token, file in _files_with(db, (second,))}
    return found


def _files_with(db: Connection, words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield which of the words stands on which file."""
    yield from db.execute(
        "SELECT token, client_id FROM client_token WHERE token IN (SELECT value FROM json_each(?))",
        (json.dumps(sorted(words)),),
    )


def _clients(db: Connection, client_ids: Iterable[str]) -> Iterator[Client]:
    """Yield files with what they are compared by, and no more."""
    for client_id, file_no, name, kimlik_no, birth_year, phone in db.execute(
        "SELECT id, file_no, name, kimlik_no, birth_year, phone FROM standing_client"
        " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY file_no",
        (json.dumps(sorted(client_ids)),),
    ):
        yield Client(
            id=client_id, file_no=file_no, name=name, kimlik_no=kimlik_no, birth_year=birth_year,
            phone=phone,
        )  # fmt: skip
