"""The lock on a vault file that is held open: it ends with the process, however that ends.

SQLite locks the file as well, but only once it is connected, after the vault was compared with its
anchor: two programs that open it at one time would each see the other's half (decision 0034).
"""

import os
import struct
import sys
from collections.abc import Callable
from io import FileIO
from pathlib import Path
from typing import Literal

from kadin_danisma.foreign import open_regular, require_regular, resolved
from kadin_danisma.store.failures import VaultInUseError

if sys.platform == "win32":
    import ctypes
    import msvcrt
else:
    import fcntl

#: Far beyond any content and beyond SQLite's own locks at 1 GiB: on Windows nobody else may read a
#: byte that is locked.
FAR = 1 << 62
#: What Windows says where somebody else holds the byte.
LOCK_VIOLATION = 33
#: Linux: a lock that belongs to the open file and not to the process (``fcntl.h``), and its record:
#: type, whence, start, length, process.
_OPEN_FILE_LOCK = 37
_RECORD = "hhqqi4x"

#: ``LockFile`` of Windows: handle, low and high half of the place, low and high half of the length.
LockFile = Callable[[int, int, int, int, int], int]


def _opened(path: Path, mode: Literal["rb", "r+b"]) -> FileIO:
    if mode == "rb":
        return open_regular(path, follow=True)
    require_regular(resolved(path))
    return path.open(mode, buffering=0)


def _locked(path: Path, mode: Literal["rb", "r+b"], lock: Callable[[FileIO], None]) -> FileIO:
    file = _opened(path, mode)
    try:
        lock(file)
    except BaseException:
        file.close()
        raise
    return file


def lock_byte(lock_file: LockFile, last_error: Callable[[], int], handle: int) -> None:
    """Hold a file as Windows does: by one byte that nobody reads.

    Args:
        lock_file: ``LockFile`` of the system.
        last_error: Why the last call failed.
        handle: The open file.
    """
    if lock_file(handle, FAR & 0xFFFFFFFF, FAR >> 32, 1, 0):
        return
    error = last_error()
    if error == LOCK_VIOLATION:
        raise VaultInUseError
    raise OSError(error, "the file cannot be locked")


if sys.platform == "win32":

    def open_held(path: Path) -> FileIO:
        """Open a file for reading and hold it until it is closed.

        Raises:
            VaultInUseError: Somebody else holds it.
            OSError: It is not there, or cannot be read or held.
        """
        return _locked(path, "rb", lock_on_windows)

    def lock_on_windows(file: FileIO) -> None:
        """Hold a file by one byte that nobody reads."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.LockFile.argtypes = [ctypes.c_void_p, *[ctypes.c_uint32] * 4]
        lock_byte(kernel.LockFile, ctypes.get_last_error, msvcrt.get_osfhandle(file.fileno()))

else:

    def open_held(path: Path) -> FileIO:
        """Open a file for reading and hold it until it is closed.

        Raises:
            VaultInUseError: Somebody else holds it.
            OSError: It is not there or cannot be read.
        """
        try:
            return _locked(path, "rb", lock_whole)
        except (FileNotFoundError, NotADirectoryError):
            raise
        except OSError:
            # A shared folder (NFS, CIFS) knows no such locks.
            return _held_by_one_byte(path)

    def lock_whole(file: FileIO) -> None:
        """Hold a file as Unix does."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise VaultInUseError from error

    def lock_one_byte(file: FileIO) -> None:
        """Hold a file that is open for writing by one byte.

        Unlike SQLite's own lock it belongs to the handle and outlives other handles of the file.
        """
        record = struct.pack(_RECORD, fcntl.F_WRLCK, 0, FAR, 1, 0)
        try:
            fcntl.fcntl(file, _OPEN_FILE_LOCK, record)
        except (BlockingIOError, PermissionError) as error:
            raise VaultInUseError from error

    def _held_by_one_byte(path: Path) -> FileIO:
        if not os.access(path, os.W_OK):
            # Nobody writes to a medium that cannot be written.
            return open_regular(path, follow=True)
        try:
            return _locked(path, "r+b", lock_one_byte)
        except OSError:
            # No locks at all; SQLite does not open a file for work there either.
            return open_regular(path, follow=True)
