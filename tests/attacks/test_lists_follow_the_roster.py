"""Whatever somebody wrote into the tables of people: what people read follows the roster."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import ISTANBUL
from kadin_danisma.domain.recovery import Kind, RecoverySet
from kadin_danisma.domain.role import Role
from kadin_danisma.services import auditing, circles, people
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import circles as files
from kadin_danisma.store import keyring, recovery_sets, sealing
from kadin_danisma.store.connection import Mode, connected, transaction
from kadin_danisma.store.roster import table
from tests.attacks.centre import STAFF, WAITING, Centre
from tests.attacks.conftest import Holds
from tests.attacks.raw_files import insider

HERS = sealing.public_of(sealing.new_private())
ROW = "INSERT INTO user (id, revision, changed_at, changed_by, name, folded, title, role, active)"


def a_code(db: Connection) -> None:
    """Write a recovery code of hers everywhere where one stands."""
    db.execute(
        f"{ROW} VALUES ('recovery-9', 1, '2026', 'x', 'kurtarma-9', 'kurtarma-9', '',"
        " 'coordinator', 1)"
    )
    db.execute("INSERT INTO person_key (user_id, public) VALUES ('recovery-9', ?)", (HERS,))
    made = datetime(2026, 11, 22, tzinfo=ISTANBUL)
    recovery_sets.add(db, RecoverySet("recovery-9", Kind.CODE, "", made, made, made))


WRITTEN: dict[str, Callable[[Connection, dict[str, str]], object]] = {
    "herself a coordinator": lambda db, ids: db.execute(
        "UPDATE user SET role = 'coordinator' WHERE id = ?", (ids["elif"],)
    ),
    "a colleague by another name": lambda db, ids: db.execute(
        "UPDATE user SET name = 'derya2', folded = 'derya2', title = 'Derya B.' WHERE id = ?",
        (ids["derya"],),
    ),
    "a colleague gone": lambda db, ids: db.execute(
        "UPDATE user SET active = 0 WHERE id = ?", (ids["psikolog"],)
    ),
    "somebody nobody signed for": lambda db, _ids: db.execute(
        f"{ROW} VALUES ('x', 1, '2026', 'x', 'hayalet', 'hayalet', 'Hayalet', 'lawyer', 1)"
    ),
    "a recovery code whom nobody signed for": lambda db, _ids: a_code(db),
    "her key in a colleague's place": lambda db, ids: db.execute(
        "UPDATE person_key SET public = ? WHERE user_id = ?", (HERS, ids["avukat"])
    ),
    "her key in a discipline's place": lambda db, _ids: db.execute(
        "UPDATE discipline SET public = ? WHERE discipline = 'psychological'", (HERS,)
    ),
    "her key for a recovery code": lambda db, _ids: db.execute(
        "UPDATE person_key SET public = ? WHERE user_id = 'recovery'", (HERS,)
    ),
    "a key for somebody who waits": lambda db, ids: db.execute(
        "INSERT INTO person_key (user_id, public) VALUES (?, ?)", (ids["yeni"], HERS)
    ),
}


@dataclass(frozen=True)
class Lists:
    """What people read of one another, and what is sealed to whom."""

    users: frozenset[tuple[str, str, Role]]
    choices: frozenset[str]
    waiting: frozenset[tuple[str, str]]
    newcomers: frozenset[str]
    recovery: frozenset[str]
    in_log: frozenset[str]
    keys: frozenset[tuple[str, bytes]]
    disciplines: frozenset[tuple[str, bytes]]


def read(desk: Desk) -> Lists:
    with desk.vault.read() as db:
        waiting = frozenset((user.name, str(each)) for user, each in keyring.waiting(db))
        recovery = frozenset(files.recovery_ids(db))
        keys = frozenset(db.execute("SELECT user_id, public FROM person_key").fetchall())
        disciplines = frozenset(db.execute("SELECT discipline, public FROM discipline").fetchall())
    return Lists(
        frozenset((each.name, each.title, each.role) for each in people.users(desk)),
        frozenset(each.name for each in circles.choices(desk)),
        waiting,
        frozenset(each.user.name for each in people.waiting(desk)),
        recovery,
        frozenset(str(each) for each in auditing.people_in_log(desk)),
        keys,
        disciplines,
    )


@pytest.mark.parametrize("what", WRITTEN)
def test_what_she_wrote_is_read_by_nobody_and_told(holds: Holds, what: str) -> None:
    def attack(centre: Centre) -> bool:
        with centre.at("derya") as desk:
            before = read(desk)
        she = insider(centre, "elif")
        with connected(centre.path, she.held, Mode.COPY) as db:
            db.execute("PRAGMA foreign_keys = OFF")
            with transaction(db):
                WRITTEN[what](db, centre.ids)
        forgotten(centre)
        with centre.at("derya") as desk:
            return read(desk) != before

    centre = holds(attack, (table, "differences", lambda *_said: []))
    assert [a for _by, a, _on in centre.log()].count("roster.rows") == 1
    assert [each for each in centre.told() if each]


def forgotten(centre: Centre) -> None:
    """Take the anchor away, which would say that the file is another one."""
    centre.path.with_name(centre.path.name + ".anchor").unlink()


def test_it_sees_the_accounts_that_were_signed(centre: Centre) -> None:
    it = insider(centre, "bilgi")
    it.writes(slots=tuple(each for each in it.file.slots if each.user_id == it.id))
    with centre.its_desk() as keeper:
        names = {each.user.name: (each.user.role, each.waits) for each in keeper.accounts()}
    assert names == {"derya": (Role.COORDINATOR, False)} | {
        name: (role, name in WAITING) for name, role in (STAFF | WAITING).items()
    }
