"""A connection does what it is for and nothing an intruder would ask of it."""

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from kadin_danisma.store.connection import Mode, connect, versions
from kadin_danisma.store.vault import Vault
from tests.store.disk import snapshot

KEY = bytes(range(32))


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("cipher_memory_security", "1"),
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("temp_store", 2),
        ("locking_mode", "exclusive"),
        ("trusted_schema", 0),
        ("foreign_keys", 1),
        ("cell_size_check", 1),
    ],
)
def test_a_connection_for_work_has_the_settings_of_the_design(
    tmp_path: Path, setting: str, expected: object
) -> None:
    path = tmp_path / "a.vault"
    path.touch()
    db = connect(path, KEY, Mode.WORK)
    assert db.execute(f"PRAGMA {setting}").fetchone() == (expected,)
    db.close()


@pytest.mark.parametrize("mode", list(Mode))
def test_connecting_creates_no_file(tmp_path: Path, mode: Mode) -> None:
    with pytest.raises(dbapi2.Error):
        connect(tmp_path / "a.vault", KEY, mode)
    assert snapshot(tmp_path) == {}


def test_odd_signs_in_a_path_are_only_signs(tmp_path: Path) -> None:
    path = tmp_path / "Örnek ?mode=memory#50%.vault"
    path.touch()
    db = connect(path, KEY, Mode.COPY)
    db.execute("CREATE TABLE a (b TEXT) STRICT")
    db.close()
    assert path.stat().st_size > 0


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH DATABASE 'plain.db' AS plain KEY ''",
        "DETACH DATABASE main",
        "VACUUM INTO 'plain.db'",
        "SELECT load_extension('evil')",
        "SELECT sqlcipher_export('main')",
        "PRAGMA temp_store = FILE",
        "PRAGMA key = 'x'",
        "PRAGMA rekey = 'x'",
        "PRAGMA Journal_Mode = OFF",
        "PRAGMA synchronous = OFF",
        "PRAGMA locking_mode = NORMAL",
        "PRAGMA cipher_memory_security = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA user_version = 9",
        "UPDATE audit SET action = 'x'",
        "DELETE FROM audit",
        "DROP TABLE audit",
        "ALTER TABLE audit RENAME TO old",
        "ALTER TABLE audit ADD COLUMN a",
        "INSERT OR REPLACE INTO audit SELECT * FROM audit",
        "INSERT INTO audit SELECT seq + 5, at, user_id, user_name, action, subject, mac FROM audit",
    ],
)
def test_what_an_intruder_would_ask_is_refused(vault: Vault, statement: str) -> None:
    before = set(snapshot(vault.path.parent))
    with pytest.raises(dbapi2.Error), vault.read() as db:
        db.execute(statement)
    with vault.read() as db:
        assert db.execute("SELECT count(*) FROM audit").fetchone() == (1,)
    assert set(snapshot(vault.path.parent)) == before


def test_harmless_questions_are_answered(vault: Vault) -> None:
    with vault.read() as db:
        assert db.execute("PRAGMA cipher_integrity_check").fetchall() == []
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert db.execute("PRAGMA table_info(meta)").fetchall()


def test_the_versions_of_the_parts_are_known() -> None:
    assert set(versions()) == {"SQLCipher", "SQLite"}
    assert all(versions().values())
