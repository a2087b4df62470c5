"""Files that are whole or not there: atomic writing, and the hold on a vault file.

Every file is private to its owner (0600). A name is only given once the content is on the disk.
"""

import hashlib
import os
import sys
from io import FileIO
from pathlib import Path

from kadin_danisma.foreign import IrregularFileError
from kadin_danisma.store.failures import MissingVaultError, VaultExistsError
from kadin_danisma.store.locking import open_held

_PRIVATE = 0o600
_PAGES_AT_ONCE = 256


def beside(path: Path, ending: str) -> Path:
    """Return the path of a file that stands beside another (``x.vault`` -> ``x.vault.keys``).

    Raises:
        VaultExistsError: The path is a folder without a name (``.``, the root of a disk).
    """
    if not path.name:
        raise VaultExistsError
    return path.with_name(path.name + ending)


def create_private(path: Path) -> None:
    """Create an empty file that only its owner may read.

    Raises:
        FileExistsError: Something is there already.
    """
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE))


def write_atomically(path: Path, content: bytes) -> None:
    """Put a content in place of a file; after a power cut it is the old one or the new one."""
    part = beside(path, ".part")
    part.unlink(missing_ok=True)
    create_private(part)
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def append(path: Path, content: bytes) -> None:
    """Add to the end of a file that is there, without waiting; a power cut may tear the addition.

    Raises:
        FileNotFoundError: There is no such file.
    """
    with path.open("rb+", buffering=0) as file:
        file.seek(0, os.SEEK_END)
        file.write(content)


def move_into_place(part: Path, path: Path) -> None:
    """Give a finished file its name, and never over another file.

    Raises:
        VaultExistsError: There is something of that name.
    """
    sync_file(part)
    try:
        path.hardlink_to(part)
    except FileExistsError as error:
        raise VaultExistsError from error
    except OSError:
        # A stick with FAT knows no second name for a file.
        if path.exists():
            raise VaultExistsError from None
        part.rename(path)
    else:
        part.unlink()
    sync_folder(path.parent)


def drop_unfinished(path: Path) -> None:
    """Take away what a crash left beside a vault under the name of unfinished work.

    It is the second name of the vault itself, or a copy under a new key that never took its place.
    """
    for part in (beside(path, ".part"), beside(path, ".part-journal")):
        part.unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """Wait until a file's content is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk (Windows does so by itself)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, and wait until they are on the disk."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        sync_folder(each.parent)


def is_writable(path: Path) -> bool:
    """Tell whether a file and the folder it lies in can be written."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def is_filled(path: Path) -> bool:
    """Tell whether a file is there and has a content."""
    return path.is_file() and path.stat().st_size > 0


def _held(path: Path) -> FileIO:
    try:
        return open_held(path)
    except (FileNotFoundError, NotADirectoryError, IrregularFileError) as error:
        raise MissingVaultError from error


def digest_of(path: Path, page: int, seal: int) -> bytes:
    """Return the digest of a file that is not held (see ``Hold.digest``)."""
    with path.open("rb", buffering=0) as file:
        return _digest(file, path.stat().st_size, page, seal)


def _digest(file: FileIO, size: int, page: int, seal: int) -> bytes:
    made = hashlib.blake2b(size.to_bytes(8, "big"))
    while chunk := file.read(page * _PAGES_AT_ONCE):
        made.update(b"".join(chunk[at : at + seal] for at in range(page - seal, len(chunk), page)))
    return made.digest()


class Hold:
    """A vault file kept open for ourselves: no second instance gets past it.

    SQLite's own lock would drop as soon as this process closed any handle of the file, so the file
    is read through this one handle, which stays open as long as the vault. The lock ends with the
    process, however that ends.

    Args:
        path: The vault file.

    Raises:
        MissingVaultError: There is no such file.
        VaultInUseError: Another instance holds it.
    """

    def __init__(self, path: Path) -> None:
        self._file = _held(path)

    def exchange(self, part: Path, path: Path) -> None:
        """Put another file in place of the held one and hold that; no gap for a second instance.

        Windows does not put a file in place of one that is open. Whoever gets in between finds the
        former file, which the key files still fit, and the exchange fails.
        """
        if sys.platform == "win32":
            self._file.close()
            try:
                part.replace(path)
            finally:
                self._file = _held(path)
            return
        file = _held(part)
        try:
            part.replace(path)
        except BaseException:
            file.close()
            raise
        self._file.close()
        self._file = file
        sync_folder(path.parent)

    def size(self) -> int:
        """Return the bytes of the file."""
        return os.fstat(self._file.fileno()).st_size

    def first(self, length: int) -> bytes:
        """Return the first bytes of the file."""
        self._file.seek(0)
        return self._file.read(length)

    def digest(self, page: int, seal: int) -> bytes:
        """Return the BLAKE2b of the seals at the end of each page; they stand for the content.

        Args:
            page: The bytes of a page.
            seal: The bytes of its seal.
        """
        self._file.seek(0)
        return _digest(self._file, self.size(), page, seal)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()
