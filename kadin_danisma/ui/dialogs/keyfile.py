"""The forms of the second factor: use a key file, and no longer use one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from kadin_danisma.i18n import _
from kadin_danisma.ui import sticks
from kadin_danisma.ui.background import Background, Progress
from kadin_danisma.ui.dialogs.slow import SlowForm
from kadin_danisma.ui.widgets.fields import Field, PassphraseEdit
from kadin_danisma.ui.widgets.keyfile import KeyFileField
from kadin_danisma.ui.widgets.parts import button, label, row


class UseKeyFileDialog(SlowForm):
    """Writes a new key file to a stick, which every sign-in asks for from then on.

    Args:
        parent: The window it belongs to.
        background: Where the key is made.
        use: Lets the account need it; receives the present passphrase, the stick, and how to tell
            how far it is.
    """

    def __init__(
        self,
        parent: QWidget | None,
        background: Background,
        use: Callable[[str, Path, Progress], object],
    ) -> None:
        super().__init__(
            parent,
            background,
            _("Use a key file"),
            _("Use it"),
            _("The key file is being written …"),
        )
        self._use = use
        self.folder: Path | None = None
        self.passphrase = PassphraseEdit()
        self.shown = label(_("None chosen yet"), "muted", wrap=True)
        self.browse = button(_("Choose the stick …"), self.choose)
        where = QWidget()
        line = row(self.shown, self.browse)
        line.setContentsMargins(0, 0, 0, 0)
        line.setStretch(0, 1)
        where.setLayout(line)
        where.setFocusProxy(self.browse)
        self._where = Field(_("USB stick"), where)
        self._pass_field = Field(_("Present passphrase"), self.passphrase)
        for sentence in (
            _(
                "A new file is written to your stick. From then on you sign in with your "
                "passphrase and this file together; one without the other opens nothing."
            ),
            _(
                "Copy the file to a second stick and keep that in the safe. If both are lost, a "
                "coordinator can give you a new passphrase, and the recovery sheets help."
            ),
        ):
            self.body.addWidget(label(sentence, wrap=True))
        self.body.addWidget(self._where)
        self.body.addWidget(self._pass_field)
        self.body.addStretch(1)

    def choose(self) -> None:
        """Let the person point at the stick."""
        start = next(iter(sticks.plugged_in()), Path())
        found = QFileDialog.getExistingDirectory(self, _("On which stick?"), str(start))
        if found:
            self.set_folder(Path(found))

    def set_folder(self, folder: Path) -> None:
        """Take a folder."""
        self.folder = folder
        self.shown.setText(str(folder))
        self._where.set_error("")
        self.passphrase.setFocus()

    def ready(self) -> bool:
        """Tell whether a stick was chosen and the passphrase typed."""
        typed = self.passphrase.text()
        self._where.set_error("" if self.folder else _("Please choose the stick."))
        self._pass_field.set_error("" if typed else _("Please fill this in."))
        self._typed = typed
        self.fit()
        return bool(typed) and self.folder is not None

    def work(self, progress: Progress) -> object:
        """Write the file and let the account need it."""
        assert self.folder is not None
        return self._use(self._typed, self.folder, progress)


class DropKeyFileDialog(SlowForm):
    """Lets the passphrase alone open the account again.

    Args:
        parent: The window it belongs to.
        background: Where the key is made.
        drop: Does it; receives the present passphrase, the contents of the key files at hand, and
            how to tell how far it is.
    """

    def __init__(
        self,
        parent: QWidget | None,
        background: Background,
        drop: Callable[[str, list[bytes], Progress], object],
    ) -> None:
        super().__init__(
            parent,
            background,
            _("No longer use a key file"),
            _("Do without it"),
            _("The key is being derived."),
        )
        self._drop = drop
        self.passphrase = PassphraseEdit()
        self.key_file = KeyFileField()
        self._pass_field = Field(_("Present passphrase"), self.passphrase)
        words = _(
            "Your passphrase alone then opens your account again. Older backups still ask for the "
            "file: keep it for them."
        )
        for part in (label(words, wrap=True), self._pass_field, self.key_file):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.passphrase.setFocus()

    def ready(self) -> bool:
        """Tell whether the passphrase was typed."""
        typed = self.passphrase.text()
        self._pass_field.set_error("" if typed else _("Please fill this in."))
        self._asked = (typed, self.key_file.path)
        return bool(typed)

    def work(self, progress: Progress) -> object:
        """Let the account need it no more."""
        typed, chosen = self._asked
        return self._drop(typed, sticks.key_files(chosen), progress)
