"""Reading a report on screen before it leaves: its pages, larger or smaller, and what they are."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kadin_danisma.i18n import _, ngettext
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.style import SMALL, Tone
from kadin_danisma.ui.widgets.paperview import PaperView
from kadin_danisma.ui.widgets.parts import Pill, button, ems, label, row

_KEYS = Qt.ShortcutContext.WidgetWithChildrenShortcut


class PaperReader(QWidget):
    """The pages of a report under a line of means: size, number of pages, whether it left.

    Args:
        look: The text size and the colours in force.
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.view = PaperView(_("The pages of the report"), look)
        self.view.sized.connect(self._show_size)
        self.smaller = button("–", self.view.smaller)
        self.larger = button("+", self.view.larger)
        self.fit = button(_("Fit"), self.view.fit, kind="quiet")
        self.percent = label("", "muted")
        self.percent.setMinimumWidth(ems(self.percent, 6))
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = label("", "muted")
        self.state = Pill()
        for part, words, keys in (
            (self.smaller, _("Smaller"), ("Ctrl+-",)),
            (self.larger, _("Larger"), ("Ctrl++", "Ctrl+=")),
            (self.fit, _("As large as there is room"), ("Ctrl+0",)),
        ):
            part.setAccessibleName(words)
            part.setToolTip(f"{words} ({keys[0]})")
            for key in keys:
                QShortcut(QKeySequence(key), self, part.click, context=_KEYS)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        means = row(self.smaller, self.percent, self.larger, self.fit, self.pages, self.state)
        means.addStretch(1)
        layout.addLayout(means)
        layout.addWidget(self.view, 1)
        self.setFocusProxy(self.view)

    def show_pdf(self, pdf: bytes, *, preview: bool) -> None:
        """Show another report.

        Args:
            pdf: Its pages.
            preview: Whether it did not leave yet.
        """
        self.view.show_pdf(pdf)
        count = ngettext("{n} page", "{n} pages", self.view.pages).format(n=self.view.pages)
        self.pages.setText(count)
        words, tone = (_("Preview: not published"), Tone.WARN) if preview else ("", Tone.NEUTRAL)
        self.state.show_state(words, tone)
        self.state.setVisible(preview)

    def _show_size(self, percent: int) -> None:
        shown = _("{n}%").format(n=percent)
        self.percent.setText(shown)
        self.percent.setAccessibleName(_("Size of the pages: {size}").format(size=shown))
