"""What Qt itself says is Turkish: its file dialogs, standard buttons, and the menus of fields."""

import gc
import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt, QTranslator
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from kadin_danisma.i18n import use_language
from kadin_danisma.ui.qtwords import QtWords

#: What is the same in both languages, or no word of Qt's.
SAME = re.compile(r"[^a-zçğıöşü]*|/.*|.*\(\*\)|x|Qt.*", re.IGNORECASE)


@pytest.fixture(autouse=True)
def alone(qapp: QApplication) -> None:
    """Let no program of an earlier test, whose window is still held somewhere, speak as well."""
    for each in gc.get_objects():
        if issubclass(type(each), QTranslator):
            qapp.removeTranslator(each)


@pytest.fixture
def words(qapp: QApplication) -> Iterator[QtWords]:
    """Qt's words; put back afterwards."""
    before, made = QLocale(), QtWords(qapp)
    yield made
    # A translator that is gone is asked no more.
    del made
    QLocale.setDefault(before)


def file_dialog(mode: QFileDialog.FileMode, accept: QFileDialog.AcceptMode) -> QFileDialog:
    made = QFileDialog(None, "x", "/", "x (*)")
    made.setOption(QFileDialog.Option.DontUseNativeDialog)
    made.setFileMode(mode)
    made.setAcceptMode(accept)
    return made


def buttons() -> QDialogButtonBox:
    made = QDialogButtonBox()
    for each in QDialogButtonBox.StandardButton:
        if each.value and each.value & (each.value - 1) == 0:
            made.addButton(each)
    return made


def with_menu(field: QLineEdit | QPlainTextEdit) -> QWidget:
    menu = field.createStandardContextMenu()
    menu.setParent(field)
    return field


MODE, ACCEPT = QFileDialog.FileMode, QFileDialog.AcceptMode
THINGS: dict[str, Callable[[], QWidget]] = {
    "open": lambda: file_dialog(MODE.ExistingFile, ACCEPT.AcceptOpen),
    "open several": lambda: file_dialog(MODE.ExistingFiles, ACCEPT.AcceptOpen),
    "folder": lambda: file_dialog(MODE.Directory, ACCEPT.AcceptOpen),
    "save": lambda: file_dialog(MODE.AnyFile, ACCEPT.AcceptSave),
    "buttons": buttons,
    "line menu": lambda: with_menu(QLineEdit("x")),
    "text menu": lambda: with_menu(QPlainTextEdit("x")),
}


def said(thing: QWidget) -> set[str]:
    """Return every word that stands in something of Qt's, keys aside."""
    found: set[str] = set()
    for part in (thing, *thing.findChildren(QWidget)):
        for name in ("text", "title", "placeholderText", "toolTip", "accessibleName"):
            read = getattr(part, name, None)
            if callable(read):
                found.add(read())
        found |= {action.text().partition("\t")[0] for action in part.actions()}
        if isinstance(part, QComboBox):
            found |= {part.itemText(place) for place in range(part.count())}
        if isinstance(part, QAbstractItemView) and part.model() is not None:
            across = Qt.Orientation.Horizontal
            columns = range(part.model().columnCount())
            found |= {str(part.model().headerData(place, across)) for place in columns}
    return {text for text in found if not SAME.fullmatch(text)}


def _in(language: str, words: QtWords, name: str) -> set[str]:
    use_language(language)
    words.speak(language)
    return said(THINGS[name]())


@pytest.mark.parametrize("name", THINGS)
def test_nothing_of_qt_is_left_in_english(words: QtWords, name: str) -> None:
    english, turkish = (_in(language, words, name) for language in ("en", "tr"))
    assert english
    assert turkish & english == set()


def test_without_our_words_some_are_left(qapp: QApplication) -> None:
    assert "Files of &type:" in said(THINGS["open"]())


@pytest.mark.parametrize(
    ("context", "source", "turkish"),
    [
        (
            "QFileDialog",
            "%1 already exists.\nDo you want to replace it?",
            "Değiştirmek istiyor musunuz?",
        ),
        ("QFileDialog", "Are you sure you want to delete '%1'?", "emin misiniz?"),
        ("QAbstractFileIconProvider", "Folder", "Klasör"),
        ("QAbstractFileIconProvider", "%1 File", "%1 dosyası"),
        ("QFileDialog", "Files of &type:", "Dosya &türü:"),
    ],
)
def test_its_questions_are_turkish(words: QtWords, context: str, source: str, turkish: str) -> None:
    words.speak("tr")
    assert turkish in QCoreApplication.translate(context, source)


def test_keys_are_called_what_stands_on_them(words: QtWords) -> None:
    words.speak("tr")
    native = QKeySequence.SequenceFormat.NativeText
    assert QKeySequence("Ctrl+Shift+F").toString(native) == "Ctrl+Shift+F"
    assert QKeySequence("Esc").toString(native) == "Esc"


def test_days_and_sizes_of_files_follow_the_language(words: QtWords) -> None:
    words.speak("tr")
    assert QLocale().language() is QLocale.Language.Turkish
    words.speak("en")
    assert QLocale().language() is QLocale.Language.English
