"""Başvurular: all of a day, a week or a month, with and without a file."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.dates import show_date, show_time
from kadin_danisma.domain.lists import APPLICANT_ROLE, CHANNEL, REASON
from kadin_danisma.domain.records import Application
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.sifting import Standing, Tally, standing_of
from kadin_danisma.domain.spans import DAY, Span
from kadin_danisma.domain.views import ApplicationLine
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services import applications, casework
from kadin_danisma.ui.dialogs.application import ApplicationDialog
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.dialogs.linking import LinkDialog
from kadin_danisma.ui.models.table import Column, RecordModel
from kadin_danisma.ui.pages.page import Page
from kadin_danisma.ui.style import MEDIUM, Tone
from kadin_danisma.ui.widgets.parts import EmptyState, button, ems, row
from kadin_danisma.ui.widgets.sievebar import SieveBar
from kadin_danisma.ui.widgets.spanbar import EARLIER, LATER, SpanBar
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.words import join
from kadin_danisma.ui.workplace import Workplace

#: The columns that give way in a narrow window, and below how many letters.
_ROOMY = {4: 143, 7: 126, 3: 95}


class ApplicationsPage(Page):
    """The list of applications and contacts; Enter opens one to correct it.

    Args:
        place: The desk and the window's means.
    """

    cares = frozenset({Kind.APPLICATION, Kind.CLIENT, Kind.VAULT})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, _("Applications"), " ")
        self.dialog: FormDialog | None = None
        self._all: list[ApplicationLine] = []
        self._records = place.desk.may(Action.RECORD)
        if self._records:
            self.header.add_primary(_("New application"), self._new, "F2", bind=False)
        self.span = SpanBar(place.desk.today())
        self.span.changed.connect(lambda _span: self.reload())
        self.sieve = SieveBar()
        self.sieve.changed.connect(lambda _sieve: self._show())
        self.body.addWidget(self.span)
        self.body.addWidget(self.sieve)
        self.model: RecordModel[ApplicationLine] = RecordModel(_columns())
        self.table: TableView[ApplicationLine] = TableView(
            self.model, place.look, _("Applications")
        )
        self.table.opened.connect(self.open)
        self.table.current_changed.connect(self._allow)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._nothing = EmptyState("", "")
        self._stack.addWidget(self._nothing)
        self.body.addWidget(self._stack, 1)
        self._add_actions()

    def reload(self) -> None:
        """Read the applications of the chosen days anew; the mark stays on its record."""
        span = self.span.span
        self._all = applications.applications(self.place.desk, span.first, span.last)
        self._show()

    def enter(self) -> None:
        """Load, and put the list under the keys."""
        super().enter()
        self.table.setFocus()

    def go_to(self, application_id: str, day: date) -> None:
        """Show the applications of a day with the mark on one of them."""
        self.sieve.clear()
        self.span.choose(Span.around(day, DAY))
        self._mark(application_id)
        self.table.setFocus()

    def open(self, line: ApplicationLine) -> None:
        """Open an application to correct it; of a restricted file of others, whom to ask."""
        if line.seal is Seal.CLOSED:
            self.place.nav.client_wanted.emit(line.application.client_id)
            return
        found = casework.record_of(self.place.desk, Kind.APPLICATION, line.application.id)
        assert isinstance(found, Application)
        self._open(ApplicationDialog(self, self.place, found, is_new=False))

    def link(self) -> None:
        """Open the form that says whose the marked contact was."""
        line = self.table.current()
        if line is not None and self.to_link.isEnabled():
            self._open(LinkDialog(self, self.place, line.application))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the reasons their room in large print and small windows."""
        super().resizeEvent(event)
        for place, least in _ROOMY.items():
            self.table.setColumnHidden(place, self.width() < ems(self, least))

    def _add_actions(self) -> None:
        """Add what can be done with the marked one; each has its key."""
        self.to_correct = button(_("Correct"), self._open_current, key="Ctrl+D")
        self.to_link = button(_("Link to a file"), self.link, key="Ctrl+L")
        self.to_file = button(_("Open file"), self._open_file, key="Ctrl+O")
        self.header.bind(self.to_correct, "Ctrl+D")
        self.header.bind(self.to_link, "Ctrl+L")
        self.header.bind(self.to_file, "Ctrl+O")
        for key, leaf in ((EARLIER, self.span.back), (LATER, self.span.onward)):
            QShortcut(QKeySequence(key), self, leaf.click)
        line = row(self.to_correct, self.to_link, self.to_file, 1, spacing=MEDIUM)
        self.body.addLayout(line)
        self._allow(None)

    def _allow(self, line: ApplicationLine | None) -> None:
        hers = line is not None and line.seal is not Seal.CLOSED
        contact = line is not None and standing_of(line) is Standing.CONTACT
        self.to_correct.setEnabled(hers)
        self.to_link.setEnabled(self._records and contact)
        self.to_file.setEnabled(line is not None and not contact)

    def _show(self) -> None:
        sieve = self.sieve.sieve()
        people = {line.taken_by_id: line.taken_by for line in self._all}
        self.sieve.show_tally(Tally.of(self._all, sieve), people)
        lines = sieve.sift(self._all)
        self.model.set_rows(lines)
        self._say_nothing()
        self._stack.setCurrentWidget(self.table if lines else self._nothing)
        self.header.subtitle.setText(_count(lines))

    def _mark(self, application_id: str) -> None:
        for place, line in enumerate(self.model.rows):
            if line.application.id == application_id:
                self.table.selectRow(place)

    def _say_nothing(self) -> None:
        if self._all:
            self._nothing.say(
                _("No application of these days matches."),
                _("Choose another one above."),
            )
        else:
            self._nothing.say(
                _("Nobody applied in these days."),
                _("F2 takes an application, with or without a file."),
            )

    def _new(self) -> None:
        self.place.nav.application_wanted.emit("")

    def _open_current(self) -> None:
        line = self.table.current()
        if line is not None:
            self.open(line)

    def _open_file(self) -> None:
        line = self.table.current()
        if line is not None and line.application.client_id:
            self.place.nav.client_wanted.emit(line.application.client_id)

    def _open(self, dialog: FormDialog) -> None:
        self.dialog = dialog
        dialog.open()


