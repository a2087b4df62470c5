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

#: A slot of the first format holds the vault key alone; since the discipline wall it also holds the
#: private key of its person. A file is of the newest format among its slots.
FORMATS = {keys.KEY_BYTES: "kadin-danisma-keys/1", 2 * keys.KEY_BYTES: "kadin-danisma-keys/2"}
ENDINGS = (".keys", ".keys2")
#: A key file of a hundred people is under 50 kB; anything far larger is none of ours.
_LARGEST_FILE = 1 << 20
_SEAL_BYTES = 16
_HEADER_BYTES = 16


class UnreadableError(ValueError):
    """A key file is damaged, or claims what no key file of ours does."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The vault key and a person's own private key under her passphrase."""

    user_id: str
    name: str
    title: str
    role: Role
    salt: bytes
    kdf: Kdf
    nonce: bytes
    sealed: bytes

    @property
    def payload_bytes(self) -> int:
        """Return how much the slot holds; one that holds nothing yet is of the first format."""
        return max(len(self.sealed) - _SEAL_BYTES, keys.KEY_BYTES)

    def filled(self, vault_id: str, slot_key: bytes, payload: bytes) -> "Slot":
        """Return the slot with a payload: the vault key, and the person's private key if any."""
        nonce, sealed = keys.seal(payload, slot_key, self._bound(vault_id, len(payload)))
        return replace(self, nonce=nonce, sealed=sealed)

    def _bound(self, vault_id: str, payload_bytes: int) -> bytes:
        """Return what must not have changed for the slot to open."""
        described = _slot_to_json(self)
        del described["nonce"], described["sealed"]
        said = {"format": FORMATS[payload_bytes], "vault": vault_id, "slot": described}
        return _canonical(said)

    def derive(self, passphrase: str) -> bytes:
        """Return the key that a passphrase makes for this slot; takes as long as a sign-in."""
        return keys.derive(secret_of(self.name, passphrase), self.salt, self.kdf)

    def open(self, vault_id: str, passphrase: str) -> bytes | None:
        """Return the payload, or None where the passphrase is wrong or the slot was changed."""
        return self.open_derived(vault_id, self.derive(passphrase))

    def open_derived(self, vault_id: str, slot_key: bytes) -> bytes | None:
        """Return the payload for a slot key that was derived before (see ``open``)."""
        bound = self._bound(vault_id, self.payload_bytes)
        return keys.unseal(self.sealed, self.nonce, slot_key, bound)


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


def make_slot(vault_id: str, user: User, passphrase: str, payload: bytes, kdf: Kdf) -> Slot:
    """Return a new slot of a person; takes as long as a sign-in.

    Args:
        vault_id: The vault.
        user: The person.
        passphrase: Hers.
        payload: The vault key and, after it, her private key.
        kdf: What guessing shall cost.

    Raises:
        KnownError: The passphrase is empty.
    """
    if not passphrase.strip():
        raise KnownError(_("The passphrase is missing."))
    salt = random(keys.SALT_BYTES)
    bare = Slot(user.id, user.name, user.title, user.role, salt, kdf, b"", b"")
    return bare.filled(vault_id, bare.derive(passphrase), payload)


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
        _require(said["format"] in FORMATS.values())
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
        "format": FORMATS[max(slot.payload_bytes for slot in file.slots)],
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
    _require(len(slot.nonce) == keys.NONCE_BYTES and len(slot.sealed) - _SEAL_BYTES in FORMATS)
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
