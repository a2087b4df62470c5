"""IT's desk: looking after a vault without the key that opens it (docs/decisions/0017).

``access.enter`` leads there. No function of other services takes this desk, because there is no
open vault behind it.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.checks import refuse_long
from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Action, Role, may
from kadin_danisma.domain.text import tidy
from kadin_danisma.progress import Progress
from kadin_danisma.services import second_factor
from kadin_danisma.services.desk import not_allowed
from kadin_danisma.services.patience import patiently
from kadin_danisma.store.stewardship import Account, Stewardship

__all__ = ["Account"]


class KeepersDesk:
    """The place of whoever looks after a vault; close it to let others open the vault."""

    def __init__(self, keeper: Stewardship, clock: Clock) -> None:
        self.keeper = keeper
        self.clock = clock

    @property
    def user(self) -> User:
        """Return who is at this desk."""
        return self.keeper.user

    def require(self, action: Action) -> None:
        """Let pass whoever may do it.

        Raises:
            NotAllowedError: Her role does not include the action.
        """
        if not may(self.user.role, action):
            raise not_allowed()

    def close(self) -> None:
        """Let go of the vault."""
        self.keeper.close()


def accounts(desk: KeepersDesk) -> list[Account]:
    """Return who has an account, and who of them waits to be let in."""
    desk.require(Action.KEEP_ACCOUNTS)
    return desk.keeper.accounts()


def add_account(desk: KeepersDesk, name: str, title: str, role: Role, passphrase: str) -> Change:
    """Make an account; it waits until a coordinator lets its person in.

    Raises:
        KnownError: A name or the passphrase is missing, or the name is taken.
    """
    desk.require(Action.KEEP_ACCOUNTS)
    refuse_long(name, title)
    return Change(Kind.USER, desk.keeper.add(tidy(name), tidy(title), role, passphrase).id)


def reset_passphrase(desk: KeepersDesk, user_id: str, new: str) -> Change:
    """Give somebody who forgot hers another passphrase; she waits to be let in again."""
    desk.require(Action.KEEP_ACCOUNTS)
    desk.keeper.reset(user_id, new)
    return Change(Kind.USER, user_id)


def remove_account(desk: KeepersDesk, user_id: str) -> Change:
    """Take an account away; changing the vault key falls to a coordinator and is then due."""
    desk.require(Action.KEEP_ACCOUNTS)
    desk.keeper.remove(user_id)
    return Change(Kind.USER, user_id)


def needs_key_file(desk: KeepersDesk) -> bool:
    """Tell whether one's own passphrase opens only beside a key file."""
    return desk.keeper.needs_key_file


def change_passphrase(
    desk: KeepersDesk, old: str, new: str, *, key_files: Sequence[bytes] = ()
) -> Change:
    """Set one's own passphrase; a key file that it needs goes on being needed.

    Args:
        desk: Her desk.
        old: The present passphrase.
        new: The new one.
        key_files: The contents of the key files at hand, where the account needs one.

    Raises:
        KeyFileNeededError: The key file is missing.
        WrongCredentialsError: The present passphrase or the file is wrong; it counts as a wrong
            try at the door.
        TooSoonError: After several wrong ones the next try has to wait.
    """
    change = desk.keeper.change_passphrase
    at_hand = second_factor.at_hand(key_files, is_needed=needs_key_file(desk))
    _set_own(desk, old, at_hand, lambda typed, content: (
        change(typed, new, key_file=content, new_key_file=content)
    ))  # fmt: skip
    return Change(Kind.USER, desk.user.id)


def use_key_file(desk: KeepersDesk, passphrase: str, folder: Path) -> Path:
    """Need a key file from now on (``second_factor.use``); return where it lies."""
    if needs_key_file(desk):
        raise second_factor.used_already()
    change = desk.keeper.change_passphrase
    return second_factor.written(folder, lambda made: _set_own(
        desk, passphrase, (), lambda typed, _none: change(typed, typed, new_key_file=made)
    ))  # fmt: skip


def drop_key_file(desk: KeepersDesk, passphrase: str, contents: Sequence[bytes]) -> Change:
    """Need no key file any more (``second_factor.drop``); the present one is asked for."""
    change = desk.keeper.change_passphrase
    at_hand = second_factor.at_hand(contents, is_needed=needs_key_file(desk))
    _set_own(desk, passphrase, at_hand, lambda typed, content: (
        change(typed, typed, key_file=content)
    ))  # fmt: skip
    return Change(Kind.USER, desk.user.id)


def _set_own(
    desk: KeepersDesk,
    passphrase: str,
    contents: Sequence[bytes],
    change: Callable[[str, bytes | None], None],
) -> None:
    """Change what opens one's own account; a wrong try counts like one at the door.

    Args:
        desk: Her desk.
        passphrase: The present passphrase, in any of its spellings.
        contents: The key files at hand.
        change: Does it with the passphrase as it is spelled and the file that fits.
    """
    patiently(
        desk.keeper.path,
        desk.user.name,
        passphrase,
        desk.clock,
        lambda typed: second_factor.first_fitting(contents, partial(change, typed)),
    )


def backup(desk: KeepersDesk, folder: Path, progress: Progress | None = None) -> Path:
    """Copy the vault with everything beside it into a folder, and check the seal of every page."""
    desk.require(Action.BACK_UP)
    return desk.keeper.make_backup(folder, progress)


def verify(desk: KeepersDesk, progress: Progress | None = None) -> list[str]:
    """Check the seal of every page; return what was found, as sentences."""
    desk.require(Action.BACK_UP)
    return desk.keeper.findings(progress)
