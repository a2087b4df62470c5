"""The program is killed while she types: at most five seconds of it are gone, and it comes back."""

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.drafts import Draft
from kadin_danisma.domain.role import Role
from kadin_danisma.services import drafts, intake, people
from kadin_danisma.services.desk import Desk
from kadin_danisma.store.vault import Vault
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.shell.main_window import MainWindow
from kadin_danisma.ui.workplace import Workplace
from tests.builders import PASSPHRASE, a_client, a_user
from tests.ui.conftest import dispose

ROOT = Path(__file__).resolve().parents[2]
HERS = "mavi kapı ağır ağır açıldı"
PROMISED_S = 5.0
_PATIENCE_S = 120
#: So long after its first key each program is killed, in seconds: around the beat of the keeper.
MOMENTS = {"session": 5.4, "call": 6.1, "file": 7.9, "visit": 8.7}
FIELDS = {"session": "note", "call": "words", "file": "safety_note", "visit": "child"}


@dataclass(frozen=True)
class Typed:
    """What had been typed at a moment."""

    at: float
    text: str


def type_until_killed(path: Path, form: str, seconds: float) -> tuple[list[Typed], float]:
    """Let somebody type without a pause, kill the program, return what was typed and when."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    words = [sys.executable, "-m", "tests.stories.typing_on", str(path), "zeynep", form]
    said: list[Typed] = []
    with subprocess.Popen(
        words, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        patience = threading.Timer(_PATIENCE_S, child.kill)
        patience.start()
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(HERS + "\n")
        child.stdin.flush()
        for line in child.stdout:
            if line.startswith("typed "):
                _word, at, text = line.rstrip("\n").split(" ", 2)
                said.append(Typed(float(at), text))
                if said[-1].at - said[0].at > seconds:
                    break
        # No goodbye of any kind: SIGKILL.
        child.kill()
        killed = time.monotonic()
        patience.cancel()
    return said, killed


@pytest.fixture
def centre(vault_path: Path, cheap_keys: None) -> Path:
    vault, _code = Vault.create(vault_path, "Örnek Merkez", a_user(), PASSPHRASE, Clock())
    with vault:
        desk = Desk(vault, Clock())
        people.add_user(desk, "zeynep", "Av. Zeynep", Role.LAWYER, HERS)
        intake.open_file(desk, a_client())
    with Vault.open(vault_path, "zeynep", HERS, Clock()) as vault:
        people.change_passphrase(Desk(vault, Clock()), HERS, HERS)
    return vault_path


def kept_for(path: Path, name: str, passphrase: str) -> list[Draft]:
    with Vault.open(path, name, passphrase, Clock()) as vault:
        return drafts.kept(Desk(vault, Clock()))


@pytest.mark.slow
@pytest.mark.parametrize("form", MOMENTS)
def test_a_killed_program_loses_at_most_five_seconds(
    centre: Path, form: str, qapp: QApplication, look: Look
) -> None:
    said, killed = type_until_killed(centre, form, MOMENTS[form])
    assert len(said) > 20, "nobody typed without a pause"
    (draft,) = kept_for(centre, "zeynep", HERS)
    text = str(draft.typed[FIELDS[form]])
    had_to_be_there = [each.text for each in said if each.at <= killed - PROMISED_S]
    assert had_to_be_there, "nothing had to be there: this shows nothing"
    # What is kept goes on from there; a name is written large.
    assert text.casefold().startswith(had_to_be_there[-1].casefold())
    assert kept_for(centre, "derya", PASSPHRASE) == []
    assert_it_comes_back(centre, text, FIELDS[form], look)


def assert_it_comes_back(path: Path, text: str, field: str, look: Look) -> None:
    """She signs in, looks at her first page, goes on by its quiet line."""
    with Vault.open(path, "zeynep", HERS, Clock()) as vault:
        place = Workplace(Desk(vault, Clock()), look)
        window = MainWindow(place, lambda: None)
        try:
            window.show()
            window.resume()
            assert window.reopened is None, "after a crash nothing opens by itself"
            lines = window.page.unfinished  # type: ignore[union-attr]
            (go_on,) = lines.go_on.values()
            go_on.click()
            form: RecordDialog | None = window.reopened or window.quick_entry
            assert form is not None
            assert form.typed()[field] == text
            form.reject()
        finally:
            window.put_away()
            place.background.close()
            dispose(window)
