"""A code is replaced so that at every instant at least one opens, and opens no less than before."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.recovery import Kind
from kadin_danisma.errors import KnownError, WrongCredentialsError
from kadin_danisma.store import files, keyring, meta, recovery_sets, renewal, user_rows, users
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.store.disk import keys_of

ALL = frozenset(Discipline)


@pytest.fixture
def code(vault_path: Path, clock: FixedClock) -> str:
    """The verified code of a vault whose founder has gone home."""
    vault, code = Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock)
    with vault:
        renewal.complete(vault, "recovery", Kind.CODE, "", code)
    return code


@contextmanager
def opened(path: Path, clock: FixedClock) -> Iterator[Vault]:
    with Vault.open(path, "derya", PASSPHRASE, clock) as vault:
        yield vault


def opens(path: Path, clock: FixedClock, code: str) -> frozenset[Discipline] | None:
    """Return the disciplines that a code opens; None where it does not open the vault."""
    try:
        with Vault.open(path, "kurtarma", code, clock) as vault:
            return frozenset(vault.readable())
    except WrongCredentialsError:
        return None


def replaced(vault: Vault, old: str) -> renewal.NewCode:
    new = renewal.begin(vault, vault.secrets_of_code(old))
    renewal.complete(vault, new.set_id, Kind.CODE, "", new.code)
    return new


def test_until_the_new_code_is_typed_back_both_open_everything(
    code: str, vault_path: Path, clock: FixedClock
) -> None:
    with opened(vault_path, clock) as vault:
        new = renewal.begin(vault, vault.secrets_of_code(code))
    assert opens(vault_path, clock, code) == opens(vault_path, clock, new.code) == ALL


def test_once_it_is_typed_back_it_alone_opens(
    code: str, vault_path: Path, clock: FixedClock
) -> None:
    with opened(vault_path, clock) as vault:
        new = replaced(vault, code)
    assert opens(vault_path, clock, code) is None
    assert opens(vault_path, clock, new.code) == ALL
    with opened(vault_path, clock) as vault, vault.read() as db:
        assert [each.id for each in user_rows.recovery_codes(db)] == [new.set_id]
        rows = db.execute("SELECT count(*) FROM keyring WHERE user_id = 'recovery'").fetchone()
        assert rows == (0,)


def test_the_key_of_the_vault_is_due_once_a_code_was_taken_away(
    code: str, vault_path: Path, clock: FixedClock
) -> None:
    """Else the old paper and the key files of an old backup would still open the present file."""

    def is_due(vault: Vault) -> bool:
        with vault.read() as db:
            return bool(meta.read(db, meta.ROTATION_DUE))

    with opened(vault_path, clock) as vault:
        assert not is_due(vault)
        new = replaced(vault, code)
        assert is_due(vault)
        vault.rotate_key()
        assert not is_due(vault)
    assert opens(vault_path, clock, new.code) == ALL


def test_a_code_is_replaced_again_and_again(code: str, vault_path: Path, clock: FixedClock) -> None:
    with opened(vault_path, clock) as vault:
        for _round in range(3):
            code = replaced(vault, code).code
        assert [bool(each.replaced_at) for each in renewal.every(vault)] == [True] * 3 + [False]
    assert opens(vault_path, clock, code) == ALL


def test_the_old_code_or_nonsense_is_not_taken_for_the_new_one(
    code: str, vault_path: Path, clock: FixedClock
) -> None:
    with opened(vault_path, clock) as vault:
        new = renewal.begin(vault, vault.secrets_of_code(code))
        for wrong in (code, PASSPHRASE):
            with pytest.raises(WrongCredentialsError):
                renewal.complete(vault, new.set_id, Kind.CODE, "", wrong)
    assert opens(vault_path, clock, code) == ALL


def test_a_code_given_up_opens_nothing(code: str, vault_path: Path, clock: FixedClock) -> None:
    with opened(vault_path, clock) as vault:
        new = renewal.begin(vault, vault.secrets_of_code(code))
        renewal.abandon(vault)
    assert opens(vault_path, clock, new.code) is None
    assert opens(vault_path, clock, code) == ALL


def test_beginning_again_lets_the_one_before_go_but_never_the_only_one(
    vault_path: Path, clock: FixedClock
) -> None:
    vault, first = Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock)
    with vault:
        second, third = (renewal.begin(vault, vault.secrets) for _round in range(2))
        renewal.abandon(vault)
    assert opens(vault_path, clock, second.code) is None
    assert opens(vault_path, clock, third.code) is None
    assert opens(vault_path, clock, first) == ALL


def test_a_code_made_without_the_old_one_waits_for_its_keys_openly(
    code: str, vault_path: Path, clock: FixedClock
) -> None:
    with opened(vault_path, clock) as vault:
        new = renewal.begin(vault, vault.secrets)
        assert renewal.held(vault, new.set_id) == frozenset()
        assert renewal.held(vault, "recovery") == ALL
        with vault.read() as db:
            assert {user.id for user, _each in keyring.waiting(db)} == {new.set_id}
    assert opens(vault_path, clock, new.code) == frozenset()


class Killed(BaseException):
    """The program ends here and now."""


def deaths(monkeypatch: pytest.MonkeyPatch, after: int) -> Iterator[None]:
    """Let the program die at the so-manyth write of a key file: before it, or right behind it."""
    write, count = files.write_atomically, 0

    def dying(path: Path, content: bytes) -> None:
        nonlocal count
        count += 1
        if 2 * count - 1 == after:
            raise Killed
        write(path, content)
        if 2 * count == after:
            raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("kadin_danisma.store.slot_files.write_atomically", dying)
        yield


@pytest.mark.parametrize("moment", range(1, 14))
def test_a_kill_at_any_write_leaves_a_code_that_opens_everything(
    code: str,
    vault_path: Path,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
    moment: int,
) -> None:
    said = [code]
    with opened(vault_path, clock) as vault:
        dying = contextmanager(deaths)
        try:
            with dying(monkeypatch, moment):
                new = renewal.begin(vault, vault.secrets_of_code(code))
                said.append(new.code)
                renewal.complete(vault, new.set_id, Kind.CODE, "", new.code)
                said.remove(code)
        except Killed:
            pass
    opening = [each for each in said if opens(vault_path, clock, each) == ALL]
    assert opening
    with opened(vault_path, clock) as vault:
        again = replaced(vault, opening[0])
    assert opens(vault_path, clock, again.code) == ALL
    assert not any(opens(vault_path, clock, each) for each in said)


def test_a_copy_of_the_key_file_that_does_not_read_back_keeps_the_old_code(
    code: str, vault_path: Path, clock: FixedClock
) -> None:
    with opened(vault_path, clock) as vault:
        new = renewal.begin(vault, vault.secrets_of_code(code))
        keys_of(vault_path)[1].write_bytes(b"torn")
        with pytest.raises(KnownError):
            renewal.complete(vault, new.set_id, Kind.CODE, "", new.code)
    assert opens(vault_path, clock, code) == ALL


def test_trying_a_sheet_notes_the_day_and_uses_nothing(
    code: str, vault_path: Path, clock: FixedClock
) -> None:
    with opened(vault_path, clock) as vault:
        (before,) = renewal.standing(vault)
        clock.moment = clock.moment.replace(year=2027, month=12)
        assert before.is_due(clock.today())
        assert not renewal.try_out(vault, code).is_due(clock.today())
        with pytest.raises(WrongCredentialsError):
            renewal.try_out(vault, PASSPHRASE)


def test_a_vault_remembers_when_and_never_what(
    code: str, vault_path: Path, clock: FixedClock
) -> None:
    with opened(vault_path, clock) as vault, vault.read() as db:
        said = "".join(value for (value,) in db.execute("SELECT value FROM meta"))
        (only,) = recovery_sets.read(db)
    assert only.verified_at == clock.now()
    assert code not in said
    assert code.replace("-", "") not in said


def test_a_person_cannot_take_the_name_of_a_code(vault: Vault) -> None:
    for name in ("kurtarma", "Kurtarma-2", "KURTARMA-17"):
        with pytest.raises(KnownError):
            users.add_user(vault, a_user(name), PASSPHRASE)
