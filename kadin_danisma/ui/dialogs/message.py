"""Calm sentences above a page: something happened, or something must be decided."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from kadin_danisma.i18n import _
from kadin_danisma.ui.style import LARGE, MEDIUM, PAGE, WIDE
from kadin_danisma.ui.widgets.focus import ReadingOrder
from kadin_danisma.ui.widgets.parts import button, ems, label, row


class Message(ReadingOrder, QDialog):
    """A title, a sentence, one or two answers; where there are two, Enter changes nothing.

    Args:
        parent: The window it belongs to.
        title: What it is about.
        sentence: What happened, that nothing was lost, what to do.
        yes: The words of the primary answer.
        no: The words of the other answer; none where there is nothing to decide.
        small: Words for whoever repairs the program; never personal data.
    """

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        sentence: str,
        yes: str = "",
        no: str = "",
        small: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Kadın Danışma"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setModal(True)
        self.setMinimumWidth(ems(self, 60))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(PAGE, WIDE, PAGE, WIDE)
        layout.setSpacing(MEDIUM)
        layout.addWidget(label(title, "strong", wrap=True))
        self.words = label(sentence, wrap=True)
        layout.addWidget(self.words)
        self.small = label(small, "note", wrap=True)
        self.small.setVisible(bool(small))
        layout.addWidget(self.small)
        layout.addSpacing(LARGE)
        self.yes = button(yes or _("Close"), self.accept, kind="primary")
        answers = [self.yes]
        self.no = button(no, self.reject)
        if no:
            answers.insert(0, self.no)
        answers[0].setDefault(True)
        layout.addLayout(row(1, *answers, spacing=MEDIUM))
        # Qt measures wrapped words as if in fewer lines; a long sentence would be cut off.
        self.ensurePolished()
        self.setMinimumHeight(layout.totalHeightForWidth(self.minimumWidth()))

    def done(self, result: int) -> None:
        """Close and let go."""
        super().done(result)
        self.deleteLater()


def say(parent: QWidget | None, title: str, sentence: str) -> Message:
    """Say something that has to be read; return the open dialog."""
    made = Message(parent, title, sentence)
    made.open()
    return made


def ask(
    parent: QWidget | None, title: str, sentence: str, yes: str, decided: Callable[[], object]
) -> Message:
    """Ask whether something shall be done; return the open dialog.

    Args:
        parent: The window it belongs to.
        title: What it is about.
        sentence: What will happen.
        yes: The words of the answer that does it.
        decided: Called when that answer is given.
    """
    made = Message(parent, title, sentence, yes, _("Cancel"))
    made.accepted.connect(lambda: decided())
    made.open()
    return made
