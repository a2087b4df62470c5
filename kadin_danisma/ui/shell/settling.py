"""A search is told to the log once nothing more was typed: asked every second."""

from PySide6.QtCore import QObject, QTimer

from kadin_danisma.services.desk import Desk

_SECOND = 1_000


class Settling(QObject):
    """Looks each second whether the last search has settled; closing the vault does so too.

    Args:
        parent: The window.
        desk: Whose searches.
    """

    def __init__(self, parent: QObject, desk: Desk) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setInterval(_SECOND)
        self._timer.timeout.connect(lambda: desk.settle())
        self._timer.start()
