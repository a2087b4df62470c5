"""The backups on a stick remember the vault: what lies there is compared before one is added."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.foreign import IrregularFileError, require_regular
from kadin_danisma.store import anchor, copied, slot_files, user_rows
from kadin_danisma.store.anchor import Anchor
from kadin_danisma.store.backup_failures import BehindBackupError
from kadin_danisma.store.slots import SlotFile
from kadin_danisma.store.telling import Opener, compared

#: A stick of ten years has some thousand; the window shows no more than these.
_MOST_LISTED = 5_000


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


@dataclass(frozen=True, slots=True)
class OnStick:
    """A backup that lies in a folder, as far as it can be told without opening it.

    Args:
        path: Where.
        size: Its bytes.
        at: When it was made; None where it does not say.
        is_signed: Whether its anchor carries the digest of the whole file; None where it was made
            under an earlier key of the vault, and nobody can tell from here.
        openers: Whose passphrases open it.
    """

    path: Path
    size: int
    at: datetime | None
    is_signed: bool | None
    openers: tuple[Opener, ...]


def listed(
    db: Connection, folder: Path, today: SlotFile, vault_key: bytes, chain_key: bytes
) -> list[OnStick]:
    """Return the backups of a vault in a folder, the latest first; none of them is opened.

    Args:
        db: The open vault.
        folder: The folder.
        today: Its key file.
        vault_key: Its key.
        chain_key: The key of its log, which outlives a change of the vault key.
    """
    found, people = [], user_rows.everybody(db)
    for path in sorted(folder.glob("*.vault"))[:_MOST_LISTED]:
        file = _key_file_of(path)
        if file is None or file.vault_id != today.vault_id:
            continue
        # The vault itself is no backup; a raw copy by IT begins as the vault, and says what it is.
        if not file.copied and file.headers == today.headers:
            continue
        made = copied.of_key_file(file)
        lines = [
            anchor.read_from(anchor.path_of(path), key, file.vault_id)
            for key in (vault_key, chain_key)
        ]
        known = [each for each in lines if each]
        signed = any(each.content for each in known) if known else None
        openers = compared(file, today, people)
        at = made.at if made else None
        found.append(OnStick(path, path.stat().st_size, at, signed, openers))
    return sorted(found, key=_age, reverse=True)


def _age(each: OnStick) -> tuple[str, str]:
    return each.at.isoformat() if each.at else "", each.path.name


def _key_file_of(path: Path) -> SlotFile | None:
    """Return what stands beside a backup; None where that, or the backup itself, is no file."""
    with suppress(IrregularFileError):
        require_regular(path)
        for content in slot_files.read_copies(path):
            with suppress(slot_files.UnreadableError):
                return slot_files.decode(content)
    return None


def _moment(stands: Anchor) -> tuple[str, int]:
    return stands.last.at, stands.last.seq
