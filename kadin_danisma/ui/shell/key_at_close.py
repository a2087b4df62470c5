"""Changing the key of the vault while the program closes, where that was left over."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import key_change
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.background import Background
from kadin_danisma.ui.widgets.progress import ProgressDialog


class KeyAtClose(QObject):
    """Stands alone on the screen while the key is changed, and then lets the program end.

    Whoever stops it closes all the same: the change stays due until the next close.

    Args:
        desk: Whose desk is closed; nothing else of it is shown any more.
        then: Ends the program.
    """

    def __init__(self, desk: Desk, then: Callable[[], None]) -> None:
        super().__init__()
        self._desk = desk
        self._then = then
        self._background = Background(self)
        self.dialog = ProgressDialog(None, _("The key of the vault is being changed …"))
        # However the work ends, also by a fault of the program: no lock stands behind it any more.
        self.dialog.finished.connect(self._end)

    def start(self) -> None:
        """Hide everything else and change the key."""
        for window in QApplication.topLevelWidgets():
            if window is not self.dialog:
                window.hide()
        self.dialog.run(
            self._background,
            lambda progress: key_change.change_if_due(self._desk, progress),
            lambda _change: None,
            lambda _error: None,
        )

    def _end(self, _result: int) -> None:
        self._background.close()
        self._then()


def is_left_over(desk: Desk) -> bool:
    """Tell whether there is a key to be changed, and a medium to write it to."""
    try:
        return not desk.vault.read_only and key_change.is_due(desk)
    except KnownError:
        # The stick was pulled out, or the file is damaged: what cannot be asked cannot be changed.
        return False
