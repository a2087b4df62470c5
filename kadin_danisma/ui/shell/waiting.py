"""Whoever has a new account and was not let in yet: her own passphrase, then her six words."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal

from kadin_danisma.domain.dates import Clock
from kadin_danisma.i18n import _
from kadin_danisma.services import access
from kadin_danisma.ui.background import Background, Progress
from kadin_danisma.ui.shell.entry import Panel
from kadin_danisma.ui.shell.first_day import OwnPassphrasePanel
from kadin_danisma.ui.style import MEDIUM
from kadin_danisma.ui.widgets.parts import button, label, row


class WaitingPanel(Panel):
    """Says that a coordinator has to let her in, and by which words.

    Args:
        words: The six words of her key.
    """

    #: Emitted when she would like to sign in again.
    again_wanted = Signal()
    #: Emitted when she leaves.
    close_wanted = Signal()

    def __init__(self, words: str) -> None:
        super().__init__(
            _("Your account waits for approval"),
            _(
                "Go to a coordinator, or call them, and read these six words aloud. They see the "
                "same words and approve your account. Do not send the words in writing."
            ),
            width=64,
        )
        self.words = label(words, "spoken", wrap=True)
        self.words.setAccessibleName(_("Your six words"))
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        own = _(
            "These words are not your passphrase, which you tell nobody. It is set, and you sign "
            "in with it from now on."
        )
        self.again = button(_("Try again"), self.again_wanted.emit, kind="primary")
        self.leave = button(_("Close"), self.close_wanted.emit)
        self.body.addWidget(label(_("Your six words"), "label"))
        self.body.addWidget(self.words)
        self.body.addWidget(label(own, wrap=True))
        self.body.addLayout(row(1, self.leave, self.again, spacing=MEDIUM))

    def start(self) -> None:
        """Put the cursor where she goes on."""
        self.again.setFocus()


def own_passphrase_panel(
    path: Path, name: str, told: str, clock: Clock, background: Background
) -> OwnPassphrasePanel:
    """Return the panel in which she chooses her passphrase; it emits her six words.

    Args:
        path: The vault.
        name: Her user name.
        told: The passphrase she was given.
        clock: The present moment.
        background: Where the key is made.
    """
    choose = partial(_choose, path, name, told, clock)
    return OwnPassphrasePanel(choose, background)


def _choose(path: Path, name: str, told: str, clock: Clock, new: str, _progress: Progress) -> str:
    return access.set_first_passphrase(path, name, told, new, clock)
