"""What a new report has to agree with: everything published that it hangs together with.

Nothing here writes. ``open_books`` reads at one moment; what is made of it is made beside the
vault, and whoever freezes it (``services.reporting``) opens the books again to see that nothing
moved meanwhile.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kadin_danisma.domain import counting
from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.facts import Facts, together
from kadin_danisma.domain.table import MARK, Table, TableSpec
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.reports import disclosure
from kadin_danisma.reports.report import Report, thawed
from kadin_danisma.store import facts, meta, publications
from kadin_danisma.store.publications import Publication
from kadin_danisma.store.rows import Connection

#: The setting that holds the smallest number a report may show.
MINIMUM = "report_minimum"


@dataclass(frozen=True, slots=True)
class Books:
    """What the vault says of a period at one moment; equal books give equal reports.

    Attributes:
        publications: What hangs together with the period by common months, in the order in which
            it left.
        months: The facts of all their months and of the period's own, as reports count them.
        minimum: The smallest number that may be shown.
    """

    publications: tuple[Publication, ...]
    months: dict[str, Facts]
    minimum: int

    def counted(self, period: Period, specs: Sequence[TableSpec]) -> tuple[Table, ...]:
        """Return true tables of a period, made of its months (contract.md section 4)."""
        of_period = {month.key: self.months[month.key] for month in period.months}
        return counting.tables(together(of_period), specs)


def open_books(db: Connection, period: Period) -> Books:
    """Return what is to be known before something of a period is published."""
    found = hanging_together(publications.all_of(db), period)
    months = {month for each in found for month in Period.parse(each.period).months}
    return Books(tuple(found), facts.read_months(db, months.union(period.months)), minimum(db))


def minimum(db: Connection) -> int:
    """Return the smallest number a report may show."""
    return int(meta.read(db, MINIMUM) or disclosure.LEAST_MINIMUM)


def hanging_together(published: Sequence[Publication], period: Period) -> list[Publication]:
    """Return the publications that share a month with a period, or with one that does, and so on.

    They are all of one calendar year.
    """
    months = set(period.months)
    while True:
        found = [each for each in published if months & set(Period.parse(each.period).months)]
        reached = months.union(*(Period.parse(each.period).months for each in found))
        if reached == months:
            return found
        months = reached


def check_agreement(books: Books) -> None:
    """Let pass books whose publications show what the facts of their months give.

    They always do where the months were frozen with them. A report from before months were frozen
    can say something else, where records were corrected or erased since.

    Raises:
        KnownError: One shows another number: beside it nothing can be proved.
    """
    for each in books.publications:
        if not agrees(books, thawed(each.report)):
            raise KnownError(
                _("Report {number} shows numbers that the records of its months no longer give, "
                  "because it was published before the program kept such months. Nothing more of "
                  "these months can be published: what could be worked out from both cannot be "
                  "checked. Reports of other months are not affected.").format(number=each.number)
            )  # fmt: skip


def agrees(books: Books, report: Report) -> bool:
    """Tell whether every number a report shows is the one that the facts of its months give."""
    specs = [TableSpec(table.id, table.groups) for table in report.tables]
    return all(
        shown == MARK or (key in truth.cells and truth.cells[key].value == shown)
        for table, truth in zip(report.tables, books.counted(report.period, specs), strict=True)
        for key, shown in table.cells.items()
    )
