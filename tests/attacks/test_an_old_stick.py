"""Whoever finds an old stick: last week's key files and a passphrase of then, at today's vault."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from kadin_danisma.errors import KnownError
from kadin_danisma.services import key_change, people, second_factor
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import slot_files
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.vault import Vault
from tests.attacks.centre import Centre, passphrase_of
from tests.attacks.conftest import Holds
from tests.attacks.raw_files import Insider
from tests.store.disk import slot_file_of

NEW = "beyaz vapur erken kalktı bugün"


@dataclass
class Ended:
    """A passphrase that ended, and what honest people did for it.

    Args:
        who: Whose it was.
        ends: What was done.
        has_key_file: Whether it needed a key file last week, which lies on the stick as well.
    """

    who: str
    ends: Callable[[Centre, list[bytes]], None]
    has_key_file: bool = False


def closes(desk: Desk) -> None:
    """Do what the window does when the program is closed."""
    key_change.change_if_due(desk)


def changes_it(centre: Centre, key_files: list[bytes]) -> None:
    with signed_in(centre, "avukat", key_files) as desk:
        people.change_passphrase(desk, passphrase_of("avukat"), NEW, key_files=key_files)


@contextmanager
def signed_in(centre: Centre, name: str, key_files: list[bytes]) -> Iterator[Desk]:
    """Sit down at a desk with whatever lies on the stick."""
    key_file = key_files[0] if key_files else None
    said = passphrase_of(name)
    with Vault.open(centre.path, name, said, centre.clock, key_file=key_file) as vault:
        yield Desk(vault, centre.clock)


def takes_up_a_key_file(centre: Centre, _key_files: list[bytes]) -> None:
    folder = centre.path.parent / "stick"
    folder.mkdir()
    with centre.at("avukat") as desk:
        second_factor.use(desk, passphrase_of("avukat"), folder)


def drops_the_key_file(centre: Centre, key_files: list[bytes]) -> None:
    with signed_in(centre, "avukat", key_files) as desk:
        second_factor.drop(desk, passphrase_of("avukat"), key_files)


def is_removed(centre: Centre, _key_files: list[bytes]) -> None:
    with centre.at("derya") as desk:
        people.remove_user(desk, centre.ids["avukat"])


def is_reset_by_a_coordinator(centre: Centre, _key_files: list[bytes]) -> None:
    with centre.at("derya") as desk:
        people.reset_passphrase(desk, centre.ids["avukat"], NEW)


def is_reset_by_it(centre: Centre, _key_files: list[bytes]) -> None:
    with centre.its_desk() as keeper:
        keeper.reset(centre.ids["avukat"], NEW)
    with centre.at("psikolog") as desk:
        closes(desk)


def is_removed_by_it(centre: Centre, _key_files: list[bytes]) -> None:
    with centre.its_desk() as keeper:
        keeper.remove(centre.ids["avukat"])
    with centre.at("danisma") as desk:
        closes(desk)


def it_changes_its_own(centre: Centre, key_files: list[bytes]) -> None:
    key_file = key_files[0] if key_files else None
    with Stewardship.open(
        centre.path, "bilgi", passphrase_of("bilgi"), centre.clock, key_file=key_file
    ) as keeper:
        keeper.change_passphrase(
            passphrase_of("bilgi"), NEW, key_file=key_file, new_key_file=key_file
        )
    with centre.at("psikolog") as desk:
        closes(desk)


def it_takes_up_a_key_file(centre: Centre, _key_files: list[bytes]) -> None:
    said = passphrase_of("bilgi")
    with centre.its_desk() as keeper:
        keeper.change_passphrase(said, said, new_key_file=bytes(range(32)))
    with centre.at("psikolog") as desk:
        closes(desk)


def a_coordinator_is_reset_by_it(centre: Centre, _key_files: list[bytes]) -> None:
    with centre.its_desk() as keeper:
        keeper.reset(centre.ids["ikinci"], NEW)
    with centre.at("psikolog") as desk:
        closes(desk)


ENDED = {
    "she changed her passphrase": Ended("avukat", changes_it),
    "she changed it and had a key file": Ended("avukat", changes_it, has_key_file=True),
    "she took up a key file": Ended("avukat", takes_up_a_key_file),
    "she dropped her key file": Ended("avukat", drops_the_key_file, has_key_file=True),
    "she was removed": Ended("avukat", is_removed),
    "she was removed and had a key file": Ended("avukat", is_removed, has_key_file=True),
    "a coordinator reset her": Ended("avukat", is_reset_by_a_coordinator),
    "a coordinator reset her, who had a key file": Ended(
        "avukat", is_reset_by_a_coordinator, has_key_file=True
    ),
    "IT reset her": Ended("avukat", is_reset_by_it),
    "IT reset her, who had a key file": Ended("avukat", is_reset_by_it, has_key_file=True),
    "IT reset a coordinator": Ended("ikinci", a_coordinator_is_reset_by_it),
    "IT removed her": Ended("avukat", is_removed_by_it),
    "IT changed its own": Ended("bilgi", it_changes_its_own),
    "IT took up a key file": Ended("bilgi", it_takes_up_a_key_file),
}


def last_week(centre: Centre, who: str, *, with_key_file: bool) -> tuple[bytes, list[bytes]]:
    """Return the key file of last week, and what lies on the stick beside it."""
    key_files: list[bytes] = []
    if with_key_file:
        folder = centre.path.parent / "old-stick"
        folder.mkdir()
        with centre.at(who) as desk:
            key_files = [second_factor.use(desk, passphrase_of(who), folder).read_bytes()]
    return slot_files.read_copies(centre.path)[0], key_files


def opens_anything(centre: Centre, old: bytes, who: str, key_files: list[bytes]) -> bool:
    """Tell whether an old key file and its passphrase open anything of today, raw or by program."""
    today = slot_file_of(centre.path)
    key_file = key_files[0] if key_files else None
    finder = Insider(centre.path, who, passphrase_of(who), old, key_file)
    reads = len(finder.held) == 32 and finder.reads_with(finder.held)
    finder.puts(old)
    opened = enters(centre, who, key_file)
    finder.writes(headers=today.headers, generation=today.generation + 1)
    return reads or opened or enters(centre, who, key_file)


def enters(centre: Centre, who: str, key_file: bytes | None) -> bool:
    """Tell whether the program lets the finder in."""
    for kind in (Vault, Stewardship):
        try:
            kind.open(centre.path, who, passphrase_of(who), centre.clock, key_file=key_file).close()
        except KnownError:
            continue
        return True
    return False


@pytest.mark.parametrize("how", ENDED)
def test_what_has_ended_opens_nothing_of_today(holds: Holds, how: str) -> None:
    ended = ENDED[how]

    def attack(centre: Centre) -> bool:
        old, key_files = last_week(centre, ended.who, with_key_file=ended.has_key_file)
        ended.ends(centre, key_files)
        return opens_anything(centre, old, ended.who, key_files)

    centre = holds(attack, (Vault, "rotate_key", stays))
    assert centre.path.exists()


def stays(_vault: Vault, _progress: object = None) -> None:
    """Stand in for the change of the key."""


@pytest.mark.parametrize("how", ENDED)
def test_who_stayed_gets_in_with_what_she_has(centre: Centre, how: str) -> None:
    ended = ENDED[how]
    _old, key_files = last_week(centre, ended.who, with_key_file=ended.has_key_file)
    ended.ends(centre, key_files)
    assert all(map(centre.gets_in, {"derya", "psikolog", "kurtarma", "danisma"}))
    assert centre.gets_in("bilgi") is (ended.who != "bilgi")


def test_the_key_file_of_last_week_alone_is_noticed(centre: Centre) -> None:
    """Her passphrase is still the same; a colleague's slot of then lies in it."""
    old = slot_files.read_copies(centre.path)[0]
    is_removed(centre, [])
    for path in slot_files.paths(centre.path):
        path.write_bytes(old)
    with pytest.raises(KnownError), centre.at("derya"):
        pass
