"""The card of the second factor: use a key file on a stick, or no longer use one."""

from collections.abc import Callable
from pathlib import Path

from kadin_danisma.i18n import _
from kadin_danisma.ui.background import Background, Progress
from kadin_danisma.ui.dialogs.keyfile import DropKeyFileDialog, UseKeyFileDialog
from kadin_danisma.ui.dialogs.message import Message, say
from kadin_danisma.ui.style import MEDIUM
from kadin_danisma.ui.widgets.parts import Card, button, label, row


class KeyFileCard(Card):
    """Says what a key file is for, and opens the two forms of it.

    Args:
        background: Where keys are made.
        is_needed: Tells whether the account of whoever is there needs one.
        use: Lets it need one; receives the present passphrase, a folder, and how to tell how far
            it is.
        drop: Lets it need none; receives the present passphrase, the key files at hand, and how
            to tell how far it is.
        say_quietly: Says a quiet word in the window.
    """

    def __init__(
        self,
        background: Background,
        is_needed: Callable[[], bool],
        use: Callable[[str, Path, Progress], Path],
        drop: Callable[[str, list[bytes], Progress], object],
        say_quietly: Callable[[str], object],
    ) -> None:
        super().__init__(_("Key file on a stick"))
        self._background, self._is_needed = background, is_needed
        self._let_need, self._let_go = use, drop
        self._say_quietly = say_quietly
        self.dialog: UseKeyFileDialog | DropKeyFileDialog | None = None
        self.message: Message | None = None
        words = _(
            "Anyone who learns your passphrase still cannot sign in without the file on your stick."
        )
        self.use = button(_("Use a key file"), self.open_use)
        self.drop = button(_("No longer use a key file"), self.open_drop)
        self.body.setSpacing(MEDIUM)
        self.body.addWidget(label(words, "muted", wrap=True))
        self.body.addLayout(row(self.use, self.drop, 1, spacing=MEDIUM))

    def reload(self) -> None:
        """Offer what is possible now."""
        needed = self._is_needed()
        self.use.setVisible(not needed)
        self.drop.setVisible(needed)

    def open_use(self) -> None:
        """Open the form that writes a key file to a stick."""
        self.dialog = UseKeyFileDialog(self, self._background, self._let_need)
        self.dialog.worked.connect(self._used)
        self.dialog.open()

    def open_drop(self) -> None:
        """Open the form that does without the key file."""
        self.dialog = DropKeyFileDialog(self, self._background, self._let_go)
        self.dialog.worked.connect(lambda _change: self._dropped())
        self.dialog.open()

    def _used(self, path: Path) -> None:
        self.reload()
        self.message = say(
            self,
            _("The key file is on the stick"),
            _("{file}\n\nFrom now on you need it to sign in. Copy it to a second stick and keep "
              "that in the safe.").format(file=path),
        )  # fmt: skip

    def _dropped(self) -> None:
        self.reload()
        self._say_quietly(_("Your passphrase alone opens your account again."))
