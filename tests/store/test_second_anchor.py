"""A whole older folder with its anchor, a swapped vault, a cut log: the PC and the stick know.

The attacker puts everything back that lies in the folder of the vault, or has its key.
"""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kadin_danisma.domain.auditing import NEW_PLACE
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.paths import anchors_folder
from kadin_danisma.store import anchor, audit, backup, records, second_anchor
from kadin_danisma.store.backup_failures import BehindBackupError
from kadin_danisma.store.connection import Mode, connected
from kadin_danisma.store.failures import ChangedLogError, CutLogError, OlderStateError, PutBackError
from kadin_danisma.store.files import beside
from kadin_danisma.store.records import Stamp
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_user
from tests.store.disk import snapshot
from tests.store.test_anchor import assert_alarm, left_by_crash, note, sign_in, with_key


def put_back(older: Path, path: Path) -> None:
    """Put a whole older folder in place of the present one, with everything in it."""
    shutil.rmtree(path.parent)
    shutil.copytree(older, path.parent)


def newest(vault: Vault) -> list[tuple[str, str]]:
    with vault.read() as db:
        return [(line.action, line.subject) for line in audit.lines(db, 3)]


def open_a_file(vault: Vault, file_no: str) -> None:
    """Write a record and its line, as a service does."""
    with vault.write() as db:
        records.add(db, a_client(file_no), Stamp(vault.clock.now(), vault.user.id))
        vault.audit(db, "client.add", file_no)


def test_a_whole_older_folder_with_its_anchor_is_noticed_and_left_alone(
    closed: Path, clock: FixedClock, tmp_path: Path
) -> None:
    older = shutil.copytree(closed.parent, tmp_path / "older")
    with sign_in(closed, clock) as opened:
        note(opened, "1")
    put_back(older, closed)
    assert_alarm(closed, clock, PutBackError)


def test_a_whole_older_folder_is_noticed_after_a_crash_too(
    vault: Vault, clock: FixedClock, tmp_path: Path
) -> None:
    older = left_by_crash(vault, tmp_path / "older").parent
    note(vault, "1")
    vault.close()
    put_back(older, vault.path)
    with pytest.raises(PutBackError):
        sign_in(vault.path, clock)


def test_a_folder_from_before_the_key_was_changed_is_noticed(
    vault: Vault, clock: FixedClock, tmp_path: Path
) -> None:
    vault.close()
    older = shutil.copytree(vault.path.parent, tmp_path / "older")
    with sign_in(vault.path, clock) as opened:
        opened.rotate_key()
    sign_in(vault.path, clock).close()
    put_back(older, vault.path)
    with pytest.raises(PutBackError):
        sign_in(vault.path, clock)


def test_a_coordinator_can_accept_what_was_put_back_and_both_numbers_are_logged(
    closed: Path, clock: FixedClock, tmp_path: Path
) -> None:
    older = shutil.copytree(closed.parent, tmp_path / "older")
    with sign_in(closed, clock) as opened:
        note(opened, "1")
    put_back(older, closed)
    with sign_in(closed, clock, accept=True) as opened:
        assert newest(opened)[:2] == [("sign_in", ""), ("rollback.accepted", "1 / 3")]
    sign_in(closed, clock).close()


def test_a_crash_at_any_line_is_no_alarm(vault: Vault, clock: FixedClock, tmp_path: Path) -> None:
    second = second_anchor.path_of(vault.path)
    for number in range(3):
        before = second.read_bytes()
        note(vault, str(number))
        kept = second.read_bytes()
        crashed = left_by_crash(vault, tmp_path / f"crash {number}")
        theirs = second_anchor.path_of(crashed)
        for content in (kept, before, kept[:-9]):
            theirs.write_bytes(content)
            copy = shutil.copytree(crashed.parent, tmp_path / "again") / crashed.name
            shutil.copyfile(theirs, second_anchor.path_of(copy))
            sign_in(copy, clock).close()
            shutil.rmtree(copy.parent)


def test_a_cut_log_is_told_apart_from_an_older_copy(
    vault: Vault, clock: FixedClock, tmp_path: Path
) -> None:
    vault._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    older = shutil.copyfile(vault.path, tmp_path / "older")
    clock.moment = clock.moment.replace(hour=11)
    open_a_file(vault, "2026/0001")
    vault.close()
    with_key(vault.path, vault._key, "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)")
    assert_alarm(vault.path, clock, CutLogError)
    shutil.copyfile(older, vault.path)
    with pytest.raises(OlderStateError) as caught:
        sign_in(vault.path, clock)
    assert not isinstance(caught.value, CutLogError)


def rewrite(vault: Vault) -> None:
    """Write the whole chain anew with another story in it, and the anchor beside the vault."""
    key, chain_key = vault._key, vault._chain_key
    header = vault.path.read_bytes()[:16]
    with connected(vault.path, key, Mode.WORK) as db:
        db.execute("DELETE FROM audit WHERE seq > 1")
        audit.add(db, chain_key, vault.user, vault.clock.now(), "client.view", "2026/0009")
        audit.add(db, chain_key, vault.user, vault.clock.now(), "client.view", "2026/0009")
        assert audit.first_break(db, chain_key) is None
        last = audit.last(db)
    anchor.write(vault.path, anchor.Anchor(vault.vault_id, header, last), key)


