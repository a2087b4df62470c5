"""Somebody who may collect a child by a form though the mother ruled her or him out: in red."""

from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout

from kadin_danisma.i18n import _
from kadin_danisma.ui.style import MEDIUM, SMALL, Tone
from kadin_danisma.ui.widgets.parts import label, restyle


class RuledOut(QFrame):
    """Names whom the mother ruled out, and takes the tick that says she was asked.

    A tick is for the people named: where others are, it is taken away.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        restyle(self, "tone", str(Tone.DANGER))
        self.words = label("", "strong", wrap=True)
        self.asked = QCheckBox(_("The mother was asked just now, and agrees"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)
        layout.setSpacing(SMALL)
        layout.addWidget(self.words)
        layout.addWidget(self.asked)
        layout.addWidget(label(_("This is logged."), "note", wrap=True))
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
        line = _("{who}: DO NOT HAND OVER. The file says: {words}. Ask the mother.")
        self.words.setText("\n".join(line.format(who=who, words=why) for who, why in people))
        self.asked.setAccessibleDescription(self.words.text())
        self.setVisible(bool(people))
