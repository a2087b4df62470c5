"""Harm done to files at rest: is it noticed when the vault is opened, or verified?"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from kadin_danisma.errors import KnownError
from kadin_danisma.store import backup, slot_files
from kadin_danisma.store.copies import findings, row_counts
from kadin_danisma.store.vault import Vault
from tools.ordeal.bench import Bench
from tools.ordeal.child import CRASHED, place_of
from tools.ordeal.table import Tally
from tools.ordeal.work import NAME, PASSPHRASE, Harm, sign_in, vault_of

#: Does its harm to the files in a folder.
Tamper = Callable[[Path], None]
_REFUSED, _READ, _VERIFIED = "refused at opening", "found when read", "found by verify"
_HARMLESS = "healed or harmless"


class Examiner:
    """Harms copies of one state of a vault one by one, and counts what came of it.

    Args:
        bench: Where.
        tally: The line of the table.
        start: The state.
    """

    def __init__(self, bench: Bench, tally: Tally, start: Path) -> None:
        self._bench = bench
        self._tally = tally
        self._start = start
        self._outcomes: Counter[str] = Counter()
        with bench.place(start) as folder, sign_in(vault_of(folder)) as vault:
            self._told = _told_by(vault)

    def try_out(self, tamper: Tamper, where: str) -> None:
        """Do one harm and see whether it is noticed."""
        try:
            outcome = self._open(tamper) or self._verify(tamper)
        except Exception as error:  # noqa: BLE001 (counted, and named in the table)
            self._tally.add(Harm(shut=1, what=f"{CRASHED} {place_of(error)}"), where)
        else:
            self._tally.tries += 1
            self._outcomes[outcome] += 1
            if not outcome:
                self._tally.miss(where)
        told = [f"{count} {said}" for said, count in self._outcomes.most_common() if said]
        self._tally.remark = ", ".join(told)

    def _open(self, tamper: Tamper) -> str:
        """Return how the harm ended at the opening; empty where nobody noticed."""
        with self._bench.place(self._start) as folder:
            tamper(folder)
            before = contents(folder)
            try:
                vault = sign_in(vault_of(folder))
            except KnownError:
                assert contents(folder) == before, "something was written"
                return _REFUSED
            with vault:
                try:
                    intact = _told_by(vault) == self._told
                except KnownError:
                    return _READ
            healed = _keys(folder) == _keys(self._start)
        return _HARMLESS if intact and healed else ""

    def _verify(self, tamper: Tamper) -> str:
        """Return how the harm ended when the vault was verified; empty where nobody noticed."""
        with self._bench.place(self._start) as folder:
            tamper(folder)
            try:
                found = bool(backup.verify(vault_of(folder), NAME, PASSPHRASE))
            except KnownError:
                found = True
        return _VERIFIED if found else ""


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its content."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _told_by(vault: Vault) -> dict[str, object]:
    """Return every row of a vault by table, and what is wrong inside."""
    with vault.read() as db:
        tables = row_counts(db)
        rows = {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in tables}
        return {**rows, "findings": findings(db)}


def _keys(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in slot_files.paths(vault_of(folder)) if path.is_file()]
