"""The form of a session: what was done, for how long, and what was said."""

from PySide6.QtWidgets import QLineEdit, QWidget

from kadin_danisma.domain.change import Change
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.codes import Code
from kadin_danisma.domain.dates import show_date
from kadin_danisma.domain.discipline import discipline_of, readers_name
from kadin_danisma.domain.lists import CHANNEL, CONTACT_OUTCOME
from kadin_danisma.domain.records import Application, Session
from kadin_danisma.domain.role import Role
from kadin_danisma.domain.trust import trust_words
from kadin_danisma.domain.views import ClientPage
from kadin_danisma.i18n import _
from kadin_danisma.services import casework, intake
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.widgets.codebox import CodeBox
from kadin_danisma.ui.widgets.fields import DateEdit, Field, NumberEdit, TextEdit, TimeEdit
from kadin_danisma.ui.widgets.parts import label
from kadin_danisma.ui.widgets.safety import SafetyBanner
from kadin_danisma.ui.words import join
from kadin_danisma.ui.workplace import Workplace

#: What each profession usually does, so that nobody chooses it again every time.
_USUAL_SERVICE = {
    Role.LAWYER: "legal",
    Role.PSYCHOLOGIST: "psych",
    Role.SOCIAL_WORKER: "social",
}
_NO_APPLICATION = Code("", "Başvuruya bağlı değil", "Not part of an application")


class SessionDialog(RecordDialog[Session]):
    """Records a session of a file, or corrects one.

    Args:
        parent: The window it belongs to.
        place: The desk and the window's means.
        page: The file, with its applications.
        session: What the fields start with.
        is_new: Whether it is recorded now.
    """

    def __init__(
        self,
        parent: QWidget | None,
        place: Workplace,
        page: ClientPage,
        session: Session,
        *,
        is_new: bool,
    ) -> None:
        title = _("New session") if is_new else _("Session")
        super().__init__(parent, place, title, None if is_new else session)
        self._start = session
        self._is_new = is_new
        self._restricted = page.seal is not Seal.NONE
        # Whose it is, in large letters for as long as the form is open.
        self.heading.setText(join(title, page.client.file_no))
        self.note.setText(join(page.client.file_no, session.number))
        self.date = DateEdit(place.desk.today(), session.date)
        self.time = TimeEdit(session.time)
        self.minutes = NumberEdit(session.minutes)
        self.counsellor = QLineEdit(session.counsellor)
        self.text = TextEdit(session.note, lines=6)
        self._build(page)
        self.service.setFocus()
        #: Whom to ask for a correction; nothing where she may correct it herself.
        self.asks = "" if is_new else casework.whom_to_ask(place.desk, session.id)
        if self.asks:
            self._only_show()

    @classmethod
    def for_new(cls, parent: QWidget | None, place: Workplace, page: ClientPage) -> "SessionDialog":
        """Return the form of a session today, for the file's latest application."""
        desk = place.desk
        applications = _applications(page)
        start = Session(
            number=intake.next_session_no(desk),
            client_id=page.client.id,
            application_id=applications[0].id if applications else None,
            date=desk.today(),
            time=desk.clock.now().time().replace(second=0, microsecond=0),
            service=_USUAL_SERVICE.get(desk.user.role, "first_interview"),
            channel="appointment",
            counsellor=desk.user.title,
        )
        return cls(parent, place, page, start, is_new=True)

    def built(self) -> Session:
        """Return the session as the fields have it."""
        day = self.date.value()
        assert day is not None
        return Session(
            id=self._start.id,
            revision=self._start.revision,
            number=self._start.number,
            client_id=self._start.client_id,
            application_id=self.application.value() or None,
            date=day,
            time=self.time.value(),
            minutes=self.minutes.value(),
            service=self.service.value(),
            channel=self.channel.value(),
            counsellor=self.counsellor.text().strip(),
            outcome=self.outcome.value(),
            note=self.text.toPlainText().strip(),
        )

    def store(self, record: Session) -> Change:
        """Record the session, or correct it."""
        if self._is_new:
            return intake.record_session(self.place.desk, record)
        return intake.correct(self.place.desk, record)

    def _build(self, page: ClientPage) -> None:
        if page.seal is not Seal.CLOSED:
            self.body.addWidget(SafetyBanner(page.client))
        start = self._start
        self.service = self.add_codes("service", start.service)
        self.channel = self.add_codes("channel", start.channel, CHANNEL)
        self.outcome = self.add_codes("outcome", start.outcome, CONTACT_OUTCOME)
        self.application = CodeBox(_choices(page), start.application_id or "")
        self.add_row(self.fields["service"], self.fields["channel"], stretch=(3, 2))
        self.add_row(
            self.add_field("date", self.date),
            self.add_field("time", self.time),
            self.add_field("minutes", self.minutes),
            self.fields["outcome"],
            stretch=(3, 2, 2, 4),
        )
        self.body.addWidget(self._note())
        self.add_row(
            self.add_field("counsellor", self.counsellor),
            self.add_field("application_id", self.application),
        )

    def _only_show(self) -> None:
        """Show a session of somebody else: what is wrong in it, she is asked to correct."""
        self.body.insertWidget(0, label(self.asks, "muted", wrap=True))
        for field in self.fields.values():
            if isinstance(field.control, CodeBox) or not hasattr(field.control, "setReadOnly"):
                field.control.setEnabled(False)
            else:
                field.control.setReadOnly(True)
        self.do.hide()
        self.leave.setText("{words}   Esc".format(words=_("Close")))
        self.leave.setAccessibleName(_("Close"))

    def _note(self) -> Field:
        """Return the field of the note; one of another discipline is closed and stays."""
        desk = self.place.desk
        closed = "" if self._is_new else casework.closed_note_words(desk, self._start.id)
        self.text.setReadOnly(bool(closed))
        self.text.setEnabled(not closed)
        if closed:
            self.text.setPlaceholderText(_("Note: closed"))
            return self.add_field("note", self.text, closed)
        self._mark = "" if self._is_new else self._author_words()
        field = self.add_field("note", self.text, self._readers())
        self.service.chosen_changed.connect(lambda _key: field.set_hint(self._readers()))
        return field

    def _readers(self) -> str:
        """Return who will be able to read the note, as the service chosen now decides it."""
        readers = readers_name(discipline_of(self.service.value()))
        said = _("Can be read by: {readers}").format(readers=readers)
        if self._restricted:
            said = join(said, _("of them only those with access to this file"))
        return join(self._mark, said)

    def _author_words(self) -> str:
        """Return what is to be known of the author of the note as it stands."""
        trust = casework.note_trust(self.place.desk, self._start.id)
        return trust_words(trust) if trust else ""


def _applications(page: ClientPage) -> list[Application]:
    """Return the applications that stand."""
    return [
        entry.record
        for entry in page.timeline
        if isinstance(entry.record, Application) and not entry.withdrawn
    ]


def _choices(page: ClientPage) -> list[Code]:
    found = []
    for application in _applications(page):
        words = join(show_date(application.date), CHANNEL.label(application.channel))
        found.append(Code(application.id, words, words))
    return [*found, _NO_APPLICATION]
