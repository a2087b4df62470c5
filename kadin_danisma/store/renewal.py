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
from kadin_danisma.store.founding import recovery_user
from kadin_danisma.store.keyring import Grant, Secrets
from kadin_danisma.store.opening import Unlocked
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
    code, private = recovery.new_code(), sealing.new_private()
    person = recovery_user(len(every(vault)) + 1)
    slot = vault.slots.make(person, code, private, own=True)
    now, lost = vault.clock.now(), unused(vault)
    with vault.write() as db:
        made = keyring.remake(db, lost)
        user_rows.insert(db, person, now, vault.user.id)
        recovery_sets.add(db, RecoverySet(person.id, Kind.CODE, "", now))
        vault.slots.put(db, slot)
        vault.audit(db, "recovery.begin", "")
        keyring.enrol(db, person.id, private)
        _grant(vault, db, {**keyring.unclaimed(db), **secrets, **made}, person.id)
    vault.secrets = {**vault.secrets, **made}
    return NewCode(person.id, code)


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
        raise WrongCredentialsError(_("This is not what stands on the new sheets.")) from None
    if found.slot.user_id != set_id:
        raise WrongCredentialsError(
            _("These are the older sheets. Please type what stands on the new ones.")
        )
    return found


def _drop(vault: Vault, sets: list[RecoverySet]) -> None:
    """Let sets open nothing any more; the key files go first, and a crash leaves fewer, not more.

    One transaction each: whatever moment a crash picks, every other set stands as it did.
    """
    for each in sets:
        now = vault.clock.now()
        with vault.write() as db:
            user_rows.deactivate(db, each.id, now, vault.user.id)
            keyring.leave(db, each.id)
            recovery_sets.note(db, each.id, replaced_at=now)
            # With its paper and the key files of an old backup the present file would still open.
            meta.write(db, meta.ROTATION_DUE, "1")
            vault.audit(db, "recovery.drop", "")
            if vault.slots.file.slot_of_user(each.id):
                vault.slots.drop(db, each.id)


def _grant(vault: Vault, db: Connection, secrets: Mapping[Discipline, bytes], set_id: str) -> None:
    grant = Grant(vault.clock.now(), vault.user.id)
    for each in keyring.grant(db, secrets, _person(db, set_id), grant):
        vault.audit(db, "key.grant", f"{each} {set_id}")


def _person(db: Connection, set_id: str) -> User:
    return next(user for user in user_rows.recovery_codes(db) if user.id == set_id)
