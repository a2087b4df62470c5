"""What a new report has to agree with: everything published that it hangs together with.

Nothing here writes. ``open_books`` reads at one moment; what is made of it is made beside the
vault, and whoever freezes it (``services.reporting``) opens the books again to see that nothing
moved meanwhile.
"""

import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kadin_danisma.domain import counting
from kadin_danisma.domain.dates import Period, months_reached
from kadin_danisma.domain.facts import Facts
from kadin_danisma.domain.table import MARK, Table, TableSpec, spec_of
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.progress import Progress
from kadin_danisma.reports import disclosure, profiles
from kadin_danisma.reports.ledger import recount
from kadin_danisma.reports.ledger.edition import Edition, Protected
from kadin_danisma.reports.report import Report, document, report_number, thawed
from kadin_danisma.store import facts, meta, migrate, publications
from kadin_danisma.store.publications import Publication
from kadin_danisma.store.rows import Connection

#: The setting that holds the smallest number a report may show.
MINIMUM = "report_minimum"
#: Before a calendar year: the setting that holds how finely its reports are told.
DETAIL = "report_detail_"
#: Before a calendar year: the setting that holds the edition of the groups of its reports.
_GROUPS = "report_groups_"


@dataclass(frozen=True, slots=True)
class Books:
    """What the vault says of a period at one moment; equal books give equal reports.

    Attributes:
        period: The period.
        published: Everything that was published, in the order in which it left.
        months: The facts of the period's months and of all that hangs together with them, as
            reports count them.
        minimum: The smallest number that may be shown.
        detail: How finely the reports of its calendar year are told (``reports.profiles``).
        groups: The edition of the groups of its calendar year.
    """

    period: Period
    published: tuple[Publication, ...]
    months: dict[str, Facts]
    minimum: int
    detail: str
    groups: int

    @property
    def connected(self) -> list[Publication]:
        """Return what the ledger has to look at beside something new of the period."""
        return hanging_together(self.published, self.period)

    @property
    def reports(self) -> list[Report]:
        """Return the reports of periods that left already."""
        return [thawed(each.report) for each in self.published if each.is_report]

    @property
    def report_of_period(self) -> Publication | None:
        """Return the report of the period, or None while it is unpublished."""
        own = (each for each in self.published if each.period == self.period.key)
        return next((each for each in own if each.is_report), None)

    def counted(self, period: Period, specs: Sequence[TableSpec]) -> tuple[Table, ...]:
        """Return true tables of a period, made of its months (contract.md section 4)."""
        return counting.tables_of(self.months, (month.key for month in period.months), specs)


def open_books(db: Connection, period: Period) -> Books:
    """Return what is to be known before something of a period is published."""
    published = tuple(publications.all_of(db))
    months = set(period.months)
    for each in hanging_together(published, period):
        months.update(Period.parse(each.period).months)
    read = facts.read_months(db, months)
    year = period.first.year
    return Books(period, published, read, minimum(db), detail(db, year), groups(db, year))


def next_number(books: Books) -> str:
    """Return the number of what leaves of a period beside its report: ``2026/10-2`` and on."""
    own = [each.number for each in books.published if each.period == books.period.key]
    last = max((int(number.rpartition("-")[2]) for number in own), default=1)
    return report_number(books.period, last + 1)


def minimum(db: Connection) -> int:
    """Return the smallest number a report may show."""
    return int(meta.read(db, MINIMUM) or disclosure.LEAST_MINIMUM)


def detail(db: Connection, year: int) -> str:
    """Return how finely the reports of a calendar year are told (``reports.profiles``)."""
    return meta.read(db, f"{DETAIL}{year}") or profiles.FULL


def groups(db: Connection, year: int) -> int:
    """Return the edition of the groups with which a calendar year is told.

    A year of which something left before vaults noted the edition has the first one; a year of
    which nothing left has the latest.
    """
    if kept := meta.read(db, f"{_GROUPS}{year}"):
        return int(kept)
    published = publications.all_of(db)
    begun = any(Period.parse(each.period).first.year == year for each in published)
    return profiles.FIRST if begun else profiles.LATEST


def keep_groups(db: Connection, year: int, edition: int) -> None:
    """Note with which edition of the groups a calendar year is told, the first time only."""
    if not meta.read(db, f"{_GROUPS}{year}"):
        meta.write(db, f"{_GROUPS}{year}", str(edition))


