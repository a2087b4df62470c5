"""A new recovery code in place of the old one: both open until the new one is verified.

At every moment at least one of them opens: ``begin`` only adds, ``complete`` only takes away, and
``complete`` is let through by the new code itself, read back from the key files on the disk.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.records import User
from kadin_danisma.domain.recovery import RECOVERY_NAME, Kind, RecoverySet
from kadin_danisma.errors import KnownError, WrongCredentialsError
from kadin_danisma.i18n import _
from kadin_danisma.store import keyring, meta, recovery, recovery_sets, sealing, user_rows
from kadin_danisma.store.identity import NO_KEYS, Identity
from kadin_danisma.store.keyring import Grant, Secrets
from kadin_danisma.store.roster.members import recovery_code
from kadin_danisma.store.roster.statement import DisciplineKey, State
from kadin_danisma.store.unlocking import Unlocked
from kadin_danisma.store.vault import Vault


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code whose paper nobody has typed back yet; it is kept nowhere but here."""

    set_id: str
    code: str


def standing(vault: Vault) -> list[RecoverySet]:
    """Return the sets that open the vault: the verified ones, and those being made."""
    with vault.read() as db:
        return _standing(vault, db)


def every(vault: Vault) -> list[RecoverySet]:
    """Return every set this vault ever had, the first one first."""
    with vault.read() as db:
        return recovery_sets.read(db)


def held(vault: Vault, set_id: str) -> frozenset[Discipline]:
    """Return the disciplines whose notes the sheets of a set open."""
    with vault.read() as db:
        waiting = {each for user, each in keyring.waiting(db) if user.id == set_id}
    return frozenset(Discipline) - waiting


def unused(vault: Vault) -> frozenset[Discipline]:
    """Return the disciplines that get new keys with the next code: nobody has theirs, nor a note.

    That is a vault whose first sheet was never typed back: its keys went with that sheet.
    """
    with vault.read() as db:
        sets = _standing(vault, db)
        if any(each.verified_at for each in sets):
            return frozenset()
        return frozenset(keyring.unused(db, [each.id for each in sets])) - vault.secrets.keys()


def begin(vault: Vault, secrets: Secrets) -> NewCode:
    """Add a new code beside the old one.

    Args:
        vault: The open vault.
        secrets: The keys of disciplines that the new code shall open: of whoever renews it, or of
            the old code.
    """
    _drop(vault, _unfinished(standing(vault)))
    code, identity, book = recovery.new_code(), Identity.new(), vault.slots
    member = recovery_code(len(every(vault)) + 1, identity.public)
    now, lost = vault.clock.now(), unused(vault)
    made = {each: sealing.new_private() for each in lost}
    remade = [DisciplineKey(each, sealing.public_of(secret)) for each, secret in made.items()]
    roster = book.stating(member, *remade)
    slot = book.make(member.user, code, identity, own=True)
    with vault.write() as db:
        keyring.clear(db, made)
        recovery_sets.add(db, RecoverySet(member.id, Kind.CODE, "", now))
        book.put(db, slot, roster)
        vault.audit(db, "recovery.begin", "")
        _grant(vault, db, {**keyring.unclaimed(db), **secrets, **made}, member.user)
    vault.secrets = {**vault.secrets, **made}
    return NewCode(member.id, code)


def complete(vault: Vault, set_id: str, kind: Kind, mark: str, typed: str) -> None:
    """Note that a new code was typed back from its paper, and take every older one away.

    Args:
        vault: The open vault.
        set_id: In whose name it opens.
        kind: On how many sheets it stands.
        mark: The mark of these sheets.
        typed: The code as it was read from the paper.

    Raises:
        WrongCredentialsError: What was typed is not the new code.
        KnownError: One of the key files could not be read back.
    """
    if not _reads_back(vault, typed, set_id).healthy:
        raise KnownError(
            _("The key files could not be read back whole. The sheets you had still open.")
        )
    older = [each for each in every(vault) if each.id != set_id and not each.replaced_at]
    now = vault.clock.now()
    with vault.write() as db:
        changes = {"kind": kind, "mark": mark, "verified_at": now, "tried_at": now}
        recovery_sets.note(db, set_id, **changes)
        vault.audit(db, "recovery.renew" if older else "recovery.verify", mark)
        keyring.claim(db, _person(db, set_id), Grant(now, vault.user.id))
    _drop(vault, older)
    vault.fix_anchor()


def abandon(vault: Vault) -> None:
    """Take away a new code that was never verified, where an older one opens the vault."""
    _drop(vault, _unfinished(standing(vault)))


def try_out(vault: Vault, typed: str) -> RecoverySet:
    """Note that a sheet was tried without using it, and return its set.

    Raises:
        WrongCredentialsError: It opens nothing here.
    """
    found = vault.unlocked_anew(RECOVERY_NAME, typed).slot.user_id
    with vault.write() as db:
        recovery_sets.note(db, found, tried_at=vault.clock.now())
        vault.audit(db, "recovery.try", "")
    return next(each for each in every(vault) if each.id == found)


def note_use(vault: Vault) -> None:
    """Note that whoever is signed in came in by recovery."""
    with vault.write() as db:
        recovery_sets.note(db, vault.user.id, tried_at=vault.clock.now())
        vault.audit(db, "recovery.use", "")


def _standing(vault: Vault, db: Connection) -> list[RecoverySet]:
    return [
        each
        for each in recovery_sets.read(db)
        if each.replaced_at is None and vault.slots.file.slot_of_user(each.id)
    ]


def _unfinished(sets: list[RecoverySet]) -> list[RecoverySet]:
    """Return what can go: sets never verified, but of several such ones not the oldest."""
    verified = [each for each in sets if each.verified_at]
    kept = verified or sets[:1]
    return [each for each in sets if each not in kept]


def _reads_back(vault: Vault, typed: str, set_id: str) -> Unlocked:
    """Return what a typed code opens, if that is in the name of this set."""
    try:
        found = vault.unlocked_anew(RECOVERY_NAME, typed)
    except WrongCredentialsError:
        raise WrongCredentialsError(_("This is not what is written on the new sheets.")) from None
    if found.slot.user_id != set_id:
        raise WrongCredentialsError(
            _("These are the older sheets. Please type what is written on the new ones.")
        )
    return found


def _drop(vault: Vault, sets: list[RecoverySet]) -> None:
    """Let sets open nothing any more; the key files go first, and a crash leaves fewer, not more.

    One transaction each: whatever moment a crash picks, every other set stands as it did.
    """
    for each in sets:
        member = vault.slots.roster.members[each.id]
        roster = vault.slots.stating(member.now(state=State.LEFT, public=NO_KEYS))
        with vault.write() as db:
            recovery_sets.note(db, each.id, replaced_at=vault.clock.now())
            # With its paper and the key files of an old backup the present file would still open.
            meta.write(db, meta.ROTATION_DUE, "1")
            vault.slots.drop(db, each.id, roster)
            vault.audit(db, "recovery.drop", "")


def _grant(vault: Vault, db: Connection, secrets: Mapping[Discipline, bytes], code: User) -> None:
    grant = Grant(vault.clock.now(), vault.user.id)
    for each in keyring.grant(db, secrets, code, grant):
        vault.audit(db, "key.grant", f"{each} {code.id}")


def _person(db: Connection, set_id: str) -> User:
    return next(user for user in user_rows.recovery_codes(db) if user.id == set_id)
