"""Raporlar: choose a period, look at what will leave, let it leave; true counts stay inside."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.drafts import Draft, Form
from kadin_danisma.domain.role import Action
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import reconciling, reporting
from kadin_danisma.services.desk import gone
from kadin_danisma.ui.background import Progress
from kadin_danisma.ui.dialogs.clock import asked_about_clock
from kadin_danisma.ui.dialogs.export import ExportDialog, documents_folder, export_report
from kadin_danisma.ui.dialogs.message import Message, say
from kadin_danisma.ui.pages.page import Page
from kadin_danisma.ui.style import LARGE, Tone
from kadin_danisma.ui.widgets.filters import Filters
from kadin_danisma.ui.widgets.hiddenview import HiddenView
from kadin_danisma.ui.widgets.missingreports import MissingReports
from kadin_danisma.ui.widgets.overview import Overview
from kadin_danisma.ui.widgets.paperreader import PaperReader
from kadin_danisma.ui.widgets.periodbar import PeriodBar
from kadin_danisma.ui.widgets.preparing import Prepared, Preparing
from kadin_danisma.ui.widgets.progress import ProgressDialog
from kadin_danisma.ui.widgets.publications import Publications
from kadin_danisma.ui.widgets.scrolled import LowStack, scrolled
from kadin_danisma.ui.widgets.sides import Sides
from kadin_danisma.ui.widgets.truecounts import TrueCounts
from kadin_danisma.ui.workplace import Workplace

if TYPE_CHECKING:
    from kadin_danisma.ui.dialogs.printing import PrintReportDialog

_OVERVIEW, _PAPER, _HIDDEN, _PUBLISHED = "overview", "paper", "hidden", "published"
_COUNTS = "counts"


class ReportsPage(Page):
    """The report of a period before it leaves, and those that left.

    Args:
        place: The desk and the window's means.
    """

    #: Nothing is loaded again while somebody reads; entering the page looks anew.
    cares = frozenset({Kind.VAULT})
    #: Emitted when the report that was asked for stands on the screen.
    shown = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, _("Reports"), _("Only the numbers on this page leave the centre"))
        self.message: Message | None = None
        self.dialog: ExportDialog | None = None
        self._folder = documents_folder()
        self._prepared: Prepared | None = None
        publishes = place.desk.may(Action.PUBLISH)
        self.print_form: PrintReportDialog | None = None
        self.print = self.header.add_action(_("Print"), self.open_print, "Ctrl+P")
        self.print.setVisible(publishes)
        self.export = self.header.add_primary(_("Export"), self.open_export, "Ctrl+E")
        self.export.setVisible(publishes)
        self.missing = MissingReports(place)
        self.missing.changed.connect(self.reload)
        self.bar = PeriodBar(place.desk)
        self.bar.changed.connect(lambda _period: self.reload())
        self.views = Filters(_("View"), self._view_names(), wrap=True)
        self.views.chosen_changed.connect(lambda _key: self._show_view())
        self.overview = Overview(place.look)
        self.paper = PaperReader(place.look)
        self.published = Publications(place)
        self.published.wanted.connect(self._open_published)
        self.published.changed.connect(self.reload)
        self.counts = TrueCounts(place.look)
        self.hidden = HiddenView(place)
        self.hidden.changed.connect(self.reload)
        self.preparing = Preparing(place)
        self.preparing.taken.connect(self._take)
        self.preparing.noticed.connect(self._show_preparing)
        self.preparing.wanted.connect(self.reload)
        self._stack = LowStack()
        self._views = {
            _OVERVIEW: self.overview,
            _PAPER: self.paper,
            _HIDDEN: self.hidden,
            _PUBLISHED: self.published,
            _COUNTS: self.counts,
        }
        for view in (*self._views.values(), self.preparing):
            self._stack.addWidget(view)
        sides = Sides(self.bar, self.views)
        self.body.addWidget(scrolled(self.missing, sides, self._stack, spacing=LARGE), 1)

    def reload(self) -> None:
        """Prepare the report of the chosen period beside the window."""
        if not self.place.desk.may(Action.PUBLISH):
            self._show_view()
            return
        self._prepared = None
        self.missing.reload()
        self.published.reload()
        self._show_state()
        self.preparing.prepare(self.bar.period)

    def enter(self) -> None:
        """Look anew: something may have been entered since."""
        self._stale = True
        super().enter()

    def leave(self) -> None:
        """Let go of true counts: nobody who comes to the screen next finds them open."""
        super().leave()
        self.preparing.cancel()
        self._prepared = None
        self.counts.clear()
        if self.views.chosen() == _COUNTS:
            self.views.choose(_OVERVIEW)
            self._show_view()

    def take_up(self, draft: Draft) -> None:
        """Go on with what was left unfinished here.

        Raises:
            KnownError: Her role does not include it any more, or it is not asked any more.
        """
        may = self.place.desk.may(Action.PUBLISH)
        if may and draft.form is Form.TOLD:
            self.published.open_telling(draft)
        elif may and reconciling.missing_since(self.place.desk) is not None:
            self.missing.open(draft)
        else:
            raise gone()

    def open_export(self) -> None:
        """Ask where the report goes."""
        frozen = bool(self.published.number_of(self.bar.period))
        self.dialog = export_report(self, self.bar.period, self._folder, frozen=frozen)
        self.dialog.accepted.connect(self._publish)
        self.dialog.open()

    def open_print(self) -> None:
        """Show the pages as they will stand on paper, and ask for the printer."""
        # The printing library is loaded where somebody prints.
        from kadin_danisma.ui import printers
        from kadin_danisma.ui.dialogs.printing import PrintReportDialog

        if self._prepared is None:
            return
        names = printers.names()
        if not names:
            words = _(
                "No printer that puts this on paper was found. Export the report as a PDF and "
                "print it where there is one."
            )
            self.message = say(self, _("Print the report"), words)
            return
        pdf, frozen = self._prepared.paper.pdf, not self._prepared.paper.is_preview
        self.print_form = PrintReportDialog(self, self.place.look, names, pdf, frozen=frozen)
        self.print_form.accepted.connect(self._issue_for_paper)
        self.print_form.open()

    def _view_names(self) -> dict[str, str]:
        names = {}
        if self.place.desk.may(Action.PUBLISH):
            names = {
                _OVERVIEW: _("Overview"),
                _PAPER: _("Print preview"),
                _HIDDEN: _("What is hidden"),
                _PUBLISHED: _("Published"),
            }
        if self.place.desk.may(Action.COUNT):
            names[_COUNTS] = _("True counts")
        return names

    def _show_view(self) -> None:
        chosen = self.views.chosen()
        if chosen == _COUNTS:
            self._count()
        else:
            self.counts.clear()
        self._stack.setCurrentWidget(self._views[chosen])

    def _show_preparing(self) -> None:
        self._stack.setCurrentWidget(self.preparing)

    def _count(self) -> None:
        try:
            self.counts.show_tables(reporting.counts(self.place.desk, self.bar.period))
        except KnownError as error:
            self.message = say(self, _("True counts"), error.message)

    def _take(self, made: Prepared) -> None:
        self._prepared = made
        self.overview.show_paper(made.paper)
        self.paper.show_pdf(made.paper.pdf, preview=made.paper.is_preview)
        self.hidden.show_draft(made.draft)
        self._show_view()
        self.shown.emit()

    def _show_state(self) -> None:
        period = self.bar.period
        over = reporting.is_over(self.place.desk, period)
        number = self.published.number_of(period)
        for part in (self.export, self.print):
            part.setEnabled(over)
        if number:
            self.bar.show_state(_("Published: {number}").format(number=number), Tone.OK)
        elif over:
            self.bar.show_state(_("Not published yet"), Tone.INFO)
        else:
            self.bar.show_state(_("Not over yet: a preview"), Tone.WARN)

    def _publish(self) -> None:
        assert self.dialog is not None
        self._folder = self.dialog.folder
        self._write(self._folder, self.dialog.chosen())

    def _write(self, folder: Path, formats: tuple[str, ...]) -> None:
        desk, period = self.place.desk, self.bar.period
        draft = self._prepared.draft if self._prepared else None

        def work(progress: Progress) -> list[Path]:
            return reporting.publish(desk, period, folder, formats, progress, draft)

        def failed(error: KnownError) -> None:
            self.message = asked_about_clock(
                self, desk, error, lambda: self._write(folder, formats)
            )
            if self.message is None:
                self._not_written(error)

        title = _("The report is being written …")
        ProgressDialog(self, title).run(self.place.background, work, self._written, failed)

    def _issue_for_paper(self) -> None:
        """Freeze the report beside the window, and print it then."""
        assert self.print_form is not None
        desk, period, printer = self.place.desk, self.bar.period, self.print_form.printer.chosen()
        draft = self._prepared.draft if self._prepared else None

        def work(progress: Progress) -> bytes:
            return reporting.for_paper(desk, period, progress, draft)

        ProgressDialog(self, _("The report is being printed …")).run(
            self.place.background, work, lambda pdf: self._print(printer, pdf), self._not_printed
        )

    def _print(self, printer: str, pdf: bytes) -> None:
        from kadin_danisma.ui import printing

        try:
            printing.print_secretly(printing.printer_named(printer), pdf)
        except KnownError as error:
            self._not_printed(error)
            return
        self.reload()
        self.place.nav.said.emit(_("The report went to the printer."), None)

    def _not_printed(self, error: KnownError) -> None:
        self.reload()
        self.message = say(self, _("The report was not printed"), error.message)

    def _written(self, paths: Sequence[Path]) -> None:
        self.reload()
        names = "\n".join(str(path) for path in paths)
        self.message = Message(
            self,
            _("The report was exported"),
            _("{files}\n\nThe period is final: it will always be exported with these numbers.")
            .format(files=names),
        )  # fmt: skip
        self.message.open()

    def _not_written(self, error: KnownError) -> None:
        self.reload()
        self.message = say(self, _("The report was not exported"), error.message)

    def _open_published(self, period: Period) -> None:
        self.views.choose(_OVERVIEW)
        self.bar.choose(period)