def _count(lines: Sequence[ApplicationLine]) -> str:
    contacts = sum(standing_of(line) is Standing.CONTACT for line in lines)
    filed = len(lines) - contacts
    return join(
        ngettext("{n} application", "{n} applications", filed).format(n=filed),
        ngettext("{n} contact without a file", "{n} contacts without a file", contacts).format(
            n=contacts
        ),
    )


def _file(line: ApplicationLine) -> str:
    return line.file_no or _("without a file")


def _channel(line: ApplicationLine) -> str:
    if line.seal is Seal.CLOSED:
        return _("restricted file")
    return CHANNEL.label(line.application.channel)


def _role(line: ApplicationLine) -> str:
    return "" if line.seal is Seal.CLOSED else APPLICANT_ROLE.label(line.application.applicant_role)


def _note(line: ApplicationLine) -> str:
    if line.note_closed:
        return _("Note: closed")
    return _("Note") if line.has_note else ""


def _note_tone(line: ApplicationLine) -> Tone | None:
    if not _note(line):
        return None
    return Tone.NEUTRAL if line.note_closed else Tone.INFO


def _moment(line: ApplicationLine) -> tuple[date, str]:
    found = line.application
    return found.date, show_time(found.time) if found.time else ""


def _columns() -> tuple[Column[ApplicationLine], ...]:
    return (
        Column(_("Day"), lambda line: show_date(line.application.date), width=11, key=_moment),
        Column(
            _("Time"),
            lambda line: show_time(line.application.time) if line.application.time else "–",
            width=6,
        ),
        Column(_("File"), _file, width=12),
        Column(_("Channel"), _channel, width=16),
        Column(_("Who applies"), _role, width=14),
        Column(
            _("Reasons"),
            lambda line: ", ".join(REASON.label(key) for key in line.application.reasons) or "–",
        ),
        Column(_("Note"), _note, tone=_note_tone, width=11),
        Column(_("Taken by"), lambda line: line.taken_by or "–", width=16),
    )
