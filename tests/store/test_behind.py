"""A vault that was made from a copy knows that reports may have left after it."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import ISTANBUL, FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.services import upkeep
from kadin_danisma.store import audit, backup, behind, users
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user

DAY_OF_BACKUP = date(2026, 11, 22)


@pytest.fixture
def copy(vault: Vault, tmp_path: Path, clock: FixedClock) -> Path:
    """A backup of the 22nd; the vault it was made of is closed."""
    users.add_user(vault, a_user("irem", role=Role.IT), PASSPHRASE)
    made = backup.make_backup(vault, tmp_path, clock)
    vault.close()
    clock.moment = datetime(2026, 12, 10, 9, 0, tzinfo=ISTANBUL)
    return made


def unknown_since(path: Path, clock: FixedClock) -> date | None:
    with Vault.open(path, "derya", PASSPHRASE, clock) as opened, opened.read() as db:
        return behind.since(db)


def test_a_vault_that_is_closed_and_opened_knows_all_its_reports(
    vault: Vault, clock: FixedClock
) -> None:
    for _again in range(2):
        vault.close()
        assert unknown_since(vault.path, clock) is None


def test_a_restored_vault_knows_since_when_it_is_behind(
    copy: Path, tmp_path: Path, clock: FixedClock
) -> None:
    target = tmp_path / "yeni.vault"
    upkeep.restore(copy, target, "derya", PASSPHRASE, clock)
    for _again in range(2):
        assert unknown_since(target, clock) == DAY_OF_BACKUP


def test_a_vault_that_it_restored_without_its_key_knows_it_too(
    copy: Path, tmp_path: Path, clock: FixedClock
) -> None:
    target = tmp_path / "yeni.vault"
    upkeep.restore(copy, target, "irem", PASSPHRASE, clock)
    assert unknown_since(target, clock) == DAY_OF_BACKUP


def test_a_backup_that_somebody_copied_by_hand_stays_a_backup(
    copy: Path, tmp_path: Path, clock: FixedClock
) -> None:
    folder = tmp_path / "elle"
    folder.mkdir()
    for file in copy.parent.glob(f"{copy.name}*"):
        shutil.copyfile(file, folder / file.name)
    with Vault.open(folder / copy.name, "derya", PASSPHRASE, clock) as opened:
        assert opened.copied is not None


def test_an_older_state_that_was_accepted_is_behind(vault: Vault, clock: FixedClock) -> None:
    vault.close()
    folder = vault.path.parent
    older = {file: file.read_bytes() for file in folder.iterdir()}
    clock.moment = datetime(2026, 12, 10, 9, 0, tzinfo=ISTANBUL)
    Vault.open(vault.path, "derya", PASSPHRASE, clock).close()
    for file, content in older.items():
        file.write_bytes(content)
    Vault.open(vault.path, "derya", PASSPHRASE, clock, accept_rollback=True).close()
    assert unknown_since(vault.path, clock) == DAY_OF_BACKUP


def test_a_new_vault_key_makes_no_copy(vault: Vault, clock: FixedClock) -> None:
    vault.rotate_key()
    vault.close()
    assert unknown_since(vault.path, clock) is None


def test_what_was_settled_is_settled_and_the_alarm_stands_in_the_log(
    copy: Path, tmp_path: Path, clock: FixedClock
) -> None:
    target = tmp_path / "yeni.vault"
    upkeep.restore(copy, target, "irem", PASSPHRASE, clock)
    with Vault.open(target, "derya", PASSPHRASE, clock) as opened, opened.write() as db:
        behind.settle(db)
        assert "report.unknown" in {line.action for line in audit.lines(db, 5)}
    assert unknown_since(target, clock) is None
