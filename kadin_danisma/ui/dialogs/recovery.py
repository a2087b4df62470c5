"""Forms of the recovery sheets: trying those in force, and making new ones."""

from PySide6.QtWidgets import QWidget

from kadin_danisma.i18n import _
from kadin_danisma.services import recovery
from kadin_danisma.services.sheets import Typed
from kadin_danisma.ui.background import Progress
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.dialogs.slow import SlowDialog
from kadin_danisma.ui.style import WIDE
from kadin_danisma.ui.widgets.parts import label
from kadin_danisma.ui.widgets.recoverysteps import RecoverySteps
from kadin_danisma.ui.widgets.sheetentry import SheetEntry
from kadin_danisma.ui.workplace import Workplace


class TrySheetsDialog(SlowDialog):
    """Tells whether sheets open the vault, without using them.

    Args:
        parent: The window it belongs to.
        place: The desk and the window's means.
    """

    def __init__(self, parent: QWidget | None, place: Workplace) -> None:
        super().__init__(
            parent, place, _("Try the sheets"), _("Try"), _("The sheets are being tried …")
        )
        words = _(
            "Nothing is used up: the sheets stay valid. Only the day is noted. Seal them again "
            "afterwards, in a new envelope."
        )
        self.body.addWidget(label(words, "muted", wrap=True))
        self.entry = SheetEntry()
        self.entry.submitted.connect(self.submit)
        self.body.addWidget(self.entry)
        self.body.addStretch(1)
        self.entry.setFocus()

    def ready(self) -> bool:
        """Tell whether enough was typed."""
        typed = self.entry.read()
        self._typed = typed or Typed("", recovery.Kind.CODE)
        return typed is not None

    def work(self, _progress: Progress) -> object:
        """Try them."""
        return recovery.try_out(self.place.desk, self._typed)


class NewSheetsDialog(FormDialog):
    """Makes sheets in place of those in force.

    Args:
        parent: The window it belongs to.
        place: The desk and the window's means.
    """

    def __init__(self, parent: QWidget | None, place: Workplace) -> None:
        super().__init__(parent, _("New recovery sheets"), width=92)
        if parent is not None and parent.isVisible():
            # Large letters must not push the sheets over the edge of a small screen.
            most = parent.window().width() - 2 * WIDE
            self.setMinimumWidth(min(self.minimumWidth(), most))
        self.place = place
        self.steps = RecoverySteps(place.desk, place.look, place.background)
        self.steps.finished.connect(self.accept)
        self.steps.moved.connect(self.fit)
        self.body.addWidget(self.steps, 1)
        self.do.hide()
        self.note.setText(_("The old sheets stay valid until the new ones are typed back."))
        self.steps.start()

    def submit(self) -> None:
        """Let the step in front go on."""
        self.steps.step.do.click()

    def reject(self) -> None:
        """Give the new sheets up; the old ones stay in force."""
        if self.steps.begun:
            recovery.abandon(self.place.desk)
        self.steps.forget()
        super().reject()
