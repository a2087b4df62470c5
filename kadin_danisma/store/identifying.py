"""Whether a slot is that of the person whom the roster names: asked before anybody comes in.

The key file is written by many hands: IT, whoever waits to be let in, whoever once had its key. So
what it says is compared with signed statements twice: with those that stand in it, and with those
in the vault.
"""

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.i18n import _
from kadin_danisma.store import keyring, migrate, sealing, user_rows
from kadin_danisma.store.failures import (
    BrokenRosterError,
    NoRosterYetError,
    RefusedSlotError,
    WrongPassphraseError,
)
from kadin_danisma.store.fingerprint import words_of
from kadin_danisma.store.roster import envelope, table
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.roster.statement import Member, State
from kadin_danisma.store.signing import message
from kadin_danisma.store.slots import UNSIGNED, Holding, Slot, SlotFile, holding_of

#: Beyond so many, statements are taken up from no key file: it is not to fill the chain.
_MOST_TAKEN_UP = 1_000


def read_roster(file: SlotFile, mac_keys: Sequence[bytes], root: str) -> tuple[Roster, bool]:
    """Return who is who, as a key file says, and whether all of what it says holds.

    Whoever has the key that seals the key file can spoil the chain in it. That shall keep nobody
    out: it is read as far as it holds, and nobody stands in one that cannot be read. The chain in
    the vault has the last word anyway (``agreed``).

    Args:
        file: The key file.
        mac_keys: The keys that seal it; the chain is sealed under one that follows from them.
        root: On what the chain has to rest; empty where the slot does not know.

    Returns:
        The roster, and whether there was nothing else; nobody in a key file of the third format.

    Raises:
        RefusedSlotError: The chain rests on something else.
    """
    nobody = Roster(file.vault_id)
    if file.format == UNSIGNED:
        return nobody, True
    for mac_key in mac_keys:
        with suppress(ValueError):
            statements = envelope.unseal(file.roster, mac_key, file.vault_id)
            roster = nobody.as_far_as_it_holds(statements)
            if root and roster.statements and roster.root != root:
                raise RefusedSlotError
            return roster, len(roster.statements) == len(statements) > 0
    return nobody, False


def let_pass(roster: Roster, slot: Slot) -> None:
    """Let pass a slot that is as the roster says.

    Raises:
        WrongCredentialsError: Its person has left.
        RefusedSlotError: It is nobody's, or of other keys than hers.
    """
    if not roster.statements:
        return
    member = roster.members.get(slot.user_id)
    if member is not None and member.state is State.LEFT:
        raise WrongPassphraseError
    if member is None or not is_hers(member, slot):
        raise RefusedSlotError


def is_hers(member: Member, slot: Slot) -> bool:
    """Tell whether a slot has the keys that a member has by the roster."""
    if member.state is State.WAITING:
        # Who waits makes her own keys; one that takes nothing would stop each change of the key.
        return slot.holding is Holding.WAITING and sealing.takes(slot.public.sealing)
    if member.state is State.LEFT or slot.holding is not holding_of(member.role):
        return False
    if slot.format == UNSIGNED:
        # She has not signed in since the roster was founded; her signing key waits for her.
        return not member.own and slot.public.sealing == member.public.sealing
    return slot.public == member.public


def agreed(db: Connection, said: Roster, slot: Slot, root: str) -> Roster:
    """Return who is who by vault and key file together, and let the person pass.

    The key files are written before the vault, so after a crash they say more. What they say beyond
    the vault counts as far as it continues its chain.

    Args:
        db: The vault.
        said: What the key file says.
        slot: Of whoever wants to come in.
        root: On what the roster rests, as she knows it; empty where she does not.

    Raises:
        WrongCredentialsError: She has left.
        NoRosterYetError: Whoever was founding the roster has to come first.
        RefusedSlotError: Her slot is not as the vault's roster says.
        BrokenRosterError: The chain in the vault does not hold.
    """
    own = of_vault(db, said.vault_id, said)
    if not own.statements:
        _let_pass_unsigned(db, said, slot)
        return said
    if any(known and known != own.root for known in (root, said.root)):
        raise RefusedSlotError
    takes_up = own.behind(said) and len(said.statements) <= _MOST_TAKEN_UP
    roster = said if takes_up else own
    let_pass(roster, slot)
    return roster


