"""What a child is at when the accident happens, and what must be true afterwards."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import ISTANBUL, FixedClock
from kadin_danisma.domain.records import Application, Client, Session, User
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError, RolledBackVaultError
from kadin_danisma.store import audit, notes, preferences, records
from kadin_danisma.store.copies import findings
from kadin_danisma.store.failures import FullDiskError
from kadin_danisma.store.records import Stamp
from kadin_danisma.store.vault import Vault
from tools.ordeal.child import CRASHED, REFUSED, Say, place_of

NAME, PASSPHRASE = "derya", "sarı kedi yavaş yavaş uyandı"
CLOCK = FixedClock(datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL))
#: What the log tells of tampering: an honest accident must leave none of it.
ALARMS = frozenset({
    "slot.refused", "slot.put_back", "journal.refused", "roster.rows", "roster.parted",
    "log.unsigned", "anchor.missing", "anchor.other", "rollback.accepted",
    "report.unknown",
})  # fmt: skip
#: A full disk: its sentence promises that the last step was not saved.
_NOT_SAVED = f"{REFUSED} {FullDiskError.__name__}"
#: Long enough that a session fills a page of its own.
_NOTE = "Görüşmede anlatılanlar burada durur. " * 90


@dataclass(frozen=True, slots=True)
class Harm:
    """What an accident did; nothing, if all is as it should be."""

    #: Acknowledged records or changes that are gone.
    lost: int = 0
    #: 1 where the vault does not open, is not whole, or shows half a transaction.
    shut: int = 0
    what: str = ""


class Start(ABC):
    """A state of things from which tries begin."""

    name: str

    @abstractmethod
    def prepare(self, folder: Path) -> None:
        """Put it into an empty folder."""


class Work(Start):
    """One thing done with a vault: how it starts, what the child does, what must be true then."""

    @abstractmethod
    def run(self, folder: Path, say: Say) -> None:
        """Do the work and say each step once it is acknowledged; runs in the child."""

    @abstractmethod
    def check(self, folder: Path, said: list[str]) -> Harm:
        """Open what the accident left, with the program's own means, and compare."""


def vault_of(folder: Path) -> Path:
    """Return where the vault of a work lies."""
    return folder / "merkez.vault"


def create(folder: Path, schema: int | None = None) -> Vault:
    """Make the vault of a work and leave it open."""
    return create_with_code(folder, schema)[0]


def create_with_code(folder: Path, schema: int | None = None) -> tuple[Vault, str]:
    """Make the vault of a work, leave it open, and return its recovery code beside it."""
    user = User(name=NAME, title="Derya A.", role=Role.COORDINATOR)
    return Vault.create(vault_of(folder), "Örnek Merkez", user, PASSPHRASE, CLOCK, schema=schema)


def sign_in(path: Path, passphrase: str = PASSPHRASE) -> Vault:
    """Open a vault as its coordinator."""
    return Vault.open(path, NAME, passphrase, CLOCK)


def save(vault: Vault, db: Connection, number: int) -> None:
    """Write one woman's file, her application and her session, and correct the file before."""
    stamp = stamp_of(vault)
    woman = Client(file_no=f"2026/{number:04}", name="Işıl Yıldız")
    came = Application(
        number=f"B-{number}", client_id=woman.id, date=date(2026, 10, 5), channel="phone"
    )
    met = Session(
        number=f"G-{number}",
        client_id=woman.id,
        date=date(2026, 10, 6),
        service="legal",
        channel="appointment",
        note=f"{number} {_NOTE}",
    )
    for record in (woman, came, met):
        records.add(db, record, stamp)
    correct(vault, db, number - 1)
    preferences.put(db, vault.user.id, "saved", str(number))
    vault.audit(db, "client.add", woman.file_no)


def save_first(vault: Vault, count: int) -> None:
    """Save the records from number 1 on, each in a transaction of its own."""
    for number in range(1, count + 1):
        with vault.write() as db:
            save(vault, db, number)


def correct(vault: Vault, db: Connection, number: int) -> None:
    """Correct a woman's file, if it is there."""
    before = records.find_by(db, Client, "file_no", f"2026/{number:04}")
    if before is not None:
        records.correct(db, replace(before, district="konak"), stamp_of(vault))


def stamp_of(vault: Vault) -> Stamp:
    """Return who writes in a vault, and signs what is sealed."""
    return Stamp(CLOCK.now(), vault.user.id, vault.writer)


