"""The place in a form where somebody says into which folder files go."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from kadin_danisma.i18n import _
from kadin_danisma.ui.widgets.fields import Field
from kadin_danisma.ui.widgets.parts import button, row


class FolderField(Field):
    """Shows the folder, and lets another one be chosen.

    Args:
        folder: The folder to begin with.
    """

    def __init__(self, folder: Path) -> None:
        #: The chosen folder.
        self.path = folder
        self._shown = QLineEdit(str(folder))
        self._shown.setReadOnly(True)
        self.browse = button(_("Choose a folder"), self.choose)
        where = QWidget()
        where.setLayout(row(self._shown, self.browse))
        where.setFocusProxy(self.browse)
        super().__init__(_("Where to"), where)

    def choose(self) -> None:
        """Let the person point at a folder."""
        found = QFileDialog.getExistingDirectory(self, _("Choose a folder"), str(self.path))
        if found:
            self.set_folder(Path(found))

    def set_folder(self, folder: Path) -> None:
        """Take a folder."""
        self.path = folder
        self._shown.setText(str(folder))
