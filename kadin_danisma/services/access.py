"""Coming in: making a vault and signing in to one."""

from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from kadin_danisma.domain import passphrase as weakness
from kadin_danisma.domain.checks import text_problem
from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.names import name_problem
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.text import tidy
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import circles, first_steps
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.keeping import KeepersDesk
from kadin_danisma.services.patience import patiently
from kadin_danisma.services.second_factor import first_fitting
from kadin_danisma.store import founding, pending, recovery, renewal, tries
from kadin_danisma.store.failures import KeepersAccountError
from kadin_danisma.store.keys import Kdf
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.vault import Vault


def create_vault(
    path: Path,
    centre: str,
    user_name: str,
    passphrase: str,
    clock: Clock,
    *,
    kdf: Kdf | None = None,
) -> tuple[Desk, str]:
    """Make an empty vault with its first coordinator.

    Returns:
        Her desk, and the recovery code, which is shown this once and kept nowhere.

    Raises:
        KnownError: Something stands at the path, or a name or the passphrase is missing.
    """
    centre, name = tidy(centre), tidy(user_name)
    if not centre or not name or not passphrase:
        raise KnownError(_("The centre and the user need a name, and the user a passphrase."))
    for reason in (centre_problem(centre), text_problem(name), name_problem(name)):
        if reason:
            raise KnownError(reason)
    user = User(name=name, title=name, role=Role.COORDINATOR)
    vault, code = Vault.create(path, centre, user, passphrase, clock, kdf=kdf)
    return Desk(vault, clock), code


def centre_problem(centre: str) -> str | None:
    """Return why a centre may not be called so, or None; its name stands on every report."""
    from kadin_danisma.reports import fonts

    if reason := text_problem(centre):
        return reason
    if fonts.lacking(centre):
        return _(
            "Letters of this name cannot be printed on the reports. Please write it with Turkish "
            "or other Latin letters, without pictures."
        )
    return None


def take_back(desk: Desk) -> None:
    """Unmake a vault whose recovery code nobody has seen; nothing stands in it yet."""
    desk.vault.close()
    founding.unmake(desk.vault.path)


def sign_in(
    path: Path,
    user_name: str,
    passphrase: str,
    clock: Clock,
    *,
    key_files: Sequence[bytes] = (),
    accept_rollback: bool = False,
) -> Desk:
    """Open a vault.

    Args:
        path: The vault.
        user_name: Who signs in.
        passphrase: Her passphrase.
        clock: The present moment.
        key_files: The contents of the key files at hand, where her account needs one; all of them
            are one try.
        accept_rollback: Whether a coordinator knowingly takes a vault that is older than it was.

    Raises:
        KeyFileNeededError: Her account needs a file on a stick as well.
        WrongCredentialsError: The user name or the passphrase is wrong.
        TooSoonError: After several wrong ones the next try has to wait.
        RolledBackVaultError: The vault is older than when it was last used here.
        KnownError: The vault is missing, damaged, foreign, newer or in use; each told apart.
    """
    vault = patiently(
        path,
        user_name,
        passphrase,
        clock,
        lambda typed: first_fitting(
            key_files,
            lambda key_file: Vault.open(
                path, user_name, typed, clock, key_file=key_file, accept_rollback=accept_rollback
            ),
        ),
    )
    with ExitStack() as stack:
        stack.callback(vault.close)
        desk = Desk(vault, clock)
        tries.carry(vault, clock)
        if recovery.is_recovery(vault.user.id) and not vault.read_only:
            renewal.note_use(vault)
        # On a full disk it stays due; nobody is kept out for that.
        with suppress(KnownError):
            circles.finish(desk)
        # At a backup nothing can be accepted or set; whoever opens it holds its keys already.
        desk.first_steps = frozenset() if vault.copied else first_steps.due(desk)
        stack.pop_all()
    return desk


def enter(
    path: Path,
    user_name: str,
    passphrase: str,
    clock: Clock,
    *,
    key_files: Sequence[bytes] = (),
    accept_rollback: bool = False,
) -> Desk | KeepersDesk:
    """Sign in as anybody: to a desk, or as IT to the place beside the vault (see ``sign_in``).

    Raises:
        PendingAccountError: The account waits to be let in (``set_first_passphrase``).
    """
    try:
        return sign_in(
            path, user_name, passphrase, clock, key_files=key_files, accept_rollback=accept_rollback
        )
    except KeepersAccountError:
        keeper = patiently(
            path,
            user_name,
            passphrase,
            clock,
            lambda typed: first_fitting(
                key_files,
                lambda key_file: Stewardship.open(path, user_name, typed, clock, key_file=key_file),
            ),
        )
        return KeepersDesk(keeper, clock)


def set_first_passphrase(
    path: Path,
    user_name: str,
    told: str,
    new: str,
    clock: Clock,
    *,
    key_file: bytes | None = None,
) -> str:
    """Set the passphrase of an account that waits to be let in.

    Args:
        path: The vault.
        user_name: Whose account.
        told: The passphrase she was told.
        new: Hers.
        clock: The present moment.
        key_file: The content of the file she will need beside it, if she wants one.

    Returns:
        Six words which she and the coordinator compare aloud.

    Raises:
        WrongCredentialsError: The user name or the passphrase is wrong.
        KnownError: The account does not wait, or the new passphrase is too short or not a new one.
    """
    if is_weak(new):
        raise KnownError(_("This is short: somebody could guess it."))
    if weakness.canonical(new) == weakness.canonical(told):
        raise KnownError(_("This is the passphrase you were given. Please choose another one."))
    return patiently(
        path,
        user_name,
        told,
        clock,
        lambda typed: pending.set_own_passphrase(path, user_name, typed, new, key_file=key_file),
    )


def is_weak(passphrase: str) -> bool:
    """Tell whether a chosen passphrase is plainly too short, so that no account is made with it."""
    return weakness.is_weak(passphrase)
