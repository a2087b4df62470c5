"""The tables say what the chain says; where somebody changed them, they are put right and named."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.store import audit, keyring, user_rows, users
from kadin_danisma.store.failures import BrokenRosterError
from kadin_danisma.store.roster import table
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user
from tests.store.disk import snapshot

HERS = "beş başka kelime burada duruyor"


@pytest.fixture
def staffed(vault: Vault) -> Vault:
    """A vault with a lawyer and an IT officer."""
    users.add_user(vault, a_user("elif", role=Role.LAWYER), HERS)
    users.add_user(vault, a_user("irem", role=Role.IT), HERS)
    return vault


def id_of(vault: Vault, name: str) -> str:
    member = vault.roster.named(name)
    assert member is not None
    return member.id


def rows_named(vault: Vault) -> list[str]:
    with vault.read() as db:
        return [line.subject for line in audit.lines(db) if line.action == "roster.rows"]


def change(vault: Vault, *said: str, **values: object) -> None:
    """Write into the tables as somebody with the key of the vault and an SQL prompt can."""
    with vault.write() as db:
        for each in said:
            db.execute(each, values)


def test_the_chain_in_the_vault_is_the_one_in_the_key_file(staffed: Vault) -> None:
    with staffed.read() as db:
        assert table.read(db, staffed.vault_id) == staffed.roster
        assert table.differences(db, staffed.roster) == []


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("UPDATE user SET role = 'coordinator' WHERE name = 'elif'", "elif"),
        ("UPDATE user SET name = 'zehra', folded = 'zehra' WHERE name = 'elif'", "elif"),
        ("UPDATE user SET title = 'Başka biri' WHERE name = 'irem'", "irem"),
        ("UPDATE user SET active = 0 WHERE name = 'elif'", "elif"),
        ("UPDATE person_key SET public = zeroblob(32) WHERE user_id = :her", "elif"),
    ],
)
def test_a_changed_row_is_written_anew_and_named(
    staffed: Vault, clock: FixedClock, said: str, who: str
) -> None:
    elif_, meant = id_of(staffed, "elif"), id_of(staffed, who)
    change(staffed, said, her=elif_)
    staffed.close()
    with Vault.open(staffed.path, "derya", PASSPHRASE, clock) as opened:
        assert rows_named(opened) == [meant]
        with opened.read() as db:
            assert table.differences(db, opened.roster) == []
            user = user_rows.find(db, meant)
            assert user is not None
            assert (user.name, user.role) == (who, opened.roster.members[meant].role)
    with Vault.open(staffed.path, "elif", HERS, clock) as opened:
        assert opened.user.role is Role.LAWYER
        assert rows_named(opened) == [meant], "named once"


def test_whoever_was_written_in_by_hand_comes_in_by_no_row(
    staffed: Vault, clock: FixedClock
) -> None:
    stranger = a_user("yabanci", role=Role.COORDINATOR)
    with staffed.write() as db:
        user_rows.insert(db, stranger, clock.now(), staffed.user.id)
        keyring.enrol(db, stranger.id, bytes(range(32)))
    staffed.close()
    for _time in range(2):
        with Vault.open(staffed.path, "derya", PASSPHRASE, clock) as opened:
            assert rows_named(opened) == [stranger.id], "named once, and not at every sign-in"
            assert stranger.id not in {user.id for user in users.all_of(opened)}
            with opened.read() as db:
                assert keyring.public_of(db, stranger.id) is None
    with Vault.open(staffed.path, "derya", PASSPHRASE, clock, read_only=True) as opened:
        assert opened.read_only


def test_the_key_of_a_discipline_is_the_one_that_was_signed(
    staffed: Vault, clock: FixedClock
) -> None:
    change(staffed, "UPDATE discipline SET public = zeroblob(32) WHERE discipline = 'legal'")
    staffed.close()
    with Vault.open(staffed.path, "elif", HERS, clock) as opened:
        assert rows_named(opened) == ["legal"]
        with opened.read() as db:
            assert keyring.publics(db) == opened.roster.disciplines
        assert opened.secrets


@pytest.mark.parametrize("name", ["derya", "elif"])
def test_a_discipline_that_was_taken_out_is_put_back(
    staffed: Vault, clock: FixedClock, name: str
) -> None:
    change(
        staffed,
        "DELETE FROM keyring WHERE discipline = 'legal'",
        "DELETE FROM discipline WHERE discipline = 'legal'",
    )
    staffed.close()
    passphrase = PASSPHRASE if name == "derya" else HERS
    for _time in range(2):
        with Vault.open(staffed.path, name, passphrase, clock) as opened:
            assert rows_named(opened) == ["legal"]
            with opened.read() as db:
                assert keyring.publics(db) == opened.roster.disciplines


def test_keys_sealed_to_a_key_that_was_slipped_in_are_taken_away(
    staffed: Vault, clock: FixedClock
) -> None:
    """A key that nobody signed is nobody's: what was sealed to it is not left lying there."""
    elif_ = id_of(staffed, "elif")
    change(staffed, "UPDATE person_key SET public = zeroblob(32) WHERE user_id = :id", id=elif_)
    staffed.close()
    with Vault.open(staffed.path, "derya", PASSPHRASE, clock) as opened, opened.read() as db:
        assert keyring.public_of(db, elif_) == opened.roster.members[elif_].public.sealing


