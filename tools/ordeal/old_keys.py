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
    made = list(file.slots)
    for account in accounts:
        (slot,) = file.slots_of(account.name)
        made[file.slots.index(slot)] = _old(file.vault_id, slot, vault_key, account)
    slot_files.write(vault, replace(file, slots=tuple(made)), [slots.mac_key(vault_key)])


def _old(vault_id: str, slot: Slot, vault_key: bytes, account: Account) -> Slot:
    payload = vault_key + account.private
    number = slots.OLD_FORMATS[len(payload)]
    named = replace(slot, name=account.name, title=account.name)
    bare = replace(named, format=number, public=b"", boxes=(), key_file=False, own=True)
    slot_key = bare.derive(account.passphrase)
    nonce, sealed = keys.seal(payload, slot_key, bare.bound(vault_id))
    return replace(bare, nonce=nonce, sealed=sealed)
