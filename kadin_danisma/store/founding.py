"""Making a new vault: file, first person, recovery code; it gets its name when it is whole."""

from dataclasses import replace
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.records import User, new_id
from kadin_danisma.store import (
    audit,
    keyring,
    keys,
    meta,
    migrate,
    recovery,
    sealing,
    second_anchor,
    slot_copies,
    slot_files,
    slots,
    user_rows,
)
from kadin_danisma.store.connection import SALT_BYTES, Mode, connected, transaction
from kadin_danisma.store.copies import refuse_existing
from kadin_danisma.store.files import beside, create_private, make_folder, move_into_place
from kadin_danisma.store.identity import Identity
from kadin_danisma.store.keyring import Grant, Secrets
from kadin_danisma.store.keys import Kdf
from kadin_danisma.store.roster import envelope, table
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.roster.members import person, recovery_code, refuse_name
from kadin_danisma.store.roster.statement import DisciplineKey, Subject
from kadin_danisma.store.signing import Author
from kadin_danisma.store.slots import Holding, Slot, SlotFile
from kadin_danisma.store.unfinished import clear_unfinished, companions
from kadin_danisma.store.unlocking import Unlocked


def found_vault(
    path: Path,
    centre: str,
    user: User,
    passphrase: str,
    clock: Clock,
    *,
    kdf: Kdf,
    demo: bool,
    schema: int | None,
) -> tuple[Unlocked, str]:
    """Write a new vault and its key files (arguments: ``Vault.create``).

    Returns:
        What opens it, and the recovery code.

    Raises:
        VaultExistsError: Something lies there already.
        KnownError: Her name or passphrase is missing, or the name is kept for recovery codes.
    """
    clear_unfinished(path)
    refuse_existing(path)
    make_folder(path.parent)
    key, code, vault_id = keys.new_vault_key(), recovery.new_code(), new_id()
    refuse_name(Roster(vault_id), user.name, user.title)
    first = _Founding(vault_id, user, has_roster=(schema or table.SCHEMA) >= table.SCHEMA)
    roster = first.roster(clock)
    made = first.slots(key, kdf, roster.root, passphrase, code)
    secrets: Secrets = {}
    part = beside(path, ".part")
    part.unlink(missing_ok=True)
    try:
        create_private(part)
        with connected(part, key, Mode.COPY) as db:
            migrate.migrate(db, key, schema)
            with transaction(db):
                _describe(db, vault_id, centre, clock, demo=demo)
                meta.write(db, meta.OWN_FILE, _beginning(part).hex())
                if (schema or keyring.SCHEMA) >= keyring.SCHEMA:
                    secrets = keyring.unclaimed(db)
                roster = first.write_people(db, roster, secrets, clock)
                slot_file = SlotFile(vault_id, (_beginning(part),), 1, made)
                slot_copies.write(db, slot_file)
                first.log(db, audit.key_of(db, key), clock)
            db.execute("PRAGMA journal_mode = WAL")
        mac_key = slots.mac_key(key)
        sealed = envelope.seal(roster.statements, mac_key, vault_id)
        slot_file = replace(slot_file, roster=sealed)
        slot_files.write(path, slot_file, [mac_key])
        move_into_place(part, path)
    except BaseException:
        journals = (beside(part, "-journal"), beside(part, "-wal"))
        for leftover in (part, *journals, *slot_files.paths(path)):
            leftover.unlink(missing_ok=True)
        raise
    unlocked = Unlocked(
        slot_file, made[0], key, healthy=True, identity=first.hers, roster=roster, secrets=secrets
    )
    return unlocked, code


def unmake(path: Path) -> None:
    """Take away a closed vault in which nothing stands yet, with all that lies beside it."""
    for made in (path, *companions(path), beside(path, "-wal")):
        made.unlink(missing_ok=True)
    second_anchor.forget(path)


class _Founding:
    """The first two who come in: a coordinator and the recovery code.

    Args:
        vault_id: The vault.
        user: The coordinator.
        has_roster: Whether the schema knows the roster; older ones are made by tests and the
            self-test, to be brought up.
    """

    def __init__(self, vault_id: str, user: User, *, has_roster: bool) -> None:
        self.user = user
        self.hers, self.of_code = Identity.new(), Identity.new()
        self.code = recovery_code(1, self.of_code.public)
        self._vault_id = vault_id
        self._has_roster = has_roster
        if not has_roster:
            self.hers = replace(self.hers, signing=b"")
            self.of_code = replace(self.of_code, signing=b"")

    def roster(self, clock: Clock) -> Roster:
        """Return the roster with its root; nobody where the schema does not know one."""
        bare = Roster(self._vault_id)
        if not self._has_roster:
            return bare
        return bare.stating(self.author, _moment(clock), person(self.user, self.hers.public))

    def slots(
        self, key: bytes, kdf: Kdf, root: str, passphrase: str, code: str
    ) -> tuple[Slot, ...]:
        """Return the slots of both, with the key of the vault in them."""
        people = ((self.user, passphrase, self.hers), (self.code.user, code, self.of_code))
        return tuple(
            slots.make_slot(self._vault_id, user, secret, identity, kdf, root=root).holds(
                self._vault_id, Holding.VAULT, [key]
            )
            for user, secret, identity in people
        )

    def write_people(
        self, db: Connection, roster: Roster, secrets: Secrets, clock: Clock
    ) -> Roster:
        """Write who comes in, and seal the keys of the disciplines to the recovery code.

        Returns:
            The roster of the vault.
        """
        if self._has_roster:
            keys_of = [
                DisciplineKey(each, sealing.public_of(secret)) for each, secret in secrets.items()
            ]
            subjects: list[Subject] = [self.code, *keys_of]
            for subject in subjects:
                roster = roster.stating(self.author, _moment(clock), subject)
            table.write(db, roster)
        else:
            for user, identity in ((self.user, self.hers), (self.code.user, self.of_code)):
                user_rows.insert(db, user, clock.now(), self.user.id)
                if secrets:
                    keyring.enrol(db, user.id, identity.sealing)
        if secrets:
            keyring.claim(db, self.code.user, Grant(clock.now(), self.user.id))
        return roster

    def log(self, db: Connection, chain_key: bytes, clock: Clock) -> None:
        """Write the first line of the log."""
        audit.add(db, chain_key, self.user, clock.now(), "vault.create", "", author=self.author)

    @property
    def author(self) -> Author:
        """The coordinator, as somebody who signs."""
        return Author(self.user.id, self._vault_id, self.hers.signing)


def _moment(clock: Clock) -> str:
    return clock.now().isoformat(timespec="seconds")


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(SALT_BYTES)


def _describe(db: Connection, vault_id: str, centre: str, clock: Clock, *, demo: bool) -> None:
    """Write what the vault says of itself."""
    meta.write(db, meta.VAULT_ID, vault_id)
    meta.write(db, meta.CENTRE, centre)
    meta.write(db, meta.DEMO, "1" if demo else "0")
    meta.write(db, meta.CREATED_AT, clock.now().isoformat(timespec="seconds"))
    meta.write(db, meta.KEYS_GENERATION, "1")
