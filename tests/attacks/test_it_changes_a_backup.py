"""IT holds the key of the page seals, flips bits of a file and makes the seals anew.

SQLCipher encrypts a page by CBC: a bit flipped in the vector at the end of a page turns the same
bit of its first sixteen bytes over and spoils nothing. Known text becomes other text that way.
"""

import hashlib
import hmac
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import DamagedVaultError, RolledBackVaultError
from kadin_danisma.services import upkeep
from kadin_danisma.store import anchor, audit, backup, copied, proving, records, users
from kadin_danisma.store.backup_failures import UnprovedBackupError
from kadin_danisma.store.connection import PAGE_BYTES, SEAL_BYTES, Mode, connected
from kadin_danisma.store.failures import OlderStateError
from kadin_danisma.store.proving import Proof
from kadin_danisma.store.records import Stamp
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_user
from tests.cli.conftest import Say, say
from tests.store.backups import by_coordinator, by_it

__all__ = ["say"]

TOLD, WISHED = b"yalniz anneanne;", b"herkes anneanne;"
#: So long that it fills pages of its own, whatever stands before it.
TEXT = TOLD.decode() * 2000
HMAC_BYTES, VECTOR_BYTES = 64, 16
#: What a page of a long text begins with: the number of the page that goes on with it.
POINTER_BYTES = 4


