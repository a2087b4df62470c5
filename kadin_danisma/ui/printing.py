"""Secret pages on paper, and nowhere else: to a real printer, with no file of the program's.

Qt gives CUPS its pages in a temporary file, which is made in memory here. What the printing system
keeps for a while is beyond the program (docs/threats.md).
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter

from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import paper
from kadin_danisma.ui import printers

_POINTS_PER_INCH = 72
#: Finer than this the eye sees no difference, and the memory does.
_FINEST = 300
_MOUNTS = Path("/proc/self/mounts")
#: File systems that lie in memory.
_IN_MEMORY = frozenset({"tmpfs", "ramfs"})


class NotOnPaperError(KnownError):
    """It would not go on paper alone; nothing was printed."""


def printer_named(name: str) -> QPrinter:
    """Return a printer as secret pages need it: one copy, each page on a sheet of its own."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    # Two shares on one sheet of paper would be as good as the whole code.
    printer.setDuplex(QPrinter.DuplexMode.DuplexNone)
    printer.setCopyCount(1)
    # Printers list the names of what they print; this one says nothing.
    printer.setDocName(_("Kadın Danışma"))
    printer.setFullPage(True)
    return printer


def print_secretly(printer: QPrinter, pdf: bytes) -> None:
    """Print the pages of a PDF, each on a sheet of its own, if they go on paper and nowhere else.

    Raises:
        NotOnPaperError: The printer writes a file, or there is no memory to hand over the pages.
        KnownError: The printer could not be used.
    """
    with _files_in_memory():
        _refuse_files(printer)
        _paint(printer, pdf)


def _refuse_files(printer: QPrinter) -> None:
    """Refuse a printer that writes a file, however it came to.

    Raises:
        NotOnPaperError: It does.
    """
    is_native = printer.outputFormat() is QPrinter.OutputFormat.NativeFormat
    if not is_native or printer.outputFileName() or printer.printerName() not in printers.names():
        raise NotOnPaperError(
            _("This printer would write a file. Nothing was printed; please copy by hand.")
        )


def _paint(printer: QPrinter, pdf: bytes) -> None:
    fine = min(printer.resolution(), _FINEST)
    painter = QPainter()
    if not painter.begin(printer):
        raise KnownError(
            _(
                "The printer could not be used. Nothing was printed. Please check the printer and "
                "try again."
            )
        )
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


@contextmanager
def _files_in_memory() -> Iterator[None]:
    """Let what the printing library puts down in between lie in memory, never on the disk.

    Raises:
        NotOnPaperError: This computer has no folder in memory.
    """
    if sys.platform != "linux":
        yield
        return
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(_memory_folder())
    try:
        yield
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before


def _memory_folder(mounts: Path = _MOUNTS) -> Path:
    """Return a folder that lies in memory and can be written.

    Raises:
        NotOnPaperError: There is none.
    """
    mounted = [line.split() for line in mounts.read_text(errors="replace").splitlines()]
    # Of several at one place the last one covers the others.
    kinds = {words[1]: words[2] for words in mounted}
    there = {folder for folder, kind in kinds.items() if kind in _IN_MEMORY}
    for folder in ("/dev/shm", os.environ.get("XDG_RUNTIME_DIR", "")):  # noqa: S108 (in memory)
        if folder in there and os.access(folder, os.W_OK | os.X_OK):
            return Path(folder)
    raise NotOnPaperError(
        _("Printing would leave a file on the disk here. Nothing was printed; please copy by hand.")
    )
