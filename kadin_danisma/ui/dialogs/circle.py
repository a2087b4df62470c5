"""The form by which a file is restricted to a circle, or the circle is changed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import role_name
from kadin_danisma.i18n import _
from kadin_danisma.services import circles
from kadin_danisma.ui.background import Progress
from kadin_danisma.ui.dialogs.slow import SlowDialog
from kadin_danisma.ui.style import SMALL, TINY
from kadin_danisma.ui.widgets.parts import label
from kadin_danisma.ui.words import join
from kadin_danisma.ui.workplace import Workplace


class CircleDialog(SlowDialog):
    """Says in plain words what restricting a file means, and asks for the people.

    Args:
        parent: The window it belongs to.
        place: The desk and the window's means.
        client_id: Whose file.
        present: The circle so far; nobody where the file is an ordinary one.
    """

    def __init__(
        self, parent: QWidget | None, place: Workplace, client_id: str, present: Sequence[User]
    ) -> None:
        self._changes = bool(present)
        title = _("Who has access to this file") if present else _("Restrict this file")
        action = _("Change who has access") if present else _("Restrict the file")
        super().__init__(parent, place, title, action, _("Access is being changed …"))
        self._client_id = client_id
        self._present = {user.id for user in present}
        self.people: dict[str, QCheckBox] = {}
        self.body.setSpacing(SMALL)
        for head, sentence in self._words():
            self.body.addWidget(label(head, "strong"))
            self.body.addWidget(label(sentence, "muted", wrap=True))
            self.body.addSpacing(TINY)
        self.body.addWidget(label(_("Who has access?"), "strong"))
        for user in circles.choices(place.desk):
            self.body.addWidget(self._choice(user))
        self.body.addStretch(1)
        next(iter(self.people.values()), self.do).setFocus()

    def ready(self) -> bool:
        """Read which people are chosen."""
        self._chosen = {key for key, box in self.people.items() if box.isChecked()}
        if not self._chosen:
            self.say_trouble(_("Please choose at least one person."))
        return bool(self._chosen)

    def work(self, _progress: Progress) -> object:
        """Seal the file, or change its circle: who joins first, so that nobody is locked out."""
        desk = self.place.desk
        if not self._changes:
            return circles.seal(desk, self._client_id, self._chosen)
        if joining := self._chosen - self._present:
            circles.widen(desk, self._client_id, joining)
        if leaving := self._present - self._chosen:
            circles.narrow(desk, self._client_id, leaving)
        return Change(Kind.CLIENT, self._client_id)

    def _choice(self, user: User) -> QCheckBox:
        mine = user.id == self.place.desk.user.id
        box = QCheckBox(join(user.title, role_name(user.role), _("you") if mine else ""))
        box.setChecked(user.id in self._present or (mine and not self._changes))
        # Whoever seals a file is in its circle.
        box.setEnabled(not mine or self._changes)
        self.people[user.id] = box
        return box

    @staticmethod
    def _words() -> tuple[tuple[str, str], ...]:
        return (
            (
                _("The people with access"),
                _(
                    "see and change everything as before and find the file by name. Notes stay "
                    "with their discipline. Only they register her children in the playroom and "
                    "hand them over."
                ),
            ),
            (
                _("Everybody else"),
                _(
                    "sees a number. The file cannot be found by name, telephone or kimlik no. "
                    "A session, an application or a referral can still be recorded for it. In the "
                    "statistics it counts as before."
                ),
            ),
            (
                _("In an emergency"),
                _(
                    "the file can be opened with the recovery code after a reason is written, "
                    "which the people with access and the coordinator read. Older backups keep "
                    "the file unrestricted."
                ),
            ),
        )
