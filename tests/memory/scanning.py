"""Looks for secrets in the memory, the arguments, the environment and the files of a process."""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

_REGION = re.compile(r"([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \S+\s*(.*)")
_PIECE = 16 << 20


def forms_of_text(text: str) -> tuple[bytes, ...]:
    """Return how a text may lie in memory: as bytes of a file, in Qt, in Python."""
    return tuple(text.encode(coding) for coding in ("utf-8", "utf-16-le", "utf-32-le"))


def forms_of_key(key: bytes) -> tuple[bytes, ...]:
    """Return how a key may lie in memory: raw, and written in figures."""
    figures = (key.hex(), key.hex().upper())
    return (key, *(form for text in figures for form in forms_of_text(text)))


def hits(pid: int, secrets: Mapping[str, tuple[bytes, ...]]) -> dict[str, int]:
    """Return how often each secret is found in the memory of a process."""
    found = dict.fromkeys(secrets, 0)
    longest = max(len(form) for forms in secrets.values() for form in forms)
    for region in _memory(pid, longest):
        for name, forms in secrets.items():
            found[name] += sum(region.count(form) for form in forms)
    return found


def said_of(pid: int) -> bytes:
    """Return what everybody on the machine may read: the arguments and the environment."""
    place = Path("/proc", str(pid))
    return (place / "cmdline").read_bytes() + (place / "environ").read_bytes()


def open_files(pid: int) -> list[str]:
    """Return what the open descriptors of a process stand for."""
    place = Path("/proc", str(pid), "fd")
    return [str(descriptor.readlink()) for descriptor in sorted(place.iterdir())]


def _memory(pid: int, overlap: int) -> Iterator[bytes]:
    """Yield everything that was written by the process; pieces overlap, so that none is cut."""
    place = Path("/proc", str(pid))
    with (place / "mem").open("rb", buffering=0) as memory:
        for line in (place / "maps").read_text().splitlines():
            match = _REGION.match(line)
            assert match is not None
            start, end = (int(match[part], 16) for part in (1, 2))
            rights, name = match[3], match[4]
            is_a_file = name.startswith("/") and "w" not in rights
            if "r" not in rights or is_a_file or name in {"[vvar]", "[vsyscall]"}:
                continue
            for piece in range(start, end, _PIECE):
                length = min(_PIECE + overlap, end - piece)
                try:
                    yield os.pread(memory.fileno(), length, piece)
                except OSError:
                    break
