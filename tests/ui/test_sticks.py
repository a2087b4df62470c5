"""Only what was plugged in is looked through for key files, never the system's own disks."""

from pathlib import Path
from unittest.mock import Mock

import pytest

from kadin_danisma.ui import sticks


def volume(root: str, *, valid: bool = True, ready: bool = True) -> Mock:
    """Return a volume as Qt tells of it."""
    said = {"isValid": valid, "isReady": ready, "isRoot": root == "/", "rootPath": root}
    return Mock(**{f"{name}.return_value": value for name, value in said.items()})


VOLUMES = [
    volume("/"),
    volume("/home"),
    volume("/mediathek"),
    volume("/media/derya/STICK"),
    volume("/run/media/derya/EMPTY", ready=False),
    volume("/media/derya/GONE", valid=False),
]


@pytest.fixture(autouse=True)
def mounted(monkeypatch: pytest.MonkeyPatch) -> None:
    storage = Mock()
    storage.mountedVolumes.return_value = VOLUMES
    monkeypatch.setattr(sticks, "QStorageInfo", storage)


def test_only_what_was_plugged_in_is_a_stick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert sticks.plugged_in() == [Path("/media/derya/STICK")]


def test_on_windows_every_other_drive_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "win32")
    assert Path("/") not in sticks.plugged_in()
    assert Path("/media/derya/STICK") in sticks.plugged_in()


def test_the_chosen_file_is_taken_and_the_sticks_are_left_alone(tmp_path: Path) -> None:
    chosen = tmp_path / "benim.anahtar"
    chosen.write_bytes(b"k" * 32)
    assert sticks.key_files(chosen) == [b"k" * 32]
    assert sticks.key_files(None) == []
