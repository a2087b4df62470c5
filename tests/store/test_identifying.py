"""Nobody comes in whom the roster does not name, whatever the key file says of her."""

from dataclasses import replace
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import DamagedVaultError, NotLetInError, WrongCredentialsError
from kadin_danisma.store import (
    audit,
    backup,
    identifying,
    keys,
    pending,
    slot_files,
    slots,
    users,
)
from kadin_danisma.store.failures import NotAKeeperError, PendingAccountError, RefusedSlotError
from kadin_danisma.store.identity import Identity
from kadin_danisma.store.roster import envelope, members
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.roster.statement import State
from kadin_danisma.store.signing import Author
from kadin_danisma.store.slots import Holding, Slot, SlotFile
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.store.disk import slot_file_of
from tests.store.roster.people import VAULT, Person, a_person, a_roster

HERS = "beş başka kelime burada duruyor"
TOLD = "geçici parola burada"


@pytest.fixture
def staffed(vault: Vault, clock: FixedClock) -> Vault:
    """A closed vault with a lawyer, an IT officer, and an account that waits."""
    users.add_user(vault, a_user("elif", role=Role.LAWYER), HERS)
    users.add_user(vault, a_user("irem", role=Role.IT), HERS)
    vault.close()
    with Stewardship.open(vault.path, "irem", HERS, clock) as keeper:
        keeper.add("zeynep", "Zeynep Ö.", Role.FRONT_DESK, TOLD)
    return vault


def slot_of(vault: Vault, name: str) -> Slot:
    (slot,) = slot_file_of(vault.path).slots_of(name)
    return slot


def write(vault: Vault, file: SlotFile) -> None:
    """Write the key files as whoever has the key that seals them can."""
    slot_files.write(vault.path, file, [slots.mac_key(vault._key)])


def actions(vault: Vault) -> list[tuple[str, str]]:
    with vault.read() as db:
        return [(line.action, line.subject) for line in audit.lines(db)]


def forged(vault: Vault, user_id: str, name: str, holding: Holding = Holding.VAULT) -> Slot:
    """Return a slot under somebody's id, for a passphrase of its maker, with all she could have."""
    user = replace(a_user(name), id=user_id)
    made = slots.make_slot(
        vault.vault_id, user, TOLD, Identity.new(), keys.suitable_kdf(), root=vault.roster.root
    )
    return made.holds(
        vault.vault_id,
        holding,
        [slots.share(holding, vault._key, slot_file_of(vault.path).headers[0])],
    )


@pytest.mark.parametrize("of", ["elif", "irem", "derya"])
def test_a_second_slot_under_a_colleagues_id_opens_nothing_and_is_named(
    staffed: Vault, clock: FixedClock, of: str
) -> None:
    """A lawyer who is about to leave, and knows the vault key, puts it there."""
    user_id = slot_of(staffed, of).user_id
    file = slot_file_of(staffed.path)
    second = forged(staffed, user_id, "gizli")
    write(staffed, replace(file, slots=(second, *file.slots)))
    with pytest.raises(RefusedSlotError):
        Vault.open(staffed.path, "gizli", TOLD, clock)
    with Vault.open(staffed.path, "derya", PASSPHRASE, clock) as opened:
        assert ("slot.refused", user_id) in actions(opened)
        opened.rotate_key()
        assert opened.slots.file.slots_of("gizli") == []
        assert len(opened.slots.file.slots_of(of)) == 1
    with pytest.raises(WrongCredentialsError):
        Vault.open(staffed.path, "gizli", TOLD, clock)


def test_it_does_not_come_in_by_the_slot_of_a_colleague(staffed: Vault, clock: FixedClock) -> None:
    file, elif_ = slot_file_of(staffed.path), slot_of(staffed, "elif")
    write(staffed, file.with_slot(forged(staffed, elif_.user_id, "elif")))
    with pytest.raises(RefusedSlotError):
        Vault.open(staffed.path, "elif", TOLD, clock)
    with Vault.open(staffed.path, "derya", PASSPHRASE, clock) as opened:
        told = actions(opened)
        assert ("slot.refused", elif_.user_id) in told
        assert ("slot.put_back", elif_.user_id) in told
    with Vault.open(staffed.path, "elif", HERS, clock) as opened:
        assert opened.secrets, "her own slot is back, and her passphrase is hers"


