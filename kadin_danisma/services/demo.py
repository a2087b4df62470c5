"""Demonstration vaults: a whole centre of invented people, visibly marked as one."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from kadin_danisma.domain import passphrase
from kadin_danisma.domain.dates import ISTANBUL, Clock
from kadin_danisma.domain.invented_people import Dice
from kadin_danisma.domain.invention import Centre, Day, Size
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.i18n import _
from kadin_danisma.progress import Progress
from kadin_danisma.store import founding, records, users
from kadin_danisma.store.records import Stamp
from kadin_danisma.store.rows import Connection
from kadin_danisma.store.vault import Vault

#: About as many records are committed together: few enough to stay small in memory.
_AT_ONCE = 20_000
_CLOSING_TIME = time(17, 30)
#: One person a role; the first one is the coordinator.
_STAFF = (
    ("elif", "Elif K. (koordinatör)", Role.COORDINATOR),
    ("derya", "Av. Derya A.", Role.LAWYER),
    ("zeynep", "Psk. Zeynep Ö.", Role.PSYCHOLOGIST),
    ("meryem", "SHU Meryem T.", Role.SOCIAL_WORKER),
    ("selin", "Selin Ş. (danışma)", Role.FRONT_DESK),
    ("irem", "İrem Y. (bilgi işlem)", Role.IT),
)


@dataclass(frozen=True, slots=True)
class Demo:
    """A demonstration vault that was made, and how to get in."""

    #: Everybody with her passphrase; the coordinator first.
    users: tuple[tuple[User, str], ...]
    recovery_code: str


def make_demo(
    path: Path,
    clock: Clock,
    size: Size,
    seed: int,
    progress: Progress | None = None,
) -> Demo:
    """Make a vault of invented people, with one user a role.

    Args:
        path: Where; nothing may lie there.
        clock: The present moment, at which the invented story ends.
        size: How large the centre is.
        seed: Another number, other people.
        progress: Told after each part.

    Raises:
        KnownError: Something lies there already, or the place cannot be written.
    """
    # Drawn from the seed, so that the same demo opens with the same words: they protect nobody.
    chance = Dice(seed).chance
    choices = passphrase.word_list()
    staff = [
        (
            User(name=name, title=title, role=role),
            " ".join(chance.choices(choices, k=passphrase.WORDS)),
        )
        for name, title, role in _STAFF
    ]
    coordinator, phrase = staff[0]
    vault, code = Vault.create(path, _centre_name(), coordinator, phrase, clock, demo=True)
    with ExitStack() as undone:
        # A demo broken off is one whose passphrases nobody was told.
        undone.callback(founding.unmake, path)
        with vault:
            for user, words in staff[1:]:
                users.add_user(vault, user, words)
            centre = Centre(size, clock.now(), seed)
            written = 0
            for days in _parts(centre.tell()):
                with vault.write() as db:
                    for day in days:
                        _store(db, day, _stamp(day, clock, vault))
                written += len(days)
                if progress:
                    progress(written, centre.days)
            with vault.write() as db:
                vault.audit(db, "demo.create", str(seed))
        undone.pop_all()
    return Demo(tuple(staff), code)


def _centre_name() -> str:
    return _("Example Centre (DEMO)")


def _stamp(day: Day, clock: Clock, vault: Vault) -> Stamp:
    closing = datetime.combine(day.date, _CLOSING_TIME, ISTANBUL)
    return Stamp(min(closing, clock.now()), vault.user.id, vault.writer)


def _parts(days: Iterable[Day]) -> Iterator[list[Day]]:
    """Yield days put together until there is enough to write."""
    part: list[Day] = []
    waiting = 0
    for day in days:
        part.append(day)
        waiting += sum(len(kind) for kind in day.records())
        if waiting >= _AT_ONCE:
            yield part
            part, waiting = [], 0
    yield part


def _store(db: Connection, day: Day, stamp: Stamp) -> None:
    for kind in day.records():
        records.add_many(db, kind, stamp)
