"""Real media: a small file system that is full to the last page, and one that is read-only.

Mounting takes an administrator. Anybody else meets the full disk in ``failing`` alone, and a folder
without the right to write in place of the read-only medium.
"""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from kadin_danisma.errors import KnownError
from kadin_danisma.store import backup
from kadin_danisma.store.failures import ReadOnlyMediumError
from tools.ordeal.bench import Bench, filled, remembering_in
from tools.ordeal.child import run_and_kill
from tools.ordeal.damage import contents
from tools.ordeal.table import Tally
from tools.ordeal.work import (
    CLOCK,
    NAME,
    PASSPHRASE,
    Harm,
    Recovering,
    Work,
    compare,
    examine,
    sign_in,
    vault_of,
)
from tools.ordeal.work_copies import ROWS, BackingUp

_BYTES = 8 << 20
_PAGE = 4096


def can_mount(folder: Path) -> bool:
    """Tell whether this process may mount a file system."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    try:
        with _mounted(folder / "mount"):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


@contextmanager
def _mounted(place: Path) -> Iterator[Path]:
    """Lend a small file system of its own."""
    place.mkdir()
    try:
        _mount(place, f"size={_BYTES}")
        try:
            yield place
        finally:
            subprocess.run(["umount", "--lazy", str(place)], check=True)
    finally:
        place.rmdir()


def _mount(place: Path, options: str) -> None:
    command = ["mount", "-t", "tmpfs", "-o", options, "none", str(place)]
    subprocess.run(command, check=True, capture_output=True)


def can_forbid_writing(folder: Path) -> bool:
    """Tell whether a medium can be made read-only here, and be so for this user too."""
    return can_mount(folder) or (hasattr(os, "geteuid") and os.geteuid() != 0)


def fill_up(bench: Bench, works: list[Work], levels: Sequence[int]) -> Tally:
    """Let each work run into a file system that is really full, with so many pages left."""
    tally = bench.open_case("disk really full, so many pages left")
    for work, level in [(work, level) for work in works for level in levels]:
        with _mounted(bench.folder / "mount") as place:
            folder = filled(place / "vault", bench.prepared(work))
            ballast = place / "ballast"
            free = os.statvfs(folder).f_bavail - level
            ballast.write_bytes(bytes(max(0, free) * _PAGE))
            with remembering_in(folder):
                said, _alive = run_and_kill(partial(work.run, folder), 1 << 30, 0)
                ballast.unlink()
                tally.add(examine(work, folder, said), f"{work.name}, {level} pages left")
    return tally


def read_only(bench: Bench) -> Tally:
    """Open, read, verify and back up a vault from a medium that cannot be written."""
    tally = bench.open_case("read-only medium")
    left_behind, clean = Recovering(), BackingUp()
    with bench.place() as place:
        for name, work in (("log left behind", left_behind), ("at rest", clean)):
            folder = filled(place / name, bench.prepared(work))
            with _unwritable(bench, folder) as medium:
                before = contents(medium)
                harm = _refused(medium) if work is left_behind else _only_read(medium, place)
                if contents(medium) != before:
                    harm = Harm(shut=1, what="something was written")
            tally.add(harm, name)
    return tally


@contextmanager
def _unwritable(bench: Bench, folder: Path) -> Iterator[Path]:
    """Lend a folder's content on a medium that cannot be written."""
    if can_mount(bench.folder):
        with _mounted(bench.folder / "medium") as place:
            filled(place / "vault", folder)
            _mount(place, "remount,ro")
            yield place / "vault"
        return
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        yield folder
    finally:
        folder.chmod(0o755)
        for path in folder.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)


def _only_read(medium: Path, place: Path) -> Harm:
    path = vault_of(medium)
    with sign_in(path) as vault:
        harm = compare(vault, ROWS)
        if not vault.read_only:
            return Harm(shut=1, what="it does not know that it can only be read")
        try:
            with vault.write():
                return Harm(shut=1, what="it let itself be written")
        except ReadOnlyMediumError:
            pass
        copy = backup.make_backup(vault, place, CLOCK)
    found = [*backup.verify(path, NAME, PASSPHRASE), *backup.verify(copy, NAME, PASSPHRASE)]
    return Harm(shut=1, what=found[0]) if found else harm


def _refused(medium: Path) -> Harm:
    """A log that cannot be brought in is not passed over: that would show older records."""
    try:
        sign_in(vault_of(medium)).close()
    except KnownError:
        return Harm()
    return Harm(shut=1, what="it opened without what stands in its log")
