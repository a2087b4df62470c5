"""The small question asked before a child leaves the playroom: who is taking it?"""

from datetime import time
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from kadin_danisma.domain.collecting import Standing, Verdict, collectors, pickup
from kadin_danisma.domain.drafts import Typed
from kadin_danisma.domain.records import Client, PlayroomVisit
from kadin_danisma.domain.text import tidy
from kadin_danisma.i18n import _
from kadin_danisma.ui.style import MEDIUM, SMALL, Tone
from kadin_danisma.ui.widgets.fields import Field, TimeEdit
from kadin_danisma.ui.widgets.flow import FlowLayout
from kadin_danisma.ui.widgets.parts import button, ems, keep_unlearned, label, restyle, row
from kadin_danisma.ui.widgets.ruledout import asked_tick, logged_words, ruled_out_words
from kadin_danisma.ui.widgets.sides import Sides
from kadin_danisma.ui.words import join, safety_words


class LetOut(QWidget):
    """Asks who collects, beginning with whom the mother named; Enter lets out, Escape leaves.

    Somebody whom she ruled out is named in red, and Enter does nothing until a tick says that she
    was asked: that is logged.

    Args:
        visit: The child's visit.
        now: The time to begin with.
        client: The mother's file, for what it says of who may not know.
    """

    #: Emitted with who collects, when, and whether the mother was asked about somebody she ruled
    #: out.
    confirmed = Signal(str, object, bool)
    #: Emitted with what must be seen, now that it is there.
    told = Signal(object)
    #: Emitted when the question is left without an answer.
    left = Signal()

    def __init__(
        self, visit: PlayroomVisit, now: time | None, client: Client | None = None
    ) -> None:
        super().__init__()
        self._visit = visit
        self._pickup = pickup(visit, client)
        named = collectors(visit.may_collect)
        self.person = QLineEdit(named[0] if named else "")
        keep_unlearned(self.person)
        self.person.setMinimumWidth(ems(self.person, 18))
        self.time = TimeEdit(now, optional=False)
        self.time.setFixedWidth(ems(self.time, 11))
        self.warning = label("", wrap=True)
        self.trouble = label("", "error", wrap=True)
        self.do = button(_("Hand over"), self.confirm, kind="primary", key=_("Enter"))
        self.cancel = button(_("Cancel"), self.left.emit, key="Esc")
        safety = join(*safety_words(client).details) if client is not None else ""
        self.safety = label(safety, wrap=True)
        self.asked = asked_tick()
        self._logged = logged_words()
        self._lay_out(named)
        self.person.textChanged.connect(self._weigh)
        self._weigh()

    def confirm(self) -> None:
        """Say who collects, if that and the time can be read."""
        self.say_trouble(self.time.problem() or self._nobody() or self._not_asked())
        moment = self.time.value()
        if not self.trouble.text() and moment is not None:
            agreed = self._verdict().standing is Standing.EXCLUDED and self.asked.isChecked()
            self.confirmed.emit(tidy(self.person.text()), moment, agreed)

    def typed(self) -> dict[str, Typed]:
        """Return what was typed."""
        return {"person": self.person.text(), "time": self.time.text()}

    def whose(self) -> str:
        """Return the id of the mother's file."""
        return self._visit.client_id

    def say_unkept(self, sentence: str) -> None:
        """Say that what is typed cannot be kept."""
        self.say_trouble(sentence)

    def say_trouble(self, sentence: str) -> None:
        """Show why it cannot be done; an empty sentence takes it away."""
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter lets out from any field, Escape leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.do.click()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancel.click()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, named: tuple[str, ...]) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SMALL, 0, 0)
        layout.setSpacing(SMALL)
        choices = [button(name, partial(self._take, name), kind="chip") for name in named]
        # The answers go below the fields where they do not stand beside them.
        fields, answers = QWidget(), QWidget()
        fields.setLayout(
            row(Field(_("Who collects?"), self.person), Field(_("Time"), self.time), spacing=MEDIUM)
        )
        answers.setLayout(row(self.cancel, self.do, spacing=MEDIUM))
        if len(named) > 1:
            layout.addLayout(_flow(label(_("Written down:"), "muted"), *choices))
        layout.addWidget(Sides(fields, answers))
        self._banner = _banner(self.warning, Tone.WARN)
        if self.safety.text():
            layout.insertWidget(0, _banner(self.safety, Tone.DANGER))
        layout.addWidget(self._banner)
        layout.addWidget(self.asked)
        layout.addWidget(self._logged)
        layout.addWidget(self.trouble)
        self.trouble.hide()

    def _take(self, name: str) -> None:
        self.person.setText(name)
        self.person.setFocus()

    def _nobody(self) -> str:
        return "" if tidy(self.person.text()) else _("Please type who collects the child.")

    def _not_asked(self) -> str:
        if self._verdict().standing is not Standing.EXCLUDED or self.asked.isChecked():
            return ""
        self.asked.setFocus()
        return _("Do not hand over the child before the mother was asked and you ticked that.")

    def _verdict(self) -> Verdict:
        return self._pickup.verdict(self.person.text())

    def _weigh(self) -> None:
        """Warn while somebody is typed whom the mother did not name, or ruled out."""
        typed, verdict = tidy(self.person.text()), self._verdict()
        excluded = verdict.standing is Standing.EXCLUDED
        # A tick is for one person: another name asks anew.
        self.asked.setChecked(False)
        for part in (self.asked, self._logged):
            part.setVisible(excluded)
        self.warning.setText(self._warning(typed, verdict))
        restyle(self._banner, "tone", str(Tone.DANGER if excluded else Tone.WARN))
        restyle(self.warning, "role", "strong" if excluded else "body")
        self._banner.setVisible(bool(self.warning.text()))
        self.person.setAccessibleDescription(self.warning.text())
        anyway = typed and verdict.standing is not Standing.NAMED
        words = _("Hand over anyway") if anyway else _("Hand over")
        self.do.setText(f"{words}   {_('Enter')}")
        self.do.setAccessibleName(words)
        restyle(self.do, "kind", "plain" if excluded else "primary")
        if excluded:
            # Once it is laid out; until then there is nowhere to scroll to.
            QTimer.singleShot(0, self, lambda: self.told.emit(self.asked))
        self.say_trouble("")

    def _warning(self, typed: str, verdict: Verdict) -> str:
        if verdict.standing is Standing.EXCLUDED:
            return ruled_out_words(typed, verdict.because)
        if not collectors(self._visit.may_collect):
            return _("It was not recorded who may collect. Ask the mother.")
        if typed and verdict.standing is not Standing.NAMED:
            return _("This person is not on the list. Ask the mother before the child leaves.")
        return ""


def _flow(*parts: QWidget) -> FlowLayout:
    layout = FlowLayout(spacing=SMALL)
    for part in parts:
        layout.addWidget(part)
    return layout


def _banner(words: QLabel, tone: Tone) -> QFrame:
    banner = QFrame()
    banner.setProperty("kind", "banner")
    banner.setProperty("tone", str(tone))
    inside = QVBoxLayout(banner)
    inside.setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)
    inside.addWidget(words)
    return banner
