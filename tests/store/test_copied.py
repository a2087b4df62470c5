"""A backup is read and restored; it never becomes the daily vault, whatever it is called."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock, Period
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import DamagedVaultError
from kadin_danisma.services import access, importing, intake, keeping, people, reporting, upkeep
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.keeping import KeepersDesk
from kadin_danisma.store import anchor, backup, copied, users
from kadin_danisma.store.backup_failures import OlderBackupError, OnlyReadBackupError
from kadin_danisma.store.files import beside
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_user
from tests.store.backups import by_coordinator, by_it
from tests.store.disk import anchor_of, snapshot

BANNER = "22.11.2026 10.00"


@pytest.fixture
def kept(vault: Vault) -> Vault:
    users.add_user(vault, a_user("irem", role=Role.IT), PASSPHRASE)
    return vault


@pytest.fixture(params=[by_coordinator, by_it])
def made(request: pytest.FixtureRequest, kept: Vault, stick: Path, clock: FixedClock) -> Path:
    path = request.param(kept, stick, clock)
    assert isinstance(path, Path)
    return path


def renamed(path: Path, to: Path) -> Path:
    """Move a vault with everything beside it, by hand."""
    to.parent.mkdir(exist_ok=True)
    for ending in ("", ".keys", ".keys2", ".anchor"):
        shutil.move(beside(path, ending), beside(to, ending))
    return to


def test_a_backup_opens_for_reading_says_what_it_is_and_not_a_byte_changes(
    made: Path, tmp_path: Path, clock: FixedClock
) -> None:
    for another_name in (False, True):
        path = renamed(made, tmp_path / "merkez" / "merkez.vault") if another_name else made
        before = snapshot(path.parent)
        with access.sign_in(path, "derya", PASSPHRASE, clock).vault as opened:
            assert opened.copied is not None
            assert BANNER in opened.copied.words
            assert opened.notices == (opened.copied.words,)
            with opened.read() as db:
                assert db.execute("SELECT count(*) FROM client").fetchone() == (0,)
        assert snapshot(path.parent) == before


def _add_user(desk: Desk) -> object:
    return people.add_user(desk, "elif", "Elif B.", Role.LAWYER, "beş başka kelime")


def _import(desk: Desk) -> object:
    return importing.import_workbook(desk, Path("yok.xlsx"))


def _publish(desk: Desk) -> object:
    period = Period.parse("2026-10")
    return reporting.publish(desk, period, Path(), ("json",))


def _backup(desk: Desk) -> object:
    return upkeep.backup(desk, Path())


@pytest.mark.parametrize(
    "act",
    [
        lambda desk: intake.open_file(desk, a_client()),
        _add_user,
        _import,
        _publish,
        _backup,
        lambda desk: users.change_passphrase(desk.vault, PASSPHRASE, "beş başka kelime burada"),
        lambda desk: desk.vault.rotate_key(),
    ],
)
def test_nothing_is_written_into_a_backup_or_published_out_of_it(
    kept: Vault, stick: Path, clock: FixedClock, act: Callable[[Desk], object]
) -> None:
    made = by_coordinator(kept, stick, clock)
    before = snapshot(stick)
    desk = access.sign_in(made, "derya", PASSPHRASE, clock)
    with pytest.raises(OnlyReadBackupError):
        act(desk)
    desk.vault.close()
    assert snapshot(stick) == before


def test_it_keeps_no_accounts_at_a_backup(made: Path, clock: FixedClock) -> None:
    before = snapshot(made.parent)
    desk = access.enter(made, "irem", PASSPHRASE, clock)
    assert isinstance(desk, KeepersDesk)
    assert desk.keeper.copied is not None
    for act in (
        lambda: keeping.add_account(desk, "elif", "Elif", Role.LAWYER, PASSPHRASE),
        lambda: keeping.change_passphrase(desk, PASSPHRASE, "beş başka kelime burada"),
        lambda: keeping.backup(desk, made.parent),
    ):
        with pytest.raises(OnlyReadBackupError):
            act()
    assert keeping.verify(desk) == []
    desk.close()
    assert snapshot(made.parent) == before


@pytest.mark.parametrize("who", ["derya", "irem"])
def test_a_restored_vault_is_a_vault_whoever_restores_it_and_from_whichever_name(
    made: Path, tmp_path: Path, clock: FixedClock, who: str
) -> None:
    source = renamed(made, tmp_path / "anders" / "başka ad.vault")
    target = tmp_path / "yeni" / "merkez.vault"
    upkeep.restore(source, target, who, PASSPHRASE, clock)
    for _again in range(2):
        with access.sign_in(target, "derya", PASSPHRASE, clock).vault as opened:
            assert opened.copied is None
            assert not opened.read_only
            intake.open_file(Desk(opened, clock), a_client(f"2026/{_again}"))
    assert upkeep.verify(target, "derya", PASSPHRASE, clock) == []


def test_a_vault_moved_or_copied_by_hand_opens_as_ever(
    kept: Vault, tmp_path: Path, clock: FixedClock
) -> None:
    kept.close()
    moved = renamed(kept.path, tmp_path / "başka" / "merkez.vault")
    with Vault.open(moved, "derya", PASSPHRASE, clock) as opened:
        assert opened.copied is None
        assert not opened.read_only


def test_the_copy_before_a_migration_is_a_backup_that_is_restored_and_not_read(
    vault_path: Path, tmp_path: Path, clock: FixedClock
) -> None:
    Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock, schema=7)[0].close()
    Vault.open(vault_path, "derya", PASSPHRASE, clock).close()
    (copy,) = vault_path.parent.glob("*schema7*.vault")
    with pytest.raises(OlderBackupError):
        Vault.open(copy, "derya", PASSPHRASE, clock)
    target = tmp_path / "yeni" / "merkez.vault"
    upkeep.restore(copy, target, "derya", PASSPHRASE, clock)
    with Vault.open(target, "derya", PASSPHRASE, clock) as opened:
        assert opened.copied is None


def test_a_change_of_the_vault_key_makes_no_backup_of_the_vault(
    kept: Vault, clock: FixedClock
) -> None:
    kept.rotate_key()
    kept.close()
    with Vault.open(kept.path, "derya", PASSPHRASE, clock) as opened:
        assert opened.copied is None


def test_a_backup_of_an_earlier_program_is_restored_and_says_that_it_carries_no_digest(
    kept: Vault, stick: Path, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = anchor.write_copy

    def write(copy: Path, stands: anchor.Anchor, *keys: bytes) -> None:
        before = replace(stands, content=b"", format=anchor.OLD_FORMAT)
        real(copy, before, *keys)

    with monkeypatch.context() as patch:
        patch.setattr(anchor, "write_copy", write)
        made = by_coordinator(kept, stick, clock)
    found = backup.examine(made, "derya", PASSPHRASE)
    assert (found.problems, found.note) == ([], backup.without_digest())
    target = tmp_path / "yeni" / "merkez.vault"
    upkeep.restore(made, target, "derya", PASSPHRASE, clock)
    # Without that line it cannot be told from one whose digest was taken away.
    anchor_of(made).unlink()
    with pytest.raises(DamagedVaultError):
        upkeep.restore(made, tmp_path / "öbür.vault", "derya", PASSPHRASE, clock)


def test_the_backups_of_a_folder_say_whose_passphrases_open_them(
    kept: Vault, stick: Path, clock: FixedClock
) -> None:
    elif_ = users.add_user(kept, a_user("elif", title="Elif B."), "beş başka kelime")
    desk = Desk(kept, clock)
    upkeep.backup(desk, stick)
    users.change_passphrase(kept, PASSPHRASE, "sonradan değişti bu parola")
    users.remove_user(kept, elif_.id)
    (found,) = upkeep.backups_in(desk, stick)
    assert found.at == clock.now()
    assert found.is_signed
    states = {each.name: each.opens for each in found.openers}
    assert states["Elif B."] is upkeep.Opens.LEFT
    assert states[kept.user.title] is upkeep.Opens.EARLIER
    assert upkeep.Opens.TODAYS in states.values()
    anchor_of(found.path).unlink()
    (found,) = upkeep.backups_in(desk, stick)
    assert found.is_signed is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among files")
def test_what_is_no_file_on_a_stick_does_not_hide_the_backups_beside_it(
    vault: Vault, stick: Path, clock: FixedClock
) -> None:
    made = backup.make_backup(vault, stick, clock)
    for ending in (".keys", ".keys2"):
        shutil.copyfile(beside(made, ending), stick / f"a.vault{ending}")
    (stick / "a.vault").symlink_to(stick / "gone")
    (stick / "b.vault").write_bytes(b"")
    os.mkfifo(stick / "b.vault.keys")
    (stick / "c.vault").mkdir()
    (stick / "c.vault.keys").mkdir()
    assert [each.path for each in vault.backups_in(stick)] == [made]


def test_what_nonsense_says_of_a_copy_ends_in_no_error() -> None:
    assert copied._read("yarın elif").at is None
