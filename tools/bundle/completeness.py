"""Is everything in the bundle: each module of ours, and each library that somebody in it needs?"""

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

from kadin_danisma import libraries

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "kadin_danisma"
#: The C library and its loader: without them nothing starts that could say so.
_C_LIBRARY = frozenset({
    "ld-linux-x86-64.so.2", "libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0", "librt.so.1",
})  # fmt: skip
_FROM_SYSTEM = _C_LIBRARY.union(
    libraries.OFFSCREEN, libraries.WINDOW, libraries.WAYLAND, libraries.OTHERS, libraries.OPTIONAL
)
_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)$", re.MULTILINE)


class IncompleteError(Exception):
    """The bundle would lack something."""


def check_modules(carried: Iterable[str], root: Path = ROOT) -> None:
    """Refuse a bundle that lacks a module of ours.

    Args:
        carried: The modules in it, by their dotted names.
        root: The folder that holds our package.

    Raises:
        IncompleteError: It lacks some.
    """
    lacking = set(_sources(root)) - set(carried)
    if lacking:
        raise IncompleteError(f"modules are missing in the bundle: {', '.join(sorted(lacking))}")


def check_libraries(carried: Iterable[Path]) -> None:
    """Refuse a bundle in which something needs a library that nobody would name when it is missing.

    Args:
        carried: The programs and libraries in it.

    Raises:
        IncompleteError: A library is neither in it nor in the tables of ``libraries``.
    """
    files = list(carried)
    names = {file.name for file in files} | _FROM_SYSTEM
    lacking = {
        f"{library} (for {file.name})"
        for file in files
        for library in needed_by(file)
        if library not in names
    }
    if lacking:
        raise IncompleteError(f"libraries that nobody names: {', '.join(sorted(lacking))}")


def needed_by(file: Path) -> list[str]:
    """Return the shared libraries that a program or library asks the loader for."""
    done = subprocess.run(["objdump", "-p", file], capture_output=True, text=True, check=False)
    return _NEEDED.findall(done.stdout)


def _sources(root: Path) -> Iterable[str]:
    for path in (root / PACKAGE).rglob("*.py"):
        parts = path.relative_to(root).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
