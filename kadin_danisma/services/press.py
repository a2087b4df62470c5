"""Making what is to leave the centre: beside the vault, proved, and frozen before it leaves.

The protector can take a minute, so it works on what was read and the vault stays usable meanwhile.
A number that left without its ledger knowing could never be protected again: so everything is
frozen first, and files are written afterwards.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kadin_danisma.domain.dates import Period, show_date
from kadin_danisma.domain.table import MARK, CellKey, TableSpec
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _, current_language
from kadin_danisma.progress import Progress
from kadin_danisma.reports import profiles, trends, writers
from kadin_danisma.reports.ledger.edition import Edition, Protected
from kadin_danisma.reports.report import Report, frozen, report_number, thawed
from kadin_danisma.services import clockwise, ledger
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.ledger import Books
from kadin_danisma.store import behind, frozen_months, publications
from kadin_danisma.store.publications import Publication, PublicationKind
from kadin_danisma.store.rows import Connection

#: Something is made beside the vault so often before the program says that too much is changing.
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Made:
    """A report that could leave, and why it may.

    Attributes:
        books: What it was made of.
        specs: Its tables.
        protected: What the protector made of them.
        report: The report.
        proof: The proof, as it is kept: plain data.
    """

    books: Books
    specs: tuple[TableSpec, ...]
    protected: Protected
    report: Report
    proof: Any

    @property
    def small(self) -> frozenset[tuple[str, CellKey]]:
        """Return the places that are hidden for being small, by table and cell."""
        return frozenset((table, key) for _number, table, key in self.protected.small)

    @property
    def withheld(self) -> tuple[str, ...]:
        """Return the families of numbers of which nothing can be shown safely."""
        return self.protected.withheld


class _MovedError(Exception):
    """Something changed in the vault while a report was made beside it."""


@dataclass(frozen=True, slots=True)
class Press:
    """Makes and freezes one thing.

    Attributes:
        desk: The desk of whoever publishes.
        period: Its period.
        specs: Its tables; those of a report of its kind by default.
        kind: Whether it is the report of the period or a table of its own.
        action: Under which name it stands in the log.
    """

    desk: Desk
    period: Period
    specs: Sequence[TableSpec] = ()
    kind: PublicationKind = PublicationKind.REPORT
    action: str = "report"

    def make(
        self, books: Books, progress: Progress | None = None, before: Made | None = None
    ) -> Made:
        """Make it, as the books stand; nothing is written.

        Args:
            books: What it is made of.
            progress: Told how far it is; cancels by raising.
            before: The same made a while ago: what was protected then is not protected again
                where it is of the same tables and the books still say the same.

        Raises:
            KnownError: Nothing more of these months can be published (``ledger.editions``).
        """
        is_report = self.kind is PublicationKind.REPORT
        number = report_number(self.period) if is_report else ledger.next_number(books)
        specs = tuple(self.specs or _profile(self.period, books))
        made_of = (number, specs, books)
        if before and (before.report.number, before.specs, before.books) == made_of:
            protected = before.protected
        else:
            truth = books.counted(self.period, specs)
            new = Edition(number, self.period, books.minimum, truth)
            protected = ledger.protect(books, new, progress)
        report = Report(
            period=self.period,
            number=number,
            centre=self.desk.vault.centre,
            issued=self.desk.today(),
            demo=self.desk.vault.demo,
            minimum=books.minimum,
            tables=protected.tables,
            language=current_language(),
            earlier=trends.before(self.period, books.reports) if is_report else (),
        )
        return Made(books, specs, protected, report, json.loads(json.dumps(protected.proof)))

    def issue(
        self, progress: Progress | None = None, before: Made | None = None
    ) -> tuple[Report, Mapping[str, bytes]]:
        """Make it, freeze it, and return it with its files; a frozen report comes as it is.

        Args:
            progress: Told how far it is; raising cancels everything, until it is frozen.
            before: The same made a while ago (``make``).

        Raises:
            ClockDoubtError: The clock stands years from the log.
            KnownError: The period is not over, reports may be missing since a restore, the records
                never rest, the proof does not add up, or nothing more can be published.
        """
        for _attempt in range(_TRIES):
            with self.desk.vault.read() as db:
                books = ledger.open_books(db, self.period)
                standing = books.report_of_period
                if standing and self.kind is PublicationKind.REPORT:
                    self.desk.note(self.action, self.period.key)
                    return thawed(standing.report), publications.files_of(db, standing.number)
                let_pass(db, self.period, self.desk.today())
                clockwise.refuse_doubtful(db, self.desk.today())
            made = self.make(books, progress, before)
            self.accept(made)
            _recount(made)
            files = {name: writers.render(made.report, name) for name in writers.FORMATS}
            try:
                self._freeze(made, files)
            except _MovedError:
                continue
            self.desk.vault.fix_anchor()
            return made.report, files
        raise KnownError(
            _("While the report was being made, records of its months were changed again and "
              "again. Nothing was published. Please try again in a quiet moment.")
        )  # fmt: skip

    def accept(self, made: Made) -> None:
        """Let pass what helps whoever asked for it.

        Raises:
            KnownError: Of a table of its own more is hidden than told, zeros aside.
        """
        if self.kind is PublicationKind.REPORT:
            return
        cells = [value for table in made.report.tables for value in table.cells.values()]
        hidden = cells.count(MARK)
        told = len(cells) - hidden - cells.count(0)
        if hidden > told:
            raise KnownError(
                _("In this table {hidden} numbers would have to be hidden and only {told} could "
                  "be shown, so it would help nobody. Nothing was published. Broader groups or a "
                  "longer period show more.").format(hidden=hidden, told=told)
            )  # fmt: skip

    def _freeze(self, made: Made, files: Mapping[str, bytes]) -> None:
        """Freeze what was made, if the books still say the same."""
        now = self.desk.clock.now()
        report = made.report
        is_report = self.kind is PublicationKind.REPORT
        subject = self.period.key if is_report else report.number
        with self.desk.writing(self.action, subject) as db:
            if ledger.open_books(db, self.period) != made.books:
                raise _MovedError
            publication = Publication(
                self.period.key, report.number, now, self.desk.user.id, frozen(report), self.kind
            )
            freeze(db, made.books, publication, files, made.proof)


def _profile(period: Period, books: Books) -> tuple[TableSpec, ...]:
    return profiles.profile(period.kind, books.detail, books.groups)


def let_pass(db: Connection, period: Period, today: date) -> None:
    """Let pass a period of which something new may leave.

    Raises:
        KnownError: It is not over, or reports may have left that this vault does not know.
    """
    if period.last >= today:
        raise KnownError(
            _("This period is not over yet. Its report can be published from the day after it.")
        )
    let_known(db)


def let_known(db: Connection) -> None:
    """Let pass a vault that knows all that left.

    Raises:
        KnownError: Reports may have left that it does not know.
    """
    if since := behind.since(db):
        raise KnownError(
            _("This vault was restored from a backup of {day}. It does not know the reports "
              "published since. Please bring back their JSON files, or confirm that none was "
              "published, and then publish.")
            .format(day=show_date(since))
        )  # fmt: skip


def freeze(
    db: Connection,
    books: Books,
    publication: Publication,
    files: Mapping[str, bytes],
    proof: Any = None,
) -> None:
    """Freeze a publication with its files, its proof and the months it was made of.

    Args:
        db: The vault, in a transaction.
        books: What it was made of.
        publication: What leaves.
        files: Its files by their formats.
        proof: Its proof, where it has one.
    """
    ledger.keep_groups(db, books.period.first.year, books.groups)
    kept_from = min(books.period.first.year, publication.issued_at.year - 1)
    frozen_months.forget_before(db, kept_from)
    frozen_months.freeze(db, books.months, publication.issued_at)
    publications.add(db, publication, files, proof)


def _recount(made: Made) -> None:
    """Let pass what is proved by whole numbers: a fault of ours must not leave.

    Raises:
        KnownError: The proof does not add up.
    """
    if ledger.faults(made.proof, made.books.connected, made.report):
        raise KnownError(
            _("The proof of this report did not pass its check, so the report was not published. "
              "Nothing was changed. Please inform the person in charge of the program.")
        )  # fmt: skip
