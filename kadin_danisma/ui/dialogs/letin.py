"""The form by which a coordinator lets a new person in, after both compared six words aloud."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from kadin_danisma.domain.role import role_name
from kadin_danisma.domain.views import Newcomer
from kadin_danisma.i18n import _
from kadin_danisma.services import people
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.widgets.parts import button, label, row
from kadin_danisma.ui.words import join
from kadin_danisma.ui.workplace import Workplace


class LetInDialog(FormDialog):
    """Shows who waits and her words; lets her in only where they are the same.

    Args:
        parent: The window it belongs to.
        place: The desk and the window's means.
        waiting: Who waits; she has chosen her own passphrase.
    """

    #: Emitted with the change when she was let in.
    let_in = Signal(object)

    def __init__(self, parent: QWidget | None, place: Workplace, waiting: Newcomer) -> None:
        super().__init__(
            parent,
            _("Approve an account"),
            _("The words are the same: approve the account"),
            width=76,
        )
        self._place = place
        self._waiting = waiting
        user = waiting.user
        self.who = label(join(user.title, user.name, role_name(user.role)), "strong", wrap=True)
        self.words = label(waiting.words, "spoken", wrap=True)
        self.words.setAccessibleName(_("The person's six words"))
        compare = _(
            "Ask the person to read you the six words, face to face or by telephone if you know "
            "their voice. If they match, the account is in their hands alone; an impostor would "
            "have other words."
        )
        means = _(
            "IT made this account or replaced its passphrase; IT itself has no key. The person "
            "can open the vault only with your approval, as the role allows."
        )
        self.advice = label("", "error", wrap=True)
        self.advice.hide()
        self.differ = button(_("They are not the same"), self.refuse)
        why, note = label(compare, wrap=True), label(means, "note", wrap=True)
        for part in (self.who, self.words, why, note, self.advice):
            self.body.addWidget(part)
        self.body.addLayout(row(self.differ, 1))
        self.body.addStretch(1)
        self.differ.setFocus()

    def save(self) -> bool:
        """Let her in.

        Raises:
            KnownError: She does not wait any more, or the medium cannot be written.
        """
        if not self.do.isEnabled():
            return False
        self.let_in.emit(people.admit(self._place.desk, self._waiting.user.id))
        return True

    def refuse(self) -> None:
        """Do nothing, and say what is to be done about other words."""
        self.do.setEnabled(False)
        self.do.hide()
        self.differ.hide()
        self.advice.setText(
            _(
                "The account was not approved. Unless the words were misread, somebody else may "
                "have taken over the account: close it, and ask IT to make it anew."
            )
        )
        self.advice.show()
        self.leave.setText(_("Close"))
        self.fit()
