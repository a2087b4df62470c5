"""Each line of the log says whose word it is: signed, carried in, from before, or nobody's."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.trust import Trust
from kadin_danisma.store import audit, backup, log_signatures, users
from kadin_danisma.store.log_signatures import LogSignatures
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.vault import Vault
from tests.attacks.insider import LATE, Insider, at_work
from tests.builders import PASSPHRASE, a_user

HERS = "beş başka kelime burada duruyor"


def trusts(path: Path, clock: FixedClock, name: str = "derya") -> dict[str, Trust]:
    """Return what can be told of the latest line of each action."""
    with Vault.open(path, name, PASSPHRASE, clock) as vault, vault.read() as db:
        lines = {line.action: line.seq for line in reversed(audit.lines(db))}
        found = vault.signatures(db).of(lines.values())
        return {action: found[seq][0] for action, seq in lines.items()}


def test_whoever_is_signed_in_signs(vault: Vault, clock: FixedClock) -> None:
    with vault.write() as db:
        vault.audit(db, "client.view", "2026/0001", ["a", "b"])
    vault.close()
    said = trusts(vault.path, clock)
    assert set(said) == {"vault.create", "client.view", "sign_in"}
    assert set(said.values()) == {Trust.SIGNED}
    assert backup.verify(vault.path, "derya", PASSPHRASE) == []


def test_a_first_passphrase_that_others_knew_is_told_until_she_has_her_own(
    vault: Vault, clock: FixedClock
) -> None:
    users.add_user(vault, a_user("elif", role=Role.LAWYER), PASSPHRASE)
    vault.close()
    assert trusts(vault.path, clock, "elif")["sign_in"] is Trust.SHARED
    with Vault.open(vault.path, "elif", PASSPHRASE, clock) as opened:
        users.change_passphrase(opened, PASSPHRASE, HERS)
        users.change_passphrase(opened, HERS, PASSPHRASE)
    said = trusts(vault.path, clock, "elif")
    assert said["user.passphrase"] is said["sign_in"] is Trust.SIGNED
    assert backup.verify(vault.path, "derya", PASSPHRASE) == []


@pytest.fixture
def kept(vault: Vault, clock: FixedClock) -> Path:
    """A closed vault beside which IT, with a passphrase of her own, did what she may do."""
    users.add_user(vault, a_user("irem", role=Role.IT), PASSPHRASE)
    vault.close()
    with Stewardship.open(vault.path, "irem", PASSPHRASE, clock) as keeper:
        keeper.change_passphrase(PASSPHRASE, HERS)
    with Stewardship.open(vault.path, "irem", HERS, clock) as keeper:
        keeper.add("yeni", "Yeni K.", Role.LAWYER, PASSPHRASE)
        keeper.make_backup(vault.path.parent)
    return vault.path


def test_what_it_signed_is_carried_in_with_what_bears_it_out(kept: Path, clock: FixedClock) -> None:
    said = trusts(kept, clock)
    assert said["user.add"] is said["backup"] is Trust.CARRIED
    assert Trust.UNKNOWN not in said.values()
    assert backup.verify(kept, "derya", PASSPHRASE) == []


def _once_more(insider: Insider, action: str) -> None:
    """Carry a line in a second time, at another moment."""
    row = insider.db.execute(
        "SELECT user_id, subject, evidence FROM audit WHERE action = ? AND carried_by <> ''",
        (action,),
    ).fetchone()
    who = insider.unlocked.roster.members[row[0]].user
    audit.add(
        insider.db, insider.chain_key, who, LATE, action, row[1],
        author=insider.author, evidence=row[2],
    )  # fmt: skip


def _about_somebody_else(insider: Insider, action: str) -> None:
    """Carry a line in whose evidence is about another person or backup."""
    row = insider.db.execute(
        "SELECT user_id, evidence FROM audit WHERE action = ? AND carried_by <> ''", (action,)
    ).fetchone()
    insider.db.execute("DELETE FROM audit WHERE action = ? AND carried_by <> ''", (action,))
    insider.reseal_log()
    who = insider.unlocked.roster.members[row[0]].user
    audit.add(
        insider.db, insider.chain_key, who, LATE, action, insider.author.user_id,
        author=insider.author, evidence=row[1],
    )  # fmt: skip


@pytest.mark.parametrize("action", ["user.add", "backup"])
@pytest.mark.parametrize("forge", [_once_more, _about_somebody_else])
def test_evidence_counts_once_and_for_what_it_says(
    kept: Path, clock: FixedClock, action: str, forge: Callable[[Insider, str], None]
) -> None:
    Vault.open(kept, "derya", PASSPHRASE, clock).close()
    with at_work(kept, "derya") as insider:
        forge(insider, action)
        last = audit.last(insider.db).seq
        assert last in LogSignatures(insider.db, insider.unlocked.roster).unknown()


def test_lines_from_before_signatures_are_vouched_for_by_the_first_signed_line(
    vault_path: Path, clock: FixedClock
) -> None:
    old, _code = Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock, schema=8)
    with old.write() as db:
        old.audit(db, "client.view", "2026/0001")
    old.close()
    assert backup.verify(vault_path, "derya", PASSPHRASE) == []
    said = trusts(vault_path, clock)
    assert said["vault.create"] is said["client.view"] is Trust.BEFORE
    assert said[log_signatures.FOUNDED] is said["sign_in"] is Trust.SIGNED
    assert backup.verify(vault_path, "derya", PASSPHRASE) == []
    with at_work(vault_path, "derya") as insider:
        insider.forge_line(old.user, "client.view", "2026/0002")
        judged = LogSignatures(insider.db, insider.unlocked.roster)
        assert judged.unknown() == [audit.last(insider.db).seq]
        insider.db.execute("UPDATE audit SET subject = '2026/0009' WHERE seq = 2")
        insider.reseal_log()
        assert len(LogSignatures(insider.db, insider.unlocked.roster).unknown()) > 1


def test_every_line_is_told_once_at_a_sign_in(vault: Vault, clock: FixedClock) -> None:
    vault.close()
    with at_work(vault.path, "derya") as insider:
        seq = insider.forge_line(vault.user, "client.view", "2026/0001")
    for _time in range(2):
        with Vault.open(vault.path, "derya", PASSPHRASE, clock) as opened, opened.read() as db:
            (told,) = audit.since(db, log_signatures.UNSIGNED, 0)
            assert told.subject == str(seq)
