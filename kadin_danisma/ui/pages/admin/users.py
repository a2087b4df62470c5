"""Who may sign in, and as what."""

from collections.abc import Callable
from functools import partial

from kadin_danisma.domain.change import Change
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import role_name
from kadin_danisma.domain.views import Newcomer
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import key_change, keyring, people
from kadin_danisma.ui.background import Progress
from kadin_danisma.ui.dialogs.account import AddUserDialog, ResetPassphraseDialog
from kadin_danisma.ui.dialogs.keys import KeysDialog
from kadin_danisma.ui.dialogs.letin import LetInDialog
from kadin_danisma.ui.dialogs.message import ask
from kadin_danisma.ui.dialogs.slow import SlowForm
from kadin_danisma.ui.models.table import Column, RecordModel
from kadin_danisma.ui.pages.admin.section import Section
from kadin_danisma.ui.style import MEDIUM, Tone
from kadin_danisma.ui.widgets.flow import FlowLayout
from kadin_danisma.ui.widgets.parts import button, label, row
from kadin_danisma.ui.widgets.progress import ProgressDialog
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.workplace import Workplace


class UsersSection(Section):
    """The accounts of the centre.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, _("Users"))
        self.dialog: SlowForm | None = None
        self.letting: LetInDialog | None = None
        self._waiting: dict[str, Newcomer] = {}
        self.model: RecordModel[User] = RecordModel(_columns(self._state))
        self.table: TableView[User] = TableView(self.model, place.look, _("Users"))
        self.add = button(_("Add a user"), self.open_add, kind="primary")
        self.let_in = button(_("Approve …"), self.open_let_in)
        self.reset = button(_("New passphrase"), self.open_reset)
        self.remove = button(_("Close the account"), self.ask_remove)
        note = _("What a person recorded stays when the account is closed.")
        self.keys = button(_("Keys of session notes"), self.open_keys)
        line = FlowLayout(spacing=MEDIUM, right=True)
        for part in (self.keys, self.let_in, self.remove, self.reset, self.add):
            line.addWidget(part)
        self.open_wall = label(keyring.open_words(), "note", wrap=True)
        self.due = label("", "note", wrap=True)
        self.renew = button(_("Change the key now"), self.change_key)
        self.about_waiting = label("", "note", wrap=True)
        beside = row(self.due, self.renew, spacing=MEDIUM)
        beside.setStretch(0, 1)
        self.body.addWidget(self.open_wall)
        self.body.addLayout(beside)
        self.body.addWidget(label(note, "muted", wrap=True))
        self.body.addLayout(line)
        self.body.addWidget(self.about_waiting)
        self.body.addWidget(self.table, 1)
        self.table.current_changed.connect(lambda _user: self._allow())

    def reload(self) -> None:
        """Read the accounts anew."""
        self._waiting = {each.user.id: each for each in people.waiting(self.place.desk)}
        self.model.set_rows(people.users(self.place.desk))
        self._show_waiting()
        is_open = keyring.is_open(self.place.desk)
        self.open_wall.setVisible(is_open)
        self.keys.setVisible(not is_open and bool(keyring.waiting(self.place.desk)))
        self._show_due()
        self._allow()

    def open_add(self) -> None:
        """Open the form of a new person."""
        self._open(
            AddUserDialog(self, self.place.background, partial(people.add_user, self.place.desk)),
            _("The account was made."),
        )

    def open_reset(self) -> None:
        """Open the form of a new passphrase for the marked person."""
        user = self.table.current()
        if user is not None:
            reset = partial(people.reset_passphrase, self.place.desk, user.id)
            dialog = ResetPassphraseDialog(self, self.place.background, user.name, reset)
            self._open(dialog, _("The passphrase was changed."))

    def open_let_in(self) -> None:
        """Open the form by which the marked person is let in."""
        user = self.table.current()
        if user is not None and self._may_be_let_in(user):
            self.letting = LetInDialog(self, self.place, self._waiting[user.id])
            self.letting.let_in.connect(self._let_in)
            self.letting.open()

    def open_keys(self) -> None:
        """Open the form by which waiting colleagues get their keys."""
        self.dialog = KeysDialog(self, self.place, keyring.waiting(self.place.desk))
        self.dialog.worked.connect(self._given)
        self.dialog.open()

    def ask_remove(self) -> None:
        """Ask before the marked person can no longer sign in: it cannot be undone."""
        user = self.table.current()
        if user is None:
            return
        self.message = ask(
            self,
            _("Close the account of {name}?").format(name=user.name),
            _(
                "This person can no longer sign in. The key of the vault is changed as well, "
                "which takes a moment. Nobody else's passphrase changes. The records stay, under "
                "this person's name."
            )
            + "\n\n"
            + key_change.old_backups_words(),
            _("Close the account"),
            lambda: self._remove(user),
        )

    def _open(self, dialog: SlowForm, said: str) -> None:
        self.dialog = dialog
        dialog.worked.connect(lambda change: self._changed(change, said))
        dialog.open()

    def _changed(self, change: Change, said: str) -> None:
        self.place.bus.changed.emit(change)
        self.place.nav.said.emit(said, None)
        self.reload()

    def _let_in(self, change: Change) -> None:
        said = _("The account is approved: the person can now sign in with their own passphrase.")
        if any(each.user.id == change.id for each in keyring.waiting(self.place.desk)):
            keys = _("The key of session notes is given under “Keys of session notes”.")
            said = f"{said} {keys}"
        self._changed(change, said)

    def _given(self, _count: object) -> None:
        self.place.nav.said.emit(_("The keys were given."), None)
        self.reload()

    def _remove(self, user: User) -> None:
        desk = self.place.desk
        self._work(
            lambda progress: people.remove_user(desk, user.id, progress),
            _("The account was closed."),
        )

    def change_key(self) -> None:
        """Change the key that somebody who left still knew."""
        desk = self.place.desk
        self._work(
            lambda progress: key_change.change_key(desk, progress),
            _("The key of the vault was changed."),
        )

    def _work(self, work: Callable[[Progress], Change], said: str) -> None:
        """Do what changes the key, beside the window; it is not stopped half-way."""
        title = _("The key of the vault is being changed …")
        ProgressDialog(self, title, cancellable=False).run(
            self.place.background,
            work,
            lambda change: self._changed(change, said),
            self._not_worked,
        )

    def _not_worked(self, error: KnownError) -> None:
        self.reload()
        self.say_trouble(error)

    def _show_due(self) -> None:
        """Say that a key which an older passphrase still gives is in use, and what can be done."""
        is_due = key_change.is_due(self.place.desk)
        self.due.setText(
            _(
                "Somebody left or has a new passphrase, and the vault key known to the old "
                "passphrase was not changed yet."
            )
        )
        self.due.setVisible(is_due)
        self.renew.setVisible(is_due)

    def _show_waiting(self) -> None:
        """Say what the wait means, as long as somebody waits."""
        self.let_in.setVisible(bool(self._waiting))
        self.about_waiting.setVisible(bool(self._waiting))
        self.about_waiting.setText(
            _(
                "People who get an account or passphrase from IT sign in and choose their own "
                "passphrase; then you approve the account. A passphrase from you needs no "
                "approval. In both cases give the key of the session notes again."
            )
        )

    def _may_be_let_in(self, user: User) -> bool:
        return user.id in self._waiting and bool(self._waiting[user.id].words)

    def _state(self, user: User) -> tuple[str, Tone | None]:
        if user.id == self.place.desk.user.id:
            return _("signed in now"), Tone.OK
        if user.id not in self._waiting:
            return "", None
        if self._may_be_let_in(user):
            return _("waits for approval"), Tone.WARN
        return _("has to choose a passphrase"), Tone.NEUTRAL

    def _allow(self) -> None:
        user = self.table.current()
        self.let_in.setEnabled(user is not None and self._may_be_let_in(user))
        mine = user is not None and user.id == self.place.desk.user.id
        self.remove.setEnabled(user is not None and not mine)
        self.reset.setEnabled(user is not None and not mine)


def _columns(state: Callable[[User], tuple[str, Tone | None]]) -> tuple[Column[User], ...]:
    return (
        Column(_("User name"), lambda user: user.name, width=14),
        Column(_("Title and name"), lambda user: user.title),
        Column(_("Role"), lambda user: role_name(user.role), width=22),
        Column(
            _("State"),
            lambda user: state(user)[0],
            tone=lambda user: state(user)[1],
            width=28,
        ),
    )
