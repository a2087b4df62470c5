"""Ed25519 signatures: who said something, over everything that gives it its meaning.

What is signed is one canonical text: the purpose, the vault, and each part in its order. So a
signature of one kind passes for no other, and one made in this vault passes in no other vault.
"""

import json
from dataclasses import dataclass, field

import nacl.exceptions
from nacl import bindings
from nacl.signing import SigningKey, VerifyKey
from nacl.utils import random

SEED_BYTES = 32
PUBLIC_BYTES = 32
SIGNATURE_BYTES = 64

#: What a part of a signed text may be.
Part = str | int | None


def new_seed() -> bytes:
    """Return the private half of a fresh signing key."""
    return random(SEED_BYTES)


def public_of(seed: bytes) -> bytes:
    """Return the public half of a signing key, by which signatures are checked."""
    return SigningKey(seed).verify_key.encode()


def message(purpose: str, vault_id: str, *said: Part) -> bytes:
    """Return the one spelling of what is signed.

    Args:
        purpose: What kind of thing it is: ``note``, ``roster``.
        vault_id: In which vault it is said.
        said: Everything that gives it its meaning: record, field, revision, moment, content.
    """
    parts = ["kadin-danisma", purpose, vault_id, *said]
    return json.dumps(parts, ensure_ascii=True, separators=(",", ":")).encode()


def sign(seed: bytes, said: bytes) -> bytes:
    """Return the signature of a message."""
    return SigningKey(seed).sign(said).signature


def is_signed(said: bytes, signature: bytes, public: bytes) -> bool:
    """Tell whether the holder of a signing key signed a message."""
    if len(signature) != SIGNATURE_BYTES or len(public) != PUBLIC_BYTES:
        return False
    try:
        VerifyKey(public).verify(said, signature)
    except (nacl.exceptions.BadSignatureError, nacl.exceptions.CryptoError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class Author:
    """Whoever is signed in, as somebody who signs what she writes.

    Args:
        user_id: Who she is.
        vault_id: The vault she writes to.
        seed: Her signing key.
    """

    user_id: str
    vault_id: str
    seed: bytes = field(repr=False)
    #: Both halves as libsodium takes them: deriving the public one takes as long as a signature.
    _pair: bytes = field(init=False, repr=False, default=b"")

    def __post_init__(self) -> None:
        if self.seed:
            object.__setattr__(self, "_pair", self.seed + public_of(self.seed))

    def sign(self, purpose: str, *said: Part) -> bytes:
        """Return her signature (arguments: ``message``)."""
        content = message(purpose, self.vault_id, *said)
        return bindings.crypto_sign(content, self._pair)[:SIGNATURE_BYTES]
