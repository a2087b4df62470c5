"""Which printers put something on paper: those that write a file are none, whatever their name.

A recovery sheet opens everything. A queue is taken for real only if nothing about it says that it
keeps what it prints; what cannot be told apart stands in docs/decisions/0033.
"""

import re
import sys
import unicodedata

from PySide6.QtCore import QByteArray, QUrl
from PySide6.QtPrintSupport import QPrinterInfo

#: Words of queues and drivers that write a file, send a message or keep what they are given.
_NO_PAPER = re.compile(
    r"pdf|xps|onenote|docuworks|postscript file|print to (file|disk)|document (writer|converter)"
    r"|image ?printer|note writer|fineprint|priprinter|snagit|tiff|jpe?g|\bpng\b|boomaga|tea4cups"
    r"|evernote|fax|faks|e-?mail|e-?posta|cloud|bulut|virtual|sanal|dosya",
    re.IGNORECASE,
)
#: The ways by which CUPS reaches a device; an unknown one may lead anywhere.
_WIRES = frozenset(
    [
        "usb",
        "ipp",
        "ipps",
        "http",
        "https",
        "socket",
        "lpd",
        "dnssd",
        "mdns",
        "smb",
        "parallel",
        "serial",
        "bluetooth",
        "hp",
        "implicitclass",
        "canonusb",
        "cnijusb",
        "cnijnet",
        "cnijbe",
        "cnijbe2",
        "epson",
        "epson2",
        "gutenprint52+usb",
        "gutenprint53+usb",
    ]
)


def names() -> list[str]:
    """Return the names of the printers that put something on paper, the usual one first."""
    known = _devices()
    # Where devices are told, a queue whose device is not is no better than one that leads nowhere.
    untold = "" if known else None
    found = [
        info.printerName()
        for info in QPrinterInfo.availablePrinters()
        if is_real(
            (info.printerName(), info.description(), info.makeAndModel()),
            known.get(info.printerName(), untold),
        )
    ]
    return sorted(found, key=lambda name: name != QPrinterInfo.defaultPrinterName())


def is_real(words: tuple[str, ...], device: str | None = None) -> bool:
    """Tell whether a printer puts something on paper, as far as that can be told.

    Args:
        words: Its name, its description, the name of its driver.
        device: Where it leads to (``usb://...``); None where that is not told.
    """
    # A queue that leads to another one (``ipp://localhost/printers/PDF``) tells of it there.
    leads_to = QUrl.fromPercentEncoding(QByteArray((device or "").encode()))
    if any(_NO_PAPER.search(_plain(each)) for each in (*words, leads_to)):
        return False
    return device is None or device.partition(":")[0].lower() in _WIRES


def _plain(words: str) -> str:
    """Return words as they are read: CUPS names its queues without spaces, and signs have forms."""
    return unicodedata.normalize("NFKC", words).replace("_", " ")


def _devices() -> dict[str, str]:
    if sys.platform != "linux":
        return {}
    # Loads the library of CUPS: only where something shall be printed.
    from kadin_danisma.ui.queues import devices

    return devices()
