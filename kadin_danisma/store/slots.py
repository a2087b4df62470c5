"""A person's slot: her private keys under her passphrase, and beside it what is sealed to her.

A slot's passphrase opens her two private keys and the root of the roster, and nothing else. What
she holds of the vault lies in boxes sealed to her public key, so it can be exchanged for the next
vault key without anybody's passphrase (docs/decisions/0017). Who she is stands in the roster alone
(docs/decisions/0037). A slot of the third format has no signing key yet; it opens, and is brought
up when its person signs in.
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
from kadin_danisma.store.identity import IDENTITY_BYTES, NO_KEYS, Identity, PublicKeys
from kadin_danisma.store.journal import Entry
from kadin_danisma.store.keys import Kdf
from kadin_danisma.store.recovery import answers_to, secret_of

#: The format written today, and the one before it, in which nobody could sign.
FORMAT = 4
UNSIGNED = 3
SEAL_BYTES = 16
ROOT_BYTES = 32
_TRACE_BYTES = 8
#: The purpose of the subkey that seals the key file.
MAC_PURPOSE = "slots-mac"


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


#: How much lies in each box: anybody can seal something to a public key.
_HELD_BYTES = {
    Holding.VAULT: keys.KEY_BYTES,
    Holding.UPKEEP: 2 * keys.KEY_BYTES,
    Holding.WAITING: keys.KEY_BYTES,
}


@dataclass(frozen=True, slots=True)
class Opened:
    """What a slot gave to the right passphrase."""

    #: Her private keys; in a slot of the third format without one to sign with.
    identity: Identity
    #: The digest of the first statement of the roster; empty in such a slot.
    root: str
    #: What she holds: one for each beginning that the vault file may have (see ``SlotFile``).
    held: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One person's place in the key file."""

    user_id: str
    #: A trace of her user name, by which the slot is found and the name not read.
    name: str
    salt: bytes
    kdf: Kdf
    nonce: bytes = b""
    sealed: bytes = b""
    #: Whether a file on her stick is needed beside the passphrase.
    key_file: bool = False
    #: Whether she set the passphrase herself; else whoever did could open what lies in the boxes.
    own: bool = True
    public: PublicKeys = NO_KEYS
    holding: Holding = Holding.VAULT
    boxes: tuple[bytes, ...] = ()
    #: Her private key before the last change of her passphrase, sealed to the present one, until
    #: what was sealed to it is sealed anew (``SlotBook.renew``).
    former: bytes = b""
    #: What a slot of the third format said of her; believed only while there is no roster.
    role: Role | None = None

    @property
    def format(self) -> int:
        """Which format the slot is written in."""
        return FORMAT if self.public.signing else UNSIGNED

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

    def filled(self, vault_id: str, slot_key: bytes, identity: Identity, root: str) -> "Slot":
        """Return the slot in today's format with other private keys in it, and no boxes."""
        bare = replace(self, public=identity.public, boxes=(), former=b"", role=None)
        payload = identity.to_bytes() + bytes.fromhex(root)
        nonce, sealed = keys.seal(payload, slot_key, bare.bound(vault_id))
        return replace(bare, nonce=nonce, sealed=sealed)

    def answers_to(self, typed: str) -> bool:
        """Tell whether this is the slot of a user name; names are compared folded."""
        if is_recovery_name(self.name):
            return answers_to(self.name, typed)
        return self.name == trace_of(typed, self.salt)

    def holds(self, vault_id: str, holding: Holding, held: Iterable[bytes]) -> "Slot":
        """Return the slot with other boxes, sealed to its public key; no passphrase is needed."""
        label = _label(vault_id, holding)
        boxes = tuple(sealing.seal(label + each, self.public.sealing) for each in held)
        return replace(self, holding=holding, boxes=boxes)

    def open(self, vault_id: str, slot_key: bytes) -> Opened | None:
        """Return what is inside for a slot key, or None: a wrong one, or the slot was changed."""
        payload = keys.unseal(self.sealed, self.nonce, slot_key, self.bound(vault_id))
        if payload is None:
            return None
        private = payload[: sealing.PRIVATE_BYTES]
        label = _label(vault_id, self.holding)
        contents = [sealing.unseal(box, private) for box in self.boxes]
        held = [said.removeprefix(label) for said in contents if said and said.startswith(label)]
        size = _HELD_BYTES[self.holding]
        if len(held) != len(self.boxes) or any(len(each) != size for each in held):
            return None
        identity = Identity.from_bytes(payload[:IDENTITY_BYTES])
        return Opened(identity, payload[IDENTITY_BYTES:].hex(), tuple(held))

    def remembering(self, former: bytes) -> "Slot":
        """Return the slot with the private key its person had before, sealed to the present one.

        Should a crash come before what was sealed to it is sealed anew, it can still be.
        """
        return replace(self, former=sealing.seal(former, self.public.sealing))

    def described(self) -> dict[str, Any]:
        """Return what the slot says openly and is bound to its passphrase."""
        said: dict[str, Any] = {
            "user": self.user_id,
            "name": self.name,
            "salt": self.salt.hex(),
            "memory_mib": self.kdf.memory_mib,
            "passes": self.kdf.passes,
            "key_file": self.key_file,
            "own": self.own,
        }
        if self.format == UNSIGNED:
            assert self.role is not None
            return {**said, "role": self.role.value, "public": self.public.sealing.hex()}
        public = self.public
        return {**said, "sealing": public.sealing.hex(), "signing": public.signing.hex()}

    def bound(self, vault_id: str) -> bytes:
        """Return what must not have changed for the slot to open."""
        said = {"format": format_name(self.format), "vault": vault_id, "slot": self.described()}
        return canonical(said)


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
    #: What IT did beside the vault, line by line (``journal``).
    journal: tuple[Entry, ...] = ()
    #: The chain of statements that says who is who, sealed (``roster.envelope``).
    roster: bytes = b""
    #: First signing keys of people whose slots have none yet, sealed to them, by their ids.
    enrolments: tuple[tuple[str, bytes], ...] = ()
    #: Not empty beside a copy: when and by whom it was made (``store.copied``).
    copied: str = ""

    @property
    def format(self) -> int:
        """The format of the file: the third while it has no roster."""
        return FORMAT if any(slot.format == FORMAT for slot in self.slots) else UNSIGNED

    def slots_of(self, name: str) -> list[Slot]:
        """Return the slot of a user name, compared folded; for ``kurtarma`` every code's."""
        return [slot for slot in self.slots if slot.answers_to(name)]

    def enrolment_of(self, user_id: str) -> bytes:
        """Return the first signing key that waits for a person, sealed to her; empty for none."""
        return dict(self.enrolments).get(user_id, b"")

    def without_enrolment(self, user_id: str) -> "SlotFile":
        """Return the same generation without what waited for a person."""
        left = tuple(each for each in self.enrolments if each[0] != user_id)
        return replace(self, enrolments=left)

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
    identity: Identity,
    kdf: Kdf,
    *,
    root: str,
    key_file: bytes | None = None,
    own: bool = True,
) -> Slot:
    """Return a new slot of a person, with no boxes yet; takes as long as a sign-in.

    Args:
        vault_id: The vault.
        user: The person.
        passphrase: Hers.
        identity: Her private keys; without a signing key the slot is one of the third format.
        kdf: What guessing shall cost.
        root: The digest of the first statement of the roster; empty before there is one.
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
    bare = Slot(user.id, name, salt, kdf, key_file=needs_file, own=own, role=user.role)
    slot_key = bare.derive(passphrase, key_file)
    if identity.signing:
        return bare.filled(vault_id, slot_key, identity, root)
    unsigned = replace(bare, public=PublicKeys(sealing.public_of(identity.sealing)))
    nonce, sealed = keys.seal(identity.sealing, slot_key, unsigned.bound(vault_id))
    return replace(unsigned, nonce=nonce, sealed=sealed)


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


def _label(vault_id: str, holding: Holding) -> bytes:
    """Return what stands before a key in its box, so that it passes for no other kind of key."""
    return f"{holding} {vault_id} ".encode()
