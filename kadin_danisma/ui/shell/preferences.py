"""Theme, text size and language of the signed-in person, kept in the vault."""

from dataclasses import dataclass

from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from kadin_danisma.i18n import LANGUAGES, _
from kadin_danisma.services import people
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.look import SYSTEM
from kadin_danisma.ui.shell.entry import LANGUAGE_NAMES
from kadin_danisma.ui.style import SMALL, TEXT_SIZES, THEMES
from kadin_danisma.ui.widgets.parts import button, focus_checked, label, row
from kadin_danisma.ui.workplace import Workplace

#: The keys under which the vault keeps them.
THEME, TEXT_SIZE, LANGUAGE = "theme", "text_size", "language"


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person chose; None where she chose nothing."""

    theme: str | None
    text_size: int | None
    language: str | None


def read_preferences(desk: Desk) -> Preferences:
    """Return what the signed-in person chose; anything unreadable counts as nothing."""
    theme = people.preference(desk, THEME)
    size = people.preference(desk, TEXT_SIZE) or ""
    language = people.preference(desk, LANGUAGE)
    return Preferences(
        theme if theme in (*THEMES, SYSTEM) else None,
        int(size) if size.isdigit() and int(size) in TEXT_SIZES else None,
        language if language in LANGUAGES else None,
    )


class PreferencesDialog(FormDialog):
    """Choose theme, text size and language; the window follows when it is saved.

    Args:
        parent: The window.
        place: The desk and the window's means.
        language: The language in force.
    """

    def __init__(self, parent: QWidget, place: Workplace, language: str) -> None:
        super().__init__(parent, _("How the window looks"), width=64)
        self._place = place
        themes = {"light": _("Light"), "dark": _("Dark"), SYSTEM: _("Like the system")}
        sizes = {str(size): _("{percent}%").format(percent=size) for size in TEXT_SIZES}
        self.theme = self._choice(
            _("Theme"), themes, people.preference(place.desk, THEME) or place.look.theme.name
        )
        self.text_size = self._choice(_("Text size"), sizes, str(place.look.percent))
        self.language = self._choice(_("Language"), LANGUAGE_NAMES, language)
        focus_checked(self.theme)

    def save(self) -> bool:
        """Keep the choice in the vault and let the window follow."""
        for key, group in (
            (THEME, self.theme),
            (TEXT_SIZE, self.text_size),
            (LANGUAGE, self.language),
        ):
            people.set_preference(self._place.desk, key, chosen_of(group))
        self._place.nav.look_changed.emit()
        return True

    def _choice(self, name: str, choices: dict[str, str], now: str) -> QButtonGroup:
        self.body.addWidget(label(name, "label"))
        group = QButtonGroup(self)
        buttons: list[QWidget | int] = []
        for key, words in choices.items():
            made: QPushButton = button(words, kind="filter")
            made.setCheckable(True)
            made.setChecked(key == now)
            made.setProperty("choice", key)
            made.setAccessibleName(f"{name}: {words}")
            group.addButton(made)
            buttons.append(made)
        self.body.addLayout(row(*buttons, 1, spacing=SMALL))
        return group


def chosen_of(group: QButtonGroup) -> str:
    """Return the key of the button that is pressed in."""
    checked = group.checkedButton()
    return str(checked.property("choice")) if checked is not None else ""
