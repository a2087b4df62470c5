"""Forms of accounts: a new person, one's own passphrase, a new one for somebody else.

A coordinator and IT fill in the same forms; what is done with them is handed in.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from kadin_danisma.domain import passphrase
from kadin_danisma.domain.codes import Code
from kadin_danisma.domain.role import Role, role_name
from kadin_danisma.domain.text import tidy
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _, pgettext
from kadin_danisma.services import access
from kadin_danisma.ui import sticks
from kadin_danisma.ui.background import Background, Progress
from kadin_danisma.ui.dialogs.slow import SlowForm
from kadin_danisma.ui.widgets.codebox import CodeBox
from kadin_danisma.ui.widgets.fields import Field, PassphraseEdit
from kadin_danisma.ui.widgets.keyfile import KeyFileField
from kadin_danisma.ui.widgets.parts import button, label, row


class NewPassphrase:
    """The two fields in which a new passphrase is typed."""

    def __init__(self) -> None:
        self.first = PassphraseEdit()
        self.again = PassphraseEdit()
        hint = _("Five words that have nothing to do with each other are strong and easy.")
        self.fields = (
            Field(_("New passphrase"), self.first, hint),
            Field(_("New passphrase once more"), self.again),
        )
        self.suggest = button(_("Suggest five words"), self.take_suggestion)
        self.shown = label("", "secret", wrap=True)
        self.shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.note = label("", "note", wrap=True)
        self.shown.hide()
        self.note.hide()

    def add_to(self, dialog: SlowForm) -> None:
        """Put the fields into a form, and the suggestion below them."""
        for field in self.fields:
            dialog.body.addWidget(field)
        dialog.body.addLayout(row(self.suggest, 1))
        for part in (self.shown, self.note):
            dialog.body.addWidget(part)
        dialog.body.addStretch(1)
        self.suggest.clicked.connect(dialog.fit)

    def take_suggestion(self) -> None:
        """Fill in five words drawn by chance, and show them this once."""
        try:
            words = passphrase.generate()
        except KnownError as error:
            self.note.setText(error.message)
        else:
            self.first.setText(words)
            self.again.setText(words)
            self.shown.setText(words)
            self.note.setText(
                _("Write the words down and hand them over: they are shown only now.")
            )
        self.shown.setVisible(bool(self.shown.text()))
        self.note.show()

    def value(self) -> str:
        """Return what was typed."""
        return self.first.text()

    def is_ready(self) -> bool:
        """Tell whether it can be used; say beside the fields why not."""
        weak = access.is_weak(self.first.text())
        other = not weak and self.first.text() != self.again.text()
        self.fields[0].set_error(_("This is short: somebody could guess it.") if weak else "")
        self.fields[1].set_error(_("The two passphrases are not the same.") if other else "")
        return not weak and not other


class AddUserDialog(SlowForm):
    """Gives a person an account.

    Args:
        parent: The window it belongs to.
        background: Where the account is made.
        add: Makes it of user name, title, role and passphrase.
    """

    def __init__(
        self,
        parent: QWidget | None,
        background: Background,
        add: Callable[[str, str, Role, str], object],
    ) -> None:
        super().__init__(
            parent, background, _("New user"), _("Add"), _("The account is being made …")
        )
        self._add = add
        self.name = QLineEdit()
        self.title = QLineEdit()
        self.role = CodeBox(_roles(), str(Role.SOCIAL_WORKER))
        self.passphrase = NewPassphrase()
        self._name_field = Field(_("User name"), self.name, _("The name to type when signing in."))
        self.add_row(
            self._name_field,
            Field(_("Title and name"), self.title, _("What the window shows: Av. Derya A.")),
        )
        self.body.addWidget(Field(_("Role"), self.role))
        self.passphrase.add_to(self)
        self.name.setFocus()

    def ready(self) -> bool:
        """Tell whether name and passphrase can be used."""
        missing = not tidy(self.name.text())
        self._name_field.set_error(_("Please fill this in.") if missing else "")
        self._asked = (
            tidy(self.name.text()),
            tidy(self.title.text()),
            Role(self.role.value()),
            self.passphrase.value(),
        )
        return self.passphrase.is_ready() and not missing

    def work(self, _progress: Progress) -> object:
        """Make the account."""
        return self._add(*self._asked)


class ChangePassphraseDialog(SlowForm):
    """Changes one's own passphrase.

    Args:
        parent: The window it belongs to.
        background: Where the key is made.
        change: Changes it; receives the present one and the new one, ``progress``, and
            ``key_files`` where one is needed.
        needs_key_file: Whether the account needs a key file.
    """

    def __init__(
        self,
        parent: QWidget | None,
        background: Background,
        change: Callable[..., object],
        *,
        needs_key_file: bool = False,
    ) -> None:
        super().__init__(
            parent,
            background,
            _("My passphrase"),
            pgettext("button", "Change"),
            _("The passphrase is being changed …"),
        )
        self._change = change
        self.old = PassphraseEdit()
        self.new = NewPassphrase()
        self.key_file = KeyFileField() if needs_key_file else None
        self.body.addWidget(Field(_("Present passphrase"), self.old))
        if self.key_file is not None:
            self.body.addWidget(self.key_file)
        self.new.add_to(self)
        self.old.setFocus()

    def ready(self) -> bool:
        """Tell whether the new passphrase can be used."""
        self._asked = (self.old.text(), self.new.value())
        self._chosen = self.key_file.path if self.key_file else None
        return self.new.is_ready()

    def work(self, progress: Progress) -> object:
        """Change it."""
        if self.key_file is None:
            return self._change(*self._asked, progress=progress)
        at_hand = sticks.key_files(self._chosen)
        return self._change(*self._asked, progress=progress, key_files=at_hand)


class ResetPassphraseDialog(SlowForm):
    """Gives somebody who forgot hers a new passphrase.

    Args:
        parent: The window it belongs to.
        background: Where the key is made.
        name: What the person is called.
        reset: Gives her the new one, and tells how far it is.
    """

    def __init__(
        self,
        parent: QWidget | None,
        background: Background,
        name: str,
        reset: Callable[[str, Progress], object],
    ) -> None:
        super().__init__(
            parent,
            background,
            _("New passphrase for {name}").format(name=name),
            pgettext("button", "Change"),
            _("The passphrase is being changed …"),
        )
        self._reset = reset
        self.new = NewPassphrase()
        self.new.add_to(self)
        self.new.first.setFocus()

    def ready(self) -> bool:
        """Tell whether the new passphrase can be used."""
        self._asked = self.new.value()
        return self.new.is_ready()

    def work(self, progress: Progress) -> object:
        """Change it."""
        return self._reset(self._asked, progress)


def _roles() -> list[Code]:
    return [Code(str(role), role_name(role), role_name(role)) for role in Role]
