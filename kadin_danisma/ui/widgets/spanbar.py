"""Choosing the days a list shows: a day, a week or a month, and leafing back and forth."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kadin_danisma.domain.dates import EARLIEST
from kadin_danisma.domain.spans import DAY, MONTH, WEEK, Span
from kadin_danisma.i18n import _
from kadin_danisma.ui.style import SMALL
from kadin_danisma.ui.widgets.filters import Filters
from kadin_danisma.ui.widgets.flow import FlowLayout
from kadin_danisma.ui.widgets.parts import button, label

#: The keys that leaf.
EARLIER, LATER = "Alt+Left", "Alt+Right"


class SpanBar(QWidget):
    """Shows the chosen days; begins with the present week.

    Args:
        today: The present day.
    """

    #: Emitted with the ``Span`` that was chosen.
    changed = Signal(object)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self.span = Span.around(today, WEEK)
        self.kind = Filters(_("Period"), {DAY: _("One day"), WEEK: _("Week"), MONTH: _("Month")})
        self.kind.choose(WEEK)
        self.kind.chosen_changed.connect(self._choose_kind)
        self.back = button("‹", lambda: self.choose(self.span.earlier()))
        self.onward = button("›", lambda: self.choose(self.span.later()))
        for made, words, key in (
            (self.back, _("Earlier"), EARLIER),
            (self.onward, _("Later"), LATER),
        ):
            made.setAccessibleName(words)
            made.setToolTip(f"{words}   {key}")
        self.now = button(_("Today"), lambda: self.choose(Span.around(today, self.span.kind)))
        self.title = label("", "strong")
        layout = FlowLayout(self, spacing=SMALL)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self.kind, self.back, self.onward, self.now, self.title):
            layout.addWidget(part)
        self._show()

    def choose(self, span: Span) -> None:
        """Choose other days; those that have not begun, or lie before all records, cannot be."""
        if span.first > self._today or span.last < EARLIEST:
            return
        self.span = span
        self.kind.choose(span.kind)
        self._show()
        self.changed.emit(span)

    def _choose_kind(self, kind: str) -> None:
        """Keep today in view where it is; else begin with the first day that was shown."""
        day = self._today if self.span.contains(self._today) else self.span.first
        self.choose(Span.around(day, kind))

    def _show(self) -> None:
        self.title.setText(self.span.title)
        self.title.setAccessibleName(self.span.title)
        self.onward.setEnabled(self.span.later().first <= self._today)
        self.now.setEnabled(not self.span.contains(self._today))
