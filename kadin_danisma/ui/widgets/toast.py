"""A quiet word at the foot of the window, with an undo where there is one."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from kadin_danisma.i18n import _
from kadin_danisma.ui.style import LARGE, MEDIUM, SMALL, WIDE
from kadin_danisma.ui.widgets.parts import button, label

#: How long it stays, in milliseconds; longer where it can be undone.
STAYS = 5_000
STAYS_WITH_UNDO = 10_000
#: So long for each letter at the least, so that a long sentence can be read to its end.
READING = 80


class Toast(QFrame):
    """Says that something was done; goes away by itself.

    Args:
        parent: The window it floats on.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self.setProperty("kind", "toast")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(LARGE, SMALL, LARGE, SMALL)
        layout.setSpacing(MEDIUM)
        self.words = label("")
        self.undo = button(_("Undo"), self._undo)
        layout.addWidget(self.words)
        layout.addWidget(self.undo)
        self._undoing: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(self, text: str, undo: Callable[[], object] | None = None, words: str = "") -> None:
        """Say something.

        Args:
            text: What was done, without personal data.
            undo: What takes it back, or what may come next.
            words: What its button says; "Undo" by default.
        """
        self.words.setText(text)
        self.undo.setText(words or _("Undo"))
        self.undo.setAccessibleName(self.undo.text())
        self._undoing = undo
        self.undo.setVisible(undo is not None)
        self.setAccessibleName(text)
        self.show()
        self.raise_()
        self._place()
        self._timer.start(max(STAYS_WITH_UNDO if undo else STAYS, len(text) * READING))
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot when the window is resized."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _undo(self) -> None:
        undoing, self._undoing = self._undoing, None
        self.hide()
        if undoing is not None:
            undoing()

    def _place(self) -> None:
        room = self._window.width() - 2 * WIDE
        self.words.setWordWrap(False)
        self.words.setMinimumSize(0, 0)
        self.adjustSize()
        if self.width() > room:
            # A refusal says why, and whom to ask: in two lines, for no word of it may be cut off.
            self.words.setWordWrap(True)
            around = self.width() - self.words.width()
            self.words.setMinimumWidth(room - around)
            self.words.setMinimumHeight(self.words.heightForWidth(room - around))
            self.adjustSize()
        self.move(
            (self._window.width() - self.width()) // 2,
            self._window.height() - self.height() - WIDE,
        )
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, self._undoing is None)
