"""A person's slot: her private key under her passphrase, and beside it what is sealed to her.

Since the third format a slot's passphrase opens her private X25519 key alone. What she holds of the
vault lies in boxes sealed to her public key, so it can be exchanged for the next vault key without
anybody's passphrase (docs/decisions/0017). Slots of the first two formats hold the vault key itself
under the passphrase; they open, and are brought up when their person signs in.
"""

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from nacl.utils import random

from kadin_danisma.domain.records import User
from kadin_danisma.domain.recovery import is_recovery_name
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.text import fold
from kadin_danisma.errors import KeyFileNeededError, KnownError
from kadin_danisma.i18n import _
from kadin_danisma.store import keys, sealing
from kadin_danisma.store.keys import Kdf
from kadin_danisma.store.recovery import answers_to, secret_of

#: The format written today, and the oldest in which the vault key can be exchanged.
FORMAT = 3
#: By what lies under the passphrase in the older ones: the vault key; vault key and private key.
OLD_FORMATS = {keys.KEY_BYTES: 1, 2 * keys.KEY_BYTES: 2}
SEAL_BYTES = 16
_TRACE_BYTES = 8
#: The purpose of the subkey that seals the key file.
MAC_PURPOSE = "slots-mac"


#: What IT does with the key file, as it stands in the journal and then in the log.
ADDED, RESET, REMOVED, BACKED_UP = "user.add", "user.passphrase", "user.remove", "backup"
KEY_FILE_USED, KEY_FILE_DROPPED = "user.key_file.use", "user.key_file.drop"


def format_name(number: int) -> str:
    """Return how a format is named in a key file."""
    return f"kadin-danisma-keys/{number}"


class Holding(StrEnum):
    """What lies in the boxes beside a slot."""

    #: The vault key.
    VAULT = "vault"
    #: What looking after the vault takes: the keys that seal the key file and the pages.
    UPKEEP = "upkeep"
    #: Only the key that seals the key file: she waits to be let in, and can set her passphrase.
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a slot gave to the right passphrase."""

    #: Her private key; empty in a slot of the first format.
    private: bytes
    #: What she holds: one for each beginning that the vault file may have (see ``SlotFile``).
    held: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One person's place in the key file."""

    user_id: str
    #: Her user name; since the third format a trace of it, by which it is found and not read.
    name: str
    #: Empty since the third format: who works here stands in the vault alone.
    title: str
    role: Role
    salt: bytes
    kdf: Kdf
    nonce: bytes = b""
    sealed: bytes = b""
    format: int = FORMAT
    #: Whether a file on her stick is needed beside the passphrase.
    key_file: bool = False
    #: Whether she set the passphrase herself; else whoever did could open what lies in the boxes.
    own: bool = True
    public: bytes = b""
    holding: Holding = Holding.VAULT
    boxes: tuple[bytes, ...] = ()

    def derive(self, passphrase: str, key_file: bytes | None = None) -> bytes:
        """Return the key that a passphrase makes for this slot; takes as long as a sign-in.

        Args:
            passphrase: What was typed.
            key_file: The content of the file on the stick; not looked at where none is needed.

        Raises:
            KeyFileNeededError: One is needed.
        """
        if self.key_file and key_file is None:
            raise KeyFileNeededError(_("This account also needs its key file."))
        derived = keys.derive(secret_of(self.name, passphrase), self.salt, self.kdf)
        return keys.mixed(derived, key_file) if self.key_file and key_file else derived

    def filled(self, vault_id: str, slot_key: bytes, private: bytes) -> "Slot":
        """Return the slot in today's format with another private key in it, and no boxes."""
        named = self if self.format == FORMAT else _untold(self)
        bare = replace(named, format=FORMAT, public=sealing.public_of(private), boxes=())
        nonce, sealed = keys.seal(private, slot_key, bare.bound(vault_id))
        return replace(bare, nonce=nonce, sealed=sealed)

    def answers_to(self, typed: str) -> bool:
        """Tell whether this is the slot of a user name; names are compared folded."""
        if self.format < FORMAT or is_recovery_name(self.name):
            return answers_to(self.name, typed)
        return self.name == trace_of(typed, self.salt)

    def holds(self, vault_id: str, holding: Holding, held: Iterable[bytes]) -> "Slot":
        """Return the slot with other boxes, sealed to its public key; no passphrase is needed."""
        label = _label(vault_id, holding)
        boxes = tuple(sealing.seal(label + each, self.public) for each in held)
        return replace(self, holding=holding, boxes=boxes)

    def open(self, vault_id: str, slot_key: bytes) -> Opened | None:
        """Return what is inside for a slot key, or None: a wrong one, or the slot was changed."""
        payload = keys.unseal(self.sealed, self.nonce, slot_key, self.bound(vault_id))
        if payload is None:
            return None
        if self.format < FORMAT:
            return Opened(payload[keys.KEY_BYTES :], (payload[: keys.KEY_BYTES],))
        label = _label(vault_id, self.holding)
        contents = [sealing.unseal(box, payload) for box in self.boxes]
        held = [said.removeprefix(label) for said in contents if said and said.startswith(label)]
        return Opened(payload, tuple(held)) if len(held) == len(self.boxes) else None

    def described(self) -> dict[str, Any]:
        """Return what the slot says openly and is bound to its passphrase."""
        said = {
            "user": self.user_id,
            "name": self.name,
            "role": self.role.value,
            "salt": self.salt.hex(),
            "memory_mib": self.kdf.memory_mib,
            "passes": self.kdf.passes,
        }
        if self.format < FORMAT:
            return {**said, "title": self.title}
        return {**said, "key_file": self.key_file, "own": self.own, "public": self.public.hex()}

    def bound(self, vault_id: str) -> bytes:
        """Return what must not have changed for the slot to open."""
        said = {"format": format_name(self.format), "vault": vault_id, "slot": self.described()}
        return canonical(said)


