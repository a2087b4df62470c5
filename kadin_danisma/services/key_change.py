"""Changing the key of the vault: after somebody left, or when a passphrase ended."""

from contextlib import suppress

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.role import Action
from kadin_danisma.errors import KnownError
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
    """Tell whether an ended passphrase, with an older key file, still gives the key in use."""
    with desk.vault.read() as db:
        return bool(meta.read(db, meta.ROTATION_DUE))


def change_if_due(desk: Desk, progress: Progress | None = None) -> Change:
    """Change the key where that is due; whoever is at the desk may end what must not open.

    Raises:
        KnownError: The disk fails; the old key stays, and changing it stays due.
    """
    if is_due(desk):
        desk.vault.rotate_key(progress)
    return Change(Kind.USER, desk.user.id)


def end_older(desk: Desk, progress: Progress | None = None) -> None:
    """Change the key behind a new passphrase; where that fails it is done at the next close."""
    with suppress(KnownError):
        change_if_due(desk, progress)


def still_due_words() -> str:
    """Return what is said where the key could not be changed at once."""
    return _(
        "The key of the vault could not be changed yet. It is changed when the program is closed; "
        "until then the earlier passphrase still opens older copies of the key files."
    )


def old_backups_words() -> str:
    """Return what whoever changes the key should know."""
    return _(
        "Backups made before keep the key they had: a person who had an account then can still "
        "open them with the old passphrase. Please make a new backup and destroy the older ones."
    )
