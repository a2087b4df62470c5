"""Work beside a vault: IT's raw backup, and a restore where a later vault is remembered."""

from pathlib import Path

from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError
from kadin_danisma.store import backup, users
from kadin_danisma.store.stewardship import Stewardship
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
    save,
    sign_in,
    vault_of,
)
from tools.ordeal.work_copies import LATER, ROWS, littered, spoiled, stick_of

_KEEPER = "irem"


class KeepersBackup(Work):
    """IT, who cannot open the vault, makes a backup of the file as it lies there."""

    name = "a backup made by IT"

    def prepare(self, folder: Path) -> None:
        """Start from a vault with records and an account of IT, and an empty stick."""
        stick_of(folder).mkdir()
        with create(folder) as vault:
            users.add_user(vault, User(name=_KEEPER, title="İrem", role=Role.IT), PASSPHRASE)
            for number in range(1, ROWS + 1):
                with vault.write() as db:
                    save(vault, db, number)

    def run(self, folder: Path, say: Say) -> None:
        """Make it."""
        with Stewardship.open(vault_of(folder), _KEEPER, PASSPHRASE, CLOCK) as keeper:
            say(f"backup {keeper.make_backup(stick_of(folder)).name}")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """Every file that bears the name of a backup is whole, and the next one clears the rest."""
        stick = stick_of(folder)
        try:
            with Stewardship.open(vault_of(folder), _KEEPER, PASSPHRASE, LATER) as keeper:
                keeper.make_backup(stick)
            with sign_in(vault_of(folder)) as vault:
                harm = compare(vault, ROWS)
        except KnownError as error:
            return harm_of_opening(error)
        made = sorted(stick.glob("*.vault"))
        if len(said) >= len(made):
            return Harm(lost=1, what="an acknowledged backup is gone")
        return spoiled(made) or littered(stick) or harm


class RestoringAnOlderState(Work):
    """The vault of this PC is lost, and a backup that is older than it takes its place."""

    name = "restoring an older state"

    def prepare(self, folder: Path) -> None:
        """Start from a vault that has come further than the backup on the stick."""
        stick_of(folder).mkdir()
        with create(folder) as vault:
            for number in range(1, ROWS + 1):
                with vault.write() as db:
                    save(vault, db, number)
            backup.make_backup(vault, stick_of(folder), CLOCK)
            with vault.write() as db:
                save(vault, db, ROWS + 1)

    def run(self, folder: Path, say: Say) -> None:
        """Use the vault on this PC, which remembers it; lose it, and restore."""
        sign_in(vault_of(folder)).close()
        for path in folder.glob(f"{vault_of(folder).name}*"):
            path.unlink()
        say("lost")
        _restore(folder)
        say("has vault")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """It opens as a restored vault does, and nobody is told that it was put back."""
        target = vault_of(folder)
        if "lost" not in said:
            return Harm()
        if "has vault" in said and not target.exists():
            return Harm(lost=1, what="the restored vault is gone")
        try:
            if not target.exists():
                _restore(folder)
            with sign_in(target) as vault:
                harm = compare(vault, ROWS)
        except KnownError as error:
            return harm_of_opening(error)
        return spoiled(sorted(stick_of(folder).glob("*.vault"))) or harm


def _restore(folder: Path) -> None:
    (source,) = stick_of(folder).glob("*.vault")
    backup.restore(source, vault_of(folder), NAME, PASSPHRASE, CLOCK)
