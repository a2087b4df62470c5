"""The words of notes, sealed to the holders of their discipline: what a search in notes reads.

Docs/decisions/0020. The index is a copy: which notes it should hold is asked of the notes at every
search, and what is missing, outdated or does not open is made again from them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nacl import bindings
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.text import fold_words
from kadin_danisma.progress import Progress
from kadin_danisma.store import keys, notes
from kadin_danisma.store.circles import FileKeys
from kadin_danisma.store.keyring import Secrets

if TYPE_CHECKING:
    # records.py, which needs this module, lies beneath the vault.
    from kadin_danisma.store.vault import Vault

PURPOSE = "note-index"
#: So many notes fill a segment.
FULL = 1_000
#: With fewer notes that still stand, a segment is written anew together with the next new ones.
_SPARSE = FULL * 3 // 4
#: Segments grow in steps of this many bytes.
_STEP = 65_536
#: So many notes are opened between two words of progress, and so many stored at a time.
_BATCH, _AT_ONCE = 100, 4 * FULL
#: Stands before every word of a note, so that only beginnings of words are found.
_BEFORE_WORD = " "


@dataclass(frozen=True, slots=True)
class _Segment:
    """Some notes of one discipline: which wordings (``_key``), and the words of each."""

    number: int
    keys: Sequence[str]
    words: Sequence[str]


@dataclass(slots=True)
class NoteIndex:
    """The words of all notes of one discipline, in the memory of one search.

    Args:
        vault: The vault.
        discipline: Whose notes.
        secret: The private key of the discipline.
    """

    vault: "Vault"
    discipline: Discipline
    secret: bytes = field(repr=False)
    #: Segments that did not open: damaged, exchanged, or sealed with another key.
    torn: list[int] = field(default_factory=list)
    _segments: list[_Segment] = field(default_factory=list, repr=False)
    _standing: frozenset[str] = frozenset()

    def read(self) -> None:
        """Open the segments, and ask which notes they should hold."""
        with self.vault.read() as db:
            found = db.execute(
                "SELECT number, sealed FROM note_segment WHERE discipline = ? ORDER BY number",
                (str(self.discipline),),
            ).fetchall()
            self._standing = indexable(db, self.discipline)
        for number, sealed in found:
            segment = self._unseal(number, sealed)
            if segment is None:
                self.torn.append(number)
            else:
                self._segments.append(segment)

    def complete(self, progress: Progress) -> None:
        """Open the notes that no segment holds, and store their words where that can be done.

        When it is cancelled, most of what was opened is stored already.

        Args:
            progress: Told how many of these notes were opened; cancels by raising.
        """
        known = {key for segment in self._segments for key in segment.keys}
        missing = sorted(self._standing - known)
        fresh: dict[str, str] = {}
        for done in range(0, len(missing), _BATCH):
            progress(done, len(missing))
            fresh |= self._opened(missing[done : done + _BATCH])
            if len(fresh) >= _AT_ONCE:
                self._keep(fresh, [])
                fresh = {}
        if fresh or self.torn:
            sparse = self._take_sparse()
            standing = {key: words for each in sparse for key, words in self._living(each)}
            self._keep(standing | fresh, [*self.torn, *(each.number for each in sparse)])

    def find(self, words: Sequence[str]) -> frozenset[str]:
        """Return the records in whose note each of these folded words begins a word."""
        # The longest word is usually the rarest.
        lead, *others = sorted((_BEFORE_WORD + word for word in words), key=len, reverse=True)
        return frozenset(
            _record_of(key)
            for segment in self._segments
            for key, text in zip(segment.keys, segment.words, strict=True)
            if lead in text and all(word in text for word in others) and key in self._standing
        )

    def _opened(self, wanted: Sequence[str]) -> dict[str, str]:
        """Return the words of notes; what does not open is tried again at the next search."""
        with self.vault.read() as db:
            found = {key: notes.standing(db, _record_of(key), {self.discipline}) for key in wanted}
        secrets = {self.discipline: self.secret}
        texts = {key: note.open(secrets) if note else "" for key, note in found.items()}
        return {key: _words_of(text) for key, text in texts.items() if text is not None}

    def _take_sparse(self) -> list[_Segment]:
        """Take out the segments that hold few notes which still stand, and return them."""
        sparse: list[_Segment] = []
        kept: list[_Segment] = []
        for each in self._segments:
            (kept if len(self._living(each)) >= _SPARSE else sparse).append(each)
        self._segments = kept
        return sparse

    def _living(self, segment: _Segment) -> list[tuple[str, str]]:
        pairs = zip(segment.keys, segment.words, strict=True)
        return [(key, words) for key, words in pairs if key in self._standing]

    def _keep(self, words: dict[str, str], replaced: Sequence[int]) -> None:
        """Hold words in new segments; store these in place of others, if the medium can be written.

        What may not be indexed any more by now (its file was sealed meanwhile) is not stored.
        """
        if self.vault.read_only:
            self._segments.append(_Segment(0, list(words), list(words.values())))
            return
        with self.vault.write() as db:
            still = indexable(db, self.discipline)
            kept = [(key, text) for key, text in words.items() if key in still]
            number = self._next_number(db)
            db.executemany(
                "DELETE FROM note_segment WHERE discipline = ? AND number = ?",
                [(str(self.discipline), each) for each in replaced],
            )
            for start in range(0, len(kept), FULL):
                listed = kept[start : start + FULL]
                segment = _Segment(number, [key for key, _ in listed], [text for _, text in listed])
                db.execute(
                    "INSERT INTO note_segment (discipline, number, sealed) VALUES (?, ?, ?)",
                    (str(self.discipline), number, self._seal(segment)),
                )
                self._segments.append(segment)
                number += 1

    def _next_number(self, db: Connection) -> int:
        statement = "SELECT coalesce(max(number), 0) + 1 FROM note_segment WHERE discipline = ?"
        return int(db.execute(statement, (str(self.discipline),)).fetchone()[0])

    def _seal(self, segment: _Segment) -> bytes:
        lines = [line for pair in zip(segment.keys, segment.words, strict=True) for line in pair]
        padded = bindings.sodium_pad("\n".join(lines).encode(), _STEP)
        nonce, sealed = keys.seal(padded, self._key(), self._bound(segment.number))
        return nonce + sealed

    def _unseal(self, number: int, stored: bytes) -> _Segment | None:
        nonce, sealed = stored[: keys.NONCE_BYTES], stored[keys.NONCE_BYTES :]
        padded = keys.unseal(sealed, nonce, self._key(), self._bound(number))
        if padded is None:
            return None
        lines = bindings.sodium_unpad(padded, _STEP).decode().split("\n")
        return _Segment(number, lines[::2], lines[1::2])

    def _key(self) -> bytes:
        return keys.subkey(self.secret, PURPOSE)

    def _bound(self, number: int) -> bytes:
        """Return what a segment is sealed with, so that it opens in its own place only."""
        return f"{self.discipline}\n{number}".encode()


def indexable(db: Connection, discipline: Discipline) -> frozenset[str]:
    """Return the wordings whose words may stand in a discipline's index: those that stand now.

    Every holder of the discipline can open its index. A note that only some of them may read, of a
    restricted file, does not belong into it (``find_apart``).
    """
    found = db.execute(
        "SELECT record_id || char(9) || max(revision) FROM sealed_note"
        " GROUP BY record_id HAVING discipline = :discipline AND circle IS NULL"
        " UNION ALL SELECT record_id || char(9) || max(revision) FROM shared_note"
        " WHERE discipline = :discipline GROUP BY record_id HAVING circle IS NULL",
        {"discipline": str(discipline)},
    )
    return frozenset(key for (key,) in found)


def forget(db: Connection) -> None:
    """Drop the whole index, because something in it may not be read by all holders any more."""
    db.execute("DELETE FROM note_segment")


def find_apart(
    db: Connection, words: Sequence[str], secrets: Secrets, files: FileKeys
) -> frozenset[str]:
    """Return the records of restricted files in whose note words are: by opening those notes.

    Args:
        db: The open vault.
        words: The folded words.
        secrets: The keys of disciplines at hand.
        files: The keys of restricted files at hand.
    """
    if not files:
        return frozenset()
    wanted = [_BEFORE_WORD + word for word in words]
    found = set()
    for (record_id,) in db.execute(
        "SELECT DISTINCT record_id FROM sealed_note WHERE circle IS NOT NULL"
        " UNION SELECT DISTINCT record_id FROM shared_note WHERE circle IS NOT NULL"
    ).fetchall():
        note = notes.standing(db, record_id, secrets)
        text = _words_of(note.open(secrets, files) or "") if note else ""
        if text and all(word in text for word in wanted):
            found.add(record_id)
    return frozenset(found)


def _record_of(key: str) -> str:
    return key.partition("\t")[0]


def _words_of(text: str) -> str:
    """Return the words of a note, each once and out of their order: enough to find it."""
    return "".join(_BEFORE_WORD + word for word in sorted(set(fold_words(text))))
