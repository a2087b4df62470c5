"""A note of an application or a referral: sealed to each discipline, and open to nobody else."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlcipher3 import dbapi2

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.records import Application, Client, Referral
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.text import fold_words
from kadin_danisma.domain.trust import Trust
from kadin_danisma.errors import KnownError
from kadin_danisma.store import (
    circles,
    keyring,
    note_index,
    notes,
    records,
    restricting,
    sealing,
    sweeping,
    users,
)
from kadin_danisma.store.note_index import NoteIndex
from kadin_danisma.store.records import Stamp
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_referral, a_user, an_application
from tests.store.test_wall import everything, pages

CLIENT = a_client()
WORD = "Zümrütankası"
CONTACT = an_application(note=f"{WORD} aradı,\nnafakayı sordu.")
REFERRAL = a_referral(CLIENT, note=f"{WORD} dilekçesini aldı.")
NOTED: tuple[Application | Referral, ...] = (CONTACT, REFERRAL)
ROLES = {
    Role.LAWYER: Discipline.LEGAL,
    Role.PSYCHOLOGIST: Discipline.PSYCHOLOGICAL,
    Role.SOCIAL_WORKER: Discipline.SOCIAL,
}


@pytest.fixture
def stamp(vault: Vault, clock: FixedClock) -> Stamp:
    return Stamp(clock.now(), vault.user.id, vault.writer)


@pytest.fixture
def noted(vault: Vault, stamp: Stamp) -> Vault:
    """A vault with a person of every role, and a contact and a referral with a note each."""
    for role in Role:
        users.add_user(vault, a_user(str(role), role=role), PASSPHRASE)
    with vault.write() as db:
        for record in (CLIENT, *NOTED):
            records.add(db, record, stamp)
    return vault


def shows(content: bytes) -> bool:
    return any(form.encode() in content for form in (WORD, WORD.upper(), "zumrutankasi"))


def standing(vault: Vault, kind: type[Application] | type[Client], record_id: str) -> object:
    with vault.read() as db:
        return records.get(db, kind, record_id)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.IT])
def test_every_counsellor_reads_it_and_nobody_else(
    noted: Vault, clock: FixedClock, role: Role
) -> None:
    noted.close()
    with Vault.open(noted.path, str(role), PASSPHRASE, clock) as vault, vault.read() as db:
        for record in NOTED:
            note = notes.standing(db, record.id, vault.readable().keys())
            assert note is not None
            found = note.read(db, vault.roster, vault.readable())
            if role not in ROLES:
                assert found is None
                continue
            assert found is not None
            assert note.discipline is ROLES[role]
            assert (found.text, found.trust) == (record.note, Trust.SIGNED)


def test_the_vault_key_and_sql_give_ciphertext_only(noted: Vault, stamp: Stamp) -> None:
    with noted.write() as db:
        records.correct(db, replace(CONTACT, revision=1, note=f"{WORD} yine"), stamp)
        records.correct(db, replace(REFERRAL, revision=1, note=""), stamp)
        assert not any(shows(value) for value in everything(db))
    assert not shows(noted.path.with_name(noted.path.name + "-wal").read_bytes())
    noted.close()
    image = pages(noted.path, noted._key)
    assert not shows(image)
    assert CLIENT.name.encode() in image
    assert shows(f"x{WORD}".encode())


def test_each_wording_stands_once_for_each_discipline(noted: Vault) -> None:
    with noted.read() as db:
        found = db.execute("SELECT record_id, revision, discipline FROM shared_note").fetchall()
        assert sorted(found) == sorted(
            (record.id, 1, str(each)) for record in NOTED for each in Discipline
        )
        assert db.execute("SELECT count(*) FROM sealed_note").fetchone() == (0,)
        columns = {row[1] for row in db.execute("PRAGMA table_info(application)")}
    assert "note" not in columns


def test_a_note_moved_to_another_record_or_discipline_does_not_open(noted: Vault) -> None:
    with noted.read() as db:
        note = notes.standing(db, CONTACT.id, {Discipline.LEGAL})
    assert note is not None
    assert note.open(noted.secrets) == CONTACT.note
    assert replace(note, record_id=REFERRAL.id).open(noted.secrets) is None
    assert replace(note, revision=2).open(noted.secrets) is None
    assert replace(note, discipline=Discipline.SOCIAL).open(noted.secrets) is None


def test_a_wording_is_never_changed(noted: Vault) -> None:
    with pytest.raises(dbapi2.IntegrityError), noted.write() as db:
        db.execute("UPDATE shared_note SET at = ''")


def test_a_note_that_was_taken_back_is_gone_and_its_wordings_stay(
    noted: Vault, stamp: Stamp
) -> None:
    with noted.write() as db:
        records.correct(db, replace(CONTACT, revision=1, note=""), stamp)
    with noted.read() as db:
        assert notes.standing(db, CONTACT.id) is None
        said = notes.wordings(db, CONTACT.id, {Discipline.SOCIAL})
        read = [each.read(db, noted.roster, noted.secrets) for each in said]
    assert [(each.text, each.trust) for each in read if each] == [
        (CONTACT.note, Trust.SIGNED), ("", Trust.SIGNED)
    ]  # fmt: skip


def test_a_note_is_recognised_without_being_opened(noted: Vault, stamp: Stamp) -> None:
    with noted.write() as db:
        records.correct(db, replace(REFERRAL, revision=1, note="Yanıt geldi."), stamp)
    with noted.read() as db:
        assert notes.says(db, REFERRAL.id, "Yanıt geldi.")
        assert not notes.says(db, REFERRAL.id, REFERRAL.note)
        assert notes.said_at_first(db, REFERRAL.id, REFERRAL.note)
        assert not notes.said_at_first(db, REFERRAL.id, "Yanıt geldi.")


def found(vault: Vault, discipline: Discipline, text: str = WORD) -> set[str]:
    index = NoteIndex(vault, discipline, vault.secrets[discipline])
    index.read()
    index.complete(lambda _done, _total: None)
    return set(index.find(fold_words(text)))


@pytest.mark.parametrize("discipline", Discipline)
def test_its_words_are_found_with_the_key_of_each_discipline(
    noted: Vault, stamp: Stamp, discipline: Discipline
) -> None:
    assert found(noted, discipline) == {CONTACT.id, REFERRAL.id}
    with noted.write() as db:
        records.correct(db, replace(CONTACT, revision=1, note="Tanık geldi."), stamp)
    assert found(noted, discipline) == {REFERRAL.id}
    assert found(noted, discipline, "tanik") == {CONTACT.id}


def test_a_key_to_which_such_a_note_was_sealed_is_never_thrown_away(
    vault: Vault, stamp: Stamp
) -> None:
    with vault.write() as db:
        db.execute("DELETE FROM keyring")
        assert keyring.unused(db, []) == list(Discipline)
        records.add(db, CONTACT, stamp)
        assert keyring.unused(db, []) == []


@pytest.fixture
def unsigned(stamp: Stamp) -> Stamp:
    """Nobody signed the circle of ``sealed`` in the log either."""
    return replace(stamp, writer=None)


@pytest.fixture
def sealed(noted: Vault, stamp: Stamp) -> bytes:
    """The key of the file, once it was restricted with its referral in it."""
    with noted.write() as db:
        key = circles.draw(db, CLIENT.id, stamp.mark())
        restricting.seal(db, CLIENT.id, key, stamp.mark())
    return key


def opens(vault: Vault, record_id: str, files: dict[str, bytes]) -> set[str | None]:
    """Return what the parts of a note say to whoever has all disciplines and some files."""
    with vault.read() as db:
        parts = [notes.standing(db, record_id, {each}) for each in Discipline]
        return {part.open(vault.secrets, files) if part else "" for part in parts}


def test_a_restricted_file_closes_the_notes_of_its_referrals(noted: Vault, sealed: bytes) -> None:
    assert opens(noted, REFERRAL.id, {}) == {None}
    assert opens(noted, REFERRAL.id, {CLIENT.id: sealed}) == {REFERRAL.note}
    assert opens(noted, CONTACT.id, {}) == {CONTACT.note}
    with noted.read() as db:
        traces = db.execute("SELECT print FROM shared_note WHERE record_id = ?", (REFERRAL.id,))
        assert set(traces.fetchall()) == {(b"",)}
        assert note_index.find_apart(db, ["zumrutankasi"], noted.secrets, {CLIENT.id: sealed}) == {
            REFERRAL.id
        }
    assert all(found(noted, each) == {CONTACT.id} for each in Discipline)


def test_a_file_that_is_opened_again_opens_its_notes(
    noted: Vault, sealed: bytes, stamp: Stamp
) -> None:
    fresh = sealing.new_private()
    with noted.write() as db:
        restricting.reseal(db, CLIENT.id, sealed, fresh, stamp.mark())
    assert opens(noted, REFERRAL.id, {CLIENT.id: sealed}) == {None}
    assert opens(noted, REFERRAL.id, {CLIENT.id: fresh}) == {REFERRAL.note}
    with noted.write() as db:
        restricting.unseal(db, CLIENT.id, fresh)
    assert opens(noted, REFERRAL.id, {}) == {REFERRAL.note}
    assert found(noted, Discipline.LEGAL) == {CONTACT.id, REFERRAL.id}


def test_the_note_of_a_contact_goes_under_the_seal_of_the_file_it_is_linked_to(
    noted: Vault, sealed: bytes, unsigned: Stamp
) -> None:
    assert found(noted, Discipline.LEGAL) == {CONTACT.id}
    linked = replace(CONTACT, revision=1, client_id=CLIENT.id)
    with noted.write() as db:
        sweeping.sweep(noted)
        assert not sweeping.is_due(db)
        records.correct(db, linked, unsigned, keep_note=True)
        assert sweeping.is_due(db)
        assert db.execute("SELECT count(*) FROM note_segment").fetchone() == (0,)
    assert opens(noted, CONTACT.id, {}) == {None}
    assert opens(noted, CONTACT.id, {CLIENT.id: sealed}) == {CONTACT.note}
    assert found(noted, Discipline.LEGAL) == set()


def test_a_note_corrected_while_its_contact_is_linked_is_sealed_with_all_its_wordings(
    noted: Vault, sealed: bytes, unsigned: Stamp
) -> None:
    linked = replace(CONTACT, revision=1, client_id=CLIENT.id, note="Adı öğrenildi.")
    with noted.write() as db:
        records.correct(db, linked, unsigned)
    assert opens(noted, CONTACT.id, {CLIENT.id: sealed}) == {"Adı öğrenildi."}
    with noted.read() as db:
        assert all(each.circle == CLIENT.id for each in notes.wordings(db, CONTACT.id))


def in_the_open(linked: Application, _other: Client) -> Application:
    return replace(linked, client_id=None)


def to_another_file(linked: Application, other: Client) -> Application:
    return replace(linked, client_id=other.id)


@pytest.mark.parametrize("move", [in_the_open, to_another_file])
def test_nothing_is_moved_out_of_a_restricted_file(
    noted: Vault, sealed: bytes, unsigned: Stamp, move: Callable[[Application, Client], Application]
) -> None:
    other = a_client("2026/0002")
    linked = replace(CONTACT, revision=1, client_id=CLIENT.id)
    with noted.write() as db:
        records.add(db, other, unsigned)
        records.correct(db, linked, unsigned, keep_note=True)
    with pytest.raises(KnownError), noted.write() as db:
        records.correct(db, move(replace(linked, revision=2), other), unsigned, keep_note=True)
    assert opens(noted, CONTACT.id, {}) == {None}


def test_a_note_that_nobody_signed_is_told_as_such(noted: Vault, unsigned: Stamp) -> None:
    """No vault without a roster ever had one."""
    with noted.write() as db:
        records.correct(db, replace(CONTACT, revision=1, note="Eşi aradı."), unsigned)
    with noted.read() as db:
        note = notes.standing(db, CONTACT.id)
        assert note is not None
        found = note.read(db, noted.roster, noted.secrets)
    assert found is not None
    assert (found.text, found.trust) == ("Eşi aradı.", Trust.UNKNOWN)
