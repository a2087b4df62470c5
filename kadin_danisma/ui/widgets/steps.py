"""Steps that are shown one after the other, each with its button that goes on."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from kadin_danisma.ui.style import MEDIUM
from kadin_danisma.ui.widgets.focus import ENTER, tells_of_enter
from kadin_danisma.ui.widgets.parts import button, label, row


class Step(QWidget):
    """One thing to do, and the button that goes on.

    Args:
        sentence: What it is about.
        action: The words of the button.
        go_on: What the button does.
    """

    def __init__(self, sentence: str, action: str, go_on: Callable[[], object]) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(MEDIUM)
        if sentence:
            self.body.addWidget(label(sentence, "muted", wrap=True))
        self.trouble = label("", "error", wrap=True)
        self.trouble.hide()
        self.do = button(action, go_on, kind="primary", key="Enter")

    def finish(self, *beside: QWidget) -> None:
        """Put the trouble and the button below what was added, others beside it."""
        self.body.addWidget(self.trouble)
        self.body.addLayout(row(*beside, 1, self.do))
        self.body.addStretch(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by Enter, as the button says; a field tells of it by itself."""
        there = self.focusWidget()
        if event.key() not in ENTER or tells_of_enter(there):
            super().keyPressEvent(event)
            return
        # A key that is held down says nothing twice.
        if not event.isAutoRepeat():
            (there if isinstance(there, QPushButton) else self.do).click()

    def say_trouble(self, sentence: str) -> None:
        """Say what is wrong; an empty sentence takes it away."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))


class Steps(QStackedWidget):
    """Shows one of its steps."""

    #: Emitted when another step is in front, which may be higher or lower.
    moved = Signal()

    @property
    def step(self) -> Step:
        """Return the step in front."""
        found = self.currentWidget()
        assert isinstance(found, Step)
        return found

    def go_to(self, step: Step) -> None:
        """Show a step, and take no more room than it needs."""
        for each in self.findChildren(Step, options=Qt.FindChildOption.FindDirectChildrenOnly):
            upright = QSizePolicy.Policy.Preferred if each is step else QSizePolicy.Policy.Ignored
            each.setSizePolicy(QSizePolicy.Policy.Preferred, upright)
        self.setCurrentWidget(step)
        self.moved.emit()
