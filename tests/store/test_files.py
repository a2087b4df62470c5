"""Files are whole or not there, private, and held by one instance."""

import stat
import sys
from pathlib import Path

import pytest

from kadin_danisma.store import files
from kadin_danisma.store.failures import MissingVaultError, VaultExistsError, VaultInUseError
from kadin_danisma.store.files import Hold, make_folder, move_into_place, write_atomically
from tests.store.disk import snapshot


def test_a_written_file_is_private_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")
    write_atomically(path, b"new")
    assert snapshot(tmp_path) == {"a": b"new"}
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_crash_while_writing_leaves_the_old_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"old")

    def crash(_handle: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(files.os, "fsync", crash)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    monkeypatch.undo()
    write_atomically(path, b"new")
    assert snapshot(tmp_path) == {"a": b"new"}


@pytest.mark.parametrize("links", [True, False])
def test_a_finished_file_never_takes_the_place_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def refuse(_self: Path, _target: Path) -> None:
        raise PermissionError

    if not links:
        monkeypatch.setattr(Path, "hardlink_to", refuse)
    part, path = tmp_path / "a.part", tmp_path / "a"
    part.write_bytes(b"1")
    move_into_place(part, path)
    assert snapshot(tmp_path) == {"a": b"1"}
    part.write_bytes(b"2")
    with pytest.raises(VaultExistsError):
        move_into_place(part, path)
    assert path.read_bytes() == b"1"


def test_a_file_is_held_once(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"0123456789")
    first = Hold(path)
    assert (first.size(), first.first(4)) == (10, b"0123")
    with pytest.raises(VaultInUseError):
        Hold(path)
    first.close()
    Hold(path).close()


@pytest.mark.parametrize("name", ["nothing", ".", "file/below"])
def test_what_is_no_file_is_missing(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(MissingVaultError):
        Hold(tmp_path / name)


def test_a_new_folder_is_on_the_disk_with_those_above_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(files, "sync_folder", synced.append)
    for _turn in range(2):
        make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    assert synced == [tmp_path, tmp_path / "a"]