@dataclass
class Insider:
    """The IT officer, a Python prompt, and the files of the centre."""

    seal_key: bytes

    @classmethod
    def at(cls, path: Path, clock: FixedClock) -> "Insider":
        """Take the key of the page seals out of what IT's own passphrase opens."""
        with Stewardship.open(path, "irem", PASSPHRASE, clock) as keeper:
            return cls(keeper._page_key)

    def flip(self, path: Path, number: int, place: int, change: bytes) -> None:
        """Turn bits of a page over and make its seal anew."""
        content = bytearray(path.read_bytes())
        start = (number - 1) * PAGE_BYTES
        for at, bits in enumerate(change, start=start + place):
            content[at] ^= bits
        page = content[start : start + PAGE_BYTES]
        salt = 16 if number == 1 else 0
        said = bytes(page[salt:-HMAC_BYTES]) + number.to_bytes(4, "little")
        seal = hmac.new(self.seal_key, said, hashlib.sha512).digest()
        content[start + PAGE_BYTES - HMAC_BYTES : start + PAGE_BYTES] = seal
        path.write_bytes(content)

    def changes_text(self, path: Path, says: Callable[[], bytes]) -> None:
        """Make ``yalniz`` to ``herkes`` at the beginning of one of the pages of a long text.

        Args:
            path: The file.
            says: Tells what the text says then; she looks at the screen of whoever opens it.
        """
        whole = path.read_bytes()
        change = bytes(one ^ other for one, other in zip(TOLD, WISHED, strict=True))[:6]
        vector = PAGE_BYTES - SEAL_BYTES
        for number in range(len(whole) // PAGE_BYTES, 1, -1):
            for shift in range(VECTOR_BYTES - POINTER_BYTES - len(change) + 1):
                self.flip(path, number, vector + POINTER_BYTES + shift, change)
                if WISHED in says():
                    return
                path.write_bytes(whole)
        raise AssertionError("no page of the text was found")


def text_in(path: Path, vault: Vault) -> bytes:
    """Return what a file says, read by its key and past every check of ours."""
    try:
        with connected(path, vault._key, Mode.STILL) as db:
            ((said,),) = db.execute("SELECT CAST(may_collect AS BLOB) FROM client")
            assert isinstance(said, bytes)
            return said
    except dbapi2.Error:
        # A page that makes no sense is not the one she looks for.
        return b""


def is_exit_5(path: Path, clock: FixedClock) -> bool:
    """Tell whether a full check finds something, or refuses as damaged; anything else is raised."""
    try:
        return upkeep.verify(path, "derya", PASSPHRASE, clock) != []
    except DamagedVaultError:
        return True


@pytest.fixture
def told(vault: Vault, clock: FixedClock) -> Vault:
    """A vault with a child whom only her grandmother may collect, and an IT officer."""
    users.add_user(vault, a_user("irem", role=Role.IT), PASSPHRASE)
    with vault.write() as db:
        records.add(db, a_client(may_collect=TEXT), Stamp(clock.now(), vault.user.id))
    return vault


@pytest.fixture(params=[by_coordinator, by_it])
def made(request: pytest.FixtureRequest, told: Vault, stick: Path, clock: FixedClock) -> Path:
    """A backup by the one who holds the vault key, and by the one who does not."""
    path = request.param(told, stick, clock)
    assert isinstance(path, Path)
    return path


@pytest.fixture
def changed(made: Path, told: Vault, clock: FixedClock) -> Path:
    """The backup, in which everybody may collect the child now."""
    Insider.at(made, clock).changes_text(made, lambda: text_in(made, told))
    return made


@pytest.fixture
def weakened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program without its digests, as it was before."""
    monkeypatch.setattr(proving, "prove", lambda *_asked: Proof.PROVED)
    monkeypatch.setattr(anchor, "_differs", lambda *_asked: False)


@pytest.mark.usefixtures("weakened")
def test_without_digests_the_attack_succeeds(
    changed: Path, told: Vault, tmp_path: Path, clock: FixedClock
) -> None:
    assert upkeep.verify(changed, "derya", PASSPHRASE, clock) == []
    target = tmp_path / "yeni" / "merkez.vault"
    upkeep.restore(changed, target, "derya", PASSPHRASE, clock)
    with Vault.open(target, "derya", PASSPHRASE, clock) as opened, opened.read() as db:
        ((said,),) = db.execute("SELECT may_collect FROM client")
        assert WISHED.decode() in said


def test_an_unchanged_backup_is_proved_and_restored(
    made: Path, tmp_path: Path, clock: FixedClock
) -> None:
    assert upkeep.verify(made, "derya", PASSPHRASE, clock) == []
    target = tmp_path / "yeni" / "merkez.vault"
    upkeep.restore(made, target, "derya", PASSPHRASE, clock)
    with Vault.open(target, "derya", PASSPHRASE, clock) as opened:
        assert opened.notices == ()


def test_a_changed_backup_is_exit_5_and_nothing_is_written(
    changed: Path, tmp_path: Path, clock: FixedClock, say: Say
) -> None:
    acts = ("--user", "derya", "--password-stdin")
    target = tmp_path / "yeni" / "merkez.vault"
    assert say("verify", changed, *acts, typed=f"{PASSPHRASE}\n").status == 5
    assert say("restore", changed, target, *acts, typed=f"{PASSPHRASE}\n").status == 5
    assert not target.parent.exists()
    with pytest.raises(DamagedVaultError):
        Vault.open(changed, "derya", PASSPHRASE, clock)
    with pytest.raises(DamagedVaultError):
        Vault.open(changed, "derya", PASSPHRASE, clock, accept_rollback=True)


def test_what_it_restores_is_compared_by_the_first_who_can(
    changed: Path, tmp_path: Path, clock: FixedClock
) -> None:
    """The program refuses; IT goes round it. The first sign-in of a holder of the key tells."""
    target = tmp_path / "yeni" / "merkez.vault"
    with pytest.raises(DamagedVaultError):
        upkeep.restore(changed, target, "irem", PASSPHRASE, clock)
    assert not target.parent.exists()
    with Stewardship.open(changed, "irem", PASSPHRASE, clock) as keeper:
        keeper.restore_to(target)
    with pytest.raises(DamagedVaultError):
        Vault.open(target, "derya", PASSPHRASE, clock, accept_rollback=True)


def _nothing(_path: Path, _vault: Vault) -> bytes:
    return b""


def _without_digests(path: Path, _vault: Vault) -> bytes:
    emptied = []
    for line in anchor.path_of(path).read_bytes().splitlines(keepends=True):
        before, said, after = line.partition(b'"content":"')
        emptied.append(before + said + after[after.index(b'"') :] if said else line)
    return b"".join(emptied)


def _of_the_vault(_path: Path, vault: Vault) -> bytes:
    return anchor.path_of(vault.path).read_bytes()


@pytest.mark.parametrize("harm", [_nothing, _without_digests, _of_the_vault])
def test_a_digest_that_is_taken_away_or_exchanged_is_missed(
    told: Vault, stick: Path, tmp_path: Path, clock: FixedClock, harm: Callable[..., bytes]
) -> None:
    made = by_coordinator(told, stick, clock)
    Insider.at(made, clock).changes_text(made, lambda: text_in(made, told))
    anchor.path_of(made).write_bytes(harm(made, told))
    assert is_exit_5(made, clock)
    with pytest.raises(DamagedVaultError):
        upkeep.restore(made, tmp_path / "yeni.vault", "derya", PASSPHRASE, clock)
    with pytest.raises(DamagedVaultError):
        Vault.open(made, "derya", PASSPHRASE, clock)


def test_restored_in_place_of_the_newer_vault_the_missing_digest_is_asked_about_first(
    told: Vault, stick: Path, clock: FixedClock
) -> None:
    """That it is older is to be expected there; that nobody can tell what it says is not."""
    made = by_coordinator(told, stick, clock)
    Insider.at(made, clock).changes_text(made, lambda: text_in(made, told))
    anchor.path_of(made).unlink()
    for each in list(told.path.parent.iterdir()):
        each.unlink()
    with Stewardship.open(made, "irem", PASSPHRASE, clock) as keeper:
        keeper.restore_to(told.path)
    with pytest.raises(UnprovedBackupError):
        Vault.open(told.path, "derya", PASSPHRASE, clock)
    opened = Vault.open(told.path, "derya", PASSPHRASE, clock, accept_rollback=True)
    with opened, opened.read() as db:
        said = {line.action for line in audit.lines(db, 10)}
        assert {copied.UNPROVED, "rollback.accepted"} <= said


def test_an_anchor_kept_from_the_open_vault_hides_no_change_of_a_raw_backup(
    told: Vault, stick: Path, tmp_path: Path, clock: FixedClock
) -> None:
    """While the vault was open IT kept its anchor, which tells the same log and no digest."""
    kept = anchor.path_of(told.path).read_bytes()
    made = by_it(told, stick, clock)
    Insider.at(made, clock).changes_text(made, lambda: text_in(made, told))
    anchor.path_of(made).write_bytes(kept)
    assert upkeep.verify(made, "derya", PASSPHRASE, clock) == [backup.unproved()]
    with pytest.raises(UnprovedBackupError):
        upkeep.restore(made, tmp_path / "yeni.vault", "derya", PASSPHRASE, clock)


def test_the_vault_itself_changed_at_rest_is_noticed_at_the_next_sign_in(
    told: Vault, clock: FixedClock
) -> None:
    told.close()
    Insider.at(told.path, clock).changes_text(told.path, lambda: text_in(told.path, told))
    with pytest.raises(OlderStateError):
        Vault.open(told.path, "derya", PASSPHRASE, clock)
    with pytest.raises(RolledBackVaultError):
        backup.verify(told.path, "derya", PASSPHRASE)


@pytest.mark.usefixtures("weakened")
def test_without_digests_the_changed_vault_opens(told: Vault, clock: FixedClock) -> None:
    told.close()
    Insider.at(told.path, clock).changes_text(told.path, lambda: text_in(told.path, told))
    with Vault.open(told.path, "derya", PASSPHRASE, clock) as opened:
        assert opened.notices == ()


def test_the_vault_whose_digest_was_taken_away_says_so_and_logs_it(
    told: Vault, clock: FixedClock
) -> None:
    kept = anchor.path_of(told.path).read_bytes()
    told.close()
    Insider.at(told.path, clock).changes_text(told.path, lambda: text_in(told.path, told))
    anchor.path_of(told.path).write_bytes(kept)
    with Vault.open(told.path, "derya", PASSPHRASE, clock) as opened:
        assert opened.notices == (anchor.unsigned(),)
        with opened.read() as db:
            assert "anchor.unsigned" in {line.action for line in audit.lines(db, 5)}


@pytest.mark.slow
def test_whatever_is_flipped_no_raw_error_comes_of_it(
    told: Vault, stick: Path, tmp_path: Path, clock: FixedClock
) -> None:
    """Also where the digest is taken away, so that the file is looked into."""
    made = by_coordinator(told, stick, clock)
    insider = Insider.at(made, clock)
    whole, dice = made.read_bytes(), random.Random(10)
    anchors = anchor.path_of(made).read_bytes()
    for turn in range(80):
        number = dice.choice([1, dice.randrange(1, len(whole) // PAGE_BYTES)])
        place = dice.choice([dice.randrange(16, 200), dice.randrange(16, PAGE_BYTES - HMAC_BYTES)])
        insider.flip(made, number, place, dice.randbytes(dice.choice([1, 4])) or b"\1")
        anchor.path_of(made).write_bytes(anchors if turn % 2 else b"")
        assert is_exit_5(made, clock)
        with pytest.raises(DamagedVaultError):
            upkeep.restore(made, tmp_path / "yeni.vault", "derya", PASSPHRASE, clock)
        made.write_bytes(whole)
