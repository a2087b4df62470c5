"""Work beside a vault: IT's raw backup and restore, and a restore over a later vault."""

from pathlib import Path

from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError
from kadin_danisma.store import backup, files, users
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
    save_first,
    sign_in,
    vault_of,
)
from tools.ordeal.work_copies import LATER, ROWS, Restoring, littered, spoiled, stick_of

_KEEPER, _COPY = "irem", "merkez-copy.vault"


class KeepersBackup(Work):
    """IT, who cannot open the vault, makes a backup of the file as it lies there.

    Args:
        crashed: Whether a crash left records in the log beside the file.
    """

    def __init__(self, *, crashed: bool = False) -> None:
        self.name = f"a backup made by IT{' after a crash' if crashed else ''}"
        self._crashed = crashed

    def prepare(self, folder: Path) -> None:
        """Start from a vault with records and an account of IT, and an empty stick."""
        stick_of(folder).mkdir()
        with create(folder) as vault:
            users.add_user(vault, User(name=_KEEPER, title="İrem", role=Role.IT), PASSPHRASE)
            save_first(vault, ROWS)
            left = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        if self._crashed:
            for path, content in left.items():
                path.write_bytes(content)

    def run(self, folder: Path, say: Say) -> None:
        """Make it, and a copy of it under a name of IT's own."""
        with Stewardship.open(vault_of(folder), _KEEPER, PASSPHRASE, CLOCK) as keeper:
            say(f"backup {keeper.make_backup(stick_of(folder)).name}")
            keeper.copy_to(stick_of(folder) / _COPY)
            say(f"backup {_COPY}")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """Every file that bears the name of a backup is whole, and the next one clears the rest."""
        stick = stick_of(folder)
        told = {word.split(" ", 1)[1] for word in said if word.startswith("backup ")}
        try:
            with Stewardship.open(vault_of(folder), _KEEPER, PASSPHRASE, LATER) as keeper:
                keeper.make_backup(stick)
                if _COPY not in told and not (stick / _COPY).exists():
                    keeper.copy_to(stick / _COPY)
            made = sorted(stick.glob("*.vault"))
            # A file that a crash left has no digest: whoever restores a copy of it is asked.
            known = {backup.unproved()} if self._crashed else set()
            harm = spoiled(made, known) or littered(stick)
            with sign_in(vault_of(folder)) as vault:
                harm = harm or compare(vault, ROWS)
            restored = vault_of(folder / "new")
            backup.restore(
                made[-1], restored, NAME, PASSPHRASE, CLOCK, accept_unproved=self._crashed
            )
            with sign_in(restored) as vault:
                harm = harm if harm != Harm() else compare(vault, ROWS)
        except KnownError as error:
            return harm_of_opening(error)
        if told - {path.name for path in made}:
            return Harm(lost=1, what="an acknowledged backup is gone")
        return harm


class KeepersRestore(Restoring):
    """IT makes a vault of a backup on a new PC; whoever signs in there first takes it over."""

    name = "a restore made by IT"

    def prepare(self, folder: Path) -> None:
        """Start from a backup on a stick, which a coordinator made."""
        stick_of(folder).mkdir()
        with create(folder) as vault:
            users.add_user(vault, User(name=_KEEPER, title="İrem", role=Role.IT), PASSPHRASE)
            save_first(vault, ROWS)
            backup.make_backup(vault, stick_of(folder), CLOCK)

    def restore(self, folder: Path) -> None:
        """Make a vault of the backup, which she cannot read."""
        (source,) = stick_of(folder).glob("*.vault")
        with Stewardship.open(source, _KEEPER, PASSPHRASE, CLOCK) as keeper:
            keeper.restore_to(self.target(folder))

    def look_into(self, target: Path) -> Harm:
        """Open the restored vault and compare; it opens for IT too."""
        with sign_in(target) as vault:
            # Nobody can know what left meanwhile: that is said once.
            harm = compare(vault, ROWS, expected=frozenset({"report.unknown"}))
        Stewardship.open(target, _KEEPER, PASSPHRASE, CLOCK).close()
        return harm

    def run(self, folder: Path, say: Say) -> None:
        """Restore it, and sign in there."""
        super().run(folder, say)
        sign_in(self.target(folder)).close()


class RestoringAnOlderState(Restoring):
    """The vault of this PC is lost, and a backup that is older than it takes its place."""

    name = "restoring an older state"
    alone = False

    def target(self, folder: Path) -> Path:
        """Return where the lost vault was."""
        return vault_of(folder)

    def prepare(self, folder: Path) -> None:
        """Start from a vault that has come further than the backup on the stick."""
        stick_of(folder).mkdir()
        with create(folder) as vault:
            save_first(vault, ROWS)
            backup.make_backup(vault, stick_of(folder), CLOCK)
            with vault.write() as db:
                save(vault, db, ROWS + 1)

    def run(self, folder: Path, say: Say) -> None:
        """Use the vault on this PC, which remembers it; lose it, and restore."""
        sign_in(vault_of(folder)).close()
        for path in folder.glob(f"{vault_of(folder).name}*"):
            path.unlink()
        # The loss is no work of the program: what a power cut brings back of it proves nothing.
        files.sync_folder(folder)
        say("lost")
        super().run(folder, say)

    def check(self, folder: Path, said: list[str]) -> Harm:
        """It opens as a restored vault does, and nobody is told that it was put back."""
        return super().check(folder, said) if "lost" in said else Harm()
