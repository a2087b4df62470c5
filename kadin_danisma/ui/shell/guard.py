"""The one guard of everything behind a passphrase: locks by key, by time and by a closed window."""

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
    """Looks at the clocks once a second, and hears the lock key, in whatever window is open.

    It belongs to the application, not to a page: no page, form or chooser has to do anything to
    be under it, and none can be forgotten.

    Args:
        app: The application.
        look: Colours and sizes.
        lock: What is done at the key and when the time is over; nothing is asked.
        leave: What is done when the window is closed.
        idleness: Who counts.
    """

    def __init__(
        self,
        app: QApplication,
        look: Look,
        lock: Callable[[], None],
        leave: Callable[[], None],
        idleness: Idleness | None = None,
    ) -> None:
        super().__init__()
        self._look = look
        self._lock = lock
        self._leave = leave
        self._idleness = idleness or Idleness()
        self.countdown: Countdown | None = None
        self.inputs = Inputs(app, self)
        self.inputs.came.connect(self.stay)
        self.inputs.lock_wanted.connect(self.lock)
        self.inputs.left.connect(self.leave)
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
            self.lock()
        elif left <= WARNING:
            self._warn(ceil(left))
        else:
            self._calm()

    def stay(self) -> None:
        """Begin anew: somebody is there. After the time is over this locks instead."""
        self._idleness.touch()
        if self.countdown is not None or self._idleness.left() <= 0:
            self.look()

    def lock(self) -> None:
        """Lock, once: whatever is open, and without a question."""
        if self._seconds.isActive():
            self.stop()
            self._lock()

    def leave(self) -> None:
        """Put everything away: the window was closed."""
        if self._seconds.isActive():
            self.stop()
            self._leave()

    def stop(self) -> None:
        """Look and hear no more."""
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
