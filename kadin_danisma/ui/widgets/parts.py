"""The smallest parts: labels, buttons, pills, cards, empty states."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from kadin_danisma.ui.style import LARGE, MEDIUM, SMALL, TINY, Tone
from kadin_danisma.ui.widgets.focus import PushButton


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet asks for, and let the widget follow at once."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def label(text: str = "", role: str = "body", *, wrap: bool = False) -> QLabel:
    """Return a label.

    Args:
        text: Its words, always plain text: what people typed is never read as markup.
        role: body, muted, note, label, strong, title, hero, error, secret, spoken or
            mark.
        wrap: Whether long text goes on in the next line.
    """
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def button(
    text: str, clicked: Callable[[], object] | None = None, *, kind: str = "plain", key: str = ""
) -> QPushButton:
    """Return a push button.

    Args:
        text: Its words.
        clicked: What it does.
        kind: plain, primary, quiet, filter, place, chip or fold.
        key: The key that does the same, shown beside the words. Whoever shows it makes it press the
            button from every field of the form (``tests/ui/test_every_key.py``).
    """
    made = PushButton(f"{text}   {key}" if key else text)
    made.setAccessibleName(text)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    if clicked is not None:
        act = clicked
        made.clicked.connect(lambda: act())
    return made


def press(made: QPushButton) -> None:
    """Press a button by its key: one that is not shown does nothing."""
    if not made.isHidden():
        made.click()


def keep_unlearned(typed_into: QLineEdit | QPlainTextEdit) -> None:
    """Ask the keyboard's helper to learn no word that is typed here: names, numbers, notes."""
    hints = typed_into.inputMethodHints() | Qt.InputMethodHint.ImhSensitiveData
    typed_into.setInputMethodHints(hints)


class Pill(QLabel):
    """A state as a word in a soft ground; the tone never stands alone."""

    def __init__(self, text: str = "", tone: Tone = Tone.NEUTRAL) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("pill", True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.show_state(text, tone)

    def show_state(self, text: str, tone: Tone) -> None:
        """Show another state."""
        self.setText(text)
        restyle(self, "tone", str(tone))


class Card(QFrame):
    """A titled ground for things that belong together.

    Args:
        title: The heading; none where it is empty.
        note: Small words in the opposite corner.
    """

    def __init__(self, title: str = "", note: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, LARGE, 20, LARGE)
        outer.setSpacing(MEDIUM)
        self._note = label(note, "note")
        self.corner = QHBoxLayout()
        self.corner.setSpacing(TINY)
        if title or note:
            self.setAccessibleName(title)
            heading = QHBoxLayout()
            heading.addWidget(label(title, "strong"))
            heading.addStretch(1)
            heading.addWidget(self._note)
            heading.addLayout(self.corner)
            outer.addLayout(heading)
        self.body = QVBoxLayout()
        self.body.setSpacing(SMALL)
        outer.addLayout(self.body, 1)

    def set_note(self, text: str) -> None:
        """Show other small words in the corner."""
        self._note.setText(text)

    def clear(self) -> None:
        """Take everything out of the body."""
        clear_layout(self.body)


class EmptyState(QWidget):
    """Says what belongs here and how to begin."""

    def __init__(self, title: str, sentence: str = "", action: QPushButton | None = None) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, MEDIUM, 0, MEDIUM)
        layout.setSpacing(SMALL)
        layout.addStretch(1)
        self._title = label("", "strong", wrap=True)
        self._sentence = label("", "muted", wrap=True)
        for words in (self._title, self._sentence):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(words)
        if action is not None:
            layout.addWidget(action, 0, Qt.AlignmentFlag.AlignCenter)
        layout.addStretch(2)
        self.say(title, sentence)

    def say(self, title: str, sentence: str = "") -> None:
        """Say something else, because another filter is empty for another reason."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))


def told_card(title: str, words: str, *buttons: QWidget) -> Card:
    """Return a card that says what its buttons are for."""
    card = Card(title)
    card.body.setSpacing(MEDIUM)
    card.body.addWidget(label(words, "muted", wrap=True))
    card.body.addLayout(row(*buttons, 1, spacing=MEDIUM))
    return card


def row(*parts: QWidget | int, spacing: int = SMALL) -> QHBoxLayout:
    """Return parts side by side; a number is the weight of an empty stretch."""
    layout = QHBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for part in parts:
        if isinstance(part, int):
            layout.addStretch(part)
        else:
            layout.addWidget(part)
    return layout


def focus_checked(group: QButtonGroup) -> None:
    """Put the cursor on the choice that is made already."""
    if (checked := group.checkedButton()) is not None:
        checked.setFocus()


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear_layout(inner)


def ems(widget: QWidget, letters: float) -> int:
    """Return the width of so many letters in the font of a widget, at any text size."""
    return round(widget.fontMetrics().averageCharWidth() * letters)
