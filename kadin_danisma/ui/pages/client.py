"""One file: the safety banner first, one timeline of everything, and what is known of her."""

from PySide6.QtWidgets import QWidget

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.records import Application, PlayroomVisit, Referral, Session
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.views import TimelineEntry
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services import breaking, casework, circles, withdrawing
from kadin_danisma.ui.dialogs.application import ApplicationDialog
from kadin_danisma.ui.dialogs.breaking import BreakDialog
from kadin_danisma.ui.dialogs.circle import CircleDialog
from kadin_danisma.ui.dialogs.client import ClientDialog
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.dialogs.history import HistoryDialog
from kadin_danisma.ui.dialogs.lookers import LookersDialog
from kadin_danisma.ui.dialogs.message import ask, say
from kadin_danisma.ui.dialogs.referral import ReferralDialog
from kadin_danisma.ui.dialogs.session import SessionDialog
from kadin_danisma.ui.dialogs.slow import SlowDialog
from kadin_danisma.ui.dialogs.visit import VisitDialog
from kadin_danisma.ui.dialogs.withdraw import take_back
from kadin_danisma.ui.dialogs.withdrawn import WithdrawnDialog
from kadin_danisma.ui.pages.page import Page
from kadin_danisma.ui.widgets.circle import CircleLine, ClosedCard
from kadin_danisma.ui.widgets.clientcards import ContactCard, FactsCard
from kadin_danisma.ui.widgets.columns import Columns, column
from kadin_danisma.ui.widgets.parts import button, row
from kadin_danisma.ui.widgets.safety import MaskedName, SafetyBanner
from kadin_danisma.ui.widgets.timeline import TimelineCard
from kadin_danisma.ui.widgets.unfinished import UnfinishedLines
from kadin_danisma.ui.widgets.withdrawn import WithdrawnLine
from kadin_danisma.ui.words import about_age, district_name, join
from kadin_danisma.ui.workplace import Workplace


