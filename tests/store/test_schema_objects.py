"""Triggers, views and indexes of a vault are those of the schema; others are taken out and told."""

from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.store import audit, backup, migrate, schema_objects
from kadin_danisma.store.failures import BrokenVaultError
from kadin_danisma.store.keys import Kdf
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user

TRIGGER = (
    "CREATE TRIGGER {name} AFTER INSERT ON client BEGIN"
    " UPDATE client SET may_call = 'yes' WHERE id = NEW.id; END"
)
#: What somebody can do with an SQL prompt, and how many objects it touches.
PLANTED = {
    "a trigger": (TRIGGER.format(name="planted"),),
    "a trigger with a quote in its name": (TRIGGER.format(name='"a""b; c"'),),
    "a view": ("CREATE VIEW planted AS SELECT * FROM client",),
    "an index": ("CREATE INDEX planted ON session (minutes)",),
    "a view in place of ours": (
        "DROP VIEW standing_session",
        "CREATE VIEW standing_session AS SELECT * FROM session WHERE minutes > 50",
    ),
    "a view of ours missing": ("DROP VIEW standing_client",),
    "a trigger of ours missing": ("DROP TRIGGER audit_grows",),
    "an index of ours missing": ("DROP INDEX session_date",),
}


def of_file(db: Connection) -> list[tuple[object, ...]]:
    """Return what acts by itself in a vault."""
    found = db.execute("SELECT type, name, sql FROM main.sqlite_master WHERE type <> 'table'")
    return sorted((kind, name, str(sql)) for kind, name, sql in found)


def told(vault: Vault) -> list[str]:
    with vault.read() as db:
        return [each.subject for each in audit.lines(db) if each.action == schema_objects.CHANGED]


def plant(vault: Vault, *said: str) -> None:
    """Do it past the guard of the connection, and close the vault."""
    vault._db.set_authorizer(None)
    for each in said:
        vault._db.execute(each)
    vault.close()


def test_a_vault_that_was_just_founded_has_no_differences(vault: Vault) -> None:
    with vault.read() as db:
        assert schema_objects.differences(db) == []


@pytest.mark.parametrize("number", range(1, migrate.latest()))
def test_a_vault_of_each_older_schema_is_brought_up_without_a_word(
    vault_path: Path, clock: FixedClock, number: int
) -> None:
    made, _code = Vault.create(
        vault_path, "Örnek Merkez", a_user(), PASSPHRASE, clock,
        kdf=Kdf.for_tests(), schema=number,
    )  # fmt: skip
    made.close()
    with Vault.open(vault_path, "derya", PASSPHRASE, clock) as opened:
        assert told(opened) == []
        with opened.read() as db:
            assert migrate.version(db) == migrate.latest()
            assert schema_objects.differences(db) == []


@pytest.mark.parametrize("said", PLANTED.values(), ids=PLANTED)
def test_what_is_planted_is_put_right_at_the_next_sign_in_and_told_once(
    vault: Vault, clock: FixedClock, said: tuple[str, ...]
) -> None:
    with vault.read() as db:
        before = of_file(db)
    plant(vault, *said)
    with Vault.open(vault.path, "derya", PASSPHRASE, clock) as opened:
        with opened.read() as db:
            assert of_file(db) == before
        assert told(opened) == ["1"]
    with Vault.open(vault.path, "derya", PASSPHRASE, clock) as opened:
        assert told(opened) == ["1"]


def test_where_a_table_is_none_any_more_the_vault_is_damaged(
    vault: Vault, clock: FixedClock
) -> None:
    plant(
        vault,
        "ALTER TABLE training RENAME TO other",
        "CREATE VIEW training AS SELECT * FROM other WHERE participants > 5",
    )
    with pytest.raises(BrokenVaultError):
        Vault.open(vault.path, "derya", PASSPHRASE, clock)


def test_verify_names_it(vault: Vault) -> None:
    plant(vault, TRIGGER.format(name="planted"))
    assert len(backup.verify(vault.path, "derya", PASSPHRASE)) == 1


def test_a_vault_that_is_only_read_is_refused_with_it(vault: Vault, clock: FixedClock) -> None:
    plant(vault, TRIGGER.format(name="planted"))
    with pytest.raises(BrokenVaultError):
        Vault.open(vault.path, "derya", PASSPHRASE, clock, read_only=True)