def test_a_chain_written_anew_with_its_anchor_by_a_key_holder_is_noticed(
    vault: Vault, clock: FixedClock
) -> None:
    note(vault, "1")
    vault.close()
    rewrite(vault)
    with pytest.raises(PutBackError):
        sign_in(vault.path, clock)


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE audit SET subject = '2' WHERE seq = 2",
        "DELETE FROM audit WHERE seq = 2",
        "UPDATE audit SET subject = CASE seq WHEN 2 THEN '1' ELSE '0' END WHERE seq IN (2, 3)",
    ],
)
def test_edits_in_the_middle_are_noticed_by_verify_and_at_sign_in(
    vault: Vault, clock: FixedClock, attack: str
) -> None:
    early = anchor.path_of(vault.path).read_bytes()
    second_early = second_anchor.path_of(vault.path).read_bytes()
    for number in range(3):
        note(vault, str(number))
    vault.close()
    anchor.path_of(vault.path).write_bytes(early)
    second_anchor.path_of(vault.path).write_bytes(second_early)
    with_key(vault.path, vault._key, attack)
    with pytest.raises(ChangedLogError):
        sign_in(vault.path, clock)
    assert len(backup.verify(vault.path, "derya", PASSPHRASE)) == 1


def test_another_vault_at_the_same_place_is_told_once_and_logged(
    closed: Path, clock: FixedClock, tmp_path: Path
) -> None:
    other = tmp_path / "other" / "merkez.vault"
    Vault.create(other, "Başka", a_user(), PASSPHRASE, clock)[0].close()
    put_back(other.parent, closed)
    with sign_in(closed, clock) as opened:
        assert opened.notices == (anchor.swapped(),)
        assert newest(opened)[:2] == [("sign_in", NEW_PLACE), ("anchor.other", "")]
    with sign_in(closed, clock) as opened:
        assert opened.notices == ()
        assert newest(opened)[0] == ("sign_in", "")


def remove(path: Path) -> None:
    path.unlink()


def garble(path: Path) -> None:
    path.write_bytes(b"\xff{")


def block(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("harm", [remove, garble, block])
def test_without_what_the_computer_remembers_the_vault_opens_and_the_log_says_so(
    closed: Path, clock: FixedClock, harm: Callable[[Path], None]
) -> None:
    harm(second_anchor.path_of(closed))
    with sign_in(closed, clock) as opened:
        assert opened.notices == ()
        assert newest(opened)[0] == ("sign_in", NEW_PLACE)


def test_settings_that_cannot_be_written_stop_nobody(
    vault_path: Path, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a file"
    blocked.touch()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(blocked))
    vault, _code = Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock)
    note(vault, "1")
    vault.close()
    sign_in(vault_path, clock).close()


def test_a_vault_restored_by_the_program_supersedes_what_was_remembered(
    vault: Vault, clock: FixedClock, tmp_path: Path
) -> None:
    copy = backup.make_backup(vault, tmp_path, clock)
    note(vault, "lost with the disk")
    vault.close()
    shutil.rmtree(vault.path.parent)
    backup.restore(copy, vault.path, "derya", PASSPHRASE, clock)
    with sign_in(vault.path, clock) as opened:
        assert [action for action, _ in newest(opened)[:2]] == ["sign_in", "restore"]


def test_the_second_anchor_lies_away_from_the_vault_is_private_and_names_nobody(
    closed: Path,
) -> None:
    path = second_anchor.path_of(closed)
    assert path.parent == anchors_folder()
    assert path.stat().st_mode & 0o077 == 0
    said = path.read_bytes()
    assert not any(word in said for word in (b"derya", b"Merkez", str(closed).encode()))
    assert "merkez" not in path.name


def test_a_rolled_back_vault_is_noticed_by_the_stick_when_both_anchors_were_put_back(
    vault: Vault, clock: FixedClock, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    vault.close()
    second = second_anchor.path_of(vault.path)
    older, remembered = shutil.copytree(vault.path.parent, tmp_path / "older"), second.read_bytes()
    clock.moment = clock.moment.replace(hour=11)
    with sign_in(vault.path, clock) as opened:
        note(opened, "1")
        backup.make_backup(opened, stick, clock)
    put_back(older, vault.path)
    second.write_bytes(remembered)
    before = snapshot(stick)
    clock.moment = clock.moment.replace(hour=12)
    with sign_in(vault.path, clock) as opened:
        with pytest.raises(BehindBackupError) as caught:
            backup.make_backup(opened, stick, clock)
        assert caught.value.exit_status == 5
        assert snapshot(stick) == before
        backup.make_backup(opened, stick, clock, accept_rollback=True)
        assert newest(opened)[:2][1] == ("rollback.accepted", "backup")
        clock.moment = clock.moment.replace(hour=13)
        backup.make_backup(opened, stick, clock)


def test_backups_of_others_and_of_an_earlier_day_do_not_stop_a_backup(
    vault: Vault, clock: FixedClock, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    other, _code = Vault.create(tmp_path / "o.vault", "Başka", a_user(), PASSPHRASE, clock)
    for number in range(3):
        note(other, str(number))
    backup.make_backup(other, stick, clock)
    other.close()
    (stick / "torn.anchor").write_bytes(b"{")
    for _day in range(2):
        backup.make_backup(vault, stick, clock)
        note(vault, "1")
    files = list(stick.glob("*.vault"))
    assert len(files) == 3
    assert all(beside(file, ".anchor").exists() for file in files)


def test_a_forged_anchor_on_the_stick_says_nothing(
    vault: Vault, clock: FixedClock, tmp_path: Path
) -> None:
    forged = anchor.Anchor(vault.vault_id, b"", replace(audit.START, seq=99, mac=bytes(32)))
    (tmp_path / "x.anchor").write_bytes(anchor.encode(forged, bytes(32)))
    backup.make_backup(vault, tmp_path, clock)
