"""Keys that wait for people of a vault from before the roster: nobody puts her own there."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError
from kadin_danisma.store import sealing, signing, slot_files, slots
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.store.unsigned import Unsigned, found_unsigned

PUT: dict[str, Callable[[bytes], bytes]] = {
    "another key": lambda public: sealing.seal(signing.new_seed(), public),
    "half a key": lambda public: sealing.seal(bytes(16), public),
    "much of a key": lambda public: sealing.seal(bytes(500), public),
    "nothing": lambda _public: b"",
    "nonsense": lambda _public: bytes(300),
    "never padded": lambda public: sealing.bindings.crypto_box_seal(b"x", public),
}


def brought_up(path: Path, clock: FixedClock) -> Unsigned:
    """Make a vault of before with a lawyer, and let a coordinator sign for her."""
    old = found_unsigned(path, clock, a_user("avukat", role=Role.LAWYER))
    Vault.open(path, "derya", PASSPHRASE, clock).close()
    return old


def put(old: Unsigned, what: Callable[[bytes], bytes]) -> None:
    """Write something where the first signing key of the lawyer waits."""
    file = old.file
    slot = file.slot_of_user(old.ids["avukat"])
    assert slot is not None
    waits = ((slot.user_id, what(slot.public.sealing)),)
    changed = replace(file, generation=file.generation + 1, enrolments=waits)
    slot_files.write(old.path, changed, [slots.mac_key(old.key)])


@pytest.mark.parametrize("what", PUT)
def test_what_somebody_put_there_lets_nobody_in_and_is_told_calmly(
    vault_path: Path, clock: FixedClock, what: str
) -> None:
    old = brought_up(vault_path, clock)
    put(old, PUT[what])
    with pytest.raises(KnownError):
        Vault.open(vault_path, "avukat", PASSPHRASE, clock)
    Vault.open(vault_path, "derya", PASSPHRASE, clock).close()


def test_what_waits_there_lets_her_in(vault_path: Path, clock: FixedClock) -> None:
    old = brought_up(vault_path, clock)
    put(old, lambda _public: old.file.enrolment_of(old.ids["avukat"]))
    Vault.open(vault_path, "avukat", PASSPHRASE, clock).close()
