"""How far long work is, with a way to stop it."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.ui.background import Background, Progress
from kadin_danisma.ui.style import LARGE, WIDE
from kadin_danisma.ui.widgets.parts import button, ems, label, row

T = TypeVar("T")


class ProgressDialog(QDialog):
    """Stands above the window while work is under way.

    Args:
        parent: The window it belongs to.
        title: What is being done.
        cancellable: Whether the person may stop it.
    """

    def __init__(self, parent: QWidget | None, title: str, *, cancellable: bool = True) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Kadın Danışma"))
        self.setModal(True)
        self._stop: Callable[[], None] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(WIDE, WIDE, WIDE, WIDE)
        layout.setSpacing(LARGE)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(title)
        self.bar.setMinimumWidth(ems(self, 50))
        self.words = label(_("Please wait."), "muted")
        self.cancel = button(_("Stop"), self._cancel)
        self.cancel.setVisible(cancellable)
        layout.addWidget(label(title, "strong"))
        layout.addWidget(self.bar)
        layout.addLayout(row(self.words, 1, self.cancel))

    def run(
        self,
        background: Background,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[KnownError], None],
    ) -> None:
        """Show itself, do the work, and close before the answer is given or a fault is raised.

        Args:
            background: Where the work is done.
            work: What to do; touches no Qt.
            done: Receives the result.
            failed: Receives the fault of the world.
        """

        def finish(result: T) -> None:
            self._close()
            done(result)

        def fail(error: KnownError) -> None:
            self._close()
            failed(error)

        job = background.run(work, finish, fail, self.show_progress, broken=self._close)
        self._stop = job.cancel
        self.open()

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the work is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        if total:
            self.words.setText(_("{percent}% done").format(percent=100 * done // total))

    def reject(self) -> None:
        """Escape asks the work to stop; the window stays until it has."""
        self._cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Do not close over work that is under way."""
        if self._stop is not None:
            event.ignore()
            self._cancel()

    def _cancel(self) -> None:
        if self._stop is not None and self.cancel.isVisibleTo(self):
            self._stop()
            self.cancel.setEnabled(False)
            self.words.setText(_("Stopping …"))

    def _close(self) -> None:
        self._stop = None
        self.accept()
