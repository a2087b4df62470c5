"""Only what puts something on paper is a printer; names and drivers are those of real systems."""

from types import SimpleNamespace

import pytest

from kadin_danisma.ui import printers


@pytest.mark.parametrize(
    ("words", "device"),
    [
        (
            ("HP_LaserJet_400", "Ön büro", "HP LaserJet 400 M401dn, hpcups 3.22.10"),
            "hp:/usb/HP?s=1",
        ),
        (("Brother-HL", "", "Brother HL-L2350DW, driverless, 2.0"), "ipp://localhost:60000/ipp"),
        (("Kyocera", "Koridor", "Kyocera ECOSYS P2040dn"), "socket://198.51.100.9:9100"),
        (("Apple", "", "Apple LaserWriter 16/600"), "usb://Apple/LaserWriter"),
        (("Canon MF4400 Series UFRII LT", "", "Canon MF4400 Series UFRII LT"), None),
        (("Ofis", "", "HP LaserJet 4"), "ipp://198.51.100.7/printers/Koridor"),
        (("Sharp", "", "Sharp MX-2614N PS"), "dnssd://Sharp%20MX._ipp._tcp.local/?uuid=1"),
    ],
)
def test_a_printer_with_paper_is_offered(words: tuple[str, ...], device: str | None) -> None:
    assert printers.is_real(words, device)


@pytest.mark.parametrize(
    ("words", "device"),
    [
        (("PDF", "PDF", "Generic CUPS-PDF Printer (w/ options)"), "cups-pdf:/"),
        (("ofis", "Ofis", "Local Raw Printer"), "cups-pdf:/"),
        (("ofis", "Ofis", "Local Raw Printer"), "file:///var/tmp/out"),
        (("ofis", "Ofis", "Local Raw Printer"), "///var/tmp/out"),
        (("ofis", "Ofis", "HP LaserJet 4"), "tea4cups://usb"),
        (("ofis", "Ofis", "HP LaserJet 4"), "baska:/"),
        (("ofis", "Ofis", "HP LaserJet 4"), ""),
        (("ofis", "Ofis", "HP LaserJet 4"), "ipp://localhost/printers/PDF"),
        (("ofis", "Ofis", "HP LaserJet 4"), "smb://sunucu/Microsoft%20Print%20to%20P%44F"),
        (("ofis", "Ofis", "HP LaserJet 4"), "dnssd://Print_to_file._ipp._tcp.local/"),
        (("Ｐ\uff24Ｆ", "", ""), None),
        (("Print_to_file", "", "Generic PostScript"), "socket://198.51.100.9"),
        (("Universal Document Converter", "", "Universal Document Converter"), None),
        (("ImagePrinter", "", "ImagePrinter Pro"), None),
        (("FinePrint", "", "FinePrint"), None),
        (("Belgegeçer", "", "Faks"), None),
        (("Microsoft Print to PDF", "", "Microsoft Print To PDF"), None),
        (("Microsoft XPS Document Writer", "", "Microsoft XPS Document Writer v4"), None),
        (("OneNote (Desktop)", "", "Send to Microsoft OneNote 16 Driver"), None),
        (("Fax", "", "Microsoft Shared Fax Driver"), None),
        (("Dosyaya yazdır", "", ""), None),
        (("Boomaga", "Boomaga virtual printer", ""), "boomaga:/"),
    ],
)
def test_one_that_writes_a_file_or_sends_a_message_is_not(
    words: tuple[str, ...], device: str | None
) -> None:
    assert not printers.is_real(words, device)


@pytest.mark.usefixtures("qapp")
def test_a_computer_without_printers_offers_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUPS_SERVER", "/nowhere/cups.sock")
    assert printers.names() == []


class Queue:
    """A queue as Qt tells of it."""

    def __init__(self, name: str, words: str = "") -> None:
        self.printerName = lambda: name
        self.description = self.makeAndModel = lambda: words


@pytest.mark.parametrize(
    ("devices", "offered"),
    [
        ({"a": "usb://a", "b": "usb://b", "c": "file:/x"}, ["b", "a"]),
        ({"a": "usb://a"}, ["a"]),
        ({}, ["b", "a", "c"]),
    ],
)
def test_the_usual_printer_comes_first_and_one_whose_device_is_not_told_never(
    monkeypatch: pytest.MonkeyPatch, devices: dict[str, str], offered: list[str]
) -> None:
    queues = [Queue("a"), Queue("b"), Queue("c"), Queue("d", "Generic CUPS-PDF Printer")]
    told = SimpleNamespace(availablePrinters=lambda: queues, defaultPrinterName=lambda: "b")
    monkeypatch.setattr(printers, "QPrinterInfo", told)
    monkeypatch.setattr(printers, "_devices", lambda: devices)
    assert printers.names() == offered
