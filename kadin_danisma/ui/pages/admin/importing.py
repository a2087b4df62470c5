"""Bringing in a workbook: look first, then all of it or nothing."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from kadin_danisma.domain.dates import show_number
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import N_, _, ngettext
from kadin_danisma.services import importing
from kadin_danisma.services.importing import ImportResult
from kadin_danisma.ui.background import Progress
from kadin_danisma.ui.dialogs.export import documents_folder
from kadin_danisma.ui.models.table import Column, RecordModel
from kadin_danisma.ui.pages.admin.section import Section
from kadin_danisma.ui.style import LARGE, MEDIUM, PAGE, Tone
from kadin_danisma.ui.widgets.figures import Figure
from kadin_danisma.ui.widgets.flow import FlowLayout
from kadin_danisma.ui.widgets.parts import Card, EmptyState, Pill, button, label, row
from kadin_danisma.ui.widgets.progress import ProgressDialog
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.workplace import Workplace

_NAMES = {
    "clients": N_("files"),
    "applications": N_("applications"),
    "contacts": N_("contacts without a file"),
    "sessions": N_("sessions"),
    "playroom_visits": N_("playroom visits"),
    "referrals": N_("referrals"),
    "trainings": N_("trainings"),
}


class Refused(Protocol):
    """One thing for which a workbook is refused (what ``services.importing`` tells of it)."""

    @property
    def sheet(self) -> str | None:
        """Return the sheet; None where the whole file is meant."""

    @property
    def row(self) -> int | None:
        """Return the row; None where the whole sheet or column is meant."""

    @property
    def column(self) -> str | None:
        """Return the header; None where the whole sheet is meant."""

    @property
    def reason(self) -> str:
        """Return why, in a sentence that repeats no value."""


class ImportSection(Section):
    """Chooses a workbook, says what would come of it, and brings it in.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, _("Import"))
        self._path: Path | None = None
        self.result: ImportResult | None = None
        self.choose = button(_("Choose a workbook"), self.choose_file, kind="primary")
        self.template = button(_("Save the empty workbook"), self.choose_template)
        words = _(
            "The workbook is only checked first. If one cell is wrong, nothing is imported; all "
            "mistakes are shown. The same workbook twice adds nothing."
        )
        line = row(label(words, "muted", wrap=True), self.template, self.choose, spacing=MEDIUM)
        line.setStretch(0, 1)
        self.body.addLayout(line)
        self.model: RecordModel[Refused] = RecordModel(_columns())
        self.table: TableView[Refused] = TableView(self.model, place.look, _("To be corrected"))
        self._stack = QStackedWidget()
        self._head = Card()
        self._found = QWidget()
        inside = QVBoxLayout(self._found)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(LARGE)
        inside.addWidget(self._head)
        inside.addWidget(self.table, 1)
        self._rest = QWidget()
        inside.addWidget(self._rest, 1)
        self._stack.addWidget(
            EmptyState(
                _("No workbook was chosen yet."),
                _("Save the empty workbook, fill it in from the old lists, and choose it here."),
            )
        )
        self._stack.addWidget(self._found)
        self.body.addWidget(self._stack, 1)

    def choose_file(self) -> None:
        """Let the person point at a workbook."""
        found, _kind = QFileDialog.getOpenFileName(
            self, _("Choose a workbook"), str(documents_folder()), _("Workbooks (*.xlsx)")
        )
        if found:
            self.look_at(Path(found))

    def choose_template(self) -> None:
        """Let the person say where the empty workbook goes."""
        start = str(documents_folder() / "kadin-danisma.xlsx")
        found, _kind = QFileDialog.getSaveFileName(
            self, _("Save the empty workbook"), start, _("Workbooks (*.xlsx)")
        )
        if found:
            self.write_template(Path(found))

    def write_template(self, path: Path) -> None:
        """Write the empty workbook."""
        try:
            importing.write_template(path)
        except KnownError as error:
            self.say_trouble(error)
        else:
            self.place.nav.said.emit(_("The empty workbook was saved."), None)

    def look_at(self, path: Path) -> None:
        """Read a workbook beside the window, without writing anything."""
        self._path = path
        self._run(path, _("The workbook is being read …"), self._show, dry_run=True)

    def bring_in(self) -> None:
        """Import the workbook that was looked at."""
        if self._path is not None:
            doing = _("The workbook is being imported …")
            self._run(self._path, doing, self._imported, dry_run=False)

    def _run(
        self, path: Path, doing: str, done: Callable[[ImportResult], None], *, dry_run: bool
    ) -> None:
        desk = self.place.desk

        def work(progress: Progress) -> ImportResult:
            return importing.import_workbook(desk, path, dry_run=dry_run, progress=progress)

        ProgressDialog(self, doing).run(self.place.background, work, done, self._failed)

    def _show(self, result: ImportResult) -> None:
        self.result = result
        self._head.clear()
        self.model.set_rows(result.refused)
        self.table.setVisible(bool(result.refused))
        self._rest.setVisible(not result.refused)
        if result.refused:
            self._show_refused(len(result.refused))
        else:
            self._show_added(result)
        for note in result.notes:
            self._head.body.addWidget(label(note, "muted", wrap=True))
        self._stack.setCurrentWidget(self._found)

    def _show_refused(self, count: int) -> None:
        words = ngettext(
            "{n} mistake was found in the workbook. Nothing was imported.",
            "{n} mistakes were found in the workbook. Nothing was imported.",
            count,
        ).format(n=count)
        pill = Pill(_("Not imported"), Tone.WARN)
        line = row(label(words, "strong", wrap=True), pill, spacing=MEDIUM)
        line.setStretch(0, 1)
        self._head.body.addLayout(line)
        hint = _("Correct these cells in the workbook, save it, and choose it again.")
        self._head.body.addWidget(label(hint, "muted", wrap=True))
        self.table.choose_first()

    def _show_added(self, result: ImportResult) -> None:
        total = sum(result.added.values())
        words = _("Nothing is wrong. This would be added:")
        if not total:
            words = _("Nothing is wrong, and everything in it is here already.")
        self._head.body.addWidget(label(words, "strong", wrap=True))
        figures = QWidget()
        flow = FlowLayout(figures, spacing=PAGE)
        for key, number in result.added.items():
            flow.addWidget(Figure(_(_NAMES[key]), show_number(number)))
        self._head.body.addWidget(figures)
        self.do = button(_("Import all of it"), self.bring_in, kind="primary")
        self.do.setEnabled(bool(total))
        self._head.body.addLayout(row(self.do, 1))

    def _imported(self, result: ImportResult) -> None:
        if result.refused:
            self._show(result)
            return
        if result.change is not None:
            self.place.bus.changed.emit(result.change)
        self._forget()
        total = sum(result.added.values())
        words = ngettext("{n} record was imported.", "{n} records were imported.", total)
        self.say(_("Imported"), words.format(n=total))

    def _failed(self, error: KnownError) -> None:
        self._forget()
        self.say_trouble(error)

    def _forget(self) -> None:
        self._path = None
        self.result = None
        self._head.clear()
        self.model.set_rows([])
        self._stack.setCurrentIndex(0)


def _columns() -> tuple[Column[Refused], ...]:
    return (
        Column(_("Sheet"), lambda refusal: refusal.sheet or "–", width=16),
        Column(
            _("Row"),
            lambda refusal: str(refusal.row or "–"),
            right=True,
            width=7,
            key=lambda refusal: refusal.row or 0,
        ),
        Column(_("Column"), lambda refusal: refusal.column or "–", width=22),
        Column(_("Reason"), lambda refusal: refusal.reason),
    )
