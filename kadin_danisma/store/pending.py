"""Accounts that wait to be let in: their own passphrase first, then a coordinator's hand.

Whoever made the account knows its first passphrase. So its person sets one of her own, which makes
her a key pair nobody else knows; only then is anything sealed to it (docs/decisions/0017).
"""

from pathlib import Path

from kadin_danisma.domain.records import User
from kadin_danisma.domain.views import Newcomer
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.store import keyring, keys, opening, sealing, slot_files, slots, user_rows, users
from kadin_danisma.store.failures import known_faults
from kadin_danisma.store.files import Hold
from kadin_danisma.store.fingerprint import words_of
from kadin_danisma.store.slots import Holding
from kadin_danisma.store.vault import Vault


def set_own_passphrase(
    path: Path, name: str, old: str, new: str, *, key_file: bytes | None = None
) -> str:
    """Set the passphrase of a waiting account, and make it a key pair nobody else knows.

    Args:
        path: The vault file.
        name: The user name.
        old: The passphrase she was told.
        new: Hers.
        key_file: The content of the file that will be needed beside it, if she wants one.

    Returns:
        Five words that whoever lets her in will see as well: the two compare them aloud.

    Raises:
        WrongCredentialsError: Name or passphrase are wrong.
        KnownError: The account does not wait, or the new passphrase is missing.
    """
    path = path.resolve()
    with known_faults():
        hold = Hold(path)
        try:
            found = opening.unlock_slot(path, hold, name, old)
            file, slot = found.slots, found.slot
            if slot.holding is not Holding.WAITING or len(file.headers) > 1:
                raise KnownError(_("This account does not wait to be let in."))
            user = User(id=slot.user_id, name=name, title="", role=slot.role)
            made = slots.make_slot(
                file.vault_id,
                user,
                new,
                sealing.new_private(),
                keys.suitable_kdf(),
                key_file=key_file,
            ).holds(file.vault_id, Holding.WAITING, [found.key])
            slot_files.write(path, file.with_slot(made), [found.key])
        finally:
            hold.close()
    return words_of(made.public)


def waiting(vault: Vault) -> list[Newcomer]:
    """Return who waits to be let in."""
    found = []
    for slot in vault.slots.file.slots:
        with vault.read() as db:
            user = user_rows.find_active(db, slot.user_id)
        if user and slot.holding is Holding.WAITING:
            found.append(Newcomer(user, words_of(slot.public) if slot.own else ""))
    return found


def admit(vault: Vault, user_id: str) -> None:
    """Seal to somebody what her role holds, after her words were compared.

    Raises:
        KnownError: She does not wait, or has no passphrase of her own yet.
    """
    user = next((each.user for each in waiting(vault) if each.user.id == user_id), None)
    slot = vault.slots.file.slot_of_user(user_id)
    if user is None or slot is None:
        raise KnownError(_("This account does not wait to be let in."))
    if not slot.own:
        raise KnownError(_("She has to set a passphrase of her own first."))
    with vault.write() as db:
        vault.slots.put(db, vault.slots.filled(slot))
        keyring.know(db, user_id, slot.public)
        vault.audit(db, "user.admit", user_id)
    users.grant(vault, vault.secrets, user)
