"""Bugün: what today asks of whoever is signed in."""

from collections.abc import Sequence
from datetime import datetime
from typing import Generic, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QWidget

from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.dates import (
    minutes_between,
    show_date,
    show_long_date,
    show_minutes,
    show_number,
    show_time,
)
from kadin_danisma.domain.lists import CONTACT_OUTCOME, SERVICE
from kadin_danisma.domain.places import INSTITUTION
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.views import ReferralLine, SessionLine, Today, VisitLine
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services.today import today
from kadin_danisma.ui.models.table import FIT, Column, RecordModel
from kadin_danisma.ui.pages.page import Page
from kadin_danisma.ui.style import SMALL, WIDE, Tone
from kadin_danisma.ui.widgets.circle import titles
from kadin_danisma.ui.widgets.columns import Columns, column
from kadin_danisma.ui.widgets.newcomers import NewcomersBanner
from kadin_danisma.ui.widgets.parts import Card, EmptyState, label
from kadin_danisma.ui.widgets.seals import SealsBanner
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.widgets.tamperings import TamperingBanner
from kadin_danisma.ui.widgets.unfinished import UnfinishedLines
from kadin_danisma.ui.words import file_words, join, outcome_tone, waiting_tone
from kadin_danisma.ui.workplace import Workplace

T = TypeVar("T")
_MINUTE = 60_000


class ListCard(Card, Generic[T]):
    """A card that holds a short list, or says what belongs there.

    Args:
        title: The heading.
        columns: How a line is shown.
        place: Where colours come from.
        empty: What stands there without any line: a title and a sentence.
    """

    def __init__(
        self,
        title: str,
        columns: Sequence[Column[T]],
        place: Workplace,
        empty: tuple[str, str],
    ) -> None:
        super().__init__(title)
        self.model: RecordModel[T] = RecordModel(columns)
        self.table: TableView[T] = TableView(
            self.model, place.look, title, bare=True, headless=True
        )
        self._empty = EmptyState(*empty)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._empty, 1)

    def show_rows(self, rows: Sequence[T], note: str = "") -> None:
        """Show these lines."""
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)
        self.set_note(note)


