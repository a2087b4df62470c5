"""A draft opens for its author alone, in its own row, and follows her keys."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.store import drafts, sealing, users
from kadin_danisma.store.drafts import Owner
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_user

NOTE = "eşi bugün aradı, adresi sordu"
OTHER = "sarı kedi ağır ağır uyandı"


@pytest.fixture
def lawyer(vault: Vault) -> User:
    return users.add_user(vault, a_user("elif", role=Role.LAWYER), PASSPHRASE)


def kept(vault: Vault) -> dict[str, str]:
    with vault.read() as db:
        return drafts.all_of(db, vault.drafts)


def keep(vault: Vault, draft_id: str = "d-1", text: str = NOTE) -> None:
    with vault.write() as db:
        drafts.put(db, vault.drafts, draft_id, text)


def rows(vault: Vault) -> list[tuple[str, str, bytes]]:
    with vault.read() as db:
        return db.execute("SELECT user_id, id, sealed FROM draft").fetchall()


def test_several_stand_side_by_side_and_the_latest_wording_of_each_stands(vault: Vault) -> None:
    keep(vault)
    keep(vault, "d-2", "başka")
    keep(vault, "d-1", f"{NOTE}, sonra sustu")
    assert kept(vault) == {"d-1": f"{NOTE}, sonra sustu", "d-2": "başka"}


def test_what_was_dropped_is_gone(vault: Vault) -> None:
    keep(vault)
    with vault.write() as db:
        drafts.drop(db, vault.user.id, "d-1")
    assert rows(vault) == []


def test_a_row_tells_neither_words_nor_length_nor_whose_file(vault: Vault) -> None:
    keep(vault, "d-1", "a")
    keep(vault, "d-2", NOTE * 10)
    (_, _, short), (_, _, longer) = rows(vault)
    assert len(short) == len(longer)
    assert NOTE.encode() not in longer


def test_a_colleague_opens_nothing_of_it(vault: Vault, lawyer: User, clock: FixedClock) -> None:
    keep(vault)
    (row,) = rows(vault)
    vault.close()
    with Vault.open(vault.path, "elif", PASSPHRASE, clock) as opened:
        assert kept(opened) == {}
        with opened.write() as db:
            # She takes it over in her own name, as an SQL prompt lets her.
            db.execute("INSERT INTO draft VALUES (?, ?, ?)", (lawyer.id, *row[1:]))
        assert kept(opened) == {}
        assert sealing.unseal(row[2], opened.slots.private) is None


def planted_by_her_public_key(db: Connection, owner: Owner) -> bytes:
    return sealing.seal(NOTE.encode(), sealing.public_of(owner.private))


def planted_by_anothers_key(db: Connection, owner: Owner) -> bytes:
    drafts.put(db, Owner(owner.user_id, bytes(32)), "d-9", NOTE)
    return bytes(db.execute("SELECT sealed FROM draft WHERE id = 'd-9'").fetchone()[0])


def moved_to_another_row(db: Connection, _owner: Owner) -> bytes:
    return bytes(db.execute("SELECT sealed FROM draft WHERE id = 'd-1'").fetchone()[0])


def cut(_db: Connection, _owner: Owner) -> bytes:
    return b"kisa"


@pytest.mark.parametrize(
    "forged", [planted_by_her_public_key, planted_by_anothers_key, moved_to_another_row, cut]
)
def test_nobody_lays_words_into_her_drafts(
    vault: Vault, forged: Callable[[Connection, Owner], bytes]
) -> None:
    keep(vault)
    with vault.write() as db:
        sealed = forged(db, vault.drafts)
        db.execute("INSERT OR REPLACE INTO draft VALUES (?, 'd-9', ?)", (vault.user.id, sealed))
    assert kept(vault) == {"d-1": NOTE}


def test_they_follow_her_to_a_new_passphrase(vault: Vault, clock: FixedClock) -> None:
    keep(vault)
    former = vault.drafts
    users.change_passphrase(vault, PASSPHRASE, OTHER)
    assert kept(vault) == {"d-1": NOTE}
    with vault.read() as db:
        assert drafts.all_of(db, former) == {}
    vault.rotate_key()
    vault.close()
    with Vault.open(vault.path, "derya", OTHER, clock) as opened:
        assert kept(opened) == {"d-1": NOTE}


@pytest.mark.parametrize("end", [
    lambda vault, who: users.remove_user(vault, who.id),
    lambda vault, who: users.reset_passphrase(vault, who.id, OTHER),
])  # fmt: skip
def test_they_go_with_her_key(
    vault: Vault, lawyer: User, clock: FixedClock, end: Callable[[Vault, User], None]
) -> None:
    vault.close()
    with Vault.open(vault.path, "elif", PASSPHRASE, clock) as opened:
        keep(opened)
    with Vault.open(vault.path, "derya", PASSPHRASE, clock) as opened:
        keep(opened, "d-2")
        assert len(rows(opened)) == 2
        end(opened, lawyer)
        assert kept(opened) == {"d-2": NOTE}
        assert len(rows(opened)) == 1


def test_a_vault_from_before_has_none(tmp_path: Path, clock: FixedClock) -> None:
    vault, _code = Vault.create(
        tmp_path / "eski.vault", "Örnek Merkez", a_user(), PASSPHRASE, clock,
        schema=drafts.SCHEMA - 1,
    )  # fmt: skip
    with vault:
        assert kept(vault) == {}
        with vault.write() as db:
            drafts.forget(db, vault.user.id)


@pytest.mark.parametrize("length", [0, 1, 23, 24, 25, 39, 40, 41, 2000])
def test_a_row_that_was_cut_or_overwritten_is_left_out(vault: Vault, length: int) -> None:
    keep(vault)
    with vault.write() as db:
        db.execute("INSERT INTO draft VALUES (?, 'd-2', zeroblob(?))", (vault.user.id, length))
    assert kept(vault) == {"d-1": NOTE}