def test_a_slot_that_was_taken_out_is_put_back(staffed: Vault, clock: FixedClock) -> None:
    elif_ = slot_of(staffed, "elif")
    write(staffed, slot_file_of(staffed.path).without(elif_.user_id))
    with pytest.raises(WrongCredentialsError):
        Vault.open(staffed.path, "elif", HERS, clock)
    with Vault.open(staffed.path, "derya", PASSPHRASE, clock) as opened:
        assert ("slot.put_back", elif_.user_id) in actions(opened)
    Vault.open(staffed.path, "elif", HERS, clock).close()


def test_recovery_sheets_are_destroyed_by_nobody_who_waits(
    vault_path: Path, clock: FixedClock
) -> None:
    vault, code = Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock)
    vault.close()
    write(vault, slot_file_of(vault.path).without("recovery"))
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as opened:
        assert ("slot.put_back", "recovery") in actions(opened)
    Vault.open(vault_path, "kurtarma", code, clock).close()


@pytest.mark.parametrize("user_id", ["recovery-9", "recovery", "x"])
def test_a_reserved_or_made_up_id_is_nobody(
    staffed: Vault, clock: FixedClock, user_id: str
) -> None:
    file = slot_file_of(staffed.path)
    write(staffed, replace(file, slots=(*file.slots, forged(staffed, user_id, "gizli"))))
    with pytest.raises(RefusedSlotError):
        Vault.open(staffed.path, "gizli", TOLD, clock)
    with Vault.open(staffed.path, "derya", PASSPHRASE, clock) as opened:
        assert {("slot.refused", user_id), ("slot.refused", "")} & set(actions(opened))


def test_whoever_waits_makes_herself_nothing_but_waiting(staffed: Vault, clock: FixedClock) -> None:
    waits = slot_of(staffed, "zeynep")
    for holding in (Holding.VAULT, Holding.UPKEEP):
        write(
            staffed,
            slot_file_of(staffed.path).with_slot(forged(staffed, waits.user_id, "zeynep", holding)),
        )
        with pytest.raises(RefusedSlotError):
            Vault.open(staffed.path, "zeynep", TOLD, clock)
        with pytest.raises((RefusedSlotError, NotAKeeperError)):
            Stewardship.open(staffed.path, "zeynep", TOLD, clock)


def test_it_shows_itself_as_waiting_and_nobody_lets_it_in_as_more(
    staffed: Vault, clock: FixedClock
) -> None:
    irem = slot_of(staffed, "irem")
    write(staffed, slot_file_of(staffed.path).with_slot(replace(irem, holding=Holding.WAITING)))
    with Vault.open(staffed.path, "derya", PASSPHRASE, clock) as opened:
        assert {each.user.name for each in pending.waiting(opened)} == {"zeynep"}
        assert opened.roster.members[irem.user_id].role is Role.IT


def test_the_words_stand_for_who_she_is_and_for_both_her_keys(
    staffed: Vault, clock: FixedClock
) -> None:
    words = pending.set_own_passphrase(staffed.path, "zeynep", TOLD, HERS)
    with pytest.raises(PendingAccountError) as waits:
        Vault.open(staffed.path, "zeynep", HERS, clock)
    assert waits.value.words == words
    with Vault.open(staffed.path, "derya", PASSPHRASE, clock) as opened:
        roster, slot = opened.roster, slot_of(staffed, "zeynep")
        assert identifying.words(roster, slot) == words
        member = roster.members[slot.user_id]
        for other in (
            member.now(role=Role.COORDINATOR), member.now(name="zehra"),
        ):  # fmt: skip
            changed = replace(roster, members={**roster.members, member.id: other})
            assert identifying.words(changed, slot) != words
        for public in (
            replace(slot.public, sealing=bytes(32)), replace(slot.public, signing=bytes(32)),
        ):  # fmt: skip
            assert identifying.words(roster, replace(slot, public=public)) != words


