"""What is no vault of ours is told apart and said calmly, and nothing is written."""

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.errors import DamagedVaultError, KnownError, WrongCredentialsError
from kadin_danisma.i18n import use_language
from kadin_danisma.store import failures, preferences
from kadin_danisma.store.connection import PAGE_BYTES
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.store.disk import flip, snapshot


def remove(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def unencrypted(path: Path) -> None:
    path.unlink()
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE client (name TEXT)")
    db.close()


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1000])


def cut_off_by_pages(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: -2 * PAGE_BYTES])


def other_bytes(path: Path) -> None:
    path.write_bytes(bytes(byte ^ 0x55 for byte in path.read_bytes()))


def header_flipped(path: Path) -> None:
    flip(path, 3)


def first_page_flipped(path: Path) -> None:
    flip(path, 1000)


def last_page_flipped(path: Path) -> None:
    flip(path, path.stat().st_size - 1)


def pages_swapped(path: Path) -> None:
    content = path.read_bytes()
    second, third = content[PAGE_BYTES : 2 * PAGE_BYTES], content[2 * PAGE_BYTES : 3 * PAGE_BYTES]
    path.write_bytes(content[:PAGE_BYTES] + third + second + content[3 * PAGE_BYTES :])


HARM: list[tuple[Callable[[Path], None], type[KnownError], int]] = [
    (remove, failures.MissingVaultError, 4),
    (empty, failures.EmptyVaultError, 5),
    (unencrypted, failures.PlainVaultError, 5),
    (cut_off, failures.TruncatedVaultError, 5),
    (cut_off_by_pages, failures.BrokenVaultError, 5),
    (other_bytes, failures.ForeignVaultError, 5),
    (header_flipped, failures.BrokenVaultError, 5),
    (first_page_flipped, failures.BrokenVaultError, 5),
    (last_page_flipped, failures.BrokenVaultError, 5),
    (pages_swapped, failures.BrokenVaultError, 5),
]


@pytest.mark.parametrize(("harm", "error", "status"), HARM)
def test_what_is_wrong_is_told_apart_and_nothing_is_written(
    closed: Path,
    clock: FixedClock,
    harm: Callable[[Path], None],
    error: type[KnownError],
    status: int,
) -> None:
    harm(closed)
    before = snapshot(closed.parent)
    with pytest.raises(error) as caught:
        Vault.open(closed, "derya", PASSPHRASE, clock)
    assert type(caught.value) is error
    assert caught.value.exit_status == status
    assert snapshot(closed.parent) == before


def test_a_wrong_passphrase_is_said_and_nothing_is_written(closed: Path, clock: FixedClock) -> None:
    before = snapshot(closed.parent)
    for name, passphrase in [("derya", "x"), ("derya", ""), ("", PASSPHRASE), ("elif", PASSPHRASE)]:
        with pytest.raises(WrongCredentialsError) as caught:
            Vault.open(closed, name, passphrase, clock)
        assert caught.value.exit_status == 3
    assert snapshot(closed.parent) == before


@pytest.mark.parametrize("passphrase", [PASSPHRASE, "wrong"])
def test_another_centres_vault_is_foreign_whatever_the_passphrase(
    closed: Path, clock: FixedClock, tmp_path: Path, passphrase: str
) -> None:
    other = tmp_path / "other.vault"
    Vault.create(other, "Başka", a_user(), PASSPHRASE, clock)[0].close()
    closed.write_bytes(other.read_bytes())
    before = snapshot(closed.parent)
    with pytest.raises(failures.ForeignVaultError):
        Vault.open(closed, "derya", passphrase, clock)
    assert snapshot(closed.parent) == before


def test_a_flipped_bit_is_found_wherever_it_is(closed: Path, clock: FixedClock) -> None:
    size = closed.stat().st_size
    before = snapshot(closed.parent)
    for place in [*range(0, 20, 4), *range(24, size, size // 40), size - 1]:
        flip(closed, place)
        with pytest.raises(DamagedVaultError):
            Vault.open(closed, "derya", PASSPHRASE, clock)
        flip(closed, place)
    assert snapshot(closed.parent) == before


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_to_a_vault_opens_the_vault_itself(
    closed: Path, clock: FixedClock, tmp_path: Path
) -> None:
    link = tmp_path / "link.vault"
    link.symlink_to(closed)
    with Vault.open(link, "derya", PASSPHRASE, clock) as opened:
        assert opened.path == closed
        with pytest.raises(failures.VaultInUseError):
            Vault.open(closed, "derya", PASSPHRASE, clock)


def test_every_fault_has_a_sentence_of_its_own_in_both_languages() -> None:
    kinds = [
        kind
        for kind in vars(failures).values()
        if isinstance(kind, type) and issubclass(kind, KnownError) and hasattr(kind, "sentence")
    ]
    try:
        for language in ("en", "tr"):
            use_language(language)
            messages = {kind().message for kind in kinds}
            assert len(messages) == len(kinds) > 12
    finally:
        use_language("tr")


def test_a_log_left_by_a_crash_is_read_and_comes_into_the_file(
    vault: Vault, clock: FixedClock, tmp_path: Path
) -> None:
    with vault.write() as db:
        preferences.put(db, vault.user.id, "language", "tr")
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name, content in snapshot(vault.path.parent).items():
        (crashed / name).write_bytes(content)
    path = crashed / vault.path.name
    before = snapshot(crashed)
    assert before["merkez.vault-wal"]
    with pytest.raises(WrongCredentialsError):
        Vault.open(path, "derya", "wrong", clock)
    with pytest.raises(failures.ReadOnlyMediumError):
        Vault.open(path, "derya", PASSPHRASE, clock, read_only=True)
    assert snapshot(crashed) == before
    with Vault.open(path, "derya", PASSPHRASE, clock) as opened, opened.read() as db:
        assert preferences.of_user(db, opened.user.id) == {"language": "tr"}


def test_another_file_in_place_of_the_vault_is_foreign_and_not_half_copied(
    closed: Path, clock: FixedClock
) -> None:
    closed.write_bytes(b"PK\x03\x04" + bytes(9_999))
    with pytest.raises(failures.ForeignVaultError):
        Vault.open(closed, "derya", PASSPHRASE, clock)
