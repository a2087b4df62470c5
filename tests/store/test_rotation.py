"""The key of the vault is exchanged: who stays keeps her passphrase, who left has nothing."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import DamagedVaultError, KnownError, WrongCredentialsError
from kadin_danisma.store import (
    anchor,
    audit,
    backup,
    meta,
    records,
    sealing,
    settling,
    slot_files,
    users,
)
from kadin_danisma.store.connection import Mode, connected
from kadin_danisma.store.failures import KeysRolledBackError
from kadin_danisma.store.files import Hold
from kadin_danisma.store.identity import Identity
from kadin_danisma.store.records import Stamp
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.slot_book import SlotBook
from kadin_danisma.store.slots import UNSIGNED, SlotFile
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_session, a_user
from tests.store.disk import anchor_of, keys_of, snapshot
from tests.store.unsigned import found_unsigned

HERS = "beş başka kelime burada duruyor"
CLIENT = a_client()
SESSION = a_session(CLIENT, note="yalnız avukata")


class Killed(BaseException):
    """The program ends here."""


@pytest.fixture
def staffed(vault: Vault, clock: FixedClock) -> Vault:
    """A vault with two lawyers, a file and a note."""
    for name in ("elif", "gül"):
        users.add_user(vault, a_user(name, role=Role.LAWYER), HERS)
    stamp = Stamp(clock.now(), vault.user.id)
    with vault.write() as db:
        records.add(db, CLIENT, stamp)
        records.add(db, SESSION, stamp)
    return vault


def file_of(vault: Path) -> SlotFile:
    return slot_files.decode(keys_of(vault)[0].read_bytes())


def assert_whole(path: Path, clock: FixedClock, *names: str) -> None:
    """Everybody named gets in and finds everything; the log fits."""
    for name in names:
        with Vault.open(path, name, PASSPHRASE if name == "derya" else HERS, clock) as opened:
            with opened.read() as db:
                assert records.find_by(db, type(CLIENT), "file_no", CLIENT.file_no)
                assert opened.first_break(db) is None
            assert opened.notices == ()
    assert backup.verify(path, "derya", PASSPHRASE) == []


def test_everybody_who_stays_signs_in_as_before(staffed: Vault, clock: FixedClock) -> None:
    old = staffed._key
    told: list[tuple[int, int]] = []
    staffed.rotate_key(lambda done, total: told.append((done, total)))
    assert staffed._key != old
    assert told[-1][0] == told[-1][1]
    with staffed.write() as db:
        staffed.audit(db, "client.view", "2026/0001")
    staffed.close()
    assert_whole(staffed.path, clock, "derya", "elif", "gül")
    assert sorted(snapshot(staffed.path.parent)) == [
        "merkez.vault", "merkez.vault.anchor", "merkez.vault.keys", "merkez.vault.keys2",
    ]  # fmt: skip


def test_the_recovery_code_and_the_notes_survive_it(vault_path: Path, clock: FixedClock) -> None:
    vault, code = Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock)
    with vault:
        vault.rotate_key()
        held = dict(vault.secrets)
    with Vault.open(vault_path, "kurtarma", code, clock) as opened:
        assert opened.secrets == held != {}


def test_the_old_key_opens_nothing_any_more(staffed: Vault) -> None:
    old = staffed._key
    staffed.rotate_key()
    staffed.close()
    with pytest.raises(dbapi2.DatabaseError), connected(staffed.path, old, Mode.STILL):
        pass
    assert anchor.read(staffed.path, old, staffed.vault_id) is None
    for content in slot_files.read_copies(staffed.path):
        assert old not in content


def test_the_log_tells_of_it_and_goes_on_under_the_same_seal(staffed: Vault) -> None:
    staffed.rotate_key()
    with staffed.read() as db:
        assert audit.lines(db, 1)[0].action == "key.rotate"
        assert staffed.first_break(db) is None
        assert meta.read(db, meta.ROTATION_DUE) == ""


def test_whoever_left_gets_nothing_with_her_old_slot_and_the_new_file(
    staffed: Vault, clock: FixedClock, tmp_path: Path
) -> None:
    """She kept the vault key, the key files, her passphrase, and gets a copy of the new vault."""
    old_key, old_files = staffed._key, [path.read_bytes() for path in keys_of(staffed.path)]
    elif_ = next(user for user in users.all_of(staffed) if user.name == "elif")
    users.remove_user(staffed, elif_.id)
    with staffed.read() as db:
        assert meta.read(db, meta.ROTATION_DUE) == "1"
    staffed.rotate_key()
    staffed.close()
    with pytest.raises(WrongCredentialsError):
        Vault.open(staffed.path, "elif", HERS, clock)
    stolen = tmp_path / "stolen" / staffed.path.name
    shutil.copytree(staffed.path.parent, stolen.parent)
    for path, content in zip(keys_of(stolen), old_files, strict=True):
        path.write_bytes(content)
    with pytest.raises(DamagedVaultError):
        Vault.open(stolen, "elif", HERS, clock)
    (slot,) = slot_files.decode(old_files[0]).slots_of("elif")
    opened = slot.open(staffed.vault_id, slot.derive(HERS))
    assert opened is not None
    assert opened.held == (old_key,)
    # With her private key she opens no box of those who stayed.
    for other in file_of(staffed.path).slots:
        assert replace(slot, boxes=other.boxes).open(staffed.vault_id, slot.derive(HERS)) is None
    for key in (old_key, *opened.held):
        with pytest.raises(dbapi2.DatabaseError), connected(stolen, key, Mode.STILL):
            pass


def test_the_key_files_of_the_exchange_put_back_later_are_noticed(
    staffed: Vault, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[bytes] = []
    real = Hold.exchange

    def watched(hold: Hold, part: Path, path: Path) -> None:
        kept.extend(each.read_bytes() for each in keys_of(path))
        real(hold, part, path)

    with monkeypatch.context() as patch:
        patch.setattr(Hold, "exchange", watched)
        staffed.rotate_key()
    staffed.close()
    for path, content in zip(keys_of(staffed.path), kept, strict=True):
        path.write_bytes(content)
    with pytest.raises(KeysRolledBackError):
        Vault.open(staffed.path, "derya", PASSPHRASE, clock)


def test_nobody_has_to_sign_in_first_whose_slot_is_not_signed_yet(
    vault_path: Path, clock: FixedClock
) -> None:
    staff = (a_user("elif", role=Role.LAWYER), a_user("irem", role=Role.IT))
    old = found_unsigned(vault_path, clock, *staff)
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as opened:
        opened.rotate_key()
        key = opened._key
    assert key != old.key
    assert [slot.format for slot in old.file.slots].count(UNSIGNED) == 3
    with Vault.open(vault_path, "elif", PASSPHRASE, clock) as opened:
        assert set(opened.secrets) == {Discipline.LEGAL}
    with Stewardship.open(vault_path, "irem", PASSPHRASE, clock) as keeper:
        assert keeper.findings() == []
    Vault.open(vault_path, "kurtarma", old.code, clock).close()
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as opened:
        opened.rotate_key()
    assert UNSIGNED not in {slot.format for slot in old.file.slots}


def test_a_public_key_that_the_roster_does_not_have_gets_no_new_key(staffed: Vault) -> None:
    """Somebody who can seal the key file put keys of her own in a colleague's slot."""
    elif_ = next(user for user in users.all_of(staffed) if user.name == "elif")
    identity = Identity.new()
    fake = staffed.slots.make(elif_, HERS, identity)
    staffed.slots.write_files(staffed.slots.file.with_slot(fake))
    staffed.rotate_key()
    boxes = [box for slot in file_of(staffed.path).slots for box in slot.boxes]
    assert boxes
    assert not any(sealing.unseal(box, identity.sealing) for box in boxes)


