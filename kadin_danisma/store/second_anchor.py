"""The anchor away from the vault: what this computer remembers of the vault at a place.

Whoever puts a whole older folder back puts back the anchor in it. This one lies among the user's
settings (``paths.anchors_folder``), one file for each place of a vault, named by a digest of the
place. It is sealed with the key of the log, which outlives a change of the vault key, so that an
older folder under an older key is known by it too (docs/decisions/0022).
"""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from kadin_danisma.errors import KnownError
from kadin_danisma.foreign import resolved
from kadin_danisma.paths import anchors_folder
from kadin_danisma.store import anchor
from kadin_danisma.store.anchor import Anchor
from kadin_danisma.store.failures import known_faults
from kadin_danisma.store.files import append, make_folder, write_atomically

_NAME_BYTES = 12


def path_of(vault: Path) -> Path:
    """Return where the second anchor of a vault at this place lies."""
    place = hashlib.blake2b(os.fsencode(resolved(vault)), digest_size=_NAME_BYTES)
    return anchors_folder() / f"{place.hexdigest()}{anchor.ENDING}"


class SecondAnchor:
    """What this computer remembers of a vault at its place.

    What fails here stops nobody from working: the settings of a borrowed PC may be read-only.

    Args:
        vault: The vault file.
        chain_key: The key of its log.
        vault_id: Its identity.
    """

    def __init__(self, vault: Path, chain_key: bytes, vault_id: str) -> None:
        self._path = path_of(vault)
        self._key = chain_key
        self._vault_id = vault_id

    def read(self) -> Anchor | None:
        """Return what is remembered; None where it was never used here, or that was taken away."""
        with suppress(KnownError), known_faults():
            return anchor.read_from(self._path, self._key, self._vault_id)
        return None

    def is_of_another(self) -> bool:
        """Tell whether another vault lay at this place when it was last used."""
        with suppress(KnownError), known_faults():
            return bool(anchor.vaults_in(self._path) - {self._vault_id})
        return False

    def append(self, present: Anchor) -> None:
        """Add where the vault stands now, without waiting for the disk."""
        with suppress(KnownError), known_faults():
            append(self._path, anchor.encode(present, self._key))

    def write(self, present: Anchor) -> None:
        """Write where the vault stands now, and wait for the disk."""
        with suppress(KnownError), known_faults():
            make_folder(self._path.parent)
            write_atomically(self._path, anchor.encode(present, self._key))


def forget(vault: Path) -> None:
    """Take away what is remembered of a vault that was only made to be tried."""
    path_of(vault).unlink(missing_ok=True)
