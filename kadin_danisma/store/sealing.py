"""X25519 key pairs and sealed boxes: whoever knows the public half writes, the private half reads.

Measured: shared reference, security.md section 2 ("Sealed case key").
"""

import nacl.exceptions
from nacl import bindings
from nacl.utils import random

PRIVATE_BYTES = bindings.crypto_box_SECRETKEYBYTES
#: Sealed texts grow in steps of this many bytes, so that their length tells little.
_STEP = 256
#: A private key of nobody, to try public keys with.
_ANY = bytes(range(PRIVATE_BYTES))


def new_private() -> bytes:
    """Return the private half of a fresh key pair."""
    return random(PRIVATE_BYTES)


def public_of(private: bytes) -> bytes:
    """Return the public half of a key pair."""
    return bindings.crypto_scalarmult_base(private)


def seal(content: bytes, public: bytes) -> bytes:
    """Encrypt for whoever holds the private half; the writer herself cannot open it again."""
    return bindings.crypto_box_seal(bindings.sodium_pad(content, _STEP), public)


def unseal(sealed: bytes, private: bytes) -> bytes | None:
    """Return what was sealed, or None where it was not sealed for this key or was changed."""
    try:
        padded = bindings.crypto_box_seal_open(sealed, public_of(private), private)
        # Whoever knows the public key can seal what was never padded.
        return bindings.sodium_unpad(padded, _STEP)
    except nacl.exceptions.CryptoError:
        return None


def takes(public: bytes) -> bool:
    """Tell whether anything can be sealed to a public key; a few of them lead to no secret."""
    try:
        bindings.crypto_scalarmult(_ANY, public)
    except nacl.exceptions.CryptoError:
        return False
    return True
