"""What a child does to the disk, step by step: written down, and refused or cut short at will."""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from tools.ordeal.child import Run, act, words
from tools.ordeal.ptrace import Call, TracedChild

#: The number that stands for the present folder in calls like openat.
_HERE = -100
#: What ``decide`` answers to kill the child just before a step.
KILL = -1


class Kind(StrEnum):
    """What a step does."""

    WRITE = "write"
    TRUNCATE = "truncate"
    SYNC = "sync"
    CREATE = "create"
    FOLDER = "folder"
    RENAME = "rename"
    LINK = "link"
    UNLINK = "unlink"
    #: No step on the disk: the child said something.
    SAY = "say"


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the disk, or one word of the child."""

    kind: Kind
    path: str = ""
    inode: int = 0
    #: Where a write begins; the length to which a file is cut.
    offset: int = 0
    data: bytes = b""
    #: The new name, where there is one.
    target: str = ""

    def __str__(self) -> str:
        """Return the step in the words of the report, without the folder."""
        return f"{self.kind} {Path(self.path).name}"


@dataclass(slots=True)
class Traced:
    """What a child did and said until its end."""

    steps: list[Step] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    killed: bool = False


#: Asked before each step on the disk: 0 lets it pass, ``KILL`` kills, anything else is the errno.
Decide = Callable[[Step], int]


def allow(_step: Step) -> int:
    """Let every step pass."""
    return 0


def trace(run: Run, folder: Path, decide: Decide = allow) -> Traced:
    """Run a child to its end and look at everything it does below a folder.

    Args:
        run: What the child does.
        folder: Steps elsewhere pass unseen.
        decide: Asked before each step.

    Raises:
        OSError: Tracing is not allowed here.
    """
    found = Traced()
    mouth = os.open(os.devnull, os.O_WRONLY)
    try:
        child = TracedChild(lambda: act(run, mouth), CALLS)
        reader = _Reader(child, folder.resolve(), mouth)
        while call := child.next_call():
            step = reader.read(call)
            if step is None:
                continue
            answer = 0 if step.kind is Kind.SAY else decide(step)
            if answer == KILL:
                child.kill()
                break
            value = child.finish_call(answer)
            if value is not None and value >= 0:
                found.steps.append(_done(step, value))
    finally:
        os.close(mouth)
    found.killed = child.killed
    found.said = words(b"".join(step.data for step in found.steps if step.kind is Kind.SAY))
    return found


def _done(step: Step, value: int) -> Step:
    """Return a step as it came out: a short write wrote less, a new file has its inode."""
    if step.kind is Kind.WRITE:
        return replace(step, data=step.data[:value])
    if step.kind is Kind.CREATE:
        return replace(step, inode=Path(step.path).stat().st_ino)
    return step


class _Reader:
    """Reads a system call as a step. Numbers and arguments are those of x86-64."""

    def __init__(self, child: TracedChild, folder: Path, mouth: int) -> None:
        self._child = child
        self._folder = str(folder)
        self._mouth = mouth

    def read(self, call: Call) -> Step | None:
        """Return the step a call is about to make, or None where it makes none we follow."""
        return CALLS[call.number](self, *call.arguments)

    def _of_handle(
        self, kind: Kind, handle: int, offset: int = 0, data: bytes = b""
    ) -> Step | None:
        link = f"/proc/{self._child.pid}/fd/{handle}"
        try:
            path = Path(link).readlink().as_posix()
        except FileNotFoundError:
            return None
        if not self._is_ours(path):
            return None
        return Step(kind, path, Path(link).stat().st_ino, offset, data)

    def _of_path(self, kind: Kind, folder: int, address: int, target: str = "") -> Step | None:
        path = self._path(folder, address)
        return Step(kind, path, target=target) if self._is_ours(path) else None

    def _is_ours(self, path: str) -> bool:
        return path == self._folder or path.startswith(self._folder + "/")

    def _path(self, folder: int, address: int) -> str:
        path = self._child.read_path(address)
        if path.startswith("/"):
            return path
        base = "cwd" if folder & 0xFFFFFFFF == _HERE & 0xFFFFFFFF else f"fd/{folder}"
        return (Path(f"/proc/{self._child.pid}/{base}").readlink() / path).as_posix()

    def _write(self, handle: int, address: int, length: int, *_rest: int) -> Step | None:
        if handle == self._mouth:
            return Step(Kind.SAY, data=self._child.read(address, length))
        step = self._of_handle(Kind.WRITE, handle)
        if step is None:
            return None
        about = Path(f"/proc/{self._child.pid}/fdinfo/{handle}").read_text(encoding="ascii")
        data = self._child.read(address, length)
        return replace(step, offset=int(about.split()[1]), data=data)

    def _pwrite(self, handle: int, address: int, length: int, at: int, *_rest: int) -> Step | None:
        step = self._of_handle(Kind.WRITE, handle, at)
        return replace(step, data=self._child.read(address, length)) if step else None

    def _unknown(self, handle: int, *_rest: int) -> Step | None:
        """Refuse to be blind: nothing of ours writes this way today."""
        if self._of_handle(Kind.WRITE, handle):
            raise NotImplementedError
        return None

    def _sync(self, handle: int, *_rest: int) -> Step | None:
        return self._of_handle(Kind.SYNC, handle)

    def _truncate(self, handle: int, length: int, *_rest: int) -> Step | None:
        return self._of_handle(Kind.TRUNCATE, handle, length)

    def _open_at(self, folder: int, address: int, flags: int, *_rest: int) -> Step | None:
        if not flags & (os.O_CREAT | os.O_TRUNC):
            return None
        step = self._of_path(Kind.CREATE, folder, address)
        if step is None:
            return None
        try:
            there = Path(step.path).stat()
        except OSError:
            return step
        if flags & os.O_TRUNC and stat.S_ISREG(there.st_mode):
            return replace(step, kind=Kind.TRUNCATE, inode=there.st_ino)
        return None

    def _mkdir(self, address: int, *_rest: int) -> Step | None:
        return self._of_path(Kind.FOLDER, _HERE, address)

    def _mkdir_at(self, folder: int, address: int, *_rest: int) -> Step | None:
        return self._of_path(Kind.FOLDER, folder, address)

    def _unlink(self, address: int, *_rest: int) -> Step | None:
        return self._of_path(Kind.UNLINK, _HERE, address)

    def _unlink_at(self, folder: int, address: int, *_rest: int) -> Step | None:
        return self._of_path(Kind.UNLINK, folder, address)

    def _rename(self, old: int, new: int, *_rest: int) -> Step | None:
        return self._of_path(Kind.RENAME, _HERE, old, self._path(_HERE, new))

    def _rename_at(self, folder: int, old: int, other: int, new: int, *_rest: int) -> Step | None:
        return self._of_path(Kind.RENAME, folder, old, self._path(other, new))

    def _link(self, old: int, new: int, *_rest: int) -> Step | None:
        return self._of_path(Kind.LINK, _HERE, old, self._path(_HERE, new))

    def _link_at(self, folder: int, old: int, other: int, new: int, *_rest: int) -> Step | None:
        return self._of_path(Kind.LINK, folder, old, self._path(other, new))


#: How each system call of x86-64 that can change a disk is read, by its number.
CALLS: dict[int, Callable[..., Step | None]] = {
    1: _Reader._write, 18: _Reader._pwrite, 20: _Reader._unknown, 40: _Reader._unknown,
    74: _Reader._sync, 75: _Reader._sync, 76: _Reader._unknown, 77: _Reader._truncate,
    82: _Reader._rename, 83: _Reader._mkdir, 86: _Reader._link, 87: _Reader._unlink,
    257: _Reader._open_at, 258: _Reader._mkdir_at, 263: _Reader._unlink_at,
    264: _Reader._rename_at, 265: _Reader._link_at, 285: _Reader._unknown, 296: _Reader._unknown,
    316: _Reader._rename_at, 326: _Reader._unknown,
}  # fmt: skip


class Fuse:
    """Lets some steps pass, and answers at the next one and at all that follow.

    Args:
        left: How many steps pass.
        answer: ``KILL`` or the errno.
        kinds: The kinds of steps that count; the others always pass.
    """

    def __init__(
        self, left: int, answer: int = KILL, kinds: frozenset[Kind] = frozenset(Kind)
    ) -> None:
        self._left = left
        self._answer = answer
        self._kinds = kinds
        #: The step it first answered at.
        self.met: Step | None = None

    def burn(self, step: Step) -> int:
        """Answer a step."""
        if step.kind not in self._kinds:
            return 0
        if self._left:
            self._left -= 1
            return 0
        self.met = self.met or step
        return self._answer
