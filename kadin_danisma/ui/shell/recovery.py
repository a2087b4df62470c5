"""The recovery code on paper: shown once, and typed back so that it surely is there."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from kadin_danisma.domain.text import fold
from kadin_danisma.i18n import _
from kadin_danisma.ui.shell.entry import Panel
from kadin_danisma.ui.widgets.fields import Field
from kadin_danisma.ui.widgets.parts import button, label


class RecoveryPanel(Panel):
    """Shows the recovery code once and has it typed back, so that it is surely on paper.

    Args:
        code: The code.
    """

    #: Emitted when the code was typed back rightly.
    kept = Signal()

    def __init__(self, code: str) -> None:
        super().__init__(
            _("Write this down"),
            _(
                "If everybody forgets their passphrase, this code opens the file. It is shown only"
                " now. Write it on paper and lock the paper away, not beside this computer."
            ),
            width=64,
        )
        self.code = code
        shown = label(code, "secret", wrap=True)
        shown.setAccessibleName(_("Recovery code"))
        self.body.addWidget(shown)
        self.typed = QLineEdit()
        self._field = Field(
            _("Type the code from your paper"), self.typed, _("Spaces and capitals do not matter.")
        )
        self.body.addWidget(self._field)
        self.do = button(_("It is on paper"), self.submit, kind="primary", key="Enter")
        self.body.addWidget(self.do)
        self.typed.returnPressed.connect(self.submit)

    def start(self) -> None:
        """Put the cursor where typing begins."""
        self.typed.setFocus()

    @property
    def error(self) -> str:
        """Return the sentence shown at the field."""
        return self._field.error

    def submit(self) -> None:
        """Go on where the typed code is the one shown."""
        if _signs(self.typed.text()) == _signs(self.code):
            self.kept.emit()
            return
        self._field.set_error(_("This is not the code above. Please compare it with your paper."))
        self.typed.setFocus()


def _signs(code: str) -> str:
    return "".join(sign for sign in fold(code) if sign.isalnum())
