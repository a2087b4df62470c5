"""From a passphrase to a person's key: Argon2id opens a slot, XChaCha20-Poly1305 holds the key.

Design: shared reference, security.md section 3; one lane of Argon2id: docs/decisions/0002.
"""

import hashlib
import os
import sys
import unicodedata
from dataclasses import dataclass

import nacl.exceptions
from nacl import bindings
from nacl.pwhash import argon2id
from nacl.utils import random

from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.store.hardening import physical_memory

KEY_BYTES = 32
SALT_BYTES = argon2id.SALTBYTES
NONCE_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES

_MIB = 1 << 20
#: Below this a stolen file is too cheap to guess at; a slot that claims less was tampered with.
_FLOOR_MEMORY_MIB = 64
_FLOOR_PASSES = 3
#: The cost is paid before anything in a key file can be proved genuine, so above this a tampered
#: slot would only exhaust the machine: under three times the standard (docs/decisions/0034).
_CEILING_MEMORY_MIB = 512
_CEILING_PASSES = 4
_SMALL_MACHINE = 4 << 30
#: How SQLCipher 4 makes the key of its page seals (sqlcipher.c: HMAC_SALT_MASK, FAST_PBKDF2_ITER).
_SEAL_SALT_MASK = 0x3A
_SEAL_PASSES = 2
_TEST_SETTING = (1, 1)
_TEST_VARIABLE = "KADIN_DANISMA_TEST_KDF"


@dataclass(frozen=True, slots=True)
class Kdf:
    """What one guess at a passphrase costs.

    Args:
        memory_mib: Memory of Argon2id in MiB.
        passes: How often it goes over that memory.

    Raises:
        ValueError: The cost lies under the floor (64 MiB, 3 passes) or above the ceiling (512, 4).
    """

    memory_mib: int
    passes: int

    def __post_init__(self) -> None:
        if (self.memory_mib, self.passes) == _TEST_SETTING and _is_testing():
            return
        if not (
            _FLOOR_MEMORY_MIB <= self.memory_mib <= _CEILING_MEMORY_MIB
            and _FLOOR_PASSES <= self.passes <= _CEILING_PASSES
        ):
            raise ValueError("the cost of key derivation is out of bounds")

    @classmethod
    def for_tests(cls) -> "Kdf":
        """Return a cost that makes tests fast and protects nothing; refused outside of tests.

        Raises:
            ValueError: The process does not run our tests.
        """
        return cls(*_TEST_SETTING)


STANDARD_KDF = Kdf(256, 3)
FLOOR_KDF = Kdf(_FLOOR_MEMORY_MIB, _FLOOR_PASSES)


def suitable_kdf() -> Kdf:
    """Return the cost for new slots on this machine (in our own tests: next to nothing)."""
    if _is_testing():
        return Kdf.for_tests()
    return FLOOR_KDF if physical_memory() < _SMALL_MACHINE else STANDARD_KDF


def _is_testing() -> bool:
    """Tell whether our own test run is this very process: three signs, all of them needed."""
    return (
        "pytest" in sys.modules
        and os.environ.get(_TEST_VARIABLE) == "1"
        and not getattr(sys, "frozen", False)
    )


def derive(passphrase: str, salt: bytes, kdf: Kdf) -> bytes:
    """Return the key that a passphrase makes; composed and decomposed letters are the same.

    Raises:
        KnownError: The machine has not enough free memory.
    """
    normal = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    try:
        return argon2id.kdf(KEY_BYTES, normal, salt, kdf.passes, kdf.memory_mib * _MIB)
    except (MemoryError, nacl.exceptions.RuntimeError) as error:
        raise KnownError(
            _(
                "There is not enough free memory to check the passphrase. "
                "Close other programs and try again."
            )
        ) from error


def seal(payload: bytes, slot_key: bytes, bound: bytes) -> tuple[bytes, bytes]:
    """Encrypt what a slot holds.

    Args:
        payload: What is kept.
        slot_key: The key made of the passphrase.
        bound: What must be the same on opening (it is not kept here).

    Returns:
        The nonce and the ciphertext.
    """
    nonce = random(NONCE_BYTES)
    sealed = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(payload, bound, nonce, slot_key)
    return nonce, sealed


def unseal(sealed: bytes, nonce: bytes, slot_key: bytes, bound: bytes) -> bytes | None:
    """Return the payload, or None where key, ciphertext or what is bound to it do not fit."""
    least = bindings.crypto_aead_xchacha20poly1305_ietf_ABYTES
    if len(nonce) != NONCE_BYTES or len(sealed) < least:
        # It was cut off: the binding would answer that with errors of its own.
        return None
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(sealed, bound, nonce, slot_key)
    except nacl.exceptions.CryptoError:
        return None


def mixed(derived: bytes, key_file: bytes) -> bytes:
    """Return the key of a slot that needs a file on a stick beside the passphrase."""
    return mac(derived, b"key-file" + key_file)


def new_key_file() -> bytes:
    """Return the content of a new file for a stick, the second factor."""
    return random(KEY_BYTES)


def page_seal_key(vault_key: bytes, salt: bytes) -> bytes:
    """Return the key with which SQLCipher 4 seals the pages of a file; it decrypts nothing.

    Args:
        vault_key: The raw key of the file.
        salt: The 16 bytes with which the file begins.
    """
    masked = bytes(byte ^ _SEAL_SALT_MASK for byte in salt)
    return hashlib.pbkdf2_hmac("sha512", vault_key, masked, _SEAL_PASSES, KEY_BYTES)


def subkey(vault_key: bytes, purpose: str) -> bytes:
    """Return the key for one purpose, from which the vault key cannot be worked out."""
    return mac(vault_key, purpose.encode())


def mac(key: bytes, content: bytes) -> bytes:
    """Return the keyed BLAKE2b of a content."""
    return hashlib.blake2b(
        content, key=key, digest_size=KEY_BYTES, person=b"kadin-danisma"
    ).digest()


def new_vault_key() -> bytes:
    """Return a fresh random vault key."""
    return random(KEY_BYTES)
