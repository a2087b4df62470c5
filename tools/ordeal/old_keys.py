"""Key files as older programs wrote them: the vault key itself under each passphrase."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from kadin_danisma.store import keys, slot_files, slots
from kadin_danisma.store.slots import Slot


@dataclass(frozen=True, slots=True)
class Account:
    """A person whose slot is written in an older format.

    Args:
        name: Her user name.
        passphrase: Her passphrase.
        private: Her private key; without one the slot is of the first format, with one the second.
    """

    name: str
    passphrase: str
    private: bytes = b""


def put_old_slots(vault: Path, vault_key: bytes, accounts: Iterable[Account]) -> None:
    """Write the slots of some people beside a closed vault as they once were."""
    file = slot_files.decode(slot_files.read_copies(vault)[0])
    by_name = {account.name: account for account in accounts}
    made = [
        _old(file.vault_id, slot, vault_key, by_name[slot.name]) if slot.name in by_name else slot
        for slot in file.slots
    ]
    slot_files.write(vault, replace(file, slots=tuple(made)), [slots.mac_key(vault_key)])


def _old(vault_id: str, slot: Slot, vault_key: bytes, account: Account) -> Slot:
    payload = vault_key + account.private
    number = slots.OLD_FORMATS[len(payload)]
    bare = replace(slot, format=number, public=b"", boxes=(), key_file=False, own=True)
    slot_key = bare.derive(account.passphrase)
    nonce, sealed = keys.seal(payload, slot_key, bare.bound(vault_id))
    return replace(bare, nonce=nonce, sealed=sealed)
