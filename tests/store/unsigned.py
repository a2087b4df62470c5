"""Vaults of before the roster with their key files of the third format, for tests of the way up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.records import User
from kadin_danisma.store import keyring, sealing, slot_files, slots, user_rows
from kadin_danisma.store.identity import Identity
from kadin_danisma.store.keyring import Grant
from kadin_danisma.store.keys import Kdf
from kadin_danisma.store.slots import Holding, Slot, SlotFile
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.store.disk import slot_file_of


@dataclass(frozen=True)
class Unsigned:
    """A closed vault as it was before the roster: schema 8, key files of the third format.

    Args:
        path: The vault.
        key: Its key.
        code: Its recovery code.
        ids: Its people, by their user names.
    """

    path: Path
    key: bytes
    code: str
    ids: dict[str, str]

    @property
    def file(self) -> SlotFile:
        """What its key files say."""
        return slot_file_of(self.path)

    def slot_of(self, name: str) -> Slot:
        """Return the slot of a user name."""
        (slot,) = self.file.slots_of(name)
        return slot

    def put(self, *slots_: Slot) -> None:
        """Write slots into its key files, as whoever has the key that seals them can."""
        file = self.file
        for slot in slots_:
            file = file.with_slot(slot)
        slot_files.write(self.path, file, [slots.mac_key(self.key)])

    def a_slot(
        self, user: User, holding: Holding, passphrase: str, private: bytes, *, own: bool = True
    ) -> Slot:
        """Return a slot of the third format with the boxes that go with what it holds."""
        identity = Identity(private, b"")
        made = slots.make_slot(
            self.file.vault_id, user, passphrase, identity, Kdf.for_tests(), root="", own=own
        )
        share = slots.share(holding, self.key, self.file.headers[0])
        return made.holds(self.file.vault_id, holding, [share])


def found_unsigned(
    path: Path,
    clock: Clock,
    *staff: User,
    waiting: Iterable[User] = (),
    fill: Callable[[Vault], object] = lambda _vault: None,
) -> Unsigned:
    """Make a vault of schema 8 with a coordinator ``derya``; all passphrases are ``PASSPHRASE``.

    Args:
        path: Where.
        clock: The present moment.
        staff: Colleagues, each with a key of her own.
        waiting: Accounts that IT made and nobody has let in.
        fill: Puts records into it.
    """
    vault, code = Vault.create(path, "Örnek Merkez", a_user(), PASSPHRASE, clock, schema=8)
    made = Unsigned(path, vault._key, code, {"derya": vault.user.id})
    new = []
    with vault.write() as db:
        for user in staff:
            private = sealing.new_private()
            user_rows.insert(db, user, clock.now(), vault.user.id)
            keyring.enrol(db, user.id, private)
            keyring.grant(db, vault.secrets, user, Grant(clock.now(), vault.user.id))
            new.append(made.a_slot(user, slots.holding_of(user.role), PASSPHRASE, private))
        for user in waiting:
            user_rows.insert(db, user, clock.now(), vault.user.id)
            new.append(made.a_slot(user, Holding.WAITING, PASSPHRASE, sealing.new_private()))
    fill(vault)
    made.ids.update({user.name: user.id for user in (*staff, *waiting)})
    vault.close()
    made.put(*new)
    return made
