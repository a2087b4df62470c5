"""After a restore: reports that left and that the vault does not know come back, or there are none.

A vault that was made from a copy may be behind what left the centre (``store.behind``). Until
somebody with the right to publish has seen to it, nothing new leaves.
"""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kadin_danisma.domain.checks import refuse_long
from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.table import spec_of
from kadin_danisma.errors import KnownError
from kadin_danisma.foreign import read_regular
from kadin_danisma.i18n import _, current_language
from kadin_danisma.reports import profiles, returned
from kadin_danisma.reports.report import Report, frozen, report_number
from kadin_danisma.services import ledger, press
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import behind, publications
from kadin_danisma.store.failures import known_faults
from kadin_danisma.store.publications import Publication, PublicationKind

#: A sentence that says something has so many letters at least.
_LEAST_LETTERS = 10
#: What a line of the log takes in.
_MOST_LETTERS = 500


@dataclass(frozen=True, slots=True)
class Returned:
    """A report that came back.

    Attributes:
        number: Its number.
        agrees: Whether the records of its months give every number it shows. Where they do not,
            nothing more of these months can be published.
    """

    number: str
    agrees: bool


def missing_since(desk: Desk) -> date | None:
    """Return the day since which reports may have left unknown to the vault; None if none can."""
    desk.require(Action.PUBLISH)
    with desk.vault.read() as db:
        return behind.since(db)


def bring_back(desk: Desk, file: Path) -> Returned:
    """Take in the JSON file of a report that left, so that it is known again.

    It is the frozen report of its period from then on, byte for byte. Records that are missing
    since the restore should be entered before: those entered afterwards belong to later months.

    Args:
        desk: The signed-in person's desk.
        file: The JSON file as it left.

    Raises:
        KnownError: It cannot be read, is no whole report, or a report of this number is known.
    """
    desk.require(Action.PUBLISH)
    content = _content(file)
    today, now = desk.today(), desk.clock.now()
    report = returned.read_back(content, desk.vault.centre, today, current_language())
    if report.period.last >= today or report.demo != desk.vault.demo:
        raise KnownError(
            _("This report is not from this centre. Choose another file. Nothing was changed.")
        )
    with desk.writing("report.returned", report.number) as db:
        books = _with_groups_of(report, ledger.open_books(db, report.period))
        if any(each.number == report.number for each in books.published):
            raise KnownError(
                _("Report {number} is known already. Nothing was changed.")
                .format(number=report.number)
            )  # fmt: skip
        kind = PublicationKind.CUSTOM
        if report.number == report_number(report.period):
            kind = PublicationKind.RETURNED
        publication = Publication(
            report.period.key, report.number, now, desk.user.id, frozen(report), kind
        )
        agrees = _agrees(books, report)
        if agrees:
            press.freeze(db, books, publication, {"json": content})
        else:
            ledger.keep_groups(db, report.period.first.year, books.groups)
            publications.add(db, publication, {"json": content})
    desk.vault.fix_anchor()
    return Returned(report.number, agrees)


def confirm_all_known(desk: Desk, sentence: str) -> None:
    """Take somebody's word that no report is missing any more; her sentence stands in the log.

    Args:
        desk: The signed-in person's desk.
        sentence: In her words: that nothing left since, or that all of it is back.

    Raises:
        KnownError: The sentence says nothing.
    """
    desk.require(Action.PUBLISH)
    said = " ".join(sentence.split())
    if sum(letter.isalpha() for letter in said) < _LEAST_LETTERS:
        raise KnownError(_("Please say in a sentence why no report is missing."))
    refuse_long(said, most=_MOST_LETTERS)
    with desk.writing("report.all_known", said) as db:
        behind.settle(db)
    desk.vault.fix_anchor()


def _with_groups_of(report: Report, books: ledger.Books) -> ledger.Books:
    """Return books of the groups that a report has which left before the restore.

    Whichever comes back first says it, if nothing of the year is known that did.
    """
    begun = any(Period.parse(each.period).first.year == report.period.first.year
                for each in books.published)  # fmt: skip
    specs = [spec_of(table) for table in report.tables]
    edition = profiles.edition_of(report.period.kind, specs)
    return books if begun or edition is None else replace(books, groups=edition)


def _agrees(books: ledger.Books, report: Report) -> bool:
    """Tell whether the months give what this report shows, and what all around it shows."""
    try:
        ledger.editions(books)
    except KnownError:
        return False
    return ledger.agrees(books, report)


def _content(file: Path) -> bytes:
    try:
        with known_faults():
            content = read_regular(file, returned.LARGEST + 1)
    except FileNotFoundError as error:
        raise KnownError(_("This file cannot be read. Nothing was changed.")) from error
    return content[: returned.LARGEST]
