"""Locks the program when nobody is there any more, and says so before."""

from collections.abc import Callable
from math import ceil

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from kadin_danisma.ui.idleness import WARNING, Idleness
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.shell.countdown import Countdown
from kadin_danisma.ui.shell.inputs import Inputs

_SECOND = 1_000


class Guard(QObject):
    """Looks at the clocks once a second while somebody is signed in.

    Args:
        app: The application.
        look: Colours and sizes.
        lock: What is done when the time is over; nothing is asked.
        idleness: Who counts.
    """

    def __init__(
        self,
        app: QApplication,
        look: Look,
        lock: Callable[[], None],
        idleness: Idleness | None = None,
    ) -> None:
        super().__init__()
        self._look = look
        self._lock = lock
        self._idleness = idleness or Idleness()
        self.countdown: Countdown | None = None
        self.inputs = Inputs(app, self)
        self.inputs.came.connect(self.stay)
        self._seconds = QTimer(self)
        self._seconds.setInterval(_SECOND)
        self._seconds.timeout.connect(self.look)
        self._seconds.start()

    def look(self) -> None:
        """Look at the clocks: wait, warn, or lock."""
        if not self._seconds.isActive():
            return
        self.inputs.look_around()
        left = self._idleness.left()
        if left <= 0:
            self.stop()
            self._lock()
        elif left <= WARNING:
            self._warn(ceil(left))
        else:
            self._calm()

    def stay(self) -> None:
        """Begin anew: somebody is there. After the time is over this locks instead."""
        self._idleness.touch()
        if self.countdown is not None or self._idleness.left() <= 0:
            self.look()

    def stop(self) -> None:
        """Look no more."""
        self._seconds.stop()
        self._calm()

    def _warn(self, seconds: int) -> None:
        if self.countdown is None or not isValid(self.countdown):
            self.countdown = Countdown(self._look)
            self.countdown.stays.connect(self.stay)
        self.countdown.show_left(seconds)
        self.inputs.look_around()

    def _calm(self) -> None:
        countdown, self.countdown = self.countdown, None
        # It goes with the dialog it stood above.
        if countdown is not None and isValid(countdown):
            countdown.let_go()
            countdown.deleteLater()
