"""Printing writes pages to the printer that was chosen, and a fault of it is said calmly."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from kadin_danisma.errors import KnownError
from kadin_danisma.reports import raster, recovery_sheet
from kadin_danisma.ui import printing

SHEETS = recovery_sheet.write("Örnek Merkez", ["7QK-03F", "8QK-03F", "9QK-03F"], "2ENR", date.max)


def printer_to(path: Path) -> QPrinter:
    """Return a printer whose paper is a file, so that a test can look at it."""
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


@pytest.mark.usefixtures("qapp")
def test_every_sheet_is_a_page_of_its_own(tmp_path: Path) -> None:
    printer = printer_to(tmp_path / "paper.pdf")
    printing.print_pages(printer, SHEETS)
    assert len(raster.page_widths((tmp_path / "paper.pdf").read_bytes())) == 3
    assert printer.docName() == "Kadın Danışma"


def test_a_printer_that_cannot_be_used_is_said(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(KnownError):
        printing.print_pages(printer_to(tmp_path / "nowhere" / "paper.pdf"), SHEETS)
