"""The form of an application: one request, through one channel, taken while she speaks."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kadin_danisma.domain import phone
from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.checks import Problem, check
from kadin_danisma.domain.records import Application, Client
from kadin_danisma.domain.views import ClientLine
from kadin_danisma.i18n import _
from kadin_danisma.services import casework, intake
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.dialogs.sharednote import SharedNote
from kadin_danisma.ui.drafts import ApplicationDraft, FormDraft
from kadin_danisma.ui.field_names import list_of
from kadin_danisma.ui.typed import read_words
from kadin_danisma.ui.widgets.codebox import CodeChips
from kadin_danisma.ui.widgets.fields import DateEdit, TimeEdit
from kadin_danisma.ui.widgets.finder import ClientFinder
from kadin_danisma.ui.widgets.parts import button
from kadin_danisma.ui.widgets.safety import SafetyBanner
from kadin_danisma.ui.widgets.typing import Typed
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

    #: Emitted with the draft when the form is left without saving.
    left = Signal(object)
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
        self.banner = SafetyBanner()
        self.date = DateEdit(place.desk.today(), application.date)
        self.time = TimeEdit(application.time)
        self._build()
        self._untouched = replace(self.draft(), client_id="")
        self.finder.changed.connect(self._show_safety)
        if application.client_id:
            self._choose(application.client_id)
        self._order_tabs()
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
            self.finder.client_id, self.finder.opens_new = opened.id, False
            self.opened.emit(opened.id)
            record = self.built()
        return intake.record_application(desk, record)

    def unread(self) -> list[Problem]:
        """Say everything that is wrong before a new file is opened for it."""
        return super().unread() or check(self.built(), self.place.desk.today())

    def draft(self) -> ApplicationDraft:
        """Return what was typed so far."""
        return ApplicationDraft(
            words=self.finder.words,
            client_id=self.finder.client_id,
            opens_new=self.finder.opens_new,
            day=self.date.text(),
            time=self.time.text(),
            channel=self.channel.value(),
            applicant_role=self.role.value(),
            reasons=self.reasons.value(),
            violence_types=self.violence.value(),
            perpetrators=self.perpetrators.value(),
        )

    def restore(self, draft: ApplicationDraft) -> None:
        """Go on where the form was left."""
        self.finder.start_with(draft.words)
        if draft.client_id:
            self._choose(draft.client_id)
        elif draft.opens_new:
            self.finder.choose_new()
        self.date.setText(draft.day)
        self.time.setText(draft.time)
        self.channel.set_value(draft.channel)
        self.role.set_value(draft.applicant_role)
        self.reasons.set_value(draft.reasons)
        self.violence.set_value(draft.violence_types)
        self.perpetrators.set_value(draft.perpetrators)
        self.note.setText(_("What you had begun is back."))
        self.fresh.show()

    def typed(self) -> dict[str, Typed]:
        """Return what stands in the fields, with the file that was chosen."""
        return super().typed() | {"client_id": self.finder.client_id}

    def fill(self, typed: Mapping[str, Typed]) -> None:
        """Put into the fields what stood in them."""
        super().fill(typed)
        if chosen := typed.get("client_id"):
            self._choose(str(chosen))

    def for_the_lock(self) -> FormDraft | None:
        """Return a correction; a new application is kept by the window, as when it is left."""
        return None if self._is_new else super().for_the_lock()

    def is_touched(self) -> bool:
        """Tell whether anything was typed that would be a pity to lose."""
        if not self._is_new:
            return super().is_touched()
        return bool(self.finder.words or self.reasons.value() or self.violence.value())

    def reject(self) -> None:
        """Leave without asking; what was typed is handed over, to be there next time."""
        if self._is_new and self.is_touched():
            self.left.emit(self.draft())
        super().reject()

    def _build(self) -> None:
        start = self._start
        self.fresh = button(_("Start anew"), self._clear, kind="quiet")
        self.fresh.hide()
        self.head.addWidget(self.fresh)
        self.reasons = self._several("reasons", start.reasons)
        self.violence = self._several("violence_types", start.violence_types)
        self.perpetrators = self._several("perpetrators", start.perpetrators)
        self.role = self.add_codes("applicant_role", start.applicant_role)
        self.channel = self.add_codes("channel", start.channel)
        self.text = SharedNote(self, Kind.APPLICATION, start.note, "" if self._is_new else start.id)
        self.body.addWidget(self.add_field("client_id", self.finder, title=_("Who is it?")))
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

    def _order_tabs(self) -> None:
        """Let Tab follow the conversation; the button that shows names comes last, being rare."""
        several = (self.reasons, self.violence, self.perpetrators)
        parts = (
            self.finder.typing,
            *(chips.typing for chips in several),
            self.text,
            self.channel,
            self.role,
            self.date,
            self.time,
        )
        for before, after in pairwise(parts):
            QWidget.setTabOrder(before, after)

    def _several(self, name: str, value: tuple[str, ...]) -> CodeChips:
        chips = CodeChips(tuple(list_of(name)), value)
        self.add_field(name, chips)
        return chips

    def _choose(self, client_id: str) -> None:
        client = casework.safety_of(self.place.desk, client_id)
        self.finder.choose(
            ClientLine(
                client.id, client.file_no, client.name, client.birth_year, client.district, "", None
            )
        )

    def _show_safety(self) -> None:
        if self.finder.client_id:
            self.banner.show_client(casework.safety_of(self.place.desk, self.finder.client_id))
        self.banner.setVisible(bool(self.finder.client_id))
        self.text.tell_readers(self.finder.client_id)

    def _new_client(self) -> Client:
        name, number = read_words(self.finder.words)
        return Client(
            file_no=intake.next_file_no(self.place.desk),
            name=name,
            phone=phone.normalise(number) or number,
        )

    def _clear(self) -> None:
        self.restore(self._untouched)
        self.note.setText(self._start.number)
        self.fresh.hide()
        self.finder.setFocus()
