"""Somebody leaves: her account goes, and with it the key that she knew."""

from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.recovery import Kind
from kadin_danisma.domain.role import Role
from kadin_danisma.services import access, key_change, people, recovery
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.sheets import Reader
from kadin_danisma.store import users
from tests.builders import PASSPHRASE, a_user


def test_removing_somebody_changes_the_key_at_once(desk: Desk) -> None:
    leaving = users.add_user(desk.vault, a_user("elif", role=Role.LAWYER), PASSPHRASE)
    before = desk.vault._key
    told: list[tuple[int, int]] = []
    people.remove_user(desk, leaving.id, lambda done, total: told.append((done, total)))
    assert desk.vault._key != before
    assert told
    assert not key_change.is_due(desk)


def test_a_cancelled_change_of_the_key_stays_due_and_she_is_gone_all_the_same(desk: Desk) -> None:
    leaving = users.add_user(desk.vault, a_user("elif", role=Role.LAWYER), PASSPHRASE)

    def cancel(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        people.remove_user(desk, leaving.id, cancel)
    assert [user.name for user in people.users(desk)] == ["derya"]
    assert key_change.is_due(desk)
    key_change.change_key(desk)
    assert not key_change.is_due(desk)


def test_whoever_changes_the_key_is_told_of_older_backups() -> None:
    assert key_change.old_backups_words()


@pytest.mark.parametrize("kind", Kind)
def test_recovery_sheets_open_the_vault_under_its_new_key(
    vault_path: Path, clock: FixedClock, kind: Kind
) -> None:
    desk, code = access.create_vault(vault_path, "Örnek Merkez", "derya", PASSPHRASE, clock)
    papers = recovery.papers(desk, recovery.founded(code), kind)
    reader, typed = Reader(), None
    for text in papers.texts[:2]:
        typed = reader.take(text)
    assert typed is not None
    recovery.complete(desk, papers, typed)
    key_change.change_key(desk)
    desk.vault.close()
    with access.sign_in(vault_path, "kurtarma", typed.code, clock).vault as opened:
        assert len(opened.secrets) == 3