@dataclass(frozen=True, slots=True)
class Entry:
    """What IT did with the key file; the next sign-in carries it into the log.

    Args:
        at: When, as ISO text.
        by: Whose id.
        action: What: ``user.add``.
        subject: To whom or what.
    """

    at: str
    by: str
    action: str
    subject: str


@dataclass(frozen=True, slots=True)
class SlotFile:
    """What a key file says."""

    vault_id: str
    #: The 16 bytes with which the vault file begins. While its key is being exchanged there are
    #: two of them, and as many boxes in each slot: those of the file as it is and as it will be.
    headers: tuple[bytes, ...]
    #: Grows with every change; the vault knows the one it saw last.
    generation: int
    slots: tuple[Slot, ...]
    journal: tuple[Entry, ...] = ()
    #: Names and titles, sealed (``store.roster``).
    roster: bytes = b""

    @property
    def format(self) -> int:
        """The newest format among the slots."""
        return max(slot.format for slot in self.slots)

    def slots_of(self, name: str) -> list[Slot]:
        """Return the slot of a user name, compared folded; for ``kurtarma`` every code's."""
        return [slot for slot in self.slots if slot.answers_to(name)]

    def slot_of_user(self, user_id: str) -> Slot | None:
        """Return the slot of a person, or None where she has none."""
        return next((slot for slot in self.slots if slot.user_id == user_id), None)

    def with_slots(self, slots: Iterable[Slot]) -> "SlotFile":
        """Return the next generation of the file."""
        return replace(self, generation=self.generation + 1, slots=tuple(slots))

    def with_slot(self, slot: Slot) -> "SlotFile":
        """Return the next generation, with a person's slot added or exchanged."""
        return self.with_slots([*self._others(slot.user_id), slot])

    def without(self, user_id: str) -> "SlotFile":
        """Return the next generation without a person's slot."""
        return self.with_slots(self._others(user_id))

    def for_copy(self, vault_key: bytes, header: bytes) -> "SlotFile":
        """Return the same slots for a copy of the vault, which begins with bytes of its own.

        The pages of the copy are sealed by another key, so IT gets that instead.
        """
        of_pages = [share(Holding.UPKEEP, vault_key, header)]
        slots = [
            slot.holds(self.vault_id, slot.holding, of_pages)
            if slot.holding is Holding.UPKEEP
            else slot
            for slot in self.slots
        ]
        return replace(self, headers=(header,), slots=tuple(slots))

    def place_of(self, header: bytes) -> int | None:
        """Return which of the beginnings this is, or None where it is none of them."""
        return self.headers.index(header) if header in self.headers else None

    def settled(self, place: int) -> "SlotFile":
        """Return the next generation for one of two beginnings: the exchange is over."""
        slots = [
            replace(slot, boxes=slot.boxes[place : place + 1]) if slot.boxes else slot
            for slot in self.slots
        ]
        return replace(self.with_slots(slots), headers=(self.headers[place],))

    def _others(self, user_id: str) -> list[Slot]:
        return [slot for slot in self.slots if slot.user_id != user_id]


