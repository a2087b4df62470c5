"""The program checks itself on the machine it was installed on, without touching any real vault.

Contract.md section 1: new vault, a record with "ğüşıöçİ", a migration, a PDF read back, Turkish
buttons; and whether every module of the program can be imported. Looking at buttons needs Qt, so
the window's floor is handed in.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kadin_danisma.domain.dates import Clock, Period
from kadin_danisma.domain.records import Client, User
from kadin_danisma.domain.role import Role
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.paths import default_vault
from kadin_danisma.reports import raster, writers
from kadin_danisma.services import finding, intake, modules, reporting
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import about, migrate, second_anchor
from kadin_danisma.store.vault import Vault

#: Every Turkish letter that programs get wrong.
LETTERS = "ğüşıöçİ"
_NAME = f"{LETTERS} Işıl"
_FOUND_BY = "gusioci isil"
_USER = User(name="sınama", title="Sınama", role=Role.COORDINATOR)
_PASSPHRASE = "yalnız bu sınama için"  # noqa: S105 (opens a vault that is removed at once)
_OLDEST_SCHEMA = 1
_VAULT = "sinama.vault"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was tried."""

    name: str
    ok: bool
    detail: str = ""


#: Tries what needs Qt; returns a sentence for each thing amiss.
WindowCheck = Callable[[], list[str]]


def versions() -> dict[str, str]:
    """Return the versions of what the store stands on."""
    return about.versions()


def run(clock: Clock, check_window: WindowCheck) -> list[Check]:
    """Try everything the program is made of, in a folder that is removed afterwards.

    Args:
        clock: The present moment.
        check_window: Tries what needs Qt.
    """
    checks: list[Check] = []
    with _workshop() as folder:
        path = folder / _VAULT
        checks.append(_tried(_("a new vault"), lambda: _make(path, clock)))
        checks.append(_tried(_("a migration"), lambda: _migrate(path, clock)))
        checks.append(
            _tried(_("a record with {letters}").format(letters=LETTERS), lambda: _ask(path, clock))
        )
        checks.append(
            _tried(_("a report read back from PDF"), lambda: _read_back(_report(path, clock)))
        )
    checks.append(_tried(_("Turkish letters and buttons"), lambda: " ".join(check_window())))
    checks.append(_tried(_("every part of the program"), lambda: ", ".join(modules.amiss())))
    return checks


def _tried(name: str, trial: Callable[[], str]) -> Check:
    """Do a trial; it returns what is amiss, or nothing."""
    try:
        amiss = trial()
    except KnownError as error:
        amiss = error.message
    except OSError as error:
        amiss = error.strerror or type(error).__name__
    return Check(name, not amiss, amiss)


@contextmanager
def _workshop() -> Iterator[Path]:
    """Lend a folder beside the program's data; what lies in it is encrypted, and goes again."""
    folder = default_vault().parent / f"kendini-sinama-{os.getpid()}"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        second_anchor.forget(folder / _VAULT)


def _make(path: Path, clock: Clock) -> str:
    """Make a vault as an older program would have made it."""
    vault, _code = Vault.create(
        path, f"{LETTERS} Merkezi", _USER, _PASSPHRASE, clock, demo=True, schema=_OLDEST_SCHEMA
    )
    vault.close()
    return ""


def _migrate(path: Path, clock: Clock) -> str:
    with Vault.open(path, _USER.name, _PASSPHRASE, clock) as vault, vault.read() as db:
        found = migrate.version(db)
    return "" if found == migrate.latest() else _("The vault stayed at an older schema.")


def _ask(path: Path, clock: Clock) -> str:
    """Write a record, close everything, and find it again by folded words."""
    with Vault.open(path, _USER.name, _PASSPHRASE, clock) as vault:
        desk = Desk(vault, clock)
        intake.open_file(desk, Client(file_no=intake.next_file_no(desk), name=_NAME))
    with Vault.open(path, _USER.name, _PASSPHRASE, clock) as vault:
        found = finding.search(Desk(vault, clock), _FOUND_BY)
    return "" if [line.name for line in found] == [_NAME] else _("The record was not found again.")


def _read_back(pdf: bytes) -> str:
    return "" if LETTERS in raster.text(pdf) else _("The PDF cannot be read back.")


def _report(path: Path, clock: Clock) -> bytes:
    today = clock.today()
    last_month = (today.year, today.month - 1) if today.month > 1 else (today.year - 1, 12)
    with Vault.open(path, _USER.name, _PASSPHRASE, clock) as vault:
        report = reporting.preview(Desk(vault, clock), Period.month(*last_month)).report
    return writers.render(report, "pdf")
