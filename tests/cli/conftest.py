"""The command line as a script would use it: words in, exit status and two streams out."""

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kadin_danisma import cli
from kadin_danisma.cli_commands import Window
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.i18n import use_language
from tests.builders import PASSPHRASE


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    out: str
    err: str

    @property
    def data(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        parsed = json.loads(self.out)
        assert isinstance(parsed, dict)
        assert self.out.count("\n") == 1
        return parsed


Say = Callable[..., Answer]


@pytest.fixture
def say(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], clock: FixedClock
) -> Say:
    """Call the command line; ``typed`` is its standard input, None where there is none."""
    use_language("tr")

    def call(*words: object, typed: str | bytes | None = "") -> Answer:
        raw = typed.encode() if isinstance(typed, str) else typed
        stdin = None if raw is None else io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8")
        monkeypatch.setattr("sys.stdin", stdin)
        window = Window(qt_version=lambda: "6.0", check=list)
        status = cli.main([str(word) for word in words], window, clock)
        return Answer(status, *capsys.readouterr())

    return call


@pytest.fixture
def acting(say: Say) -> Say:
    """Call the command line as the coordinator ``derya``."""

    def call(*words: object) -> Answer:
        acts = ("--user", "derya", "--password-stdin")
        return say(*words, *acts, typed=f"{PASSPHRASE}\n")

    return call


@pytest.fixture
def centre(acting: Say, vault_path: Path) -> Path:
    """An empty vault made by the command line."""
    assert acting("new", vault_path, "--centre", "Örnek Merkez").status == 0
    return vault_path