def compare(
    vault: Vault,
    acknowledged: int,
    refused: int = 0,
    *,
    beside: frozenset[str] = frozenset(),
    expected: frozenset[str] = frozenset(),
) -> Harm:
    """Compare what ``save`` left in a vault with what was acknowledged.

    Args:
        vault: The open vault.
        acknowledged: The last number that was acknowledged.
        refused: The number of which was said that it was not saved; 0 where there is none.
        beside: The numbers of files that the work itself looks after.
        expected: Alarms that are raised without any accident too.
    """
    with vault.read() as db:
        found = findings(db)
        if found:
            return Harm(shut=1, what=found[0])
        if alarm := alarm_in(vault, db, expected):
            return Harm(shut=1, what=alarm)
        clients = [each for each in records.read(db, Client, "") if each.file_no not in beside]
        present = {client.file_no for client in clients}
        ids = {client.id for client in clients}
        sessions = [each for each in records.read(db, Session, "") if each.client_id in ids]
        told = {session.number for session in sessions if _told(db, session)}
        came = set(records.numbers_of(db, Application, "number"))
        saved = int(preferences.of_user(db, vault.user.id).get("saved", "0"))
        broken = vault.first_break(db)
    wanted = {f"2026/{number:04}" for number in range(1, acknowledged + 1)}
    lost = len(wanted - present)
    numbers = range(1, saved + 1)
    whole = (
        broken is None
        and present == {f"2026/{number:04}" for number in numbers}
        and told == {f"G-{number}" for number in numbers}
        and came == {f"B-{number}" for number in numbers}
    )
    if whole and refused and saved >= refused:
        return Harm(shut=1, what="what was said to be not saved is there")
    if whole:
        return Harm(lost=lost, what="records are gone" if lost else "")
    return Harm(lost=lost, shut=1, what="half a transaction is there")


def alarm_in(vault: Vault, db: Connection, expected: frozenset[str] = frozenset()) -> str:
    """Return what the log says as if somebody had tampered; empty where it is calm."""
    raised = (ALARMS - expected) & {line.action for line in audit.lines(db, 10_000)}
    if raised:
        return f"alarm: {min(raised)}"
    unsigned = vault.signatures(db).unknown()
    return f"line {unsigned[0]} of the log is not signed" if unsigned else ""


def _told(db: Connection, session: Session) -> bool:
    """Tell whether the sealed note of a session is the one that ``save`` wrote."""
    note = f"{session.number.removeprefix('G-')} {_NOTE}"
    return notes.standing(db, session.id) is not None and notes.says(db, session.id, note)


def harm_of_opening(error: KnownError) -> Harm:
    """Return the harm of a vault that does not open; behind its anchor it has lost something."""
    if isinstance(error, RolledBackVaultError):
        return Harm(lost=1, what=type(error).__name__)
    return Harm(shut=1, what=type(error).__name__)


def last_number(said: Iterable[str], verb: str) -> int:
    """Return the highest number that was said with a verb."""
    return max((int(word.split()[-1]) for word in said if word.startswith(verb + " ")), default=0)


def examine(work: Work, folder: Path, said: list[str]) -> Harm:
    """Return what an accident did; a child or an opening that failed by a bug is harm too."""
    crash = next((word for word in said if word.startswith(CRASHED)), None)
    if crash:
        return Harm(shut=1, what=crash)
    try:
        return work.check(folder, said)
    except Exception as error:  # noqa: BLE001 (counted, and named in the table)
        return Harm(shut=1, what=f"{CRASHED} {place_of(error)}")


def assert_unharmed(said: list[str]) -> None:
    """Let pass a child that came through its work without an accident."""
    assert said, "the child said nothing"
    assert not said[-1].startswith((CRASHED, REFUSED)), said[-1]


class Saving(Work):
    """Records are saved one transaction after the other."""

    name = "saving records"

    def __init__(self, rounds: int = 40) -> None:
        self.rounds = rounds

    def prepare(self, folder: Path) -> None:
        """Start from a new vault."""
        create(folder).close()

    def run(self, folder: Path, say: Say) -> None:
        """Save, and where saving fails, read everything back before giving up."""
        with sign_in(vault_of(folder)) as vault:
            for number in range(1, self.rounds + 1):
                try:
                    with vault.write() as db:
                        save(vault, db, number)
                except KnownError as error:
                    say(f"{REFUSED} {type(error).__name__} {number}")
                    with vault.read() as db:
                        say(f"sees {len(records.read(db, Session, ''))}")
                    return
                say(f"saved {number}")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """Every acknowledged transaction is there, and none by halves."""
        saved = last_number(said, "saved")
        failed = [word for word in said if word.startswith(f"{REFUSED} ") and word[-1].isdigit()]
        if failed and last_number(said, "sees") < saved:
            return Harm(lost=saved, what="what was saved could not be read after a failure")
        try:
            with sign_in(vault_of(folder)) as vault:
                return compare(vault, saved, last_number(said, _NOT_SAVED))
        except KnownError as error:
            return harm_of_opening(error)


class Recovering(Saving):
    """The vault is opened after a crash that left its log behind."""

    name = "opening after a crash"

    def __init__(self) -> None:
        super().__init__(rounds=8)

    def prepare(self, folder: Path) -> None:
        """Start from what a crash leaves: the file as it was, and a log beside it."""
        crashing = folder / "crashing"
        crashing.mkdir()
        with create(crashing) as vault:
            save_first(vault, self.rounds)
            for path in crashing.iterdir():
                (folder / path.name).write_bytes(path.read_bytes())
        for path in crashing.iterdir():
            path.unlink()
        crashing.rmdir()

    def run(self, folder: Path, say: Say) -> None:
        """Open, and save one more."""
        with sign_in(vault_of(folder)) as vault:
            say("open 0")
            with vault.write() as db:
                save(vault, db, self.rounds + 1)
            say(f"saved {self.rounds + 1}")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """What stood in the log is there, whatever happened to its opening."""
        return super().check(folder, [*said, f"saved {self.rounds}"])
