"""How large a window opens: never larger than its screen, and after a lock as it was before."""

import os
import re
from collections.abc import MutableMapping

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from kadin_danisma.ui.style import SMALLEST

#: How a window was, in the environment of the process that takes the place of this one.
VARIABLE = "KADIN_DANISMA_WINDOW"
#: What the frame of the system may take around a window, in pixels.
_FRAME = QSize(16, 48)
_STATE = re.compile(r"(\d{3,5})x(\d{3,5})( maximised)?", re.ASCII)


def show_fitted(window: QWidget, wanted: tuple[int, int], state: str = "") -> None:
    """Show a window as it was before the lock; where the screen is too small for it, maximised.

    Args:
        window: The window.
        wanted: Its width and height where nothing is known.
        state: How it was, as ``state_of`` tells it.
    """
    room = window.screen().availableGeometry().size()
    window.setMinimumSize(window.minimumSize().boundedTo(room))
    before = _STATE.fullmatch(state)
    size = QSize(int(before[1]), int(before[2])) if before else QSize(*wanted)
    inside = room - _FRAME
    window.resize(size.boundedTo(inside).expandedTo(window.minimumSize()))
    too_large = size.width() > inside.width() or size.height() > inside.height()
    if too_large or (before and before[3]):
        window.showMaximized()
    else:
        window.show()


def state_of(window: QWidget) -> str:
    """Return how large a window is, and whether it fills its screen."""
    size = window.normalGeometry().size() if window.isMaximized() else window.size()
    if size.isEmpty():
        size = QSize(*SMALLEST)
    return f"{size.width()}x{size.height()}{' maximised' if window.isMaximized() else ''}"


def remember(window: QWidget, environment: MutableMapping[str, str] | None = None) -> None:
    """Tell the process that takes the place of this one how the window was."""
    (os.environ if environment is None else environment)[VARIABLE] = state_of(window)


def remembered() -> str:
    """Return how the window was before the lock, empty where nothing is known."""
    return os.environ.get(VARIABLE, "")
