"""What everybody may change: how the window looks, and one's own passphrase."""

from functools import partial

from kadin_danisma.i18n import LANGUAGES, _, current_language
from kadin_danisma.services import key_change, keyring, people, second_factor
from kadin_danisma.ui.dialogs.account import ChangePassphraseDialog
from kadin_danisma.ui.dialogs.keys import KeysDialog
from kadin_danisma.ui.dialogs.slow import SlowForm
from kadin_danisma.ui.look import SYSTEM
from kadin_danisma.ui.pages.admin.section import Section
from kadin_danisma.ui.shell.preferences import LANGUAGE, TEXT_SIZE, THEME
from kadin_danisma.ui.style import MEDIUM, TEXT_SIZES
from kadin_danisma.ui.widgets.filters import Filters
from kadin_danisma.ui.widgets.keyfilecard import KeyFileCard
from kadin_danisma.ui.widgets.parts import Card, button, label, row, told_card
from kadin_danisma.ui.workplace import Workplace

_LANGUAGE_NAMES = {"tr": "Türkçe", "en": "English"}


class MineSection(Section):
    """Theme, text size, language and passphrase of whoever is signed in.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, _("Look and passphrase"))
        self.dialog: SlowForm | None = None
        self.theme = Filters(
            _("Theme"),
            {"light": _("Light"), "dark": _("Dark"), SYSTEM: _("Like the system")},
        )
        self.text_size = Filters(
            _("Text size"),
            {str(size): _("{percent}%").format(percent=size) for size in TEXT_SIZES},
        )
        self.language = Filters(_("Language"), {key: _LANGUAGE_NAMES[key] for key in LANGUAGES})
        self.wear = button(_("Apply"), self.apply, kind="primary")
        self.change = button(_("Change my passphrase"), self.open_change)
        self.body.addWidget(self._looks())
        self.give = button(_("Keys of session notes"), self.open_keys)
        self.keys = self._keys()
        self.key_file = KeyFileCard(
            place.background,
            partial(people.needs_key_file, place.desk),
            partial(second_factor.use, place.desk),
            partial(second_factor.drop, place.desk),
            lambda words: place.nav.said.emit(words, None),
        )
        self.body.addWidget(self._passphrase())
        self.body.addWidget(self.key_file)
        self.body.addWidget(self.keys)
        self.body.addStretch(1)

    def reload(self) -> None:
        """Show what is chosen now."""
        desk, look = self.place.desk, self.place.look
        self.theme.choose(people.preference(desk, THEME) or look.theme.name)
        self.text_size.choose(str(look.percent))
        self.language.choose(current_language())
        self.key_file.reload()
        self.keys.setVisible(bool(keyring.waiting(desk)))

    def apply(self) -> None:
        """Keep the choice in the vault and let the window follow."""
        for key, choice in (
            (THEME, self.theme),
            (TEXT_SIZE, self.text_size),
            (LANGUAGE, self.language),
        ):
            people.set_preference(self.place.desk, key, choice.chosen())
        self.place.nav.look_changed.emit()

    def open_change(self) -> None:
        """Open the form of one's own passphrase."""
        self.dialog = ChangePassphraseDialog(
            self,
            self.place.background,
            partial(people.change_passphrase, self.place.desk),
            needs_key_file=people.needs_key_file(self.place.desk),
        )
        self.dialog.worked.connect(lambda _change: self._say_changed())
        self.dialog.open()

    def open_keys(self) -> None:
        """Open the form by which colleagues of one's own discipline get its key."""
        self.dialog = KeysDialog(self, self.place, keyring.waiting(self.place.desk))
        self.dialog.worked.connect(lambda _count: self._given())
        self.dialog.open()

    def _say_changed(self) -> None:
        self.place.nav.said.emit(_("Your passphrase was changed."), None)
        if key_change.is_due(self.place.desk):
            self.say(_("Your passphrase was changed."), key_change.still_due_words())

    def _given(self) -> None:
        self.place.nav.said.emit(_("The keys were given."), None)
        self.reload()

    def _looks(self) -> Card:
        card = Card(_("How the window looks"))
        card.body.setSpacing(MEDIUM)
        for name, choice in (
            (_("Theme"), self.theme),
            (_("Text size"), self.text_size),
            (_("Language"), self.language),
        ):
            card.body.addWidget(label(name, "label"))
            card.body.addLayout(row(choice, 1))
        card.body.addLayout(row(self.wear, 1))
        return card

    def _keys(self) -> Card:
        words = _("A colleague of your discipline waits for the key of its notes.")
        return told_card(_("Keys of session notes"), words, self.give)

    def _passphrase(self) -> Card:
        words = _("Nobody else needs to know it, and nobody will ask you for it.")
        return told_card(_("My passphrase"), words, self.change)
