"""What leaves beside the reports, under the same ledger: a table on request, a number by hand."""

from collections.abc import Sequence
from pathlib import Path

from kadin_danisma.domain import counting
from kadin_danisma.domain.checks import refuse_long
from kadin_danisma.domain.counting import PUBLIC
from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.table import MARK, TOTAL, CellKey, ProtectedTable, Table, TableSpec
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _, current_language
from kadin_danisma.progress import Progress
from kadin_danisma.reports import profiles, writers
from kadin_danisma.reports.report import Report, frozen, thawed
from kadin_danisma.services import clockwise, delivering, ledger, press
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.press import Press
from kadin_danisma.services.reporting import Draft
from kadin_danisma.store import facts, publications
from kadin_danisma.store.publications import Publication, PublicationKind

#: How finely a table of its own can be told: as in a month, quarter or year, or by every category.
DETAILS = ("month", "quarter", "year", "full")
#: Stands for every category but the one of which a number was told.
_OTHERS = "other_categories"


def custom(
    desk: Desk,
    period: Period,
    table_id: str,
    detail: str,
    folder: Path,
    formats: Sequence[str] = writers.FORMATS,
    progress: Progress | None = None,
    draft: Draft | None = None,
) -> list[Path]:
    """Publish one table of the closed list with other groups, for somebody who asked.

    It is protected beside everything that was published and has a number of its own
    (``2026/Q1-2``); whatever is published later is protected beside it.

    Args:
        desk: The signed-in person's desk.
        period: A month, quarter or year that is over.
        table_id: A table of contract.md section 3.
        detail: One of DETAILS.
        folder: Where the files go; it is made if it is not there.
        formats: Which files are wanted.
        progress: Told how far it is; raising cancels everything, until it is frozen.
        draft: What ``preview`` returned: while nothing changed it is not made again.

    Returns:
        The files written.

    Raises:
        KnownError: The period is not over, there is no such table or grouping, so much would be
            hidden that it would help nobody, or nothing more of these months can be published.
    """
    desk.require(Action.PUBLISH)
    with desk.telling_failure("report.failed", period.key):
        own = _press(desk, period, table_id, detail)
        delivering.make_folder(folder)
        report, files = own.issue(progress, draft.made if draft else None)
        return delivering.write(report, files, folder, formats)


def preview(
    desk: Desk, period: Period, table_id: str, detail: str, progress: Progress | None = None
) -> Draft:
    """Return the report that ``custom`` would publish now; nothing is frozen.

    Args:
        desk: The signed-in person's desk.
        period: A month, quarter or year that is over.
        table_id: A table of contract.md section 3.
        detail: One of DETAILS.
        progress: Told how far it is; cancels by raising.

    Raises:
        KnownError: It could not be published (``custom``).
    """
    desk.require(Action.PUBLISH)
    own = _press(desk, period, table_id, detail)
    with desk.looking("report.preview", period.key) as db:
        press.let_pass(db, period, desk.today())
        books = ledger.open_books(db, period)
        late = facts.count_late(db, period)
    made = own.make(books, progress)
    own.accept(made)
    return Draft(made.report, made.small, made.withheld, late, is_published=False, made=made)


def write_again(
    desk: Desk, number: str, folder: Path, formats: Sequence[str] = writers.FORMATS
) -> list[Path]:
    """Write the files of something that left once more, as they were.

    Raises:
        KnownError: Nothing of this number left in files, or they cannot be written.
    """
    desk.require(Action.PUBLISH)
    with desk.telling_failure("report.failed", number):
        with desk.vault.read() as db:
            found = next((each for each in publications.all_of(db) if each.number == number), None)
            files = publications.files_of(db, number)
        if found is None or found.kind is PublicationKind.TOLD:
            raise KnownError(_("No files were published under this number."))
        delivering.make_folder(folder)
        desk.note("report.custom" if found.kind is PublicationKind.CUSTOM else "report", number)
        return delivering.write(thawed(found.report), files, folder, formats)


def given(desk: Desk) -> list[Publication]:
    """Return what left beside the reports of periods, the latest first."""
    desk.require(Action.PUBLISH)
    with desk.vault.read() as db:
        return [each for each in reversed(publications.all_of(db)) if not each.is_report]


