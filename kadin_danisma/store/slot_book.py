"""The key files and the roster of an open vault, in the hands of somebody who holds its key."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.records import User
from kadin_danisma.store import identifying, keys, meta, slot_copies, slot_files, slots
from kadin_danisma.store.failures import RefusedSlotError
from kadin_danisma.store.identity import Identity
from kadin_danisma.store.roster import envelope, table
from kadin_danisma.store.roster.chain import Roster, stated
from kadin_danisma.store.roster.statement import Subject
from kadin_danisma.store.signing import Author
from kadin_danisma.store.slots import Holding, Slot, SlotFile
from kadin_danisma.store.unlocking import Unlocked


class SlotBook:
    """Makes, exchanges and drops slots, each together with the statement that is about it.

    Args:
        vault: The vault file.
        unlocked: What the signed-in person's passphrase brought out.
        roster: Who is who.
        now: Returns the present moment, which a statement carries.

    Attributes:
        file: What the key files say.
        roster: Who is who.
        identity: The private keys of whoever is signed in.
    """

    def __init__(
        self, vault: Path, unlocked: Unlocked, roster: Roster, now: Callable[[], datetime]
    ) -> None:
        self._vault = vault
        self._key = unlocked.key
        self._user_id = unlocked.slot.user_id
        self._now = now
        self.file = unlocked.slots
        self.roster = roster
        self.identity = unlocked.identity
        self._author: Author | None = None

    @property
    def private(self) -> bytes:
        """The key with which whoever is signed in opens what is sealed to her."""
        return self.identity.sealing

    @property
    def author(self) -> Author:
        """Whoever is signed in, as somebody who signs; made anew where she has other keys."""
        if self._author is None or self._author.seed != self.identity.signing:
            self._author = Author(self._user_id, self.file.vault_id, self.identity.signing)
        return self._author

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
        identity: Identity,
        *,
        key_file: bytes | None = None,
        own: bool = False,
    ) -> Slot:
        """Return a new slot, with nothing in it of the vault yet; takes as long as a sign-in.

        Make it before writing, which keeps others waiting (arguments: ``slots.make_slot``).
        """
        return slots.make_slot(
            self.file.vault_id,
            user,
            passphrase,
            identity,
            keys.suitable_kdf(),
            root=self.roster.root,
            key_file=key_file,
            own=own,
        )

    def stating(self, *subjects: Subject) -> Roster:
        """Return the roster with what whoever is signed in says; nothing is written.

        Raises:
            NotAllowedError: She may not say that.
        """
        at = self._now().isoformat(timespec="seconds")
        return stated(self.roster, self.author, at, subjects)

    def put(self, db: Connection, slot: Slot, roster: Roster) -> None:
        """Add a person's slot or replace it, inside the transaction that concerns her."""
        self.write(db, self.file.with_slot(self.filled(slot, roster)), roster)

    def drop(self, db: Connection, user_id: str, roster: Roster) -> None:
        """Take a person's slot away, inside the transaction that notes her leaving."""
        self.write(db, self.file.without(user_id), roster)

    def filled(self, slot: Slot, roster: Roster) -> Slot:
        """Return a slot with what its person may hold by the roster sealed to her.

        Raises:
            RefusedSlotError: The roster names other keys for her, or does not let her in.
        """
        member = roster.active(slot.user_id)
        if roster.statements:
            if member is None or member.public.sealing != slot.public.sealing:
                raise RefusedSlotError
            holding = slots.holding_of(member.role)
        else:
            assert slot.role is not None
            holding = slots.holding_of(slot.role)
        share = slots.share(holding, self._key, self.file.headers[0])
        return slot.holds(self.file.vault_id, holding, [share])

    def take_up(self, vault_key: bytes, file: SlotFile) -> None:
        """Go on with another key of the vault, and what the key files say of it."""
        self._key = vault_key
        self.file = file

    def write(self, db: Connection, file: SlotFile, roster: Roster) -> list[str]:
        """Write the key files before the transaction is over.

        After a crash they are ahead of the vault, never behind.

        Returns:
            Whose rows in the vault said something else than the roster (``table.write``).
        """
        changed = table.write(db, roster) if roster.statements else []
        meta.write(db, meta.KEYS_GENERATION, str(file.generation))
        slot_copies.write(db, file)
        sealed = envelope.seal(roster.statements, slots.mac_key(self._key), file.vault_id)
        self.write_files(replace(file, roster=sealed))
        self.roster = roster
        return changed

    def write_files(self, file: SlotFile) -> None:
        """Write both key files."""
        slot_files.write(self._vault, file, [slots.mac_key(self._key)])
        self.file = file

    def forget_former(self) -> None:
        """Take the former private key of whoever is signed in out of the key files again."""
        if self.mine.former:
            bare = replace(self.mine, former=b"")
            others = [slot for slot in self.file.slots if slot.user_id != self._user_id]
            self.write_files(replace(self.file, slots=(*others, bare)))

    def is_hers(self, slot: Slot) -> bool:
        """Tell whether a slot is the one of whom it names, as the roster has her."""
        member = self.roster.members.get(slot.user_id)
        return member is not None and identifying.is_hers(member, slot)

    def holding_of(self, slot: Slot) -> Holding:
        """Return what the owner of a slot may hold by the roster."""
        member = self.roster.active(slot.user_id)
        return slots.holding_of(member.role) if member else Holding.WAITING

    def opens_with(self, passphrase: str, key_file: bytes | None = None) -> bool:
        """Tell whether this is the passphrase of whoever is signed in; takes as long as she."""
        slot_key = self.mine.derive(passphrase, key_file)
        return self.mine.open(self.file.vault_id, slot_key) is not None
