"""The chain in the key file: sealed, so that a copy on a lost stick lists nobody.

The key follows from the one that seals the key file: IT has that, and so has whoever waits to be
let in. It keeps strangers from reading; what the chain says is believed for its signatures alone.
"""

import json
import zlib
from collections.abc import Iterable

from kadin_danisma.store import keys
from kadin_danisma.store.roster.statement import Statement, read

_PURPOSE = "roster"
#: Ten years of a large centre are under 1 MB; what unpacks to more is none of ours.
_LARGEST = 16 << 20
#: Ten years of a large centre are some hundred; each is checked before anybody comes in.
_MOST_STATEMENTS = 2_000


def seal(statements: Iterable[Statement], mac_key: bytes, vault_id: str) -> bytes:
    """Return a chain, sealed for whoever holds the key that seals the key file."""
    written = [[each.said(), each.signature.hex()] for each in statements]
    packed = zlib.compress(json.dumps(written, separators=(",", ":")).encode())
    nonce, sealed = keys.seal(packed, _key(mac_key), vault_id.encode())
    return nonce + sealed


def unseal(sealed: bytes, mac_key: bytes, vault_id: str) -> tuple[Statement, ...]:
    """Return the statements of a sealed chain, without trusting them.

    Raises:
        ValueError: It was sealed under another key, or is no chain.
    """
    nonce, rest = sealed[: keys.NONCE_BYTES], sealed[keys.NONCE_BYTES :]
    if len(nonce) < keys.NONCE_BYTES:
        raise ValueError("no sealed roster")
    packed = keys.unseal(rest, nonce, _key(mac_key), vault_id.encode())
    if packed is None:
        raise ValueError("a roster under another key")
    try:
        written = _unpacked(packed)
        if len(written) > _MOST_STATEMENTS:
            raise ValueError("a roster beyond all reason")
        return tuple(read(said, bytes.fromhex(signature)) for said, signature in written)
    except (TypeError, RecursionError, zlib.error) as error:
        raise ValueError("no roster") from error


def _unpacked(packed: bytes) -> list[list[str]]:
    unpacking = zlib.decompressobj()
    written = unpacking.decompress(packed, _LARGEST)
    if unpacking.unconsumed_tail:
        raise ValueError("a roster beyond all reason")
    found = json.loads(written)
    if not isinstance(found, list):
        raise TypeError
    return found


def _key(mac_key: bytes) -> bytes:
    return keys.subkey(mac_key, _PURPOSE)
