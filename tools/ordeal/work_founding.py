"""Work that founds the roster in a vault of the schema before it, and brings its people up."""

from datetime import date
from pathlib import Path

from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.records import Client, Session, User
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.trust import Trust
from kadin_danisma.errors import KnownError
from kadin_danisma.store import audit, notes, settling
from kadin_danisma.store.copies import findings
from kadin_danisma.store.roster.statement import State
from kadin_danisma.store.slots import FORMAT
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.vault import Vault
from tests.store.old import put
from tests.store.unsigned import found_unsigned
from tools.ordeal.child import Say
from tools.ordeal.doors import Doors, sign_in_by
from tools.ordeal.work import (
    CLOCK,
    NAME,
    PASSPHRASE,
    Harm,
    Work,
    alarm_in,
    harm_of_opening,
    sign_in,
    vault_of,
)
from tools.ordeal.work_copies import spoiled

_NOTE, _SESSION = "duruşma notu ğüşıöçİ", "session of before"


class FoundingTheRoster(Work):
    """A coordinator founds the roster, a lawyer and IT are brought up, somebody waits on."""

    name = "founding the roster"

    def __init__(self) -> None:
        self._code = ""

    def prepare(self, folder: Path) -> None:
        """Start from a vault of schema 8 with a note, three people and an account that waits."""
        staff = [_user("elif", Role.LAWYER), _user("irem", Role.IT)]
        waiting = [_user("gül", Role.LAWYER)]
        path = vault_of(folder)
        self._code = found_unsigned(path, CLOCK, *staff, waiting=waiting, fill=_fill).code

    def run(self, folder: Path, say: Say) -> None:
        """Sign in one after the other."""
        path = vault_of(folder)
        sign_in(path).close()
        say("founded")
        sign_in_by(path, "elif", "first").close()
        say("enrolled elif")
        Stewardship.open(path, "irem", PASSPHRASE, CLOCK).close()
        say("enrolled irem")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """It is founded once, everybody comes in as before, and the note says what it said."""
        path = vault_of(folder)
        doors = Doors([], {NAME: "first", "elif": "first", "irem": "keeps"})
        try:
            if "founded" not in said:
                sign_in(path).close()
            harm = doors.missed(doors.found(path, len(said)))
            with sign_in_by(path, "elif", "first") as vault:
                harm = harm or _unread(vault)
            with Vault.open(path, "kurtarma", self._code, CLOCK) as vault:
                if set(vault.readable()) != set(Discipline):
                    harm = harm or Harm(lost=1, what="the recovery code opens less than before")
            with sign_in(path) as vault:
                harm = harm or _unfounded(vault)
        except KnownError as error:
            return harm_of_opening(error)
        return spoiled(sorted(folder.glob("*-schema8-*.vault"))) or harm or Harm()


def _user(name: str, role: Role) -> User:
    return User(name=name, title=name, role=role)


def _fill(vault: Vault) -> None:
    woman = Client(file_no="2026/0001")
    session = Session(
        id=_SESSION, revision=1, number="G-1", client_id=woman.id, date=date(2026, 10, 6),
        service="legal", channel="phone", note=_NOTE,
    )  # fmt: skip
    with vault.write() as db:
        for record in (woman, session):
            put(db, record, vault.user.id)
        notes.add(db, [session], CLOCK.now().isoformat(timespec="seconds"), vault.user.id)


def _unread(vault: Vault) -> Harm | None:
    with vault.read() as db:
        note = notes.standing(db, _SESSION)
        reading = note.read(db, vault.roster, vault.readable()) if note else None
    if reading is None or reading.text != _NOTE:
        return Harm(lost=1, what="the note from before is gone")
    if reading.trust is not Trust.BEFORE:
        return Harm(shut=1, what=f"the note from before is {reading.trust}")
    return None


def _unfounded(vault: Vault) -> Harm | None:
    """Return the harm of a vault that is not what it should be once all have signed in."""
    with vault.read() as db:
        if found := findings(db) or [alarm for alarm in [alarm_in(vault, db)] if alarm]:
            return Harm(shut=1, what=found[0])
        founded = sum(line.action == settling.FOUNDED for line in audit.lines(db))
    if founded != 1:
        return Harm(shut=1, what=f"the roster was founded {founded} times")
    waits = next(each for each in vault.roster.members.values() if each.name == "gül")
    if waits.state is not State.WAITING:
        return Harm(shut=1, what="who waited does not wait any more")
    old = [slot for slot in vault.slots.file.slots if slot.format != FORMAT]
    if [slot.user_id for slot in old] != [waits.id]:
        return Harm(shut=1, what="somebody was not brought up")
    return None
