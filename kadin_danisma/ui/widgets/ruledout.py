"""Somebody who may collect a child by a form though the mother ruled her or him out: in red."""

from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QVBoxLayout

from kadin_danisma.i18n import _
from kadin_danisma.ui.style import MEDIUM, SMALL, Tone
from kadin_danisma.ui.widgets.parts import label, restyle


def ruled_out_words(who: str, words: str) -> str:
    """Return what is said of somebody whom the mother ruled out, by these words of the file."""
    return _("{who}: DO NOT HAND OVER. The file says: {words}. Ask the mother.").format(
        who=who, words=words
    )


def asked_tick() -> QCheckBox:
    """Return the tick that says that the mother was asked about somebody she had ruled out."""
    return QCheckBox(_("The mother was asked just now, and agrees"))


def logged_words() -> QLabel:
    """Return the words below that tick."""
    return label(_("This is logged."), "note", wrap=True)


class RuledOut(QFrame):
    """Names whom the mother ruled out, and takes the tick that says she was asked.

    A tick is for the people named: where others are, it is taken away.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        restyle(self, "tone", str(Tone.DANGER))
        self.words = label("", "strong", wrap=True)
        self.asked = asked_tick()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)
        layout.setSpacing(SMALL)
        layout.addWidget(self.words)
        layout.addWidget(self.asked)
        layout.addWidget(logged_words())
        self._people: tuple[tuple[str, str], ...] = ()
        self.hide()

    @property
    def agreed(self) -> bool:
        """Tell whether the mother was asked about whom it names."""
        return bool(self._people) and self.asked.isChecked()

    def name(self, people: tuple[tuple[str, str], ...]) -> None:
        """Name the people, each with the words because of which; nobody takes it away."""
        if people == self._people:
            return
        self._people = people
        self.asked.setChecked(False)
        self.words.setText("\n".join(ruled_out_words(*each) for each in people))
        self.asked.setAccessibleDescription(self.words.text())
        self.setVisible(bool(people))
