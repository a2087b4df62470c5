"""A copy is whole or no copy: killed before each step on the disk, and cleared by the next run."""

import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.store import backup, unfinished, users
from kadin_danisma.store.files import Hold, beside
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.store.disk import snapshot

WHOLE = ("", ".anchor", ".keys", ".keys2")


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The names that files of copies got, in their order."""
    real, given = unfinished.move_into_place, []

    def give(part: Path, path: Path) -> None:
        real(part, path)
        given.append(path)

    monkeypatch.setattr(unfinished, "move_into_place", give)
    return given


@pytest.fixture
def keeper(vault: Vault, clock: FixedClock) -> Iterator[Stewardship]:
    users.add_user(vault, a_user("irem", role=Role.IT), PASSPHRASE)
    vault.close()
    with Stewardship.open(vault.path, "irem", PASSPHRASE, clock) as opened:
        yield opened


def stopped_after(
    patch: pytest.MonkeyPatch, names: int, work: Callable[[], object], folder: Path
) -> dict[str, bytes]:
    """Do work until so many files got their names, and leave what a kill would leave there."""
    given: list[Path] = []
    left: dict[str, bytes] = {}
    real = unfinished.move_into_place

    def stop(part: Path, path: Path) -> None:
        if len(given) == names:
            left.update(snapshot(folder))
            raise KeyboardInterrupt
        real(part, path)
        given.append(path)

    with patch.context() as inner:
        inner.setattr(unfinished, "move_into_place", stop)
        with pytest.raises(KeyboardInterrupt):
            work()
    for name, content in left.items():
        (folder / name).write_bytes(content)
    return left


def test_the_vault_of_a_copy_gets_its_name_last(
    vault: Vault, stick: Path, clock: FixedClock, names: list[Path]
) -> None:
    made = backup.make_backup(vault, stick, clock)
    assert names[-1] == made
    assert sorted(names) == sorted(beside(made, ending) for ending in WHOLE)


def test_the_vault_of_a_copy_made_by_it_gets_its_name_last(
    keeper: Stewardship, stick: Path, names: list[Path]
) -> None:
    made = keeper.make_backup(stick)
    assert names[-1] == made
    assert sorted(snapshot(stick)) == sorted(made.name + ending for ending in WHOLE)


@pytest.mark.parametrize("named", [0, 1, 2, 3])
def test_what_a_killed_backup_left_is_cleared_by_the_next_of_another_minute(
    vault: Vault, stick: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, named: int
) -> None:
    left = stopped_after(monkeypatch, named, lambda: backup.make_backup(vault, stick, clock), stick)
    assert len(left) == len(WHOLE)
    assert not list(stick.glob("*.vault"))
    clock.moment += timedelta(minutes=5)
    made = backup.make_backup(vault, stick, clock)
    assert sorted(snapshot(stick)) == sorted(made.name + ending for ending in WHOLE)


@pytest.mark.parametrize("named", [0, 1, 2, 3])
def test_what_a_killed_backup_of_it_left_is_cleared_by_its_next(
    keeper: Stewardship,
    stick: Path,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    named: int,
) -> None:
    stopped_after(monkeypatch, named, lambda: keeper.make_backup(stick), stick)
    assert not list(stick.glob("*.vault"))
    clock.moment += timedelta(minutes=5)
    made = keeper.make_backup(stick)
    assert sorted(snapshot(stick)) == sorted(made.name + ending for ending in WHOLE)


def test_a_log_that_a_crash_left_is_copied_and_cleared_with_the_rest(
    vault: Vault, tmp_path: Path, stick: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    users.add_user(vault, a_user("irem", role=Role.IT), PASSPHRASE)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name, content in snapshot(vault.path.parent).items():
        (crashed / name).write_bytes(content)
    path = crashed / vault.path.name
    with Stewardship.open(path, "irem", PASSPHRASE, clock) as keeper:
        stopped_after(monkeypatch, 4, lambda: keeper.make_backup(stick), stick)
        assert list(stick.glob("*.vault-wal"))
        clock.moment += timedelta(minutes=5)
        made = keeper.make_backup(stick)
    assert sorted(snapshot(stick)) == sorted(made.name + end for end in (*WHOLE, "-wal"))


def test_a_copy_that_is_being_written_is_left_alone(stick: Path) -> None:
    part = stick / "kadin-danisma-20261122-1000.vault.part"
    part.write_bytes(bytes(4096))
    hold = Hold(part)
    unfinished.clear_all_unfinished(stick)
    assert part.exists() or sys.platform == "win32"
    hold.close()
    unfinished.clear_all_unfinished(stick)
    assert snapshot(stick) == {}


def test_what_is_not_ours_stays(stick: Path) -> None:
    for name in ("film.part", "kadin-danisma-20261122-1000.vault.keys", "merkez.vault.part"):
        (stick / name).write_bytes(b"precious")
    before = snapshot(stick)
    unfinished.clear_all_unfinished(stick)
    assert snapshot(stick) == before


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
@pytest.mark.parametrize("name", [None, "merkez-copy.vault"], ids=["backup", "of her own name"])
def test_the_second_name_of_a_finished_copy_goes_and_the_copy_stays(
    vault: Vault, stick: Path, clock: FixedClock, name: str | None
) -> None:
    made = backup.make_backup(vault, stick, clock)
    if name:
        made = made.rename(stick / name)
    before = snapshot(stick)
    beside(made, ".part").hardlink_to(made)
    unfinished.clear_all_unfinished(stick)
    assert snapshot(stick) == before
