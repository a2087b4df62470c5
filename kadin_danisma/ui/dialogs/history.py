"""What was corrected on a record: when, by whom, before and after."""

from PySide6.QtWidgets import QWidget

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.dates import show_date, show_time
from kadin_danisma.domain.trust import Trust, trust_words
from kadin_danisma.domain.views import HistoryLine
from kadin_danisma.i18n import _
from kadin_danisma.services import casework
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.field_names import field_name, shown_history
from kadin_danisma.ui.models.table import Column, RecordModel
from kadin_danisma.ui.style import Tone
from kadin_danisma.ui.widgets.parts import EmptyState
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.words import join
from kadin_danisma.ui.workplace import Workplace


class HistoryDialog(FormDialog):
    """Lists the corrections of one record, latest first.

    Args:
        parent: The window or form it belongs to.
        place: The desk and the window's means.
        kind: The kind of the record.
        record_id: Which record.
    """

    def __init__(self, parent: QWidget, place: Workplace, kind: Kind, record_id: str) -> None:
        super().__init__(parent, _("Corrections"), _("Close"), width=110)
        self.leave.hide()
        lines = casework.history(place.desk, kind, record_id)
        self.model: RecordModel[HistoryLine] = RecordModel(_columns(), lines)
        if lines:
            table: TableView[HistoryLine] = TableView(self.model, place.look, _("Corrections"))
            table.setMinimumHeight(table.verticalHeader().defaultSectionSize() * 7)
            self.body.addWidget(table, 1)
        else:
            self.body.addWidget(
                EmptyState(
                    _("Nothing was corrected yet"),
                    _("Every correction is listed here: who, when, before and after."),
                )
            )


def _who(line: HistoryLine) -> str:
    said = trust_words(line.trust, sealed_by=line.sealed_by) if line.trust else ""
    return join(line.by, said)


def _tone(line: HistoryLine) -> Tone | None:
    return Tone.DANGER if line.trust is Trust.UNKNOWN else None


def _columns() -> list[Column[HistoryLine]]:
    return [
        Column(
            _("When"),
            lambda line: f"{show_date(line.at.date())} {show_time(line.at.time())}",
            width=20,
            key=lambda line: line.at,
        ),
        Column(_("Who"), _who, width=18, tone=_tone),
        Column(_("Field"), lambda line: field_name(line.field), width=20),
        Column(_("Before"), lambda line: shown_history(line.field, line.old)),
        Column(_("After"), lambda line: shown_history(line.field, line.new)),
    ]
