"""The words of Qt itself (file dialogs, standard buttons, menus of a field) in our language."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from kadin_danisma.i18n import N_, _

#: What Qt's own catalogue has no Turkish for.
_MISSING: Mapping[str, str] = {
    "&Look in:": N_("&Look in:"),
    "Files of &type:": N_("Files of &type:"),
    "Drive": N_("Drive"),
    "File": N_("File"),
    "Folder": N_("Folder"),
    "File Folder": N_("Folder"),
    "%1 File": N_("%1 File"),
    "Shortcut": N_("Shortcut"),
    "Alias": N_("Shortcut"),
    "Unknown": N_("Unknown"),
    "Invalid filename": N_("Invalid file name"),
}
_OF_FILES = frozenset({"QFileDialog", "QFileSystemModel", "QAbstractFileIconProvider"})
#: The names of keys are those printed on them: Qt's Turkish ones ("Kontrol", "Üst Karakter") are on
#: no keyboard and on none of our buttons.
_OF_KEYS = "QShortcut"


class _OwnWords(QTranslator):
    def isEmpty(self) -> bool:
        """Tell Qt that there is something to ask for."""
        return False

    def translate(self, context: str, source: str, _about: str | None = None, _n: int = -1) -> str:
        """Return our words, nothing where Qt has its own."""
        if context == _OF_KEYS:
            return source
        missing = _MISSING.get(source) if context in _OF_FILES else None
        # Nothing at all, not empty words: then Qt asks on.
        return _(missing) if missing is not None else None  # type: ignore[return-value]


class QtWords:
    """Lets Qt speak the language of the window.

    Args:
        app: The application.
    """

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._own = _OwnWords()
        self._theirs = QTranslator()

    def speak(self, language: str) -> None:
        """Let Qt speak a language; what is open says it when it is built anew."""
        for translator in (self._own, self._theirs):
            self._app.removeTranslator(translator)
        QLocale.setDefault(QLocale(language))
        self._theirs = QTranslator()
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._theirs.load(f"qtbase_{language}", folder):
            self._app.installTranslator(self._theirs)
        self._app.installTranslator(self._own)
