"""Killed while saving: what was acknowledged is there, and nothing by halves."""

import subprocess
import sys
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.store import backup, preferences, slots, users
from kadin_danisma.store.failures import VaultInUseError
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE
from tests.store.disk import keys_of

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


@pytest.mark.slow
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
    real, calls = slots.write_atomically, []

    def crash(path: Path, content: bytes) -> None:
        calls.append(path)
        if len(calls) == failing:
            raise KeyboardInterrupt
        real(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(slots, "write_atomically", crash)
        with pytest.raises(KeyboardInterrupt):
            users.reset_passphrase(vault, vault.user.id, "yeni")
    vault.close()
    Vault.open(vault.path, "derya", PASSPHRASE if failing == 1 else "yeni", clock).close()
    first, second = keys_of(vault.path)
    assert first.read_bytes() == second.read_bytes()
