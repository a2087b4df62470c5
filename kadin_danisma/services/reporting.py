"""Counting and publishing: the only road from the vault to paper.

``counts`` shows true numbers to somebody entitled to them and writes no file. ``publish`` freezes a
period the first time, with its months and its files; publishing again writes the same files.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kadin_danisma.domain import counting
from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.table import CellKey, Table
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.progress import Progress
from kadin_danisma.reports import writers
from kadin_danisma.reports.disclosure import GREATEST_MINIMUM
from kadin_danisma.reports.report import Report, thawed
from kadin_danisma.services import delivering, ledger
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.press import Made, Press
from kadin_danisma.store import facts, meta, publications
from kadin_danisma.store.publications import Publication


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
        made: What publishing can go on from if nothing changes until then; it holds true counts
            and is let go of with the screen. None for a report that left already.
    """

    report: Report
    small: frozenset[tuple[str, CellKey]]
    withheld: tuple[str, ...]
    late: int
    is_published: bool
    made: Made | None = field(default=None, repr=False)


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
        books = ledger.open_books(db, period)
        late = facts.count_late(db, period)
    if published := books.report_of_period:
        return Draft(thawed(published.report), frozenset(), (), late, is_published=True)
    made = Press(desk, period).make(books, progress)
    return Draft(made.report, made.small, made.withheld, late, is_published=False, made=made)


def publish(
    desk: Desk,
    period: Period,
    folder: Path,
    formats: Sequence[str] = writers.FORMATS,
    progress: Progress | None = None,
    draft: Draft | None = None,
) -> list[Path]:
    """Write the protected report of a period, and freeze the period the first time.

    Args:
        desk: The signed-in person's desk.
        period: A calendar month, quarter or year that is over.
        folder: Where the files go; it is made if it is not there.
        formats: Any of ``pdf``, ``xlsx``, ``csv``, ``json``.
        progress: Told how far the report is; raising cancels everything. It is not asked any more
            once the period is frozen: from then on all files are written.
        draft: What ``preview`` returned: while nothing changed it is not made again.

    Returns:
        The files written.

    Raises:
        KnownError: The period is not over yet, a file cannot be written, or nothing more of these
            months can be published.
    """
    desk.require(Action.PUBLISH)
    with desk.telling_failure("report.failed", period.key):
        delivering.make_folder(folder)
        before = draft.made if draft else None
        report, files = Press(desk, period).issue(progress, before)
        return delivering.write(report, files, folder, formats)


def for_paper(
    desk: Desk, period: Period, progress: Progress | None = None, draft: Draft | None = None
) -> bytes:
    """Return the pages of the protected report for the printer, and freeze the period first.

    What is printed has left as much as a file has, so it is under the same rules as ``publish``
    (arguments and refusals there) and has a line of its own in the log.
    """
    desk.require(Action.PUBLISH)
    with desk.telling_failure("report.failed", period.key):
        _report, files = Press(desk, period).issue(progress, draft.made if draft else None)
        desk.note("report.print", period.key)
        return files["pdf"]


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


def greater_minimums(desk: Desk) -> range:
    """Return the numbers to which the smallest number shown can still be raised."""
    return range(minimum(desk) + 1, GREATEST_MINIMUM + 1)


def raise_minimum(desk: Desk, number: int) -> None:
    """Let reports hide more from now on; it can be raised and never lowered (contract.md 4).

    Raises:
        KnownError: The number is not above the present minimum, or above 10.
    """
    desk.require(Action.PUBLISH)
    if number not in greater_minimums(desk):
        raise KnownError(_("The privacy threshold can only be raised, and to 10 at the most."))
    with desk.writing("minimum", str(number)) as db:
        meta.write(db, ledger.MINIMUM, str(number))


def is_over(desk: Desk, period: Period) -> bool:
    """Tell whether a period has ended, so that its report can be published."""
    return period.last < desk.today()
