"""Sticks that are plugged in, and the key files on them."""

import sys
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from kadin_danisma.services import second_factor

#: Where Linux and macOS hang up what was plugged in.
_MOUNTS = ("/media", "/run/media", "/mnt", "/Volumes")


def plugged_in() -> list[Path]:
    """Return the top folders of the volumes that are not the system's; it may wait for a disk."""
    volumes = [each for each in QStorageInfo.mountedVolumes() if each.isValid() and each.isReady()]
    roots = [Path(each.rootPath()) for each in volumes if not each.isRoot()]
    return [root for root in roots if sys.platform == "win32" or _is_plugged(root)]


def key_files(chosen: Path | None) -> list[bytes]:
    """Return the contents of the key file that was chosen, or else of those on the sticks.

    Raises:
        KnownError: The chosen one is not there, cannot be read, or is no key file.
    """
    if chosen is not None:
        return [second_factor.read(chosen)]
    return second_factor.lying_in(plugged_in())


def _is_plugged(root: Path) -> bool:
    return any(root.is_relative_to(mount) for mount in _MOUNTS)
