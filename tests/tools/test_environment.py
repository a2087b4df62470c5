from pathlib import Path

import pytest

from tools import environment
from tools.machine import MissingError


class Recorder:
    """Stands in for running programs: keeps them, and answers."""

    def __init__(self, status: int = 0) -> None:
        self.status = status
        self.commands: list[list[str]] = []

    def run(self, command: list[str], **_options: object) -> "Recorder":
        self.commands.append(command)
        return self

    @property
    def returncode(self) -> int:
        return self.status

    @property
    def stdout(self) -> str:
        return "nothing of ours"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout without .venv."""
    (tmp_path / "requirements.lock").write_text("x==1 --hash=sha256:0\n", encoding="ascii")
    venv = tmp_path / ".venv"
    monkeypatch.setattr(environment, "VENV", venv)
    monkeypatch.setattr(environment, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(environment, "WHEELHOUSE", tmp_path / "wheelhouse")
    monkeypatch.setattr(environment, "_STAMP", venv / "requirements.stamp")
    monkeypatch.setattr(environment.venv, "create", lambda path, **_named: path.mkdir())
    return tmp_path


def recorded(monkeypatch: pytest.MonkeyPatch, status: int = 0) -> Recorder:
    recorder = Recorder(status)
    monkeypatch.setattr(environment.subprocess, "run", recorder.run)
    return recorder


def test_a_new_checkout_is_filled_once_from_hashed_wheels(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = recorded(monkeypatch)
    environment.prepare()
    environment.prepare()
    (install,) = recorder.commands
    assert "--require-hashes" in install
    assert install[install.index("--only-binary") + 1] == ":all:"
    assert "--no-index" not in install


def test_a_changed_lock_is_installed_anew(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = recorded(monkeypatch)
    environment.prepare()
    (checkout / "requirements.lock").write_text("x==2 --hash=sha256:0\n", encoding="ascii")
    environment.prepare()
    assert sum("install" in command for command in recorder.commands) == 2


def test_line_ends_of_windows_do_not_change_the_lock(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = recorded(monkeypatch)
    environment.prepare()
    (checkout / "requirements.lock").write_bytes(b"x==1 --hash=sha256:0\r\n")
    environment.prepare()
    assert len(recorder.commands) == 1


def test_a_wheelhouse_is_used_without_a_network(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = recorded(monkeypatch)
    (checkout / "wheelhouse").mkdir()
    environment.prepare()
    assert "--no-index" in recorder.commands[0]


def test_a_failed_installation_says_what_to_do_and_is_tried_again(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(monkeypatch, status=1)
    with pytest.raises(MissingError, match="wheelhouse"):
        environment.prepare()
    recorder = recorded(monkeypatch)
    environment.prepare()
    assert recorder.commands
