"""Where the program's own files lie, from source and in the built bundle."""

import os
import sys
from pathlib import Path

#: The word by which the program knows that it was started by itself, to read a foreign workbook.
READ_WORKBOOK = "--read-workbook"


def program_folder() -> Path:
    """Return the folder that holds resources/ and translations/."""
    bundled = getattr(sys, "_MEIPASS", None)
    return Path(bundled) if bundled else Path(__file__).resolve().parent.parent


def resources_folder() -> Path:
    """Return the folder of fonts, icons and the style sheet."""
    return program_folder() / "resources"


def translations_folder() -> Path:
    """Return the folder of the compiled catalogues."""
    return program_folder() / "translations"


def licences_folder() -> Path:
    """Return where the licences of everything in the program lie; beside it, in the built one."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).resolve().parent / "licences"
    return program_folder() / "licences"


def schema_folder() -> Path:
    """Return the folder of the numbered migrations."""
    return program_folder() / "kadin_danisma" / "store" / "schema"


def anchors_folder() -> Path:
    """Return where this computer remembers how far the vaults used on it had come.

    Away from every vault, so that whoever puts a whole folder back does not put this back too.
    """
    if sys.platform == "win32":
        base = Path(os.environ.get("APPDATA", Path.home()))
    else:
        base = Path(os.environ.get("XDG_CONFIG_HOME", Path.home() / ".config"))
    return base / "kadin-danisma"


def default_vault() -> Path:
    """Return where the window looks for the vault when none is named on the command line."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home()))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / "kadin-danisma" / "merkez.vault"
