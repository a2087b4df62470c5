"""The first start: make a vault, or open another file."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar

from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.text import tidy
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import access
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.background import Background
from kadin_danisma.ui.shell.entry import Panel
from kadin_danisma.ui.widgets.fields import Field
from kadin_danisma.ui.widgets.parts import button
from kadin_danisma.ui.widgets.phrase import PhraseChoice


class FirstStartPanel(Panel):
    """Asks for the centre and its first coordinator, and makes the vault.

    Args:
        path: Where the vault will lie.
        clock: The clock of the desk.
        background: Where the key is made.
    """

    at_the_door = True
    #: Emitted with the ``Desk`` and the recovery code.
    made = Signal(object, str)
    #: Emitted when another file shall be opened.
    other_wanted = Signal()
    #: Emitted when a vault shall be made of a backup.
    restore_wanted = Signal()

    def __init__(self, path: Path, clock: Clock, background: Background) -> None:
        super().__init__(
            _("Welcome"),
            _(
                "There is no vault on this computer yet. Make an empty one now; you become its "
                "first coordinator."
            ),
            width=64,
        )
        self._path = path
        self._clock = clock
        self._background = background
        self.centre = QLineEdit()
        self.name = QLineEdit()
        self.choice = PhraseChoice()
        self.passphrase, self.again = self.choice.first, self.choice.again
        self._fields = {
            "centre": Field(_("Name of the centre"), self.centre),
            "name": Field(_("Your user name"), self.name, _("The name you type when you sign in.")),
        }
        for field in self._fields.values():
            self.body.addWidget(field)
        self.body.addWidget(self.choice)
        self.do = self.go_on_with(
            button(_("Create the vault"), self.submit, kind="primary", key="Enter")
        )
        self.body.addWidget(self.do)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("The vault is being created."))
        self.bar.hide()
        self.body.addWidget(self.bar)
        self.foot.addWidget(button(_("Open another vault …"), self.other_wanted.emit, kind="quiet"))
        self.restore = button(_("Restore a backup …"), self.restore_wanted.emit, kind="quiet")
        self.foot.addWidget(self.restore)
        for edit in (self.centre, self.name):
            edit.returnPressed.connect(self.do.click)
        self.choice.entered.connect(self.do.click)

    def start(self) -> None:
        """Put the cursor where typing begins."""
        self.centre.setFocus()

    @property
    def errors(self) -> list[str]:
        """Return the sentences shown at the fields."""
        named = [field.error for field in self._fields.values() if field.error]
        return [*named, *self.choice.errors()]

    def submit(self) -> None:
        """Make the vault in the background."""
        if not self.do.isEnabled() or not self._is_complete():
            return
        self._set_busy(True)
        self.secret_given.emit()
        path, clock = self._path, self._clock
        centre, name = self.centre.text().strip(), self.name.text().strip()
        secret = self.choice.value()
        self._background.run(
            lambda _progress: access.create_vault(path, centre, name, secret, clock),
            self._done,
            self._failed,
            unclaimed=lambda made: made[0].close(),
        )

    def _is_complete(self) -> bool:
        wrong = ""
        for key, field in self._fields.items():
            control = field.control
            empty = isinstance(control, QLineEdit) and not control.text().strip()
            said = _("Please fill this in.") if empty else ""
            if key == "centre" and not empty:
                said = access.centre_problem(tidy(self.centre.text())) or ""
            field.set_error(said)
            wrong = wrong or (key if said else "")
        if wrong:
            self._fields[wrong].control.setFocus()
            return False
        return self.choice.is_ready()

    def _set_busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.hold(busy=busy)
        for part in (self.centre, self.name, self.choice, self.do):
            part.setEnabled(not busy)

    def _done(self, result: tuple[Desk, str]) -> None:
        self._set_busy(False)
        self.choice.clear()
        self.made.emit(*result)

    def _failed(self, error: KnownError) -> None:
        self._set_busy(False)
        self.choice.set_error(error.message)
