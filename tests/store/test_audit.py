"""The log keeps its order, and nobody edits it unnoticed."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.store import audit, migrate
from kadin_danisma.store.connection import Mode, connect
from kadin_danisma.store.vault import Vault
from tests.builders import a_user

CHAIN_KEY = bytes(range(32))


@pytest.fixture
def log(tmp_path: Path, clock: FixedClock) -> Connection:
    """A log of five lines on a connection without guard: the attacker has the key."""
    path = tmp_path / "a.vault"
    path.touch()
    db = connect(path, bytes(32), Mode.COPY)
    migrate.migrate(db, bytes(32))
    user = a_user()
    for number in range(5):
        audit.add(db, CHAIN_KEY, user, clock.now(), "client.view", f"2026/{number}")
        clock.moment += timedelta(minutes=1)
    db.execute("DROP TRIGGER audit_grows")
    return db


def test_the_latest_line_comes_first(vault: Vault, clock: FixedClock) -> None:
    clock.moment += timedelta(hours=1)
    with vault.write() as db:
        vault.audit(db, "client.view", "2026/0001")
    with vault.read() as db:
        newest, oldest = audit.lines(db)
        assert audit.lines(db, limit=1) == [newest]
        assert audit.last_of(db, "client.view") == newest.at == clock.now()
        assert audit.last_of(db, "backup") is None
    assert (newest.seq, newest.by, newest.action) == (2, "derya", "client.view")
    assert (newest.subject, oldest.action) == ("2026/0001", "vault.create")


def test_a_line_goes_with_its_transaction(vault: Vault) -> None:
    def view_and_be_cut_off() -> None:
        with vault.write() as db:
            vault.audit(db, "client.view", "2026/0001")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        view_and_be_cut_off()
    with vault.read() as db:
        assert len(audit.lines(db)) == 1


def test_an_untouched_log_is_whole(log: Connection) -> None:
    assert audit.first_break(log, CHAIN_KEY) is None


@pytest.mark.parametrize(
    ("attack", "line"),
    [
        ("UPDATE audit SET subject = '2026/9' WHERE seq = 3", 3),
        ("UPDATE audit SET at = '2020-01-01T00:00:00+03:00' WHERE seq = 1", 1),
        ("UPDATE audit SET user_name = 'elif' WHERE seq = 5", 5),
        ("UPDATE audit SET mac = zeroblob(32) WHERE seq = 2", 2),
        ("DELETE FROM audit WHERE seq = 3", 3),
        ("DELETE FROM audit WHERE seq = 1", 1),
        ("UPDATE audit SET seq = seq + 10 WHERE seq > 3", 4),
        ("UPDATE audit SET subject = '2026/' || (5 - seq) WHERE seq IN (2, 4)", 2),
    ],
)
def test_edits_gaps_and_swaps_break_the_chain(log: Connection, attack: str, line: int) -> None:
    log.execute(attack)
    assert audit.first_break(log, CHAIN_KEY) == line


def test_a_chain_made_with_another_key_does_not_fit(log: Connection) -> None:
    assert audit.first_break(log, bytes(32)) == 1
