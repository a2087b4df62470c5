"""Everything that left the centre, as a list to be read: reports, tables on request, numbers."""

from dataclasses import dataclass
from datetime import datetime

from kadin_danisma.domain.dates import Period, show_number
from kadin_danisma.domain.table import MARK
from kadin_danisma.domain.titles import category_label, table_title
from kadin_danisma.i18n import _
from kadin_danisma.reports.report import Report, thawed
from kadin_danisma.services import giving, reporting
from kadin_danisma.services.desk import Desk
from kadin_danisma.store.publications import Publication, PublicationKind


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing that left.

    Attributes:
        number: Under which it is known; printed on what left on paper.
        period: Of which period it tells.
        issued_at: When it left, or when a number that had left was entered.
        what: What it was, in words.
        is_report: Whether it is the report of its period.
        has_files: Whether it left as files, which can be written again.
    """

    number: str
    period: Period
    issued_at: datetime
    what: str
    is_report: bool
    has_files: bool


def everything(desk: Desk) -> list[Outgoing]:
    """Return everything that left, the latest first."""
    found = [*reporting.published(desk), *giving.given(desk)]
    return [_line(each) for each in sorted(found, key=lambda one: one.issued_at, reverse=True)]


def _line(publication: Publication) -> Outgoing:
    return Outgoing(
        publication.number,
        Period.parse(publication.period),
        publication.issued_at,
        _what(publication),
        publication.is_report,
        publication.kind is not PublicationKind.TOLD,
    )


def _what(publication: Publication) -> str:
    if publication.kind is PublicationKind.REPORT:
        return _("Report")
    if publication.kind is PublicationKind.RETURNED:
        return _("Report, brought back")
    report = thawed(publication.report)
    if publication.kind is PublicationKind.TOLD:
        return _told(report)
    titles = ", ".join(table_title(table.id) for table in report.tables)
    return _("Table: {title}").format(title=titles)


def _told(report: Report) -> str:
    """Return a number that was given by hand, and to whom."""
    (table,) = report.tables
    key, value = next((key, value) for key, value in table.cells.items() if value != MARK)
    labels = [category_label(dim, label) for dim, label in zip(table.dims, key, strict=True)]
    return _("Number: {table}, {cell}: {number} ({whom})").format(
        table=table_title(table.id),
        cell=", ".join(labels),
        number=show_number(int(value)),
        whom=report.told_to,
    )
