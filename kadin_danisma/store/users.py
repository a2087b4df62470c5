"""Who may sign in: a statement of the roster and a slot, each change in one transaction."""

from collections.abc import Iterable
from contextlib import suppress

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.records import User
from kadin_danisma.errors import KnownError, WrongCredentialsError
from kadin_danisma.i18n import _
from kadin_danisma.store import keyring, meta, user_rows
from kadin_danisma.store.failures import known_faults
from kadin_danisma.store.identity import NO_KEYS, Identity
from kadin_danisma.store.keyring import Grant, Secrets
from kadin_danisma.store.roster.members import refuse_name
from kadin_danisma.store.roster.statement import Kind, Member, State
from kadin_danisma.store.signing import Author
from kadin_danisma.store.vault import Vault


def all_of(vault: Vault) -> list[User]:
    """Return the people who may sign in, in the order of the alphabet; not the recovery code."""
    with vault.read() as db:
        return user_rows.all_of(db)


def add_user(vault: Vault, user: User, passphrase: str) -> User:
    """Give a person a row and a slot.

    Returns:
        The person as she stands in the vault.

    Raises:
        KnownError: Name or passphrase are empty, or somebody of that name is there.
    """
    refuse_name(vault.slots.roster, user.name, user.title)
    identity = Identity.new()
    member = Member(user.id, user.name, user.title, user.role, State.ACTIVE, identity.public)
    roster = vault.slots.stating(member.now(own=False))
    slot = vault.slots.make(user, passphrase, identity)
    with vault.write() as db:
        vault.slots.put(db, slot, roster)
        vault.audit(db, "user.add", user.id)
        _grant(vault, db, vault.secrets, user)
    return user


def change_passphrase(
    vault: Vault,
    old: str,
    new: str,
    *,
    key_file: bytes | None = None,
    new_key_file: bytes | None = None,
) -> None:
    """Give whoever is signed in another passphrase.

    She gets new key pairs with it, and what she holds is sealed to them. The key of the vault is
    due to be changed: an older key file would still give it to the passphrase she had.

    Args:
        vault: The open vault.
        old: The present passphrase.
        new: The new one.
        key_file: The content of the file on her stick, where her account needs one.
        new_key_file: That of the file that will be needed; None for none. To keep the second
            factor, give the present one again.

    Raises:
        WrongCredentialsError: The present passphrase or file is wrong.
        KnownError: The new one is empty.
    """
    if not vault.slots.opens_with(old, key_file):
        raise WrongCredentialsError(_("The present passphrase is wrong. Please type it again."))
    _set_own(vault, new, new_key_file)


def set_key_file(
    vault: Vault, passphrase: str, *, key_file: bytes | None, new_key_file: bytes | None
) -> None:
    """Let the passphrase of whoever is signed in need a file on a stick, or none any more.

    As with a new passphrase, what an older key file opens is ended (``change_passphrase``).

    Args:
        vault: The open vault.
        passphrase: Her present passphrase, which she keeps.
        key_file: The content of the present file, where her account needs one.
        new_key_file: That of the file that will be needed; None for none.

    Raises:
        WrongCredentialsError: The passphrase or the present file is wrong.
    """
    if not vault.slots.opens_with(passphrase, key_file):
        raise WrongCredentialsError(_("The present passphrase is wrong. Please type it again."))
    _renew(
        vault,
        "user.key_file.drop" if new_key_file is None else "user.key_file.use",
        passphrase,
        new_key_file,
        own=vault.slots.mine.own,
    )


def reset_passphrase(vault: Vault, user_id: str, new: str) -> None:
    """Give a person another passphrase because she forgot hers.

    Her private key is lost with the old one, and with it the keys of her disciplines: otherwise
    whoever may set a passphrase could read everybody's notes. She waits to be given them again.

    Raises:
        KnownError: It is empty, or the person may not sign in.
    """
    member = _member(vault, user_id)
    if member.id == vault.user.id:
        _set_own(vault, new, None)
        return
    identity = Identity.new()
    changed = member.now(state=State.ACTIVE, public=identity.public, own=False)
    roster = vault.slots.stating(changed)
    slot = vault.slots.make(member.user, new, identity)
    with vault.write() as db:
        vault.slots.put(db, slot, roster)
        meta.write(db, meta.ROTATION_DUE, "1")
        vault.audit(db, "user.passphrase", member.id)
        _grant(vault, db, vault.secrets, member.user)


def grant(vault: Vault, secrets: Secrets, user: User, only: Iterable[Discipline] = ()) -> int:
    """Give a person the keys of disciplines she is entitled to; each is logged.

    Args:
        vault: The open vault.
        secrets: The keys that can be given.
        user: The person.
        only: The disciplines meant; all by default.

    Returns:
        How many keys she got.
    """
    with vault.write() as db:
        return _grant(vault, db, secrets, user, only)


def remove_user(vault: Vault, user_id: str) -> None:
    """Take a person's slot away; her row stays, because records name her.

    She knew the vault key: until it is changed (``Vault.rotate_key``) it opens the vault without
    any slot, and this is remembered as due.

    Raises:
        KnownError: She is the last coordinator or whoever is signed in, or may not sign in anyway.
    """
    member = _member(vault, user_id)
    if member.id == vault.user.id:
        raise KnownError(_("You cannot remove yourself."))
    if vault.slots.roster.coordinators == {user_id}:
        raise KnownError(_("The last coordinator cannot be removed."))
    roster = vault.slots.stating(member.now(state=State.LEFT, public=NO_KEYS))
    with vault.write() as db:
        vault.slots.drop(db, user_id, roster)
        meta.write(db, meta.ROTATION_DUE, "1")
        vault.audit(db, "user.remove", user_id)


def _set_own(vault: Vault, passphrase: str, key_file: bytes | None) -> None:
    _renew(vault, "user.passphrase", passphrase, key_file, own=True)


def _renew(
    vault: Vault, action: str, passphrase: str, key_file: bytes | None, *, own: bool
) -> None:
    """Give whoever is signed in new key pairs under a passphrase, and seal to them what she has."""
    book, identity = vault.slots, Identity.new()
    member = book.roster.members[vault.user.id]
    roster = book.stating(member.now(public=identity.public, own=own))
    made = book.make(vault.user, passphrase, identity, key_file=key_file, own=own)
    former = book.identity.sealing
    with vault.write() as db:
        book.put(db, made.remembering(former), roster)
        keyring.renew(db, vault.user.id, former, identity.sealing)
        meta.write(db, meta.ROTATION_DUE, "1")
        # The roster has her new key by now: the line is signed with it.
        author = Author(vault.user.id, vault.vault_id, identity.signing)
        vault.audit(db, action, vault.user.id, author=author)
    book.identity = identity
    # The passphrase is changed by now: what fails here is done by the next sign-in.
    with suppress(KnownError), known_faults():
        book.forget_former()


def _grant(
    vault: Vault, db: Connection, secrets: Secrets, user: User, only: Iterable[Discipline] = ()
) -> int:
    given = keyring.grant(db, secrets, user, Grant(vault.clock.now(), vault.user.id), only)
    for discipline in given:
        vault.audit(db, "key.grant", f"{discipline} {user.id}")
    return len(given)


def _member(vault: Vault, user_id: str) -> Member:
    member = vault.slots.roster.standing(user_id)
    if member is None or member.kind is not Kind.PERSON:
        raise KnownError(_("There is no such person, or they have left."))
    return member
