"""What was sealed before signatures is known again, and nothing else passes for it."""

from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.trust import Trust
from kadin_danisma.store import circles, notes, sealing
from kadin_danisma.store.circles import Mark
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_session, a_user
from tests.store.old import put

CLIENT = a_client()
SESSION = a_session(CLIENT, note="duruşma ertelendi")


@pytest.fixture
def brought_up(vault_path: Path, clock: FixedClock) -> tuple[Path, dict[Discipline, bytes]]:
    """A vault of the schema before signatures with one note, and the keys to read it."""
    old, _code = Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock, schema=9)
    secrets = dict(old.secrets)
    at = clock.now().isoformat(timespec="seconds")
    with old.write() as db:
        put(db, CLIENT, old.user.id)
        put(db, SESSION, old.user.id)
        notes.add(db, notes.at_first([SESSION]), at, old.user.id, writer=old.writer)
    old.close()
    Vault.open(vault_path, "derya", PASSPHRASE, clock).close()
    return vault_path, secrets


def trust_of(vault: Vault, secrets: dict[Discipline, bytes], file: bytes = b"") -> Trust:
    with vault.read() as db:
        note = notes.standing(db, SESSION.id)
        assert note is not None
        found = note.read(db, vault.roster, secrets, {CLIENT.id: file} if file else {})
        assert found is not None
        assert found.text == SESSION.note
        return found.trust


def test_a_note_from_before_is_told_as_such_also_under_another_seal(
    brought_up: tuple[Path, dict[Discipline, bytes]], clock: FixedClock
) -> None:
    path, secrets = brought_up
    with Vault.open(path, "derya", PASSPHRASE, clock) as vault:
        assert trust_of(vault, secrets) is Trust.BEFORE
        with vault.write() as db:
            mark = Mark(clock.now().isoformat(timespec="seconds"), vault.user.id)
            key = circles.draw(db, CLIENT.id, mark)
            notes.wrap(db, CLIENT.id, sealing.public_of(key))
        assert trust_of(vault, secrets, key) is Trust.BEFORE
        with vault.write() as db:
            notes.unwrap(db, CLIENT.id, key)
        assert trust_of(vault, secrets) is Trust.BEFORE


def test_a_circle_from_before_is_signed_by_the_founder_and_holds_from_then_on(
    vault_path: Path, clock: FixedClock
) -> None:
    old, _code = Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock, schema=9)
    mark = Mark(clock.now().isoformat(timespec="seconds"), old.user.id)
    with old.write() as db:
        put(db, CLIENT, old.user.id)
        key = circles.draw(db, CLIENT.id, mark)
        circles.admit(db, CLIENT.id, key, {old.user.id}, mark)
    old.close()
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as vault:
        with vault.read() as db:
            assert not vault.circles.is_doubtful(db, CLIENT.id)
            assert vault.circles.may_change(db, CLIENT.id, vault.user.id)
        with vault.write() as db:
            circles.draw(db, CLIENT.id, mark)
            assert vault.circles.is_doubtful(db, CLIENT.id)


@pytest.mark.parametrize(
    "forgery", ["UPDATE sealed_note SET by = 'x'", "UPDATE sealed_note SET at = '2026-11-01'"]
)
def test_a_note_that_was_changed_since_does_not_pass_for_one(
    brought_up: tuple[Path, dict[Discipline, bytes]], clock: FixedClock, forgery: str
) -> None:
    path, secrets = brought_up
    with Vault.open(path, "derya", PASSPHRASE, clock) as vault:
        with vault.write() as db:
            db.execute("DROP TRIGGER sealed_note_stays")
            db.execute(forgery)
        assert trust_of(vault, secrets) is Trust.UNKNOWN


def test_the_one_who_vouches_is_the_founder_and_nobody_else(
    brought_up: tuple[Path, dict[Discipline, bytes]], clock: FixedClock
) -> None:
    path, secrets = brought_up
    with Vault.open(path, "derya", PASSPHRASE, clock) as vault:
        with vault.write() as db:
            db.execute("UPDATE vouched SET signature = zeroblob(64)")
        assert trust_of(vault, secrets) is Trust.UNKNOWN
