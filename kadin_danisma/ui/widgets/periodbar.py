"""Choosing a period: month, quarter or year, and leafing back and forth."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.periods import earlier, last_finished, later, period_of
from kadin_danisma.i18n import _
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.style import SMALL, Tone
from kadin_danisma.ui.widgets.filters import Filters
from kadin_danisma.ui.widgets.flow import FlowLayout
from kadin_danisma.ui.widgets.parts import Pill, button, ems, label, row


class PeriodBar(QWidget):
    """Shows the chosen period; begins with the last month that is over.

    Args:
        desk: Whose day it is.
    """

    #: Emitted with the ``Period`` that was chosen.
    changed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.period = last_finished(desk.today())
        self.kind = Filters(
            _("Period"), {"month": _("Month"), "quarter": _("Quarter"), "year": _("Year")}
        )
        self.kind.chosen_changed.connect(self._choose_kind)
        self.back = button("‹", lambda: self.choose(earlier(self.period)))
        self.back.setAccessibleName(_("Earlier period"))
        self.back.setToolTip(_("Earlier period"))
        self.onward = button("›", lambda: self.choose(later(self.period)))
        self.onward.setAccessibleName(_("Later period"))
        self.onward.setToolTip(_("Later period"))
        self.title = label("", "strong")
        self.title.setMinimumWidth(ems(self.title, 16))
        self.state = Pill()
        self.state.hide()
        leaf = QWidget()
        leaf.setLayout(row(self.back, self.onward, self.title))
        # What does not stand in one line goes on in the next.
        layout = FlowLayout(self, spacing=SMALL)
        for part in (self.kind, leaf, self.state):
            layout.addWidget(part)
        self._show()

    def choose(self, period: Period) -> None:
        """Choose another period; one that has not begun cannot be chosen."""
        if period.first > self._desk.today():
            return
        self.period = period
        self.kind.choose(period.kind)
        self._show()
        self.changed.emit(period)

    def show_state(self, words: str, tone: Tone) -> None:
        """Say whether the period is over, and published."""
        self.state.show_state(words, tone)
        self.state.setVisible(bool(words))

    def _choose_kind(self, kind: str) -> None:
        wanted = period_of(self.period.first, kind)
        over = last_finished(self._desk.today(), kind)
        self.choose(min(wanted, over))

    def _show(self) -> None:
        self.title.setText(self.period.title)
        self.title.setAccessibleName(self.period.title)
        self.onward.setEnabled(later(self.period).first <= self._desk.today())
