"""Everything that left the centre, and what else may leave: a table on request, a number."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from kadin_danisma.domain.dates import Period, show_date, show_number, show_time
from kadin_danisma.domain.drafts import Draft
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services import giving, outgoing, reporting
from kadin_danisma.services.outgoing import Outgoing
from kadin_danisma.ui.background import Progress
from kadin_danisma.ui.dialogs.clock import asked_about_clock
from kadin_danisma.ui.dialogs.export import ExportDialog, documents_folder
from kadin_danisma.ui.dialogs.message import Message, say
from kadin_danisma.ui.dialogs.request import GiveDialog, RequestDialog, Wish
from kadin_danisma.ui.dialogs.telling import TellDialog
from kadin_danisma.ui.models.table import Column, RecordModel
from kadin_danisma.ui.style import MEDIUM
from kadin_danisma.ui.widgets.flow import FlowLayout
from kadin_danisma.ui.widgets.parts import EmptyState, button
from kadin_danisma.ui.widgets.progress import ProgressDialog
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.words import join
from kadin_danisma.ui.workplace import Workplace


class Publications(QWidget):
    """The list of all that left; Enter shows a report again, or exports a table again.

    Args:
        place: The desk and the window's means.
    """

    #: Emitted with the ``Period`` whose report was opened.
    wanted = Signal(object)
    #: Emitted when something left.
    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.lines: tuple[Outgoing, ...] = ()
        self.dialog: QDialog | None = None
        self.message: Message | None = None
        self.model: RecordModel[Outgoing] = RecordModel(_columns())
        self.table: TableView[Outgoing] = TableView(self.model, place.look, _("Published reports"))
        self.table.opened.connect(self._open)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            EmptyState(
                _("No report was published yet."),
                _("Exported reports are listed here. They can be exported again at any time, with "
                  "the same numbers."),
            )
        )  # fmt: skip
        self.ask = button(_("Table on request …"), self.open_request)
        self.tell = button(_("Record a number shared outside a report …"), self.open_telling)
        self.check = button(_("Check the proofs again"), self.check_proofs)
        means = QWidget()
        flow = FlowLayout(means, spacing=MEDIUM)
        for each in (self.ask, self.tell, self.check):
            flow.addWidget(each)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addWidget(self._stack, 1)
        layout.addWidget(means)

    def reload(self) -> None:
        """Show what left until now."""
        self.lines = tuple(outgoing.everything(self._place.desk))
        self.model.set_rows(self.lines)
        self.table.choose_some()
        self._stack.setCurrentIndex(0 if self.lines else 1)

    def number_of(self, period: Period) -> str:
        """Return the number of a period's report, empty while it is unpublished."""
        own = (line for line in self.lines if line.is_report and line.period == period)
        return next((line.number for line in own), "")

    def open_request(self) -> None:
        """Ask which table somebody wishes."""
        form = RequestDialog(self, self._place)
        form.prepared.connect(self._give)
        self._show(form)

    def open_telling(self, draft: Draft | None = None) -> None:
        """Ask which number was given by hand, with what was left unfinished."""
        form = TellDialog(self, self._place)
        if draft is not None:
            form.take_up(draft)
        form.worked.connect(self._told)
        self._show(form)

    def check_proofs(self) -> None:
        """Add every proof up again."""
        desk = self._place.desk

        def work(progress: Progress) -> tuple[int, list[str]]:
            return reporting.check_proofs(desk, progress)

        ProgressDialog(self, _("The proofs are being checked …")).run(
            self._place.background, work, self._checked, self._failed
        )

    def _show(self, dialog: QDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _open(self, line: Outgoing) -> None:
        if line.is_report:
            self.wanted.emit(line.period)
        elif line.has_files:
            self._write_again(line)
        else:
            self.message = say(self, line.number, line.what)

    def _write_again(self, line: Outgoing) -> None:
        title = _("Export report {number} again").format(number=line.number)
        sentence = _("It is final: the files always stay the same.")
        form = ExportDialog(self, title, sentence, documents_folder())
        form.accepted.connect(lambda: self._written_again(line, form.folder, form.chosen()))
        self._show(form)

    def _written_again(self, line: Outgoing, folder: Path, formats: tuple[str, ...]) -> None:
        try:
            self._say_written(giving.write_again(self._place.desk, line.number, folder, formats))
        except KnownError as error:
            self._failed(error)

    def _give(self, wish: Wish) -> None:
        form = GiveDialog(self, self._place, wish)
        form.accepted.connect(lambda: self._publish(wish, form.folder, form.chosen()))
        self._show(form)

    def _publish(self, wish: Wish, folder: Path, formats: tuple[str, ...]) -> None:
        desk = self._place.desk

        def work(progress: Progress) -> list[Path]:
            return giving.custom(
                desk, wish.period, wish.table_id, wish.detail, folder, formats, progress, wish.draft
            )

        def failed(error: KnownError) -> None:
            self.message = asked_about_clock(
                self, desk, error, lambda: self._publish(wish, folder, formats)
            )
            if self.message is None:
                self._failed(error)

        ProgressDialog(self, _("The table is being written …")).run(
            self._place.background, work, self._given, failed
        )

    def _given(self, paths: list[Path]) -> None:
        self._say_written(paths)
        self.changed.emit()

    def _say_written(self, paths: list[Path]) -> None:
        names = "\n".join(str(path) for path in paths)
        self.message = say(self, _("The table was exported"), names)

    def _told(self, number: str) -> None:
        sentence = _("Published as {number}. From now on every report takes it into account.")
        self.message = say(self, _("The number was recorded"), sentence.format(number=number))
        self.changed.emit()

    def _checked(self, found: tuple[int, list[str]]) -> None:
        proofs, wrong = found
        if wrong:
            self.message = say(self, _("Some proofs could not be verified"), "\n".join(wrong))
            return
        sentence = ngettext(
            "{n} proof was checked again in whole numbers, together with everything published by "
            "then. No small number can be worked out.",
            "{n} proofs were checked again in whole numbers, each together with everything "
            "published by then. No small number can be worked out.",
            proofs,
        ).format(n=show_number(proofs))
        self.message = say(self, _("The proofs are verified"), sentence)

    def _failed(self, error: KnownError) -> None:
        self.message = say(self, _("It was not done"), error.message)


def _issued(line: Outgoing) -> str:
    return join(show_date(line.issued_at.date()), show_time(line.issued_at.time()))


def _columns() -> tuple[Column[Outgoing], ...]:
    return (
        Column(_("Report no"), lambda line: line.number, width=14),
        Column(
            _("Period"),
            lambda line: line.period.title,
            width=18,
            key=lambda line: line.period.first,
        ),
        Column(_("Kind"), lambda line: line.what),
        Column(_("Published on"), _issued, width=20, key=lambda line: line.issued_at),
    )
