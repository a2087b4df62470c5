"""After the lock nothing of the record is left in the process: its memory is searched.

A real program in a process of its own signs in, opens a file, types, copies, and locks by F12. The
memory of the same process is read before and after: before, everything must be found.
"""

import os
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.role import Role
from kadin_danisma.services import intake, people
from kadin_danisma.services.desk import Desk
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_session, a_user
from tests.memory.scanning import forms_of_key, forms_of_text, hits, open_files, said_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is read through /proc")

ROOT = Path(__file__).resolve().parents[2]
HERS = "mavi kapı ağır ağır açıldı"
NAME, STORED = "Gülşığ Markeroğlu", "işaretli eski görüşme notu"
TYPED, COPIED = "işaretli yarım cümle", "işaretli panodaki söz"
_PATIENCE_S = 120


@dataclass(frozen=True)
class Found:
    """What was found in one process, before and after the lock."""

    before: dict[str, int]
    after: dict[str, int]
    files_before: list[str]
    files_after: list[str]
    said_after: bytes


def a_vault(path: Path, clock: Clock) -> dict[str, tuple[bytes, ...]]:
    """Make a vault with a lawyer and a file; return every secret in every form."""
    vault, _code = Vault.create(path, "Örnek Merkez", a_user(), PASSPHRASE, clock)
    with vault:
        desk = Desk(vault, clock)
        people.add_user(desk, "zeynep", "Av. Zeynep", Role.LAWYER, HERS)
        client = a_client(name=NAME)
        intake.open_file(desk, client)
        intake.record_session(desk, a_session(client, note=STORED))
    with Vault.open(path, "zeynep", HERS, clock) as vault:
        keys = {"key of the vault": vault._key}
        keys |= {f"key of {discipline}": key for discipline, key in vault.secrets.items()}
    texts = {"passphrase": HERS, "name": NAME, "note": STORED, "typed": TYPED, "copied": COPIED}
    secrets = {what: forms_of_key(key) for what, key in keys.items()}
    return secrets | {what: forms_of_text(text) for what, text in texts.items()}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, cheap_keys: None) -> Found:
    """Let it happen once."""
    path = tmp_path_factory.mktemp("merkez") / "merkez.vault"
    return lock_and_look(path, a_vault(path, Clock()))


def lock_and_look(path: Path, secrets: dict[str, tuple[bytes, ...]]) -> Found:
    """Start the program, look into it, lock it, look again at the same process."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    words = [sys.executable, "-m", "tests.memory.at_work", str(path), "zeynep"]
    with subprocess.Popen(
        words, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        patience = threading.Timer(_PATIENCE_S, child.kill)
        patience.start()
        assert child.stdin is not None
        assert child.stdout is not None

        def tell(*lines: str) -> str:
            child.stdin.write("".join(f"{line}\n" for line in lines).encode())
            child.stdin.flush()
            return child.stdout.readline().decode().strip()

        try:
            assert tell(HERS, TYPED, COPIED) == "open"
            before, files = hits(child.pid, secrets), open_files(child.pid)
            assert tell("lock") == "locked"
            return Found(
                before, hits(child.pid, secrets), files, open_files(child.pid), said_of(child.pid)
            )
        finally:
            patience.cancel()
            child.kill()


def test_before_the_lock_everything_is_found(found: Found):
    assert {what for what, times in found.before.items() if times == 0} == set()
    assert {"key of the vault", "key of legal"} <= set(found.before)


def test_after_the_lock_nothing_is_found(found: Found):
    assert {what: times for what, times in found.after.items() if times} == {}


def test_no_file_of_the_vault_stays_open_over_the_lock(found: Found):
    assert any("merkez.vault" in name for name in found.files_before)
    assert [name for name in found.files_after if "merkez" in name] == []


def test_arguments_and_environment_tell_nothing(found: Found):
    assert b"merkez.vault" in found.said_after
    for text in (HERS, NAME, STORED, TYPED, COPIED):
        for form in forms_of_text(text):
            assert form not in found.said_after
