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
from kadin_danisma.store import audit
from kadin_danisma.store import backup as copying
from kadin_danisma.store.failures import DamagedBackupError, KeepersAccountError
from kadin_danisma.store.stewardship import Stewardship


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
    with desk.telling_failure("backup.failed"):
        accepted = accept_rollback and desk.user.role is Role.COORDINATOR
        return copying.make_backup(
            desk.vault, folder, desk.clock, progress, accept_rollback=accepted
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a full check showed.

    Args:
        problems: What was found wrong, as sentences; nothing where all is well.
        seq: The number of the last line of the log; 0 where IT checked, who cannot read it.
        groups: The seal of that line in groups, to be compared with a printed state.
    """

    problems: list[str]
    seq: int
    groups: tuple[str, ...]


def examine(
    path: Path,
    user_name: str,
    passphrase: str,
    clock: Clock,
    *,
    key_files: Sequence[bytes] = (),
    progress: Progress | None = None,
) -> Verdict:
    """Check a vault or a backup from end to end without changing it.

    Whoever may open it has the proofs of its reports added up as well.
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
    return Verdict(found.problems, found.last.seq, in_groups(found.last.mac))


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


def restore(
    backup_file: Path,
    vault: Path,
    user_name: str,
    passphrase: str,
    clock: Clock,
    *,
    key_files: Sequence[bytes] = (),
) -> None:
    """Make a vault of a backup where none stands; it never overwrites.

    Raises:
        KnownError: Something stands there, or the backup is damaged.
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
            lambda key_file: _restored(backup_file, vault, user_name, typed, clock, key_file),
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
            return copying.Examined(keeper.findings(), audit.START)


def _restored(
    backup_file: Path,
    vault: Path,
    user_name: str,
    passphrase: str,
    clock: Clock,
    key_file: bytes | None,
) -> None:
    try:
        copying.restore(
            backup_file, vault, user_name, passphrase, clock, _require_upkeep, key_file=key_file
        )
    except KeepersAccountError:
        with Stewardship.open(
            backup_file, user_name, passphrase, clock, key_file=key_file
        ) as keeper:
            if keeper.findings():
                raise DamagedBackupError from None
            keeper.copy_to(vault)


def _require_upkeep(user: User) -> None:
    if not may(user.role, Action.BACK_UP):
        raise not_allowed()
