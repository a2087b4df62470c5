"""The accounts as IT sees them: who has one, as what, and who waits to be let in."""

from functools import partial

from kadin_danisma.domain.change import Change
from kadin_danisma.domain.role import role_name
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import keeping
from kadin_danisma.services.keeping import Account
from kadin_danisma.ui.background import Progress
from kadin_danisma.ui.dialogs.account import AddUserDialog, ResetPassphraseDialog
from kadin_danisma.ui.dialogs.message import ask
from kadin_danisma.ui.dialogs.slow import SlowForm
from kadin_danisma.ui.models.table import Column, RecordModel
from kadin_danisma.ui.pages.admin.section import SubjectPart
from kadin_danisma.ui.pages.keeping.place import KeepersPlace
from kadin_danisma.ui.style import MEDIUM, Tone
from kadin_danisma.ui.widgets.parts import button, label, row
from kadin_danisma.ui.widgets.table import TableView


class AccountsSection(SubjectPart):
    """Makes, resets and removes accounts; a coordinator lets their people in.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: KeepersPlace) -> None:
        super().__init__(_("Accounts"))
        self.place = place
        self.dialog: SlowForm | None = None
        self.model: RecordModel[Account] = RecordModel(_columns(place.desk.user.id))
        self.table: TableView[Account] = TableView(self.model, place.look, _("Accounts"))
        self.add = button(_("Add a user"), self.open_add, kind="primary")
        self.reset = button(_("New passphrase"), self.open_reset)
        self.remove = button(_("Close the account"), self.ask_remove)
        told = label(_how_one_is_let_in(), "muted", wrap=True)
        self.body.addWidget(told)
        self.body.addLayout(row(1, self.remove, self.reset, self.add, spacing=MEDIUM))
        self.body.addWidget(self.table, 1)
        # In a backup nobody's account is changed.
        for part in (told, self.remove, self.reset, self.add):
            part.setVisible(place.desk.keeper.copied is None)
        self.table.current_changed.connect(lambda _account: self._allow())

    def reload(self) -> None:
        """Read the accounts anew."""
        self.model.set_rows(keeping.accounts(self.place.desk))
        self._allow()

    def open_add(self) -> None:
        """Open the form of a new person."""
        add = partial(keeping.add_account, self.place.desk)
        self._open(
            AddUserDialog(self, self.place.background, add),
            _("The account was made. It waits for approval."),
        )

    def open_reset(self) -> None:
        """Open the form of a new passphrase for the marked person."""
        account = self.table.current()
        if account is not None:
            desk, user_id = self.place.desk, account.user.id

            def reset(new: str, _progress: Progress) -> Change:
                return keeping.reset_passphrase(desk, user_id, new)

            self._open(
                ResetPassphraseDialog(self, self.place.background, _called(account), reset),
                _("The passphrase was changed. The account waits for approval again."),
            )

    def ask_remove(self) -> None:
        """Ask before the marked person can no longer sign in: it cannot be undone."""
        account = self.table.current()
        if account is None:
            return
        self.message = ask(
            self,
            _("Close the account of {name}?").format(name=_called(account)),
            _(
                "This person can no longer sign in. You cannot change the key of the vault; a "
                "coordinator is asked to at the next sign-in. Then make a new backup and destroy "
                "the older ones: they still open with the old passphrase. The records stay."
            ),
            _("Close the account"),
            lambda: self._remove(account),
        )

    def _remove(self, account: Account) -> None:
        try:
            keeping.remove_account(self.place.desk, account.user.id)
        except KnownError as error:
            self.say_trouble(error)
            return
        self._changed(_("The account was closed."))

    def _open(self, dialog: SlowForm, said: str) -> None:
        self.dialog = dialog
        dialog.worked.connect(lambda _change: self._changed(said))
        dialog.open()

    def _changed(self, said: str) -> None:
        self.place.say(said)
        self.reload()

    def _allow(self) -> None:
        account = self.table.current()
        others = account is not None and account.user.id != self.place.desk.user.id
        self.remove.setEnabled(others)
        self.reset.setEnabled(others)


def _called(account: Account) -> str:
    """Return what a person is called; IT may not know her name (see ``store.roster``)."""
    return account.user.title or account.user.name or role_name(account.user.role)


def _how_one_is_let_in() -> str:
    return _(
        "An account that you make, or whose passphrase you replace, does not work at once. The "
        "person signs in, chooses a passphrase and is shown six words; a coordinator compares "
        "the words with them and approves the account."
    )


def _columns(mine: str) -> tuple[Column[Account], ...]:
    return (
        Column(_("Title and name"), _called),
        Column(_("User name"), lambda account: account.user.name, width=18),
        Column(_("Role"), lambda account: role_name(account.user.role), width=24),
        Column(
            _("State"),
            lambda account: _state(account, mine)[0],
            tone=lambda account: _state(account, mine)[1],
            width=22,
        ),
    )


def _state(account: Account, mine: str) -> tuple[str, Tone | None]:
    if account.user.id == mine:
        return _("signed in now"), Tone.OK
    if account.waits:
        return _("waits for approval"), Tone.WARN
    return "", None