def test_cancelled_before_the_copy_is_whole_nothing_has_changed(staffed: Vault) -> None:
    before = snapshot(staffed.path.parent)

    def cancel(_done: int, _total: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        staffed.rotate_key(cancel)
    assert snapshot(staffed.path.parent) == before
    staffed.rotate_key()


def die(*_arguments: object) -> None:
    raise Killed


def after(real: Callable[..., object]) -> Callable[..., object]:
    def act(*arguments: object) -> object:
        real(*arguments)
        raise Killed

    return act


def broken_off(
    vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: Callable[..., object]
) -> Path:
    """Break the change of the key off while the files are exchanged; return what is left."""
    left = tmp_path / "left" / vault.path.name

    def killed(hold: Hold, part: Path, path: Path) -> None:
        try:
            harm(hold, part, path)
        finally:
            shutil.copytree(path.parent, left.parent)

    with monkeypatch.context() as patch:
        patch.setattr(Hold, "exchange", killed)
        with pytest.raises((Killed, KnownError)):
            vault.rotate_key()
    return left


@pytest.mark.parametrize(
    ("harm", "action", "notices"),
    [(die, settling.UNDONE, 1), (after(Hold.exchange), settling.FINISHED, 0)],
)
def test_broken_off_the_next_sign_in_undoes_or_finishes_it(
    staffed: Vault,
    clock: FixedClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    harm: Callable[..., object],
    action: str,
    notices: int,
) -> None:
    left = broken_off(staffed, tmp_path, monkeypatch, harm)
    assert len(file_of(left).headers) == 2
    with Vault.open(left, "gül", HERS, clock) as opened:
        assert len(opened.notices) == notices
        with opened.read() as db:
            assert action in {line.action for line in audit.lines(db, 5)}
    assert len(file_of(left).headers) == 1
    assert_whole(left, clock, "derya", "elif", "gül")
    assert not left.with_name(left.name + ".part").exists()


@pytest.mark.parametrize("harm", [die, after(Hold.exchange)])
def test_while_it_is_broken_off_it_keeps_accounts_as_ever(
    staffed: Vault,
    clock: FixedClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    harm: Callable[..., object],
) -> None:
    users.add_user(staffed, a_user("irem", role=Role.IT), HERS)
    left = broken_off(staffed, tmp_path, monkeypatch, harm)
    with Stewardship.open(left, "irem", HERS, clock) as keeper:
        keeper.change_passphrase(HERS, PASSPHRASE)
        keeper.add("zeynep", "Zeynep Ö.", Role.FRONT_DESK, HERS)
    with Stewardship.open(left, "irem", PASSPHRASE, clock) as keeper:
        assert keeper.findings() == []
    Vault.open(left, "elif", HERS, clock).close()
    assert_whole(left, clock, "elif", "derya", "gül")
    with Stewardship.open(left, "irem", PASSPHRASE, clock) as keeper:
        assert keeper.findings() == []
        assert {each.user.name for each in keeper.accounts() if each.waits} == {"zeynep"}


def test_a_failure_on_the_way_leaves_the_vault_open_under_the_old_key(
    staffed: Vault, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(28, "full")

    old = staffed._key
    with monkeypatch.context() as patch:
        patch.setattr(Hold, "exchange", fail)
        with pytest.raises(KnownError):
            staffed.rotate_key()
    assert staffed._key == old
    users.change_passphrase(staffed, PASSPHRASE, HERS)
    users.change_passphrase(staffed, HERS, PASSPHRASE)
    staffed.rotate_key()
    staffed.close()
    assert_whole(staffed.path, clock, "derya", "elif", "gül")


def test_an_old_backup_opens_with_the_old_passphrase_still(
    staffed: Vault, clock: FixedClock, tmp_path: Path
) -> None:
    """Said in words to whoever changes the key: a copy elsewhere keeps its key."""
    copy = backup.make_backup(staffed, tmp_path, clock)
    elif_ = next(user for user in users.all_of(staffed) if user.name == "elif")
    users.remove_user(staffed, elif_.id)
    staffed.rotate_key()
    staffed.close()
    Vault.open(copy, "elif", HERS, clock).close()


def test_a_vault_put_back_from_before_is_noticed(staffed: Vault, clock: FixedClock) -> None:
    staffed.close()
    before = staffed.path.read_bytes()
    with Vault.open(staffed.path, "derya", PASSPHRASE, clock) as opened:
        opened.rotate_key()
    staffed.path.write_bytes(before)
    with pytest.raises(DamagedVaultError):
        Vault.open(staffed.path, "derya", PASSPHRASE, clock)
    assert anchor_of(staffed.path).exists()


def test_a_kill_before_the_last_transaction_accuses_nobody(
    staffed: Vault, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key files fit the new file alone by then, and what it remembers has to fit them."""
    write = SlotBook.write

    def dying(book: SlotBook, db: Connection, file: SlotFile, roster: Roster) -> None:
        write(book, db, file, roster)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(SlotBook, "write", dying)
        with pytest.raises(Killed):
            staffed.rotate_key()
    staffed.close()
    assert_whole(staffed.path, clock, "elif", "derya", "gül")
    with Vault.open(staffed.path, "derya", PASSPHRASE, clock) as opened, opened.read() as db:
        actions = {line.action for line in audit.lines(db)}
    assert "key.rotate" in actions
    assert not actions & {"slot.refused", "slot.put_back", "report.unknown"}
