"""A table for somebody who asked, from the closed list: chosen, looked at, exported."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kadin_danisma.domain.dates import Period
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import closed_list, giving
from kadin_danisma.services.reporting import Draft
from kadin_danisma.ui.background import Progress
from kadin_danisma.ui.dialogs.export import ExportDialog, documents_folder
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.models.table import Column, RecordModel
from kadin_danisma.ui.widgets.codebox import CodeBox
from kadin_danisma.ui.widgets.fields import Field
from kadin_danisma.ui.widgets.parts import label
from kadin_danisma.ui.widgets.periodbar import PeriodBar
from kadin_danisma.ui.widgets.progress import ProgressDialog
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.workplace import Workplace


@dataclass(frozen=True, slots=True)
class Wish:
    """A table that somebody asked for, and what she would get."""

    period: Period
    table_id: str
    detail: str
    draft: Draft


class RequestDialog(FormDialog):
    """Asks which table, of which period and how finely.

    Args:
        parent: What it was opened from.
        place: The desk and the window's means.
    """

    #: Emitted with the ``Wish`` that can be fulfilled.
    prepared = Signal(object)

    def __init__(self, parent: QWidget, place: Workplace) -> None:
        super().__init__(parent, _("Table on request"), _("View it"), width=76)
        self._place = place
        words = _(
            "For a researcher or an institution: one table from the standard list. It is "
            "protected together with all other reports. Nothing about a single woman is ever "
            "exported."
        )
        self.body.addWidget(label(words, "muted", wrap=True))
        self.period = PeriodBar(place.desk)
        self.body.addWidget(label(_("Of which period?"), "label"))
        self.body.addWidget(self.period)
        tables = closed_list.tables()
        self.table = CodeBox(tables, tables[1].key)
        self.table.chosen_changed.connect(self._offer)
        self.body.addWidget(Field(_("Table"), self.table))
        self.detail = CodeBox(())
        hint = _("The finer, the more has to be hidden.")
        self.body.addWidget(Field(_("Level of detail"), self.detail, hint))
        self.body.addStretch(1)
        self._offer(tables[1].key)

    def save(self) -> bool:
        """Prepare the table; the form closes when it can be given."""
        asked = (self.period.period, self.table.value(), self.detail.value())
        desk = self._place.desk

        def work(progress: Progress) -> Draft:
            return giving.preview(desk, *asked, progress)

        def done(draft: Draft) -> None:
            self.accept()
            self.prepared.emit(Wish(*asked, draft))

        ProgressDialog(self, _("The table is being prepared …")).run(
            self._place.background, work, done, self._fail
        )
        return False

    def _fail(self, error: KnownError) -> None:
        self.say_trouble(error.message)

    def _offer(self, table_id: str) -> None:
        """Offer how finely the chosen table can be told."""
        details = closed_list.details(table_id)
        self.detail.set_choices(details, details[0].key)


class GiveDialog(ExportDialog):
    """Shows the protected table before it leaves.

    Args:
        parent: What it was opened from.
        place: The desk and the window's means.
        wish: What was asked for.
    """

    def __init__(self, parent: QWidget, place: Workplace, wish: Wish) -> None:
        (table,) = wish.draft.report.tables
        sheet = closed_list.sheet(table)
        title = _("{table}, {period}").format(table=sheet.title, period=wish.period.title)
        sentence = _(
            "With the export the table becomes final under the number {number}, and so do the "
            "months it concerns: what is entered for them later is counted in a later month."
        ).format(number=wish.draft.report.number)
        super().__init__(parent, title, sentence, documents_folder())
        columns = [_column(at, head) for at, head in enumerate(sheet.heads)]
        self.model: RecordModel[tuple[str, ...]] = RecordModel(columns, sheet.rows)
        shown = TableView(self.model, place.look, sheet.title)
        shown.fit_height(8)
        shown.choose_first()
        self.body.insertWidget(0, shown)
        self.body.insertWidget(1, label(sheet.note, "note", wrap=True))


def _column(at: int, head: str) -> Column[tuple[str, ...]]:
    width = max(12, len(head) + 2) if at else 0
    return Column(head, lambda row: row[at], right=at > 0, width=width)
