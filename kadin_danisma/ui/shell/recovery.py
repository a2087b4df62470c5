"""Recovery before the window: new sheets, sheets never typed back, and coming in by them."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar

from kadin_danisma.domain.dates import Clock
from kadin_danisma.domain.recovery import RECOVERY_NAME
from kadin_danisma.errors import KnownError, WrongCredentialsError
from kadin_danisma.i18n import _
from kadin_danisma.services import access, recovery
from kadin_danisma.services.desk import Desk
from kadin_danisma.services.recovery import NewCode
from kadin_danisma.services.sheets import Typed
from kadin_danisma.ui.background import Background
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.shell.entry import Panel
from kadin_danisma.ui.widgets.parts import button
from kadin_danisma.ui.widgets.recoverysteps import RecoverySteps
from kadin_danisma.ui.widgets.sheetentry import SheetEntry


class RecoveryPanel(Panel):
    """Has the sheets of a new vault made and typed back before it is first used.

    Args:
        desk: Whose vault it is.
        look: Colours and sizes.
        background: Where keys are derived.
        new: The code with which the vault was just made; None to make a fresh one.
    """

    #: Emitted when the sheets were typed back.
    kept = Signal()

    def __init__(
        self, desk: Desk, look: Look, background: Background, new: NewCode | None = None
    ) -> None:
        super().__init__(_("Recovery sheets"), width=84)
        self.steps = RecoverySteps(desk, look, background, new)
        self.steps.finished.connect(self.kept)
        self.body.addWidget(self.steps)

    def start(self) -> None:
        """Put the cursor where typing begins."""
        self.steps.start()


class UnverifiedPanel(Panel):
    """Asks a coordinator for sheets that nobody has typed back yet.

    Args:
        desk: Whose vault it is.
        background: Where keys are derived.
    """

    #: Emitted when the sheets were typed in.
    kept = Signal()
    #: Emitted when there are none, and new ones shall be made.
    new_wanted = Signal()

    def __init__(self, desk: Desk, background: Background) -> None:
        super().__init__(
            _("No recovery sheet was typed back yet"),
            _(
                "Without one, a forgotten passphrase can lose everything. If you have the code on "
                "paper, type it here; otherwise new sheets are made in its place."
            ),
            width=68,
        )
        self._desk = desk
        self._background = background
        self.entry = SheetEntry()
        self.body.addWidget(self.entry)
        self.do = self.go_on_with(button(_("Check"), self.submit, kind="primary", key="Enter"))
        self.entry.submitted.connect(self.do.click)
        self.body.addWidget(self.do)
        self.new = button(_("Make new sheets"), self.new_wanted.emit)
        self.body.addWidget(self.new)

    def start(self) -> None:
        """Put the cursor where typing begins."""
        self.entry.setFocus()

    def submit(self) -> None:
        """Check what was typed from the paper."""
        typed = self.entry.read() if self.do.isEnabled() else None
        if typed is None:
            return
        self._set_busy(True)
        desk = self._desk
        self._background.run(
            lambda _progress: recovery.verify(desk, typed), self._done, self._failed
        )

    def _done(self, _nothing: object) -> None:
        self._set_busy(False)
        self.entry.forget()
        self.kept.emit()

    def _failed(self, error: KnownError) -> None:
        self._set_busy(False)
        self.entry.start_again(error.message)

    def _set_busy(self, busy: bool) -> None:
        for part in (self.entry, self.do, self.new):
            part.setEnabled(not busy)


class RecoverySignInPanel(Panel):
    """Signs in with what stands on paper: one sheet, or two of three in turn.

    Args:
        path: The vault to open.
        clock: The clock of the desk.
        background: Where keys are derived.
    """

    at_the_door = True
    #: Emitted with the ``Desk`` that the sheets opened.
    signed_in = Signal(object)
    #: Emitted when somebody would rather sign in with a passphrase.
    back_wanted = Signal()

    def __init__(self, path: Path, clock: Clock, background: Background) -> None:
        super().__init__(
            _("Recovery"),
            _(
                "Type the recovery sheet. Of three sheets two are needed, one after the other. "
                "Every use is logged, and every coordinator is informed."
            ),
            width=68,
        )
        self._path, self._clock, self._background = path, clock, background
        self.entry = SheetEntry()
        self.body.addWidget(self.entry)
        self.do = self.go_on_with(button(_("Go on"), self.submit, kind="primary", key="Enter"))
        self.entry.submitted.connect(self.do.click)
        self.body.addWidget(self.do)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("The key is being derived."))
        self.bar.hide()
        self.body.addWidget(self.bar)
        self.foot.addWidget(button(_("Back to sign-in"), self.back_wanted.emit, kind="quiet"))

    @property
    def error(self) -> str:
        """Return the sentence shown at the field."""
        return self.entry.error

    def start(self) -> None:
        """Put the cursor where typing begins."""
        self.entry.setFocus()

    def submit(self) -> None:
        """Read the sheet; when there are enough, open the vault in the background."""
        # The first of two sheets must not wait here for whoever comes next.
        self.secret_given.emit()
        typed = self.entry.read() if self.do.isEnabled() else None
        if typed is None:
            return
        self._set_busy(True)
        path, clock = self._path, self._clock
        self._background.run(
            lambda _progress: access.sign_in(path, RECOVERY_NAME, typed.code, clock),
            self._done,
            lambda error: self._failed(typed, error),
            unclaimed=lambda desk: desk.close(),
        )

    def _done(self, desk: Desk) -> None:
        self._set_busy(False)
        self.entry.forget()
        self.signed_in.emit(desk)

    def _failed(self, typed: Typed, error: KnownError) -> None:
        self._set_busy(False)
        wrong = isinstance(error, WrongCredentialsError)
        self.entry.start_again(recovery.not_opening(typed) if wrong else error.message)

    def _set_busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        self.hold(busy=busy)
        for part in (self.entry, self.do):
            part.setEnabled(not busy)
