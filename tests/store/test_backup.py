"""A backup is whole, checked, opens anywhere, and never takes the place of anything."""

import struct
from collections.abc import Callable
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.errors import KnownError, WrongCredentialsError
from kadin_danisma.store import audit, backup, copies, preferences, proving, unfinished, users
from kadin_danisma.store.backup_failures import ChangedBackupError, DamagedBackupError
from kadin_danisma.store.connection import PAGE_BYTES
from kadin_danisma.store.failures import (
    ForeignVaultError,
    FullDiskError,
    MissingVaultError,
    OlderStateError,
    SpoiledCopyError,
    VaultExistsError,
    VaultInUseError,
)
from kadin_danisma.store.files import beside
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.store.disk import flip, keys_of, snapshot


@pytest.fixture
def full_vault(vault: Vault) -> Vault:
    """A vault of some hundred pages."""
    with vault.write() as db:
        for number in range(200):
            preferences.put(db, vault.user.id, f"key {number}", "ğüşıöçİ" * 300)
    return vault


def test_a_backup_is_one_file_with_its_keys_and_is_noted_in_the_log(
    vault: Vault, stick: Path, clock: FixedClock
) -> None:
    path = backup.make_backup(vault, stick, clock)
    assert path == stick / "kadin-danisma-20261122-1000.vault"
    endings = ("", ".anchor", ".keys", ".keys2")
    assert sorted(snapshot(stick)) == [path.name + ending for ending in endings]
    with vault.read() as db:
        assert audit.last_of(db, backup.ACTION) == clock.now()
        assert audit.lines(db)[0].subject == path.name


def test_a_second_backup_in_the_same_minute_gets_another_name(
    vault: Vault, stick: Path, clock: FixedClock
) -> None:
    names = [backup.make_backup(vault, stick, clock).stem for _turn in range(3)]
    assert names == [f"kadin-danisma-20261122-1000{ending}" for ending in ("", "-2", "-3")]


def test_a_backup_begins_with_bytes_of_its_own(
    vault: Vault, stick: Path, clock: FixedClock
) -> None:
    path = backup.make_backup(vault, stick, clock)
    assert path.read_bytes()[:16] != vault.path.read_bytes()[:16]
    for mine, theirs in zip(keys_of(vault.path), keys_of(path), strict=True):
        mine.write_bytes(theirs.read_bytes())
    vault.close()
    with pytest.raises(ForeignVaultError):
        Vault.open(vault.path, "derya", PASSPHRASE, clock)


def test_verifying_changes_nothing_and_finds_nothing_wrong(
    full_vault: Vault, stick: Path, clock: FixedClock
) -> None:
    path = backup.make_backup(full_vault, stick, clock)
    with pytest.raises(VaultInUseError):
        backup.verify(full_vault.path, "derya", PASSPHRASE)
    full_vault.close()
    for checked in (path, full_vault.path):
        before = snapshot(checked.parent)
        assert backup.verify(checked, "derya", PASSPHRASE) == []
        with pytest.raises(WrongCredentialsError):
            backup.verify(checked, "derya", "wrong")
        assert snapshot(checked.parent) == before


def test_verifying_reads_what_a_crash_left_in_the_log_and_leaves_it_there(
    full_vault: Vault, tmp_path: Path
) -> None:
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name, content in snapshot(full_vault.path.parent).items():
        (crashed / name).write_bytes(content)
    before = snapshot(crashed)
    # Nobody signed what a crash left, so nobody can prove it unchanged.
    assert backup.verify(crashed / full_vault.path.name, "derya", PASSPHRASE) == [backup.unproved()]
    assert snapshot(crashed) == before


@pytest.mark.parametrize("place", [5000, -1])
def test_a_flipped_bit_in_a_backup_is_found_and_it_is_not_restored(
    full_vault: Vault, stick: Path, tmp_path: Path, clock: FixedClock, place: int
) -> None:
    path = backup.make_backup(full_vault, stick, clock)
    flip(path, place)
    assert len(backup.verify(path, "derya", PASSPHRASE)) == 1
    with pytest.raises(DamagedBackupError):
        backup.restore(path, tmp_path / "new.vault", "derya", PASSPHRASE, clock)
    assert not list(tmp_path.glob("new*"))


def test_a_broken_second_key_file_is_a_finding(
    vault: Vault, stick: Path, clock: FixedClock
) -> None:
    path = backup.make_backup(vault, stick, clock)
    keys_of(path)[1].unlink()
    assert len(backup.verify(path, "derya", PASSPHRASE)) == 1


def test_an_edited_log_is_a_finding(vault: Vault, stick: Path, clock: FixedClock) -> None:
    vault._db.set_authorizer(None)
    vault._db.execute("UPDATE audit SET subject = 'x'")
    path = backup.make_backup(vault, stick, clock)
    (finding,) = backup.verify(path, "derya", PASSPHRASE)
    assert "1" in finding


def test_a_restored_vault_has_every_row_and_all_people(
    full_vault: Vault, stick: Path, tmp_path: Path, clock: FixedClock
) -> None:
    users.add_user(full_vault, a_user("elif"), "beş başka kelime")
    path = backup.make_backup(full_vault, stick, clock)
    users.change_passphrase(full_vault, PASSPHRASE, "sonradan değişti")
    target = tmp_path / "new pc" / "merkez.vault"
    before = snapshot(stick)
    backup.restore(path, target, "derya", PASSPHRASE, clock)
    assert snapshot(stick) == before
    with Vault.open(target, "elif", "beş başka kelime", clock) as restored:
        assert restored.vault_id == full_vault.vault_id
        with restored.read() as new, full_vault.read() as old:
            assert preferences.of_user(new, full_vault.user.id) == preferences.of_user(
                old, full_vault.user.id
            )
            assert [line.action for line in audit.lines(new)[:2]] == ["sign_in", "restore"]
            key = restored._chain_key
            assert audit.first_break(new, key) is None
    assert sorted(snapshot(target.parent)) == [
        "merkez.vault",
        "merkez.vault.anchor",
        "merkez.vault.keys",
        "merkez.vault.keys2",
    ]


