"""The backups on a stick remember the vault: what lies there is compared before one is added."""

from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.store import anchor
from kadin_danisma.store.anchor import Anchor
from kadin_danisma.store.failures import BehindBackupError


def compare(db: Connection, folder: Path, chain_key: bytes, vault_id: str) -> None:
    """Compare the log of an open vault with the latest backup of it in a folder.

    The latest alone: once a coordinator accepted an older state and made a backup of it, that one
    is what later backups are compared with.

    Args:
        db: The open vault.
        folder: The folder of the stick.
        chain_key: The key of its log.
        vault_id: Its identity.

    Raises:
        BehindBackupError: The vault is behind that backup, or its log was written anew since.
    """
    latest = latest_of(folder, chain_key, vault_id)
    if latest is not None and not anchor.has_passed(db, latest):
        raise BehindBackupError


def latest_of(folder: Path, chain_key: bytes, vault_id: str) -> Anchor | None:
    """Return the anchor of the latest backup of a vault in a folder; None where there is none."""
    files = folder.glob(f"*{anchor.ENDING}")
    found = [anchor.read_from(file, chain_key, vault_id) for file in files]
    return max((each for each in found if each), key=_moment, default=None)


def _moment(stands: Anchor) -> tuple[str, int]:
    return stands.last.at, stands.last.seq
