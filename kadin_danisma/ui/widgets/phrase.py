"""Choosing a passphrase: five words are offered and typed back, or one chooses one's own."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kadin_danisma.domain import passphrase
from kadin_danisma.domain.dates import show_number
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.ui.style import MEDIUM
from kadin_danisma.ui.widgets.fields import Field, PassphraseEdit
from kadin_danisma.ui.widgets.parts import button, label, row


class PhraseChoice(QWidget):
    """Five words drawn by chance, and the fields in which they, or others, are typed.

    Whoever types the words that are shown needs no second field; an own passphrase is typed twice.
    """

    #: Emitted when Enter was pressed in a field.
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "secret", wrap=True)
        self.words.setAccessibleName(_("Five words drawn by chance"))
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.another = button(_("Another one"), self.draw, kind="quiet")
        self.first = PassphraseEdit()
        self.again = PassphraseEdit()
        self._first_field = Field(_("Passphrase"), self.first)
        self._again_field = Field(_("Passphrase once more"), self.again)
        self.strength = label("", "note", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        offer = _(
            "We suggest these five words. Keep them on paper until you know them, and type them "
            "below; or type a passphrase of your own."
        )
        layout.addWidget(label(offer, "muted", wrap=True))
        layout.addWidget(self.words)
        beside = row(self.strength, self.another)
        beside.setStretch(0, 1)
        layout.addLayout(beside)
        layout.addWidget(self._first_field)
        layout.addWidget(self._again_field)
        self.first.textChanged.connect(lambda _text: self._follow())
        for edit in (self.first, self.again):
            edit.returnPressed.connect(self.entered)
        self.draw()

    def draw(self) -> None:
        """Offer five other words."""
        try:
            self.words.setText(passphrase.generate())
        except KnownError as error:
            self.words.hide()
            self.another.hide()
            self._first_field.set_hint(error.message)
        self._follow()

    @property
    def is_suggestion(self) -> bool:
        """Tell whether the words that are shown were typed, in whichever spelling."""
        typed = self.first.text()
        return bool(typed) and passphrase.canonical(typed) == self.words.text()

    def value(self) -> str:
        """Return the passphrase; generated words in the spelling in which they were shown."""
        return self.words.text() if self.is_suggestion else self.first.text()

    def errors(self) -> list[str]:
        """Return the sentences shown at the fields."""
        return [each.error for each in (self._first_field, self._again_field) if each.error]

    def set_error(self, sentence: str) -> None:
        """Say at the first field what is wrong."""
        self._first_field.set_error(sentence)
        self.first.setFocus()

    def is_ready(self) -> bool:
        """Tell whether it can be used; say at the fields why not."""
        typed = self.first.text()
        reason = "" if typed.strip() else _("Please fill this in.")
        if not reason and passphrase.is_weak(typed):
            reason = _("This is short: somebody could guess it.")
        differs = not reason and not self.is_suggestion and self.again.text() != typed
        self._first_field.set_error(reason)
        self._again_field.set_error(_("The two passphrases are not the same.") if differs else "")
        if reason:
            self.first.setFocus()
        elif differs:
            self.again.setFocus()
        return not reason and not differs

    def clear(self) -> None:
        """Forget what was typed and what was offered."""
        for edit in (self.first, self.again):
            # Set, not cleared: what is cleared can be brought back with Ctrl+Z.
            edit.setText("")
        self.words.clear()

    def _follow(self) -> None:
        """Say what the passphrase is worth, and ask for an own one twice."""
        typed = self.first.text()
        own = bool(typed) and not self.is_suggestion
        self._again_field.setVisible(own)
        if own:
            self.strength.setText(_("Your own passphrase: its strength cannot be measured."))
        else:
            words = _("Strength: {bits} bits, five of {n} words drawn by chance.")
            bits, size = round(passphrase.strength_bits()), show_number(passphrase.LIST_SIZE)
            self.strength.setText(words.format(bits=bits, n=size))
