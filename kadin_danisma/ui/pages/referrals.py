"""Yönlendirmeler: what waits for an answer first, and the answer with two keys."""

from datetime import date
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.codes import Code
from kadin_danisma.domain.dates import show_date, show_number
from kadin_danisma.domain.drafts import Draft, Form
from kadin_danisma.domain.lists import REFERRAL_METHOD, REFERRAL_OUTCOME
from kadin_danisma.domain.places import INSTITUTION
from kadin_danisma.domain.records import Referral
from kadin_danisma.domain.referral import awaits_answer
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.views import ReferralLine
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services import casework, referring, standing
from kadin_danisma.services.desk import gone
from kadin_danisma.ui.dialogs.referral import ReferralDialog
from kadin_danisma.ui.kept import KeptForm
from kadin_danisma.ui.models.table import Column, RecordModel
from kadin_danisma.ui.pages.page import Page
from kadin_danisma.ui.style import MEDIUM, Tone
from kadin_danisma.ui.widgets.answer import AnswerPanel
from kadin_danisma.ui.widgets.codebox import CodeBox
from kadin_danisma.ui.widgets.filters import Filters
from kadin_danisma.ui.widgets.parts import EmptyState, button, ems, row
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.words import join, referral_state, referral_tone, waiting_tone
from kadin_danisma.ui.workplace import Workplace

#: So many referrals are shown of those already answered.
SHOWN = 500
_HOW, _SENT, _ANSWERED = 2, 3, 6
_EVERY = "every"
#: The list gives way, down to this height, to the answer in large print.
_LEAST = 120


def waiting_count(place: Workplace) -> int:
    """Return how many referrals wait for an answer, for the side bar."""
    return referring.count_waiting(place.desk)


