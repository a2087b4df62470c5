"""Slots of the third format open, and are brought up one by one as their people sign in."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KeyFileNeededError, NotLetInError, WrongCredentialsError
from kadin_danisma.store import (
    audit,
    keys,
    pending,
    sealing,
    signing,
    slot_files,
    slots,
    users,
)
from kadin_danisma.store.failures import NoRosterYetError, RefusedSlotError
from kadin_danisma.store.identity import Identity
from kadin_danisma.store.roster import envelope, members
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.signing import Author
from kadin_danisma.store.slots import FORMAT, UNSIGNED, Holding, SlotFile
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.store.disk import keys_of, snapshot
from tests.store.unsigned import Unsigned, found_unsigned

HERS = "beş başka kelime burada duruyor"


def formats(old: Unsigned) -> dict[str, int]:
    return {
        name: slot.format
        for name in ("derya", "elif", "irem", "kurtarma")
        for slot in old.file.slots
        if slot.answers_to(name)
    }


@pytest.fixture
def old(vault_path: Path, clock: FixedClock) -> Unsigned:
    """A vault of three people whose key files are of the third format."""
    staff = (a_user("elif", role=Role.LAWYER), a_user("irem", role=Role.IT))
    return found_unsigned(vault_path, clock, *staff)


def test_slots_are_brought_up_when_their_person_signs_in(old: Unsigned, clock: FixedClock) -> None:
    names = ("derya", "elif", "irem", "kurtarma")
    assert formats(old) == dict.fromkeys(names, UNSIGNED)
    Vault.open(old.path, "derya", PASSPHRASE, clock).close()
    assert formats(old) == dict.fromkeys(names, UNSIGNED) | {"derya": FORMAT}
    with Vault.open(old.path, "elif", PASSPHRASE, clock) as opened:
        assert set(opened.secrets), "the private key of her old slot is still hers"
    Stewardship.open(old.path, "irem", PASSPHRASE, clock).close()
    Vault.open(old.path, "kurtarma", old.code, clock).close()
    assert formats(old) == dict.fromkeys(names, FORMAT)
    assert old.file.enrolments == ()
    for name in ("derya", "elif"):
        Vault.open(old.path, name, PASSPHRASE, clock).close()


def test_the_file_itself_is_of_the_old_format_while_nobody_of_today_is_in_it(
    old: Unsigned, clock: FixedClock
) -> None:
    assert b'"kadin-danisma-keys/3"' in keys_of(old.path)[0].read_bytes()
    with pytest.raises(NoRosterYetError):
        Vault.open(old.path, "elif", PASSPHRASE, clock)
    assert b'"kadin-danisma-keys/3"' in keys_of(old.path)[0].read_bytes()
    Vault.open(old.path, "kurtarma", old.code, clock).close()
    assert b'"kadin-danisma-keys/4"' in keys_of(old.path)[0].read_bytes()
    assert formats(old)["kurtarma"] == FORMAT


def test_key_files_of_before_the_third_format_are_none(old: Unsigned) -> None:
    content = keys_of(old.path)[0].read_bytes()
    for number in (1, 2, 5):
        with pytest.raises(slot_files.UnreadableError):
            slot_files.decode(content.replace(b"keys/3", f"keys/{number}".encode()))


def test_her_first_signing_key_is_known_to_the_founder_and_replaced_by_her_own(
    old: Unsigned, clock: FixedClock
) -> None:
    with Vault.open(old.path, "derya", PASSPHRASE, clock) as opened:
        first = opened.roster.members[old.ids["elif"]]
        assert not first.own
        (tenure,) = opened.roster.tenures[first.id]
        assert not tenure.own, "nothing signed with it is hers alone"
    with Vault.open(old.path, "elif", PASSPHRASE, clock) as opened:
        hers = opened.roster.members[old.ids["elif"]]
        assert hers.own
        assert hers.public.signing != first.public.signing
        assert hers.public.sealing == first.public.sealing
        assert opened.roster.statements[-1].by == hers.id


@pytest.mark.parametrize("holding", [Holding.UPKEEP, Holding.VAULT])
def test_what_it_puts_in_the_place_of_an_account_that_waits_is_not_signed(
    vault_path: Path, clock: FixedClock, holding: Holding
) -> None:
    """IT gives an account of which the vault has no key a slot of her own making."""
    private, new = sealing.new_private(), a_user("zeynep", role=Role.LAWYER)
    old = found_unsigned(vault_path, clock, waiting=[new])
    old.put(old.a_slot(new, holding, HERS, private))
    with Vault.open(old.path, "derya", PASSPHRASE, clock) as opened:
        assert opened.roster.active(new.id) is None
        opened.rotate_key()
    assert_opens_nothing(old, private)
    with pytest.raises((WrongCredentialsError, NotLetInError)):
        Vault.open(old.path, "zeynep", HERS, clock)


def test_a_key_that_the_vault_does_not_know_in_a_colleagues_slot_is_not_signed(
    old: Unsigned, clock: FixedClock
) -> None:
    private = sealing.new_private()
    elif_ = replace(a_user("elif", role=Role.LAWYER), id=old.ids["elif"])
    old.put(old.a_slot(elif_, Holding.VAULT, HERS, private))
    with Vault.open(old.path, "derya", PASSPHRASE, clock) as opened:
        assert opened.roster.active(elif_.id) is None
        opened.rotate_key()
    assert_opens_nothing(old, private)


def assert_opens_nothing(old: Unsigned, private: bytes) -> None:
    boxes = [box for slot in old.file.slots for box in slot.boxes]
    assert boxes
    assert not any(sealing.unseal(box, private) for box in boxes)


class Killed(BaseException):
    """The program ends here."""


def test_killed_between_key_file_and_vault_the_founder_goes_on(
    old: Unsigned, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = slot_files.write

    def write_and_die(vault: Path, file: SlotFile, mac_keys: Sequence[bytes]) -> None:
        real(vault, file, mac_keys)
        if vault == old.path:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(slot_files, "write", write_and_die)
        with pytest.raises(Killed):
            Vault.open(old.path, "derya", PASSPHRASE, clock)
    before = snapshot(old.path.parent)
    for name, passphrase in (("elif", PASSPHRASE), ("kurtarma", old.code)):
        with pytest.raises(NoRosterYetError):
            Vault.open(old.path, name, passphrase, clock)
    assert snapshot(old.path.parent) == before
    with Vault.open(old.path, "derya", PASSPHRASE, clock) as opened, opened.read() as db:
        assert [line.action for line in audit.lines(db)].count("roster.found") == 1
        assert opened.notices
    for name, passphrase in (("elif", PASSPHRASE), ("kurtarma", old.code), ("derya", PASSPHRASE)):
        with Vault.open(old.path, name, passphrase, clock) as opened:
            assert opened.secrets or name == "derya"


def test_a_lawyer_cannot_found_the_roster_beside_the_vault(
    old: Unsigned, clock: FixedClock
) -> None:
    """She writes key files of today, in which she is the first coordinator."""
    elif_ = replace(a_user("elif", role=Role.COORDINATOR), id=old.ids["elif"])
    private = old.slot_of("elif").open(old.file.vault_id, old.slot_of("elif").derive(PASSPHRASE))
    assert private is not None
    identity = Identity(private.identity.sealing, signing.new_seed())
    roster = Roster(old.file.vault_id).stating(
        Author(elif_.id, old.file.vault_id, identity.signing),
        "2026-11-22T10:00:00+03:00",
        members.person(elif_, identity.public),
    )
    mine = slots.make_slot(
        old.file.vault_id, elif_, PASSPHRASE, identity, keys.suitable_kdf(), root=roster.root
    ).holds(old.file.vault_id, Holding.VAULT, [old.key])
    mac_key = slots.mac_key(old.key)
    sealed = envelope.seal(roster.statements, mac_key, roster.vault_id)
    forged = replace(old.file.with_slot(mine), roster=sealed)
    slot_files.write(old.path, forged, [mac_key])
    with pytest.raises(RefusedSlotError):
        Vault.open(old.path, "elif", PASSPHRASE, clock)


def test_whoever_waits_sets_her_passphrase_again_and_is_let_in(
    vault_path: Path, clock: FixedClock
) -> None:
    old = found_unsigned(vault_path, clock, waiting=[a_user("zeynep", role=Role.LAWYER)])
    Vault.open(old.path, "derya", PASSPHRASE, clock).close()
    words = pending.set_own_passphrase(old.path, "zeynep", PASSPHRASE, HERS)
    with Vault.open(old.path, "derya", PASSPHRASE, clock) as opened:
        (newcomer,) = pending.waiting(opened)
        assert newcomer.words == words != ""
        pending.admit(opened, newcomer.user.id)
    Vault.open(old.path, "zeynep", HERS, clock).close()


def test_under_the_passphrase_lie_the_private_keys_and_nothing_of_the_vault(
    vault: Vault,
) -> None:
    slot = vault.slots.mine
    slot_key = slot.derive(PASSPHRASE)
    payload = keys.unseal(slot.sealed, slot.nonce, slot_key, slot.bound(vault.vault_id))
    assert payload == vault.slots.identity.to_bytes() + bytes.fromhex(vault.roster.root)
    assert vault._key not in payload
    opened = slot.open(vault.vault_id, slot_key)
    assert opened is not None
    assert opened.held == (vault._key,)


def test_a_box_of_another_vault_or_kind_of_key_does_not_open(vault: Vault) -> None:
    slot, slot_key = vault.slots.mine, vault.slots.mine.derive(PASSPHRASE)
    for label in (("elsewhere", slots.Holding.VAULT), (vault.vault_id, slots.Holding.WAITING)):
        moved = slot.holds(*label, [vault._key]).boxes
        swapped = replace(slot, boxes=moved)
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