def hanging_together(published: Sequence[Publication], period: Period) -> list[Publication]:
    """Return the publications that share a month with a period, or with one that does, and so on.

    They are all of one calendar year.
    """
    periods = [Period.parse(each.period) for each in published]
    months = months_reached(period, periods)
    spans = zip(published, periods, strict=True)
    return [each for each, period in spans if months.intersection(period.months)]


def editions(books: Books) -> list[Edition]:
    """Return what was published as the ledger takes it: with what is true behind it.

    Raises:
        KnownError: A report from before months were frozen, or one that came back after a
            restore, shows what the records no longer give: beside it nothing can be proved.
    """
    found = [_edition(books, thawed(each.report)) for each in books.connected]
    for each in found:
        if not _shows_the_truth(each):
            raise KnownError(
                _("Some numbers of report {number} do not follow from the records of today. No "
                  "further report of these months can be published: what they would reveal "
                  "together cannot be checked. Reports of other months are not affected.")
                .format(number=each.number)
            )  # fmt: skip
    return found


def agrees(books: Books, report: Report) -> bool:
    """Tell whether the facts of its months give every number that a report shows."""
    return _shows_the_truth(_edition(books, report))


def _edition(books: Books, report: Report) -> Edition:
    truth = books.counted(report.period, [spec_of(table) for table in report.tables])
    told = bool(report.told_to)
    return Edition(report.number, report.period, report.minimum, truth, report.tables, told)


def _shows_the_truth(edition: Edition) -> bool:
    """Tell whether every number that was shown is the one that the facts of the months give."""
    true = edition.cells()
    return all(
        shown == MARK or (place in true and true[place].value == shown)
        for table in edition.shown or ()
        for key, shown in table.cells.items()
        for place in [(edition.number, table.id, key)]
    )


def protect(books: Books, new: Edition, progress: Progress | None = None) -> Protected:
    """Hide in a new report what has to be hidden beside all that was published.

    Raises:
        KnownError: Nothing more of these months can be published (``editions``).
    """
    # The solver is loaded when a report is made, not when the program starts.
    from kadin_danisma.reports.ledger import history

    return history.protect(editions(books), new, books.months, progress, books.detail, books.groups)


def faults(proof: Any, publications: Iterable[Publication], new: Report | None = None) -> list[str]:
    """Return what is wrong with a proof, as sentences for a log; nothing if it holds.

    Args:
        proof: The proof as it is kept.
        publications: What the proof is about, as it was published.
        new: The report that is about to be published with it.
    """
    reports = [thawed(each.report) for each in publications]
    told = ({**document(each), "told": bool(each.told_to)} for each in (*reports, new) if each)
    return recount.faults(proof, list(told))


def check_proofs(db: Connection, progress: Progress | None = None) -> tuple[int, list[str]]:
    """Add every proof up again, and compare the data that left with the report it was made of.

    Args:
        db: The open vault, of any schema.
        progress: Told how many proofs are done; cancels by raising.

    Returns:
        How many proofs there are, and a sentence for each report that is not as it should be.
    """
    if migrate.version(db) < publications.SCHEMA:
        return 0, []
    published = publications.all_of(db)
    proofs, wrong = 0, list[str]()
    for at, each in enumerate(published):
        if progress:
            progress(at, len(published))
        proofs += publications.has_proof(db, each.number)
        if not _is_proved(db, each, published[: at + 1]):
            said = _(
                "The proof of report {number} does not match what was published. Do not publish "
                "any report, and inform the person in charge of the program."
            )
            wrong.append(said.format(number=each.number))
        if not _says_the_same(publications.files_of(db, each.number).get("json"), each):
            said = _("The data file of report {number} differs from the report.")
            wrong.append(said.format(number=each.number))
    return proofs, wrong


def _is_proved(db: Connection, own: Publication, upto: Sequence[Publication]) -> bool:
    """Tell whether a publication's proof holds beside what had left by then; yes if it has none."""
    try:
        proof = publications.proof_of(db, own.number)
        about = hanging_together(upto, Period.parse(own.period))
        return proof is None or (proof["number"] == own.number and not faults(proof, about))
    except (LookupError, TypeError, ValueError, zlib.error):
        # What has not even the shape of a proof proves nothing.
        return False


def _says_the_same(data: bytes | None, own: Publication) -> bool:
    """Tell whether the data file of a publication says what it says; yes if none was kept."""
    try:
        return data is None or json.loads(data) == document(thawed(own.report))
    except ValueError:
        return False
