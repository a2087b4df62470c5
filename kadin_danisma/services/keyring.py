"""Handing out the keys of session notes: always by a person, never by itself."""

from dataclasses import dataclass

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Action
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services.desk import Desk, not_allowed
from kadin_danisma.store import keyring, users


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who is entitled to a key and does not have it yet."""

    user: User
    discipline: Discipline


def waiting(desk: Desk) -> list[Waiting]:
    """Return who waits for which key: all for whoever manages accounts, else those of her own."""
    mine = set(desk.vault.readable())
    with desk.vault.read() as db:
        found = [Waiting(user, discipline) for user, discipline in keyring.waiting(db)]
    if desk.may(Action.MANAGE_USERS):
        return found
    return [each for each in found if each.discipline in mine]


def is_open(desk: Desk) -> bool:
    """Tell whether the wall is not closed yet: an older vault whose recovery code was not used."""
    with desk.vault.read() as db:
        return bool(keyring.unclaimed(db))


def open_words() -> str:
    """Return what is said while the wall is not closed."""
    return _(
        "This vault is older than the keys of session notes. Please sign in once with the user "
        "name \u201ckurtarma\u201d and the recovery code: only then are the notes closed to others."
    )


def grant(desk: Desk, user_id: str, discipline: Discipline) -> Change:
    """Give a colleague the key of a discipline one holds.

    Raises:
        NotAllowedError: The signed-in person does not hold it.
        KnownError: The colleague is not entitled to it, has it already or has left.
    """
    if discipline not in desk.vault.secrets:
        with desk.vault.write() as db:
            desk.vault.audit(db, "refused", f"key.grant {discipline}")
        raise not_allowed()
    user = next((each.user for each in waiting(desk) if each.user.id == user_id), None)
    if user is None or not users.grant(desk.vault, desk.vault.secrets, user, [discipline]):
        raise KnownError(_("This person is not waiting for this key."))
    return Change(Kind.USER, user_id)


def grant_by_code(desk: Desk, code: str) -> int:
    """Give everybody who waits her keys, by the recovery code; it takes as long as a sign-in.

    Returns:
        How many keys were given.

    Raises:
        WrongCredentialsError: It is not the recovery code.
        KnownError: The vault is older than the wall and the code was not used since.
    """
    desk.require(Action.MANAGE_USERS)
    secrets = desk.vault.secrets_of_code(code)
    if is_open(desk):
        raise KnownError(open_words())
    with desk.vault.write() as db:
        desk.vault.audit(db, "recovery.use", "")
    people = {each.user.id: each.user for each in waiting(desk)}
    return sum(users.grant(desk.vault, secrets, user) for user in people.values())
