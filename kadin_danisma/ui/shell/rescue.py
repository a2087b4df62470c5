"""What somebody does who came in by the recovery sheets: one passphrase, new sheets, and out."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Role
from kadin_danisma.i18n import _
from kadin_danisma.services import people
from kadin_danisma.ui.dialogs.account import ResetPassphraseDialog
from kadin_danisma.ui.dialogs.recovery import NewSheetsDialog
from kadin_danisma.ui.shell.entry import Panel
from kadin_danisma.ui.style import MEDIUM, Tone
from kadin_danisma.ui.widgets.parts import Pill, button, label, row
from kadin_danisma.ui.workplace import Workplace


class RescuePanel(Panel):
    """Leads from an opened vault nobody could sign in to, to one that somebody can.

    Args:
        place: The desk that the sheets opened, and the window's means.
    """

    #: Emitted when the work here is done: the program locks, and she signs in as herself.
    lock_wanted = Signal()
    #: Emitted when the window is wanted all the same.
    window_wanted = Signal()

    def __init__(self, place: Workplace) -> None:
        super().__init__(
            _("The sheets opened the vault"),
            _("Three steps, and the centre works again. Each of them is logged."),
            width=76,
        )
        self._place = place
        self.reset: ResetPassphraseDialog | None = None
        self.sheets: NewSheetsDialog | None = None
        self._add_step(_("1. Who should be able to sign in again?"))
        self.passphrases = {
            user.id: self._coordinator(user)
            for user in people.users(place.desk)
            if user.role is Role.COORDINATOR
        }
        self._add_step(_("2. The sheets were seen by several people: make new ones."))
        self.new = button(_("Make new sheets"), self.open_sheets)
        self._replaced = Pill()
        self._replaced.hide()
        self.body.addLayout(row(self.new, self._replaced, 1, spacing=MEDIUM))
        self._add_step(_("3. Lock, and sign in with the new passphrase."))
        self.do = button(_("Lock"), self.lock_wanted.emit, kind="primary")
        self.do.setEnabled(False)
        self.body.addLayout(row(self.do, 1))
        self.foot.addWidget(button(_("Go to the window"), self.window_wanted.emit, kind="quiet"))

    def start(self) -> None:
        """Put the cursor on the first step."""
        next(iter(self.passphrases.values())).setFocus()

    def open_reset(self, user: User, state: Pill) -> None:
        """Open the form of a new passphrase."""
        self.reset = ResetPassphraseDialog(
            self,
            self._place.background,
            user.name,
            partial(people.reset_passphrase, self._place.desk, user.id),
        )
        self.reset.worked.connect(lambda _change: self._has_passphrase(state))
        self.reset.open()

    def open_sheets(self) -> None:
        """Open the steps to new sheets; whoever came in by the old ones holds every key."""
        self.sheets = NewSheetsDialog(self, self._place)
        self.sheets.accepted.connect(self._has_sheets)
        self.sheets.open()

    def _add_step(self, words: str) -> None:
        self.body.addSpacing(MEDIUM)
        self.body.addWidget(label(words, "strong", wrap=True))

    def _coordinator(self, user: User) -> QPushButton:
        state = Pill()
        state.hide()
        give = button(_("New passphrase"))
        give.clicked.connect(lambda: self.open_reset(user, state))
        give.setAccessibleName(_("New passphrase for {name}").format(name=user.name))
        self.body.addLayout(row(label(user.title), state, 1, give, spacing=MEDIUM))
        return give

    def _has_passphrase(self, state: Pill) -> None:
        state.show_state(_("can sign in"), Tone.OK)
        state.show()
        self.do.setEnabled(True)

    def _has_sheets(self) -> None:
        self._replaced.show_state(_("valid"), Tone.OK)
        self._replaced.show()
        self.new.setEnabled(False)
