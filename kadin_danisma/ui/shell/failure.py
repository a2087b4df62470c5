"""What nobody caught: a fault of the world is said, a fault of the program is told calmly."""

import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication, QWidget

from kadin_danisma import streams
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.ui.dialogs.message import Message


class Failures:
    """Takes the place of ``sys.excepthook`` while the window is open.

    Args:
        app: The application, for the window in front.
        before: The hook that stood before; it hears of faults of the program as well.
    """

    def __init__(self, app: QApplication, before: object = None) -> None:
        self._app = app
        self._before = before
        self.shown: Message | None = None

    def __call__(
        self,
        kind: type[BaseException],
        fault: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Show a dialog; the text of an unknown fault may hold a name, so it is never shown."""
        if isinstance(fault, KnownError):
            self._show(Message(self._parent(), _("That did not work"), fault.message))
            return
        if issubclass(kind, KeyboardInterrupt):
            # Ctrl+C at the terminal: as if the window had been closed.
            streams.write(sys.stderr, _("Stopped.") + "\n")
            self._app.closeAllWindows()
            return
        if callable(self._before):
            self._before(kind, fault, trace)
        if self.shown is not None and self.shown.isVisible():
            return
        self._show(
            Message(
                self._parent(),
                _("The program made a mistake"),
                _(
                    "What was saved is safe. You can go on working; if it happens again, lock the "
                    "program with F12 and give the line below to the person in charge of the "
                    "program."
                ),
                small=f"{kind.__name__} · {place_of(trace)}",
            )
        )

    def _show(self, message: Message) -> None:
        self.shown = message
        message.open()

    def _parent(self) -> QWidget | None:
        return self._app.activeModalWidget() or self._app.activeWindow()


def place_of(trace: TracebackType | None) -> str:
    """Return ``file.py:line`` where the fault was raised: a place in the program, no content."""
    place = ""
    while trace is not None:
        place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
