"""Founding the roster of a vault from before it, and bringing up the slots of its people.

The first coordinator who signs in signs for everybody whom the vault knows. Each gets a first
signing key, which waits in the key file, sealed to the key she has; at her own next sign-in she
signs with it that from now on another one is hers, which nobody else ever had.
"""

from dataclasses import replace

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.i18n import _
from kadin_danisma.store import keyring, sealing, signing, user_rows
from kadin_danisma.store.failures import RefusedSlotError
from kadin_danisma.store.identity import NO_KEYS, Identity, PublicKeys
from kadin_danisma.store.recovery import is_recovery
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.roster.rules import LONGEST_NAME
from kadin_danisma.store.roster.statement import DisciplineKey, Kind, Member, State
from kadin_danisma.store.slot_book import SlotBook
from kadin_danisma.store.slots import Holding, Slot, SlotFile
from kadin_danisma.store.unlocking import Unlocked


def found(db: Connection, book: SlotBook, unlocked: Unlocked) -> SlotFile:
    """State who is who in a vault that has no roster; the caller writes it.

    Args:
        db: The vault, just brought to today's schema.
        book: Its key files; takes up the new roster and the identity of whoever signs in.
        unlocked: What a coordinator's passphrase brought out.

    Returns:
        The key file with her slot brought up, and a first signing key for each of the others.
    """
    mine = unlocked.slot.user_id
    book.identity = replace(unlocked.identity, signing=signing.new_seed())
    users = {user.id: user for user in user_rows.everybody(db)}
    me = users.pop(mine)
    public, own = book.identity.public, unlocked.slot.own
    name, title = _line(me.name), _line(me.title)
    hers = Member(me.id, name, title, me.role, State.ACTIVE, public, _kind(mine), own)
    book.roster = book.stating(hers)
    others, enrolments = [], {}
    for user in users.values():
        slot = unlocked.slots.slot_of_user(user.id)
        state = State.WAITING if slot and user_rows.find_active(db, user.id) else State.LEFT
        name, title = _line(user.name), _line(user.title)
        bare = Member(user.id, name, title, user.role, state, NO_KEYS, _kind(user.id), own=False)
        if slot and state is State.WAITING and _is_known(db, user, slot):
            seed = signing.new_seed()
            public = PublicKeys(slot.public.sealing, signing.public_of(seed))
            bare = bare.now(state=State.ACTIVE, public=public)
            enrolments[user.id] = sealing.seal(seed, slot.public.sealing)
        others.append(bare)
    disciplines = [DisciplineKey(*each) for each in keyring.publics(db).items()]
    book.roster = book.stating(*others, *disciplines)
    file = replace(unlocked.slots, enrolments=tuple(enrolments.items()), journal=())
    return file.with_slot(brought_up(unlocked, book.identity, book.roster.root, file))


def founded_words(roster: Roster) -> str:
    """Return what whoever founded the roster is told once."""
    people = [each for each in roster.members.values() if each.kind is Kind.PERSON]
    active = sum(each.state is State.ACTIVE for each in people)
    waiting = sum(each.state is State.WAITING for each in people)
    return _(
        "This vault comes from an older version and was brought up to date. A copy of it as it "
        "was is beside it. From now on it is signed who works here, and you signed for everybody: "
        "{n} people sign in as before, {waiting} wait for approval. Please check the list under "
        "Administration, Users, and make new recovery sheets and a new backup."
    ).format(n=active, waiting=waiting)


def enrolled(file: SlotFile, unlocked: Unlocked, member: Member) -> Identity:
    """Return the keys of somebody whose first signing key waits for her.

    Raises:
        RefusedSlotError: It does not wait there, or is another one than the roster says.
    """
    seed = unlocked.unseal(file.enrolment_of(member.id))
    if seed is None or len(seed) != signing.SEED_BYTES:
        raise RefusedSlotError
    if signing.public_of(seed) != member.public.signing:
        raise RefusedSlotError
    return Identity(unlocked.identity.sealing, seed)


def brought_up(unlocked: Unlocked, identity: Identity, root: str, file: SlotFile) -> Slot:
    """Return a slot of the third format in today's, with what lay in its boxes."""
    made = unlocked.slot.filled(file.vault_id, unlocked.slot_key, identity, root)
    return replace(made, holding=unlocked.slot.holding, boxes=unlocked.slot.boxes)


def _is_known(db: Connection, user: User, slot: Slot) -> bool:
    """Tell whether a slot has the key that the vault knows of its person.

    Of IT, who never opens the vault, it may know an earlier one. Nobody else is let in so, as what
    looks like IT's place here would be given the key of the vault for what she is.
    """
    if user.role is Role.IT:
        return slot.holding is Holding.UPKEEP
    return slot.holding is Holding.VAULT and keyring.public_of(db, user.id) == slot.public.sealing


def _line(text: str) -> str:
    """Return a name as the roster takes it; older programs took what has no print as well."""
    return "".join(sign if sign.isprintable() else " " for sign in text)[:LONGEST_NAME]


def _kind(user_id: str) -> Kind:
    return Kind.RECOVERY if is_recovery(user_id) else Kind.PERSON
