"""An older vault in place of the newer one is noticed, told apart from a crash, and not touched."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError, RolledBackVaultError
from kadin_danisma.store import anchor, audit, backup, open_file, preferences, users
from kadin_danisma.store.backup_failures import UnprovedBackupError
from kadin_danisma.store.connection import PAGE_BYTES, Mode, connected
from kadin_danisma.store.failures import (
    BrokenVaultError,
    ChangedLogError,
    OlderStateError,
    PutBackError,
)
from kadin_danisma.store.files import beside
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.store.disk import anchor_of, flip, keys_of, snapshot


def note(vault: Vault, text: str) -> None:
    """Save something that leaves a line in the log."""
    with vault.write() as db:
        preferences.put(db, vault.user.id, "note", text)
        vault.audit(db, "client.view", text)


def sign_in(path: Path, clock: FixedClock, *, accept: bool = False) -> Vault:
    return Vault.open(path, "derya", PASSPHRASE, clock, accept_rollback=accept)


def actions(vault: Vault) -> list[str]:
    with vault.read() as db:
        return [line.action for line in audit.lines(db)]


def left_by_crash(vault: Vault, folder: Path) -> Path:
    """Copy what a crash would leave of an open vault, and return the copy's path."""
    shutil.copytree(vault.path.parent, folder)
    return folder / vault.path.name


def assert_alarm(
    path: Path, clock: FixedClock, kind: type[RolledBackVaultError] = OlderStateError
) -> None:
    """Nobody opens or verifies it, and nothing is written."""
    before = snapshot(path.parent)
    with pytest.raises(kind) as caught:
        sign_in(path, clock)
    assert caught.value.exit_status == 5
    with pytest.raises(KnownError) as verified:
        assert not backup.verify(path, "derya", PASSPHRASE)
    assert verified.value.exit_status == 5
    assert snapshot(path.parent) == before


def with_key(path: Path, key: bytes, *statements: str) -> None:
    """Do what somebody with the key can do who comes by another way than the program."""
    with connected(path, key, Mode.WORK) as db:
        for statement in statements:
            db.execute(statement)


def test_an_older_copy_of_the_whole_vault_is_noticed(
    closed: Path, clock: FixedClock, tmp_path: Path
) -> None:
    older = shutil.copytree(closed.parent, tmp_path / "older") / closed.name
    with sign_in(closed, clock) as opened:
        note(opened, "1")
    for ours, theirs in [(closed, older), *zip(keys_of(closed), keys_of(older), strict=True)]:
        shutil.copyfile(theirs, ours)
        assert_alarm(closed, clock)


def test_a_backup_put_over_the_vault_by_hand_is_noticed_also_with_its_anchor(
    vault: Vault, clock: FixedClock, tmp_path: Path
) -> None:
    copy = backup.make_backup(vault, tmp_path, clock)
    vault.close()
    for ending in ("", ".keys", ".keys2"):
        shutil.copyfile(beside(copy, ending), beside(vault.path, ending))
    assert_alarm(vault.path, clock)
    shutil.copyfile(anchor_of(copy), anchor_of(vault.path))
    assert_alarm(vault.path, clock, PutBackError)


