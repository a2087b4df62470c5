"""The second factor: a key file on a stick, used beside the passphrase or no longer used."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.errors import KeyFileNeededError, KnownError, WrongCredentialsError
from kadin_danisma.i18n import _
from kadin_danisma.progress import Progress
from kadin_danisma.services import key_change
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.patience import patiently
from kadin_danisma.store import key_files, users

T = TypeVar("T")
#: Each costs a derivation of the key: more than these are not tried at once.
MOST = 6


def read(path: Path) -> bytes:
    """Return the content of a key file that was chosen.

    Raises:
        KnownError: It is not there, cannot be read, or is no key file.
    """
    return key_files.read(path)


def lying_in(folders: list[Path]) -> list[bytes]:
    """Return the contents of the key files in folders; what is none is passed over."""
    found = []
    for path in key_files.on(folders)[:MOST]:
        try:
            found.append(key_files.read(path))
        except KnownError:
            continue
    return list(dict.fromkeys(found))


def first_fitting(contents: Sequence[bytes], attempt: Callable[[bytes | None], T]) -> T:
    """Return what an attempt gives with the key file that fits; all of them are one try.

    Args:
        contents: The key files at hand; none where the account may do without.
        attempt: Opens something with the content of a key file, or without.

    Raises:
        KeyFileNeededError: None is at hand and the account needs one.
        WrongCredentialsError: None fits, or something else is wrong; which is not told.
    """
    if not contents:
        return attempt(None)
    for content in contents:
        try:
            return attempt(content)
        except WrongCredentialsError:
            continue
    raise WrongCredentialsError(
        _(
            "The user name, the passphrase or the key file is wrong. Try again; if it does not "
            "work, tell the coordinator."
        )
    )


def use(desk: Desk, passphrase: str, folder: Path, progress: Progress | None = None) -> Path:
    """Need a key file from now on: a new one is written into a folder and read back first.

    Args:
        desk: The desk; everybody may do this for herself.
        passphrase: Her present passphrase.
        folder: Where the file goes, best a stick.
        progress: How far the change of the vault key behind it is (``key_change.end_older``).

    Returns:
        Where the file lies.

    Raises:
        WrongCredentialsError: The passphrase is wrong; no file is left.
        KnownError: She uses one already, or the file could not be written.
    """
    if desk.vault.slots.mine.key_file:
        raise used_already()
    return written(folder, lambda content: _set(desk, passphrase, (), content, progress))


def written(folder: Path, let_need: Callable[[bytes], object]) -> Path:
    """Write a new key file and let an account need it; where that fails no file is left.

    Args:
        folder: Where the file goes.
        let_need: Lets the account need a file of this content.

    Returns:
        Where the file lies.
    """
    path = key_files.write_new(folder)
    try:
        let_need(key_files.read(path))
    except KnownError:
        key_files.discard(path)
        raise
    return path


def drop(
    desk: Desk, passphrase: str, contents: Sequence[bytes], progress: Progress | None = None
) -> Change:
    """Need no key file any more; the present one is asked for once more.

    Args:
        desk: The desk; everybody may do this for herself.
        passphrase: Her present passphrase.
        contents: The key files at hand.
        progress: How far the change of the vault key behind it is (``key_change.end_older``).

    Raises:
        KeyFileNeededError: None is at hand.
        WrongCredentialsError: The passphrase or the file is wrong.
    """
    _set(desk, passphrase, at_hand(contents, is_needed=True), None, progress)
    return Change(Kind.USER, desk.user.id)


def at_hand(contents: Sequence[bytes], *, is_needed: bool) -> Sequence[bytes]:
    """Return the key files to try; none where the account does without.

    Raises:
        KeyFileNeededError: None is at hand and the account needs one.
    """
    if is_needed and not contents:
        raise needed()
    return contents if is_needed else ()


def used_already() -> KnownError:
    """Return what is said to whoever uses a key file and wants to begin it."""
    return KnownError(_("You use a key file already."))


def needed() -> KeyFileNeededError:
    """Return what is said where the key file is missing."""
    return KeyFileNeededError(
        _(
            "This account also needs its key file. Plug in the stick and try again, or choose the "
            "file."
        )
    )


def _set(
    desk: Desk,
    passphrase: str,
    contents: Sequence[bytes],
    new: bytes | None,
    progress: Progress | None,
) -> None:
    def attempt(typed: str) -> None:
        first_fitting(
            contents,
            lambda content: users.set_key_file(
                desk.vault, typed, key_file=content, new_key_file=new
            ),
        )

    with desk.telling_failure("user.key_file.failed", desk.user.id):
        patiently(desk.vault.path, desk.user.name, passphrase, desk.clock, attempt)
    key_change.end_older(desk, progress)
