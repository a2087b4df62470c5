"""People and slots stay in step."""

import errno
from dataclasses import replace
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError, WrongCredentialsError
from kadin_danisma.store import audit, keyring, slot_files, user_rows, users
from kadin_danisma.store.failures import RefusedSlotError
from kadin_danisma.store.identity import Identity
from kadin_danisma.store.roster import members
from kadin_danisma.store.slot_book import SlotBook
from kadin_danisma.store.slots import Holding
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.store.disk import keys_of, snapshot

NEW = "beş yeni kelime burada duruyor"


def slot_names(vault: Vault) -> set[str]:
    slots = slot_files.decode(keys_of(vault.path)[0].read_bytes()).slots
    known = ("derya", "elif", "kurtarma")
    assert all(any(slot.answers_to(name) for name in known) for slot in slots)
    return {name for name in known for slot in slots if slot.answers_to(name)}


def test_a_new_person_signs_in_with_her_own_passphrase(vault: Vault, clock: FixedClock) -> None:
    added = users.add_user(vault, a_user("İrem", title="Av. İrem", role=Role.LAWYER), NEW)
    assert [user.name for user in users.all_of(vault)] == ["derya", "İrem"]
    vault.close()
    with Vault.open(vault.path, "irem", NEW, clock) as opened:
        assert opened.user == added
        assert opened.user.role is Role.LAWYER


@pytest.mark.parametrize("name", ["DERYA", "Kurtarma", "", "  "])
def test_a_name_is_given_once_however_it_is_spelt(vault: Vault, name: str) -> None:
    before = {path: path.read_bytes() for path in keys_of(vault.path)}
    with pytest.raises(KnownError):
        users.add_user(vault, a_user(name), NEW)
    assert {path: path.read_bytes() for path in keys_of(vault.path)} == before
    assert len(users.all_of(vault)) == 1


def test_whoever_left_has_no_slot_and_her_name_is_free_again(
    vault: Vault, clock: FixedClock
) -> None:
    first = users.add_user(vault, a_user("elif", role=Role.LAWYER), NEW)
    users.remove_user(vault, first.id)
    assert slot_names(vault) == {"derya", "kurtarma"}
    with vault.read() as db:
        assert user_rows.find_active(db, first.id) is None
        remembered = user_rows.find(db, first.id)
        assert remembered is not None
        assert remembered.name == "elif"
    second = users.add_user(vault, a_user("elif", role=Role.LAWYER), PASSPHRASE)
    assert second.id != first.id
    vault.close()
    with pytest.raises(WrongCredentialsError):
        Vault.open(vault.path, "elif", NEW, clock)
    Vault.open(vault.path, "elif", PASSPHRASE, clock).close()


def test_the_last_coordinator_oneself_and_the_recovery_code_stay(vault: Vault) -> None:
    other = users.add_user(vault, a_user("elif", role=Role.LAWYER), NEW)
    for user_id in (vault.user.id, "recovery", "nobody"):
        with pytest.raises(KnownError):
            users.remove_user(vault, user_id)
    assert {user.id for user in users.all_of(vault)} == {vault.user.id, other.id}


def test_the_last_coordinator_is_not_removed_by_another_hand(
    vault_path: Path, clock: FixedClock
) -> None:
    created, code = Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock)
    created.close()
    with Vault.open(vault_path, "kurtarma", code, clock) as opened:
        with pytest.raises(KnownError):
            users.remove_user(opened, created.user.id)
        users.add_user(opened, a_user("elif"), NEW)
        users.remove_user(opened, created.user.id)
        assert [user.name for user in users.all_of(opened)] == ["elif"]


def test_changing_a_passphrase_needs_the_old_one(vault: Vault, clock: FixedClock) -> None:
    with pytest.raises(WrongCredentialsError):
        users.change_passphrase(vault, "wrong", NEW)
    with pytest.raises(KnownError):
        users.change_passphrase(vault, PASSPHRASE, " ")
    users.change_passphrase(vault, PASSPHRASE, NEW)
    vault.close()
    with pytest.raises(WrongCredentialsError):
        Vault.open(vault.path, "derya", PASSPHRASE, clock)
    Vault.open(vault.path, "derya", NEW, clock).close()


