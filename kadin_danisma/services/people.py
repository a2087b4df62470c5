"""The people who sign in: their accounts, and how each likes the window."""

from collections.abc import Sequence

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.checks import refuse_long
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Action, Role
from kadin_danisma.domain.text import tidy
from kadin_danisma.domain.views import Newcomer
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.progress import Progress
from kadin_danisma.services import key_change, second_factor
from kadin_danisma.services.circles import refuse_orphans
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.patience import patiently
from kadin_danisma.store import pending, preferences
from kadin_danisma.store import users as accounts


def users(desk: Desk) -> list[User]:
    """Return everybody who may sign in."""
    desk.require(Action.MANAGE_USERS)
    return accounts.all_of(desk.vault)


def add_user(desk: Desk, name: str, title: str, role: Role, passphrase: str) -> Change:
    """Give a person an account.

    Raises:
        KnownError: A name or the passphrase is missing, or the name is taken.
    """
    desk.require(Action.MANAGE_USERS)
    name = tidy(name)
    refuse_long(name, title)
    user = User(name=name, title=tidy(title) or name, role=role)
    return Change(Kind.USER, accounts.add_user(desk.vault, user, passphrase).id)


def waiting(desk: Desk) -> list[Newcomer]:
    """Return who waits to be let in, with the words to compare aloud."""
    desk.require(Action.MANAGE_USERS)
    return pending.waiting(desk.vault)


def admit(desk: Desk, user_id: str) -> Change:
    """Let somebody in whose words were compared with her: what her role holds is sealed to her.

    Raises:
        KnownError: She does not wait, or has not set a passphrase of her own yet.
    """
    desk.require(Action.MANAGE_USERS)
    pending.admit(desk.vault, user_id)
    return Change(Kind.USER, user_id)


def remove_user(desk: Desk, user_id: str, progress: Progress | None = None) -> Change:
    """Take a person's account away and change the key she knew; what she recorded stays.

    The account goes first. If the key cannot be changed at once, because it is cancelled or the
    disk fails, that remains due (``key_change.is_due``).

    Args:
        desk: The desk.
        user_id: The person.
        progress: How far the change of the key is; cancels it by raising.

    Raises:
        KnownError: It is one's own account, the last coordinator's, or a restricted file has
            nobody else in its circle.
    """
    desk.require(Action.MANAGE_USERS)
    with desk.vault.read() as db:
        refuse_orphans(db, user_id)
    accounts.remove_user(desk.vault, user_id)
    key_change.change_key(desk, progress)
    return Change(Kind.USER, user_id)


def reset_passphrase(
    desk: Desk, user_id: str, new: str, progress: Progress | None = None
) -> Change:
    """Give somebody who forgot hers a new passphrase; a key file is not needed with it.

    The key of the vault is changed behind it (``key_change.end_older``).

    Raises:
        KnownError: It is one's own account: that asks for the present passphrase and key file.
    """
    desk.require(Action.MANAGE_USERS)
    if user_id == desk.user.id:
        raise KnownError(_("Your own passphrase is changed with the present one."))
    accounts.reset_passphrase(desk.vault, user_id, new)
    key_change.end_older(desk, progress)
    return Change(Kind.USER, user_id)


def change_passphrase(
    desk: Desk,
    old: str,
    new: str,
    *,
    key_files: Sequence[bytes] = (),
    progress: Progress | None = None,
) -> Change:
    """Change one's own passphrase; a key file that it needs goes on being needed.

    The key of the vault is changed behind it (``key_change.end_older``), so that the present
    passphrase opens nothing any more, also not with an older key file.

    Args:
        desk: The desk.
        old: The present passphrase.
        new: The new one.
        key_files: The contents of the key files at hand, where the account needs one.
        progress: How far the change of the key is.

    Raises:
        KeyFileNeededError: The key file is missing.
        WrongCredentialsError: The present passphrase or the file is wrong.
    """
    at_hand = second_factor.at_hand(key_files, is_needed=needs_key_file(desk))
    with desk.telling_failure("user.passphrase.failed", desk.user.id):
        patiently(
            desk.vault.path,
            desk.user.name,
            old,
            desk.clock,
            lambda typed: second_factor.first_fitting(
                at_hand,
                lambda content: accounts.change_passphrase(
                    desk.vault, typed, new, key_file=content, new_key_file=content
                ),
            ),
        )
    key_change.end_older(desk, progress)
    return Change(Kind.USER, desk.user.id)


def needs_key_file(desk: Desk) -> bool:
    """Tell whether the signed-in person's account needs a file on a stick."""
    return desk.vault.slots.mine.key_file


def has_own_passphrase(desk: Desk) -> bool:
    """Tell whether the signed-in person has set her passphrase herself."""
    return desk.vault.slots.mine.own


def preference(desk: Desk, key: str, default: str = "") -> str:
    """Return how the signed-in person likes something."""
    with desk.vault.read() as db:
        return preferences.of_user(db, desk.user.id).get(key, default)


def set_preference(desk: Desk, key: str, value: str) -> None:
    """Remember how the signed-in person likes something."""
    with desk.vault.write() as db:
        preferences.put(db, desk.user.id, key, value)
