"""Making a new vault: file, first person, recovery code; it gets its name when it is whole."""

from collections.abc import Mapping
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.records import User, new_id
from kadin_danisma.domain.role import Role
from kadin_danisma.i18n import _
from kadin_danisma.store import (
    audit,
    keyring,
    keys,
    meta,
    migrate,
    recovery,
    sealing,
    slot_files,
    slots,
    user_rows,
)
from kadin_danisma.store.connection import SALT_BYTES, Mode, connected, transaction
from kadin_danisma.store.copies import clear_unfinished, refuse_existing
from kadin_danisma.store.files import beside, create_private, make_folder, move_into_place
from kadin_danisma.store.keyring import Grant, Secrets
from kadin_danisma.store.keys import Kdf
from kadin_danisma.store.opening import Unlocked
from kadin_danisma.store.slots import Holding, SlotFile


def recovery_user(number: int = 1) -> User:
    """Return the person in whose name the so-manyth recovery code opens the vault."""
    return User(
        id=recovery.id_of(number),
        name=recovery.name_of(number),
        title=_("Recovery code"),
        role=Role.COORDINATOR,
    )


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
    """
    clear_unfinished(path)
    refuse_existing(path)
    make_folder(path.parent)
    key, code, vault_id = keys.new_vault_key(), recovery.new_code(), new_id()
    has_wall = (schema or keyring.SCHEMA) >= keyring.SCHEMA
    privates = {each: sealing.new_private() for each in (user.id, recovery.RECOVERY_ID)}
    made = tuple(
        slots.make_slot(vault_id, person, secret, privates[person.id], kdf).holds(
            vault_id, Holding.VAULT, [key]
        )
        for person, secret in ((user, passphrase), (recovery_user(), code))
    )
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
                for person in (user, recovery_user()):
                    user_rows.insert(db, person, clock.now(), user.id)
                if has_wall:
                    secrets = _close_the_wall(db, privates, Grant(clock.now(), user.id))
                audit.add(db, audit.key_of(db, key), user, clock.now(), "vault.create", "")
            db.execute("PRAGMA journal_mode = WAL")
        slot_file = SlotFile(vault_id, (_beginning(part),), 1, made)
        slot_files.write(path, slot_file, [slots.mac_key(key)])
        move_into_place(part, path)
    except BaseException:
        journals = (beside(part, "-journal"), beside(part, "-wal"))
        for leftover in (part, *journals, *slot_files.paths(path)):
            leftover.unlink(missing_ok=True)
        raise
    unlocked = Unlocked(
        slot_file, made[0], key, healthy=True, private=privates[user.id], secrets=secrets
    )
    return unlocked, code


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


def _close_the_wall(db: Connection, privates: Mapping[str, bytes], grant: Grant) -> Secrets:
    """Note the first key pairs and seal the keys of the disciplines to the recovery code.

    Returns:
        Those keys, for as long as the founding process runs.
    """
    secrets = keyring.unclaimed(db)
    for user_id, private in privates.items():
        keyring.enrol(db, user_id, private)
    keyring.claim(db, recovery_user(), grant)
    return secrets