@pytest.mark.parametrize("ending", ["", ".keys", ".keys2", ".anchor"])
def test_restoring_never_overwrites(
    vault: Vault, stick: Path, tmp_path: Path, clock: FixedClock, ending: str
) -> None:
    path = backup.make_backup(vault, stick, clock)
    target = tmp_path / "new.vault"
    target.with_name(target.name + ending).write_bytes(b"precious")
    with pytest.raises(VaultExistsError):
        backup.restore(path, target, "derya", PASSPHRASE, clock)
    assert target.with_name(target.name + ending).read_bytes() == b"precious"


def test_a_missing_backup_is_said(tmp_path: Path, clock: FixedClock) -> None:
    with pytest.raises(MissingVaultError):
        backup.verify(tmp_path / "x.vault", "derya", PASSPHRASE)
    with pytest.raises(MissingVaultError):
        backup.restore(tmp_path / "x.vault", tmp_path / "y.vault", "derya", PASSPHRASE, clock)


def test_progress_is_told_and_a_cancelled_backup_leaves_nothing(
    full_vault: Vault, stick: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "_PAGES_AT_ONCE", 50)
    told: list[tuple[int, int]] = []
    backup.make_backup(full_vault, stick, clock, lambda done, total: told.append((done, total)))
    assert len(told) > 2
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]
    before = snapshot(stick)

    def cancel(_done: int, _total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        backup.make_backup(full_vault, stick, clock, cancel)
    assert snapshot(stick) == before
    with full_vault.read() as db:
        assert [line.action for line in audit.lines(db)].count(backup.ACTION) == 1


def _corrupt(part: Path) -> None:
    flip(part, 5000)


def _cut(part: Path) -> None:
    part.write_bytes(part.read_bytes()[:8192])


@pytest.mark.parametrize("harm", [_corrupt, _cut])
def test_a_copy_that_a_bad_stick_spoils_is_removed(
    full_vault: Vault,
    stick: Path,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    harm: Callable[[Path], None],
) -> None:
    real = copies._check_copy

    def spoil(source: object, part: Path, vault_key: bytes) -> None:
        harm(part)
        real(source, part, vault_key)

    monkeypatch.setattr(copies, "_check_copy", spoil)
    with pytest.raises(SpoiledCopyError):
        backup.make_backup(full_vault, stick, clock)
    assert snapshot(stick) == {}


def test_a_full_stick_is_said_and_nothing_is_left(
    vault: Vault, stick: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_part: Path, _path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(unfinished, "move_into_place", fail)
    with pytest.raises(FullDiskError):
        backup.make_backup(vault, stick, clock)
    assert snapshot(stick) == {}


def test_a_folder_that_is_not_there_is_said(
    vault: Vault, tmp_path: Path, clock: FixedClock
) -> None:
    with pytest.raises(KnownError):
        backup.make_backup(vault, tmp_path / "unplugged", clock)
    assert not (tmp_path / "unplugged").exists()


def test_a_lost_row_is_a_finding(vault: Vault) -> None:
    vault._db.set_authorizer(None)
    vault._db.execute("PRAGMA foreign_keys = OFF")
    vault._db.execute("INSERT INTO preference VALUES ('nobody', 'a', 'b')")
    assert len(copies.findings(vault._db)) == 1


def _journal_that_cuts(pages: int) -> bytes:
    """Return the beginning of a rollback journal that puts a file back to so many pages."""
    head = bytes.fromhex("d9d505f920a163d7") + struct.pack(">IIIII", 0, 7, pages, 512, PAGE_BYTES)
    return head.ljust(512, b"\0")


def test_a_journal_put_beside_a_backup_is_not_brought_into_it(
    vault: Vault, stick: Path, tmp_path: Path, clock: FixedClock
) -> None:
    made = backup.make_backup(vault, stick, clock)
    beside(made, "-journal").write_bytes(_journal_that_cuts(1))
    before = snapshot(stick)
    assert backup.verify(made, "derya", PASSPHRASE) == [proving.changed()]
    with pytest.raises(ChangedBackupError):
        backup.restore(made, tmp_path / "yeni.vault", "derya", PASSPHRASE, clock)
    with pytest.raises(ChangedBackupError):
        Vault.open(made, "derya", PASSPHRASE, clock)
    assert snapshot(stick) == before
    assert not (tmp_path / "yeni.vault").exists()


def test_a_journal_put_beside_a_closed_vault_is_not_brought_into_it(
    vault: Vault, clock: FixedClock
) -> None:
    vault.close()
    beside(vault.path, "-journal").write_bytes(_journal_that_cuts(1))
    before = snapshot(vault.path.parent)
    with pytest.raises(OlderStateError):
        Vault.open(vault.path, "derya", PASSPHRASE, clock)
    assert snapshot(vault.path.parent) == before


def test_a_backup_called_like_an_unfinished_vault_is_not_cleared_by_restoring_it(
    vault: Vault, stick: Path, clock: FixedClock
) -> None:
    made = backup.make_backup(vault, stick, clock)
    for ending in ("", ".keys", ".keys2", ".anchor"):
        beside(made, ending).rename(beside(stick / "merkez.vault.part", ending))
    before = snapshot(stick)
    with pytest.raises(VaultExistsError):
        backup.restore(
            stick / "merkez.vault.part", stick / "merkez.vault", "derya", PASSPHRASE, clock
        )
    assert snapshot(stick) == before
