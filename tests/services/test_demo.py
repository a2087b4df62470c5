from pathlib import Path

import pytest

from kadin_danisma.domain.dates import FixedClock, Period
from kadin_danisma.domain.invention import Size
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError
from kadin_danisma.services import access, casework, demo, finding, people, reporting, today
from kadin_danisma.services.keeping import KeepersDesk

SMALL = Size(months=2)


def test_a_demo_has_one_user_of_every_role_who_can_sign_in(
    vault_path: Path, clock: FixedClock
) -> None:
    made = demo.make_demo(vault_path, clock, SMALL, seed=1)
    assert [user.role for user, _phrase in made.users] == list(Role)
    for user, phrase in made.users:
        desk = access.enter(vault_path, user.name, phrase, clock)
        assert desk.user.role is user.role
        assert isinstance(desk, KeepersDesk) == (user.role is Role.IT)
        (desk if isinstance(desk, KeepersDesk) else desk.vault).close()


def test_a_demo_is_marked_as_one(vault_path: Path, clock: FixedClock) -> None:
    made = demo.make_demo(vault_path, clock, SMALL, seed=1)
    user, phrase = made.users[0]
    with access.sign_in(vault_path, user.name, phrase, clock).vault as vault:
        assert vault.demo
        assert "DENEME" in vault.centre


def test_a_demo_shows_a_full_first_page_and_full_files(vault_path: Path, clock: FixedClock) -> None:
    made = demo.make_demo(vault_path, clock, SMALL, seed=1)
    user, phrase = made.users[0]
    desk = access.sign_in(vault_path, user.name, phrase, clock)
    first_page = today.today(desk)
    assert first_page.sessions
    assert first_page.children_in
    assert first_page.waiting
    line = finding.all_clients(desk, limit=1)[0]
    assert casework.client_page(desk, line.id).timeline
    assert len(people.users(desk)) == len(Role)
    assert reporting.counts(desk, Period.parse("2026-10"))
    desk.vault.close()


def test_a_demo_never_replaces_a_vault(vault_path: Path, clock: FixedClock) -> None:
    vault_path.write_bytes(b"something")
    with pytest.raises(KnownError):
        demo.make_demo(vault_path, clock, SMALL, seed=1)
    assert vault_path.read_bytes() == b"something"


def test_passphrases_are_five_words_and_depend_on_the_seed(
    tmp_path: Path, clock: FixedClock
) -> None:
    phrases = []
    for seed in (1, 2):
        made = demo.make_demo(tmp_path / f"{seed}.vault", clock, Size(1, 1, 1), seed=seed)
        phrases += [phrase for _user, phrase in made.users]
    assert all(len(phrase.split()) == 5 for phrase in phrases)
    assert len(set(phrases)) == len(phrases)


def test_progress_is_told_to_the_end(vault_path: Path, clock: FixedClock) -> None:
    told: list[tuple[int, int]] = []
    demo.make_demo(
        vault_path, clock, Size(1, 5, 5), seed=1, progress=lambda *step: told.append(step)
    )
    assert told[-1][0] == told[-1][1]


def test_a_demo_broken_off_leaves_nothing(vault_path: Path, clock: FixedClock) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo.make_demo(vault_path, clock, SMALL, seed=1, progress=stop)
    assert list(vault_path.parent.iterdir()) == []
