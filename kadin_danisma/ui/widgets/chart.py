"""A chart of a report on screen: the same drawing as on paper."""

from PySide6.QtCore import QByteArray, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from kadin_danisma.ui.look import Look


class ChartView(QWidget):
    """Paints a drawing as wide as there is room, with its words for a screen reader.

    Args:
        svg: The drawing.
        words: What it shows.
        look: The text size in force.
    """

    def __init__(self, svg: bytes, words: str, look: Look) -> None:
        super().__init__()
        self._drawing = QSvgRenderer(QByteArray(svg))
        self._look = look
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Tell that its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the drawing at a width."""
        size = self._drawing.defaultSize()
        return round(size.height() * self._scale(width))

    def sizeHint(self) -> QSize:
        """Return the size of the drawing at the text size in force."""
        size = self._drawing.defaultSize()
        return QSize(self._look.px(size.width()), self._look.px(size.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the drawing from its upper left corner."""
        size = self._drawing.defaultSize()
        scale = self._scale(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._drawing.render(painter, QRectF(0, 0, size.width() * scale, size.height() * scale))
        painter.end()

    def _scale(self, width: int) -> float:
        return min(width / max(1, self._drawing.defaultSize().width()), self._look.percent / 100)
