"""IT's own key file: at a vault that it cannot open, needed and logged like everybody's."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KeyFileNeededError, KnownError, WrongCredentialsError
from kadin_danisma.services import access, keeping, people
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.keeping import KeepersDesk
from kadin_danisma.store import audit
from tests.builders import PASSPHRASE

NEW = "beyaz vapur erken kalktı"


@pytest.fixture
def its(desk: Desk, vault_path: Path, clock: FixedClock) -> Iterator[KeepersDesk]:
    """The desk of an IT officer."""
    people.add_user(desk, "irem", "", Role.IT, PASSPHRASE)
    desk.vault.close()
    found = enter(vault_path, clock)
    yield found
    found.close()


def enter(path: Path, clock: FixedClock, passphrase: str = PASSPHRASE, *keys: bytes) -> KeepersDesk:
    clock.wait(60)
    found = access.enter(path, "irem", passphrase, clock, key_files=keys)
    assert isinstance(found, KeepersDesk)
    return found


def test_it_signs_in_with_both_from_then_on(
    its: KeepersDesk, stick: Path, vault_path: Path, clock: FixedClock
) -> None:
    key = keeping.use_key_file(its, PASSPHRASE, stick).read_bytes()
    assert keeping.needs_key_file(its)
    its.close()
    with pytest.raises(KeyFileNeededError):
        enter(vault_path, clock)
    with pytest.raises(WrongCredentialsError):
        enter(vault_path, clock, PASSPHRASE, bytes(32))
    enter(vault_path, clock, PASSPHRASE, key).close()


def test_a_new_passphrase_goes_on_needing_the_file(
    its: KeepersDesk, stick: Path, vault_path: Path, clock: FixedClock
) -> None:
    key = keeping.use_key_file(its, PASSPHRASE, stick).read_bytes()
    with pytest.raises(KeyFileNeededError):
        keeping.change_passphrase(its, PASSPHRASE, NEW)
    keeping.change_passphrase(its, PASSPHRASE, NEW, key_files=[bytes(32), key])
    its.close()
    with pytest.raises(KeyFileNeededError):
        enter(vault_path, clock, NEW)
    enter(vault_path, clock, NEW, key).close()


def test_whoever_sits_at_its_open_desk_cannot_give_it_up_without_both(
    its: KeepersDesk, stick: Path, clock: FixedClock
) -> None:
    key = keeping.use_key_file(its, PASSPHRASE, stick).read_bytes()
    for passphrase, contents in ((PASSPHRASE, []), (PASSPHRASE, [bytes(32)]), ("yanlış", [key])):
        with pytest.raises(WrongCredentialsError):
            keeping.drop_key_file(its, passphrase, contents)
    assert keeping.needs_key_file(its)
    clock.wait(60)
    keeping.drop_key_file(its, PASSPHRASE, [key])
    assert not keeping.needs_key_file(its)


def test_a_wrong_passphrase_leaves_no_file_and_a_second_file_is_refused(
    its: KeepersDesk, stick: Path
) -> None:
    with pytest.raises(WrongCredentialsError):
        keeping.use_key_file(its, "yanlış", stick)
    assert not list(stick.iterdir())
    keeping.use_key_file(its, PASSPHRASE, stick)
    with pytest.raises(KnownError):
        keeping.use_key_file(its, PASSPHRASE, stick)


def test_the_coordinators_log_tells_of_it(
    its: KeepersDesk, stick: Path, vault_path: Path, clock: FixedClock
) -> None:
    key = keeping.use_key_file(its, PASSPHRASE, stick).read_bytes()
    keeping.drop_key_file(its, PASSPHRASE, [key])
    its.close()
    with access.sign_in(vault_path, "derya", PASSPHRASE, clock).vault as vault, vault.read() as db:
        told = [(line.action, line.subject) for line in audit.lines(db)]
    assert ("user.key_file.use", its.user.id) in told
    assert ("user.key_file.drop", its.user.id) in told
