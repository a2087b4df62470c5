"""Killed while saving: what was acknowledged is there, and nothing by halves."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.store import backup, founding, preferences, slot_files, unfinished, users
from kadin_danisma.store.failures import BrokenVaultError, VaultExistsError, VaultInUseError
from kadin_danisma.store.files import beside
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.store.disk import flip, keys_of, snapshot

# The child imports pytest because the cheap key derivation asks for it (store/keys.py).
SAVING = """
import sys, pytest
from pathlib import Path
from kadin_danisma.domain.dates import Clock
from kadin_danisma.store import preferences
from kadin_danisma.store.vault import Vault
vault = Vault.open(Path(sys.argv[1]), "derya", sys.argv[2], Clock())
number = int(sys.argv[3])
while True:
    number += 1
    with vault.write() as db:
        preferences.put(db, vault.user.id, "first", str(number))
        preferences.put(db, vault.user.id, f"filler {number % 50}", "x" * 2000)
        preferences.put(db, vault.user.id, "second", str(number))
    print(number, flush=True)
"""

CHANGING_KEYS = """
import sys, pytest
from pathlib import Path
from kadin_danisma.domain.dates import Clock
from kadin_danisma.store import users
from kadin_danisma.store.vault import Vault
vault = Vault.open(Path(sys.argv[1]), "derya", sys.argv[2], Clock())
while True:
    users.reset_passphrase(vault, vault.user.id, sys.argv[2])
    print("done", flush=True)
"""


def start(script: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments], stdout=subprocess.PIPE, text=True
    )


def kill_after(child: subprocess.Popen[str], lines: int) -> str:
    """Read some lines of a child, kill it, and return the last line it wrote."""
    assert child.stdout is not None
    for _line in range(lines):
        assert child.stdout.readline()
    child.kill()
    said = child.stdout.read().split()
    child.wait()
    child.stdout.close()
    return said[-1] if said else ""


@pytest.mark.slow
def test_killed_while_saving_nothing_acknowledged_is_lost(closed: Path, clock: FixedClock) -> None:
    number = 0
    for lines in (1, 40, 170):
        last = kill_after(start(SAVING, str(closed), PASSPHRASE, str(number)), lines)
        with Vault.open(closed, "derya", PASSPHRASE, clock) as opened, opened.read() as db:
            found = preferences.of_user(db, opened.user.id)
        assert found["first"] == found["second"]
        number = int(found["first"])
        # What was committed but not yet printed may be there, one commit at the most.
        assert number >= lines
        assert number - int(last or number) in (0, 1)
    assert backup.verify(closed, "derya", PASSPHRASE) == []


@pytest.mark.slow
def test_killed_while_changing_keys_the_vault_still_opens(closed: Path, clock: FixedClock) -> None:
    for lines in (1, 7, 20):
        kill_after(start(CHANGING_KEYS, str(closed), PASSPHRASE), lines)
        Vault.open(closed, "derya", PASSPHRASE, clock).close()
        first, second = keys_of(closed)
        assert first.read_bytes() == second.read_bytes()


def test_a_second_process_is_refused_without_writing(closed: Path, clock: FixedClock) -> None:
    child = start(SAVING, str(closed), PASSPHRASE, "0")
    assert child.stdout is not None
    assert child.stdout.readline()
    try:
        with pytest.raises(VaultInUseError):
            Vault.open(closed, "derya", PASSPHRASE, clock)
        with pytest.raises(VaultInUseError):
            backup.verify(closed, "derya", PASSPHRASE)
    finally:
        kill_after(child, 1)


@pytest.mark.parametrize("failing", [1, 2])
def test_a_crash_between_the_writes_of_a_key_change_leaves_one_passphrase_working(
    vault: Vault, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    real, calls = slot_files.write_atomically, []

    def crash(path: Path, content: bytes) -> None:
        calls.append(path)
        if len(calls) == failing:
            raise KeyboardInterrupt
        real(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(slot_files, "write_atomically", crash)
        with pytest.raises(KeyboardInterrupt):
            users.reset_passphrase(vault, vault.user.id, "yeni")
    vault.close()
    Vault.open(vault.path, "derya", PASSPHRASE if failing == 1 else "yeni", clock).close()
    first, second = keys_of(vault.path)
    assert first.read_bytes() == second.read_bytes()


def crash_before_naming(
    patch: pytest.MonkeyPatch, module: ModuleType, work: Callable[[], object]
) -> dict[str, bytes]:
    """Do work up to where its file gets its name, and return what a kill would leave there."""
    left: dict[str, bytes] = {}

    def crash(part: Path, _path: Path) -> None:
        left.update(snapshot(part.parent))
        raise KeyboardInterrupt

    with patch.context() as inner:
        inner.setattr(module, "move_into_place", crash)
        with pytest.raises(KeyboardInterrupt):
            work()
    return left


def test_after_a_crash_while_restoring_a_second_try_succeeds(
    vault: Vault, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backup.make_backup(vault, tmp_path, clock)
    target = tmp_path / "new" / "merkez.vault"

    def restore() -> None:
        backup.restore(copy, target, "derya", PASSPHRASE, clock)

    for name, content in crash_before_naming(monkeypatch, unfinished, restore).items():
        (target.parent / name).write_bytes(content)
    assert len(snapshot(target.parent)) == 4
    restore()
    Vault.open(target, "derya", PASSPHRASE, clock).close()
    assert len(snapshot(target.parent)) == 4
    assert not beside(target, ".part").exists()


def test_after_a_crash_while_making_a_vault_a_second_try_succeeds(
    vault_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def create() -> None:
        Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock)[0].close()

    for name, content in crash_before_naming(monkeypatch, founding, create).items():
        (vault_path.parent / name).write_bytes(content)
    create()
    Vault.open(vault_path, "derya", PASSPHRASE, clock).close()


def test_key_files_without_their_vault_are_kept_whatever_else_lies_there(
    closed: Path, clock: FixedClock
) -> None:
    part = beside(closed, ".part")
    closed.unlink()
    part.write_bytes(bytes(4096))
    before = snapshot(closed.parent)
    with pytest.raises(VaultExistsError):
        Vault.create(closed, "Örnek", a_user(), PASSPHRASE, clock)
    assert snapshot(closed.parent) == before


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_second_name_left_by_a_crash_goes_at_the_next_opening(
    closed: Path, clock: FixedClock
) -> None:
    part = beside(closed, ".part")
    part.hardlink_to(closed)
    Vault.open(closed, "derya", PASSPHRASE, clock).close()
    assert not part.exists()


def test_damage_beside_a_log_is_found_before_the_log_comes_into_the_file(
    vault: Vault, tmp_path: Path, clock: FixedClock
) -> None:
    with vault.write() as db:
        preferences.put(db, vault.user.id, "language", "tr")
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name, content in snapshot(vault.path.parent).items():
        (crashed / name).write_bytes(content)
    path = crashed / vault.path.name
    flip(path, -1)
    before = snapshot(crashed)
    with pytest.raises(BrokenVaultError):
        Vault.open(path, "derya", PASSPHRASE, clock)
    assert snapshot(crashed) == before
