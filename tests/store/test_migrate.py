"""Steps of the schema run once, whole or not at all, after a copy was made."""

import shutil
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.paths import schema_folder
from kadin_danisma.store import audit, backup, migrate
from kadin_danisma.store.connection import Connection, Mode, connect
from kadin_danisma.store.failures import NewerVaultError, OlderVaultError
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.store.disk import snapshot

TABLES = "SELECT name, sql FROM sqlite_master ORDER BY name"


@pytest.fixture
def db(tmp_path: Path) -> Connection:
    path = tmp_path / "a.vault"
    path.touch()
    return connect(path, bytes(32), Mode.COPY)


def a_step(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(script, encoding="utf-8")


def test_the_programs_own_steps_lead_to_the_newest_schema(db: Connection) -> None:
    migrate.migrate(db, bytes(32))
    assert migrate.version(db) == migrate.latest() >= 2
    before = db.execute(TABLES).fetchall()
    migrate.migrate(db, bytes(32))
    assert db.execute(TABLES).fetchall() == before


def test_stopping_on_the_way_and_going_on_leads_to_the_same_schema(
    db: Connection, tmp_path: Path
) -> None:
    for version in range(1, migrate.latest() + 1):
        migrate.migrate(db, bytes(32), upto=version)
        assert migrate.version(db) == version
    other = tmp_path / "b.vault"
    other.touch()
    at_once = connect(other, bytes(32), Mode.COPY)
    migrate.migrate(at_once, bytes(32))
    assert db.execute(TABLES).fetchall() == at_once.execute(TABLES).fetchall()


def test_every_table_is_strict(db: Connection) -> None:
    migrate.migrate(db, bytes(32))
    rows = db.execute("PRAGMA table_list").fetchall()
    loose = [row[1] for row in rows if row[2] == "table" and not row[5]]
    assert [name for name in loose if not name.startswith("sqlite_")] == []


def test_a_failed_step_leaves_the_version_before_it(db: Connection, tmp_path: Path) -> None:
    folder = tmp_path / "schema"
    a_step(folder, "0001_a.sql", "CREATE TABLE a (x TEXT) STRICT;\n")
    a_step(folder, "0002_b.sql", "CREATE TABLE b (x TEXT) STRICT;\nINSERT INTO c VALUES (1);\n")
    with pytest.raises(dbapi2.OperationalError):
        migrate.migrate(db, bytes(32), folder=folder)
    assert migrate.version(db) == 1
    assert [name for name, _sql in db.execute(TABLES)] == ["a"]
    a_step(folder, "0002_b.sql", "CREATE TABLE b (x TEXT) STRICT;\n")
    migrate.migrate(db, bytes(32), folder=folder)
    assert migrate.version(db) == 2


def test_a_gap_in_the_numbers_is_a_fault_of_ours(tmp_path: Path) -> None:
    a_step(tmp_path / "schema", "0001_a.sql", "")
    a_step(tmp_path / "schema", "0003_c.sql", "")
    with pytest.raises(ValueError, match="numbered"):
        migrate.steps(tmp_path / "schema")


def test_statements_are_told_apart_even_with_triggers_and_semicolons_in_text() -> None:
    script = (
        "-- a; comment\nCREATE TABLE a (x TEXT);\n"
        "CREATE TRIGGER t AFTER INSERT ON a\nBEGIN\n  SELECT 1;\n  SELECT 2;\nEND;\n"
        "INSERT INTO a VALUES ('x;\ny');\n-- the end\n"
    )
    assert len(list(migrate.statements(script))) == 3
    with pytest.raises(ValueError, match="no end"):
        list(migrate.statements("SELECT 1"))


def test_an_older_vault_is_copied_and_brought_up_to_date_when_opened(
    vault_path: Path, clock: FixedClock
) -> None:
    created, _code = Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock, schema=1)
    with created.read() as db:
        assert migrate.version(db) == 1
    created.close()
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as opened, opened.read() as db:
        assert migrate.version(db) == migrate.latest()
        assert [line.action for line in audit.lines(db)] == [
            "sign_in", "slot.refused", "roster.found", "vault.create",
        ]  # fmt: skip
    copy = vault_path.with_name("merkez-schema1-20261122-1000.vault")
    assert backup.verify(copy, "derya", PASSPHRASE) == []


def test_a_migration_that_fails_leaves_the_older_vault_and_its_copy(
    vault_path: Path, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock, schema=1)[0].close()
    broken = tmp_path / "schema"
    shutil.copytree(schema_folder(), broken)
    a_step(broken, "0002_records.sql", "CREATE TABLE x (y TEXT) STRICT;\nSELECT nothing();\n")
    with monkeypatch.context() as patch:
        patch.setattr(migrate, "schema_folder", lambda: broken)
        with pytest.raises(dbapi2.OperationalError):
            Vault.open(vault_path, "derya", PASSPHRASE, clock)
    assert backup.verify(vault_path, "derya", PASSPHRASE) == []
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as opened, opened.read() as db:
        assert migrate.version(db) == migrate.latest()


def test_an_older_vault_is_not_opened_where_it_cannot_be_written(
    vault_path: Path, clock: FixedClock
) -> None:
    Vault.create(vault_path, "Örnek", a_user(), PASSPHRASE, clock, schema=1)[0].close()
    before = snapshot(vault_path.parent)
    with pytest.raises(OlderVaultError):
        Vault.open(vault_path, "derya", PASSPHRASE, clock, read_only=True)
    assert snapshot(vault_path.parent) == before


def test_a_newer_vault_is_refused_untouched(
    closed: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(closed.parent)
    monkeypatch.setattr(migrate, "latest", lambda: 1)
    with pytest.raises(NewerVaultError) as caught:
        Vault.open(closed, "derya", PASSPHRASE, clock)
    assert caught.value.exit_status == 4
    assert snapshot(closed.parent) == before
