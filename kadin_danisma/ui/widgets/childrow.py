"""A child in the playroom as one line of the board: who may take it home, large."""

from collections.abc import Callable
from datetime import date, datetime, time

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.dates import minutes_between, show_minutes, show_time
from kadin_danisma.domain.records import Client, PlayroomVisit
from kadin_danisma.domain.views import VisitLine
from kadin_danisma.i18n import _
from kadin_danisma.ui.style import LARGE, MEDIUM, TINY, Tone
from kadin_danisma.ui.widgets.circle import titles
from kadin_danisma.ui.widgets.letout import LetOut
from kadin_danisma.ui.widgets.parts import Pill, button, ems, label, restyle, row
from kadin_danisma.ui.words import join

_LET_OUT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
#: From so many letters on everything of a row stands side by side.
_WIDE = 75
_LET_OUT_LETTERS = frozenset("çÇcCoO")


def child_words(visit: PlayroomVisit, today: date) -> str:
    """Return the child as it is called, and its age by the year of its birth."""
    if visit.birth_year is None:
        return visit.child
    age = today.year - visit.birth_year
    return _("{child}, {age} years old").format(child=visit.child, age=age)


class ChildRow(QFrame):
    """One child who is in; arrows move on, Ç or Enter asks who collects.

    Args:
        line: The visit.
        now: The present moment.
        safety: Returns the mother's file, for what it says of who may not know; asked when the
            child leaves.
    """

    #: Emitted with the row, who collects, when, and whether the mother was asked about somebody
    #: whom she had ruled out.
    confirmed = Signal(object, str, object, bool)
    #: Emitted with the client id when the file number is clicked.
    file_wanted = Signal(str)
    #: Emitted with -1 or 1 when an arrow moves on.
    moved = Signal(object, int)
    #: Emitted with the row when who collects is asked, and when that is left without an answer.
    asked = Signal(object)
    left = Signal(object)
    #: Emitted with what shall be in sight: the row that gets the focus, a warning in it.
    entered = Signal(object)

    def __init__(
        self,
        line: VisitLine,
        now: datetime,
        safety: Callable[[str], Client | None] = lambda _id: None,
    ) -> None:
        super().__init__()
        self.line = line
        self._safety = safety
        self.question: LetOut | None = None
        self.setProperty("kind", "choice")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._now = now
        self.since = Pill()
        self.out = button(_("Hand over"), self.ask, key=_("O"))
        keeps_place = self.out.sizePolicy()
        keeps_place.setRetainSizeWhenHidden(True)
        self.out.setSizePolicy(keeps_place)
        # Only somebody who can read who may collect lets the child go.
        self.out.setVisible(not self._closed)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(20, MEDIUM, 20, MEDIUM)
        self._outer.setSpacing(TINY)
        self._line = self._words()
        self._outer.addLayout(self._line)
        self.tick(now)

    def tick(self, now: datetime) -> None:
        """Show how long the child has been in."""
        self._now = now
        visit = self.line.visit
        if visit.date != now.date():
            self.since.show_state(_("No departure written"), Tone.WARN)
        else:
            minutes = max(0, minutes_between(visit.time_in, now.time()))
            self.since.show_state(show_minutes(minutes), Tone.INFO)
        may_collect = _("Ask: {people}") if self._closed else _("May collect: {who}")
        self.setAccessibleName(
            join(
                self._child(),
                may_collect.format(who=self._who(), people=self._who()),
                self.since.text(),
            )
        )

    def ask(self) -> None:
        """Ask who collects."""
        if self.question is not None or self._closed:
            return
        same_day = self.line.visit.date == self._now.date()
        now = time(self._now.hour, self._now.minute) if same_day else None
        self.question = LetOut(self.line.visit, now, self._safety(self.line.visit.client_id))
        self.question.confirmed.connect(
            lambda who, at, agreed: self.confirmed.emit(self, who, at, agreed)
        )
        self.question.left.connect(self.leave)
        self.question.told.connect(self.entered)
        self._outer.addWidget(self.question)
        self.question.show()
        self.out.hide()
        restyle(self, "active", True)
        self.question.person.setFocus()
        self.question.person.selectAll()
        self.asked.emit(self)

    def leave(self) -> None:
        """Take the question away."""
        self.left.emit(self)
        question, self.question = self.question, None
        if question is not None:
            self._outer.removeWidget(question)
            question.hide()
            question.deleteLater()
        self.out.show()
        restyle(self, "active", False)
        self.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put who may collect below the child where both do not stand side by side, uncut."""
        narrow = self.width() < ems(self, _WIDE)
        directions = QBoxLayout.Direction
        self._line.setDirection(directions.TopToBottom if narrow else directions.LeftToRight)
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move on; Ç or Enter asks who collects."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self.moved.emit(self, step)
        elif event.key() in _LET_OUT_KEYS or event.text() in _LET_OUT_LETTERS:
            self.ask()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the row is the current one."""
        super().focusInEvent(event)
        self.entered.emit(self)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask who collects."""
        super().mouseDoubleClickEvent(event)
        self.ask()

    @property
    def _closed(self) -> bool:
        return self.line.seal is Seal.CLOSED

    def _child(self) -> str:
        if self._closed:
            return _("restricted file")
        return child_words(self.line.visit, self._now.date())

    def _who(self) -> str:
        if self._closed:
            return titles(self.line.circle)
        return self.line.visit.may_collect or _("nobody written down")

    def _words(self) -> QHBoxLayout:
        visit = self.line.visit
        layout = row(spacing=LARGE)
        child = label(self._child(), "strong", wrap=True)
        number = button(self.line.file_no, lambda: self.file_wanted.emit(visit.client_id))
        restyle(number, "kind", "link")
        number.setToolTip(_("Open the file"))
        number.setAccessibleName(_("Open file {number}").format(number=self.line.file_no))
        came = label(_("In at {time}").format(time=show_time(visit.time_in)), "muted")
        layout.addWidget(_column(child, row(number, came, 1, spacing=MEDIUM)), 4)
        who = label(self._who(), "hero", wrap=True)
        who.setMinimumWidth(ems(self, 10))
        layout.addWidget(
            _column(label(_("ASK") if self._closed else _("MAY COLLECT"), "label"), who), 5
        )
        ends = QWidget()
        ends.setLayout(row(self.since, self.out, spacing=LARGE))
        layout.addWidget(ends, 0, Qt.AlignmentFlag.AlignRight)
        return layout


def _column(*parts: QWidget | QHBoxLayout) -> QWidget:
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(TINY)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        else:
            layout.addLayout(part)
    layout.addStretch(1)
    return made
