"""Who works here, for IT: sealed in the key file, so that a copy on a lost stick lists nobody.

Its key follows from the one that seals the key file; IT has that, and who holds the vault key.
It is written anew whenever somebody who holds the vault key changes the key file.
"""

import json
from collections.abc import Iterable, Mapping

from kadin_danisma.domain.records import User
from kadin_danisma.store import keys

_PURPOSE = "roster"
#: User name and title, by the person's id.
Names = Mapping[str, tuple[str, str]]


def seal(names: Names, mac_key: bytes, vault_id: str) -> bytes:
    """Return the names, sealed for whoever holds the key that seals the key file."""
    nonce, sealed = keys.seal(json.dumps(names).encode(), _key(mac_key), vault_id.encode())
    return nonce + sealed


def unseal(sealed: bytes, mac_key: bytes, vault_id: str) -> Names:
    """Return the names; none where they were sealed under another key."""
    nonce, rest = sealed[: keys.NONCE_BYTES], sealed[keys.NONCE_BYTES :]
    if len(nonce) < keys.NONCE_BYTES:
        return {}
    said = keys.unseal(rest, nonce, _key(mac_key), vault_id.encode())
    return {key: (name, title) for key, (name, title) in json.loads(said).items()} if said else {}


def names_of(users: Iterable[User]) -> Names:
    """Return what a roster says of people."""
    return {user.id: (user.name, user.title) for user in users}


def _key(mac_key: bytes) -> bytes:
    return keys.subkey(mac_key, _PURPOSE)