@pytest.mark.parametrize("left", [0, 1, 2, 3])
def test_a_log_cut_or_deleted_after_a_crash_is_noticed(
    vault: Vault, clock: FixedClock, tmp_path: Path, left: int
) -> None:
    for number in range(4):
        note(vault, str(number))
    path = left_by_crash(vault, tmp_path / "crashed")
    log = beside(path, "-wal")
    content = log.read_bytes()
    log.write_bytes(content[: len(content) * left // 4])
    if not left:
        log.unlink()
    assert_alarm(path, clock)


def test_an_older_log_beside_a_vault_at_rest_is_noticed(
    vault: Vault, clock: FixedClock, tmp_path: Path
) -> None:
    note(vault, "1")
    path = left_by_crash(vault, tmp_path / "crashed")
    vault.close()
    shutil.copyfile(beside(path, "-wal"), beside(vault.path, "-wal"))
    assert_alarm(vault.path, clock)


def test_an_older_page_of_a_table_is_noticed_though_the_log_is_whole(
    vault: Vault, clock: FixedClock
) -> None:
    note(vault, "older " + "x" * 3000)
    vault._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = vault.path.read_bytes()
    with vault.write() as db:
        preferences.put(db, vault.user.id, "note", "newer " + "x" * 3000)
    vault.close()
    after = bytearray(vault.path.read_bytes())
    changed = [
        at for at in range(PAGE_BYTES, len(after), PAGE_BYTES)
        if before[at : at + PAGE_BYTES] != after[at : at + PAGE_BYTES]
    ]  # fmt: skip
    assert changed
    after[changed[0] : changed[0] + PAGE_BYTES] = before[changed[0] : changed[0] + PAGE_BYTES]
    vault.path.write_bytes(after)
    assert_alarm(vault.path, clock)


def test_the_end_of_the_log_cut_off_with_the_key_in_hand_is_noticed(
    vault: Vault, clock: FixedClock
) -> None:
    note(vault, "1")
    vault.close()
    with_key(vault.path, vault._key, "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)")
    assert_alarm(vault.path, clock)


def test_another_line_in_place_of_the_anchored_one_is_noticed(
    vault: Vault, clock: FixedClock
) -> None:
    chain_key = vault._chain_key
    note(vault, "1")
    vault.close()
    with connected(vault.path, vault._key, Mode.WORK) as db:
        db.execute("DELETE FROM audit WHERE seq = 2")
        audit.add(db, chain_key, vault.user, clock.now(), "client.view", "2")
        assert audit.first_break(db, chain_key) is None
    assert_alarm(vault.path, clock)


def test_a_log_changed_behind_its_anchor_is_noticed(
    vault: Vault, clock: FixedClock, tmp_path: Path
) -> None:
    early = anchor_of(vault.path).read_bytes()
    note(vault, "1")
    vault.close()
    anchor_of(vault.path).write_bytes(early)
    with_key(vault.path, vault._key, "UPDATE audit SET subject = '2' WHERE seq = 2")
    before = snapshot(vault.path.parent)
    with pytest.raises(ChangedLogError):
        sign_in(vault.path, clock)
    assert snapshot(vault.path.parent) == before
    assert len(backup.verify(vault.path, "derya", PASSPHRASE)) == 1


def test_damage_is_told_apart_from_an_older_state(
    closed: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kadin_danisma.store.opening._CHECKED_WHOLE", 0)
    flip(closed, -1)
    with pytest.raises(BrokenVaultError):
        sign_in(closed, clock)


def test_a_crash_at_any_line_opens_and_is_no_alarm(
    vault: Vault, clock: FixedClock, tmp_path: Path
) -> None:
    for number in range(3):
        before = anchor_of(vault.path).read_bytes()
        note(vault, str(number))
        level = left_by_crash(vault, tmp_path / f"level {number}")
        ahead = left_by_crash(vault, tmp_path / f"ahead {number}")
        anchor_of(ahead).write_bytes(before)
        torn = left_by_crash(vault, tmp_path / f"torn {number}")
        anchor_of(torn).write_bytes(anchor_of(torn).read_bytes()[:-9])
        for path in (level, ahead, torn):
            with sign_in(path, clock) as opened:
                assert opened.notices == ()
                assert actions(opened)[:2] == ["sign_in", "client.view"]


def test_a_crash_on_the_way_into_the_vault_is_no_alarm(
    vault: Vault, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backup.make_backup(vault, tmp_path, clock)
    vault.close()

    def crash(_db: Connection) -> None:
        raise KeyboardInterrupt

    for path in (vault.path, copy):
        with monkeypatch.context() as patch:
            patch.setattr(open_file, "guard", crash)
            with pytest.raises(KeyboardInterrupt):
                sign_in(path, clock)
        sign_in(path, clock).close()


def test_a_full_disk_under_the_anchor_does_not_stop_saving(
    vault: Vault, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_path: Path, _content: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(anchor, "append", fail)
        patch.setattr(anchor, "write_atomically", fail)
        note(vault, "1")
        vault.fix_anchor()
        note(vault, "2")
        vault.close()
    with sign_in(vault.path, clock) as opened:
        assert opened.notices == (anchor.unsigned(),)
        said = ["sign_in", "anchor.unsigned", "client.view", "client.view"]
        assert actions(opened)[:4] == said


def test_the_anchor_is_waited_for_after_fifty_lines_or_a_minute(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = []
    for number in range(120):
        note(vault, str(number))
        lines.append(anchor_of(vault.path).read_bytes().count(b"\n"))
    assert max(lines) == 50
    assert lines.count(1) == 2
    monkeypatch.setattr(anchor, "_SECONDS_APART", 0.0)
    note(vault, "later")
    assert anchor_of(vault.path).read_bytes().count(b"\n") == 1


def remove(path: Path) -> None:
    path.unlink()


def garble(path: Path) -> None:
    path.write_bytes(b"\xff\x00{")


def forge(path: Path) -> None:
    said = json.loads(path.read_bytes())
    path.write_bytes(json.dumps({**said, "seq": 1}).encode())


def confuse(path: Path) -> None:
    said = json.loads(path.read_bytes())
    lines = [[], 1, {**said, "seq": 1e999}, {**said, "head": 5}, {**said, "at": None}]
    path.write_bytes(b"\n".join(json.dumps(line).encode() for line in lines))


@pytest.mark.parametrize("harm", [remove, garble, forge, confuse])
def test_without_a_genuine_anchor_the_vault_opens_and_says_so_once(
    closed: Path, clock: FixedClock, harm: Callable[[Path], None]
) -> None:
    harm(anchor_of(closed))
    assert backup.verify(closed, "derya", PASSPHRASE) == [anchor.missing()]
    with sign_in(closed, clock) as opened:
        assert opened.notices == (anchor.missing(),)
        assert actions(opened)[:2] == ["sign_in", "anchor.missing"]
    with sign_in(closed, clock) as opened:
        assert opened.notices == ()
        assert actions(opened)[:2] == ["sign_in", "sign_in"]
    assert backup.verify(closed, "derya", PASSPHRASE) == []


def test_another_vaults_anchor_is_not_genuine(
    closed: Path, clock: FixedClock, tmp_path: Path
) -> None:
    other = tmp_path / "other.vault"
    Vault.create(other, "Başka", a_user(), PASSPHRASE, clock)[0].close()
    shutil.copyfile(anchor_of(other), anchor_of(closed))
    with sign_in(closed, clock) as opened:
        assert opened.notices == (anchor.missing(),)


def test_a_medium_that_cannot_be_written_is_compared_too(
    closed: Path, clock: FixedClock, tmp_path: Path
) -> None:
    older = tmp_path / closed.name
    shutil.copyfile(closed, older)
    with sign_in(closed, clock) as opened:
        note(opened, "1")
    with Vault.open(closed, "derya", PASSPHRASE, clock, read_only=True) as opened:
        assert opened.notices == ()
    shutil.copyfile(older, closed)
    before = snapshot(closed.parent)
    with pytest.raises(OlderStateError):
        Vault.open(closed, "derya", PASSPHRASE, clock, read_only=True)
    assert snapshot(closed.parent) == before


def test_only_a_coordinator_accepts_an_older_vault_and_it_is_logged(
    vault: Vault, clock: FixedClock, tmp_path: Path
) -> None:
    users.add_user(vault, a_user("elif", role=Role.LAWYER), "beş başka kelime")
    vault.close()
    older = shutil.copyfile(vault.path, tmp_path / "older")
    with sign_in(vault.path, clock) as opened:
        note(opened, "1")
    shutil.copyfile(older, vault.path)
    before = snapshot(vault.path.parent)
    with pytest.raises(OlderStateError):
        Vault.open(vault.path, "elif", "beş başka kelime", clock, accept_rollback=True)
    assert snapshot(vault.path.parent) == before
    with sign_in(vault.path, clock, accept=True) as opened:
        assert opened.notices == ()
        with opened.read() as db:
            sign_in_line, accepted, *_rest = audit.lines(db)
        assert (sign_in_line.action, accepted.action) == ("sign_in", "rollback.accepted")
        assert accepted.subject == "3 / 5"
    Vault.open(vault.path, "elif", "beş başka kelime", clock).close()


def test_a_changed_log_can_be_accepted_and_verify_goes_on_saying_so(
    vault: Vault, clock: FixedClock
) -> None:
    note(vault, "1")
    vault.close()
    with_key(vault.path, vault._key, "UPDATE audit SET mac = zeroblob(32) WHERE seq = 2")
    assert_alarm_then_accept(vault.path, clock)
    assert len(backup.verify(vault.path, "derya", PASSPHRASE)) == 1


def assert_alarm_then_accept(path: Path, clock: FixedClock) -> None:
    with pytest.raises(RolledBackVaultError):
        sign_in(path, clock)
    sign_in(path, clock, accept=True).close()
    sign_in(path, clock).close()


def test_accepting_changes_nothing_where_there_is_nothing_to_accept(
    closed: Path, clock: FixedClock
) -> None:
    with sign_in(closed, clock, accept=True) as opened:
        assert "rollback.accepted" not in actions(opened)


def test_a_backup_and_a_restored_vault_carry_the_anchor(
    vault: Vault, clock: FixedClock, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    first = backup.make_backup(vault, stick, clock)
    note(vault, "1")
    second = backup.make_backup(vault, stick, clock)
    target = tmp_path / "new" / "merkez.vault"
    backup.restore(second, target, "derya", PASSPHRASE, clock)
    with sign_in(target, clock) as opened:
        assert opened.notices == ()
    for ending in ("", ".keys", ".keys2"):
        shutil.copyfile(beside(first, ending), beside(second, ending))
    assert_alarm(second, clock)
    with pytest.raises(OlderStateError):
        backup.restore(second, tmp_path / "older" / "merkez.vault", "derya", PASSPHRASE, clock)
    assert not (tmp_path / "older").exists()


def test_a_backup_without_its_anchor_is_restored_only_where_a_coordinator_accepts_that(
    vault: Vault, clock: FixedClock, tmp_path: Path
) -> None:
    copy = backup.make_backup(vault, tmp_path, clock)
    anchor_of(copy).unlink()
    target = tmp_path / "new" / "merkez.vault"
    with pytest.raises(UnprovedBackupError):
        backup.restore(copy, target, "derya", PASSPHRASE, clock)
    assert not target.parent.exists()
    backup.restore(copy, target, "derya", PASSPHRASE, clock, accept_unproved=True)
    with sign_in(target, clock) as opened, opened.read() as db:
        assert opened.notices == ()
        assert "restore.unproved" in {line.action for line in audit.lines(db, 5)}


def test_the_anchor_is_private_and_tells_no_name(closed: Path) -> None:
    assert anchor_of(closed).stat().st_mode & 0o077 == 0
    content = anchor_of(closed).read_bytes()
    assert b"derya" not in content
    assert b"Derya" not in content
