"""The first sign-in: the duty of confidentiality, then a passphrase that nobody else knows."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QProgressBar

from kadin_danisma.domain import conduct
from kadin_danisma.domain.steps import Step
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import first_steps
from kadin_danisma.services.desk import Desk
from kadin_danisma.ui.background import Background, Progress
from kadin_danisma.ui.shell.entry import Panel
from kadin_danisma.ui.widgets.parts import button, label
from kadin_danisma.ui.widgets.phrase import PhraseChoice


class ConductPanel(Panel):
    """The code of conduct, to be read and accepted.

    Args:
        desk: Whose first day it is.
    """

    #: Emitted when it was accepted.
    done = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            _("Before you begin"),
            _("Everybody who works here promises this, and the day is written down."),
            width=104,
        )
        self._desk = desk
        for sentence in conduct.sentences():
            self.body.addWidget(label(sentence, wrap=True))
        self.body.addWidget(label(conduct.sources(), "note", wrap=True))
        self.review = label(conduct.review(), "strong", wrap=True)
        self.body.addWidget(self.review)
        self.read = QCheckBox(_("I have read this and will keep to it."))
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.do = button(_("Accept"), self.submit, kind="primary")
        self.do.setEnabled(False)
        self.read.toggled.connect(self.do.setEnabled)
        for part in (self.read, self.error, self.do):
            self.body.addWidget(part)

    def start(self) -> None:
        """Put the cursor where it is accepted."""
        self.read.setFocus()

    def submit(self) -> None:
        """Accept, and go on."""
        try:
            first_steps.accept_conduct(self._desk)
        except KnownError as error:
            self.error.setText(error.message)
            self.error.show()
        else:
            self.done.emit()


class OwnPassphrasePanel(Panel):
    """Asks for a passphrase in place of the one that somebody else gave.

    Args:
        choose: Sets what was chosen, in another thread, and tells how far it is.
        background: Where the key is made.
    """

    #: Emitted with what ``choose`` returned, when it was set.
    done = Signal(object)

    def __init__(self, choose: Callable[[str, Progress], object], background: Background) -> None:
        super().__init__(
            _("Your own passphrase"),
            _(
                "Somebody else gave you the present passphrase. Please choose another one now; "
                "from then on only you can sign in with your user name."
            ),
            width=64,
        )
        self._choose = choose
        self._background = background
        self.choice = PhraseChoice()
        self.do = self.go_on_with(
            button(_("Use this passphrase"), self.submit, kind="primary", key="Enter")
        )
        self.choice.entered.connect(self.do.click)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("The key is being derived."))
        self.bar.hide()
        for part in (self.choice, self.do, self.bar):
            self.body.addWidget(part)

    def start(self) -> None:
        """Put the cursor where typing begins."""
        self.choice.first.setFocus()

    def submit(self) -> None:
        """Set it in the background."""
        if not self.do.isEnabled() or not self.choice.is_ready():
            return
        self._set_busy(True)
        choose, chosen = self._choose, self.choice.value()
        self._background.run(
            lambda progress: choose(chosen, progress), self._set, self._failed, self._show_progress
        )

    def _show_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _set(self, result: object) -> None:
        self.choice.clear()
        self.done.emit(result)

    def _failed(self, error: KnownError) -> None:
        self._set_busy(False)
        self.choice.set_error(error.message)

    def _set_busy(self, busy: bool) -> None:
        self.bar.setVisible(busy)
        for part in (self.choice, self.do):
            part.setEnabled(not busy)


def next_panel(desk: Desk, background: Background) -> ConductPanel | OwnPassphrasePanel | None:
    """Return the panel of what has to be done first; None where one can begin to work."""
    if Step.CONDUCT in desk.first_steps:
        return ConductPanel(desk)
    if Step.OWN_PASSPHRASE in desk.first_steps:
        return OwnPassphrasePanel(partial(first_steps.choose_passphrase, desk), background)
    return None
