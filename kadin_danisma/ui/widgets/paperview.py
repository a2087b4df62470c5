"""The pages of a report on screen, from memory: no file is written to look at it."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from kadin_danisma.i18n import _
from kadin_danisma.services import paper
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.style import LARGE, MEDIUM, PAGE

_POINTS_PER_INCH = 72
#: After so many milliseconds without a change of size the pages are drawn anew.
_REST = 120
#: How large pages can be looked at, in per cent of their size on paper.
SIZES = (50, 75, 100, 125, 150, 200)


class PaperView(QScrollArea):
    """Shows the pages of a PDF one below the other, as large as on paper where there is room.

    Args:
        name: What it is called for a screen reader.
        look: The text size and the colours in force.
    """

    #: Emitted with the size in per cent when the pages stand in another one.
    sized = Signal(int)

    def __init__(self, name: str, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pdf = b""
        self._widths: tuple[float, ...] = ()
        self._drawn = False
        #: The chosen size in per cent; None fits the pages into the window.
        self._chosen: int | None = None
        #: How far down was read, from 0 to 1, while pages are drawn; None otherwise.
        self._place: float | None = None
        self.verticalScrollBar().rangeChanged.connect(self._keep_place)
        self.verticalScrollBar().actionTriggered.connect(lambda _action: self._let_go())
        self._settled = QTimer(self, singleShot=True, interval=_REST)
        self._settled.timeout.connect(self._let_go)
        self.setAccessibleName(name)
        self.setProperty("kind", "paper")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
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

    @property
    def percent(self) -> int:
        """Return how large the pages stand, in per cent of their size on paper."""
        return round(100 * self._scale() / self._on_paper()) if self._widths else 100

    def show_pdf(self, pdf: bytes) -> None:
        """Show another report; its pages are drawn when they are looked at."""
        self._pdf = pdf
        self._widths = paper.page_widths(pdf)
        self._empty()
        if self.isVisible():
            self._draw()
        self._place = 0.0
        self.verticalScrollBar().setValue(0)

    def clear(self) -> None:
        """Show nothing, and let go of what was shown."""
        self._pdf = b""
        self._widths = ()
        self._empty()

    def larger(self) -> None:
        """Show the pages in the next larger size."""
        self._choose(next((size for size in SIZES if size > self.percent), SIZES[-1]))

    def smaller(self) -> None:
        """Show the pages in the next smaller size."""
        self._choose(next((size for size in reversed(SIZES) if size < self.percent), SIZES[0]))

    def fit(self) -> None:
        """Show the pages as large as there is room, and keep them so."""
        self._choose(None)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the pages that were not looked at yet."""
        super().showEvent(event)
        if not self._drawn:
            self._rest.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages again once the size has settled."""
        super().resizeEvent(event)
        if self._chosen is None:
            self._rest.start()

    def _choose(self, size: int | None) -> None:
        self._chosen = size
        self._draw()

    def _remember_place(self) -> None:
        bar = self.verticalScrollBar()
        if self._place is None:
            self._place = bar.value() / max(1, bar.maximum())

    def _keep_place(self, _least: int, most: int) -> None:
        """Stay at the same words while the pages find their places in another size."""
        if self._place is not None:
            self.verticalScrollBar().setValue(round(self._place * most))

    def _let_go(self) -> None:
        self._place = None

    def _on_paper(self) -> float:
        """Return pixels a point in the size of the paper."""
        return self.logicalDpiX() / _POINTS_PER_INCH

    def _scale(self) -> float:
        """Return pixels a point: as chosen, or as on paper, or as wide as there is room."""
        if self._chosen is not None:
            return self._on_paper() * self._chosen / 100
        natural = self._on_paper() * self._look.percent / 100
        room = max(self.viewport().width() - 2 * PAGE, PAGE)
        return min(natural, room / max(self._widths))

    def _draw(self) -> None:
        if not (self._pdf and self.isVisible()):
            return
        self._remember_place()
        self._empty()
        self._drawn = True
        ratio = self.devicePixelRatioF()
        found = paper.page_pictures(self._pdf, self._scale() * ratio)
        said = paper.page_texts(self._pdf)
        for number, (page, text) in enumerate(zip(found, said, strict=True), start=1):
            image = QImage(
                page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32
            )
            drawn = QPixmap.fromImage(image)
            drawn.setDevicePixelRatio(ratio)
            sheet = QLabel()
            sheet.setPixmap(drawn)
            sheet.setAccessibleName(_("Page {number}").format(number=number))
            sheet.setAccessibleDescription(text)
            self._layout.addWidget(sheet)
        self._settled.start()
        self.sized.emit(self.percent)

    def _empty(self) -> None:
        self._drawn = False
        while (item := self._layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
