"""Counting and publishing: the only road from the vault to paper.

``counts`` shows true numbers to somebody entitled to them and writes no file. ``publish`` freezes a
period the first time; every later file of that period is made from the frozen report.
"""

from collections.abc import Sequence
from pathlib import Path

from kadin_danisma.domain import counting
from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.table import Table
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _, current_language
from kadin_danisma.progress import Progress
from kadin_danisma.reports import disclosure, profiles, trends, writers
from kadin_danisma.reports.report import Report, frozen, report_number, thawed
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import facts, meta, publications
from kadin_danisma.store.facts import Dating
from kadin_danisma.store.failures import known_faults
from kadin_danisma.store.files import write_atomically
from kadin_danisma.store.publications import Publication
from kadin_danisma.store.rows import Connection

#: The setting that holds the smallest number a report may show.
_MINIMUM = "report_minimum"


def counts(desk: Desk, period: Period) -> tuple[Table, ...]:
    """Return the true counts of a period with every category; that they were asked is logged."""
    desk.require(Action.COUNT)
    with desk.writing("counts", period.key) as db:
        found = facts.read(db, period)
    return counting.tables(found)


def preview(desk: Desk, period: Period) -> Report:
    """Return the report as it would be published now, or as it was; nothing is frozen.

    That it was looked at is logged.
    """
    desk.require(Action.PUBLISH)
    with desk.looking("report.preview", period.key) as db:
        published = publications.find(db, period.key)
        return thawed(published.report) if published else _made(desk, db, period)


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
        progress: Asked once before the period is frozen, when raising still cancels everything,
            and told after each file; from the freeze on all files are written.

    Returns:
        The files written.

    Raises:
        KnownError: The period is not over yet, or a file cannot be written.
    """
    desk.require(Action.PUBLISH)
    with desk.telling_failure("report.failed", period.key):
        return _published(desk, period, folder, formats, progress)


def _published(
    desk: Desk,
    period: Period,
    folder: Path,
    formats: Sequence[str],
    progress: Progress | None,
) -> list[Path]:
    _make(folder)
    if progress:
        progress(0, len(formats))
    report = _frozen(desk, period)
    written: list[Path] = []
    for name in formats:
        content = writers.render(report, name)
        path = folder / writers.file_name(report, name)
        write_atomically(path, content)
        written.append(path)
        if progress:
            progress(len(written), len(formats))
    return written


def published(desk: Desk) -> list[Publication]:
    """Return every report that was published, the latest first."""
    desk.require(Action.PUBLISH)
    with desk.vault.read() as db:
        return publications.all_of(db)


def minimum(desk: Desk) -> int:
    """Return the smallest number a report may show."""
    desk.require(Action.PUBLISH)
    with desk.vault.read() as db:
        return int(meta.read(db, _MINIMUM) or disclosure.LEAST_MINIMUM)


def raise_minimum(desk: Desk, number: int) -> None:
    """Let reports hide more from now on; it can be raised and never lowered (contract.md 4).

    Raises:
        KnownError: The number is not above the present minimum, or above 10.
    """
    desk.require(Action.PUBLISH)
    if not minimum(desk) < number <= disclosure.GREATEST_MINIMUM:
        raise KnownError(_("The smallest number shown can only be raised, and to 10 at the most."))
    with desk.writing("minimum", str(number)) as db:
        meta.write(db, _MINIMUM, str(number))


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


def _frozen(desk: Desk, period: Period) -> Report:
    """Return the frozen report of a period, freezing it now if it is new.

    It is frozen before a file is written: a number that left the centre without its ledger knowing
    could never be protected again.
    """
    if not is_over(desk, period):
        raise KnownError(
            _("This period is not over yet. Its report can be published from the day after it.")
        )
    with desk.writing("report", period.key) as db:
        standing = publications.find(db, period.key)
        if standing:
            return thawed(standing.report)
        report = _made(desk, db, period)
        publications.add(
            db,
            Publication(period.key, report.number, desk.clock.now(), desk.user.id, frozen(report)),
        )
    desk.vault.fix_anchor()
    return report


def _made(desk: Desk, db: Connection, period: Period) -> Report:
    found = facts.read(db, period, Dating.BY_REPORT_MONTH)
    least = minimum(desk)
    tables = counting.tables(found, profiles.profile(period.kind))
    return Report(
        period=period,
        number=report_number(period),
        centre=desk.vault.centre,
        issued=desk.today(),
        demo=desk.vault.demo,
        minimum=least,
        tables=disclosure.protect(tables, least),
        language=current_language(),
        earlier=trends.before(period, _left_before(db)),
    )


def _left_before(db: Connection) -> list[Report]:
    """Return the reports that left already."""
    return [thawed(publication.report) for publication in publications.all_of(db)]
