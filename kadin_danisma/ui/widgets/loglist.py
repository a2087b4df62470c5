"""Lines of the log in a table, latest first; older ones are fetched when they are asked for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from kadin_danisma.domain.auditing import DeedKind, LogQuery, kind_of
from kadin_danisma.domain.dates import ISTANBUL, show_date, show_number, show_time
from kadin_danisma.domain.trust import Trust
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services import auditing
from kadin_danisma.services.auditing import LogLine
from kadin_danisma.ui.models.table import Column, RecordModel
from kadin_danisma.ui.style import MEDIUM, Tone
from kadin_danisma.ui.widgets.parts import EmptyState, button, label, row
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.workplace import Workplace

_TONES = {DeedKind.ALARM: Tone.WARN, DeedKind.TRAFFIC: Tone.INFO}


class LogList(QWidget):
    """The lines that a question brings.

    Args:
        place: The desk and the window's means.
    """

    #: Emitted when other lines are shown.
    changed = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.query = LogQuery()
        self.model: RecordModel[LogLine] = RecordModel(_columns())
        self.table: TableView[LogLine] = TableView(self.model, place.look, _("Log"))
        self.count = label("", "note")
        self.older = button(_("Older lines"), self.show_older)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(
            EmptyState(_("The log has no such line"), _("Choose another person, kind or day."))
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addWidget(self._stack, 1)
        layout.addLayout(row(self.count, 1, self.older))

    def ask(self, query: LogQuery) -> None:
        """Show the latest lines of a question."""
        self.query = query
        found = auditing.page(self._place.desk, query)
        self._show(found, len(found))
        self.table.choose_first()

    def show_older(self) -> None:
        """Show the lines behind the last one as well."""
        shown = list(self.model.rows)
        before = min(each.line.seq for each in shown)
        found = auditing.page(self._place.desk, self.query, before=before)
        self._show([*shown, *found], len(found))
        if found:
            self.table.selectRow(self.model.rows.index(found[0]))
        self.table.setFocus()

    def _show(self, lines: list[LogLine], found: int) -> None:
        self.model.set_rows(lines)
        self.older.setVisible(found == auditing.PAGE)
        said = ngettext("{n} line shown", "{n} lines shown", len(lines))
        self.count.setText(said.format(n=show_number(len(lines))))
        self._stack.setCurrentIndex(0 if lines else 1)
        self.changed.emit()


def _columns() -> tuple[Column[LogLine], ...]:
    return (
        Column(_("When"), _when, width=17, key=lambda each: each.line.seq),
        Column(_("Who"), lambda each: each.line.by, width=13),
        Column(_("What"), lambda each: each.deed, tone=_tone),
        Column(_("About"), lambda each: each.shown or "–", tone=_trust_tone),
    )


def _when(each: LogLine) -> str:
    at = each.line.at.astimezone(ISTANBUL)
    return f"{show_date(at.date())} {show_time(at.time())}"


def _trust_tone(each: LogLine) -> Tone | None:
    return Tone.DANGER if each.line.trust is Trust.UNKNOWN else None


def _tone(each: LogLine) -> Tone | None:
    return _TONES.get(kind_of(each.line.action))
