"""Signing in, saving, counting and importing: what waits on the vault."""

import datetime as dt
import shutil
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from openpyxl import Workbook, load_workbook
from sqlcipher3.dbapi2 import Connection

from kadin_danisma.domain.dates import Clock, Period
from kadin_danisma.domain.records import Session
from kadin_danisma.services import access, finding, importing, intake, reporting
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import keys
from tools.bench import bare
from tools.bench.figure import Figure, medians, milliseconds

SAMPLE = Path(__file__).resolve().parents[2] / "tests" / "data" / "ornek-yil.xlsx"
#: How often the sample year stands in the workbook that is imported.
YEARS = 20
#: Columns whose numbers are made different in every copy of the sample year.
_NUMBERS = {"Dosya No", "Başvuru No", "Görüşme No"}
_PASSPHRASE = "bes kelimelik bir parola cümlesi"


def sign_in(vault: Path, user: str, passphrase: str) -> Figure:
    """Measure signing in beside its own Argon2id."""
    cost = keys.suitable_kdf()
    salt = bytes(keys.SALT_BYTES)
    ours, argon = medians(
        7,
        lambda: access.sign_in(vault, user, passphrase, Clock()).vault.close(),
        lambda: keys.derive(passphrase, salt, cost),
    )
    return Figure("sign-in", ours, argon, 1.2, "ms", relative=True, bare_is="its Argon2id alone")


def save_session(desk: Desk, folder: Path) -> Figure:
    """Measure saving a session beside the same rows committed by bare sqlcipher3."""
    client = finding.all_clients(desk, 1)[0].id
    number = count(1)

    def ours() -> None:
        intake.record_session(
            desk,
            Session(
                number=f"OLCUM-{next(number)}",
                client_id=client,
                date=desk.today(),
                time=dt.time(10, 0),
                minutes=50,
                service="legal",
                channel="appointment",
                counsellor="Av. D.",
            ),
        )

    with bare.database(folder / "bare.db") as db:
        taken, plain = medians(60, ours, lambda: bare.save_session(db, next(number) and _next(db)))
    return Figure(
        "saving a session", taken, plain, 3, "ms", relative=True, bare_is="the same rows committed"
    )


def _next(db: Connection) -> int:
    return int(db.execute("SELECT coalesce(max(seq), 0) + 1 FROM audit").fetchone()[0])


def counts(desk: Desk, sessions: int) -> Figure:
    """Measure the counts of the busiest kind of month: one in the middle of the story."""
    day = desk.today() - dt.timedelta(days=200)
    period = Period.month(day.year, day.month)
    span = (period.first.isoformat(), period.last.isoformat())
    with desk.vault.read() as db:
        ours, plain = medians(
            5, lambda: reporting.counts(desk, period), lambda: bare.count_month(db, *span)
        )
    name = f"a month's counts, {sessions:,} sessions"
    return Figure(name, ours, plain, 1000, "ms", relative=False, bare_is="one GROUP BY")


def importing_rows(folder: Path) -> Figure:
    """Measure importing a workbook beside reading it with openpyxl and inserting its rows."""
    workbook = folder / "years.xlsx"
    rows = _write_years(workbook)
    path = folder / "import.vault"
    desk, _code = access.create_vault(path, "Ölçüm", "ölçüm", _PASSPHRASE, Clock())
    taken = milliseconds(lambda: _import(desk, workbook, rows))
    desk.vault.close()
    plain = milliseconds(lambda: bare.read_and_insert(workbook, folder / "plain.db"))
    return Figure(
        f"import of {rows:,} rows", rows / taken * 1000, rows / plain * 1000, 2000, "rows/s",
        relative=False, bare_is="openpyxl and executemany",
    )  # fmt: skip


def _import(desk: Desk, workbook: Path, rows: int) -> None:
    result = importing.import_workbook(desk, workbook)
    if result.refused or sum(result.added.values()) != rows:
        raise SystemExit("bench: the workbook was not taken as it should be")


def _write_years(path: Path) -> int:
    """Write the sample year many times into one workbook, with other numbers every time."""
    sample = load_workbook(SAMPLE, read_only=True)
    book = Workbook(write_only=True)
    rows = 0
    for sheet in sample.worksheets:
        header, *body = list(sheet.iter_rows(values_only=True))
        into = book.create_sheet(sheet.title)
        into.append(header)
        for year in range(YEARS):
            for row in _renumbered(header, body, year):
                into.append(row)
                rows += 1
    sample.close()
    book.save(path)
    return rows


def _renumbered(
    header: tuple[object, ...], body: Sequence[tuple[object, ...]], year: int
) -> Iterator[list[object]]:
    places = [place for place, name in enumerate(header) if str(name).rstrip("* ") in _NUMBERS]
    for row in body:
        new = list(row)
        for place in places:
            if new[place] is not None:
                new[place] = f"{year:02d}-{new[place]}"
        yield new


def copy(vault: Path, folder: Path) -> Path:
    """Copy a closed vault with its key files, so that measuring leaves the kept one as it is."""
    for path in vault.parent.glob(f"{vault.name}*"):
        shutil.copy2(path, folder / path.name)
    return folder / vault.name
