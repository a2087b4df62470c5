"""What every page and dialog is handed: the desk, and the window's own means."""

from dataclasses import dataclass, field

from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.background import Background
from kadin_danisma.ui.bus import Bus
from kadin_danisma.ui.kept import DraftKeeper
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.nav import Navigator
from kadin_danisma.ui.widgets.safety import Reveals


@dataclass(frozen=True)
class Workplace:
    """One signed-in person's place to work.

    Args:
        desk: Who works, on which vault; the first argument of every service.
        look: Colours, sizes, icons.
        bus: Where changes are told.
        background: Where long work is done.
        nav: How pages ask the window for something.
        reveals: Who lets one view at a time show names.
        drafts: Who keeps what stands in open forms.
    """

    desk: Desk
    look: Look
    bus: Bus = field(default_factory=Bus)
    background: Background = field(default_factory=Background)
    nav: Navigator = field(default_factory=Navigator)
    reveals: Reveals = field(default_factory=Reveals)
    drafts: DraftKeeper = field(init=False)

    def __post_init__(self) -> None:
        """Let the forms of this desk be kept."""
        object.__setattr__(self, "drafts", DraftKeeper(self.desk))
