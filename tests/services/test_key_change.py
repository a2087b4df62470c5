"""Somebody leaves: her account goes, and with it the key that she knew."""

import pytest

from kadin_danisma.domain.role import Role
from kadin_danisma.services import key_change, people
from kadin_danisma.services.desk import Desk
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
