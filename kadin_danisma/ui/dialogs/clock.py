"""Asking about a clock that stands years from the log, before anything is published."""

from collections.abc import Callable

from PySide6.QtWidgets import QPushButton, QWidget

from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import clockwise
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.dialogs.message import Message, ask


def asked_about_clock(
    parent: QWidget, desk: Desk, error: KnownError, again: Callable[[], object]
) -> Message | None:
    """Ask whether the clock is right, where it is what stood in the way.

    Args:
        parent: The window it belongs to.
        desk: The signed-in person's desk.
        error: Why nothing was published.
        again: Publishes, once she has said that the clock is right.

    Returns:
        The open dialog, or None where something else is the matter.
    """
    if not isinstance(error, clockwise.ClockDoubtError):
        return None

    def go_on() -> None:
        clockwise.confirm(desk)
        again()

    title = _("Is the clock of this computer right?")
    asked = ask(parent, title, error.message, _("The clock is right"), go_on)
    # What leaves cannot be taken back: Enter alone does not send it.
    for each in asked.findChildren(QPushButton):
        each.setDefault(each is not asked.yes)
        if each is not asked.yes:
            each.setFocus()
    return asked
