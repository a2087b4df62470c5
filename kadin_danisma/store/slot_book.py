"""The key files of an open vault, in the hands of somebody who holds its key."""

from dataclasses import replace
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.records import User
from kadin_danisma.store import keys, meta, roster, slot_files, slots, user_rows
from kadin_danisma.store.opening import Unlocked
from kadin_danisma.store.slots import Slot, SlotFile


class SlotBook:
    """Makes, exchanges and drops slots; who may do so is not its business.

    Args:
        vault: The vault file.
        unlocked: What the signed-in person's passphrase brought out.

    Attributes:
        file: What the key files say.
        private: The private key of whoever is signed in.
    """

    def __init__(self, vault: Path, unlocked: Unlocked) -> None:
        self._vault = vault
        self._key = unlocked.key
        self._user_id = unlocked.slot.user_id
        self.file = unlocked.slots
        self.private = unlocked.private

    @property
    def mine(self) -> Slot:
        """The slot of whoever is signed in.

        Raises:
            StopIteration: Never while she is signed in: her slot cannot be dropped by herself.
        """
        return next(slot for slot in self.file.slots if slot.user_id == self._user_id)

    def make(
        self,
        user: User,
        passphrase: str,
        private: bytes,
        *,
        key_file: bytes | None = None,
        own: bool = False,
    ) -> Slot:
        """Return a new slot that opens the vault; takes as long as a sign-in.

        Make it before writing, which keeps others waiting (arguments: ``slots.make_slot``).
        """
        made = slots.make_slot(
            self.file.vault_id,
            user,
            passphrase,
            private,
            keys.suitable_kdf(),
            key_file=key_file,
            own=own,
        )
        return self.filled(made)

    def filled(self, slot: Slot) -> Slot:
        """Return a slot with what its person may hold sealed to her."""
        holding = slots.holding_of(slot.role)
        share = slots.share(holding, self._key, self.file.headers[0])
        return slot.holds(self.file.vault_id, holding, [share])

    def take_up(self, vault_key: bytes, file: SlotFile) -> None:
        """Go on with another key of the vault, and what the key files say of it."""
        self._key = vault_key
        self.file = file

    def put(self, db: Connection, slot: Slot) -> None:
        """Add a person's slot or replace it, inside the transaction that concerns her."""
        self.write(db, self.file.with_slot(slot))

    def drop(self, db: Connection, user_id: str) -> None:
        """Take a person's slot away, inside the transaction that notes her leaving."""
        self.write(db, self.file.without(user_id))

    def write(self, db: Connection, file: SlotFile) -> None:
        """Write the key files first: after a crash they are ahead of the vault, never behind."""
        names = roster.names_of(user_rows.all_of(db))
        sealed = roster.seal(names, slots.mac_key(self._key), file.vault_id)
        self.write_files(replace(file, roster=sealed))
        meta.write(db, meta.KEYS_GENERATION, str(file.generation))

    def write_files(self, file: SlotFile) -> None:
        """Write both key files."""
        slot_files.write(self._vault, file, [slots.mac_key(self._key)])
        self.file = file

    def opens_with(self, passphrase: str, key_file: bytes | None = None) -> bool:
        """Tell whether this is the passphrase of whoever is signed in."""
        return self.private_of(self._user_id, passphrase, key_file) is not None

    def private_of(
        self, user_id: str, passphrase: str, key_file: bytes | None = None
    ) -> bytes | None:
        """Return the private key that a person's passphrase opens, empty in a slot of old.

        Returns:
            None where it is not her passphrase; takes as long as a sign-in.
        """
        slot = self.file.slot_of_user(user_id)
        if slot is None:
            return None
        opened = slot.open(self.file.vault_id, slot.derive(passphrase, key_file))
        return None if opened is None else opened.private
