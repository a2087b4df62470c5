"""Work that ends what opened before: a changed passphrase, a second factor, new recovery sheets."""

import shutil
from pathlib import Path

from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.discipline import Discipline
from kadin_danisma.domain.recovery import RECOVERY_NAME, Kind
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError, WrongCredentialsError
from kadin_danisma.services import circles
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import drafts, renewal, slot_files, users
from kadin_danisma.store.vault import Vault
from tools.ordeal.child import Say
from tools.ordeal.doors import STICK, WAYS, Doors, sign_in_by
from tools.ordeal.work import (
    CLOCK,
    NAME,
    PASSPHRASE,
    Harm,
    Work,
    compare,
    create_with_code,
    harm_of_opening,
    sign_in,
    vault_of,
)
from tools.ordeal.work_circle import FILE_NO, stands_for, write_file
from tools.ordeal.work_roster import ROWS, add_staff, id_of, misread

_SECOND = WAYS["second"].passphrase
_DRAFT, _HALF_WRITTEN, _LATER = "draft", "yarım kalan cümle", "sonraki cümle"
_ALL = frozenset(Discipline)


class Rekeying(Work):
    """A lawyer takes another passphrase and a key file; the vault key is changed behind each."""

    name = "changing a passphrase"

    def __init__(self) -> None:
        self._code, self._client_id, self._turn = "", "", 0

    def prepare(self, folder: Path) -> None:
        """Start from a vault where she has notes, a restricted file and a sentence half written."""
        vault, self._code = create_with_code(folder)
        with vault:
            add_staff(vault, ("elif", Role.LAWYER), ("nur", Role.PSYCHOLOGIST))
        with sign_in_by(vault_of(folder), "elif", "first") as vault:
            self._client_id = write_file(vault)
            circles.seal(Desk(vault, CLOCK), self._client_id, [id_of(vault, "nur")])
            _keep_draft(vault, _HALF_WRITTEN)
        _keep_key_files(folder)

    def run(self, folder: Path, say: Say) -> None:
        """Take both, change the key behind each, and save with the new one."""
        with sign_in_by(vault_of(folder), "elif", "first") as vault:
            say("will elif second")
            users.change_passphrase(vault, PASSPHRASE, _SECOND)
            say("has elif second")
            vault.rotate_key()
            say("ended 1")
            _keep_draft(vault, _LATER)
            say("kept")
            say("will elif second+stick")
            users.set_key_file(vault, _SECOND, key_file=None, new_key_file=STICK)
            say("has elif second+stick")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """She comes in and reads all she had; what opened before opens nothing once that is so."""
        path = vault_of(folder)
        doors = Doors(said, {NAME: "first", "elif": "first", "nur": "first"})
        self._turn += 1
        try:
            met = doors.found(path, self._turn)
            harm = doors.missed(met)
            if harm is None:
                with sign_in_by(path, "elif", met["elif"]) as vault:
                    harm = self._lacking(vault, said) or misread(vault)
            with sign_in_by(path, "nur", "first") as vault:
                if stands_for(vault, self._client_id, with_note=False) is not Seal.OPEN:
                    harm = harm or Harm(lost=1, what="a colleague of the circle is shut out")
            Vault.open(path, RECOVERY_NAME, self._code, CLOCK).close()
            with sign_in(path) as vault:
                harm = harm or compare(vault, ROWS, beside=frozenset({FILE_NO}))
        except KnownError as error:
            return harm_of_opening(error)
        if "ended 1" in said and opens_with_older(folder, "elif", PASSPHRASE):
            return Harm(shut=1, what="an older key file and passphrase open the vault of today")
        return harm

    def _lacking(self, vault: Vault, said: list[str]) -> Harm | None:
        if stands_for(vault, self._client_id, with_note=True) is not Seal.OPEN:
            return Harm(lost=1, what="her restricted file opens no more")
        with vault.read() as db:
            draft = drafts.all_of(db, vault.drafts).get(_DRAFT, "")
        may_be = {_LATER} if "kept" in said else {_HALF_WRITTEN, _LATER}
        if draft not in may_be:
            return Harm(lost=1, what="what she left half written opens no more")
        if vault.slots.mine.former:
            return Harm(shut=1, what="her former key was not forgotten")
        return None


