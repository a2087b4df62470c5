"""Counting and publishing: the only road from the vault to paper.

``counts`` shows true numbers to somebody entitled to them and writes no file. ``publish`` freezes a
period the first time, with its months and its files; publishing again writes the same files.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kadin_danisma.domain import counting
from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.table import CellKey, Table
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _, current_language
from kadin_danisma.progress import Progress
from kadin_danisma.reports import disclosure, profiles, trends, writers
from kadin_danisma.reports.ledger.edition import Edition
from kadin_danisma.reports.report import Report, frozen, report_number, thawed
from kadin_danisma.services import ledger
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.ledger import Books
from kadin_danisma.store import facts, frozen_months, meta, publications
from kadin_danisma.store.failures import known_faults
from kadin_danisma.store.files import write_atomically
from kadin_danisma.store.publications import Publication

#: A report is made beside the vault so often before the program says that too much is changing.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as it would be published now, or as it was.

    Attributes:
        report: What would leave, or left.
        small: The places that are hidden for being small, by table and cell; what else is hidden
            protects them. Nothing for a report that left already.
        withheld: The families of numbers of which nothing can be shown safely.
        late: How many records dated before the period are counted in it; stays inside.
        is_published: Whether it left already.
    """

    report: Report
    small: frozenset[tuple[str, CellKey]]
    withheld: tuple[str, ...]
    late: int
    is_published: bool


@dataclass(frozen=True, slots=True)
class _Made:
    """A report that could leave, and why it may."""

    report: Report
    small: frozenset[tuple[str, CellKey]]
    withheld: tuple[str, ...]
    #: As it is kept: plain data.
    proof: Any


class _MovedError(Exception):
    """Something changed in the vault while a report was made beside it."""


def counts(desk: Desk, period: Period) -> tuple[Table, ...]:
    """Return the true counts of a period with every category; that they were asked is logged."""
    desk.require(Action.COUNT)
    with desk.writing("counts", period.key) as db:
        found = facts.read(db, period)
    return counting.tables(found)


def preview(desk: Desk, period: Period, progress: Progress | None = None) -> Draft:
    """Return the report as it would be published now, or as it was; nothing is frozen.

    That it was looked at is logged.

    Args:
        desk: The signed-in person's desk.
        period: Any month, quarter or year; one that is not over gives what there is so far.
        progress: Told how far it is; cancels by raising.

    Raises:
        KnownError: Nothing more of these months can be published (``ledger.editions``).
    """
    desk.require(Action.PUBLISH)
    with desk.looking("report.preview", period.key) as db:
        published = publications.find(db, period.key)
        books = ledger.open_books(db, period)
        late = facts.count_late(db, period)
    if published:
        return Draft(thawed(published.report), frozenset(), (), late, is_published=True)
    made = _made(desk, books, period, progress)
    return Draft(made.report, made.small, made.withheld, late, is_published=False)


def publish(
    desk: Desk,
    period: Period,
    folder: Path,
    formats: Sequence[str] = writers.FORMATS,
    progress: Progress | None = None,
) -> list[Path]:
    """Write the protected report of a period, and freeze the period the first time.

    Args:
        desk: The signed-in person's desk.
        period: A calendar month, quarter or year that is over.
        folder: Where the files go; it is made if it is not there.
        formats: Any of ``pdf``, ``xlsx``, ``csv``, ``json``.
        progress: Told how far the report is; raising cancels everything. It is not asked any more
            once the period is frozen: from then on all files are written.

    Returns:
        The files written.

    Raises:
        KnownError: The period is not over yet, a file cannot be written, or nothing more of these
            months can be published.
    """
    desk.require(Action.PUBLISH)
    with desk.telling_failure("report.failed", period.key):
        _make(folder)
        report, files = _frozen(desk, period, progress)
        written = []
        for name in formats:
            path = folder / writers.file_name(report, name)
            write_atomically(path, files.get(name) or writers.render(report, name))
            written.append(path)
        return written


def published(desk: Desk) -> list[Publication]:
    """Return every report that was published, the latest first."""
    desk.require(Action.PUBLISH)
    with desk.vault.read() as db:
        return [each for each in reversed(publications.all_of(db)) if each.is_report]


