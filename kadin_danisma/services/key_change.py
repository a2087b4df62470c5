"""Changing the key of the vault: when somebody leaves, and whenever a coordinator wants it."""

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.role import Action
from kadin_danisma.i18n import _
from kadin_danisma.progress import Progress
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import meta


def change_key(desk: Desk, progress: Progress | None = None) -> Change:
    """Put a copy of the vault under a new key in its place; nobody's passphrase changes.

    Args:
        desk: The desk.
        progress: Told (pages done, pages in all); cancels by raising until the copy is whole.

    Raises:
        KnownError: The disk fails; the old key stays.
    """
    desk.require(Action.MANAGE_USERS)
    desk.vault.rotate_key(progress)
    return Change(Kind.USER, desk.user.id)


def is_due(desk: Desk) -> bool:
    """Tell whether somebody who held the vault key is gone and the key was not changed since."""
    desk.require(Action.MANAGE_USERS)
    with desk.vault.read() as db:
        return bool(meta.read(db, meta.ROTATION_DUE))


def old_backups_words() -> str:
    """Return what whoever changes the key should know."""
    return _(
        "Backups made before keep the key they had: whoever had an account then still opens them "
        "with her old passphrase. Please make a new backup and destroy the older ones."
    )
