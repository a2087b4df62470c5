"""The form that checks a vault or a backup from end to end."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from kadin_danisma.domain.dates import Clock
from kadin_danisma.i18n import _
from kadin_danisma.services import upkeep
from kadin_danisma.ui import sticks
from kadin_danisma.ui.background import Background, Progress
from kadin_danisma.ui.dialogs.slow import SlowForm
from kadin_danisma.ui.widgets.fields import Field, PassphraseEdit
from kadin_danisma.ui.widgets.keyfile import KeyFileField
from kadin_danisma.ui.widgets.parts import button, row


class VerifyDialog(SlowForm):
    """Asks which file, and for a user name and passphrase that open it.

    Args:
        parent: The window it belongs to.
        background: Where the file is read.
        user_name: Who probably checks.
        clock: The present moment.
        needs_key_file: Whether she needs a key file beside her passphrase.
    """

    def __init__(
        self,
        parent: QWidget | None,
        background: Background,
        user_name: str,
        clock: Clock,
        *,
        needs_key_file: bool = False,
    ) -> None:
        super().__init__(
            parent, background, _("Check a backup"), _("Check"), _("The file is being read …")
        )
        self._clock = clock
        self.path: Path | None = None
        self._shown = QLineEdit()
        self._shown.setReadOnly(True)
        self._shown.setAccessibleName(_("File"))
        self.browse = button(_("Choose a file"), self.choose_file)
        where = QWidget()
        where.setLayout(row(self._shown, self.browse))
        where.setFocusProxy(self.browse)
        self.user = QLineEdit(user_name)
        self.passphrase = PassphraseEdit()
        self._file_field = Field(_("File"), where)
        self.body.addWidget(self._file_field)
        self.add_row(Field(_("User name"), self.user), Field(_("Passphrase"), self.passphrase))
        self.key_file = KeyFileField() if needs_key_file else None
        if self.key_file is not None:
            self.body.addWidget(self.key_file)
        self.body.addStretch(1)

    def choose_file(self) -> None:
        """Let the person point at the file."""
        found, _kind = QFileDialog.getOpenFileName(
            self, _("Choose a file"), "", _("Files of a centre (*.vault)")
        )
        if found:
            self.set_file(Path(found))

    def set_file(self, path: Path) -> None:
        """Take a file."""
        self.path = path
        self._shown.setText(str(path))
        self.passphrase.setFocus()

    def ready(self) -> bool:
        """Tell whether a file was chosen."""
        self._file_field.set_error("" if self.path else _("Please choose a file."))
        self._asked = (self.user.text().strip(), self.passphrase.text())
        self._chosen = self.key_file.path if self.key_file else None
        return self.path is not None

    def work(self, progress: Progress) -> object:
        """Read the file from end to end."""
        assert self.path is not None
        at_hand = sticks.key_files(self._chosen) if self.key_file else ()
        return upkeep.verify(
            self.path, *self._asked, self._clock, key_files=at_hand, progress=progress
        )
