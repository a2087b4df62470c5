"""Pages on paper, straight from memory: the program writes no file to print them.

What the printing system of the computer keeps for a while is beyond the program (docs/threats.md).
"""

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import paper

_POINTS_PER_INCH = 72
#: Finer than this the eye sees no difference, and the memory does.
_FINEST = 300


def ask_and_print(parent: QWidget, pdf: bytes) -> bool:
    """Let the person choose a printer and print.

    Returns:
        Whether it was printed.

    Raises:
        KnownError: The printer could not be used.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() != QPrintDialog.DialogCode.Accepted:
        return False
    print_pages(printer, pdf)
    return True


def print_pages(printer: QPrinter, pdf: bytes) -> None:
    """Print the pages of a PDF, each on a sheet of its own.

    Raises:
        KnownError: The printer could not be used.
    """
    # Printers list the names of what they print; this one says nothing.
    printer.setDocName(_("Kadın Danışma"))
    printer.setFullPage(True)
    fine = min(printer.resolution(), _FINEST)
    painter = QPainter()
    if not painter.begin(printer):
        raise KnownError(_("The printer could not be used. Nothing was printed."))
    try:
        for number, page in enumerate(paper.page_pictures(pdf, fine / _POINTS_PER_INCH)):
            if number:
                printer.newPage()
            image = QImage(
                page.pixels, page.width, page.height, page.stride, QImage.Format.Format_RGB32
            )
            painter.drawImage(QRect(0, 0, printer.width(), printer.height()), image)
    finally:
        painter.end()