class ReferralsPage(Page):
    """The list of referrals and the answer to the one that is marked.

    Args:
        place: The desk and the window's means.
    """

    cares = frozenset({Kind.REFERRAL, Kind.CLIENT, Kind.VAULT})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, _("Referrals"), " ")
        self.dialog: ReferralDialog | None = None
        self._kept: KeptForm | None = None
        self._records = place.desk.may(Action.RECORD)
        if self._records:
            self.header.add_primary(_("New referral"), self.open_new, "Ctrl+N")
        self.shown = Filters(_("Show"), {"waiting": _("Waiting"), "all": _("All")})
        self.shown.chosen_changed.connect(lambda _key: self.reload())
        self.institution = CodeBox(_institutions(), _EVERY)
        self.institution.setAccessibleName(_("Institution"))
        self.institution.setMaximumWidth(ems(self, 44))
        self.institution.chosen_changed.connect(lambda _key: self.reload())
        self.body.addLayout(row(self.shown, 1, self.institution, spacing=MEDIUM))
        self.model: RecordModel[ReferralLine] = RecordModel(_columns())
        self.table: TableView[ReferralLine] = TableView(self.model, place.look, _("Referrals"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        new = button(_("New referral"), self.open_new) if self._records else None
        self._nothing = EmptyState("", "", new)
        self._stack.addWidget(self._nothing)
        self._stack.setMinimumHeight(_LEAST)
        self.answer = AnswerPanel(place.desk.today())
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self.answer)
        self._connect()

    def reload(self) -> None:
        """Show the referrals that are wanted; what is marked stays so, and nothing else is."""
        waiting = referring.waiting(self.place.desk)
        lines = waiting
        if self.shown.chosen() == "all":
            lines = referring.referrals(self.place.desk, SHOWN)
        wanted = self.institution.value()
        lines = [line for line in lines if wanted in (_EVERY, line.referral.institution)]
        self.model.set_rows(lines)
        self._fit_columns()
        self._say_nothing(wanted)
        self._stack.setCurrentWidget(self.table if lines else self._nothing)
        self._show_line(self.table.current())
        self._count(waiting, len(lines))

    def enter(self) -> None:
        """Load, and put the list under the keys."""
        super().enter()
        self.table.setFocus()

    def open_new(self, client_id: str = "") -> None:
        """Open the form of a new referral; of this file where one is named."""
        self.dialog = ReferralDialog.for_new(self, self.place, client_id)
        self.dialog.saved.connect(
            lambda: self.place.nav.said.emit(_("The referral was recorded."), None)
        )
        self.dialog.open()

    def correct(self, line: ReferralLine) -> None:
        """Open the form of a referral to correct it."""
        # A list has no notes: without hers the form would take it back.
        found = casework.record_of(self.place.desk, Kind.REFERRAL, line.referral.id)
        assert isinstance(found, Referral)
        self.dialog = ReferralDialog(self, self.place, found, is_new=False)
        self.dialog.open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the institution its room in large print and small windows."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        self.table.setColumnHidden(_HOW, self.width() < ems(self, 130))
        self.table.setColumnHidden(_SENT, self.width() < ems(self, 85))
        self.table.setColumnHidden(_ANSWERED, self.shown.chosen() == "waiting")

    def _connect(self) -> None:
        self.table.current_changed.connect(self._show_line)
        self.table.opened.connect(lambda _line: self.answer.begin())
        self.answer.left.connect(self.table.setFocus)
        self.answer.answered.connect(self._close)
        self.answer.file_wanted.connect(self.place.nav.client_wanted)
        self.answer.correction_wanted.connect(self.correct)

    def leave(self) -> None:
        """Let go of an answer half given; it is kept."""
        super().leave()
        self._let_go()

    def take_up(self, draft: Draft) -> None:
        """Go on with an answer that was not given.

        Raises:
            KnownError: The referral is not there for her any more.
        """
        self.institution.set_value(_EVERY)
        for shown in ("all", "waiting"):
            # Of all only the latest are shown; one that has waited for long may not be among them.
            self.shown.choose(shown)
            self.reload()
            if (at := self._row_of(draft.record_id)) is not None:
                break
        else:
            raise standing.why_missing(self.place.desk, Kind.REFERRAL, draft.record_id)
        line = self.model.rows[at]
        if line.seal is Seal.CLOSED:
            raise gone()
        self.table.selectRow(at)
        self._show_line(line)
        if self._kept is not None:
            self._kept.take_up(draft)
            self.answer.day.setText(str(draft.typed.get("day", "")))
        self.answer.begin()

    def _row_of(self, referral_id: str) -> int | None:
        rows = enumerate(self.model.rows)
        return next((n for n, line in rows if line.referral.id == referral_id), None)

    def _show_line(self, line: ReferralLine | None) -> None:
        is_hers = line is not None and line.seal is not Seal.CLOSED
        if self._kept is not None and self._is_typing_for(line):
            return
        self._let_go()
        self.answer.show_line(line if self._records and is_hers else None)
        if self._records and line is not None and is_hers:
            self._kept = KeptForm(
                keeper=self.place.drafts,
                owner=self.answer,
                form=Form.ANSWER,
                begun_at=self.place.desk.clock.now(),
                record_id=line.referral.id,
                revision=line.referral.revision,
            )
            self.place.drafts.watch(self._kept)

    def _is_typing_for(self, line: ReferralLine | None) -> bool:
        """Tell whether an answer to just this referral is half typed: a reload leaves it alone."""
        kept = self._kept
        if kept is None or line is None or not kept.is_touched():
            return False
        return (line.referral.id, line.referral.revision) == (kept.record_id, kept.revision)

    def _let_go(self) -> None:
        """Keep what was typed for the referral that was marked, and watch it no more."""
        if self._kept is not None:
            self.place.drafts.leave(self._kept)
            self.place.drafts.close(self._kept)
            self._kept = None

    def _close(self, line: ReferralLine, outcome: str, day: date | None) -> None:
        referral = line.referral
        kept = self._kept
        try:
            with self.place.desk.finishing(kept.id if kept else "", Kind.REFERRAL):
                change = referring.close(self.place.desk, referral.id, outcome, day)
        except KnownError as error:
            self.answer.say_trouble(error.message)
            return
        if kept is not None:
            self._kept = None
            self.place.drafts.finished(kept)
        self.place.bus.changed.emit(change)
        self.table.setFocus()
        self.place.nav.said.emit(
            _("Recorded: {answer}").format(answer=REFERRAL_OUTCOME.label(outcome)),
            partial(self._take_back, referral.id, referral.outcome, referral.outcome_date),
        )

    def _take_back(self, referral_id: str, outcome: str, day: date | None) -> None:
        try:
            change = referring.close(self.place.desk, referral_id, outcome, day)
        except KnownError as error:
            self.place.nav.said.emit(error.message, None)
        else:
            self.place.bus.changed.emit(change)

    def _count(self, waiting: list[ReferralLine], shown: int) -> None:
        late = sum(waiting_tone(line.days_waiting) is Tone.DANGER for line in waiting)
        words = ngettext("{n} waiting", "{n} waiting", len(waiting)).format(n=len(waiting))
        overdue = ngettext("{n} overdue", "{n} overdue", late).format(n=late) if late else ""
        listed = ngettext("{n} shown", "{n} shown", shown).format(n=show_number(shown))
        if self.shown.chosen() == "all" and shown == SHOWN:
            listed = _("the latest {n} shown").format(n=show_number(shown))
        self.header.subtitle.setText(join(words if waiting else "", overdue, listed))

    def _say_nothing(self, institution: str) -> None:
        if institution != _EVERY:
            words = _("Nothing was sent to this institution."), _("Choose another one above.")
            if self.shown.chosen() == "waiting":
                words = _("Nothing of this institution is waiting."), words[1]
        elif self.shown.chosen() == "waiting":
            words = (
                _("No referral is waiting for an answer."),
                _("Referrals stay here until a reply is recorded."),
            )
        else:
            words = (
                _("Nobody was referred yet."),
                _("Ctrl+N records that a client was sent to an institution."),
            )
        self._nothing.say(*words)


def _institutions() -> list[Code]:
    return [Code(_EVERY, "Tüm kurumlar", "All institutions"), *INSTITUTION]


def _state(line: ReferralLine) -> str:
    if not awaits_answer(line.referral):
        return referral_state(line.referral)
    late = waiting_tone(line.days_waiting) is Tone.DANGER
    return _("Overdue") if late else _("Waiting")


def _tone(line: ReferralLine) -> Tone:
    if not awaits_answer(line.referral):
        return referral_tone(line.referral)
    return waiting_tone(line.days_waiting)


def _waited(line: ReferralLine) -> str:
    if not awaits_answer(line.referral):
        return "–"
    return ngettext("{n} day", "{n} days", line.days_waiting).format(n=line.days_waiting)


def _answered(line: ReferralLine) -> str:
    day = line.referral.outcome_date
    return show_date(day) if day else "–"


def _sent(line: ReferralLine) -> date:
    return line.referral.date


def _day_of_the_answer(line: ReferralLine) -> date:
    return line.referral.outcome_date or date.min


def _institution(line: ReferralLine) -> str:
    if line.seal is Seal.CLOSED:
        return _("restricted file")
    return INSTITUTION.label(line.referral.institution)


def _how(line: ReferralLine) -> str:
    return "–" if line.seal is Seal.CLOSED else REFERRAL_METHOD.label(line.referral.method)


def _columns() -> tuple[Column[ReferralLine], ...]:
    return (
        Column(_("File"), lambda line: line.file_no, width=10),
        Column(_("Institution"), _institution),
        Column(_("How"), _how, width=13),
        Column(_("Sent"), lambda line: show_date(line.referral.date), width=11, key=_sent),
        Column(_("Since"), _waited, right=True, width=8, key=lambda line: line.days_waiting),
        Column(_("State"), _state, tone=_tone, width=18),
        Column(_("Answered"), _answered, width=11, key=_day_of_the_answer),
    )
