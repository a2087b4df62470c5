"""The form by which one file is opened with the recovery code, for a reason."""

from PySide6.QtWidgets import QWidget

from kadin_danisma.domain.circle import reason_problem
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import breaking
from kadin_danisma.services.sheets import Reader
from kadin_danisma.ui.background import Progress
from kadin_danisma.ui.dialogs.slow import SlowDialog
from kadin_danisma.ui.widgets.fields import Field, PassphraseEdit, TextEdit
from kadin_danisma.ui.widgets.parts import label
from kadin_danisma.ui.workplace import Workplace


class BreakDialog(SlowDialog):
    """Asks for the code from the sealed envelope and for the reason, and says who will read it.

    Args:
        parent: The window it belongs to.
        place: The desk and the window's means.
        client_id: Whose file.
    """

    def __init__(self, parent: QWidget | None, place: Workplace, client_id: str) -> None:
        super().__init__(
            parent,
            place,
            _("Emergency access"),
            _("Open the file"),
            _("The file is being opened …"),
        )
        self._client_id = client_id
        words = _(
            "For an emergency in which nobody with access can be reached. Only this file opens, "
            "with all its notes, until the program is locked. It is logged for good, and "
            "everybody with access and every coordinator will read your name and your reason."
        )
        self.body.addWidget(label(words, "muted", wrap=True))
        self.reason = TextEdit("", lines=3)
        self._reason_field = Field(
            _("Reason"), self.reason, _("A whole sentence: what happened, why it cannot wait.")
        )
        self.code, self.second = PassphraseEdit(), PassphraseEdit()
        self._code_field = Field(
            _("Recovery code"), self.code, _("From the sealed envelope; spaces do not matter.")
        )
        self._second_field = Field(
            _("Second sheet"), self.second, _("Only where the code is shared among three sheets.")
        )
        for field in (self._reason_field, self._code_field, self._second_field):
            self.body.addWidget(field)
        self.body.addStretch(1)
        self.reason.setFocus()

    def ready(self) -> bool:
        """Read the reason and the code; say beside the fields what is missing."""
        self._reason = self.reason.toPlainText()
        problem = reason_problem(self._reason) or ""
        self._reason_field.set_error(problem)
        self._second_field.set_error("")
        self._code_field.set_error("")
        return self._read_code() and not problem

    def work(self, _progress: Progress) -> object:
        """Open the file; takes as long as a sign-in."""
        return breaking.break_seal(self.place.desk, self._client_id, self._code, self._reason)

    def _read_code(self) -> bool:
        reader, field = Reader(), self._code_field
        try:
            typed = reader.take(self.code.text())
            if typed is None:
                field = self._second_field
                typed = reader.take(self.second.text())
        except KnownError as error:
            field.set_error(error.message)
            return False
        assert typed is not None
        self._code = typed.code
        return True
