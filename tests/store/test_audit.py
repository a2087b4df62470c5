"""The log keeps its order, and nobody edits it unnoticed."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import Connection, DatabaseError

from kadin_danisma.domain.auditing import LogQuery
from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.store import audit, log_reading, migrate
from kadin_danisma.store.connection import Mode, connect
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_session, a_user
from tests.store.old import put, renumber

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


@pytest.fixture
def linked(log: Connection, clock: FixedClock) -> Connection:
    """The same log with two lines that are about files."""
    for files in (["b", "a"], ["c"]):
        audit.add(log, CHAIN_KEY, a_user(), clock.now(), "search", str(len(files)), files)
    log.execute("DROP TRIGGER audit_file_grows")
    return log


def test_lines_about_files_are_whole(linked: Connection) -> None:
    assert audit.first_break(linked, CHAIN_KEY) is None
    assert audit.first_break(linked, CHAIN_KEY, upto=6) is None
    assert audit.first_break(linked, CHAIN_KEY, after=audit.line_at(linked, 6)) is None


@pytest.mark.parametrize(
    ("attack", "line"),
    [
        ("DELETE FROM audit_file WHERE client_id = 'a'", 6),
        ("DELETE FROM audit_file WHERE seq = 7", 7),
        ("UPDATE audit_file SET client_id = 'x' WHERE client_id = 'c'", 7),
        ("UPDATE audit_file SET sealed = 0 WHERE seq = 6", 6),
        ("INSERT INTO audit_file VALUES ('d', 7, 1)", 7),
        ("INSERT INTO audit_file VALUES ('d', 3, 1)", 3),
        ("UPDATE audit_file SET seq = 5 WHERE seq = 6", 5),
    ],
)
def test_nobody_is_taken_out_of_a_line_or_put_into_one(
    linked: Connection, attack: str, line: int
) -> None:
    linked.execute("PRAGMA foreign_keys = OFF")
    linked.execute(attack)
    assert audit.first_break(linked, CHAIN_KEY) == line


@pytest.mark.parametrize(
    "attack",
    [
        "DELETE FROM audit_file",
        "UPDATE audit_file SET client_id = 'x'",
        "DROP TABLE audit_file",
        "INSERT INTO audit_file VALUES ('x', 1, 1)",
        "INSERT INTO audit_file VALUES ('x', 2, 0)",
    ],
)
def test_the_open_vault_changes_no_line_about_a_file(vault: Vault, attack: str) -> None:
    with vault.write() as db:
        vault.audit(db, "client.view", "2026/0001", ["a"])
    with vault.read() as db, pytest.raises(DatabaseError):
        db.execute(attack)


def test_an_older_log_stays_whole_and_its_lines_are_found_by_file(
    vault_path: Path, clock: FixedClock
) -> None:
    client = a_client("2026/0001")
    old, _code = Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock, schema=4)
    with old.write() as db:
        put(db, client, old.user.id)
        session = a_session(client)
        put(db, session, old.user.id)
        for action, subject in (
            ("client.view", "2026/0001"),
            ("session.add", session.number),
            ("client.view", "2026/0002"),
        ):
            old.audit(db, action, subject)
        renumber(db, client, "2026/0009")
    old.close()
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as vault, vault.read() as db:
        assert vault.first_break(db) is None
        found = log_reading.page(db, LogQuery(client_id=client.id))
        assert [line.action for line in found] == ["session.add", "client.view"]


def test_a_chain_made_with_another_key_does_not_fit(log: Connection) -> None:
    assert audit.first_break(log, bytes(32)) == 1
