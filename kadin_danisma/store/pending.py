"""Accounts that wait to be let in: their own passphrase first, then a coordinator's hand.

Whoever made the account knows its first passphrase. So its person sets one of her own, which makes
her key pairs nobody else knows; only then does a coordinator sign them (docs/decisions/0037).
"""

from pathlib import Path

from kadin_danisma.domain.views import Newcomer
from kadin_danisma.errors import KnownError
from kadin_danisma.foreign import resolved
from kadin_danisma.i18n import _
from kadin_danisma.store import identifying, keys, slot_files, slots, unlocking, users
from kadin_danisma.store.backup_failures import OnlyReadBackupError
from kadin_danisma.store.failures import NoRosterYetError, known_faults
from kadin_danisma.store.files import Hold
from kadin_danisma.store.identity import Identity
from kadin_danisma.store.roster.statement import State
from kadin_danisma.store.slots import Holding
from kadin_danisma.store.vault import Vault


def set_own_passphrase(
    path: Path, name: str, old: str, new: str, *, key_file: bytes | None = None
) -> str:
    """Set the passphrase of a waiting account, and make it key pairs nobody else knows.

    Args:
        path: The vault file.
        name: The user name.
        old: The passphrase she was told.
        new: Hers.
        key_file: The content of the file that will be needed beside it, if she wants one.

    Returns:
        Six words that whoever lets her in will see as well: the two compare them aloud.

    Raises:
        WrongCredentialsError: Name or passphrase are wrong.
        KnownError: The account does not wait, or the new passphrase is missing.
    """
    path = resolved(path)
    with known_faults():
        hold = Hold(path)
        try:
            found = unlocking.unlock_slot(path, hold, name, old)
            file, slot = found.slots, found.slot
            if file.copied:
                raise OnlyReadBackupError
            if not found.roster.statements:
                raise NoRosterYetError
            member = found.roster.members.get(slot.user_id)
            if member is None or member.state is not State.WAITING or len(file.headers) > 1:
                raise KnownError(_("This account is not waiting for approval."))
            made = slots.make_slot(
                file.vault_id,
                member.user,
                new,
                Identity.new(),
                keys.suitable_kdf(),
                root=found.roster.root,
                key_file=key_file,
            ).holds(file.vault_id, Holding.WAITING, [found.key])
            slot_files.write(path, file.with_slot(made), [found.key])
        finally:
            hold.close()
    return identifying.words(found.roster, made)


def waiting(vault: Vault) -> list[Newcomer]:
    """Return who waits to be let in, as the roster has her; with words once her keys are hers."""
    book = vault.slots
    return [
        Newcomer(member.user, identifying.words(book.roster, slot))
        for member in book.roster.members.values()
        if member.state is State.WAITING
        and (slot := book.file.slot_of_user(member.id)) is not None
        and book.is_hers(slot)
    ]


def admit(vault: Vault, user_id: str) -> None:
    """Sign who somebody is, and seal to her what that holds, after her words were compared.

    Raises:
        KnownError: She does not wait, or has no passphrase of her own yet.
    """
    newcomer = next((each for each in waiting(vault) if each.user.id == user_id), None)
    slot = vault.slots.file.slot_of_user(user_id)
    if newcomer is None or slot is None:
        raise KnownError(_("This account is not waiting for approval."))
    if not newcomer.words:
        raise KnownError(_("This person has to set a passphrase first."))
    member = vault.slots.roster.members[user_id]
    signed = member.now(state=State.ACTIVE, public=slot.public, own=True)
    roster = vault.slots.stating(signed)
    with vault.write() as db:
        vault.slots.put(db, slot, roster)
        vault.audit(db, "user.admit", user_id)
    users.grant(vault, vault.secrets, signed.user)