class RenewingSheets(Work):
    """New recovery sheets are begun, given up, begun again and typed back."""

    name = "renewing recovery sheets"

    def __init__(self) -> None:
        self._code = ""

    def prepare(self, folder: Path) -> None:
        """Start from a vault whose sheet was verified and whose founder has gone home."""
        vault, self._code = create_with_code(folder)
        with vault:
            add_staff(vault, ("elif", Role.LAWYER))
            renewal.complete(vault, "recovery", Kind.CODE, "", self._code)
        _keep_key_files(folder)

    def run(self, folder: Path, say: Say) -> None:
        """Do each; a code is said as soon as it stands on the screen."""
        with sign_in(vault_of(folder)) as vault:
            secrets = vault.secrets_of_code(self._code)
            say(f"shown {renewal.begin(vault, secrets).code}")
            renewal.abandon(vault)
            say("abandoned")
            new = renewal.begin(vault, secrets)
            say(f"shown {new.code}")
            say("completing")
            renewal.complete(vault, new.set_id, Kind.CODE, "", new.code)
            say("completed")
            vault.rotate_key()
            say("ended")

    def check(self, folder: Path, said: list[str]) -> Harm:
        """A code that was said opens everything, none that was ended opens, another can be made."""
        path = vault_of(folder)
        shown = [word.split(" ")[1] for word in said if word.startswith("shown ")]
        try:
            harm = self._misfit(path, said, shown)
            if "ended" in said and opens_with_older(folder, RECOVERY_NAME, self._code):
                harm = Harm(shut=1, what="an older sheet opens the vault of today")
        except KnownError as error:
            return harm_of_opening(error)
        return harm

    def _misfit(self, path: Path, said: list[str], shown: list[str]) -> Harm:
        opening = [each for each in (self._code, *shown) if _opened_by(path, each) == _ALL]
        ended = {self._code} if "completed" in said else set()
        ended |= {shown[0]} if "abandoned" in said else set()
        if any(_opened_by(path, each) is not None for each in ended):
            return Harm(shut=1, what="a code that was ended still opens")
        must = shown[-1] if "completed" in said else self._code
        if must not in opening and not ("completing" in said and shown[-1] in opening):
            return Harm(lost=1, what="no code that was said opens everything")
        with sign_in(path) as vault:
            harm = compare(vault, ROWS)
            new = renewal.begin(vault, vault.secrets_of_code(opening[-1]))
            renewal.complete(vault, new.set_id, Kind.CODE, "", new.code)
            standing = renewal.standing(vault)
        if [each.id for each in standing] != [new.set_id] or _opened_by(path, new.code) != _ALL:
            return Harm(lost=1, what="the sheets cannot be renewed any more")
        return harm


def _opened_by(path: Path, code: str) -> frozenset[Discipline] | None:
    """Return the disciplines that a code opens; None where it does not open the vault."""
    try:
        with Vault.open(path, RECOVERY_NAME, code, CLOCK) as vault:
            return frozenset(vault.readable())
    except WrongCredentialsError:
        return None


def _keep_draft(vault: Vault, text: str) -> None:
    with vault.write() as db:
        drafts.put(db, vault.drafts, _DRAFT, text)


def _keep_key_files(folder: Path) -> None:
    older = folder / "older"
    older.mkdir()
    for path in slot_files.paths(vault_of(folder)):
        shutil.copy(path, older)


def opens_with_older(folder: Path, name: str, passphrase: str) -> bool:
    """Put the key files of before beside the vault and tell whether they still open it."""
    for path in slot_files.paths(vault_of(folder)):
        shutil.copy(folder / "older" / path.name, path)
    try:
        Vault.open(vault_of(folder), name, passphrase, CLOCK, accept_rollback=True).close()
    except KnownError:
        return False
    return True