def of_vault(db: Connection, vault_id: str, checked: Roster | None = None) -> Roster:
    """Return the roster that stands in a vault; nobody before there was one (see ``table.read``).

    Raises:
        BrokenRosterError: It does not hold.
    """
    if migrate.version(db) < table.SCHEMA:
        return Roster(vault_id)
    try:
        return table.read(db, vault_id, checked)
    except ValueError as error:
        raise BrokenRosterError from error


def is_coordinator(db: Connection, roster: Roster, slot: Slot) -> bool:
    """Tell whether whoever comes in is one; before the roster, where slot and vault say so."""
    if roster.statements:
        member = roster.active(slot.user_id)
        return member is not None and member.role is Role.COORDINATOR
    user = user_rows.find_active(db, slot.user_id)
    return user is not None and user.role is slot.role is Role.COORDINATOR


def user_of(db: Connection, said: Roster, slot: Slot, root: str) -> User:
    """Return who comes in: by the roster, or before there is one by the tables."""
    roster = agreed(db, said, slot, root)
    member = roster.members.get(slot.user_id)
    user = member.user if member else user_rows.find_active(db, slot.user_id)
    assert user is not None, "who is not there was refused before"
    return user


def findings(db: Connection, roster: Roster, file: SlotFile) -> list[str]:
    """Return what in key file and vault is not as the roster says, as sentences."""
    if not roster.statements:
        return []
    unsigned = {
        _called(roster, slot.user_id)
        for slot in file.slots
        if (member := roster.members.get(slot.user_id)) is None or not is_hers(member, slot)
    }
    found = [
        _("The key files have an entry for {who} that was not signed.").format(who=who)
        for who in sorted(unsigned)
    ]
    times = Counter(slot.user_id for slot in file.slots if slot.user_id in roster.members)
    twice = sorted(user_id for user_id, count in times.items() if count > 1)
    found += [
        _("The key files have two entries for {who}.").format(who=_called(roster, user_id))
        for user_id in twice
    ]
    return found + [
        _("What the vault says of {who} is not what was signed.").format(who=_called(roster, each))
        for each in table.differences(db, of_vault(db, roster.vault_id, roster))
    ]


def _called(roster: Roster, user_id: str) -> str:
    """Return the user name of somebody; the id of a stranger is a text of whoever put it there."""
    member = roster.members.get(user_id)
    return member.name if member else _("somebody nobody signed for")


def words(roster: Roster, slot: Slot) -> str:
    """Return the six words that two people compare before somebody is let in.

    They stand for everything that will be signed: who she is, as what, and with which keys. Empty
    while she has no passphrase of her own, or where the roster does not know her.
    """
    member = roster.members.get(slot.user_id)
    if member is None or not slot.own or slot.format == UNSIGNED:
        return ""
    said = (member.id, member.name, member.role.value)
    public = slot.public.sealing.hex(), slot.public.signing.hex()
    return words_of(message("let-in", roster.vault_id, *said, *public))


def _let_pass_unsigned(db: Connection, said: Roster, slot: Slot) -> None:
    """Let pass who is in the tables of a vault that has no roster yet.

    Where the key file has one, a crash fell between the two while it was founded. Nothing but the
    slot of whoever founded it tells that it is the right one: she goes on, and others wait for her.
    """
    user = user_rows.find_active(db, slot.user_id)
    if user is None:
        raise WrongPassphraseError
    if said.statements:
        if slot.format == UNSIGNED:
            raise NoRosterYetError
        if said.statements[0].by != user.id or user.role is not Role.COORDINATOR:
            raise RefusedSlotError
    elif slot.format != UNSIGNED:
        raise RefusedSlotError
    if migrate.version(db) < keyring.SCHEMA:
        return
    known = keyring.public_of(db, slot.user_id)
    if known is not None and known != slot.public.sealing:
        raise RefusedSlotError
