"""The key files beside a vault: one slot a person, each holding the vault key under her passphrase.

``<vault>.keys`` and its second copy ``<vault>.keys2`` are JSON. A slot's ciphertext is bound to the
vault, the person, her role and the cost of guessing; the whole file carries a generation number and
a keyed checksum, so that nobody without the vault key can change, mix or thin out slots unnoticed.
"""

import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nacl.utils import random

from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.text import fold
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.store import keys
from kadin_danisma.store.files import beside, write_atomically
from kadin_danisma.store.keys import Kdf
from kadin_danisma.store.recovery import secret_of

FORMAT = "kadin-danisma-keys/1"
ENDINGS = (".keys", ".keys2")
#: A key file of a hundred people is under 50 kB; anything far larger is none of ours.
_LARGEST_FILE = 1 << 20
_SEALED_BYTES = keys.KEY_BYTES + 16
_HEADER_BYTES = 16


class UnreadableError(ValueError):
    """A key file is damaged, or claims what no key file of ours does."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The vault key under one person's passphrase."""

    user_id: str
    name: str
    title: str
    role: Role
    salt: bytes
    kdf: Kdf
    nonce: bytes
    sealed: bytes

    def bound(self, vault_id: str) -> bytes:
        """Return what must not have changed for the slot to open."""
        described = _slot_to_json(self)
        del described["nonce"], described["sealed"]
        return _canonical({"format": FORMAT, "vault": vault_id, "slot": described})

    def derive(self, passphrase: str) -> bytes:
        """Return the key that a passphrase makes for this slot; takes as long as a sign-in."""
        return keys.derive(secret_of(self.name, passphrase), self.salt, self.kdf)

    def open(self, vault_id: str, passphrase: str) -> bytes | None:
        """Return the vault key, or None where the passphrase is wrong or the slot was changed."""
        return self.open_derived(vault_id, self.derive(passphrase))

    def open_derived(self, vault_id: str, slot_key: bytes) -> bytes | None:
        """Return the vault key for a slot key that was derived before (see ``open``)."""
        return keys.unseal(self.sealed, self.nonce, slot_key, self.bound(vault_id))


@dataclass(frozen=True, slots=True)
class SlotFile:
    """What a key file says."""

    vault_id: str
    #: The 16 bytes with which the vault file of these slots begins.
    header: bytes
    #: Grows with every change; the vault knows the one it saw last.
    generation: int
    slots: tuple[Slot, ...]

    def slot_of(self, name: str) -> Slot | None:
        """Return the slot of a user name, compared folded."""
        return next((slot for slot in self.slots if fold(slot.name) == fold(name)), None)

    def slot_of_user(self, user_id: str) -> Slot | None:
        """Return the slot of a person, or None where she has none."""
        return next((slot for slot in self.slots if slot.user_id == user_id), None)

    def with_slots(self, slots: Iterable[Slot]) -> "SlotFile":
        """Return the next generation of the file."""
        return replace(self, generation=self.generation + 1, slots=tuple(slots))

    def for_copy(self, header: bytes) -> "SlotFile":
        """Return the same slots for a copy of the vault, which begins with bytes of its own."""
        return replace(self, header=header)


def make_slot(vault_id: str, user: User, passphrase: str, vault_key: bytes, kdf: Kdf) -> Slot:
    """Return a new slot of a person; takes as long as a sign-in.

    Raises:
        KnownError: The passphrase is empty.
    """
    if not passphrase.strip():
        raise KnownError(_("The passphrase is missing."))
    salt = random(keys.SALT_BYTES)
    bare = Slot(user.id, user.name, user.title, user.role, salt, kdf, b"", b"")
    nonce, sealed = keys.seal(vault_key, bare.derive(passphrase), bare.bound(vault_id))
    return replace(bare, nonce=nonce, sealed=sealed)


def paths(vault: Path) -> tuple[Path, ...]:
    """Return where the key file of a vault and its second copy lie."""
    return tuple(beside(vault, ending) for ending in ENDINGS)


def encode(file: SlotFile, vault_key: bytes) -> bytes:
    """Return the bytes of a key file, sealed with the vault key."""
    said = _file_to_json(file)
    said["mac"] = _mac(said, vault_key).hex()
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def decode(content: bytes) -> SlotFile:
    """Read a key file without trusting it yet.

    Raises:
        UnreadableError: It is damaged, or a slot claims a cost below the floor.
    """
    try:
        said = json.loads(content)
        _require(said["format"] == FORMAT)
        slots = tuple(_slot_from_json(slot) for slot in said["slots"])
        header = bytes.fromhex(said["header"])
        bytes.fromhex(said["mac"])
        _require(len(header) == _HEADER_BYTES and bool(slots))
        return SlotFile(_text(said["vault"]), header, _whole(said["generation"]), slots)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise UnreadableError from error


def is_genuine(content: bytes, vault_key: bytes) -> bool:
    """Tell whether the holder of the vault key wrote this key file, to the last sign."""
    said = json.loads(content)
    mac = bytes.fromhex(said.pop("mac"))
    return hmac.compare_digest(mac, _mac(said, vault_key))


def write(vault: Path, file: SlotFile, vault_key: bytes) -> None:
    """Write both copies; at any moment one of them is whole."""
    content = encode(file, vault_key)
    for path in paths(vault):
        write_atomically(path, content)


def read_copies(vault: Path) -> list[bytes]:
    """Return the contents of the copies that are there, first and second."""
    found = []
    for path in paths(vault):
        try:
            with path.open("rb") as file:
                found.append(file.read(_LARGEST_FILE))
        except FileNotFoundError:
            continue
    return found


def _mac(said: dict[str, Any], vault_key: bytes) -> bytes:
    return keys.mac(keys.subkey(vault_key, "slots-mac"), _canonical(said))


def _canonical(said: dict[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def _file_to_json(file: SlotFile) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "vault": file.vault_id,
        "header": file.header.hex(),
        "generation": file.generation,
        "slots": [_slot_to_json(slot) for slot in file.slots],
    }


def _slot_to_json(slot: Slot) -> dict[str, Any]:
    return {
        "user": slot.user_id,
        "name": slot.name,
        "title": slot.title,
        "role": slot.role.value,
        "salt": slot.salt.hex(),
        "memory_mib": slot.kdf.memory_mib,
        "passes": slot.kdf.passes,
        "nonce": slot.nonce.hex(),
        "sealed": slot.sealed.hex(),
    }


def _slot_from_json(said: dict[str, Any]) -> Slot:
    slot = Slot(
        _text(said["user"]),
        _text(said["name"]),
        _text(said["title"]),
        Role(said["role"]),
        bytes.fromhex(said["salt"]),
        Kdf(_whole(said["memory_mib"]), _whole(said["passes"])),
        bytes.fromhex(said["nonce"]),
        bytes.fromhex(said["sealed"]),
    )
    _require(len(slot.salt) == keys.SALT_BYTES)
    _require(len(slot.nonce) == keys.NONCE_BYTES and len(slot.sealed) == _SEALED_BYTES)
    return slot


def _text(value: object) -> str:
    _require(isinstance(value, str))
    return str(value)


def _whole(value: object) -> int:
    _require(isinstance(value, int) and not isinstance(value, bool))
    return int(str(value))


def _require(condition: bool) -> None:  # noqa: FBT001 (reads as a sentence)
    if not condition:
        raise ValueError
