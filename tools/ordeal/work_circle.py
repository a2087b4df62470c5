"""Work on a restricted file: it is sealed to a circle, swept, and sealed anew to fewer people."""

import shutil
import subprocess
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import TypeVar

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.facts import Facts
from kadin_danisma.domain.records import Client, PlayroomVisit, Session
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.text import fold
from kadin_danisma.errors import KnownError
from kadin_danisma.services import access, circles
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.notes import opened
from kadin_danisma.services.sight import Sight
from kadin_danisma.store import facts, frozen_months, records, sweeping
from kadin_danisma.store.connection import SALT_BYTES
from kadin_danisma.store.vault import Vault
from tools.ordeal.child import Say
from tools.ordeal.doors import sign_in_by
from tools.ordeal.work import (
    CLOCK,
    NAME,
    PASSPHRASE,
    Harm,
    Work,
    compare,
    create,
    harm_of_opening,
    stamp_of,
    vault_of,
)
from tools.ordeal.work_roster import ROWS, add_staff, id_of

_STAFF = ("elif", "nur", "gül")
_ORDINARY = (Seal.NONE, Seal.NONE, Seal.NONE)
_OF_TWO, _OF_ONE = (Seal.OPEN, Seal.OPEN, Seal.CLOSED), (Seal.OPEN, Seal.CLOSED, Seal.CLOSED)
FILE_NO = "2026/0900"
_WOMAN, _CHILD, _NOTE = "Gülçiçek Eskiadı", "Tomurcuk", "duruşmanotu burada durur"
_OCTOBER, _NOVEMBER = Period.parse("2026-10"), Period.parse("2026-11")
R = TypeVar("R", Session, PlayroomVisit)
#: A page ends with its beginning of the chain of blocks and its seal (SQLCipher 4).
_PAGE, _BLOCK, _IV_AND_SEAL = 4096, 16, 80


class SealingAFile(Work):
    """A lawyer seals a file with a child in a frozen month, then takes a colleague out again."""

    name = "sealing a file"

    def __init__(self) -> None:
        self._client_id = ""
        self._counted: tuple[Facts, Facts, int] | None = None

    def prepare(self, folder: Path) -> None:
        """Start from a vault with an ordinary file, one month of which was published."""
        with create(folder) as vault:
            add_staff(
                vault,
                ("elif", Role.LAWYER),
                ("nur", Role.PSYCHOLOGIST),
                ("gül", Role.FRONT_DESK),
            )
        with sign_in_by(vault_of(folder), "elif", "first") as vault:
            self._client_id = write_file(vault)
            with vault.read() as db:
                self._counted = _counted(db)

    def run(self, folder: Path, say: Say) -> None:
        """Seal it to two, and once more to one."""
        with sign_in_by(vault_of(folder), "elif", "first") as vault:
            desk = Desk(vault, CLOCK)
            nur = id_of(vault, "nur")
            circles.seal(desk, self._client_id, [nur])
            say("sealed")
            circles.narrow(desk, self._client_id, [nur])
            say("narrowed")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """It is sealed or it is not; its circle reads it, nobody else does; the counts stand."""
        path = vault_of(folder)
        try:
            # The first who comes sweeps out what a crash left behind.
            with access.sign_in(path, NAME, PASSPHRASE, CLOCK).vault as vault:
                with vault.read() as db:
                    is_due, counted = sweeping.is_due(db), _counted(db)
                harm = compare(vault, ROWS, beside=frozenset({FILE_NO}))
                key = vault._key
            seals = tuple(self._seal(path, name) for name in _STAFF)
        except KnownError as error:
            return harm_of_opening(error)
        if is_due:
            return Harm(shut=1, what="what was overwritten is still in the file")
        if counted != self._counted:
            return Harm(shut=1, what="the published month is another one")
        if seals not in _may_be(said):
            return Harm(lost=1, what=f"the file stands as {seals}")
        if seals != _ORDINARY and (shown := shown_in_pages(path, key)):
            return Harm(shut=1, what=f"a sealed name stands in the file: {shown}")
        return harm

    def _seal(self, path: Path, name: str) -> Seal | None:
        with sign_in_by(path, name, "first") as vault:
            return stands_for(vault, self._client_id, with_note=name == "elif")


