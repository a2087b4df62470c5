"""Backups on a stick, by the one who holds the vault key and by the one who does not."""

from pathlib import Path

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.services import access, keeping
from kadin_danisma.services.keeping import KeepersDesk
from kadin_danisma.store import backup
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE


def by_coordinator(vault: Vault, folder: Path, clock: FixedClock) -> Path:
    """Make a backup as whoever has the vault open, and close the vault."""
    made = backup.make_backup(vault, folder, clock)
    vault.close()
    return made


def by_it(vault: Vault, folder: Path, clock: FixedClock) -> Path:
    """Close the vault, and make a backup as ``irem``, who works for IT."""
    vault.close()
    desk = access.enter(vault.path, "irem", PASSPHRASE, clock)
    assert isinstance(desk, KeepersDesk)
    made = keeping.backup(desk, folder)
    desk.close()
    return made
