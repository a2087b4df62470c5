"""Work that founds the roster in a vault of the schema before it, and brings its people up."""

from datetime import date
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.records import Client, Session, User
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.trust import Trust
from kadin_danisma.errors import KnownError
from kadin_danisma.store import (
    audit,
    keyring,
    keys,
    notes,
    rows,
    sealing,
    settling,
    slot_files,
    slots,
    user_rows,
)
from kadin_danisma.store.copies import findings
from kadin_danisma.store.identity import Identity
from kadin_danisma.store.keyring import Grant
from kadin_danisma.store.roster.statement import State
from kadin_danisma.store.slots import FORMAT, Holding, Slot, SlotFile
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.vault import Vault
from tools.ordeal.child import Say
from tools.ordeal.doors import Doors, sign_in_by
from tools.ordeal.work import (
    CLOCK,
    NAME,
    PASSPHRASE,
    Harm,
    Work,
    alarm_in,
    create_with_code,
    harm_of_opening,
    sign_in,
    vault_of,
)
from tools.ordeal.work_copies import spoiled

_NOTE, _SESSION = "duruşma notu ğüşıöçİ", "session of before"
_WAITS = "gül"
_PEOPLE = (
    User(name="elif", title="Elif B.", role=Role.LAWYER),
    User(name="irem", title="İrem", role=Role.IT),
    User(name=_WAITS, title="Gül", role=Role.LAWYER),
)


class FoundingTheRoster(Work):
    """A coordinator founds the roster, a lawyer and IT are brought up, somebody waits on."""

    name = "founding the roster"

    def __init__(self) -> None:
        self._code = ""

    def prepare(self, folder: Path) -> None:
        """Start from a vault of schema 8 with a note, three people and an account that waits."""
        vault, self._code = create_with_code(folder, schema=8)
        private = {user: sealing.new_private() for user in _PEOPLE}
        with vault.write() as db:
            _write_note(db, vault.user.id)
            for user, key in private.items():
                user_rows.insert(db, user, CLOCK.now(), vault.user.id)
                if user.name != _WAITS:
                    keyring.enrol(db, user.id, key)
                    keyring.grant(db, vault.secrets, user, Grant(CLOCK.now(), vault.user.id))
        vault.close()
        file = slot_files.decode(slot_files.read_copies(vault.path)[0])
        made = [_slot(user, key, file, vault._key) for user, key in private.items()]
        whole = file.with_slots([*file.slots, *made])
        slot_files.write(vault.path, whole, [slots.mac_key(vault._key)])

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


def _slot(user: User, private: bytes, file: SlotFile, vault_key: bytes) -> Slot:
    """Return a slot of the third format, in which nobody could sign."""
    kdf = keys.suitable_kdf()
    made = slots.make_slot(
        file.vault_id, user, PASSPHRASE, Identity(private, b""), kdf, root="",
        own=user.name != _WAITS,
    )  # fmt: skip
    holding = Holding.WAITING if user.name == _WAITS else slots.holding_of(user.role)
    share = slots.share(holding, vault_key, file.headers[0])
    return made.holds(file.vault_id, holding, [share])


def _write_note(db: Connection, by: str) -> None:
    at = CLOCK.now().isoformat(timespec="seconds")
    stamps: dict[str, rows.Value] = {"entered_at": at, "changed_at": at, "changed_by": by}
    woman = Client(file_no="2026/0001", revision=1)
    session = Session(
        id=_SESSION, revision=1, number="G-1", client_id=woman.id, date=date(2026, 10, 6),
        service="legal", channel="phone", note=_NOTE,
    )  # fmt: skip
    row = rows.to_row(woman) | stamps
    db.execute(rows.insert("client", row), row)
    row = rows.to_row(session) | stamps | {"report_month": "2026-10"}
    db.execute(rows.insert("session", row), row)
    notes.add(db, [session], at, by)


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
    waits = next(each for each in vault.roster.members.values() if each.name == _WAITS)
    if waits.state is not State.WAITING:
        return Harm(shut=1, what="who waited does not wait any more")
    old = [slot for slot in vault.slots.file.slots if slot.format != FORMAT]
    if [slot.user_id for slot in old] != [waits.id]:
        return Harm(shut=1, what="somebody was not brought up")
    return None
