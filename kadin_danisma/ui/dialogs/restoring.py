"""The form that makes a vault of a backup while another vault is open."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from kadin_danisma.domain.dates import Clock
from kadin_danisma.i18n import _
from kadin_danisma.ui.background import Background
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.widgets.restoring import RestoreSteps


class RestoreDialog(FormDialog):
    """Restores to another place; the vault that is open stays as it is.

    Args:
        parent: The window it belongs to.
        clock: The present moment.
        background: Where files are read and written.
        user_name: Who probably restores.
        backup: The backup, where one was pointed at already.
    """

    def __init__(
        self,
        parent: QWidget | None,
        clock: Clock,
        background: Background,
        user_name: str,
        backup: Path | None = None,
    ) -> None:
        super().__init__(parent, _("Restore a backup"), width=92)
        self.steps = RestoreSteps(clock, background, None, user_name)
        self.steps.finished.connect(lambda _path: self.accept())
        self.steps.moved.connect(self.fit)
        self.body.addWidget(self.steps, 1)
        self.do.hide()
        self.note.setText(_("The vault that is open now stays as it is."))
        if backup is None:
            self.steps.start()
        else:
            self.steps.set_backup(backup)

    def submit(self) -> None:
        """Let the step in front go on."""
        self.steps.step.do.click()

    def done(self, result: int) -> None:
        """Close, and let go of what was typed."""
        self.steps.forget()
        super().done(result)
