"""What the self-test needs Qt for: Turkish buttons, the shipped font."""

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtGui import QFont, QGuiApplication, QRawFont
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from kadin_danisma.i18n import _
from kadin_danisma.ui import style
from kadin_danisma.ui.look import load_fonts

_CANCEL = "İptal"
#: ğ ı İ ş and the Turkish lira.
_HARD_LETTERS = "ğıİş₺"


def check() -> list[str]:
    """Return a sentence for each thing that is amiss; no window appears."""
    app = QGuiApplication.instance() or QApplication(["kadin-danisma", "-platform", "offscreen"])
    amiss = []
    if _cancel_button() != _CANCEL:
        amiss.append(_("Qt's own buttons are not in Turkish."))
    if not _has_letters():
        amiss.append(_("The shipped font is missing or lacks Turkish letters."))
    del app
    return amiss


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
    """Ask the shipped face itself: QFontMetrics would also count what other fonts lend."""
    load_fonts()
    face = QRawFont.fromFont(QFont(style.FONT_FAMILY))
    return face.familyName() == style.FONT_FAMILY and all(
        face.supportsCharacter(ord(letter)) for letter in _HARD_LETTERS
    )
