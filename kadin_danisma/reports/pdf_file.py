"""A PDF in the making: tagged, to be kept (PDF/A-2a), naming nobody, always the same bytes.

Every paper of the program goes through here: what a PDF says of itself is decided once.
"""

from collections.abc import Iterable
from datetime import date
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from kadin_danisma.reports import archival, fonts
from kadin_danisma.reports.blocks import Block
from kadin_danisma.reports.pen import Pen
from kadin_danisma.reports.tagging import Structure
from kadin_danisma.reports.theme import PAPER

WIDTH, HEIGHT = A4
_LOCALES = {"tr": "tr-TR", "en": "en"}
PRODUCER = "Kadın Danışma"


class PdfFile:
    """An A4 document that is drawn page by page.

    Args:
        title: What a reader shows above it; it names nobody.
        language: ``tr`` or ``en``, for a screen reader.
        day: The day it carries; the moment of making it is nowhere in it.
    """

    def __init__(self, title: str, language: str, day: date) -> None:
        fonts.register()
        self._title, self._day = title, day
        self._raw = BytesIO()
        self._canvas = Canvas(
            self._raw,
            pagesize=A4,
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            initialFontName=fonts.REGULAR,  # type: ignore[arg-type]  # the stubs say float
            lang=_LOCALES[language],
        )
        self._describe()
        self.pen = Pen(self._canvas, Structure(self._canvas, _LOCALES[language]), PAPER)

    def flow(self, blocks: Iterable[Block], side: float, top: float) -> None:
        """Draw blocks one below the other, as wide as the page between its sides.

        What would fall off the page goes on the next one.
        """
        width = WIDTH - 2 * side
        y = HEIGHT - top
        for block in blocks:
            if block.height(width) > y and y < HEIGHT - top:
                self.turn()
                y = HEIGHT - top
            block.draw(self.pen, self.pen.structure.root, side, y, width)
            y -= block.height(width)

    def turn(self) -> None:
        """End the page."""
        self._canvas.showPage()

    def finished(self) -> bytes:
        """Return the whole document; nothing can be drawn any more."""
        self.pen.structure.write()
        archival.declare(self._canvas, self._title, self._day, PRODUCER)
        self._canvas.save()
        return archival.with_ended_streams(self._raw.getvalue())

    def _describe(self) -> None:
        """Say title and day of the document, and of nobody who made it."""
        canvas = self._canvas
        canvas.setTitle(self._title)
        canvas.setAuthor("")
        canvas.setSubject("")
        canvas.setCreator("")
        canvas.setProducer(PRODUCER)
        canvas.setViewerPreference("DisplayDocTitle", "true")
        canvas.setDateFormatter(lambda *_moment: f"D:{self._day:%Y%m%d}000000+03'00'")
