"""The form of a training: when, on what, for whom, how many came."""

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QWidget

from kadin_danisma.domain.change import Change
from kadin_danisma.domain.records import Training
from kadin_danisma.domain.text import tidy
from kadin_danisma.i18n import _
from kadin_danisma.services import intake, trainings
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.widgets.fields import DateEdit, NumberEdit
from kadin_danisma.ui.workplace import Workplace


class _HowMany(NumberEdit):
    """How many came; a training always has a number, and it may be 0."""

    def problem(self) -> str:
        """Return why what is typed cannot be used, empty where it can."""
        if not self.text().strip():
            return _("Please type how many came.")
        return super().problem()


class TrainingDialog(RecordDialog[Training]):
    """Records a training, or corrects one.

    Args:
        parent: The window it belongs to.
        place: The desk and the window's means.
        training: The one to correct; None for a new one.
    """

    def __init__(
        self, parent: QWidget | None, place: Workplace, training: Training | None = None
    ) -> None:
        title = _("New training") if training is None else _("Training")
        super().__init__(parent, place, title, training, width=72)
        start = training or Training(date=place.desk.today(), participants=0)
        self._start = start
        self.date = DateEdit(place.desk.today(), start.date)
        self.topic = QLineEdit(start.topic)
        self.audience = QLineEdit(start.audience)
        self.participants = _HowMany(None if training is None else start.participants)
        self._lay_out()
        self.topic.setFocus()

    def built(self) -> Training:
        """Return the training as the fields have it."""
        day, participants = self.date.value(), self.participants.value()
        assert day is not None
        assert participants is not None
        return replace(
            self._start,
            date=day,
            topic=tidy(self.topic.text()),
            audience=tidy(self.audience.text()),
            participants=participants,
        )

    def store(self, record: Training) -> Change:
        """Record the training, or correct it."""
        if self.base is None:
            return trainings.add(self.place.desk, record)
        return intake.correct(self.place.desk, record)

    def _lay_out(self) -> None:
        self.body.addWidget(self.add_field("topic", self.topic))
        hint = _("For example: students, public officers, women of a neighbourhood")
        self.body.addWidget(self.add_field("audience", self.audience, hint))
        self.add_row(
            self.add_field("date", self.date),
            self.add_field("participants", self.participants),
        )
        self.body.addStretch(1)
