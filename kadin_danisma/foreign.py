"""Files from outside, opened only where they are files: never a link, pipe, device or folder.

A pipe of a workbook's name would keep whoever opens it waiting for ever, a device may never end,
and a link reads for somebody what she was not to read. Each is refused before it is opened.
"""

import os
import stat
from io import BufferedReader, FileIO
from pathlib import Path

from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _

#: Not every system knows them; where they are missing, the look before the opening must do.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)


class IrregularFileError(KnownError):
    """Something else stands where a file should stand."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The file could not be read: it is no ordinary file but a link, a folder or a "
                "device. Nothing was changed."
            )
        )


def resolved(path: Path) -> Path:
    """Return where a path leads in the end.

    Raises:
        IrregularFileError: Nowhere: a link leads back to itself.
    """
    try:
        return path.resolve()
    except (RuntimeError, ValueError) as error:
        # Links in a circle (``RuntimeError`` before Python 3.13); a zero in a path.
        raise IrregularFileError from error


def open_regular(path: Path, *, follow: bool = False) -> FileIO:
    """Open a file for reading, at once or not at all.

    Args:
        path: The file.
        follow: Whether it may be a link to a file; only where the person herself says which vault
            is hers.

    Raises:
        IrregularFileError: Something else stands there.
        OSError: It is not there, or cannot be read.
    """
    if follow:
        path = resolved(path)
    require_regular(path)
    handle = os.open(path, _FLAGS)
    try:
        # Looked at again by its handle: between look and opening another thing may take its place.
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise IrregularFileError
        if hasattr(os, "set_blocking"):
            os.set_blocking(handle, True)
        return FileIO(handle)
    except BaseException:
        os.close(handle)
        raise


def read_regular(path: Path, most: int) -> bytes:
    """Return the content of a file, of which no more than this is read (faults: open_regular)."""
    with BufferedReader(open_regular(path)) as file:
        return file.read(most)


def require_regular(path: Path) -> None:
    """Let pass a file (or nothing at all there); for what others open by its name.

    Raises:
        IrregularFileError: Something else stands there.
    """
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    except ValueError as error:
        # A zero in a path.
        raise IrregularFileError from error
    if not stat.S_ISREG(mode):
        raise IrregularFileError
