"""Eğitimler: public trainings and talks, by year, with their sums."""

from PySide6.QtWidgets import QStackedWidget

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import show_date, show_number
from kadin_danisma.domain.records import Training
from kadin_danisma.domain.role import Action
from kadin_danisma.i18n import _
from kadin_danisma.services import trainings
from kadin_danisma.ui.dialogs.training import TrainingDialog
from kadin_danisma.ui.dialogs.withdrawn import WithdrawnListDialog
from kadin_danisma.ui.models.table import Column, RecordModel
from kadin_danisma.ui.pages.page import Page
from kadin_danisma.ui.style import PAGE
from kadin_danisma.ui.widgets.figures import Figure
from kadin_danisma.ui.widgets.filters import Filters
from kadin_danisma.ui.widgets.parts import EmptyState, button, row
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.workplace import Workplace

_EVERY = "every"
#: So many years are offered; older ones stand under "all".
_YEARS = 5


class TrainingsPage(Page):
    """The list of trainings; Enter corrects one.

    Args:
        place: The desk and the window's means.
    """

    cares = frozenset({Kind.TRAINING, Kind.VAULT})

    def __init__(self, place: Workplace) -> None:
        super().__init__(
            place, _("Trainings"), _("Public events; participants are not counted as clients")
        )
        self.dialog: TrainingDialog | None = None
        self._all: list[Training] = []
        records = place.desk.may(Action.RECORD)
        if records:
            self.header.add_primary(_("New training"), self.open_new, "Ctrl+N")
        self.year = Filters(_("Year"), {_EVERY: _("All")})
        self.year.chosen_changed.connect(lambda _key: self._show())
        self.events = Figure(_("trainings"))
        self.participants = Figure(_("participants"))
        self.withdrawn = button(_("What was withdrawn …"), self.show_withdrawn, kind="quiet")
        line = row(self.year, 1, self.withdrawn, self.events, self.participants, spacing=PAGE)
        self.body.addLayout(line)
        self.model: RecordModel[Training] = RecordModel(_columns())
        self.table: TableView[Training] = TableView(self.model, place.look, _("Trainings"))
        if records:
            self.table.opened.connect(self.correct)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            EmptyState(
                _("No training was recorded yet."),
                _("Trainings, talks and stalls are listed here: when, for whom, how many came."),
                button(_("New training"), self.open_new) if records else None,
            )
        )
        self.body.addWidget(self._stack, 1)

    def reload(self) -> None:
        """Read the trainings anew; the year stays chosen."""
        self._all = trainings.trainings(self.place.desk)
        years = sorted({training.date.year for training in self._all}, reverse=True)[:_YEARS]
        fresh = not self.year.buttons.keys() - {_EVERY}
        words = {str(year): str(year) for year in years}
        self.year.set_choices(
            words | {_EVERY: _("All")}, next(iter(words), "") if fresh else self.year.chosen()
        )
        self._show()

    def enter(self) -> None:
        """Load, and put the list under the keys."""
        super().enter()
        self.table.setFocus()

    def open_new(self) -> None:
        """Open the form of a new training."""
        self.dialog = TrainingDialog(self, self.place)
        self.dialog.saved.connect(
            lambda: self.place.nav.said.emit(_("The training was recorded."), None)
        )
        self.dialog.open()

    def correct(self, training: Training) -> None:
        """Open the form of a training to correct it."""
        self.dialog = TrainingDialog(self, self.place, training)
        self.dialog.open()

    def show_withdrawn(self) -> None:
        """List everything that is withdrawn; it can be taken back there."""
        WithdrawnListDialog(self, self.place).open()

    def _show(self) -> None:
        year = self.year.chosen()
        shown = [each for each in self._all if year in (_EVERY, str(each.date.year))]
        at = max(0, self.table.currentIndex().row())
        self.model.set_rows(shown)
        if shown and self.table.current() is None:
            self.table.selectRow(min(at, len(shown) - 1))
        self.events.show_number(show_number(len(shown)))
        self.participants.show_number(show_number(sum(each.participants for each in shown)))
        self._stack.setCurrentIndex(0 if shown else 1)


def _columns() -> tuple[Column[Training], ...]:
    return (
        Column(_("Day"), lambda each: show_date(each.date), width=12, key=lambda each: each.date),
        Column(_("Topic"), lambda each: each.topic or "–"),
        Column(_("Audience"), lambda each: each.audience or "–"),
        Column(
            _("Participants"),
            lambda each: show_number(each.participants),
            right=True,
            width=14,
            key=lambda each: each.participants,
        ),
    )
