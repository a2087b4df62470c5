"""What a colleague plants in the database with SQL does not go on acting after she has left."""

from datetime import date
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import Client
from kadin_danisma.domain.role import Role
from kadin_danisma.services import intake, tampering
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import records, schema_objects, users
from kadin_danisma.store.vault import Vault
from tests.attacks.insider import Insider, at_work
from tests.builders import PASSPHRASE, a_client, a_session, a_user

HERS = "kendi parolası beş kelimedir onun"


def plant(insider: Insider) -> None:
    """Let every woman who comes be called at home, and no session be counted."""
    insider.db.execute(
        "CREATE TRIGGER kind AFTER INSERT ON client BEGIN"
        " UPDATE client SET may_call = 'yes' WHERE id = NEW.id; END"
    )
    insider.db.execute("DROP VIEW standing_session")
    insider.db.execute("CREATE VIEW standing_session AS SELECT * FROM session WHERE 0")


@pytest.fixture
def path(vault: Vault, clock: FixedClock) -> Path:
    """A vault in which a lawyer has left a trigger and a view, and was removed since."""
    lawyer = users.add_user(vault, a_user("leyla", role=Role.LAWYER), PASSPHRASE)
    vault.close()
    with Vault.open(vault.path, "leyla", PASSPHRASE, clock) as opened:
        users.change_passphrase(opened, PASSPHRASE, HERS)
    with at_work(vault.path, "leyla", HERS) as insider:
        plant(insider)
    with Vault.open(vault.path, "derya", PASSPHRASE, clock) as opened:
        users.remove_user(opened, lawyer.id)
        opened.rotate_key()
    return vault.path


def work_of_a_day(path: Path, clock: FixedClock) -> tuple[Client, int]:
    """Open a file that must not be called, with one session, and return what came of it."""
    with Vault.open(path, "derya", PASSPHRASE, clock) as opened:
        desk = Desk(opened, clock)
        client = a_client("2026/0001", may_call="no")
        intake.open_file(desk, client)
        intake.record_session(desk, a_session(client, date=date(2026, 10, 6)))
        with opened.read() as db:
            kept = records.get(db, Client, client.id)
            (counted,) = db.execute("SELECT count(*) FROM standing_session").fetchone()
        assert kept is not None
        return kept, counted


def test_nothing_of_it_acts_and_the_coordinator_reads_of_it(path: Path, clock: FixedClock) -> None:
    client, sessions = work_of_a_day(path, clock)
    assert (client.may_call, sessions) == ("no", 1)
    with Vault.open(path, "derya", PASSPHRASE, clock) as opened:
        said = [each.said for each in tampering.unread(Desk(opened, clock))]
    assert len(said) == 1
    assert "2" in said[0]


def test_without_the_comparison_it_goes_on_acting(
    path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same vault with the trigger and the view in it once more."""
    monkeypatch.setattr(schema_objects, "put_right", lambda _db: 0)
    with at_work(path, "derya") as insider:
        plant(insider)
    client, sessions = work_of_a_day(path, clock)
    assert (client.may_call, sessions) == ("yes", 0)