def test_a_key_file_without_its_roster_keeps_nobody_out_and_lets_nobody_in(
    staffed: Vault, clock: FixedClock
) -> None:
    """Who opens the vault is asked of the roster in it; who does not has nothing to go by."""
    write(staffed, replace(slot_file_of(staffed.path), roster=b""))
    with pytest.raises(DamagedVaultError):
        Stewardship.open(staffed.path, "irem", HERS, clock)
    for name, passphrase in (("derya", PASSPHRASE), ("elif", HERS)):
        Vault.open(staffed.path, name, passphrase, clock).close()
    with Stewardship.open(staffed.path, "irem", HERS, clock) as keeper:
        assert keeper.user.role is Role.IT, "the first sign-in put the roster back"


def test_a_roster_of_another_root_is_believed_by_no_slot(staffed: Vault, clock: FixedClock) -> None:
    """IT founds a roster of its own, in which everybody has her keys and IT is coordinator."""
    irem = slot_of(staffed, "irem")
    opened = irem.open(staffed.vault_id, irem.derive(HERS))
    assert opened is not None
    user = replace(a_user("irem", role=Role.COORDINATOR), id=irem.user_id)
    author = Author(user.id, staffed.vault_id, opened.identity.signing)
    at = "2026-11-22T10:00:00+03:00"
    roster = Roster(staffed.vault_id).stating(author, at, members.person(user, irem.public))
    for member in staffed.roster.members.values():
        if member.id != user.id:
            roster = roster.stating(author, at, member)
    mac_key = slots.mac_key(staffed._key)
    sealed = envelope.seal(roster.statements, mac_key, staffed.vault_id)
    write(staffed, replace(slot_file_of(staffed.path), roster=sealed))
    for name, passphrase in (("derya", PASSPHRASE), ("elif", HERS)):
        with pytest.raises(DamagedVaultError):
            Vault.open(staffed.path, name, passphrase, clock)


def test_an_older_chain_put_back_takes_nothing_away(staffed: Vault, clock: FixedClock) -> None:
    """Whoever was removed puts the key file's chain of before her removal back."""
    before = slot_file_of(staffed.path)
    with Vault.open(staffed.path, "derya", PASSPHRASE, clock) as opened:
        elif_ = next(user for user in users.all_of(opened) if user.name == "elif")
        users.remove_user(opened, elif_.id)
    file = slot_file_of(staffed.path)
    write(staffed, replace(before, generation=file.generation + 1))
    with pytest.raises((WrongCredentialsError, RefusedSlotError, NotLetInError)):
        Vault.open(staffed.path, "elif", HERS, clock)
    with Vault.open(staffed.path, "derya", PASSPHRASE, clock) as opened:
        assert opened.roster.members[elif_.id].state is State.LEFT
        assert opened.slots.file.slot_of_user(elif_.id) is None


def test_a_full_check_names_what_nobody_signed(staffed: Vault, clock: FixedClock) -> None:
    with Vault.open(staffed.path, "derya", PASSPHRASE, clock):
        pass
    assert backup.verify(staffed.path, "derya", PASSPHRASE) == []
    file, elif_ = slot_file_of(staffed.path), slot_of(staffed, "elif")
    second = forged(staffed, elif_.user_id, "gizli")
    write(staffed, replace(file, slots=(*file.slots, second)))
    found = backup.verify(staffed.path, "derya", PASSPHRASE)
    assert found
    assert all("elif" in each for each in found)


def slot_for(person: Person, holding: Holding) -> Slot:
    made = slots.make_slot(
        VAULT, person.member.user, HERS, person.identity, keys.suitable_kdf(), root="ab" * 32
    )
    return made.holds(VAULT, holding, [bytes(32)])


@pytest.mark.parametrize("holding", Holding)
@pytest.mark.parametrize("state", State)
def test_let_pass_is_whom_the_roster_has_in_and_nobody_else(state: State, holding: Holding) -> None:
    derya, elif_ = a_person(), a_person("elif", Role.LAWYER)
    roster = a_roster(derya, [elif_])
    if state is not State.ACTIVE:
        gone = elif_.member.now(state=state, public=a_person(state=State.WAITING).member.public)
        roster = roster.stating(derya.author, "2026-11-22T11:00:00+03:00", gone)
    expected = {
        State.ACTIVE: holding is Holding.VAULT,
        State.WAITING: holding is Holding.WAITING,
        State.LEFT: False,
    }[state]
    slot = slot_for(elif_, holding)
    if expected:
        identifying.let_pass(roster, slot)
        return
    with pytest.raises((RefusedSlotError, WrongCredentialsError)):
        identifying.let_pass(roster, slot)
