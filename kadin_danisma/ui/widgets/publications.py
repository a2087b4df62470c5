"""The reports that left the centre, each of which can be exported again as it was."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from kadin_danisma.domain.dates import Period, show_date, show_time
from kadin_danisma.i18n import _
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.models.table import Column, RecordModel
from kadin_danisma.ui.widgets.parts import EmptyState
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.words import join


class Published(Protocol):
    """One report that left (what ``services.reporting.published`` tells of it)."""

    @property
    def period(self) -> str:
        """Return the key of the period."""

    @property
    def number(self) -> str:
        """Return the number that is printed on it."""

    @property
    def issued_at(self) -> datetime:
        """Return when it left first."""


class Publications(QStackedWidget):
    """The list of published reports; Enter shows one again.

    Args:
        look: Where colours and sizes come from.
    """

    #: Emitted with the ``Period`` whose report was opened.
    wanted = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.lines: tuple[Published, ...] = ()
        self.model: RecordModel[Published] = RecordModel(_columns())
        self.table: TableView[Published] = TableView(self.model, look, _("Published reports"))
        self.table.opened.connect(lambda line: self.wanted.emit(Period.parse(line.period)))
        self.addWidget(self.table)
        self.addWidget(
            EmptyState(
                _("No report was published yet."),
                _("A report that was exported stands here with its number. It can be exported "
                  "again at any time, with the same numbers."),
            )
        )  # fmt: skip

    def show_lines(self, lines: Sequence[Published]) -> None:
        """Show these reports."""
        self.lines = tuple(lines)
        self.model.set_rows(self.lines)
        self.table.choose_first()
        self.setCurrentIndex(0 if self.lines else 1)

    def number_of(self, period: str) -> str:
        """Return the number of a period's report, empty while it is unpublished."""
        return next((line.number for line in self.lines if line.period == period), "")


def _issued(line: Published) -> str:
    return join(show_date(line.issued_at.date()), show_time(line.issued_at.time()))


def _columns() -> tuple[Column[Published], ...]:
    return (
        Column(_("Report no"), lambda line: line.number, width=20),
        Column(_("Period"), lambda line: Period.parse(line.period).title),
        Column(_("Published on"), _issued, width=30),
    )
