"""Restoring before anybody is signed in: there is no vault yet, or a damaged one."""

from pathlib import Path

from PySide6.QtCore import Signal

from kadin_danisma.domain.dates import Clock
from kadin_danisma.i18n import _
from kadin_danisma.ui.background import Background
from kadin_danisma.ui.shell.entry import Panel
from kadin_danisma.ui.widgets.parts import button
from kadin_danisma.ui.widgets.restoring import RestoreSteps


class RestorePanel(Panel):
    """Makes a vault of a backup at the door.

    Args:
        path: Where the vault is looked for; it goes there if nothing lies there.
        clock: The present moment.
        background: Where files are read and written.
    """

    #: Emitted with the path of the restored vault.
    restored = Signal(object)
    #: Emitted when somebody would rather go back.
    back_wanted = Signal()

    def __init__(self, path: Path, clock: Clock, background: Background) -> None:
        super().__init__(_("Restore a backup"), width=84)
        self.steps = RestoreSteps(clock, background, path)
        self.steps.finished.connect(self.restored)
        self.body.addWidget(self.steps)
        self.foot.addWidget(button(_("Back"), self._go_back, kind="quiet"))

    def start(self) -> None:
        """Put the cursor where one begins."""
        self.steps.start()

    def _go_back(self) -> None:
        self.steps.forget()
        self.back_wanted.emit()
