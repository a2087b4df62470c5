"""Preparing a report beside the window: how far it is, a way to stop it, and why it failed."""

from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from kadin_danisma.domain.dates import Period
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import paper, reporting
from kadin_danisma.services.paper import Paper
from kadin_danisma.services.reporting import Draft
from kadin_danisma.ui.background import Job, Progress
from kadin_danisma.ui.style import MEDIUM
from kadin_danisma.ui.widgets.parts import EmptyState, button, ems, row
from kadin_danisma.ui.workplace import Workplace

#: After so many milliseconds the page says that it is still working.
_PATIENCE = 300


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report of which everything is there that the page shows."""

    draft: Draft
    paper: Paper


class Preparing(QWidget):
    """Stands in place of a report until it is there.

    Args:
        place: The desk and the window's means.
    """

    #: Emitted with what was ``Prepared``.
    taken = Signal(object)
    #: Emitted when there is something to be seen here: it takes a while, was stopped or failed.
    noticed = Signal()
    #: Emitted when somebody wants it to be prepared after all.
    wanted = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self._job: Job[Prepared] | None = None
        self.words = EmptyState("")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(ems(self, 30))
        self.stop = button(_("Stop"), self._stop)
        self.again = button(_("Prepare the report"), self.wanted.emit)
        layout = QVBoxLayout(self)
        layout.setSpacing(MEDIUM)
        layout.addStretch(1)
        layout.addWidget(self.words)
        layout.addLayout(row(1, self.bar, self.stop, 1, spacing=MEDIUM))
        layout.addLayout(row(1, self.again, 1))
        layout.addStretch(2)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._patience.timeout.connect(self.noticed)

    def prepare(self, period: Period) -> None:
        """Begin with the report of a period; another one that is under way is let go of."""
        self.cancel()
        desk, dark = self._place.desk, self._place.look.theme.name == "dark"

        def work(progress: Progress) -> Prepared:
            draft = reporting.preview(desk, period, progress)
            progress(0)
            shown = paper.paper(draft.report, dark=dark, preview=not draft.is_published)
            return Prepared(draft, shown)

        def is_awaited() -> bool:
            return isValid(self) and self._job is job

        def done(made: Prepared) -> None:
            if is_awaited():
                self._settle()
                self.taken.emit(made)

        def failed(error: KnownError) -> None:
            if is_awaited():
                self._fail(error)

        def moved(so_far: int, total: int) -> None:
            if is_awaited():
                self._show_progress(so_far, total)

        self._show_working(period)
        self._patience.start()
        job = self._job = self._place.background.run(work, done, failed, moved)

    def cancel(self) -> None:
        """Let go of what is under way; nothing is said of it any more."""
        if self._job is not None:
            self._job.cancel()
        self._settle()

    def _stop(self) -> None:
        """Stop at the wish of whoever waits."""
        self.cancel()
        self._show_end(_("The preparation was stopped."), _("Nothing was changed."))

    def _settle(self) -> None:
        self._patience.stop()
        self._job = None

    def _fail(self, error: KnownError) -> None:
        self._settle()
        self._show_end(
            _(
                "The report could not be prepared. Try again; if it happens again, inform the "
                "person in charge of the program."
            ),
            error.message,
        )

    def _show_working(self, period: Period) -> None:
        title = _("The report is being prepared …")
        sentence = ""
        if period.kind == "year":
            sentence = _(
                "Checking what this report reveals together with earlier ones. For a year this "
                "can take a minute."
            )
        self.words.say(title, sentence)
        self.bar.setAccessibleName(title)
        self.bar.setRange(0, 0)
        self._show_parts(working=True)

    def _show_progress(self, so_far: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(so_far)

    def _show_end(self, title: str, sentence: str) -> None:
        self.words.say(title, sentence)
        self._show_parts(working=False)
        self.noticed.emit()

    def _show_parts(self, *, working: bool) -> None:
        self.bar.setVisible(working)
        self.stop.setVisible(working)
        self.again.setVisible(not working)
