"""Making and using a vault: one person at a time, all of a transaction or nothing."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.errors import KnownError, WrongCredentialsError
from kadin_danisma.store import audit, preferences, users
from kadin_danisma.store import vault as module
from kadin_danisma.store.failures import (
    FullDiskError,
    ReadOnlyMediumError,
    VaultExistsError,
    VaultInUseError,
)
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.store.disk import keys_of, snapshot


def test_a_new_vault_knows_whose_it_is(vault: Vault, clock: FixedClock) -> None:
    vault.close()
    with Vault.open(vault.path, " DERYA ", PASSPHRASE, clock) as opened:
        assert opened.centre == "Örnek Merkez"
        assert opened.vault_id == vault.vault_id
        assert (opened.user.name, opened.user.title) == ("derya", "Derya A.")
        assert not opened.demo
        assert not opened.read_only


def test_a_demo_says_so_for_ever(vault_path: Path, clock: FixedClock) -> None:
    Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock, demo=True)[0].close()
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as opened:
        assert opened.demo


def test_the_folder_of_a_new_vault_is_made(tmp_path: Path, clock: FixedClock) -> None:
    path = tmp_path / "not" / "yet" / "merkez.vault"
    Vault.create(path, "Örnek", a_user(), PASSPHRASE, clock)[0].close()
    assert sorted(snapshot(path.parent)) == [
        "merkez.vault",
        "merkez.vault.anchor",
        "merkez.vault.keys",
        "merkez.vault.keys2",
    ]


@pytest.mark.parametrize("ending", ["", ".keys", ".keys2", ".anchor", "-wal"])
def test_nothing_is_ever_made_over_another_file(
    vault_path: Path, clock: FixedClock, ending: str
) -> None:
    vault_path.with_name(vault_path.name + ending).write_bytes(b"")
    before = snapshot(vault_path.parent)
    with pytest.raises(VaultExistsError) as caught:
        Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock)
    assert caught.value.exit_status == 4
    assert snapshot(vault_path.parent) == before


@pytest.mark.parametrize(("name", "passphrase"), [("", "beş kelime"), ("derya", "  ")])
def test_a_vault_needs_a_name_and_a_passphrase(
    vault_path: Path, clock: FixedClock, name: str, passphrase: str
) -> None:
    with pytest.raises(KnownError):
        Vault.create(vault_path, "Örnek", a_user(name), passphrase, clock)
    assert snapshot(vault_path.parent) == {}


def test_the_name_of_the_recovery_code_is_taken(vault_path: Path, clock: FixedClock) -> None:
    with pytest.raises(KnownError):
        Vault.create(vault_path, "Örnek", a_user("Kurtarma"), PASSPHRASE, clock)
    assert snapshot(vault_path.parent) == {}


def test_the_recovery_code_opens_the_vault_as_coordinator(
    vault_path: Path, clock: FixedClock
) -> None:
    created, code = Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock)
    created.close()
    with Vault.open(vault_path, "Kurtarma", code.lower().replace("-", " "), clock) as opened:
        assert opened.user.role == "coordinator"
        users.reset_passphrase(opened, created.user.id, "beş yeni kelime burada duruyor")
    with pytest.raises(WrongCredentialsError):
        Vault.open(vault_path, "derya", PASSPHRASE, clock)
    Vault.open(vault_path, "derya", "beş yeni kelime burada duruyor", clock).close()


def test_a_decomposed_passphrase_opens(vault: Vault, clock: FixedClock) -> None:
    users.change_passphrase(vault, PASSPHRASE, "şule ğ ü")
    vault.close()
    Vault.open(vault.path, "derya", "s\u0327ule g\u0306 u\u0308", clock).close()


def test_every_sign_in_is_logged(closed: Path, clock: FixedClock) -> None:
    clock.moment += timedelta(hours=2)
    with Vault.open(closed, "derya", PASSPHRASE, clock) as opened, opened.read() as db:
        line = audit.lines(db)[0]
    assert (line.action, line.by, line.at) == ("sign_in", "derya", clock.now())


def test_a_second_instance_is_refused_and_the_first_goes_on(
    vault: Vault, clock: FixedClock
) -> None:
    before = snapshot(vault.path.parent)
    for _attempt in range(2):
        with pytest.raises(VaultInUseError) as caught:
            Vault.open(vault.path, "derya", PASSPHRASE, clock)
        assert caught.value.exit_status == 4
    assert snapshot(vault.path.parent) == before
    with vault.write() as db:
        preferences.put(db, vault.user.id, "language", "tr")


def test_a_transaction_is_written_whole_or_not_at_all(vault: Vault) -> None:
    def write_and_fail() -> None:
        with vault.write() as db:
            preferences.put(db, vault.user.id, "language", "tr")
            raise KeyError

    with pytest.raises(KeyError):
        write_and_fail()
    with vault.read() as db:
        assert preferences.of_user(db, vault.user.id) == {}
    with vault.write() as db:
        preferences.put(db, vault.user.id, "language", "en")
    with vault.read() as db:
        assert preferences.of_user(db, vault.user.id) == {"language": "en"}


def test_a_transaction_inside_another_is_a_fault_of_ours_and_harms_neither(vault: Vault) -> None:
    with vault.write() as db:
        preferences.put(db, vault.user.id, "language", "tr")
        with pytest.raises(dbapi2.OperationalError), vault.write():
            pass
    with vault.read() as db:
        assert preferences.of_user(db, vault.user.id) == {"language": "tr"}


def test_threads_take_turns(vault: Vault) -> None:
    def count_up() -> None:
        for _turn in range(20):
            with vault.write() as db:
                seen = preferences.of_user(db, vault.user.id).get("n", "0")
                preferences.put(db, vault.user.id, "n", str(int(seen) + 1))

    threads = [threading.Thread(target=count_up) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with vault.read() as db:
        assert preferences.of_user(db, vault.user.id) == {"n": "60"}


def test_a_full_disk_is_said_and_what_was_saved_stays(vault: Vault) -> None:
    with vault.write() as db:
        preferences.put(db, vault.user.id, "language", "tr")
    vault._db.set_authorizer(None)
    pages = vault._db.execute("PRAGMA page_count").fetchone()[0]
    vault._db.execute(f"PRAGMA max_page_count = {pages}")

    def write_much() -> None:
        with vault.write() as db:
            preferences.put(db, vault.user.id, "much", "x" * 1_000_000)

    with pytest.raises(FullDiskError):
        write_much()
    with vault.read() as db:
        assert preferences.of_user(db, vault.user.id) == {"language": "tr"}


def test_closing_leaves_one_file_and_its_keys_and_may_be_repeated(vault: Vault) -> None:
    vault.close()
    vault.close()
    assert sorted(snapshot(vault.path.parent)) == [
        "merkez.vault",
        "merkez.vault.anchor",
        "merkez.vault.keys",
        "merkez.vault.keys2",
    ]


def test_a_medium_that_cannot_be_written_can_be_read(
    closed: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys_of(closed)[1].unlink()
    before = snapshot(closed.parent)
    monkeypatch.setattr(module, "is_writable", lambda _path: False)
    with Vault.open(closed, "derya", PASSPHRASE, clock) as opened:
        assert opened.read_only
        with opened.read() as db:
            assert len(audit.lines(db)) == 1
        with pytest.raises(ReadOnlyMediumError), opened.write():
            pass
    assert snapshot(closed.parent) == before


def test_subkeys_differ_between_vaults(vault: Vault, tmp_path: Path, clock: FixedClock) -> None:
    other, _code = Vault.create(tmp_path / "o.vault", "Örnek", a_user(), PASSPHRASE, clock)
    with other:
        assert other.subkey("anchor") != vault.subkey("anchor")
    assert len(vault.subkey("anchor")) == 32
