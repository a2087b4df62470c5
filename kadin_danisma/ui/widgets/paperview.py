"""The pages of a report on screen, from memory: no file is written to look at it."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from kadin_danisma.i18n import _
from kadin_danisma.services import paper
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.style import LARGE, MEDIUM, PAGE

_POINTS_PER_INCH = 72
#: After so many milliseconds without a change of size the pages are drawn anew.
_REST = 120


class PaperView(QScrollArea):
    """Shows the pages of a PDF one below the other, as large as on paper where there is room.

    Args:
        name: What it is called for a screen reader.
        look: The text size and the colours in force.
    """

    def __init__(self, name: str, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pdf = b""
        self._widths: tuple[float, ...] = ()
        self._drawn = False
        self.setAccessibleName(name)
        self.setProperty("kind", "paper")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheet = QWidget()
        self._sheet.setProperty("ground", "sunk")
        self._layout = QVBoxLayout(self._sheet)
        self._layout.setContentsMargins(PAGE, MEDIUM, PAGE, PAGE)
        self._layout.setSpacing(LARGE)
        self._layout.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(self._sheet)
        self._rest = QTimer(self, singleShot=True, interval=_REST)
        self._rest.timeout.connect(self._draw)

    @property
    def pages(self) -> int:
        """Return how many pages are shown."""
        return len(self._widths)

    def show_pdf(self, pdf: bytes) -> None:
        """Show another report; its pages are drawn when they are looked at."""
        self._pdf = pdf
        self._widths = paper.page_widths(pdf)
        self._empty()
        if self.isVisible():
            self._draw()
        self.verticalScrollBar().setValue(0)

    def clear(self) -> None:
        """Show nothing, and let go of what was shown."""
        self._pdf = b""
        self._widths = ()
        self._empty()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the pages that were not looked at yet."""
        super().showEvent(event)
        if not self._drawn:
            self._rest.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages again once the size has settled."""
        super().resizeEvent(event)
        self._rest.start()

    def _scale(self) -> float:
        """Return pixels a point: as on paper, or as wide as there is room."""
        natural = self.logicalDpiX() / _POINTS_PER_INCH * self._look.percent / 100
        room = max(self.viewport().width() - 2 * PAGE, PAGE)
        return min(natural, room / max(self._widths))

    def _draw(self) -> None:
        if not (self._pdf and self.isVisible()):
            return
        self._empty()
        self._drawn = True
        ratio = self.devicePixelRatioF()
        found = paper.page_pictures(self._pdf, self._scale() * ratio)
        for number, page in enumerate(found, start=1):
            image = QImage(
                page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32
            )
            drawn = QPixmap.fromImage(image)
            drawn.setDevicePixelRatio(ratio)
            sheet = QLabel()
            sheet.setPixmap(drawn)
            sheet.setAccessibleName(_("Page {number}").format(number=number))
            self._layout.addWidget(sheet)

    def _empty(self) -> None:
        self._drawn = False
        while (item := self._layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
