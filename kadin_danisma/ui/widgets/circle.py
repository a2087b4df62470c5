"""What a page says of a restricted file: the padlock with its circle, and the closed file."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.records import User
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.views import ClientPage
from kadin_danisma.i18n import _
from kadin_danisma.ui.look import Look
from kadin_danisma.ui.style import LARGE, MEDIUM, SMALL
from kadin_danisma.ui.widgets.parts import Card, button, label
from kadin_danisma.ui.words import join
from kadin_danisma.ui.workplace import Workplace


def padlock(look: Look, size: int = 16) -> QLabel:
    """Return the picture of a padlock."""
    made = QLabel()
    made.setPixmap(look.pixmap("lock", "muted", size))
    return made


def titles(circle: Sequence[User]) -> str:
    """Return the people of a circle as they are called."""
    return ", ".join(user.title for user in circle) or _("nobody any more")


def circle_doubt(page: ClientPage) -> str:
    """Return what is said where the circle is not as it was signed."""
    if not page.circle_doubtful:
        return ""
    return _("the access list is not as the people on it signed it: nothing new is saved for it")


class CircleLine(QFrame):
    """The line with the padlock below the safety banner: whose circle, and whether by the code.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._may = place.desk.may(Action.RESTRICT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        layout.addWidget(padlock(place.look))
        self.words = label("", "muted", wrap=True)
        layout.addWidget(self.words, 1)
        self.change = button(_("Change who has access …"), kind="quiet")
        self.open = button(_("Open for everybody again …"), kind="quiet")
        layout.addWidget(self.change)
        layout.addWidget(self.open)

    def show_page(self, page: ClientPage, *, broken: bool) -> None:
        """Say who is in the circle, or that the seal was broken."""
        self.setVisible(page.seal is Seal.OPEN or broken or page.circle_doubtful)
        words = _("Restricted to: {people}").format(people=titles(page.circle))
        if page.seal is not Seal.OPEN:
            words = ""
        opened = _("opened with the recovery code until the program is locked") if broken else ""
        doubt = (
            _("some of its fields were not signed by the people they name") if page.doubtful else ""
        )
        self.words.setText(join(words, opened, doubt, circle_doubt(page)))
        self.setAccessibleName(self.words.text())
        for part in (self.change, self.open):
            part.setVisible(self._may and page.seal is Seal.OPEN)


class ClosedCard(Card):
    """What stands in place of a restricted file for those outside its circle.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        inside = QVBoxLayout()
        inside.setSpacing(MEDIUM)
        head = QHBoxLayout()
        head.setSpacing(SMALL)
        head.addWidget(padlock(place.look, 22))
        head.addWidget(label(_("This file is restricted"), "title"), 1)
        inside.addLayout(head)
        self.words = label("", wrap=True)
        inside.addWidget(self.words)
        inside.addWidget(
            label(
                _(
                    "You can add a session, an application or a referral to this file with the "
                    "buttons above. Once saved, only the people with access read it."
                ),
                "muted",
                wrap=True,
            )
        )
        inside.addSpacing(LARGE)
        self.breaks = button(_("Emergency access …"))
        self.breaks.setVisible(place.desk.may(Action.BREAK_GLASS))
        foot = QHBoxLayout()
        foot.addWidget(self.breaks)
        foot.addStretch(1)
        inside.addLayout(foot)
        inside.addStretch(1)
        self.body.addLayout(inside)

    def show_page(self, page: ClientPage) -> None:
        """Say whom to ask."""
        words = _("Only the people with access can open this file. Please ask: {people}")
        self.words.setText(join(words.format(people=titles(page.circle)), circle_doubt(page)))
        self.setAccessibleName(self.words.text())