class ClientPage(Page):
    """A file with everything on it.

    Args:
        place: The desk and the window's means.
        client_id: Whose file.
    """

    cares = frozenset(
        {Kind.CLIENT, Kind.APPLICATION, Kind.SESSION, Kind.REFERRAL, Kind.PLAYROOM_VISIT}
    )

    def __init__(self, place: Workplace, client_id: str) -> None:
        super().__init__(place, " ")
        self.client_id = client_id
        self._page = casework.client_page(place.desk, client_id)
        self._stale = False
        self.setAccessibleName(_("File"))
        self.name = MaskedName(place.reveals, role="title")
        self.header.title_row.insertWidget(1, self.name)
        self.header.add_part(button(_("Back"), place.nav.back_wanted.emit, kind="quiet", key="Esc"))
        self.banner = SafetyBanner()
        self.body.addWidget(self.banner)
        self.unfinished = UnfinishedLines(place, self.header, client_id)
        self.body.addWidget(self.unfinished)
        self.withdrawn = WithdrawnLine(self.take_back)
        self.body.addWidget(self.withdrawn)
        self.circle = CircleLine(place)
        self.body.addWidget(self.circle)
        self.timeline = TimelineCard(place.look)
        self.contact = ContactCard(place)
        self.facts = FactsCard(place)
        self.lookers = button(_("Who viewed it"), self.show_lookers, kind="quiet")
        self.closed = ClosedCard(place)
        self.restrict = button(_("Restrict this file …"), self.change_circle, kind="quiet")
        self.breaks = button(_("Open all notes with the recovery code …"), kind="quiet")
        self.dialog: FormDialog | None = None
        self._lay_out()
        self._add_actions()
        self.timeline.table.opened.connect(self.open_entry)
        self.contact.edit.clicked.connect(self.correct)
        self.facts.edit.clicked.connect(self.correct)
        self.facts.history.clicked.connect(self.show_history)
        self.circle.change.clicked.connect(self.change_circle)
        self.circle.open.clicked.connect(self.open_for_all)
        for part in (self.breaks, self.closed.breaks):
            part.clicked.connect(self.break_seal)
        self._show()

    def reload(self) -> None:
        """Read the file anew."""
        self._page = casework.client_page(self.place.desk, self.client_id)
        self._show()

    @property
    def stands(self) -> bool:
        """Tell whether something can be written into the file: it was not withdrawn."""
        return self._page.withdrawn is None

    def new_session(self) -> None:
        """Open the form of a session now."""
        self._open(SessionDialog.for_new(self, self.place, self._page))

    def new_application(self) -> None:
        """Open the form of an application for this file."""
        self.place.nav.application_wanted.emit(self.client_id)

    def new_visit(self) -> None:
        """Open the form that lets a child of hers into the playroom."""
        self._open(VisitDialog.for_new(self, self.place, client_id=self.client_id))

    def new_referral(self) -> None:
        """Open the form of a referral."""
        self._open(ReferralDialog.for_new(self, self.place, self.client_id))

    def correct(self) -> None:
        """Open the form of the file."""
        client = casework.client(self.place.desk, self.client_id)
        self._open(ClientDialog(self, self.place, client, is_new=False))

    def show_history(self) -> None:
        """Show what was corrected on the file."""
        self._open(HistoryDialog(self, self.place, Kind.CLIENT, self.client_id))

    def take_back(self) -> None:
        """Let the file stand again, where it was withdrawn."""
        take_back(self.place, Kind.CLIENT, self.client_id)

    def change_circle(self) -> None:
        """Open the form that restricts the file, or changes its circle."""
        self._open_slow(CircleDialog(self, self.place, self.client_id, self._page.circle))

    def break_seal(self) -> None:
        """Open the form that opens the file with the recovery code."""
        self._open_slow(BreakDialog(self, self.place, self.client_id))

    def open_for_all(self) -> None:
        """Ask whether the file shall be an ordinary one again."""
        ask(
            self,
            _("Open this file for everybody again?"),
            _(
                "Everybody who sees files will see it and find it by name again, with all that was "
                "written meanwhile. This is logged."
            ),
            _("Open for everybody"),
            self._unseal,
        )

    def show_lookers(self) -> None:
        """Show who has looked at the file."""
        self._open(LookersDialog(self, self.place, self.client_id))

    def open_entry(self, entry: TimelineEntry) -> None:
        """Open what a line of the timeline stands for."""
        if said := entry.withdrawn or entry.unproved:
            at = (entry.kind, entry.record, said)
            self._open(WithdrawnDialog(self, self.place, *at))
            return
        match casework.record_of(self.place.desk, entry.kind, entry.record.id):
            case Session() as session:
                self._open(SessionDialog(self, self.place, self._page, session, is_new=False))
            case Application() as application:
                self._open(ApplicationDialog(self, self.place, application, is_new=False))
            case Referral() as referral:
                self._open(ReferralDialog(self, self.place, referral, is_new=False))
            case PlayroomVisit() as visit:
                self._open(VisitDialog(self, self.place, visit, is_new=False))

    def _open(self, dialog: FormDialog) -> None:
        self.dialog = dialog
        dialog.open()

    def _open_slow(self, dialog: SlowDialog) -> None:
        dialog.worked.connect(self.place.bus.changed.emit)
        self._open(dialog)

    def _unseal(self) -> None:
        try:
            self.place.bus.changed.emit(circles.unseal(self.place.desk, self.client_id))
        except KnownError as error:
            say(self, _("The file stays restricted."), error.message)

    def _show(self) -> None:
        client, today = self._page.client, self.place.desk.today()
        self.header.title.setText(client.file_no)
        self.unfinished.reload()
        self._show_seal()
        if self._page.seal is Seal.CLOSED:
            self.header.subtitle.setText(_("restricted file"))
            return
        applications, sessions = self._page.applications, self._page.sessions
        self.header.subtitle.setText(
            join(
                about_age(client.birth_year, today),
                district_name(client.district),
                ngettext("{n} application", "{n} applications", applications).format(
                    n=applications
                ),
                ngettext("{n} session", "{n} sessions", sessions).format(n=sessions),
            )
        )
        self.name.set_name(client.name)
        self.banner.show_client(client)
        self.timeline.show_entries(self._page.timeline)
        self.contact.show_client(client)
        self.facts.show_client(client)

    def _show_seal(self) -> None:
        page, may = self._page, self.place.desk.may
        shut = page.seal is Seal.CLOSED
        for part in (self.name, self.banner, self._columns):
            part.setHidden(shut)
        self.closed.setVisible(shut)
        self.closed.show_page(page)
        for act in self._acts:
            act.setHidden(page.withdrawn is not None or (shut and act in self._inside_only))
        for edit in (self.contact.edit, self.facts.edit):
            edit.setVisible(may(Action.RECORD) and page.withdrawn is None)
        may_back = withdrawing.may_withdraw(self.place.desk, Kind.CLIENT, self.client_id)
        self.withdrawn.show_withdrawn(page.withdrawn or page.unproved, may=may_back)
        broken = breaking.is_broken(self.place.desk, self.client_id)
        self.circle.show_page(page, broken=broken)
        self.restrict.setVisible(may(Action.RESTRICT) and page.seal is Seal.NONE)
        some_closed = any(entry.note_closed for entry in page.timeline)
        self.breaks.setVisible(may(Action.BREAK_GLASS) and some_closed)

    def _add_actions(self) -> None:
        may = self.place.desk.may
        #: What needs the open file: a child is taken in by those who can read who may collect it.
        self._inside_only: list[QWidget] = []
        #: What writes into the file: nothing does while it is withdrawn.
        self._acts: list[QWidget] = []
        if may(Action.SEE_AUDIT):
            self.facts.corner.insertWidget(0, self.lookers)
        if may(Action.RUN_PLAYROOM):
            self._inside_only.append(self.header.add_action(_("Playroom"), self.new_visit))
            self._acts += self._inside_only
        if may(Action.RECORD):
            self._acts.append(self.header.add_action(_("Referral"), self.new_referral))
            self._acts.append(self.header.add_action(_("Application"), self.new_application))
        if may(Action.WRITE_SESSIONS):
            self._acts.append(self.header.add_primary(_("New session"), self.new_session, "Ctrl+N"))

    def _lay_out(self) -> None:
        self.timeline.setMinimumHeight(self.fontMetrics().lineSpacing() * 14)
        foot = QWidget()
        foot.setLayout(row(1, self.breaks, self.restrict))
        side = column(self.contact, self.facts, foot, stretch=False)
        self._columns = Columns((self.timeline, side), (5, 3), narrow=120)
        self.body.addWidget(self._columns, 1)
        self.body.addWidget(self.closed, 1)
