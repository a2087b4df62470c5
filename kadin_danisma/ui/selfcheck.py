"""What the self-test needs Qt for: reading a PDF back, Turkish buttons, the shipped font."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QLibraryInfo, QTranslator
from PySide6.QtGui import QFont, QFontInfo, QFontMetrics, QGuiApplication
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from kadin_danisma.i18n import _
from kadin_danisma.ui import style
from kadin_danisma.ui.look import load_fonts

_CANCEL = "İptal"
#: ğ ı İ ş and the Turkish lira.
_HARD_LETTERS = "ğıİş₺"


def check(pdf: bytes, words: str) -> list[str]:
    """Return a sentence for each thing that is amiss; no window appears.

    Args:
        pdf: A report.
        words: What must be readable in it.
    """
    app = QGuiApplication.instance() or QApplication(["kadin-danisma", "-platform", "offscreen"])
    amiss = []
    if words not in pdf_text(pdf):
        amiss.append(_("The PDF cannot be read back."))
    if _cancel_button() != _CANCEL:
        amiss.append(_("Qt's own buttons are not in Turkish."))
    if not _has_letters():
        amiss.append(_("The shipped font is missing or lacks Turkish letters."))
    del app
    return amiss


def pdf_text(pdf: bytes) -> str:
    """Return all text of a PDF; nothing of one that cannot be read."""
    content = QByteArray(pdf)
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    pages = [document.getAllText(page).text() for page in range(document.pageCount())]
    document.close()
    return "\n".join(pages)


def _cancel_button() -> str:
    """Return what stands on Qt's own Cancel button in Turkish."""
    translator = QTranslator()
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not translator.load("qtbase_tr", folder):
        return ""
    app = QApplication.instance()
    assert app is not None
    app.installTranslator(translator)
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    text = box.button(QDialogButtonBox.StandardButton.Cancel).text()
    box.deleteLater()
    app.removeTranslator(translator)
    return text.replace("&", "")


def _has_letters() -> bool:
    load_fonts()
    font = QFont(style.FONT_FAMILY)
    metrics = QFontMetrics(font)
    shipped = QFontInfo(font).family() == style.FONT_FAMILY
    return shipped and all(metrics.inFontUcs4(ord(letter)) for letter in _HARD_LETTERS)