def stands_for(vault: Vault, client_id: str, *, with_note: bool) -> Seal | None:
    """Return how the file stands for whoever is signed in; None where she reads too little or much.

    Args:
        vault: The vault, open for her.
        client_id: The file.
        with_note: Whether its note is one of hers.
    """
    desk = Desk(vault, CLOCK)
    with vault.read() as db:
        sight = Sight(desk, db)
        seal = sight.seal_of(client_id)
        woman = records.get(db, Client, client_id)
        (session,) = _of_file(db, Session, client_id)
        visits = _of_file(db, PlayroomVisit, client_id)
        reads = woman is not None and sight.shown(woman).name == _WOMAN
        reads_child = {sight.shown(each).child for each in visits} == {_CHILD}
        note = opened(desk, db, session).record.note
    if (reads, reads_child) != (seal is not Seal.CLOSED,) * 2:
        return None
    return seal if not with_note or note == _NOTE else None


def write_file(vault: Vault) -> str:
    """Write the file that is to be sealed, publish a month of it, and return its id."""
    woman = Client(file_no=FILE_NO, name=_WOMAN)
    session = Session(
        number="G-900", client_id=woman.id, date=date(2026, 10, 6), service="legal",
        channel="phone", note=_NOTE,
    )  # fmt: skip
    visits = [
        PlayroomVisit(
            client_id=woman.id, child=_CHILD, birth_year=2019, date=date(2026, month, 6),
            time_in=time(9, 30), time_out=time(10, 30), may_collect="anne",
        )
        for month in (10, 11)
    ]  # fmt: skip
    with vault.write() as db:
        records.add(db, woman, stamp_of(vault))
        records.add(db, session, stamp_of(vault))
        records.add_many(db, visits, stamp_of(vault))
        frozen_months.freeze(db, facts.read_months(db, [_OCTOBER]), CLOCK.now())
    return woman.id


def _of_file(db: Connection, kind: type[R], client_id: str) -> list[R]:
    return [each for each in records.read(db, kind, "") if each.client_id == client_id]


def _counted(db: Connection) -> tuple[Facts, Facts, int]:
    """Return two months without what stands for children, and how many children there are."""
    found = facts.read_months(db, [_OCTOBER, _NOVEMBER])
    months = [found[each.key] for each in (_OCTOBER, _NOVEMBER)]
    children = {visit.child for month in months for visit in month.visits}
    first, second = (
        replace(month, visits=tuple(visit._replace(child="") for visit in month.visits))
        for month in months
    )
    return first, second, len(children)


def _may_be(said: list[str]) -> list[tuple[Seal, Seal, Seal]]:
    """Return how the file may stand for the three people."""
    order = [_ORDINARY, _OF_TWO, _OF_ONE]
    done = sum(word in {"sealed", "narrowed"} for word in said)
    return order[done : done + 2]


def shown_in_pages(path: Path, key: bytes) -> str:
    """Return a name of the restricted file that stands in a page, free ones too; empty for none.

    All blocks are decrypted at once, and joined with the block before each as CBC has it.
    """
    if shutil.which("openssl") is None:
        return ""
    content = path.read_bytes()
    cipher = ["openssl", "enc", "-d", "-aes-256-ecb", "-nopad", "-K", key.hex()]
    plain = subprocess.run(cipher, input=content, capture_output=True, check=True).stdout
    said = b""
    for start in range(0, len(content), _PAGE):
        first, end = start + (SALT_BYTES if start == 0 else 0), start + _PAGE - _IV_AND_SEAL
        before = content[end : end + _BLOCK] + content[first : end - _BLOCK]
        joined = int.from_bytes(plain[first:end]) ^ int.from_bytes(before)
        said += joined.to_bytes(end - first)
    assert b"sqlite_master" in said or b"CREATE TABLE" in said, "the pages were not decrypted"
    return next((each for each in (_WOMAN, _CHILD, fold(_CHILD)) if each.encode() in said), "")
