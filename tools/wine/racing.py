"""One of two programs that open one vault over and over, and count what they are told.

``racing.py VAULT new`` makes the vault, ``racing.py VAULT SECONDS`` races. Runs under any system.
"""

import sys
import time
from collections import Counter
from pathlib import Path

import pytest  # noqa: F401 (the cheap key derivation asks for it, store/keys.py)

from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError
from kadin_danisma.store.vault import Vault

_NAME, _PASSPHRASE = "derya", "sarı kedi yavaş yavaş uyandı"


def main(path: Path, word: str) -> None:
    """Make the vault, or race and print how often each thing was told."""
    if word == "new":
        user = User(name=_NAME, title="Derya A.", role=Role.COORDINATOR)
        Vault.create(path, "Örnek Merkez", user, _PASSPHRASE, Clock())[0].close()
        return
    told: Counter[str] = Counter()
    end = time.monotonic() + float(word)
    while time.monotonic() < end:
        try:
            with Vault.open(path, _NAME, _PASSPHRASE, Clock()) as vault, vault.write() as db:
                vault.audit(db, "client.view", "2026/0001")
            told["opened"] += 1
        except KnownError as error:
            told[type(error).__name__] += 1
    print(dict(told), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
