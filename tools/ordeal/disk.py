"""A disk whose power is cut: what was not synced is there, is gone, or is torn at 512 bytes.

Stricter than the usual file systems: a content is safe only after a sync of its file, a name (new,
renamed, removed) only after a sync of its folder. Contents that were not synced survive in any
mixture; names survive up to some point in their order, as a journal leaves them.
Not modelled: a disk that lies about syncing, and memory-mapped writes (only ``-shm`` has them, and
nothing relies on that file after a power cut).
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tools.ordeal.steps import Kind, Step

_SECTOR = 512
#: What stands for a folder among the numbers of files.
_FOLDER = -1
#: How likely a write survives, and how likely a surviving one is torn; None: up to a point.
_MIXTURES: tuple[tuple[float, float] | None, ...] = (
    None, None, (0, 0), (1, 0), (1, 1), (0.5, 0), (0.5, 0.5), (0.9, 0.2), (0.1, 0.5),
)  # fmt: skip


@dataclass(slots=True)
class _File:
    """A file: what is safe of it, and what was done since."""

    safe: bytearray = field(default_factory=bytearray)
    pending: list[Step] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Naming:
    """A name that goes, comes, or both at once."""

    gone: str
    come: str
    number: int

    def happen(self, names: dict[str, int]) -> None:
        names.pop(self.gone, None)
        if self.come:
            names[self.come] = self.number


class Disk:
    """A folder on that disk.

    Args:
        folder: What is there to begin with; all of it is safe.
    """

    def __init__(self, folder: Path) -> None:
        self._root = str(folder.resolve())
        self._files: list[_File] = []
        #: Which file an inode is now; a number is used again once its file is gone.
        self._by_inode: dict[int, int] = {}
        #: The names as the running system sees them, and those that are safe.
        self._seen: dict[str, int] = {}
        for path in sorted(folder.resolve().rglob("*")):
            self._seen[str(path)] = _FOLDER
            if path.is_file():
                inode = path.stat().st_ino
                if inode not in self._by_inode:
                    self._add_file(inode, path.read_bytes())
                self._seen[str(path)] = self._by_inode[inode]
        self._safe = dict(self._seen)
        self._namings: dict[str, list[_Naming]] = defaultdict(list)

    def do(self, step: Step) -> None:
        """Take one step further."""
        if step.kind in {Kind.WRITE, Kind.TRUNCATE}:
            self._files[self._by_inode[step.inode]].pending.append(step)
        elif step.kind is Kind.SYNC:
            self._sync(step)
        elif step.kind is not Kind.SAY:
            naming = self._naming(step)
            naming.happen(self._seen)
            self._namings[str(Path(step.path).parent)].append(naming)

    def cut(self, dice: random.Random, target: Path) -> None:
        """Write into an empty folder what a power cut would leave at this moment."""
        names = dict(self._safe)
        for namings in self._namings.values():
            for naming in namings[: dice.randint(0, len(namings))]:
                naming.happen(names)
        mixture = dice.choice(_MIXTURES)
        placed: dict[int, Path] = {}
        for name, number in sorted(names.items()):
            place = target / Path(name).relative_to(self._root)
            if not place.parent.is_dir():
                continue
            if number == _FOLDER:
                place.mkdir()
            elif number in placed:
                place.hardlink_to(placed[number])
            else:
                place.write_bytes(_survivor(self._files[number], mixture, dice))
                placed[number] = place

    def _add_file(self, inode: int, content: bytes = b"") -> int:
        self._files.append(_File(bytearray(content)))
        self._by_inode[inode] = len(self._files) - 1
        return len(self._files) - 1

    def _naming(self, step: Step) -> _Naming:
        if step.kind is Kind.CREATE:
            return _Naming("", step.path, self._add_file(step.inode))
        if step.kind is Kind.FOLDER:
            return _Naming("", step.path, _FOLDER)
        if step.kind is Kind.UNLINK:
            return _Naming(step.path, "", _FOLDER)
        assert Path(step.path).parent == Path(step.target).parent
        gone = step.path if step.kind is Kind.RENAME else ""
        return _Naming(gone, step.target, self._seen[step.path])

    def _sync(self, step: Step) -> None:
        if step.path == self._root or self._seen.get(step.path) == _FOLDER:
            for naming in self._namings.pop(step.path, []):
                naming.happen(self._safe)
            return
        file = self._files[self._by_inode[step.inode]]
        for each in file.pending:
            _apply(each, file.safe, _all_of)
        file.pending.clear()


_Keep = Callable[[int], bool]


def _all_of(_sector: int) -> bool:
    return True


def _survivor(
    file: _File, mixture: tuple[float, float] | None, dice: random.Random
) -> bytes | bytearray:
    if not file.pending:
        return file.safe
    content = bytearray(file.safe)
    for step, torn in _surviving(file.pending, mixture, dice):
        _apply(step, content, (lambda _sector: dice.random() < 0.5) if torn else _all_of)
    return content


def _surviving(
    pending: list[Step], mixture: tuple[float, float] | None, dice: random.Random
) -> Iterator[tuple[Step, bool]]:
    """Yield the steps that reach the disk, and whether each is torn."""
    if mixture is None:
        reached = dice.randint(0, len(pending))
        yield from ((step, False) for step in pending[:reached])
        yield from ((step, True) for step in pending[reached : reached + 1])
        return
    survives, tears = mixture
    for step in pending:
        if dice.random() < survives:
            yield step, dice.random() < tears


def _apply(step: Step, content: bytearray, keep: _Keep) -> None:
    """Do a step to a content, sector by sector as far as each is kept."""
    if step.kind is Kind.TRUNCATE:
        if keep(0):
            del content[step.offset :]
            content.extend(bytes(step.offset - len(content)))
        return
    end = step.offset + len(step.data)
    start = step.offset
    while start < end:
        stop = min(end, (start // _SECTOR + 1) * _SECTOR)
        if keep(start // _SECTOR):
            content.extend(bytes(max(0, stop - len(content))))
            content[start:stop] = step.data[start - step.offset : stop - step.offset]
        start = stop
