"""Secret pages go on paper or nowhere: no printer that writes a file, no file in between."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from kadin_danisma.errors import KnownError
from kadin_danisma.reports import raster, recovery_sheet
from kadin_danisma.ui import printers, printing
from kadin_danisma.ui.dialogs.printing import PrintSecretDialog
from kadin_danisma.ui.printing import NotOnPaperError

TEXTS, WORDS = ["7QK-03F", "8QK-03F", "9QK-03F"], "kapalı elma deniz yokuş şarkı bulut"
SHEETS = recovery_sheet.write("Örnek Merkez", TEXTS, "2ENR", date.max, WORDS)


def printer_to(path: Path) -> QPrinter:
    """Return a printer whose paper is a file, so that a test can look at it."""
    printer = printing.printer_named("")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


@pytest.mark.usefixtures("qapp")
def test_every_sheet_is_a_page_of_its_own_on_paper_of_its_own(tmp_path: Path) -> None:
    printer = printer_to(tmp_path / "paper.pdf")
    printing._paint(printer, SHEETS)
    assert len(raster.page_widths((tmp_path / "paper.pdf").read_bytes())) == 3
    assert printer.docName() == "Kadın Danışma"
    assert printer.duplex() is QPrinter.DuplexMode.DuplexNone


def test_a_printer_that_cannot_be_used_is_said(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(KnownError):
        printing._paint(printer_to(tmp_path / "nowhere" / "paper.pdf"), SHEETS)


class Switched(QPrinter):
    """A real printer by its name, which somebody has switched to a file."""

    def __init__(self, path: Path, *, told: bool) -> None:
        super().__init__()
        self.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        self.setOutputFileName(str(path))
        self._told = told

    def printerName(self) -> str:  # noqa: N802 (Qt's name)
        return "ofis"

    def outputFileName(self) -> str:  # noqa: N802 (Qt's name)
        return super().outputFileName() if self._told else ""


@pytest.fixture
def an_office_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be one real printer."""
    monkeypatch.setattr(printers, "names", lambda: ["ofis"])


@pytest.mark.usefixtures("qapp", "an_office_printer")
@pytest.mark.parametrize("told", [True, False])
def test_a_printer_switched_to_a_file_is_refused_right_before_painting(
    tmp_path: Path, *, told: bool
) -> None:
    with pytest.raises(NotOnPaperError):
        printing.print_secretly(Switched(tmp_path / "paper.pdf", told=told), SHEETS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("qapp")
def test_a_queue_that_is_no_real_printer_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(printers, "names", list)
    monkeypatch.setattr(QPrinter, "outputFormat", lambda _self: QPrinter.OutputFormat.NativeFormat)
    monkeypatch.setattr(QPrinter, "outputFileName", lambda _self: "")
    with pytest.raises(NotOnPaperError):
        printing.print_secretly(printer_to(tmp_path / "paper.pdf"), SHEETS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("an_office_printer")
def test_the_form_prints_to_the_chosen_printer_and_says_a_refusal(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    form = PrintSecretDialog(None, ["ofis", "arka oda"], SHEETS)
    qtbot.addWidget(form)
    form.show()
    form.printer.buttons["arka oda"].click()
    asked: list[str] = []

    def switched(name: str) -> QPrinter:
        asked.append(name)
        return Switched(tmp_path / "paper.pdf", told=True)

    monkeypatch.setattr(printing, "printer_named", switched)
    form.submit()
    assert asked == ["arka oda"]
    assert "dosya" in form.trouble
    assert form.isVisible()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("an_office_printer")
def test_the_form_offers_printers_and_no_file(qtbot: QtBot) -> None:
    form = PrintSecretDialog(None, ["ofis"], SHEETS)
    qtbot.addWidget(form)
    words = " ".join(each.text() for each in form.findChildren(QPushButton))
    assert "ofis" in words
    assert "PDF" not in words


def a_list_of_mounts(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "mounts"
    path.write_text("".join(f"{line} rw 0 0\n" for line in lines))
    return path


def test_the_folder_in_between_lies_in_memory(tmp_path: Path, monkeypatch) -> None:
    here = a_list_of_mounts(tmp_path, "/dev/sda1 / ext4", "tmpfs /dev/shm tmpfs")
    assert printing._memory_folder(here) == Path("/dev/shm")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    here = a_list_of_mounts(tmp_path, "/dev/sda1 /dev/shm ext4", f"tmpfs {tmp_path} tmpfs")
    assert printing._memory_folder(here) == tmp_path


def test_a_folder_in_memory_that_a_disk_covers_is_none(tmp_path: Path) -> None:
    covered = a_list_of_mounts(tmp_path, "tmpfs /dev/shm tmpfs", "/dev/sda1 /dev/shm ext4")
    with pytest.raises(NotOnPaperError):
        printing._memory_folder(covered)


def test_where_no_folder_lies_in_memory_nothing_is_printed(tmp_path: Path) -> None:
    with pytest.raises(NotOnPaperError):
        printing._memory_folder(a_list_of_mounts(tmp_path, "/dev/sda1 / ext4"))


@pytest.mark.usefixtures("qapp", "an_office_printer")
@pytest.mark.parametrize("before", ["/baska", None])
def test_the_folder_is_set_while_it_is_painted_and_put_back(
    monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    seen: list[str | None] = []
    monkeypatch.setattr(printing, "_memory_folder", lambda: Path("/bellekte"))
    monkeypatch.setattr(printing, "_refuse_files", lambda _printer: None)
    monkeypatch.setattr(printing, "_paint", lambda *_: seen.append(os.environ.get("TMPDIR")))
    with tmpdir(monkeypatch, before):
        printing.print_secretly(QPrinter(), SHEETS)
        assert os.environ.get("TMPDIR") == before
    assert seen == ["/bellekte"]


@contextmanager
def tmpdir(monkeypatch: pytest.MonkeyPatch, value: str | None) -> Iterator[None]:
    with monkeypatch.context() as patch:
        if value is None:
            patch.delenv("TMPDIR", raising=False)
        else:
            patch.setenv("TMPDIR", value)
        yield
