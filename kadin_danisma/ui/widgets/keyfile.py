"""The place in a form where somebody says which key file is hers, if it does not lie on a stick."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from kadin_danisma.i18n import _
from kadin_danisma.ui import sticks
from kadin_danisma.ui.widgets.fields import Field
from kadin_danisma.ui.widgets.parts import button, label, row


class KeyFileField(Field):
    """Shows the name of the chosen file; without one, the sticks are looked through."""

    def __init__(self) -> None:
        #: The chosen file.
        self.path: Path | None = None
        self.shown = label(_("The file on the stick"), "muted")
        self.browse = button(_("Choose the key file …"), self.choose)
        where = QWidget()
        line = row(self.shown, 1, self.browse)
        line.setContentsMargins(0, 0, 0, 0)
        where.setLayout(line)
        where.setFocusProxy(self.browse)
        super().__init__(_("Key file"), where)

    def choose(self) -> None:
        """Let the person point at the file."""
        start = next(iter(sticks.plugged_in()), Path())
        found, _kind = QFileDialog.getOpenFileName(
            self, _("Choose the key file"), str(start), _("Key files (*.anahtar)")
        )
        if found:
            self.set_file(Path(found))

    def set_file(self, path: Path | None) -> None:
        """Take a file, or go back to the sticks."""
        self.path = path
        self.shown.setText(_("The file on the stick") if path is None else path.name)
        self.set_error("")
