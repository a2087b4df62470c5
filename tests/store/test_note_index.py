"""Words of notes are found by whoever may read them, and stand nowhere that others can read."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.records import Session
from kadin_danisma.domain.text import fold, fold_words
from kadin_danisma.store import keys, note_index, records
from kadin_danisma.store.note_index import NoteIndex
from kadin_danisma.store.records import Stamp
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_session
from tests.store.test_wall import everything, pages

CLIENT = a_client()
WORD = "Zümrütankası"
LEGAL, SOCIAL = Discipline.LEGAL, Discipline.SOCIAL
NOTES = [
    f"{WORD} nafaka istiyor; duruşma 6284 sayılı Kanun.",
    "Işıl'ın velayet davası görüşüldü.",
    "VELAYET ve nafaka: bilgi verildi.",
]
#: Adds a note of a discipline and returns its session.
Write = Callable[..., Session]


@pytest.fixture
def write(vault: Vault, clock: FixedClock) -> Write:
    """A way to write a session with a note, or to correct one."""
    stamp = Stamp(clock.now(), vault.user.id)
    with vault.write() as db:
        records.add(db, CLIENT, stamp)

    def written(note: str, service: str = "legal", of: Session | None = None) -> Session:
        with vault.write() as db:
            if of is None:
                session = a_session(CLIENT, service=service, note=note)
                records.add(db, session, stamp)
                return replace(session, revision=1)
            session = replace(of, note=note, service=service)
            records.correct(db, session, stamp)
            return replace(session, revision=of.revision + 1)

    return written


@pytest.fixture
def written(write: Write) -> list[Session]:
    """Three legal notes, and one of another discipline that says the same."""
    write(NOTES[0], "safety_plan")
    return [write(note) for note in NOTES]


def index_of(vault: Vault, discipline: Discipline = LEGAL) -> NoteIndex:
    """Return an index, read and completed."""
    index = NoteIndex(vault, discipline, vault.secrets[discipline])
    index.read()
    index.complete(lambda _done, _total: None)
    return index


def found(vault: Vault, text: str, discipline: Discipline = LEGAL) -> set[str]:
    return set(index_of(vault, discipline).find(fold_words(text)))


def opened_again(vault: Vault) -> int:
    """Search once more and return how many notes had to be opened for it."""
    told: list[int] = []
    index = NoteIndex(vault, LEGAL, vault.secrets[LEGAL])
    index.read()
    index.complete(lambda _done, total: told.append(total))
    return sum(told)


def segments(vault: Vault) -> list[tuple[str, int, bytes]]:
    with vault.read() as db:
        return db.execute(
            "SELECT discipline, number, sealed FROM note_segment ORDER BY 1, 2"
        ).fetchall()


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("velayet", {1, 2}),
        ("VELAYET", {1, 2}),
        ("nafaka bilgi", {2}),
        ("bilgi nafaka", {2}),
        ("isil", {1}),
        ("ışıl", {1}),
        ("6284", {0}),
        ("dur kan", {0}),
        ("afaka", set()),
        ("velayet yok", set()),
    ],
)
def test_notes_are_found_by_the_beginnings_of_their_words(
    vault: Vault, written: list[Session], text: str, places: set[int]
) -> None:
    assert found(vault, text) == {written[place].id for place in places}


def test_only_new_notes_are_opened_for_a_search(vault: Vault, written: list[Session]) -> None:
    assert opened_again(vault) == 3
    assert opened_again(vault) == 0
    assert len(segments(vault)) == 1


def test_a_corrected_note_is_found_by_what_it_says_now(
    vault: Vault, write: Write, written: list[Session]
) -> None:
    assert found(vault, WORD) == {written[0].id}
    corrected = write("Tanık dinlendi.", of=written[0])
    assert found(vault, WORD) == set()
    assert found(vault, "tanik") == {written[0].id}
    write("", of=corrected)
    assert found(vault, "tanik") == set()
    assert len(segments(vault)) == 1


def test_a_note_that_went_over_to_another_discipline_is_found_there(
    vault: Vault, write: Write, written: list[Session]
) -> None:
    assert found(vault, WORD) == {written[0].id}
    write(NOTES[0], "safety_plan", of=written[0])
    assert found(vault, WORD) == set()
    assert written[0].id in found(vault, WORD, SOCIAL)


def shows(content: bytes) -> bool:
    """Tell whether a word of the note stands in some bytes, in any way it might be written."""
    forms = {WORD, fold(WORD), WORD.upper(), WORD[:9], fold(WORD)[:9]}
    return any(
        form.encode(code) in content for form in forms for code in ("utf-8", "utf-16-le", "utf-7")
    )


def test_the_scan_would_find_a_word() -> None:
    assert shows(f"x{WORD}y".encode())
    assert shows(fold(WORD).encode("utf-16-le"))
    assert not shows("Zümrüt".encode())


def test_the_vault_key_and_sql_find_no_word_of_a_note_whatever_was_done(
    vault: Vault, write: Write, written: list[Session]
) -> None:
    def looked_through() -> None:
        with vault.read() as db:
            assert not any(shows(value) for value in everything(db))
        assert not shows(vault.path.with_name(vault.path.name + "-wal").read_bytes())

    assert found(vault, WORD) == {written[0].id}
    looked_through()
    corrected = write(f"{WORD} yeniden", of=written[0])
    assert found(vault, f"{WORD} yeniden") == {written[0].id}
    looked_through()
    write("", of=corrected)
    assert found(vault, WORD) == set()
    looked_through()
    with vault.write() as db:
        note_index.forget(db)
    looked_through()
    assert segments(vault) == []
    assert found(vault, "nafaka") == {written[2].id}
    vault.close()
    image = pages(vault.path, vault._key)
    assert not shows(image)
    assert CLIENT.name.encode() in image


def test_no_other_key_opens_a_segment(vault: Vault, written: list[Session]) -> None:
    assert found(vault, WORD)
    others = [
        *(secret for each, secret in vault.secrets.items() if each is not LEGAL),
        vault._key,
        vault.subkey(note_index.PURPOSE),
    ]
    for secret in others:
        stranger = NoteIndex(vault, LEGAL, secret)
        stranger.read()
        assert stranger.torn == [1]
        assert stranger.find(fold_words(WORD)) == frozenset()
    ((_, _, sealed),) = segments(vault)
    for secret in others:
        for key in (secret, keys.subkey(secret, note_index.PURPOSE)):
            assert keys.unseal(sealed[24:], sealed[:24], key, b"legal\n1") is None


def spoil_a_bit(vault: Vault) -> None:
    ((_, number, sealed),) = segments(vault)
    put(vault, number, sealed[:-1] + bytes([sealed[-1] ^ 1]))


def shorten(vault: Vault) -> None:
    put(vault, 1, b"x")


def move(vault: Vault) -> None:
    with vault.write() as db:
        db.execute("UPDATE note_segment SET number = 7")


def take_from_another_discipline(vault: Vault) -> None:
    assert found(vault, WORD, SOCIAL)
    (other,) = [sealed for name, _, sealed in segments(vault) if name == "social"]
    put(vault, 1, other)


def put(vault: Vault, number: int, sealed: bytes) -> None:
    with vault.write() as db:
        db.execute(
            "UPDATE note_segment SET sealed = ? WHERE number = ? AND discipline = 'legal'",
            (sealed, number),
        )


@pytest.mark.parametrize("harm", [spoil_a_bit, shorten, move, take_from_another_discipline])
def test_a_segment_that_was_tampered_with_is_noticed_and_made_again(
    vault: Vault, written: list[Session], harm: Callable[[Vault], None]
) -> None:
    assert found(vault, WORD) == {written[0].id}
    harm(vault)
    index = index_of(vault)
    assert len(index.torn) == 1
    assert index.find(fold_words(WORD)) == {written[0].id}
    assert index_of(vault).torn == []
    assert opened_again(vault) == 0


def test_a_lost_segment_is_made_again(vault: Vault, written: list[Session]) -> None:
    assert found(vault, WORD)
    with vault.write() as db:
        db.execute("DELETE FROM note_segment")
    assert found(vault, WORD) == {written[0].id}


def test_an_older_segment_in_place_of_the_newer_one_misleads_nobody(
    vault: Vault, write: Write, written: list[Session]
) -> None:
    assert found(vault, WORD)
    ((_, number, older),) = segments(vault)
    write("Tanık dinlendi.", of=written[0])
    new = write("Tanık geldi.")
    assert found(vault, "tanik") == {written[0].id, new.id}
    ((_, newer, _),) = segments(vault)
    with vault.write() as db:
        db.execute("UPDATE note_segment SET sealed = ?, number = ?", (older, number))
    assert newer != number
    assert found(vault, WORD) == set()
    assert found(vault, "tanik") == {written[0].id, new.id}


def test_a_damaged_note_hides_no_other_and_is_tried_again(
    vault: Vault, written: list[Session]
) -> None:
    with vault.write() as db:
        db.execute("DROP TRIGGER sealed_note_stays")
        db.execute("UPDATE sealed_note SET sealed = x'00' WHERE record_id = ?", (written[1].id,))
    assert found(vault, "velayet") == {written[2].id}
    assert opened_again(vault) == 1


def test_a_vault_that_cannot_be_written_is_searched_without_writing(
    vault: Vault, written: list[Session], clock: FixedClock
) -> None:
    secret = vault.secrets[LEGAL]
    vault.close()
    before = {path.name: path.read_bytes() for path in vault.path.parent.iterdir()}
    with Vault.open(vault.path, "derya", PASSPHRASE, clock, read_only=True) as still:
        index = NoteIndex(still, LEGAL, secret)
        index.read()
        index.complete(lambda _done, _total: None)
        assert index.find(fold_words("velayet")) == {written[1].id, written[2].id}
        assert segments(still) == []
    assert {path.name: path.read_bytes() for path in vault.path.parent.iterdir()} == before


class StoppedError(Exception):
    """The person stopped the work."""


def test_a_search_that_is_stopped_keeps_what_it_has_done(
    vault: Vault, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, size in {"_BATCH": 2, "_AT_ONCE": 4, "FULL": 4}.items():
        monkeypatch.setattr(note_index, name, size)
    for number in range(10):
        write(f"not {number}")

    def stop(done: int, _total: int) -> None:
        if done >= 6:
            raise StoppedError

    index = NoteIndex(vault, LEGAL, vault.secrets[LEGAL])
    index.read()
    with pytest.raises(StoppedError):
        index.complete(stop)
    assert opened_again(vault) == 3 * 6  # told at 0, 2 and 4 of the 6 that were left
    assert len(found(vault, "not")) == 10


def test_segments_with_few_standing_notes_are_put_together(
    vault: Vault, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note_index, "FULL", 4)
    monkeypatch.setattr(note_index, "_SPARSE", 3)
    sessions = [write(f"not {number}") for number in range(8)]
    assert len(found(vault, "not")) == 8
    assert [number for _, number, _ in segments(vault)] == [1, 2]
    for session in sessions:
        write("başka", of=session)
        assert len(found(vault, "not")) + len(found(vault, "baska")) == 8
        assert len(segments(vault)) <= 4
    assert found(vault, "not") == set()


def test_segments_grow_in_coarse_steps(vault: Vault, write: Write) -> None:
    sizes = set()
    for _ in range(3):
        write(" ".join(f"kelime{number}" for number in range(200)))
        assert found(vault, "kelime7")
        sizes |= {len(sealed) for _, _, sealed in segments(vault)}
    assert sizes == {65_536 + 24 + 16}


def test_what_may_not_be_indexed_any_more_while_a_search_goes_on_is_not_stored(
    vault: Vault, written: list[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    index = NoteIndex(vault, LEGAL, vault.secrets[LEGAL])
    index.read()
    monkeypatch.setattr(note_index, "indexable", lambda _db, _discipline: frozenset())
    index.complete(lambda _done, _total: None)
    assert segments(vault) == []


def test_the_index_travels_with_a_copy_and_opens_there(
    vault: Vault, written: list[Session], clock: FixedClock, tmp_path: Path
) -> None:
    assert found(vault, WORD)
    secret = vault.secrets[LEGAL]
    copy = tmp_path / "kopya" / vault.path.name
    copy.parent.mkdir()
    vault.copy_to(copy)
    with Vault.open(copy, "derya", PASSPHRASE, clock) as other:
        index = NoteIndex(other, LEGAL, secret)
        index.read()
        assert index.torn == []
        assert index.find(fold_words(WORD)) == {written[0].id}


def test_notes_without_words_are_in_the_index_too(vault: Vault, write: Write) -> None:
    write("...")
    assert opened_again(vault) == 1
    assert opened_again(vault) == 0
