"""A vault is held once, whatever locks the system and its file system have."""

import subprocess
import sys
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from typing import NoReturn

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.store import locking
from kadin_danisma.store.connection import Mode, connected
from kadin_danisma.store.failures import VaultInUseError
from kadin_danisma.store.files import Hold
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE

#: SQLite's own locks lie here; nobody else may lock or read what is locked.
SQLITE = range(0x40000000, 0x40000200)
HOLDING = """
import sys
from pathlib import Path
from kadin_danisma.store import locking
{how}
held = locking.open_held(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""
WITHOUT_FLOCK = """
def refuse(*_call):
    raise OSError(95, "not supported")
locking.fcntl.flock = refuse
"""
linux = pytest.mark.skipif(sys.platform != "linux", reason="the locks of Linux")


class FakeWindows:
    """``LockFile`` of the kernel: a byte is locked by one handle."""

    def __init__(self) -> None:
        self.locked: dict[int, int] = {}
        self.error = 0

    def lock_file(self, handle: int, low: int, high: int, length: int, length_high: int) -> int:
        assert (length, length_high) == (1, 0)
        place = high << 32 | low
        if self.locked.setdefault(place, handle) != handle:
            self.error = locking.LOCK_VIOLATION
            return 0
        return 1


def test_on_windows_one_handle_holds_a_byte_that_nobody_reads() -> None:
    kernel = FakeWindows()
    locking.lock_byte(kernel.lock_file, lambda: kernel.error, 7)
    (place,) = kernel.locked
    assert place not in SQLITE
    assert place > 1 << 60
    with pytest.raises(VaultInUseError):
        locking.lock_byte(kernel.lock_file, lambda: kernel.error, 8)


def test_what_else_windows_refuses_is_not_taken_for_a_second_program() -> None:
    with pytest.raises(OSError, match="cannot be locked") as refused:
        locking.lock_byte(lambda *_call: 0, lambda: 50, 7)
    assert refused.value.errno == 50


@pytest.fixture
def no_flock(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_call: object) -> NoReturn:
        raise OSError(95, "not supported")

    monkeypatch.setattr(locking.fcntl, "flock", refuse)


@linux
@pytest.mark.usefixtures("no_flock")
def test_a_file_system_without_flock_holds_a_vault_once_too(
    closed: Path, clock: FixedClock
) -> None:
    with Vault.open(closed, "derya", PASSPHRASE, clock) as opened:
        with pytest.raises(VaultInUseError):
            Hold(closed)
        closed.read_bytes()
        with pytest.raises(VaultInUseError):
            Vault.open(closed, "derya", PASSPHRASE, clock)
        opened.rotate_key()
        with pytest.raises(VaultInUseError):
            Hold(closed)
    Hold(closed).close()


@linux
@pytest.mark.usefixtures("no_flock")
def test_a_hold_by_one_byte_leaves_sqlite_its_locks(vault: Vault) -> None:
    vault.close()
    hold = Hold(vault.path)
    with connected(vault.path, vault._key, Mode.WORK) as db:
        db.execute("PRAGMA user_version").fetchone()
    with pytest.raises(VaultInUseError):
        Hold(vault.path)
    hold.close()


@linux
@pytest.mark.usefixtures("no_flock")
def test_a_medium_that_cannot_be_written_is_read_without_such_a_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"content")
    monkeypatch.setattr(locking.os, "access", lambda *_call: False)
    first, second = Hold(path), Hold(path)
    assert first.first(7) == second.first(7) == b"content"
    first.close()
    second.close()


@pytest.mark.parametrize("how", ["", pytest.param(WITHOUT_FLOCK, marks=linux)])
def test_the_lock_of_a_killed_process_is_gone(tmp_path: Path, how: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"content")
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDING.format(how=how), str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert child.stdout
        assert child.stdout.readline() == "held\n"
        hold = _hold_of(how)
        with pytest.raises(VaultInUseError):
            hold(path)
    finally:
        child.kill()
        child.communicate()
    hold(path).close()


def _hold_of(how: str) -> Callable[[Path], FileIO]:
    return locking._held_by_one_byte if how else locking.open_held
