"""Slots of the older formats open, and are brought up one by one as their people sign in."""

from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KeyFileNeededError, WrongCredentialsError
from kadin_danisma.store import keys, slot_files, slots, users
from kadin_danisma.store.slots import SlotFile
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.store.disk import keys_of, snapshot
from tools.ordeal.old_keys import Account, put_old_slots

HERS = "beş başka kelime burada duruyor"


def file_of(vault: Path) -> SlotFile:
    return slot_files.decode(keys_of(vault)[0].read_bytes())


def formats(vault: Path) -> dict[str, int]:
    slots_ = file_of(vault).slots
    return {
        name: slot.format
        for name in ("derya", "elif", "kurtarma")
        for slot in slots_
        if slot.answers_to(name)
    }


@pytest.fixture
def aged(vault: Vault) -> Path:
    """A vault of two people whose key files are as they once were: formats 1 and 2."""
    users.add_user(vault, a_user("elif", role=Role.LAWYER), HERS)
    vault.close()
    (elif_,) = vault.slots.file.slots_of("elif")
    opened = elif_.open(vault.vault_id, elif_.derive(HERS))
    assert opened is not None
    accounts = [Account("derya", PASSPHRASE), Account("elif", HERS, opened.private)]
    put_old_slots(vault.path, vault._key, accounts)
    return vault.path


def test_old_slots_are_brought_up_when_their_person_signs_in(aged: Path, clock: FixedClock) -> None:
    assert formats(aged) == {"derya": 1, "elif": 2, "kurtarma": 3}
    Vault.open(aged, "derya", PASSPHRASE, clock).close()
    assert formats(aged) == {"derya": 3, "elif": 2, "kurtarma": 3}
    with Vault.open(aged, "elif", HERS, clock) as opened:
        assert set(opened.secrets), "the private key of her old slot is still hers"
    assert formats(aged) == {"derya": 3, "elif": 3, "kurtarma": 3}
    for name, passphrase in (("derya", PASSPHRASE), ("elif", HERS)):
        Vault.open(aged, name, passphrase, clock).close()


def test_the_file_itself_is_of_the_old_format_while_nobody_of_today_is_in_it(
    vault: Vault, vault_path: Path, clock: FixedClock, tmp_path: Path
) -> None:
    path = tmp_path / "eski.vault"
    made, code = Vault.create(path, "Eski", a_user(), PASSPHRASE, clock)
    made.close()
    put_old_slots(path, made._key, [Account("derya", PASSPHRASE), Account("kurtarma", code)])
    assert b'"kadin-danisma-keys/1"' in keys_of(path)[0].read_bytes()
    Vault.open(path, "kurtarma", code, clock).close()
    assert formats(path) == {"derya": 1, "kurtarma": 3}
    Vault.open(path, "derya", PASSPHRASE, clock).close()
    assert set(formats(path).values()) == {3}


def test_an_old_slot_told_who_its_person_is_until_she_signed_in(
    aged: Path, clock: FixedClock
) -> None:
    def told(name: str) -> bool:
        return any(f'"{name}"' in path.read_text(encoding="utf-8") for path in keys_of(aged))

    assert told("derya")
    assert told("elif")
    Vault.open(aged, "derya", PASSPHRASE, clock).close()
    assert not told("derya")
    assert told("elif")


def test_under_the_passphrase_lies_the_private_key_and_nothing_of_the_vault(
    vault: Vault,
) -> None:
    slot = vault.slots.mine
    slot_key = slot.derive(PASSPHRASE)
    payload = keys.unseal(slot.sealed, slot.nonce, slot_key, slot.bound(vault.vault_id))
    assert payload == vault.slots.private
    assert vault._key not in payload
    opened = slot.open(vault.vault_id, slot_key)
    assert opened is not None
    assert opened.held == (vault._key,)


def test_a_box_of_another_vault_or_kind_of_key_does_not_open(vault: Vault) -> None:
    slot, slot_key = vault.slots.mine, vault.slots.mine.derive(PASSPHRASE)
    for label in (("elsewhere", slots.Holding.VAULT), (vault.vault_id, slots.Holding.WAITING)):
        moved = slot.holds(*label, [vault._key]).boxes
        swapped = slots.replace(slot, boxes=moved)
        assert swapped.open(vault.vault_id, slot_key) is None


def test_the_second_factor_is_needed_and_can_be_kept_or_dropped(
    vault: Vault, clock: FixedClock
) -> None:
    stick = keys.new_key_file()
    users.change_passphrase(vault, PASSPHRASE, HERS, new_key_file=stick)
    vault.close()
    before = snapshot(vault.path.parent)
    with pytest.raises(KeyFileNeededError) as missing:
        Vault.open(vault.path, "derya", HERS, clock)
    with pytest.raises(WrongCredentialsError) as wrong:
        Vault.open(vault.path, "derya", HERS, clock, key_file=keys.new_key_file())
    assert missing.value.exit_status == wrong.value.exit_status == 3
    with pytest.raises(WrongCredentialsError):
        Vault.open(vault.path, "derya", PASSPHRASE, clock, key_file=stick)
    assert snapshot(vault.path.parent) == before
    with Vault.open(vault.path, "derya", HERS, clock, key_file=stick) as opened:
        with pytest.raises(KeyFileNeededError):
            users.change_passphrase(opened, HERS, PASSPHRASE)
        users.change_passphrase(opened, HERS, PASSPHRASE, key_file=stick, new_key_file=stick)
    with Vault.open(vault.path, "derya", PASSPHRASE, clock, key_file=stick) as opened:
        users.change_passphrase(opened, PASSPHRASE, HERS, key_file=stick)
    Vault.open(vault.path, "derya", HERS, clock).close()


def test_whether_a_file_is_needed_cannot_be_edited_away(vault: Vault, clock: FixedClock) -> None:
    stick = keys.new_key_file()
    users.change_passphrase(vault, PASSPHRASE, HERS, new_key_file=stick)
    vault.close()
    for path in keys_of(vault.path):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('"key_file": true', '"key_file": false'), encoding="utf-8")
    with pytest.raises(WrongCredentialsError):
        Vault.open(vault.path, "derya", HERS, clock)


def test_the_key_of_the_log_is_that_of_the_days_before_it_was_kept_in_the_vault(
    vault_path: Path, clock: FixedClock
) -> None:
    Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock, schema=3)[0].close()
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as opened, opened.read() as db:
        assert opened.first_break(db) is None
        assert opened._chain_key == keys.subkey(opened._key, "audit-chain")
