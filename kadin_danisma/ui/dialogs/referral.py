"""The form of a referral: where to, how, and whether she agreed."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.lists import REFERRAL_METHOD, REFERRAL_OUTCOME, YES_NO_UNKNOWN
from kadin_danisma.domain.places import INSTITUTION
from kadin_danisma.domain.records import Referral
from kadin_danisma.i18n import _
from kadin_danisma.services import intake, referring
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.dialogs.sharednote import SharedNote
from kadin_danisma.ui.widgets.clientbox import ClientField
from kadin_danisma.ui.widgets.codebox import CodeBox
from kadin_danisma.ui.widgets.fields import DateEdit
from kadin_danisma.ui.workplace import Workplace


class InstitutionBox(CodeBox):
    """Chooses an institution by its letters; a referral always has one."""

    def __init__(self, value: str = "") -> None:
        super().__init__(tuple(INSTITUTION), value)
        self.setPlaceholderText(_("Type a few letters"))

    def problem(self) -> str:
        """Return why a record cannot be made yet, empty where one is chosen."""
        return "" if self.value() else _("Please choose an institution.")


class ReferralDialog(RecordDialog[Referral]):
    """Sends a client somewhere, or corrects a referral.

    Args:
        parent: The window it belongs to.
        place: The desk and the window's means.
        start: What the fields start with; without a file or an institution it is asked for.
        is_new: Whether it is recorded now.
    """

    def __init__(
        self, parent: QWidget | None, place: Workplace, start: Referral, *, is_new: bool
    ) -> None:
        title = _("New referral") if is_new else _("Referral")
        super().__init__(parent, place, title, None if is_new else start)
        self._start = start
        self._is_new = is_new
        self.client = ClientField(place)
        self.institution = InstitutionBox(start.institution)
        self.date = DateEdit(place.desk.today(), start.date)
        self.outcome_date = DateEdit(place.desk.today(), start.outcome_date, optional=True)
        self._lay_out()
        if start.client_id:
            self.client.choose_file(start.client_id)
            self.institution.setFocus()
        else:
            self.client.setFocus()

    @classmethod
    def for_new(
        cls, parent: QWidget | None, place: Workplace, client_id: str = ""
    ) -> "ReferralDialog":
        """Return the form of a referral made today; of this file where one is named."""
        start = Referral(client_id=client_id, date=place.desk.today(), institution="")
        return cls(parent, place, start, is_new=True)

    def built(self) -> Referral:
        """Return the referral as the fields have it."""
        line, day = self.client.line(), self.date.value()
        assert line is not None
        assert day is not None
        return replace(
            self._start,
            client_id=line.id,
            date=day,
            institution=self.institution.value(),
            method=self.method.value(),
            consent=self.consent.value(),
            outcome=self.outcome.value(),
            outcome_date=self.outcome_date.value(),
            note=self.text.value(),
        )

    def store(self, record: Referral) -> Change:
        """Record the referral, or correct it."""
        if self._is_new:
            return referring.refer(self.place.desk, record)
        return intake.correct(self.place.desk, record)

    def _lay_out(self) -> None:
        start = self._start
        self.body.addWidget(self.add_field("client_id", self.client, "", _("File")))
        self.body.addWidget(self.add_field("institution", self.institution))
        self.method = self.add_codes("method", start.method, REFERRAL_METHOD)
        self.consent = self.add_codes("consent", start.consent, YES_NO_UNKNOWN)
        self.fields["consent"].set_hint(
            _("Did she agree that we write or speak to this institution about her?")
        )
        self.outcome = self.add_codes("outcome", start.outcome, REFERRAL_OUTCOME)
        answered = self.add_field("outcome_date", self.outcome_date)
        self.add_row(
            self.add_field("date", self.date), self.fields["method"], self.fields["consent"],
            stretch=(2, 2, 4),
        )  # fmt: skip
        if not self._is_new:
            self.add_row(self.fields["outcome"], answered)
        self.text = SharedNote(self, Kind.REFERRAL, start.note, "" if self._is_new else start.id)
        self.text.tell_readers(start.client_id)
        self.client.picked.connect(lambda line: self.text.tell_readers(line.id if line else ""))
        self.body.addWidget(self.fields["note"])
        self.body.addStretch(1)
