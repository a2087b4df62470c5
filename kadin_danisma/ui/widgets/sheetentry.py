"""Where somebody types what stands on recovery sheets: one code, or two sheets in turn."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services.sheets import Reader, Typed
from kadin_danisma.ui.style import MEDIUM
from kadin_danisma.ui.widgets.fields import Field
from kadin_danisma.ui.widgets.parts import label


class SheetEntry(QWidget):
    """One field that takes sheet after sheet and says which of them it has.

    What is typed stays readable: nobody copies 42 signs rightly without seeing them.

    Args:
        name: The words above the field.
    """

    #: Emitted at the return key.
    submitted = Signal()

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self._reader = Reader()
        self.edit = QLineEdit()
        self.edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.edit.setPlaceholderText("___-___-___-___")
        self.edit.returnPressed.connect(self.submitted)
        self.has = label("", "strong", wrap=True)
        self.has.hide()
        hint = _(
            "Spaces, dashes, capitals and small letters do not matter. The letter O is read as "
            "zero."
        )
        self._field = Field(name or _("What is written in the box of the sheet"), self.edit, hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addWidget(self.has)
        layout.addWidget(self._field)
        self.setFocusProxy(self.edit)

    @property
    def error(self) -> str:
        """Return the sentence shown at the field."""
        return self._field.error

    def set_error(self, sentence: str) -> None:
        """Say what is wrong; the cursor goes back into the field."""
        self._field.set_error(sentence)
        self.edit.setFocus()

    def read(self) -> Typed | None:
        """Return what was typed, or None where there is a slip or another sheet is needed."""
        try:
            found = self._reader.take(self.edit.text())
        except KnownError as error:
            self.set_error(error.message)
            return None
        self.set_error("")
        if found is None:
            self.edit.clear()
            self._show_first()
        return found

    def forget(self) -> None:
        """Let go of everything that was typed."""
        self._reader.forget()
        self.edit.clear()
        self.edit.setModified(False)
        self._show_first()

    def start_again(self, sentence: str) -> None:
        """Say why what was typed does not open anything, and begin with the first sheet."""
        self.forget()
        self.set_error(sentence)

    def _show_first(self) -> None:
        number = self._reader.first
        self.has.setText(_("Sheet {number} is read. Now type another sheet.").format(number=number))
        self.has.setVisible(bool(number))
