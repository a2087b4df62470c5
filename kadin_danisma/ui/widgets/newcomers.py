"""What the first page says of people who wait to be let in."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kadin_danisma.domain.role import Action
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services import people
from kadin_danisma.ui.style import Tone
from kadin_danisma.ui.widgets.parts import button, clear_layout
from kadin_danisma.ui.widgets.seals import banner
from kadin_danisma.ui.workplace import Workplace


class NewcomersBanner(QWidget):
    """Stands there for whoever lets people in, as long as somebody's words can be compared.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.go = button("")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    def reload(self) -> None:
        """Ask who waits."""
        clear_layout(self._layout)
        desk = self._place.desk
        lets_in = desk.may(Action.MANAGE_USERS)
        count = sum(bool(each.words) for each in people.waiting(desk)) if lets_in else 0
        self.setVisible(bool(count))
        if not count:
            return
        head = ngettext(
            "{n} person waits for approval", "{n} people wait for approval", count
        ).format(n=count)
        sentence = _(
            "Compare the six words with the person, then approve the account under “Users”."
        )
        self.go = button(_("Go there"), lambda: self._place.nav.page_wanted.emit("admin"))
        self._layout.addWidget(banner(Tone.INFO, head, sentence, self.go))
