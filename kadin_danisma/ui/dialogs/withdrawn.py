"""What was withdrawn: one record with why, when and by whom, and the list of all of them."""

from PySide6.QtWidgets import QWidget

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.dates import show_date
from kadin_danisma.domain.records import Client, Record, Training
from kadin_danisma.domain.views import TimelineEntry, WithdrawnLine
from kadin_danisma.domain.withdrawal import WITHDRAWAL_REASON, Withdrawn
from kadin_danisma.i18n import _
from kadin_danisma.services import withdrawing
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.dialogs.history import HistoryDialog
from kadin_danisma.ui.dialogs.withdraw import take_back
from kadin_danisma.ui.models.table import Column, RecordModel
from kadin_danisma.ui.style import Tone
from kadin_danisma.ui.widgets.parts import EmptyState, button, label, row
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.widgets.timeline import entry_words
from kadin_danisma.ui.widgets.withdrawn import doubt_words, who_words, why_words
from kadin_danisma.ui.words import file_words, join
from kadin_danisma.ui.workplace import Workplace


class WithdrawnDialog(FormDialog):
    """Shows one withdrawn record; whoever may withdraw it may take that back here.

    Args:
        parent: The window it belongs to.
        place: The desk and the window's means.
        kind: The kind of the record.
        record: The record.
        withdrawn: What is known of its withdrawal.
    """

    def __init__(
        self,
        parent: QWidget | None,
        place: Workplace,
        kind: Kind,
        record: Record,
        withdrawn: Withdrawn,
    ) -> None:
        title = _("Withdrawn") if withdrawn.is_proved else _("Withdrawal not verified")
        super().__init__(parent, title, _("Close"), width=72)
        self.leave.hide()
        self._place, self._kind, self._record = place, kind, record
        self.words = label(record_words(kind, record), "strong", wrap=True)
        self.reason = label(WITHDRAWAL_REASON.label(withdrawn.reason), wrap=True)
        self.who = label(who_words(withdrawn), "muted", wrap=True)
        why = why_words(withdrawn)
        self.why = label(why, wrap=True)
        self.why.setVisible(bool(why))
        self.doubt = label(doubt_words(withdrawn), "error", wrap=True)
        self.doubt.setVisible(not withdrawn.is_proved)
        for part in (self.words, self.reason, self.why, self.who, self.doubt):
            self.body.addWidget(part)
        self.back = button(_("Take back"), self._take_back)
        self.back.setVisible(withdrawing.may_withdraw(place.desk, kind, record.id))
        self.corrections = button(_("Corrections"), self._show_history, kind="quiet")
        self.body.addLayout(row(self.back, self.corrections, 1))
        self.body.addStretch(1)
        self.do.setFocus()

    def _take_back(self) -> None:
        take_back(self._place, self._kind, self._record.id)
        self.accept()

    def _show_history(self) -> None:
        HistoryDialog(self, self._place, self._kind, self._record.id).open()


class WithdrawnListDialog(FormDialog):
    """Lists everything that is withdrawn, the latest first; Enter opens a line.

    Args:
        parent: The window it belongs to.
        place: The desk and the window's means.
    """

    def __init__(self, parent: QWidget | None, place: Workplace) -> None:
        super().__init__(parent, _("What was withdrawn"), _("Close"), width=110)
        self.leave.hide()
        self._place = place
        self.dialog: WithdrawnDialog | None = None
        lines = withdrawing.withdrawn_records(place.desk)
        self.model: RecordModel[WithdrawnLine] = RecordModel(_columns(), lines)
        self.table: TableView[WithdrawnLine] = TableView(
            self.model, place.look, _("What was withdrawn")
        )
        self.table.setMinimumHeight(self.table.verticalHeader().defaultSectionSize() * 7)
        self.table.opened.connect(self._open)
        self.table.setVisible(bool(lines))
        self.body.addWidget(self.table, 1)
        if lines:
            self.table.setFocus()
        else:
            self.body.addWidget(
                EmptyState(
                    _("Nothing was withdrawn"),
                    _(
                        "What was entered wrongly and withdrawn is listed here, and can be taken "
                        "back."
                    ),
                )
            )

    def _open(self, line: WithdrawnLine) -> None:
        if line.seal is Seal.CLOSED:
            return
        self.dialog = WithdrawnDialog(self, self._place, line.kind, line.record, line.withdrawn)
        self.dialog.finished.connect(lambda _result: self._again())
        self.dialog.open()

    def _again(self) -> None:
        self.model.set_rows(withdrawing.withdrawn_records(self._place.desk))


def record_words(kind: Kind, record: Record) -> str:
    """Return what a record is, in a line."""
    match record:
        case Client():
            return join(_("File"), record.file_no)
        case Training():
            return join(_("Training"), show_date(record.date), record.topic)
    return join(show_date(record.date), entry_words(TimelineEntry(kind, record.date, None, record)))


def _columns() -> list[Column[WithdrawnLine]]:
    return [
        Column(_("File"), lambda line: file_words(line.file_no, line.seal) or "–", width=12),
        Column(_("What"), _what),
        Column(_("Why?"), lambda line: WITHDRAWAL_REASON.label(line.withdrawn.reason), width=28),
        Column(
            _("Withdrawn"),
            lambda line: join(show_date(line.withdrawn.at.date()), line.withdrawn.by),
            tone=lambda line: None if line.withdrawn.is_proved else Tone.DANGER,
            width=28,
            key=lambda line: line.withdrawn.at,
        ),
    ]


def _what(line: WithdrawnLine) -> str:
    return "" if line.seal is Seal.CLOSED else record_words(line.kind, line.record)
