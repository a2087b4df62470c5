"""Work that copies a vault: migrating, backing up, restoring."""

from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.records import Client, Session
from kadin_danisma.errors import KnownError
from kadin_danisma.store import backup, keyring, migrate, notes, preferences, rows, settling
from tools.ordeal.child import Say
from tools.ordeal.work import (
    CLOCK,
    NAME,
    PASSPHRASE,
    Harm,
    Work,
    compare,
    create,
    harm_of_opening,
    last_number,
    save,
    save_first,
    sign_in,
    vault_of,
)

#: The minute of the next backup, after which nothing half may be left of the one before.
LATER = FixedClock(CLOCK.now() + timedelta(minutes=3))
#: Records or rows that are there from the beginning.
ROWS = 5
#: One service of each discipline.
_SERVICES = ("legal", "psych", "safety_plan")
_AT = "2026-10-06T10:00:00+03:00"


class Migrating(Work):
    """A vault of schema 1 is opened by the program of today."""

    name = "migrating from schema 1"

    def prepare(self, folder: Path) -> None:
        """Start from a vault of the first schema with rows in it."""
        with create(folder, schema=1) as vault, vault.write() as db:
            for number in range(ROWS):
                preferences.put(db, vault.user.id, f"row {number}", "ğüşıöçİ" * 300)

    def run(self, folder: Path, say: Say) -> None:
        """Open it, which migrates it, and save the first record."""
        with sign_in(vault_of(folder)) as vault:
            say("saved 0")
            with vault.write() as db:
                save(vault, db, 1)
            say("saved 1")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """The rows are there, the schema is today's, and the copy of before is whole."""
        copies = sorted(folder.glob("*-schema1-*.vault"))
        try:
            with sign_in(vault_of(folder)) as vault:
                with vault.read() as db:
                    kept = preferences.of_user(db, vault.user.id)
                    version = migrate.version(db)
                # The recovery code has no key pair yet that the founder of the roster could sign.
                expected = frozenset({settling.SLOT_REFUSED})
                harm = compare(vault, last_number(said, "saved"), expected=expected)
        except KnownError as error:
            return harm_of_opening(error)
        if missing := ROWS - sum(name.startswith("row ") for name in kept):
            return Harm(lost=missing, what="rows of the older schema are gone")
        if "saved 0" in said and not copies:
            return Harm(lost=1, what="the copy made before migrating is gone")
        if version != migrate.latest():
            return Harm(shut=1, what="it was not migrated")
        return spoiled(copies) or harm


class RaisingTheWall(Work):
    """A vault with notes in plain text is opened by the program of today, which seals them."""

    name = "migrating notes from schema 2"

    def __init__(self, notes: int = 200) -> None:
        self.notes = notes

    def prepare(self, folder: Path) -> None:
        """Start from a vault of the schema before the wall."""
        with create(folder, schema=2) as vault, vault.write() as db:
            client = Client(file_no="2026/0001", revision=1)
            stamps: dict[str, rows.Value] = {
                "entered_at": _AT,
                "changed_at": _AT,
                "changed_by": vault.user.id,
            }
            row = rows.to_row(client) | stamps
            db.execute(rows.insert("client", row), row)
            for each in range(self.notes):
                session = Session(
                    id=f"note {each}",
                    revision=1,
                    number=f"G-{each}",
                    client_id=client.id,
                    date=date(2026, 10, 6),
                    service=_SERVICES[each % len(_SERVICES)],
                    channel="phone",
                )
                row = rows.to_row(session) | stamps
                row |= {"report_month": "2026-10", "note": _said(each)}
                db.execute(rows.insert("session", row), row)

    def run(self, folder: Path, say: Say) -> None:
        """Open it, which raises the wall."""
        with sign_in(vault_of(folder)):
            say("has wall")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """Every note is sealed once, says what it said, and stands in the open nowhere."""
        try:
            with sign_in(vault_of(folder)) as vault, vault.read() as db:
                secrets = keyring.unclaimed(db)
                found = [notes.standing(db, f"note {each}") for each in range(self.notes)]
                opened = [note.open(secrets) if note else None for note in found]
                columns = {row[1] for row in db.execute("PRAGMA table_info(session)")}
        except KnownError as error:
            return harm_of_opening(error)
        copies = sorted(folder.glob("*-schema2-*.vault"))
        if "has wall" in said and not copies:
            return Harm(lost=1, what="the copy made before migrating is gone")
        if lost := sum(text != _said(each) for each, text in enumerate(opened)):
            return Harm(lost=lost, what="notes are gone or say something else")
        if "note" in columns:
            return Harm(shut=1, what="notes stand in the open")
        return spoiled(copies) or Harm()


