"""Oyun Odası: who is in now, who may collect, and who has gone."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.collecting import is_named
from kadin_danisma.domain.dates import minutes_between, show_long_date, show_minutes, show_time
from kadin_danisma.domain.drafts import Draft, Form
from kadin_danisma.domain.records import Client
from kadin_danisma.domain.views import VisitLine
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services import casework, playroom, standing
from kadin_danisma.services.desk import gone
from kadin_danisma.ui.dialogs.visit import VisitDialog
from kadin_danisma.ui.kept import KeptForm
from kadin_danisma.ui.models.table import Column, RecordModel
from kadin_danisma.ui.pages.page import Page
from kadin_danisma.ui.style import MEDIUM, Tone
from kadin_danisma.ui.widgets.childrow import ChildRow, child_words
from kadin_danisma.ui.widgets.parts import EmptyState, button, clear_layout, label
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.words import join
from kadin_danisma.ui.workplace import Workplace

#: How often "since when" is counted anew, in milliseconds.
_MINUTE = 60_000
#: The height of the empty board, in pixels at 100 %.
_EMPTY = 280


def children_in(place: Workplace) -> int:
    """Return how many children are in, for the side bar."""
    return playroom.count_in(place.desk)


class PlayroomPage(Page):
    """The board of the playroom.

    Args:
        place: The desk and the window's means.
    """

    cares = frozenset({Kind.PLAYROOM_VISIT, Kind.CLIENT})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, _("Playroom"))
        self.day = place.desk.today()
        self._follows_today = True
        self.rows: list[ChildRow] = []
        self.dialog: VisitDialog | None = None
        #: The questions who collects that are open, by their visits.
        self._kept: dict[str, KeptForm] = {}
        self._build_header()
        self._model = RecordModel(_columns(self._today))
        self.gone = TableView(self._model, place.look, _("Children who have been collected"))
        self.gone.opened.connect(self.correct)
        self._gone_title = label("", "strong")
        self._board = QVBoxLayout()
        self._board.setSpacing(MEDIUM)
        self.body.addWidget(self._scrolled())
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE)
        self._minute.timeout.connect(self.tick)
        self._minute.start()

    def reload(self) -> None:
        """Show the visits of the day."""
        lines = playroom.visits_on(self.place.desk, self.day)
        inside = [line for line in lines if line.visit.time_out is None]
        gone = [line for line in lines if line.visit.time_out is not None]
        self._fill_board(inside)
        self._model.set_rows(sorted(gone, key=_left_at, reverse=True))
        self.gone.fit_height(30)
        self.gone.setVisible(bool(gone))
        self._gone_title.setVisible(bool(gone))
        self._gone_title.setText(
            ngettext("{n} child was collected", "{n} children were collected", len(gone)).format(
                n=len(gone)
            )
        )
        count = ngettext("{n} child is in", "{n} children are in", len(inside))
        self.header.subtitle.setText(
            join(show_long_date(self.day), count.format(n=len(inside)) if inside else "")
        )
        self.later.setEnabled(self.day < self._today())
        self.present.setEnabled(self.day != self._today())

    def enter(self) -> None:
        """Load, and put the first child under the keys."""
        if self._follows_today and self.day != self._today():
            self.day = self._today()
            self.reload()
        super().enter()
        self.tick()
        if self.rows:
            self.rows[0].setFocus()

    def tick(self) -> None:
        """Count anew how long each child has been in."""
        now = self._now()
        for line in self.rows:
            line.tick(now)

    def show_day(self, day: date) -> None:
        """Show another day; never one that is still to come."""
        self.day = min(day, self._today())
        self._follows_today = self.day == self._today()
        self.reload()

    def check_in(self, client_id: str = "") -> None:
        """Open the form for a child that has just come; of this file where one is named."""
        self.dialog = VisitDialog.for_new(self, self.place, self.day, client_id)
        self.dialog.saved.connect(self._came_in)
        self.dialog.open()

    def correct(self, line: VisitLine) -> None:
        """Open the form of a visit that is over."""
        if line.seal is Seal.CLOSED:
            return
        self.dialog = VisitDialog(self, self.place, line.visit, is_new=False)
        self.dialog.open()

    def leave(self) -> None:
        """Let go of questions without an answer; what was typed is kept."""
        super().leave()
        for row in self.rows:
            if row.question is not None:
                row.leave()

    def take_up(self, draft: Draft) -> None:
        """Ask again who collects a child, with what was typed.

        Raises:
            KnownError: The child has left, or is not there for her any more.
        """
        self.show_day(date.fromisoformat(draft.day))
        row = next((row for row in self.rows if row.line.visit.id == draft.record_id), None)
        if row is None:
            raise standing.why_missing(self.place.desk, Kind.PLAYROOM_VISIT, draft.record_id)
        row.ask()
        if row.question is None:
            raise gone()
        self._kept[draft.record_id].take_up(draft)
        typed = draft.typed
        for name, field in (("person", row.question.person), ("time", row.question.time)):
            if name in typed:
                field.setText(str(typed[name]))

    def _build_header(self) -> None:
        step = timedelta(days=1)
        self.earlier = button("‹", lambda: self.show_day(self.day - step))
        self.later = button("›", lambda: self.show_day(self.day + step))
        self.present = button(_("Today"), lambda: self.show_day(self._today()))
        for part, name, key in (
            (self.earlier, _("Previous day"), "Alt+Left"),
            (self.present, _("Today"), ""),
            (self.later, _("Next day"), "Alt+Right"),
        ):
            part.setAccessibleName(name)
            part.setToolTip(name)
            self.header.add_part(part)
            self.header.bind(part, key)
        self.header.add_primary(_("Check a child in"), self.check_in, "Ctrl+N")

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, MEDIUM, 0)
        layout.setSpacing(MEDIUM)
        layout.addLayout(self._board)
        layout.addSpacing(MEDIUM)
        layout.addWidget(self._gone_title)
        layout.addWidget(self.gone)
        layout.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        return self._scroll

    def _fill_board(self, inside: list[VisitLine]) -> None:
        if inside and [row.line for row in self.rows] == inside:
            return
        for row in self.rows:
            self._leave_off(row)
        # Above a form the window remembers where the keys were, and they come back there.
        here: QWidget | None = self.window().focusWidget()
        was_here = here is not None and self._scroll.isAncestorOf(here)
        focused = next((n for n, row in enumerate(self.rows) if _holds(row, here)), 0)
        clear_layout(self._board)
        self.rows = [self._row(line) for line in inside]
        for row in self.rows:
            self._board.addWidget(row)
            row.show()  # Only what is shown already can be given the focus.
        if not self.rows:
            self._board.addWidget(self._nobody())
        if was_here and here is not self.gone:
            stays = self.rows[min(focused, len(self.rows) - 1)] if self.rows else self
            stays.setFocus()

    def _row(self, line: VisitLine) -> ChildRow:
        row = ChildRow(line, self._now(), self._safety)
        row.confirmed.connect(self._let_out)
        row.asked.connect(self._keep)
        row.left.connect(self._leave_off)
        row.moved.connect(self._move)
        row.entered.connect(lambda entered: self._scroll.ensureWidgetVisible(entered, 0, 0))
        row.file_wanted.connect(self.place.nav.client_wanted)
        return row

    def _nobody(self) -> EmptyState:
        if self.day != self._today():
            return EmptyState(_("No child is left in on this day."))
        made = EmptyState(
            _("No child is in the playroom now."),
            _("When a child comes, press Ctrl+N: choose the mother's file and write down who may "
              "collect the child."),
            button(_("Check a child in"), self.check_in),
        )  # fmt: skip
        made.setMinimumHeight(self.place.look.px(_EMPTY))
        return made

    def _move(self, row: ChildRow, step: int) -> None:
        at = self.rows.index(row) + step
        if 0 <= at < len(self.rows):
            self.rows[at].setFocus()

    def _keep(self, row: ChildRow) -> None:
        """Keep what is typed about who collects a child."""
        question, visit = row.question, row.line.visit
        assert question is not None
        self._kept[visit.id] = KeptForm(
            keeper=self.place.drafts,
            owner=question,
            form=Form.HAND_OVER,
            begun_at=self._now(),
            record_id=visit.id,
            revision=visit.revision,
            day=visit.date.isoformat(),
        )
        self.place.drafts.watch(self._kept[visit.id])

    def _came_in(self, visit_id: str) -> None:
        """Say so, and put the child under the keys: the row that had them was built anew."""
        self.place.nav.said.emit(_("Check-in recorded."), None)
        for row in self.rows:
            if row.line.visit.id == visit_id:
                row.setFocus()

    def _leave_off(self, row: ChildRow) -> None:
        """Let go of a question without an answer; what was typed is kept."""
        if (kept := self._kept.pop(row.line.visit.id, None)) is not None:
            self.place.drafts.leave(kept)
            self.place.drafts.close(kept)

    def _let_out(self, row: ChildRow, who: str, at: time, agreed: bool) -> None:
        visit, desk = row.line.visit, self.place.desk
        kept = self._kept.get(visit.id)
        try:
            with desk.finishing(kept.id if kept else "", Kind.PLAYROOM_VISIT):
                change = playroom.check_out(desk, visit.id, who, at, mother_agreed=agreed)
        except KnownError as error:
            if row.question is not None:
                row.question.say_trouble(error.message)
            return
        if kept is not None:
            self.place.drafts.finished(self._kept.pop(visit.id))
        self._tell(change)
        self.place.nav.said.emit(_("Check-out recorded."), partial(self._take_back, visit.id))

    def _take_back(self, visit_id: str) -> None:
        try:
            self._tell(playroom.undo_check_out(self.place.desk, visit_id))
        except KnownError as error:
            self.place.nav.said.emit(error.message, None)

    def _tell(self, change: Change) -> None:
        self.place.bus.changed.emit(change)

    def _safety(self, client_id: str) -> Client:
        """Return who must not know and what else matters when somebody is at the door."""
        return casework.safety_of(self.place.desk, client_id)

    def _today(self) -> date:
        return self.place.desk.today()

    def _now(self) -> datetime:
        return self.place.desk.clock.now()


def _holds(row: ChildRow, part: QWidget | None) -> bool:
    return part is not None and (row is part or row.isAncestorOf(part))


def _left_at(line: VisitLine) -> time:
    return line.visit.time_out or time()


def _came_at(line: VisitLine) -> time:
    return line.visit.time_in


def _stay(line: VisitLine) -> int:
    visit = line.visit
    return minutes_between(visit.time_in, visit.time_out) if visit.time_out else 0


def _stranger(line: VisitLine) -> Tone | None:
    visit = line.visit
    if visit.collected_by and not is_named(visit.collected_by, visit.may_collect):
        return Tone.WARN
    return None


def _child(line: VisitLine, today: date) -> str:
    if line.seal is Seal.CLOSED:
        return _("restricted file")
    return child_words(line.visit, today)


def _columns(today: Callable[[], date]) -> tuple[Column[VisitLine], ...]:
    return (
        Column(_("Left"), lambda line: show_time(_left_at(line)), width=6, key=_left_at),
        Column(_("Child"), lambda line: _child(line, today()), width=20),
        Column(_("File no"), lambda line: line.file_no, width=10),
        Column(_("In"), lambda line: show_time(line.visit.time_in), width=6, key=_came_at),
        Column(_("How long"), lambda line: show_minutes(_stay(line)), width=12, key=_stay),
        Column(_("Might collect"), lambda line: line.visit.may_collect, width=18),
        Column(_("Collected by"), lambda line: line.visit.collected_by, tone=_stranger),
    )