def check_proofs(desk: Desk, progress: Progress | None = None) -> tuple[int, list[str]]:
    """Add the proofs of all reports up again, with whole numbers and without what found them.

    Args:
        desk: The signed-in person's desk.
        progress: Told how many are done; cancels by raising.

    Returns:
        How many proofs there are, and a sentence for each report that is not as it should be.
    """
    desk.require(Action.PUBLISH)
    with desk.vault.read() as db:
        return ledger.check_proofs(db, progress)


def minimum(desk: Desk) -> int:
    """Return the smallest number a report may show."""
    desk.require(Action.PUBLISH)
    with desk.vault.read() as db:
        return ledger.minimum(db)


def raise_minimum(desk: Desk, number: int) -> None:
    """Let reports hide more from now on; it can be raised and never lowered (contract.md 4).

    Raises:
        KnownError: The number is not above the present minimum, or above 10.
    """
    desk.require(Action.PUBLISH)
    if not minimum(desk) < number <= disclosure.GREATEST_MINIMUM:
        raise KnownError(_("The smallest number shown can only be raised, and to 10 at the most."))
    with desk.writing("minimum", str(number)) as db:
        meta.write(db, ledger.MINIMUM, str(number))


def is_over(desk: Desk, period: Period) -> bool:
    """Tell whether a period has ended, so that its report can be published."""
    return period.last < desk.today()


def _make(folder: Path) -> None:
    try:
        with known_faults():
            folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise KnownError(
            _("This folder cannot be used, because a file stands in its place. Nothing was "
              "written. Please choose another folder.")
        ) from error  # fmt: skip


def _frozen(
    desk: Desk, period: Period, progress: Progress | None
) -> tuple[Report, Mapping[str, bytes]]:
    """Return the frozen report of a period and its files, freezing it now if it is new.

    It is frozen before a file is written: a number that left the centre without its ledger knowing
    could never be protected again.
    """
    if not is_over(desk, period):
        raise KnownError(
            _("This period is not over yet. Its report can be published from the day after it.")
        )
    for _attempt in range(_TRIES):
        with desk.vault.read() as db:
            if standing := publications.find(db, period.key):
                return thawed(standing.report), publications.files_of(db, standing.number)
            books = ledger.open_books(db, period)
        made = _made(desk, books, period, progress)
        _recount(books, made)
        files = {name: writers.render(made.report, name) for name in writers.FORMATS}
        try:
            _freeze(desk, books, made, files)
        except _MovedError:
            continue
        desk.vault.fix_anchor()
        return made.report, files
    raise KnownError(
        _("While the report was being made, records of its months were changed again and again. "
          "Nothing was published. Please try again in a quiet moment.")
    )  # fmt: skip


def _recount(books: Books, made: _Made) -> None:
    """Let pass a report whose proof adds up by whole numbers: a fault of ours must not leave."""
    if ledger.faults(made.proof, books.connected, made.report):
        raise KnownError(
            _("The proof of this report did not add up when it was checked, so it was not "
              "published. Nothing was changed. Please tell whoever looks after the program.")
        )  # fmt: skip


def _freeze(desk: Desk, books: Books, made: _Made, files: Mapping[str, bytes]) -> None:
    """Freeze a report with the months and files it was made of, if the books still say the same."""
    report, now = made.report, desk.clock.now()
    period = report.period
    with desk.writing("report", period.key) as db:
        if ledger.open_books(db, period) != books:
            raise _MovedError
        frozen_months.forget_before(db, min(period.first.year, now.year - 1))
        frozen_months.freeze(db, books.months, now)
        publications.add(
            db,
            Publication(period.key, report.number, now, desk.user.id, frozen(report)),
            files,
            made.proof,
        )


def _made(desk: Desk, books: Books, period: Period, progress: Progress | None) -> _Made:
    number = report_number(period)
    truth = books.counted(period, profiles.profile(period.kind))
    protected = ledger.protect(books, Edition(number, period, books.minimum, truth), progress)
    report = Report(
        period=period,
        number=number,
        centre=desk.vault.centre,
        issued=desk.today(),
        demo=desk.vault.demo,
        minimum=books.minimum,
        tables=protected.tables,
        language=current_language(),
        earlier=trends.before(period, books.reports),
    )
    small = frozenset((table, key) for _number, table, key in protected.small)
    return _Made(report, small, protected.withheld, json.loads(json.dumps(protected.proof)))
