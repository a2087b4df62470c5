"""Looking after the vault: backup, full check, restore."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kadin_danisma.domain.auditing import in_groups
from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Action, Role, may
from kadin_danisma.foreign import require_regular
from kadin_danisma.progress import Progress
from kadin_danisma.services import ledger
from kadin_danisma.services.desk import Desk, not_allowed
from kadin_danisma.services.patience import patiently
from kadin_danisma.services.second_factor import first_fitting
from kadin_danisma.store import anchor, audit
from kadin_danisma.store import backup as copying
from kadin_danisma.store.backup_failures import OnlyReadBackupError
from kadin_danisma.store.failures import KeepersAccountError, known_faults
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.stick import OnStick
from kadin_danisma.store.telling import CopyTold, Opener, Opens

__all__ = ["CopyTold", "OnStick", "Opener", "Opens"]


def backup(
    desk: Desk,
    folder: Path,
    progress: Progress | None = None,
    *,
    accept_rollback: bool = False,
) -> Path:
    """Write an encrypted copy with its key slots into a folder, reopened and checked.

    Args:
        desk: The signed-in person's desk.
        folder: Where, usually a stick.
        progress: Told how far it is; cancels by raising.
        accept_rollback: Whether to go on though a backup there knows a later state of the vault;
            heard from a coordinator only, and logged.

    Raises:
        RolledBackVaultError: A backup there knows a later state of the vault.
        KnownError: The folder is not there, or the copy could not be written and checked whole.
    """
    desk.require(Action.BACK_UP)
    if desk.vault.copied:
        raise OnlyReadBackupError
    with desk.telling_failure("backup.failed"):
        accepted = accept_rollback and desk.user.role is Role.COORDINATOR
        return copying.make_backup(
            desk.vault, folder, desk.clock, progress, accept_rollback=accepted
        )


def backups_in(desk: Desk, folder: Path) -> list[OnStick]:
    """Return the backups of the vault in a folder, and whose passphrases open them.

    Args:
        desk: The signed-in person's desk.
        folder: The folder, usually a stick.

    Raises:
        KnownError: The folder cannot be read.
    """
    desk.require(Action.BACK_UP)
    with known_faults():
        return desk.vault.backups_in(folder)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a full check showed.

    Args:
        problems: What was found wrong, as sentences; nothing where all is well.
        seq: The number of the last line of the log; 0 where IT checked, who cannot read it.
        groups: The seal of that line in groups, to be compared with a printed state.
        note: What is to be said though nothing is wrong; mostly empty.
        told: What the file is; None where it is damaged.
    """

    problems: list[str]
    seq: int
    groups: tuple[str, ...]
    note: str
    told: CopyTold | None


def examine(
    path: Path,
    user_name: str,
    passphrase: str,
    clock: Clock,
    *,
    key_files: Sequence[bytes] = (),
    progress: Progress | None = None,
) -> Verdict:
    """Check a vault or a backup from end to end without changing it, and tell what it is.

    Whoever may open it has the proofs of its reports added up as well.

    Args:
        path: The vault or backup; nobody may have it open.
        user_name: Who checks.
        passphrase: Her passphrase, of the day of the backup.
        clock: The present moment.
        key_files: The contents of the key files at hand, where her account needs one.
        progress: Told how far it is; cancels by raising.
    """
    require_regular(path)
    found = patiently(
        path,
        user_name,
        passphrase,
        clock,
        lambda typed: first_fitting(
            key_files, lambda key_file: _examined(path, user_name, typed, clock, key_file, progress)
        ),
    )
    groups = in_groups(found.last.mac)
    return Verdict(found.problems, found.last.seq, groups, found.note, found.told)


def verify(
    path: Path,
    user_name: str,
    passphrase: str,
    clock: Clock,
    *,
    key_files: Sequence[bytes] = (),
    progress: Progress | None = None,
) -> list[str]:
    """Return what a full check finds wrong, as sentences; an empty list says that all is well."""
    return examine(
        path, user_name, passphrase, clock, key_files=key_files, progress=progress
    ).problems


def is_only_unproved(verdict: Verdict) -> bool:
    """Tell whether nothing is wrong but that nobody can tell whether the file was changed."""
    return bool(verdict.problems) and set(verdict.problems) <= {
        copying.unproved(),
        anchor.missing(),
    }


def restore(
    backup_file: Path,
    vault: Path,
    user_name: str,
    passphrase: str,
    clock: Clock,
    *,
    key_files: Sequence[bytes] = (),
    accept_unproved: bool = False,
    progress: Progress | None = None,
) -> None:
    """Make a vault of a backup where none stands; it never overwrites.

    Args:
        backup_file: The backup, wherever it lies and whatever it is called.
        vault: The vault to make.
        user_name: Who restores.
        passphrase: Her passphrase of the day of the backup.
        clock: The present moment.
        key_files: The contents of the key files at hand, where her account needs one.
        accept_unproved: Whether a coordinator knowingly takes a backup of which nobody can tell
            whether it was changed; logged.
        progress: Told how far it is; cancels by raising.

    Raises:
        UnprovedBackupError: Nobody can tell whether the backup was changed.
        KnownError: Something stands there, or the backup is damaged or was changed.
        NotAllowedError: Her role does not look after backups.
    """
    require_regular(backup_file)
    patiently(
        backup_file,
        user_name,
        passphrase,
        clock,
        lambda typed: first_fitting(
            key_files,
            lambda key_file: _restored(
                _Way(backup_file, vault, clock, accept_unproved, progress),
                user_name,
                typed,
                key_file,
            ),
        ),
    )


def _examined(
    path: Path,
    user_name: str,
    passphrase: str,
    clock: Clock,
    key_file: bytes | None,
    progress: Progress | None,
) -> copying.Examined:
    try:
        return copying.examine(
            path,
            user_name,
            passphrase,
            key_file=key_file,
            also=lambda db: ledger.check_proofs(db)[1],
            progress=progress,
        )
    except KeepersAccountError:
        # IT checks what can be checked without the key: the seal of every page.
        with Stewardship.open(path, user_name, passphrase, clock, key_file=key_file) as keeper:
            return copying.Examined(keeper.findings(progress), audit.START, told=keeper.told())


@dataclass(frozen=True, slots=True)
class _Way:
    """From where to where a backup is restored, and how."""

    backup: Path
    vault: Path
    clock: Clock
    accept_unproved: bool
    progress: Progress | None


def _restored(way: _Way, user_name: str, passphrase: str, key_file: bytes | None) -> None:
    try:
        copying.restore(
            way.backup,
            way.vault,
            user_name,
            passphrase,
            way.clock,
            _require_upkeep,
            key_file=key_file,
            accept_unproved=way.accept_unproved,
            progress=way.progress,
        )
    except KeepersAccountError:
        with Stewardship.open(
            way.backup, user_name, passphrase, way.clock, key_file=key_file
        ) as keeper:
            if found := keeper.findings(way.progress):
                raise copying.refusal(found) from None
            keeper.restore_to(way.vault, way.progress)


def _require_upkeep(user: User) -> None:
    if not may(user.role, Action.BACK_UP):
        raise not_allowed()