def test_each_passphrase_of_her_own_renews_her_key_pairs_and_keeps_what_she_holds(
    vault: Vault, clock: FixedClock
) -> None:
    users.add_user(vault, a_user("elif", role=Role.LAWYER), "ilk parola burada")
    vault.close()
    with Vault.open(vault.path, "elif", "ilk parola burada", clock) as opened:
        assert not opened.slots.mine.own
        before, known = opened.slots.private, set(opened.secrets)
        users.change_passphrase(opened, "ilk parola burada", NEW)
        assert opened.slots.private != before
    with Vault.open(vault.path, "elif", NEW, clock) as opened:
        assert opened.slots.mine.own
        assert opened.slots.private not in {before, b""}
        assert set(opened.secrets) == known != set()
        with opened.read() as db:
            assert keyring.held(db, opened.user.id, before) == {}
        kept = opened.slots.identity
        users.change_passphrase(opened, NEW, PASSPHRASE)
        assert opened.slots.identity.sealing != kept.sealing, "what the older passphrase opens ends"
        assert opened.slots.identity.signing != kept.signing
        assert opened.roster.members[opened.user.id].public == opened.slots.identity.public
    with Vault.open(vault.path, "elif", PASSPHRASE, clock) as opened:
        assert set(opened.secrets) == known
        assert opened.slots.mine.former == b""


def test_a_disk_full_behind_a_changed_passphrase_takes_nothing_back(
    vault: Vault, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Her former key stays in the key files then, until she signs in again."""

    def full(_book: SlotBook) -> None:
        raise OSError(errno.ENOSPC, "no space")

    with monkeypatch.context() as patch:
        patch.setattr(SlotBook, "forget_former", full)
        users.change_passphrase(vault, PASSPHRASE, NEW)
    assert vault.slots.mine.former
    vault.close()
    with Vault.open(vault.path, "derya", NEW, clock) as opened:
        assert not opened.slots.mine.former


def test_every_change_is_logged_without_a_name(vault: Vault) -> None:
    added = users.add_user(vault, a_user("elif", role=Role.LAWYER), NEW)
    users.reset_passphrase(vault, added.id, PASSPHRASE)
    users.remove_user(vault, added.id)
    with vault.read() as db:
        lines = audit.lines(db)[:5]
    assert [line.action for line in lines] == [
        "user.remove", "key.grant", "user.passphrase", "key.grant", "user.add",
    ]  # fmt: skip
    assert {line.subject for line in lines} == {added.id, f"legal {added.id}"}


@pytest.mark.parametrize("user_id", ["", "recovery-9", "x" * 10**5, "\ud800", "a\nb"])
def test_a_slot_of_a_made_up_id_is_dropped_and_stops_nobody(
    vault: Vault, clock: FixedClock, user_id: str
) -> None:
    user = replace(a_user("elif"), id=user_id)
    slot = vault.slots.make(user, NEW, Identity.new())
    forged = slot.holds(vault.vault_id, Holding.VAULT, [vault._key])
    vault.slots.write_files(vault.slots.file.with_slot(forged))
    vault.close()
    with pytest.raises(RefusedSlotError):
        Vault.open(vault.path, "elif", NEW, clock)
    with Vault.open(vault.path, "derya", PASSPHRASE, clock) as opened, opened.read() as db:
        assert [line.action for line in audit.lines(db)].count("slot.refused") == 1
    assert slot_names(vault) == {"derya", "kurtarma"}


def test_a_slot_for_which_nobody_signed_is_dropped(vault: Vault, clock: FixedClock) -> None:
    slot = vault.slots.make(a_user("elif"), NEW, Identity.new())
    forged = slot.holds(vault.vault_id, Holding.VAULT, [vault._key])
    vault.slots.write_files(vault.slots.file.with_slot(forged))
    vault.close()
    assert "elif" in slot_names(vault)
    before = snapshot(vault.path.parent)
    with pytest.raises(RefusedSlotError):
        Vault.open(vault.path, "elif", NEW, clock)
    assert snapshot(vault.path.parent) == before
    with Vault.open(vault.path, "derya", PASSPHRASE, clock) as opened, opened.read() as db:
        assert ("slot.refused", "") in {(line.action, line.subject) for line in audit.lines(db)}
    assert slot_names(vault) == {"derya", "kurtarma"}


def test_whom_a_coordinator_signed_before_a_crash_comes_in_after_it(
    vault: Vault, clock: FixedClock
) -> None:
    user, identity = a_user("elif", role=Role.LAWYER), Identity.new()
    roster = vault.slots.stating(members.person(user, identity.public).now(own=False))
    slot = vault.slots.make(user, NEW, identity)

    def crash_before_commit() -> None:
        with vault.write() as db:
            vault.slots.put(db, slot, roster)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        crash_before_commit()
    with vault.read() as db:
        assert user_rows.find(db, user.id) is None
    vault.close()
    with Vault.open(vault.path, "elif", NEW, clock) as opened, opened.read() as db:
        assert opened.user.role is Role.LAWYER
        told = [(line.by, line.action, line.subject) for line in audit.lines(db)]
    assert told.count(("derya", "user.add", user.id)) == 1
    Vault.open(vault.path, "derya", PASSPHRASE, clock).close()
    assert slot_names(vault) == {"derya", "elif", "kurtarma"}