@pytest.mark.parametrize(
    "harm",
    [
        lambda db: db.execute("DELETE FROM roster WHERE number = 1"),
        lambda db: db.execute("DELETE FROM roster WHERE number = 3"),
        lambda db: db.execute("UPDATE roster SET signature = zeroblob(64) WHERE number = 2"),
        lambda db: db.execute("UPDATE roster SET said = 'x' WHERE number = 2"),
        lambda db: db.execute(
            "UPDATE roster SET said = replace(said, '\"lawyer\"', '\"coordinator\"')"
        ),
    ],
)
def test_a_chain_that_does_not_hold_opens_for_nobody(
    staffed: Vault, clock: FixedClock, harm: Callable[[Connection], None]
) -> None:
    with staffed.write() as db:
        harm(db)
    staffed.close()
    before = snapshot(staffed.path.parent)
    for name, passphrase in (("derya", PASSPHRASE), ("elif", HERS)):
        with pytest.raises(BrokenRosterError) as refused:
            Vault.open(staffed.path, name, passphrase, clock)
        assert refused.value.exit_status == 5
    assert snapshot(staffed.path.parent) == before


def test_a_chain_cut_at_its_end_is_completed_from_the_key_file(
    staffed: Vault, clock: FixedClock
) -> None:
    whole = staffed.roster
    change(staffed, "DELETE FROM roster WHERE number = :last", last=len(whole.statements))
    staffed.close()
    with Vault.open(staffed.path, "derya", PASSPHRASE, clock) as opened, opened.read() as db:
        assert opened.roster == whole
        assert table.read(db, opened.vault_id) == whole


def test_the_roster_grows_and_nothing_is_slipped_in_between(vault: Vault) -> None:
    with pytest.raises(dbapi2.IntegrityError), vault.write() as db:
        db.execute("INSERT INTO roster VALUES (99, 'x', zeroblob(64))")


def test_two_people_can_exchange_their_names(vault: Vault, vault_path: Path) -> None:
    one = users.add_user(vault, a_user("elif", role=Role.LAWYER), HERS)
    two = users.add_user(vault, a_user("gül", role=Role.LAWYER), HERS)
    members = vault.roster.members
    roster = vault.slots.stating(
        members[one.id].now(name="x"), members[two.id].now(name="elif"),
        members[one.id].now(name="gül"),
    )  # fmt: skip
    with vault.write() as db:
        assert table.write(db, roster) == []
        assert {user.name: user.id for user in user_rows.all_of(db)}["elif"] == two.id
    assert vault_path.exists()
