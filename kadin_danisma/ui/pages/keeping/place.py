"""What every subject of IT's window is handed: no vault is open behind it."""

from collections.abc import Callable
from dataclasses import dataclass

from kadin_danisma.services.keeping import KeepersDesk
from kadin_danisma.ui.background import Background
from kadin_danisma.ui.look import Look


@dataclass(frozen=True)
class KeepersPlace:
    """The place of whoever looks after a vault.

    Args:
        desk: The first argument of the services of ``keeping``.
        look: Colours, sizes, icons.
        background: Where long work is done.
        say: Says a quiet word at the foot of the window.
    """

    desk: KeepersDesk
    look: Look
    background: Background
    say: Callable[[str], object]
