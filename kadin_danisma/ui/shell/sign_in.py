"""Signing in: user name, passphrase, and nothing about whose data lies behind them."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QVBoxLayout

from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.recovery import is_recovery_name
from kadin_danisma.errors import (
    KeyFileNeededError,
    KnownError,
    NotLetInError,
    RolledBackVaultError,
    TooSoonError,
    UnprovedError,
    WrongCredentialsError,
)
from kadin_danisma.i18n import _
from kadin_danisma.services import door
from kadin_danisma.ui.background import Background, Progress
from kadin_danisma.ui.dialogs.message import Message, ask
from kadin_danisma.ui.shell.entry import Panel
from kadin_danisma.ui.style import SMALL
from kadin_danisma.ui.widgets.fields import Field, PassphraseEdit
from kadin_danisma.ui.widgets.parts import button, label, row

# What opens a vault is loaded while somebody signs in: the window asks sooner who is there.
if TYPE_CHECKING:
    from kadin_danisma.services.desk import Desk
    from kadin_danisma.services.keeping import KeepersDesk
    from kadin_danisma.ui.widgets.keyfile import KeyFileField

#: How often the countdown looks at the clock, in milliseconds.
_BEAT = 250


class MissingKeyFileError(KnownError):
    """The account needs a key file, and the one that is meant is missing or cannot be read."""


class SignInPanel(Panel):
    """Two fields and one button; the key is derived beside the window.

    Args:
        path: The vault to open.
        clock: The clock of the desk.
        background: Where Argon2 runs.
    """

    at_the_door = True
    #: Emitted with the ``Desk`` of whoever signed in, or with IT's ``KeepersDesk``.
    signed_in = Signal(object)
    #: Emitted when another file shall be opened.
    other_wanted = Signal()
    #: Emitted when a vault shall be made of a backup.
    restore_wanted = Signal()
    #: Emitted when the user name is that of the recovery sheets, which are typed elsewhere.
    recovery_wanted = Signal()
    #: Emitted with user name, passphrase and the six words of whoever waits to be let in.
    not_let_in = Signal(str, str, str)

    def __init__(self, path: Path, clock: Clock, background: Background) -> None:
        super().__init__(_("Sign in"), _("Your notes stay on this computer."))
        self._path = path
        self._clock = clock
        self._background = background
        self.name = QLineEdit()
        self.passphrase = PassphraseEdit()
        self._name_field = Field(_("User name"), self.name)
        self._pass_field = Field(_("Passphrase"), self.passphrase)
        self.show_button = button(_("Show"), self._toggle, kind="quiet")
        self.show_button.setCheckable(True)
        self.caps = label(_("Caps Lock seems to be on."), "note")
        self.caps.hide()
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("The key is being derived."))
        #: Counts down while the service lets nobody try; it tells the time and keeps nobody out.
        self.waiting = label("", "muted", wrap=True)
        self.waiting.hide()
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT)
        self._timer.timeout.connect(self._count_down)
        #: There from the first try on that failed at an account with a key file.
        self.key_file: KeyFileField | None = None
        #: Whether the account of the last try needs a key file.
        self._with_file = False
        #: Open while somebody is asked whether an older vault shall be opened all the same.
        self.question: Message | None = None
        self.do = self.go_on_with(button(_("Sign in"), self.submit, kind="primary", key="Enter"))
        self._lay_out()
        self._count_down()
        self.name.returnPressed.connect(self._from_name)
        self.name.editingFinished.connect(self._is_recovery)
        self.name.textEdited.connect(self._forget_key_file)
        self.passphrase.returnPressed.connect(self.do.click)
        self.passphrase.caps_lock.connect(self.caps.setVisible)

    def submit(self) -> None:
        """Derive the key in the background and open the vault."""
        self._submit(accept=False)

    def _submit(self, *, accept: bool) -> None:
        if not self.do.isEnabled() or self._is_recovery():
            return
        for field in (self._name_field, self._pass_field):
            field.set_error("")
        name, secret = self.name.text().strip(), self.passphrase.text()
        if not name or not secret:
            empty = self._pass_field if name else self._name_field
            empty.set_error(_("Please fill this in."))
            empty.control.setFocus()
            return
        self._set_busy(True)
        self.secret_given.emit()
        self._with_file = False
        path, clock = self._path, self._clock
        chosen = self.key_file.path if self.key_file else None

        def work(_progress: Progress) -> "Desk | KeepersDesk":
            from kadin_danisma.services import access

            try:
                return access.enter(path, name, secret, clock, accept_rollback=accept)
            except KeyFileNeededError:
                self._with_file = True
                return _with_key_file(chosen, path, name, secret, clock, accept=accept)

        failed = self._refused if accept else self._failed
        self._background.run(work, self._done, failed, unclaimed=lambda desk: desk.close())

    @property
    def error(self) -> str:
        """Return the sentence shown at the passphrase."""
        return self._pass_field.error

    def start(self) -> None:
        """Put the cursor where typing begins."""
        (self.passphrase if self.name.text() else self.name).setFocus()

    def _lay_out(self) -> None:
        self.body.addWidget(self._name_field)
        self.body.addWidget(self._pass_field)
        self.body.addLayout(row(self.caps, 1, self.show_button))
        self._below = QVBoxLayout()
        self.body.addLayout(self._below)
        self.body.addWidget(self.waiting)
        keep = QVBoxLayout()
        keep.setSpacing(SMALL)
        keep.addWidget(self.do)
        room = self.bar.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(room)
        keep.addWidget(self.bar)
        self.bar.hide()
        self.body.addLayout(keep)
        self.foot.addWidget(button(_("Open another vault …"), self.other_wanted.emit, kind="quiet"))
        self.restore = button(_("Restore a backup …"), self.restore_wanted.emit, kind="quiet")
        self.foot.addWidget(self.restore)

    def _toggle(self) -> None:
        shown = self.show_button.isChecked()
        self.passphrase.set_shown(shown)
        self.show_button.setText(_("Hide") if shown else _("Show"))

    def _is_recovery(self) -> bool:
        """Tell whether the recovery sheets are meant, and say so."""
        meant = is_recovery_name(self.name.text())
        if meant:
            self.recovery_wanted.emit()
        return meant

    def _from_name(self) -> None:
        if self.passphrase.text():
            self.do.click()
        else:
            self.passphrase.setFocus()

    def _set_busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.hold(busy=busy)
        for part in (self.name, self.passphrase, self.key_file, self.do):
            if part is not None:
                part.setEnabled(not busy)

    def _done(self, desk: "Desk | KeepersDesk") -> None:
        self._set_busy(False)
        # Set, not cleared: what is cleared can be brought back with Ctrl+Z.
        self.passphrase.setText("")
        self.signed_in.emit(desk)

    def _failed(self, error: KnownError) -> None:
        self._refused(error)
        if isinstance(error, RolledBackVaultError):
            title = _("This vault is older than it was")
            yes = _("Open the older state")
            if isinstance(error, UnprovedError):
                title = _("It cannot be determined whether this backup was changed")
                yes = _("Open it all the same")
            self._pass_field.set_error(title)
            self.question = ask(
                self,
                title,
                error.message,
                yes,
                lambda: self._submit(accept=True),
            )

    def _refused(self, error: KnownError) -> None:
        self._set_busy(False)
        self._count_down()
        if isinstance(error, NotLetInError):
            self._wait_at_the_door(error)
            return
        if self._with_file:
            field = self._ask_for_key_file()
            field.set_error(error.message if isinstance(error, MissingKeyFileError) else "")
        if not isinstance(error, TooSoonError | MissingKeyFileError):
            self._pass_field.set_error(error.message)
        self.passphrase.setFocus()
        if isinstance(error, WrongCredentialsError):
            self.passphrase.selectAll()

    def _wait_at_the_door(self, error: NotLetInError) -> None:
        told = self.passphrase.text()
        self.passphrase.setText("")
        self.not_let_in.emit(self.name.text().strip(), told, error.words)

    def _ask_for_key_file(self) -> "KeyFileField":
        """Show where the key file is chosen; only who needs one gets to see it."""
        from kadin_danisma.ui.widgets.keyfile import KeyFileField

        if self.key_file is None:
            self.key_file = KeyFileField()
            self._below.addWidget(self.key_file)
        return self.key_file

    def _forget_key_file(self) -> None:
        """Take the place of the key file away when another name is typed."""
        if self.key_file is not None:
            self._below.removeWidget(self.key_file)
            self.key_file.deleteLater()
            self.key_file = None

    def _count_down(self) -> None:
        """Say how long the next try waits; the button comes back when it does no more."""
        left = door.wait_left(self._path, self._clock)
        self.waiting.setText(door.waiting_words(left) if left else "")
        self.waiting.setVisible(bool(left))
        self.do.setEnabled(not left and self.name.isEnabled())
        if left:
            self._timer.start()
        else:
            self._timer.stop()


def _with_key_file(
    chosen: Path | None, path: Path, name: str, secret: str, clock: Clock, *, accept: bool
) -> "Desk | KeepersDesk":
    """Sign in with the chosen key file, or with the one on a stick that fits.

    Raises:
        MissingKeyFileError: There is none, or the chosen one cannot be read.
        KnownError: See ``access.enter``.
    """
    from kadin_danisma.services import access, second_factor
    from kadin_danisma.ui import sticks

    try:
        found = sticks.key_files(chosen)
    except KnownError as error:
        raise MissingKeyFileError(error.message) from error
    if not found:
        raise MissingKeyFileError(second_factor.needed().message)
    return access.enter(path, name, secret, clock, key_files=found, accept_rollback=accept)