class TodayPage(Page):
    """Today's sessions, referrals waiting, children in, and the backup.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, _("Today"), show_long_date(place.desk.today()))
        sees = place.desk.may(Action.SEE_CLIENTS)
        if sees:
            self.search = self.header.add_search(_("Name, file number, phone …   Ctrl+K"))
            self.search.textEdited.connect(self._search)
        if place.desk.may(Action.RECORD):
            self.header.add_primary(
                _("New application"),
                lambda: place.nav.application_wanted.emit(""),
                "F2",
                bind=False,
            )
        self.sessions = ListCard(
            _("Today's sessions"),
            _session_columns(),
            place,
            (
                _("No session today yet"),
                _("Open a file and choose “New session”, or take a new application with F2."),
            ),
        )
        self.referrals = ListCard(
            _("Waiting for an answer"),
            _referral_columns(),
            place,
            (
                _("No referral is waiting"),
                _("Referrals stay here until a reply is recorded."),
            ),
        )
        self.playroom = ListCard(
            _("In the playroom now"),
            self._child_columns(),
            place,
            (_("The playroom is empty"), _("Children are listed here until they are collected.")),
        )
        self.day = Card(_("So far"))
        self.unfinished = UnfinishedLines(place, self.header)
        self.seals = SealsBanner(place)
        self.newcomers = NewcomersBanner(place)
        self.tamperings = TamperingBanner(place)
        self._lay_out(sees)
        self._minute = QTimer(self)
        self._minute.setInterval(_MINUTE)
        self._minute.timeout.connect(self._tick)
        for card in (self.sessions, self.referrals):
            card.table.opened.connect(self._open)
        self.playroom.table.opened.connect(self._open_visit)

    def enter(self) -> None:
        """Look anew each time: children stay longer, and midnight passes."""
        self._stale = True
        super().enter()
        self._minute.start()

    def leave(self) -> None:
        """Rest while another page is in front."""
        super().leave()
        self._minute.stop()

    def reload(self) -> None:
        """Ask the services what today holds."""
        self.tamperings.reload()
        self.seals.reload()
        self.newcomers.reload()
        self.unfinished.reload()
        now = today(self.place.desk)
        self.header.subtitle.setText(show_long_date(now.date))
        sessions, waiting, inside = now.sessions, now.waiting, now.children_in
        self.sessions.show_rows(
            sessions,
            ngettext("{n} session", "{n} sessions", len(sessions)).format(n=len(sessions)),
        )
        self.referrals.show_rows(
            waiting, ngettext("{n} open", "{n} open", len(waiting)).format(n=len(waiting))
        )
        self.playroom.show_rows(
            inside, ngettext("{n} child", "{n} children", len(inside)).format(n=len(inside))
        )
        self._show_day(now)

    def _lay_out(self, sees: bool) -> None:
        banners = (self.tamperings, self.seals, self.newcomers, self.unfinished)
        if not sees:
            for each in banners:
                self.body.addWidget(each)
            self.body.addWidget(self.day, 1)
            return
        for card in (self.sessions, self.referrals, self.playroom, self.day):
            card.setMinimumHeight(card.fontMetrics().lineSpacing() * 9)
        self.body.addWidget(
            Columns(
                (column(self.sessions, self.playroom), column(self.referrals, self.day)),
                (1, 1),
                # Many of them, in large letters, are higher than the window: they scroll as well.
                above=banners,
            ),
            1,
        )

    def _show_day(self, now: Today) -> None:
        self.day.clear()
        if self.place.desk.may(Action.SEE_CLIENTS):
            month = now.month
            done = sum(line.session.outcome == "completed" for line in now.sessions)
            self.day.body.addWidget(
                _figures(_("Today"), (now.applications_today, now.contacts_today, done))
            )
            self.day.body.addSpacing(SMALL)
            self.day.body.addWidget(
                _figures(_("This month"), (month.applications, month.contacts, month.sessions))
            )
        self.day.body.addStretch(1)
        # A backup cannot tell of itself, and nobody makes one of it.
        if not self.place.desk.vault.copied:
            self.day.body.addWidget(label(self._backup(now.last_backup), "note", wrap=True))

    def _backup(self, last: datetime | None) -> str:
        if last is None:
            return _("There is no backup yet. The coordinator makes one under “Administration”.")
        days = (self.place.desk.today() - last.date()).days
        when = {0: _("today"), 1: _("yesterday")}.get(days, show_date(last.date()))
        return _("Last backup: {day} {time}").format(day=when, time=show_time(last.time()))

    def _child_columns(self) -> list[Column[VisitLine]]:
        return [
            Column(_("Child"), lambda line: self._child(line), width=FIT),
            Column(_("Since"), lambda line: _since(line)),
            Column(
                _("Duration"),
                lambda line: show_minutes(self._minutes(line)),
                tone=lambda _line: Tone.INFO,
                right=True,
                width=FIT,
            ),
        ]

    def _child(self, line: VisitLine) -> str:
        visit = line.visit
        if line.seal is Seal.CLOSED:
            return file_words(line.file_no, line.seal)
        age = "" if visit.birth_year is None else str(visit.date.year - visit.birth_year)
        return ", ".join(part for part in (visit.child, age) if part)

    def _tick(self) -> None:
        """Look anew each minute, as long as anybody can see it: a closed window has no vault."""
        if self.isVisible():
            self.reload()

    def _minutes(self, line: VisitLine) -> int:
        return max(0, minutes_between(line.visit.time_in, self.place.desk.clock.now().time()))

    def _search(self, typed: str) -> None:
        # Set, not cleared: what is cleared can be brought back with Ctrl+Z.
        self.search.setText("")
        self.place.nav.search_wanted.emit(typed)

    def _open(self, line: SessionLine | ReferralLine) -> None:
        record = line.session if isinstance(line, SessionLine) else line.referral
        self.place.nav.client_wanted.emit(record.client_id)

    def _open_visit(self, _line: VisitLine) -> None:
        self.place.nav.page_wanted.emit("playroom")


def _session(line: SessionLine) -> str:
    if line.seal is Seal.CLOSED:
        return file_words(line.file_no, line.seal)
    return join(line.file_no, SERVICE.label(line.session.service))


def _state(line: SessionLine) -> str:
    return "" if line.seal is Seal.CLOSED else CONTACT_OUTCOME.label(line.session.outcome)


def _institution(line: ReferralLine) -> str:
    if line.seal is Seal.CLOSED:
        return _("restricted file")
    return INSTITUTION.label(line.referral.institution)


def _session_columns() -> list[Column[SessionLine]]:
    return [
        Column(
            _("Time"),
            lambda line: show_time(line.session.time) if line.session.time else "–",
            width=FIT,
        ),
        Column(_("Session"), _session),
        Column(
            _("State"),
            _state,
            tone=lambda line: outcome_tone(line.session.outcome) if _state(line) else None,
            right=True,
            width=FIT,
        ),
    ]


def _referral_columns() -> list[Column[ReferralLine]]:
    return [
        Column(_("File"), lambda line: line.file_no, width=FIT),
        Column(_("Institution"), _institution),
        Column(
            _("Waiting"),
            lambda line: ngettext("{n} day", "{n} days", line.days_waiting).format(
                n=line.days_waiting
            ),
            tone=lambda line: waiting_tone(line.days_waiting),
            right=True,
            width=FIT,
        ),
    ]


def _since(line: VisitLine) -> str:
    collects = line.visit.may_collect
    if line.seal is Seal.CLOSED:
        return join(
            _("in at {time}").format(time=show_time(line.visit.time_in)),
            _("ask: {people}").format(people=titles(line.circle)),
        )
    return join(
        _("in at {time}").format(time=show_time(line.visit.time_in)),
        _("may collect: {who}").format(who=collects) if collects else "",
    )


def _figures(title: str, numbers: tuple[int, int, int]) -> QWidget:
    """Return three counts with what they count, under the name of their span."""
    part = QWidget()
    grid = QGridLayout(part)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(WIDE)
    grid.setVerticalSpacing(0)
    grid.addWidget(label(title, "label"), 0, 0, 1, 3)
    words = (_("applications with a file"), _("contacts without a file"), _("sessions held"))
    for place, (number, what) in enumerate(zip(numbers, words, strict=True)):
        grid.addWidget(label(show_number(number), "title"), 1, place)
        grid.addWidget(label(what, "note"), 2, place)
    grid.setColumnStretch(len(words), 1)
    said = ", ".join(f"{number} {what}" for number, what in zip(numbers, words, strict=True))
    part.setAccessibleName(f"{title}: {said}")
    return part
