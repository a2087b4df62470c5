"""The last seconds before the program locks itself: calm, above everything, said once."""

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kadin_danisma.i18n import _
from kadin_danisma.ui.idleness import WARNING
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.style import LARGE, MEDIUM, TINY, TYPE_TITLE, WIDE
from kadin_danisma.ui.widgets.parts import button, label

#: The edge of the ring and the width of its line, in pixels at 100 %.
_RING, _LINE = 64, 5
_FLAGS = (
    Qt.WindowType.Tool
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.WindowDoesNotAcceptFocus
)


class Countdown(QFrame):
    """A small window above whatever is open; it takes no focus, so typing simply goes on.

    Args:
        look: Colours and sizes.
    """

    #: Emitted when somebody says by the button that she is there.
    stays = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(None, _FLAGS)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(_("Kadın Danışma"))
        self.setProperty("kind", "countdown")
        self.ring = _Ring(look)
        self.words = label(_("The program is about to lock"), "strong")
        self.hint = label(
            _(
                "What you typed in a record is kept. Any key, or a movement of the mouse, keeps it "
                "open."
            ),
            "muted",
            wrap=True,
        )
        self.hint.setMinimumWidth(look.px(340))
        self.stay = button(_("Stay"), self.stays.emit, kind="primary")
        self.stay.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        texts = QVBoxLayout()
        texts.setSpacing(TINY)
        texts.addWidget(self.words)
        texts.addWidget(self.hint)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(WIDE, LARGE, WIDE, LARGE)
        layout.setSpacing(LARGE)
        layout.addWidget(self.ring)
        layout.addLayout(texts, 1)
        layout.addSpacing(MEDIUM)
        layout.addWidget(self.stay)

    def show_left(self, seconds: int) -> None:
        """Show how many seconds are left, above what is in front now."""
        self.ring.show_left(seconds)
        over = _in_front(self)
        if self.isVisible() and over is self.parentWidget():
            self.raise_()
            return
        tells = not self.isVisible()
        # A child of what is in front: only such a window can be clicked while a dialog is open.
        self.setParent(over, _FLAGS)
        self.adjustSize()
        if over is not None:
            self.move(over.mapToGlobal(QPoint((over.width() - self.width()) // 2, WIDE)))
        self.show()
        self.raise_()
        if tells:
            self._tell(seconds)

    def let_go(self) -> None:
        """Go away, and belong to no window that may be closed next."""
        self.hide()
        self.setParent(None, _FLAGS)

    def _tell(self, seconds: int) -> None:
        """Let a screen reader say it once; the seconds themselves are only painted."""
        said = _("The program locks in {n} seconds. Any key keeps it open.").format(n=seconds)
        self.setAccessibleName(said)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


class _Ring(QWidget):
    """A ring that grows shorter around the seconds left."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.seconds = WARNING
        edge = look.px(_RING)
        self.setFixedSize(QSize(edge, edge))

    def show_left(self, seconds: int) -> None:
        """Show other seconds."""
        self.seconds = seconds
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ring, what is left of it, and the figure."""
        theme, line = self._look.theme, self._look.px(_LINE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        around = QRectF(self.rect()).adjusted(line, line, -line, -line)
        pen = QPen(QColor(theme.line), line)
        painter.setPen(pen)
        painter.drawEllipse(around)
        pen.setColor(QColor(theme.accent))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        # Qt counts sixteenths of a degree, from three o'clock and against the clock.
        painter.drawArc(around, 90 * 16, 360 * 16 * self.seconds // WARNING)
        font = self.font()
        font.setPixelSize(self._look.px(TYPE_TITLE))
        painter.setFont(font)
        painter.setPen(QColor(theme.ink))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self.seconds))
        painter.end()


def _in_front(countdown: QWidget) -> QWidget | None:
    """Return the window whoever sits here looks at: a dialog before what it covers."""
    for found in (QApplication.activeModalWidget(), QApplication.activeWindow()):
        if found is not None and found is not countdown and found.isVisible():
            return found
    windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    return next((each for each in windows if each is not countdown and each.isWindow()), None)
