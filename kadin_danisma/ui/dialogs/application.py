"""The form of an application: one request, through one channel, taken while she speaks."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from kadin_danisma.domain import phone
from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.checks import Problem, check
from kadin_danisma.domain.drafts import Typed
from kadin_danisma.domain.records import Application, Client
from kadin_danisma.domain.views import ClientLine
from kadin_danisma.i18n import _
from kadin_danisma.services import casework, finding, intake
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.dialogs.sharednote import SharedNote
from kadin_danisma.ui.field_names import list_of
from kadin_danisma.ui.typed import read_words
from kadin_danisma.ui.widgets.codebox import CodeChips
from kadin_danisma.ui.widgets.duplicates import DuplicateList, asking_words
from kadin_danisma.ui.widgets.fields import DateEdit, TimeEdit
from kadin_danisma.ui.widgets.finder import ClientFinder
from kadin_danisma.ui.widgets.parts import button, press
from kadin_danisma.ui.widgets.safety import SafetyBanner
from kadin_danisma.ui.workplace import Workplace

#: How most people reach the centre when somebody presses F2.
USUAL_CHANNEL = "phone"


class ApplicationDialog(RecordDialog[Application]):
    """Takes an application in, for a file, for a new file or for none; or corrects one.

    The order of the fields is that of the conversation: who, why, what happened; the channel and
    the moment are right already and stand at the end.

    Args:
        parent: The window it belongs to.
        place: The desk and the window's means.
        application: What the fields start with.
        is_new: Whether it is taken in now.
    """

    #: Emitted with the client id when a new file was opened on the way.
    opened = Signal(str)

    def __init__(
        self,
        parent: QWidget | None,
        place: Workplace,
        application: Application,
        *,
        is_new: bool,
    ) -> None:
        title = _("New application") if is_new else _("Application")
        super().__init__(parent, place, title, None if is_new else application)
        self._start = application
        self._is_new = is_new
        self.note.setText(application.number)
        self.finder = ClientFinder(place)
        self.duplicates = DuplicateList(place)
        self.banner = SafetyBanner()
        self.date = DateEdit(place.desk.today(), application.date)
        self.time = TimeEdit(application.time)
        self._build()
        self.finder.changed.connect(self._show_safety)
        if application.client_id:
            self._choose(application.client_id)
        self._show_safety()
        (self.reasons if application.client_id else self.finder).setFocus()

    @classmethod
    def for_new(
        cls, parent: QWidget | None, place: Workplace, client_id: str = ""
    ) -> "ApplicationDialog":
        """Return the form of a telephone call now, for a file or for nobody yet."""
        desk = place.desk
        start = Application(
            number=intake.next_application_no(desk),
            client_id=client_id or None,
            date=desk.today(),
            time=desk.clock.now().time().replace(second=0, microsecond=0),
            channel=USUAL_CHANNEL,
        )
        return cls(parent, place, start, is_new=True)

    def built(self) -> Application:
        """Return the application as the fields have it."""
        day = self.date.value()
        assert day is not None
        return Application(
            id=self._start.id,
            revision=self._start.revision,
            number=self._start.number,
            client_id=self.finder.client_id or None,
            date=day,
            time=self.time.value(),
            channel=self.channel.value(),
            applicant_role=self.role.value(),
            reasons=self.reasons.value(),
            violence_types=self.violence.value(),
            perpetrators=self.perpetrators.value(),
            note=self.text.value(),
        )

    def store(self, record: Application) -> Change:
        """Take the application in, opening her file first where that was chosen."""
        desk = self.place.desk
        if not self._is_new:
            return intake.correct(desk, record)
        if self.finder.opens_new:
            opened = intake.open_file(desk, self._new_client())
            self.place.bus.changed.emit(opened)
            self._choose(opened.id)
            # Should the second half fail, her new file is not opened once more.
            self.place.drafts.keep_now()
            self.opened.emit(opened.id)
            record = self.built()
        return intake.record_application(desk, record)

    def save(self) -> bool:
        """Save it once it was asked whether she, for whom a new file is opened, has one."""
        if self.finder.opens_new and not self.unread():
            found = finding.likely_duplicates(self.place.desk, self._new_client())
            if self.duplicates.asks_about(found):
                self.fit()
                self.say_trouble(asking_words())
                return False
        if super().save():
            return True
        if self.finder.problem():
            self.finder.typing.open()
        return False

    def unread(self) -> list[Problem]:
        """Say everything that is wrong before a new file is opened for it."""
        return super().unread() or check(self.built(), self.place.desk.today())

    def typed(self) -> dict[str, Typed]:
        """Return what stands in the fields, with what was typed and chosen in the search."""
        return super().typed() | {
            "words": self.finder.words,
            "client_id": self.finder.client_id,
            "opens_new": "yes" if self.finder.opens_new else "",
        }

    def fill(self, typed: Mapping[str, Typed]) -> None:
        """Put into the fields what stood in them."""
        super().fill(typed)
        if "words" in typed:
            self.finder.start_with(str(typed["words"]))
        if chosen := typed.get("client_id"):
            self._choose(str(chosen))
        elif typed.get("opens_new"):
            self.finder.choose_new()

    def _build(self) -> None:
        start = self._start
        self.other = button(_("Somebody else"), self._take_her_out, kind="quiet", key="F3")
        QShortcut(QKeySequence("F3"), self, partial(press, self.other))
        self.head.addWidget(self.other)
        self.reasons = self._several("reasons", start.reasons)
        self.violence = self._several("violence_types", start.violence_types)
        self.perpetrators = self._several("perpetrators", start.perpetrators)
        self.role = self.add_codes("applicant_role", start.applicant_role)
        self.channel = self.add_codes("channel", start.channel)
        self.text = SharedNote(self, Kind.APPLICATION, start.note, "" if self._is_new else start.id)
        finder, names = self.finder, self.finder.names
        self.body.addWidget(
            self.add_field("client_id", finder, title=_("Which client is it?"), beside=names)
        )
        self.body.addWidget(self.duplicates)
        self.duplicates.chosen.connect(self._choose_known)
        self.body.addWidget(self.banner)
        self.banner.hide()
        self.text.tell_readers("")
        for name in ("reasons", "violence_types", "perpetrators", "note"):
            self.body.addWidget(self.fields[name])
        self.add_row(
            self.fields["channel"],
            self.fields["applicant_role"],
            self.add_field("date", self.date),
            self.add_field("time", self.time),
            stretch=(4, 4, 3, 2),
        )
        self.body.addStretch(1)

    def _several(self, name: str, value: tuple[str, ...]) -> CodeChips:
        chips = CodeChips(tuple(list_of(name)), value, self.uses(name))
        self.add_field(name, chips)
        return chips

    def _choose(self, client_id: str) -> None:
        client = casework.safety_of(self.place.desk, client_id)
        self.finder.choose(
            ClientLine(
                client.id, client.file_no, client.name, client.birth_year, client.district, "", None
            )
        )

    def _choose_known(self, client_id: str) -> None:
        self.say_trouble("")
        self._choose(client_id)

    def _take_her_out(self) -> None:
        """Let it be for somebody else, or for nobody: nothing else that was typed is lost."""
        self.finder.start_with("")
        self.finder.setFocus()

    def _show_safety(self) -> None:
        self.duplicates.show_found(())
        self.other.setVisible(bool(self.finder.client_id))
        if self.finder.client_id:
            self.banner.show_client(casework.safety_of(self.place.desk, self.finder.client_id))
        self.banner.setVisible(bool(self.finder.client_id))
        self.text.tell_readers(self.finder.client_id)
        if self.isVisible():
            self.fit()

    def _new_client(self) -> Client:
        name, number = read_words(self.finder.words)
        return Client(
            file_no=intake.next_file_no(self.place.desk),
            name=name,
            phone=phone.stored_form(number) or number,
        )
