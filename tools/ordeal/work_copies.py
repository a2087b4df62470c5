"""Work that copies a vault: migrating, backing up, restoring."""

from pathlib import Path

from kadin_danisma.errors import KnownError
from kadin_danisma.store import backup, migrate, preferences
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
    sign_in,
    vault_of,
)

#: Records or rows that are there from the beginning.
ROWS = 5


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
                    rows = preferences.of_user(db, vault.user.id)
                    version = migrate.version(db)
                harm = compare(vault, last_number(said, "saved"))
        except KnownError as error:
            return harm_of_opening(error)
        if missing := ROWS - sum(name.startswith("row ") for name in rows):
            return Harm(lost=missing, what="rows of the older schema are gone")
        if "saved 0" in said and not copies:
            return Harm(lost=1, what="the copy made before migrating is gone")
        if version != migrate.latest():
            return Harm(shut=1, what="it was not migrated")
        return _spoiled(copies) or harm


class BackingUp(Work):
    """Backups are made, and records are saved between them."""

    name = "making a backup"

    def __init__(self, rounds: int = 4) -> None:
        self.rounds = rounds

    def prepare(self, folder: Path) -> None:
        """Start from a vault with some records and an empty stick."""
        _stick(folder).mkdir()
        with create(folder) as vault:
            for number in range(1, ROWS + 1):
                with vault.write() as db:
                    save(vault, db, number)

    def run(self, folder: Path, say: Say) -> None:
        """Make a backup, save, and so on."""
        with sign_in(vault_of(folder)) as vault:
            for number in range(ROWS + 1, ROWS + 1 + self.rounds):
                say(f"backup {backup.make_backup(vault, _stick(folder), CLOCK).name}")
                with vault.write() as db:
                    save(vault, db, number)
                say(f"saved {number}")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """The vault is whole, and so is every file that bears the name of a backup."""
        told = {word.split(" ", 1)[1] for word in said if word.startswith("backup ")}
        made = sorted(_stick(folder).glob("*.vault"))
        try:
            with sign_in(vault_of(folder)) as vault:
                harm = compare(vault, max(ROWS, last_number(said, "saved")))
        except KnownError as error:
            return harm_of_opening(error)
        if missing := told - {path.name for path in made}:
            return Harm(lost=len(missing), what="an acknowledged backup is gone")
        return _spoiled(made) or harm


class Restoring(Work):
    """A vault is made of a backup, in a folder that is not there yet."""

    name = "restoring a backup"

    def prepare(self, folder: Path) -> None:
        """Start from a backup on a stick; the vault itself is gone with the old PC."""
        _stick(folder).mkdir()
        old = folder / "old"
        old.mkdir()
        with create(old) as vault:
            for number in range(1, ROWS + 1):
                with vault.write() as db:
                    save(vault, db, number)
            backup.make_backup(vault, _stick(folder), CLOCK)
        for path in old.iterdir():
            path.unlink()
        old.rmdir()

    def run(self, folder: Path, say: Say) -> None:
        """Restore it."""
        _restore(folder)
        say("has vault")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """It is there with every record, or a second try brings it; the backup is as it was."""
        target = vault_of(folder / "new")
        if "has vault" in said and not target.exists():
            return Harm(lost=1, what="the restored vault is gone")
        try:
            if not target.exists():
                _restore(folder)
            with sign_in(target) as vault:
                harm = compare(vault, ROWS)
        except KnownError as error:
            return harm_of_opening(error)
        return _spoiled(sorted(_stick(folder).glob("*.vault"))) or harm


def _stick(folder: Path) -> Path:
    return folder / "stick"


def _restore(folder: Path) -> None:
    (source,) = _stick(folder).glob("*.vault")
    backup.restore(source, vault_of(folder / "new"), NAME, PASSPHRASE, CLOCK)


def _spoiled(copies: list[Path]) -> Harm | None:
    """Return the harm of copies that bear their name and are not whole."""
    for path in copies:
        try:
            found = backup.verify(path, NAME, PASSPHRASE)
        except KnownError as error:
            found = [type(error).__name__]
        if found:
            return Harm(shut=1, what=f"a copy is spoiled: {found[0]}")
    return None
