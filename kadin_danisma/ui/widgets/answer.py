"""The answer to a referral: one key each, with the day it came."""

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from kadin_danisma.domain.dates import show_date
from kadin_danisma.domain.drafts import Typed
from kadin_danisma.domain.lists import REFERRAL_OUTCOME
from kadin_danisma.domain.places import INSTITUTION
from kadin_danisma.domain.views import ReferralLine
from kadin_danisma.i18n import _
from kadin_danisma.ui.style import SMALL
from kadin_danisma.ui.widgets.fields import DateEdit
from kadin_danisma.ui.widgets.flow import FlowLayout
from kadin_danisma.ui.widgets.parts import Card, button, ems, label, restyle
from kadin_danisma.ui.words import join

#: The answers in the order of their keys 1 to 6; the last one takes an answer back.
ANSWERS = ("accepted", "rejected", "client_declined", "not_reached", "unknown", "waiting")


class AnswerPanel(Card):
    """What came of the referral that is marked in the list; Escape goes back to it.

    Alt with a figure answers from anywhere on the page, also while a day is typed; the bare figure
    does once one is here.

    Args:
        today: The day an answer came, unless another one is typed.
    """

    #: Emitted with the line, the outcome and the day.
    answered = Signal(object, str, object)
    #: Emitted when the panel is left without an answer.
    left = Signal()
    #: Emitted with the client id, and with the line to correct.
    file_wanted = Signal(str)
    correction_wanted = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._line: ReferralLine | None = None
        self._today = today
        self.setAccessibleName(_("Answer"))
        self.words = label("", "strong", wrap=True)
        self._below = label("", "note", wrap=True)
        self.file = button(_("Open the file"), self._open_file, kind="quiet")
        self.correct = button(_("Correct"), self._correct, kind="quiet")
        self.day = DateEdit(today, today)
        self.day.setAccessibleName(_("Day of the answer"))
        self.day.setFixedWidth(ems(self.day, 16))
        # Whoever comes here by Enter stands on none of the answers: a second Enter gives none.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.buttons: dict[str, QPushButton] = {}
        parts = QWidget()
        flow = FlowLayout(parts, spacing=SMALL)
        flow.addWidget(self.day)
        for number, outcome in enumerate(ANSWERS, start=1):
            words = REFERRAL_OUTCOME.label(outcome)
            made = button(words, partial(self.answer, outcome), key=f"Alt+{number}")
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.activated.connect(made.click)
            self.buttons[outcome] = made
            flow.addWidget(made)
        flow.addWidget(self.correct)
        flow.addWidget(self.file)
        self.body.setSpacing(SMALL)
        for part in (self.words, parts, self._below):
            self.body.addWidget(part)

    @property
    def trouble(self) -> str:
        """Return why an answer was not taken, empty where nothing is wrong."""
        return self._below.text() if self._below.property("role") == "error" else ""

    def show_line(self, line: ReferralLine | None) -> None:
        """Show which referral is answered; None where none is marked."""
        self._line = line
        self.setVisible(line is not None)
        if line is None:
            return
        referral = line.referral
        self.words.setText(
            join(line.file_no, INSTITUTION.label(referral.institution), show_date(referral.date))
        )
        self.day.set_value(referral.outcome_date or self._today)
        self.say_trouble("")
        for outcome, made in self.buttons.items():
            made.setEnabled(outcome != referral.outcome)

    def begin(self) -> None:
        """Take the focus, so that the next figure answers."""
        self.setFocus()

    def say_trouble(self, sentence: str) -> None:
        """Show why an answer was not taken; without a reason, how one is given."""
        hint = _("What was the outcome? Press Enter in the list, then a figure.")
        self._below.setText(sentence or hint)
        restyle(self._below, "role", "error" if sentence else "note")
        restyle(self.day, "wrong", bool(sentence))
        self.day.setAccessibleDescription(sentence)

    def typed(self) -> dict[str, Typed]:
        """Return what was typed."""
        return {"day": self.day.text()}

    def whose(self) -> str:
        """Return the id of the file of the referral that is marked."""
        return self._line.referral.client_id if self._line is not None else ""

    def say_unkept(self, sentence: str) -> None:
        """Say that what is typed cannot be kept."""
        self.say_trouble(sentence)

    def answer(self, outcome: str) -> None:
        """Give an answer."""
        if self._line is None or not self.buttons[outcome].isEnabled():
            return
        problem = self.day.problem() if outcome != "waiting" else ""
        self.say_trouble(problem)
        if not problem:
            day = None if outcome == "waiting" else self.day.value()
            self.answered.emit(self._line, outcome, day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Figures answer; Escape goes back to the list."""
        figure = event.text()
        if figure.isdigit() and 1 <= int(figure) <= len(ANSWERS) and not self.day.hasFocus():
            self.buttons[ANSWERS[int(figure) - 1]].click()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _open_file(self) -> None:
        if self._line is not None:
            self.file_wanted.emit(self._line.referral.client_id)

    def _correct(self) -> None:
        if self._line is not None:
            self.correction_wanted.emit(self._line)