def tell(desk: Desk, period: Period, table_id: str, cell: CellKey, value: int, to_whom: str) -> str:
    """Enter a number that was given by hand, so that all later reports are protected beside it.

    Args:
        desk: The signed-in person's desk.
        period: Of which month, quarter or year it was said.
        table_id: In which table of contract.md section 3 it would stand.
        cell: A category (not a group) or ``_total`` in each dimension of that table.
        value: The number.
        to_whom: Who heard it, in a few words.

    Returns:
        The number under which it is kept.

    Raises:
        KnownError: The period is not over, there is no such number, it is not what reports count,
            nobody is named, or nothing more of these months can be published.
        ClockDoubtError: The clock stands years from the log.
    """
    desk.require(Action.PUBLISH)
    told_to = _hearer(to_whom)
    spec, key = _around(table_id, cell)
    if PUBLIC.intersection(key):
        raise KnownError(
            _("Trainings are public events: their numbers may be shared freely and need not be "
              "recorded.")
        )  # fmt: skip
    with desk.writing("report.told", period.key) as db:
        press.let_pass(db, period, desk.today())
        clockwise.refuse_doubtful(db, desk.today())
        books = ledger.open_books(db, period)
        ledger.editions(books)
        (table,) = books.counted(period, [spec])
        if table.cells[key].value != value:
            raise KnownError(
                _("Reports count another number here, so this one cannot be taken into account: "
                  "it may have been counted on another day or in another way. Nothing was changed.")
            )  # fmt: skip
        report = Report(
            period=period,
            number=ledger.next_number(books),
            centre=desk.vault.centre,
            issued=desk.today(),
            demo=desk.vault.demo,
            minimum=books.minimum,
            tables=(_showing(table, key),),
            language=current_language(),
            told_to=told_to,
        )
        press.freeze(
            db,
            books,
            Publication(
                period.key, report.number, desk.clock.now(), desk.user.id, frozen(report),
                PublicationKind.TOLD,
            ),
            {},
        )  # fmt: skip
    desk.vault.fix_anchor()
    return report.number


def _hearer(to_whom: str) -> str:
    if not to_whom.strip():
        raise KnownError(_("Please say to whom the number was given."))
    refuse_long(to_whom.strip())
    return to_whom.strip()


def grouped(table_id: str, detail: str, edition: int = profiles.LATEST) -> TableSpec | None:
    """Return a table with the groups of a detail; None if there is no such table or grouping.

    Args:
        table_id: The table.
        detail: One of DETAILS.
        edition: That of the groups of the year; the latest has tables that earlier ones lack.
    """
    if detail == "full":
        is_listed = any(each.id == table_id for each in counting.TABLES)
        return TableSpec(table_id) if is_listed else None
    if detail not in DETAILS:
        return None
    found = (
        each for e in (edition, profiles.LATEST) for each in profiles.profile(detail, edition=e)
    )
    return next((each for each in found if each.id == table_id), None)


def _press(desk: Desk, period: Period, table_id: str, detail: str) -> Press:
    """Return what makes a table of its own.

    Raises:
        KnownError: There is no such table, or not with these groups.
    """
    with desk.vault.read() as db:
        edition = ledger.groups(db, period.first.year)
    spec = grouped(table_id, detail, edition)
    if spec is None:
        raise KnownError(
            _("There is no such table. Only tables in the standard list can be published, because "
              "only their disclosure risk can be checked.")
        )  # fmt: skip
    return Press(desk, period, [spec], PublicationKind.CUSTOM, "report.custom")


def _definition(table_id: str) -> counting.Definition:
    found = next((each for each in counting.TABLES if each.id == table_id), None)
    if found is None:
        raise KnownError(_("There is no such table."))
    return found


def _around(table_id: str, cell: CellKey) -> tuple[TableSpec, CellKey]:
    """Return the smallest table in which one number stands: all other categories are one group."""
    definition = _definition(table_id)
    labels = dict(zip((dim for dim, _keys in definition.dims), cell, strict=False))
    if len(cell) != len(definition.dims) or any(
        labels[dim] not in (*keys, TOTAL) for dim, keys in definition.dims
    ):
        raise KnownError(_("There is no such number in this table."))
    if table_id == "summary":
        return TableSpec(table_id), cell
    groups = {
        dim: {_OTHERS: tuple(key for key in keys if key != labels[dim])}
        for dim, keys in definition.dims
    }
    return TableSpec(table_id, groups), cell


def _showing(table: Table, key: CellKey) -> ProtectedTable:
    """Return a table that shows one number."""
    cells: dict[CellKey, int | str] = dict.fromkeys(table.cells, MARK)
    cells[key] = table.cells[key].value
    return ProtectedTable(
        table.id, table.unit, table.dims, table.multi, table.categories, table.groups, cells
    )
