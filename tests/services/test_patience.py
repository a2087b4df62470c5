"""After wrong passphrases the service itself lets nobody try for a while, wherever one tries."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError, TooSoonError, WrongCredentialsError
from kadin_danisma.services import access, door, keeping, patience, people, upkeep
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.keeping import KeepersDesk
from kadin_danisma.store import audit, tries
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE

WRONG = "yanlış bir parola"
NEW = "beyaz vapur erken kalktı"


@pytest.fixture
def path(desk: Desk) -> Path:
    """A vault with a colleague, closed."""
    people.add_user(desk, "zeynep", "", Role.PSYCHOLOGIST, PASSPHRASE)
    desk.vault.close()
    return desk.vault.path


def fail(path: Path, clock: FixedClock, times: int, name: str = "derya") -> None:
    for _time in range(times):
        clock.wait(door.wait_left(path, clock))
        with pytest.raises(WrongCredentialsError):
            access.sign_in(path, name, WRONG, clock)


def test_two_slips_cost_nothing(path: Path, clock: FixedClock) -> None:
    fail(path, clock, 2)
    access.sign_in(path, "derya", PASSPHRASE, clock).vault.close()


def test_the_third_makes_even_the_right_passphrase_wait(path: Path, clock: FixedClock) -> None:
    fail(path, clock, 3)
    with pytest.raises(TooSoonError) as early:
        access.sign_in(path, "derya", PASSPHRASE, clock)
    assert early.value.seconds == 2
    assert early.value.exit_status == 3
    clock.wait(2)
    access.sign_in(path, "derya", PASSPHRASE, clock).vault.close()


def test_trying_too_soon_is_no_try(path: Path, clock: FixedClock) -> None:
    fail(path, clock, 3)
    for _time in range(5):
        with pytest.raises(TooSoonError):
            access.sign_in(path, "derya", WRONG, clock)
    assert door.wait_left(path, clock) == 2


def test_another_name_is_no_way_round(path: Path, clock: FixedClock) -> None:
    fail(path, clock, 4)
    with pytest.raises(TooSoonError):
        access.sign_in(path, "zeynep", PASSPHRASE, clock)


def test_whoever_sits_at_its_open_desk_waits_like_at_the_door(
    path: Path, clock: FixedClock
) -> None:
    with Vault.open(path, "derya", PASSPHRASE, clock) as vault:
        people.add_user(Desk(vault, clock), "irem", "", Role.IT, PASSPHRASE)
    its = access.enter(path, "irem", PASSPHRASE, clock)
    assert isinstance(its, KeepersDesk)
    for _time in range(3):
        with pytest.raises(WrongCredentialsError):
            keeping.change_passphrase(its, WRONG, NEW)
    with pytest.raises(TooSoonError):
        keeping.change_passphrase(its, PASSPHRASE, NEW)
    clock.wait(2)
    keeping.change_passphrase(its, PASSPHRASE, NEW)
    its.close()
    with access.sign_in(path, "derya", PASSPHRASE, clock).vault as vault, vault.read() as db:
        said = [line.subject for line in audit.lines(db) if line.action == tries.FAILED]
    assert [subject.split()[0] for subject in said] == [its.user.id] * 3, "told in the log"


@pytest.mark.parametrize(
    "attempt",
    [
        lambda path, typed, clock: upkeep.verify(path, "derya", typed, clock),
        lambda path, typed, clock: upkeep.restore(
            path, path.with_name("yeni.vault"), "derya", typed, clock
        ),
    ],
    ids=["verify", "restore"],
)
def test_checking_and_restoring_are_no_way_round(
    path: Path, clock: FixedClock, attempt: Callable[[Path, str, FixedClock], object]
) -> None:
    for _time in range(3):
        with pytest.raises(WrongCredentialsError):
            attempt(path, WRONG, clock)
    with pytest.raises(TooSoonError):
        attempt(path, PASSPHRASE, clock)


def test_nor_is_changing_a_passphrase_at_an_open_screen(desk: Desk, clock: FixedClock) -> None:
    for _time in range(3):
        with pytest.raises(WrongCredentialsError):
            people.change_passphrase(desk, WRONG, "beyaz vapur erken kalktı")
    with pytest.raises(TooSoonError):
        people.change_passphrase(desk, PASSPHRASE, "beyaz vapur erken kalktı")


def test_a_vault_that_is_not_there_leaves_no_file(tmp_path: Path, clock: FixedClock) -> None:
    with pytest.raises(KnownError):
        access.sign_in(tmp_path / "yok.vault", "derya", WRONG, clock)
    assert list(tmp_path.iterdir()) == []


def test_whoever_signs_in_is_told_of_tries_at_her_name(path: Path, clock: FixedClock) -> None:
    fail(path, clock, 3, "zeynep")
    clock.wait(3600)
    with access.sign_in(path, "derya", PASSPHRASE, clock).vault as vault:
        assert patience.tried_since(Desk(vault, clock)) is None
    with access.sign_in(path, "zeynep", PASSPHRASE, clock).vault as vault:
        told = patience.tried_since(Desk(vault, clock))
        assert told is not None
        assert "3" in told.words
        assert "22.11.2026" in told.words
        assert not told.slips
    with access.sign_in(path, "zeynep", PASSPHRASE, clock).vault as vault:
        assert patience.tried_since(Desk(vault, clock)) is None


def test_slips_of_ones_own_are_told_apart(path: Path, clock: FixedClock) -> None:
    fail(path, clock, 2)
    clock.wait(10)
    with access.sign_in(path, "derya", PASSPHRASE, clock).vault as vault:
        told = patience.tried_since(Desk(vault, clock))
    assert told is not None
    assert told.slips
