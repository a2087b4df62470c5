"""The key file as second factor: written, needed, given up, and logged; attackers' tries."""

from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.errors import KeyFileNeededError, KnownError, WrongCredentialsError
from kadin_danisma.services import access, people, second_factor, upkeep
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import audit, key_files
from tests.builders import PASSPHRASE

NEW = "beyaz vapur erken kalktı"


def last_deeds(desk: Desk, count: int) -> list[tuple[str, str]]:
    with desk.vault.read() as db:
        return [(line.action, line.subject) for line in reversed(audit.lines(db, count))]


def last_deed(desk: Desk) -> tuple[str, str]:
    return last_deeds(desk, 1)[0]


def test_using_and_giving_up_a_key_file_is_logged(desk: Desk, stick: Path) -> None:
    key = second_factor.use(desk, PASSPHRASE, stick)
    # Behind it the key of the vault is changed, so that what was before opens nothing.
    assert last_deeds(desk, 2) == [("user.key_file.use", desk.user.id), ("key.rotate", "")]
    assert people.needs_key_file(desk)
    with pytest.raises(WrongCredentialsError):
        second_factor.drop(desk, "yanlış", [key.read_bytes()])
    assert last_deed(desk) == ("user.key_file.failed", desk.user.id)
    second_factor.drop(desk, PASSPHRASE, [bytes(32), key.read_bytes()])
    assert last_deeds(desk, 2) == [("user.key_file.drop", desk.user.id), ("key.rotate", "")]
    assert not people.needs_key_file(desk)


def test_nobody_gets_in_without_the_file(
    desk: Desk, stick: Path, vault_path: Path, clock: FixedClock
) -> None:
    key = second_factor.use(desk, PASSPHRASE, stick)
    desk.vault.close()
    with pytest.raises(KeyFileNeededError):
        access.sign_in(vault_path, "derya", PASSPHRASE, clock)
    for wrong in (bytes(32), b"", key.read_bytes()[:31]):
        clock.wait(60)
        with pytest.raises(WrongCredentialsError):
            access.sign_in(vault_path, "derya", PASSPHRASE, clock, key_files=[wrong])
    clock.wait(60)
    access.sign_in(
        vault_path, "derya", PASSPHRASE, clock, key_files=[key.read_bytes()]
    ).vault.close()


def test_whoever_sits_at_an_open_desk_cannot_give_it_up_without_both(
    desk: Desk, stick: Path
) -> None:
    key = second_factor.use(desk, PASSPHRASE, stick).read_bytes()
    for passphrase, contents in ((PASSPHRASE, []), (PASSPHRASE, [bytes(32)]), ("yanlış", [key])):
        with pytest.raises(WrongCredentialsError):
            second_factor.drop(desk, passphrase, contents)
    with pytest.raises(WrongCredentialsError):
        people.change_passphrase(desk, PASSPHRASE, NEW)
    with pytest.raises(KnownError):
        people.reset_passphrase(desk, desk.user.id, NEW)
    assert people.needs_key_file(desk)


def test_a_wrong_passphrase_leaves_no_file_and_changes_nothing(desk: Desk, stick: Path) -> None:
    with pytest.raises(WrongCredentialsError):
        second_factor.use(desk, "yanlış", stick)
    assert not list(stick.iterdir())
    assert not people.needs_key_file(desk)


def test_a_key_file_never_takes_the_place_of_another(desk: Desk, stick: Path) -> None:
    hers = second_factor.use(desk, PASSPHRASE, stick)
    before = hers.read_bytes()
    with pytest.raises(KnownError):
        second_factor.use(desk, PASSPHRASE, stick)
    second_factor.drop(desk, PASSPHRASE, [before])
    other = second_factor.use(desk, PASSPHRASE, stick)
    assert other.name == "kadin-danisma-2.anahtar"
    assert hers.read_bytes() == before != other.read_bytes()


def test_a_stick_that_does_not_read_back_is_not_relied_on(
    desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_files, "read", lambda _path: bytes(32))
    with pytest.raises(KnownError):
        second_factor.use(desk, PASSPHRASE, stick)
    assert not list(stick.iterdir())
    assert not people.needs_key_file(desk)


def test_a_missing_stick_is_said(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(KnownError):
        second_factor.use(desk, PASSPHRASE, tmp_path / "yok")


def test_a_backup_is_checked_and_restored_with_the_file_and_not_without(
    desk: Desk, stick: Path, tmp_path: Path, clock: FixedClock
) -> None:
    key = [second_factor.use(desk, PASSPHRASE, stick).read_bytes()]
    copy = upkeep.backup(desk, tmp_path)
    target = tmp_path / "geri" / "merkez.vault"
    with pytest.raises(KeyFileNeededError):
        upkeep.verify(copy, "derya", PASSPHRASE, clock)
    with pytest.raises(KeyFileNeededError):
        upkeep.restore(copy, target, "derya", PASSPHRASE, clock)
    assert upkeep.verify(copy, "derya", PASSPHRASE, clock, key_files=key) == []
    upkeep.restore(copy, target, "derya", PASSPHRASE, clock, key_files=key)
    access.sign_in(target, "derya", PASSPHRASE, clock, key_files=key).vault.close()


def test_only_whole_key_files_are_taken_from_the_sticks(stick: Path, tmp_path: Path) -> None:
    (stick / "a.anahtar").write_bytes(bytes(31))
    (stick / "b.ANAHTAR").write_bytes(b"b" * 32)
    (stick / "c.anahtar").mkdir()
    (stick / "d.txt").write_bytes(b"d" * 32)
    (stick / "e.anahtar").symlink_to("/dev/zero")
    assert second_factor.lying_in([tmp_path / "yok", stick]) == [b"b" * 32]
