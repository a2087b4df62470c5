"""The small question asked before a child leaves the playroom: who is taking it?"""

from datetime import time
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from kadin_danisma.domain.collecting import collectors, is_named
from kadin_danisma.domain.drafts import Typed
from kadin_danisma.domain.records import PlayroomVisit
from kadin_danisma.domain.text import tidy
from kadin_danisma.i18n import _
from kadin_danisma.ui.style import MEDIUM, SMALL, Tone
from kadin_danisma.ui.widgets.fields import Field, TimeEdit
from kadin_danisma.ui.widgets.parts import button, ems, keep_unlearned, label, row


class LetOut(QWidget):
    """Asks who collects, beginning with whom the mother named; Enter lets out, Escape leaves.

    Args:
        visit: The child's visit.
        now: The time to begin with.
        safety: What the mother's file says for her safety; empty where it says nothing.
    """

    #: Emitted with who collects, and when.
    confirmed = Signal(str, object)
    #: Emitted when the question is left without an answer.
    left = Signal()

    def __init__(self, visit: PlayroomVisit, now: time | None, safety: str = "") -> None:
        super().__init__()
        self._visit = visit
        named = collectors(visit.may_collect)
        self.person = QLineEdit(named[0] if named else "")
        keep_unlearned(self.person)
        self.person.setMinimumWidth(ems(self.person, 18))
        self.time = TimeEdit(now, optional=False)
        self.time.setFixedWidth(ems(self.time, 11))
        self.warning = label("", wrap=True)
        self.trouble = label("", "error", wrap=True)
        self.do = button(_("Let out"), self.confirm, kind="primary", key=_("Enter"))
        self.cancel = button(_("Cancel"), self.left.emit, key="Esc")
        self.safety = label(safety, wrap=True)
        self._lay_out(named)
        self.person.textChanged.connect(self._weigh)
        self._weigh()

    def confirm(self) -> None:
        """Say who collects, if that and the time can be read."""
        self.say_trouble(self.time.problem() or self._nobody())
        moment = self.time.value()
        if not self.trouble.text() and moment is not None:
            self.confirmed.emit(tidy(self.person.text()), moment)

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
            self.confirm()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, named: tuple[str, ...]) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SMALL, 0, 0)
        layout.setSpacing(SMALL)
        choices = [button(name, partial(self._take, name), kind="chip") for name in named]
        fields = row(
            Field(_("Who collects?"), self.person),
            Field(_("Time"), self.time),
            self.cancel,
            self.do,
            spacing=MEDIUM,
        )
        if len(named) > 1:
            layout.addLayout(row(label(_("Written down:"), "muted"), *choices, 1))
        layout.addLayout(fields)
        self._banner = _banner(self.warning, Tone.WARN)
        if self.safety.text():
            layout.insertWidget(0, _banner(self.safety, Tone.DANGER))
        layout.addWidget(self._banner)
        layout.addWidget(self.trouble)
        self.trouble.hide()

    def _take(self, name: str) -> None:
        self.person.setText(name)
        self.person.setFocus()

    def _nobody(self) -> str:
        return "" if tidy(self.person.text()) else _("Please type who collects the child.")

    def _weigh(self) -> None:
        """Warn while somebody is typed whom the mother did not name."""
        typed = tidy(self.person.text())
        named = is_named(typed, self._visit.may_collect)
        if not collectors(self._visit.may_collect):
            self.warning.setText(_("Nobody was written down who may collect. Ask the mother."))
        elif typed and not named:
            self.warning.setText(
                _("This person was not written down. Ask the mother before the child leaves.")
            )
        else:
            self.warning.setText("")
        self._banner.setVisible(bool(self.warning.text()))
        self.person.setAccessibleDescription(self.warning.text())
        words = _("Let out anyway") if typed and not named else _("Let out")
        self.do.setText(f"{words}   {_('Enter')}")
        self.do.setAccessibleName(words)


def _banner(words: QLabel, tone: Tone) -> QFrame:
    banner = QFrame()
    banner.setProperty("kind", "banner")
    banner.setProperty("tone", str(tone))
    inside = QVBoxLayout(banner)
    inside.setContentsMargins(MEDIUM, SMALL, MEDIUM, SMALL)
    inside.addWidget(words)
    return banner
