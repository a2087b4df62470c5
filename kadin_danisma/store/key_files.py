"""Key files, the second factor: 32 random bytes in a file on the stick of whoever signs in.

The file names nobody and nothing; who finds the stick learns that somewhere a file needs it.
"""

from contextlib import suppress
from pathlib import Path

from kadin_danisma.errors import KnownError
from kadin_danisma.foreign import read_regular
from kadin_danisma.i18n import _
from kadin_danisma.store import files, keys
from kadin_danisma.store.failures import known_faults

#: How a key file ends.
ENDING = ".anahtar"
_NAME = "kadin-danisma"
#: More numbers than one stick has key files.
_NUMBERS = 1000


def read(path: Path) -> bytes:
    """Return the content of a key file.

    Raises:
        KnownError: It is not there, cannot be read, or is no key file.
    """
    try:
        content = read_regular(path, keys.KEY_BYTES + 1)
    except FileNotFoundError as error:
        raise KnownError(_("The key file is not there. Is the stick plugged in?")) from error
    except OSError as error:
        raise KnownError(
            _("The key file could not be read. Please use the second copy from the safe.")
        ) from error
    if len(content) != keys.KEY_BYTES:
        raise KnownError(_("This is no key file. Its name ends in .anahtar."))
    return content


def on(folders: list[Path]) -> list[Path]:
    """Return the key files that lie openly in folders; one that cannot be read has none."""
    found: list[Path] = []
    for folder in folders:
        with suppress(OSError):
            found += sorted(each for each in folder.iterdir() if each.suffix.lower() == ENDING)
    return found


def write_new(folder: Path) -> Path:
    """Write a new key file into a folder, read it back, and return where it lies.

    Raises:
        KnownError: The folder is not there, or the file could not be written whole.
    """
    if not folder.is_dir():
        raise KnownError(_("The folder for the key file is not there. Is the stick plugged in?"))
    path = _free_name(folder)
    content = keys.new_key_file()
    try:
        with known_faults():
            files.write_atomically(path, content)
        if read(path) != content:
            raise KnownError(_("The key file could not be read back. Please use another stick."))
    except KnownError:
        discard(path)
        raise
    return path


def discard(path: Path) -> None:
    """Take a key file away that opens nothing; where that fails it lies there and harms nobody."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _free_name(folder: Path) -> Path:
    names = (_NAME if n == 1 else f"{_NAME}-{n}" for n in range(1, _NUMBERS))
    for name in names:
        path = folder / f"{name}{ENDING}"
        if not path.exists():
            return path
    raise KnownError(_("This folder is full of key files. Please choose another one."))
