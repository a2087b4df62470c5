"""Who may sign in: rows and slots kept in step, each change logged in its own transaction."""

from collections.abc import Iterable
from dataclasses import replace

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError, WrongCredentialsError
from kadin_danisma.i18n import _
from kadin_danisma.store import keyring, meta, recovery, sealing, user_rows
from kadin_danisma.store.keyring import Grant, Secrets
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
    new = replace(user, revision=1)
    private = sealing.new_private()
    slot = vault.slots.make(new, passphrase, private)
    with vault.write() as db:
        user_rows.insert(db, new, vault.clock.now(), vault.user.id)
        vault.slots.put(db, slot)
        vault.audit(db, "user.add", new.id)
        _enrol(vault, db, new, private)
    return new


def change_passphrase(
    vault: Vault,
    old: str,
    new: str,
    *,
    key_file: bytes | None = None,
    new_key_file: bytes | None = None,
) -> None:
    """Give whoever is signed in another passphrase.

    If somebody else set the present one, she gets a new key pair with it: whoever it was could
    open the old one. What she holds is sealed to the new one.

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
        raise WrongCredentialsError(_("The present passphrase is wrong."))
    _set_own(vault, new, new_key_file)


def set_key_file(
    vault: Vault, passphrase: str, *, key_file: bytes | None, new_key_file: bytes | None
) -> None:
    """Let the passphrase of whoever is signed in need a file on a stick, or none any more.

    Args:
        vault: The open vault.
        passphrase: Her present passphrase, which she keeps.
        key_file: The content of the present file, where her account needs one.
        new_key_file: That of the file that will be needed; None for none.

    Raises:
        WrongCredentialsError: The passphrase or the present file is wrong.
    """
    if not vault.slots.opens_with(passphrase, key_file):
        raise WrongCredentialsError(_("The present passphrase is wrong."))
    slot = vault.slots.make(
        vault.user,
        passphrase,
        vault.slots.private,
        key_file=new_key_file,
        own=vault.slots.mine.own,
    )
    with vault.write() as db:
        vault.slots.put(db, slot)
        vault.audit(
            db, "user.key_file.use" if slot.key_file else "user.key_file.drop", vault.user.id
        )


def reset_passphrase(vault: Vault, user_id: str, new: str) -> None:
    """Give a person another passphrase because she forgot hers.

    Her private key is lost with the old one, and with it the keys of her disciplines: otherwise
    whoever may set a passphrase could read everybody's notes. She waits to be given them again.

    Raises:
        KnownError: It is empty, or the person may not sign in.
    """
    user = _person(vault, user_id)
    if user.id == vault.user.id:
        _set_own(vault, new, None)
        return
    private = sealing.new_private()
    slot = vault.slots.make(user, new, private)
    with vault.write() as db:
        vault.slots.put(db, slot)
        vault.audit(db, "user.passphrase", user.id)
        _enrol(vault, db, user, private)


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
    user = _person(vault, user_id)
    if user.id == vault.user.id:
        raise KnownError(_("You cannot remove yourself."))
    others = [other for other in all_of(vault) if other.id != user_id]
    if user.role is Role.COORDINATOR and not any(o.role is Role.COORDINATOR for o in others):
        raise KnownError(_("The last coordinator cannot be removed."))
    with vault.write() as db:
        user_rows.deactivate(db, user_id, vault.clock.now(), vault.user.id)
        vault.slots.drop(db, user_id)
        keyring.leave(db, user_id)
        meta.write(db, meta.ROTATION_DUE, "1")
        vault.audit(db, "user.remove", user_id)


def _set_own(vault: Vault, passphrase: str, key_file: bytes | None) -> None:
    former = vault.slots.private
    private = former if vault.slots.mine.own else sealing.new_private()
    slot = vault.slots.make(vault.user, passphrase, private, key_file=key_file, own=True)
    with vault.write() as db:
        vault.slots.put(db, slot)
        keyring.renew(db, vault.user.id, former, private)
        vault.audit(db, "user.passphrase", vault.user.id)
    vault.slots.private = private


def _enrol(vault: Vault, db: Connection, user: User, private: bytes) -> None:
    """Note a person's new key pair, and give her at once what whoever does this holds."""
    keyring.enrol(db, user.id, private)
    _grant(vault, db, vault.secrets, user)


def _grant(
    vault: Vault, db: Connection, secrets: Secrets, user: User, only: Iterable[Discipline] = ()
) -> int:
    given = keyring.grant(db, secrets, user, Grant(vault.clock.now(), vault.user.id), only)
    for discipline in given:
        vault.audit(db, "key.grant", f"{discipline} {user.id}")
    return len(given)


def _person(vault: Vault, user_id: str) -> User:
    with vault.read() as db:
        user = user_rows.find_active(db, user_id)
    if user is None or recovery.is_recovery(user_id):
        raise KnownError(_("There is no such person, or she has left."))
    return user
