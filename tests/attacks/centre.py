"""A centre whose people each have a passphrase of their own, and the honest things they do."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kadin_danisma.domain.dates import FixedClock
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError
from kadin_danisma.services import intake, key_change, tampering
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import audit, pending, users
from kadin_danisma.store.roster.chain import Roster
from kadin_danisma.store.stewardship import Stewardship
from kadin_danisma.store.vault import Vault
from tests.builders import a_client, a_user

FIRST = "mavi kapı ağır ağır açıldı"
STAFF = {
    "ikinci": Role.COORDINATOR,
    "avukat": Role.LAWYER,
    "elif": Role.LAWYER,
    "psikolog": Role.PSYCHOLOGIST,
    "danisma": Role.FRONT_DESK,
    "bilgi": Role.IT,
}
#: Made by IT: the one has a passphrase of her own already, the other that which she was told.
WAITING = {"yeni": Role.FRONT_DESK, "bekleyen": Role.LAWYER}


def passphrase_of(name: str) -> str:
    """Return the passphrase that somebody set herself."""
    return f"sarı kedi {name} uyandı"


@dataclass
class Centre:
    """A closed vault with the files beside it, and its people's ids.

    Args:
        path: The vault.
        clock: The present moment.
        code: Its recovery code.
        ids: Its people, by their user names.
    """

    path: Path
    clock: FixedClock
    code: str
    ids: dict[str, str] = field(default_factory=dict)

    def copy(self, folder: Path) -> "Centre":
        """Return the same centre in another folder."""
        shutil.copytree(self.path.parent, folder)
        return Centre(folder / self.path.name, self.clock, self.code, dict(self.ids))

    @contextmanager
    def at(self, name: str, *, read_only: bool = False) -> Iterator[Desk]:
        """Sit down at somebody's desk, and get up again."""
        said = self.code if name == "kurtarma" else passphrase_of(name)
        with Vault.open(self.path, name, said, self.clock, read_only=read_only) as vault:
            yield Desk(vault, self.clock)

    @contextmanager
    def its_desk(self) -> Iterator[Stewardship]:
        """Let IT look after the vault."""
        with Stewardship.open(self.path, "bilgi", passphrase_of("bilgi"), self.clock) as opened:
            yield opened

    def gets_in(self, name: str) -> bool:
        """Tell whether somebody gets in with her own passphrase; what refuses her is calm."""
        try:
            with self.its_desk() if name == "bilgi" else self.at(name):
                return True
        except KnownError:
            return False

    def works(self, *names: str) -> None:
        """Let honest people come and go, one after the other, as far as they are let in."""
        for name in names or ("derya",):
            self.gets_in(name)

    def changes_the_key(self, by: str = "derya") -> None:
        """Let a coordinator change the key of the vault."""
        with self.at(by) as desk:
            key_change.change_key(desk)

    def told(self, by: str = "derya") -> list[str]:
        """Return what a coordinator reads on her first page."""
        with self.at(by) as desk:
            return [each.said for each in tampering.unread(desk)]

    def log(self) -> list[tuple[str, str, str]]:
        """Return the log: who, what, and to what; the first line first."""
        with self.at("derya") as desk, desk.vault.read() as db:
            return [(each.by, each.action, each.subject) for each in audit.lines(db, 100_000)][::-1]


def found(path: Path, clock: FixedClock) -> Centre:
    """Make the centre: its people set passphrases of their own, and two more wait."""
    vault, code = Vault.create(path, "Örnek Merkez", a_user(), passphrase_of("derya"), clock)
    centre = Centre(path, clock, code, {"derya": vault.user.id})
    with vault:
        intake.open_file(Desk(vault, clock), a_client())
        for name, role in STAFF.items():
            user = a_user(name, title=f"{name.capitalize()} A.", role=role)
            centre.ids[name] = users.add_user(vault, user, FIRST).id
    for name in STAFF:
        if name == "bilgi":
            with Stewardship.open(path, name, FIRST, clock) as opened:
                opened.change_passphrase(FIRST, passphrase_of(name))
        else:
            with Vault.open(path, name, FIRST, clock) as vault:
                users.change_passphrase(vault, FIRST, passphrase_of(name))
    centre.changes_the_key()
    with centre.its_desk() as keeper:
        for name, role in WAITING.items():
            centre.ids[name] = keeper.add(name, f"{name.capitalize()} A.", role, FIRST).id
    pending.set_own_passphrase(path, "yeni", FIRST, passphrase_of("yeni"))
    centre.works("derya")
    return centre


def in_vault(centre: Centre) -> Roster:
    """Return who is who after a coordinator was there."""
    with centre.at("derya") as desk:
        return desk.vault.roster