def _said(number: int) -> str:
    return f"{number} ğüşıöçİ " * 20


class BackingUp(Work):
    """Backups are made, and records are saved between them."""

    name = "making a backup"

    def __init__(self, rounds: int = 4) -> None:
        self.rounds = rounds

    def prepare(self, folder: Path) -> None:
        """Start from a vault with some records and an empty stick."""
        stick_of(folder).mkdir()
        with create(folder) as vault:
            save_first(vault, ROWS)

    def run(self, folder: Path, say: Say) -> None:
        """Make a backup, save, and so on."""
        with sign_in(vault_of(folder)) as vault:
            for number in range(ROWS + 1, ROWS + 1 + self.rounds):
                say(f"backup {backup.make_backup(vault, stick_of(folder), CLOCK).name}")
                with vault.write() as db:
                    save(vault, db, number)
                say(f"saved {number}")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """The vault is whole, and so is every file that bears the name of a backup."""
        told = {word.split(" ", 1)[1] for word in said if word.startswith("backup ")}
        try:
            with sign_in(vault_of(folder)) as vault:
                harm = compare(vault, max(ROWS, last_number(said, "saved")))
                backup.make_backup(vault, stick_of(folder), LATER)
        except KnownError as error:
            return harm_of_opening(error)
        made = sorted(stick_of(folder).glob("*.vault"))
        if missing := told - {path.name for path in made}:
            return Harm(lost=len(missing), what="an acknowledged backup is gone")
        return spoiled(made) or littered(stick_of(folder)) or harm


class Restoring(Work):
    """A vault is made of a backup, in a folder that is not there yet."""

    name = "restoring a backup"
    #: Whether nothing but the vault lies in its folder.
    alone = True

    def prepare(self, folder: Path) -> None:
        """Start from a backup on a stick; the vault itself is gone with the old PC."""
        stick_of(folder).mkdir()
        old = folder / "old"
        old.mkdir()
        with create(old) as vault:
            save_first(vault, ROWS)
            backup.make_backup(vault, stick_of(folder), CLOCK)
        for path in old.iterdir():
            path.unlink()
        old.rmdir()

    def target(self, folder: Path) -> Path:
        """Return where the vault goes."""
        return vault_of(folder / "new")

    def restore(self, folder: Path) -> None:
        """Make a vault of the backup on the stick."""
        (source,) = stick_of(folder).glob("*.vault")
        backup.restore(source, self.target(folder), NAME, PASSPHRASE, CLOCK)

    def look_into(self, target: Path) -> Harm:
        """Open the restored vault, and compare."""
        with sign_in(target) as vault:
            return compare(vault, ROWS)

    def run(self, folder: Path, say: Say) -> None:
        """Restore it."""
        self.restore(folder)
        say("has vault")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """It is there with every record, or a second try brings it; the backup is as it was."""
        target = self.target(folder)
        if "has vault" in said and not target.exists():
            return Harm(lost=1, what="the restored vault is gone")
        try:
            if not target.exists():
                self.restore(folder)
            harm = self.look_into(target)
        except KnownError as error:
            return harm_of_opening(error)
        left = littered(target.parent) if self.alone else None
        return spoiled(sorted(stick_of(folder).glob("*.vault"))) or left or harm


def stick_of(folder: Path) -> Path:
    """Return where the stick of a work lies."""
    return folder / "stick"


def littered(folder: Path) -> Harm | None:
    """Return the harm of files in a folder that belong to no vault and no backup there."""
    whole = {path.name for path in folder.glob("*.vault")}
    rest = {path.name for path in folder.iterdir()} - whole
    ours = {
        f"{name}{ending}" for name in whole for ending in (".keys", ".keys2", ".anchor", "-wal")
    }
    if left := rest - ours:
        return Harm(shut=1, what=f"left over: {min(left)}")
    return None


def spoiled(copies: list[Path], known: Collection[str] = ()) -> Harm | None:
    """Return the harm of copies that bear their name and are not whole.

    Args:
        copies: The copies.
        known: What the full check may say of them.
    """
    for path in copies:
        try:
            found = backup.verify(path, NAME, PASSPHRASE)
        except KnownError as error:
            found = [type(error).__name__]
        if unknown := [each for each in found if each not in known]:
            return Harm(shut=1, what=f"a copy is spoiled: {unknown[0]}")
    return None