def make_slot(
    vault_id: str,
    user: User,
    passphrase: str,
    private: bytes,
    kdf: Kdf,
    *,
    key_file: bytes | None = None,
    own: bool = True,
) -> Slot:
    """Return a new slot of a person, with no boxes yet; takes as long as a sign-in.

    Args:
        vault_id: The vault.
        user: The person.
        passphrase: Hers.
        private: Her private key.
        kdf: What guessing shall cost.
        key_file: The content of the file on her stick, if she is to need one.
        own: Whether she sets the passphrase herself.

    Raises:
        KnownError: The passphrase is empty.
    """
    if not passphrase.strip():
        raise KnownError(_("The passphrase is missing."))
    salt = random(keys.SALT_BYTES)
    needs_file = key_file is not None
    name = trace_of(user.name, salt)
    bare = Slot(user.id, name, "", user.role, salt, kdf, key_file=needs_file, own=own)
    return bare.filled(vault_id, bare.derive(passphrase, key_file), private)


def trace_of(name: str, salt: bytes) -> str:
    """Return what a key file says of a user name: enough to find the slot, too little to read it.

    A copy on a lost stick must not list who works here. Whoever guesses a name can confirm it.
    """
    if is_recovery_name(name):
        return name
    return hashlib.blake2b(fold(name).encode(), key=salt, digest_size=_TRACE_BYTES).hexdigest()


def mac_key(vault_key: bytes) -> bytes:
    """Return the key that seals the key file."""
    return keys.subkey(vault_key, MAC_PURPOSE)


def holding_of(role: Role) -> Holding:
    """Return what somebody holds who was let in: IT looks after the vault and cannot open it."""
    return Holding.UPKEEP if role is Role.IT else Holding.VAULT


def share(holding: Holding, vault_key: bytes, header: bytes) -> bytes:
    """Return what somebody holds of a vault file.

    Args:
        holding: What kind of thing she holds.
        vault_key: The key of the file.
        header: The bytes with which it begins.
    """
    if holding is Holding.VAULT:
        return vault_key
    sealing_pages = keys.page_seal_key(vault_key, header) if holding is Holding.UPKEEP else b""
    return mac_key(vault_key) + sealing_pages


def seals(holding: Holding, held: Sequence[bytes]) -> list[bytes]:
    """Return the keys that seal the key file, out of what somebody holds."""
    return [mac_key(each) if holding is Holding.VAULT else each[: keys.KEY_BYTES] for each in held]


def canonical(said: dict[str, Any]) -> bytes:
    """Return the one spelling of what is sealed."""
    return json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()


def same(one: bytes, other: bytes) -> bool:
    """Compare without telling by the time it takes how far two seals agree."""
    return hmac.compare_digest(one, other)


def _untold(slot: Slot) -> Slot:
    """Return a slot of old without the names it told."""
    return replace(slot, name=trace_of(slot.name, slot.salt), title="")


def _label(vault_id: str, holding: Holding) -> bytes:
    """Return what stands before a key in its box, so that it passes for no other kind of key."""
    return f"{holding} {vault_id} ".encode()
