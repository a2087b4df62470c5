"""IT looks after the vault and reads nothing of it, whatever it tries with what it holds."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import DamagedVaultError, KnownError, WrongCredentialsError
from kadin_danisma.services import access, keeping, key_change, people, upkeep
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.keeping import KeepersDesk
from kadin_danisma.store import audit, keys, pages, pending, proving, slot_files, slots, users
from kadin_danisma.store.connection import PAGE_BYTES, SALT_BYTES, Mode, connected
from kadin_danisma.store.failures import KeepersAccountError, PendingAccountError
from kadin_danisma.store.identity import Identity
from kadin_danisma.store.slots import Holding
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.store.backups import by_coordinator, by_it
from tests.store.disk import flip, keys_of

HERS = "beş başka kelime burada duruyor"
TOLD = "geçici parola burada"


@pytest.fixture
def kept(vault: Vault) -> Path:
    """A closed vault with an IT officer ``irem``."""
    users.add_user(vault, a_user("irem", role=Role.IT), PASSPHRASE)
    vault.close()
    return vault.path


@pytest.fixture
def keeper(kept: Path, clock: FixedClock) -> Stewardship:
    return Stewardship.open(kept, "irem", PASSPHRASE, clock)


def test_the_key_of_the_page_seals_is_the_one_sqlcipher_uses(vault: Vault) -> None:
    vault.close()
    salt = vault.path.read_bytes()[:SALT_BYTES]
    seal_key = keys.page_seal_key(vault._key, salt)
    assert pages.broken_pages(vault.path, seal_key) == []
    assert len(pages.broken_pages(vault.path, bytes(32))) > 10
    flip(vault.path, 2 * 4096 + 100)
    assert pages.broken_pages(vault.path, seal_key) == [3]


def test_with_all_it_holds_nothing_opens(kept: Path, clock: FixedClock, vault: Vault) -> None:
    """Her private key, the key files, the vault and an SQL prompt."""
    with pytest.raises(KeepersAccountError) as refused:
        Vault.open(kept, "irem", PASSPHRASE, clock)
    assert refused.value.exit_status == 6
    file = slot_files.decode(keys_of(kept)[0].read_bytes())
    (mine,) = file.slots_of("irem")
    opened = mine.open(file.vault_id, mine.derive(PASSPHRASE))
    assert opened is not None
    (bundle,) = opened.held
    assert vault._key not in bundle
    for start in range(0, len(bundle), keys.KEY_BYTES):
        key = bundle[start : start + keys.KEY_BYTES]
        with pytest.raises(dbapi2.DatabaseError), connected(kept, key, Mode.STILL):
            pass
    for slot in file.slots:
        for box in slot.boxes:
            if slot is not mine:
                assert slots.sealing.unseal(box, opened.identity.sealing) is None


def test_it_cannot_make_a_holder_of_the_vault_key(keeper: Stewardship, clock: FixedClock) -> None:
    """A slot that claims to hold the vault key holds at best what IT has."""
    forged = slots.make_slot(
        keeper.file.vault_id,
        a_user("sahte"),
        HERS,
        Identity.new(),
        keys.suitable_kdf(),
        root=keeper.roster.root,
    ).holds(keeper.file.vault_id, Holding.VAULT, [keeper._mac_key])
    slot_files.write(keeper.path, keeper.file.with_slot(forged), [keeper._mac_key])
    keeper.close()
    with pytest.raises(KnownError):
        Vault.open(keeper.path, "sahte", HERS, clock)
    with Vault.open(keeper.path, "derya", PASSPHRASE, clock) as opened:
        assert opened.slots.file.slots_of("sahte") == []


def test_an_account_made_by_it_waits_for_six_words_and_a_coordinator(
    keeper: Stewardship, clock: FixedClock
) -> None:
    path = keeper.path
    keeper.add("elif", "Elif B.", Role.LAWYER, TOLD)
    assert {each.user.name: each.waits for each in keeper.accounts()} == {
        "derya": False, "irem": False, "elif": True,
    }  # fmt: skip
    keeper.close()
    with pytest.raises(PendingAccountError):
        Vault.open(path, "elif", TOLD, clock)
    with Vault.open(path, "derya", PASSPHRASE, clock) as opened:
        (waits,) = pending.waiting(opened)
        assert (waits.user.name, waits.words) == ("elif", "")
        with pytest.raises(KnownError):
            pending.admit(opened, waits.user.id)
        with opened.read() as db:
            assert ("irem", "user.add") in {(line.by, line.action) for line in audit.lines(db, 5)}
    words = pending.set_own_passphrase(path, "elif", TOLD, HERS)
    assert len(words.split()) == 6
    with pytest.raises(WrongCredentialsError):
        pending.set_own_passphrase(path, "elif", TOLD, HERS)
    with pytest.raises(PendingAccountError):
        Vault.open(path, "elif", HERS, clock)
    with Vault.open(path, "derya", PASSPHRASE, clock) as opened:
        (waits,) = pending.waiting(opened)
        assert waits.words == words
        pending.admit(opened, waits.user.id)
        opened.rotate_key()
    with Vault.open(path, "elif", HERS, clock) as opened:
        assert opened.user.role is Role.LAWYER


class Killed(BaseException):
    """The program ends here."""


@pytest.mark.parametrize("first", ["derya", "elif"])
def test_whoever_is_let_in_while_the_program_dies_is_in_and_nobody_is_accused(
    keeper: Stewardship, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    """The key files have her slot as it is now, the vault remembers the one that waited."""
    path = keeper.path
    keeper.add("elif", "Elif B.", Role.LAWYER, TOLD)
    keeper.close()
    pending.set_own_passphrase(path, "elif", TOLD, HERS)

    def dying(*_anything: object) -> None:
        raise Killed

    with Vault.open(path, "derya", PASSPHRASE, clock) as opened:
        (waits,) = pending.waiting(opened)
        with monkeypatch.context() as patch:
            patch.setattr(opened, "audit", dying)
            with pytest.raises(Killed):
                pending.admit(opened, waits.user.id)
    for name in (first, "derya", "elif"):
        with (
            Vault.open(path, name, PASSPHRASE if name == "derya" else HERS, clock) as opened,
            opened.read() as db,
        ):
            actions = {line.action for line in audit.lines(db)}
            assert "user.admit" in actions
            assert not actions & {"slot.refused", "slot.put_back"}


def test_whom_it_removed_is_gone_and_the_change_of_the_key_is_due(
    vault: Vault, clock: FixedClock
) -> None:
    leaving = users.add_user(vault, a_user("elif", role=Role.LAWYER), HERS)
    users.add_user(vault, a_user("irem", role=Role.IT), PASSPHRASE)
    vault.close()
    with Stewardship.open(vault.path, "irem", PASSPHRASE, clock) as keeper:
        for user_id in (vault.user.id, keeper.user.id, "recovery"):
            with pytest.raises(KnownError):
                keeper.remove(user_id)
        keeper.remove(leaving.id)
    with Vault.open(vault.path, "derya", PASSPHRASE, clock) as opened:
        desk = Desk(opened, clock)
        assert leaving.id not in {user.id for user in people.users(desk)}
        assert key_change.is_due(desk)


def test_a_slot_of_it_that_held_the_vault_key_loses_it(vault: Vault, clock: FixedClock) -> None:
    irem = users.add_user(vault, a_user("irem", role=Role.IT), PASSPHRASE)
    slot = vault.slots.file.slot_of_user(irem.id)
    assert slot is not None
    old = slot.holds(vault.vault_id, Holding.VAULT, [vault._key])
    vault.slots.write_files(vault.slots.file.with_slot(old))
    vault.close()
    with Vault.open(vault.path, "derya", PASSPHRASE, clock) as opened:
        assert key_change.is_due(Desk(opened, clock))
    with Stewardship.open(vault.path, "irem", PASSPHRASE, clock) as keeper:
        assert vault._key not in keeper._mac_key + keeper._page_key


def test_her_restore_can_be_cancelled_while_the_backup_is_still_checked(
    kept: Path, tmp_path: Path, clock: FixedClock
) -> None:
    def cancel(_done: int, _total: int) -> None:
        raise Killed

    target = tmp_path / "yeni" / "merkez.vault"
    with pytest.raises(Killed):
        upkeep.restore(kept, target, "irem", PASSPHRASE, clock, progress=cancel)
    assert not target.parent.exists()


def test_her_backup_is_checked_page_by_page_and_opens_for_a_coordinator(
    kept: Path, tmp_path: Path, clock: FixedClock
) -> None:
    desk = access.enter(kept, "irem", PASSPHRASE, clock)
    assert isinstance(desk, KeepersDesk)
    made = keeping.backup(desk, tmp_path)
    assert keeping.verify(desk) == []
    desk.close()
    assert upkeep.verify(made, "irem", PASSPHRASE, clock) == []
    target = tmp_path / "yeni" / "merkez.vault"
    upkeep.restore(made, target, "irem", PASSPHRASE, clock)
    with Vault.open(target, "derya", PASSPHRASE, clock) as opened:
        assert opened.user.name == "derya"
    flip(made, 4096 + 50)
    assert upkeep.verify(made, "irem", PASSPHRASE, clock) != []


def test_a_backup_made_with_the_vault_key_is_checked_by_it_as_well(
    vault: Vault, tmp_path: Path, clock: FixedClock
) -> None:
    users.add_user(vault, a_user("irem", role=Role.IT), PASSPHRASE)
    made = upkeep.backup(Desk(vault, clock), tmp_path)
    assert upkeep.verify(made, "irem", PASSPHRASE, clock) == []


@pytest.mark.parametrize("maker", [by_coordinator, by_it])
def test_a_backup_cut_between_two_pages_is_found_by_it_as_well(
    vault: Vault, tmp_path: Path, clock: FixedClock, maker: Callable[..., Path]
) -> None:
    """A copy from stick to stick that was broken off ends where a block ends."""
    users.add_user(vault, a_user("irem", role=Role.IT), PASSPHRASE)
    made = maker(vault, tmp_path, clock)
    made.write_bytes(made.read_bytes()[: -2 * PAGE_BYTES])
    assert upkeep.verify(made, "irem", PASSPHRASE, clock) == [proving.changed()]
    target = tmp_path / "yeni" / "merkez.vault"
    with pytest.raises(DamagedVaultError):
        upkeep.restore(made, target, "irem", PASSPHRASE, clock)
    assert not target.parent.exists()


def test_after_a_change_of_the_key_it_looks_after_the_new_file(
    kept: Path, clock: FixedClock
) -> None:
    with Vault.open(kept, "derya", PASSPHRASE, clock) as opened:
        opened.rotate_key()
    with Stewardship.open(kept, "irem", PASSPHRASE, clock) as keeper:
        assert keeper.findings() == []
        assert "derya" in {each.user.name for each in keeper.accounts()}


def test_her_backup_takes_the_key_file_that_opened_where_a_kill_left_two(
    kept: Path, tmp_path: Path, clock: FixedClock
) -> None:
    older = keys_of(kept)[1].read_bytes()
    with Stewardship.open(kept, "irem", PASSPHRASE, clock) as keeper:
        keeper.add("elif", "Elif B.", Role.LAWYER, TOLD)
        newer = keys_of(kept)[0].read_bytes()
        keys_of(kept)[1].write_bytes(older)
        made = keeper.make_backup(tmp_path)
    one, other = (slot_files.decode(path.read_bytes()) for path in keys_of(made))
    assert one == other
    # All but the word that it is a copy.
    assert replace(one, copied="") == slot_files.decode(newer)
    assert one.copied
