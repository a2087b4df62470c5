"""Copies in the making: under which names they grow, how they get their own, what a kill leaves.

A copy of ``x.vault`` grows as ``x.vault.part`` with its key files and its anchor beside that, so
that nothing looks like a copy before everything of it is on the disk. The vault file gets its name
last. What a kill leaves is taken away by the next work on the same name, and by the next backup
into the same folder, whose own name is another one.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kadin_danisma.errors import KnownError
from kadin_danisma.foreign import IrregularFileError, read_regular
from kadin_danisma.store import anchor, slot_files
from kadin_danisma.store.connection import SALT_BYTES
from kadin_danisma.store.failures import VaultExistsError
from kadin_danisma.store.files import Hold, beside, create_private, move_into_place, sync_file

#: How backups are called; whatever else lies on a stick is none of ours.
BACKUPS = "kadin-danisma-????????-????*.vault"
_LOG = "-wal"


def part_of(vault: Path) -> Path:
    """Return under which name a copy grows."""
    return beside(vault, ".part")


def companions(vault: Path) -> tuple[Path, ...]:
    """Return the key files and the anchor that belong to a vault."""
    return (*slot_files.paths(vault), anchor.path_of(vault))


@contextmanager
def in_the_making(vault: Path) -> Iterator[Path]:
    """Lend an empty file in which a copy grows; at the end of the block it gets its name.

    While it is held, another backup into the same folder leaves it alone. Whatever fails takes it
    away with everything beside it.

    Raises:
        VaultExistsError: There is something of that name.
    """
    clear_unfinished(vault)
    part = part_of(vault)
    part.unlink(missing_ok=True)
    create_private(part)
    hold = Hold(part)
    try:
        yield part
        if sys.platform == "win32":
            hold.close()  # A file that is open is not moved there.
        _give_names(vault)
    except BaseException:
        hold.close()
        _discard(vault, _header(part))
        raise
    finally:
        hold.close()


def _give_names(vault: Path) -> None:
    """Give a whole copy its names, that of the vault last: before, it is no copy."""
    part = part_of(vault)
    sync_file(part)
    for staged, named in zip(_beside(part), _beside(vault), strict=True):
        if staged.exists():
            move_into_place(staged, named)
    move_into_place(part, vault)


def refuse_as_source(vault: Path, source: Path) -> None:
    """Let pass a copy that does not grow under the name of what it is a copy of.

    Raises:
        VaultExistsError: It would: the source would be taken for what a crash left.
    """
    part = part_of(vault)
    if part.exists() and source.exists() and part.samefile(source):
        raise VaultExistsError


def clear_unfinished(vault: Path) -> None:
    """Take away what a crash left of a copy of this name that did not get it.

    Key files and anchor that have their names already are known by beginning with what the
    unfinished file begins with, so they open nothing but that file; where others lie there,
    everything stays. A file with a second name got its own: it is finished and stays (``files``).
    """
    part = part_of(vault)
    if vault.exists() or not part.is_file() or part.stat().st_nlink > 1:
        return
    header = _header(part)
    named = [path for path in companions(vault) if path.exists()]
    if all(_is_of_file(vault, path, header) for path in named):
        _discard(vault, header)


def clear_all_unfinished(folder: Path, names: str = BACKUPS) -> None:
    """Take away what crashes left of copies in a folder, whatever minute they are named after.

    The second name of a finished copy goes whatever the copy is called: whoever deletes the copy
    would leave all of it under the other name.

    Args:
        folder: The folder; it need not be there.
        names: How the copies are called, as a pattern.
    """
    ours = set(folder.glob(f"{names}.part"))
    for part in sorted(ours | set(folder.glob("*.vault.part"))):
        vault = part.with_suffix("")
        # One that is being written this very moment is held, and what cannot be taken away
        # hinders no backup.
        with suppress(KnownError, OSError):
            Hold(part).close()
            if _has_its_name(vault):
                part.unlink()
            if part in ours:
                clear_unfinished(vault)


def _discard(vault: Path, header: bytes) -> None:
    """Take an unfinished copy away, the file by which the others are known at the end."""
    part = part_of(vault)
    if not _has_its_name(vault):
        ours = [path for path in companions(vault) if _is_of_file(vault, path, header)]
        # The log goes first: it is known by the key files beside it.
        for path in ([beside(vault, _LOG)] if ours else []) + ours:
            path.unlink(missing_ok=True)
    for staged in (*_beside(part), beside(part, "-shm")):
        beside(staged, ".part").unlink(missing_ok=True)
        staged.unlink(missing_ok=True)
    beside(part, "-journal").unlink(missing_ok=True)
    part.unlink(missing_ok=True)


def _has_its_name(vault: Path) -> bool:
    """Tell whether a copy is finished; its second name may still be there."""
    part = part_of(vault)
    return vault.exists() and (not part.exists() or vault.samefile(part))


def _beside(vault: Path) -> tuple[Path, ...]:
    return (*companions(vault), beside(vault, _LOG))


def _is_of_file(vault: Path, path: Path, header: bytes) -> bool:
    """Tell whether a file beside a vault is that of a file beginning so; nothing is trusted."""
    if path == anchor.path_of(vault):
        return anchor.is_of_file(vault, header)
    with suppress(FileNotFoundError, slot_files.UnreadableError, IrregularFileError):
        return header in slot_files.decode(read_regular(path, slot_files.LARGEST_FILE)).headers
    return False


def _header(part: Path) -> bytes:
    with suppress(FileNotFoundError), part.open("rb") as file:
        return file.read(SALT_BYTES)
    return b""
