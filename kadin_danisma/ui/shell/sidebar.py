"""The side bar: where one can go, work waiting there, who is signed in, and the lock."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kadin_danisma.domain.role import role_name
from kadin_danisma.i18n import _
from kadin_danisma.ui.shell.pages import Place
from kadin_danisma.ui.style import MEDIUM, SMALL, TINY, Tone
from kadin_danisma.ui.widgets.parts import Pill, button, ems, label, restyle
from kadin_danisma.ui.words import join
from kadin_danisma.ui.workplace import Workplace


class PlaceButton(QPushButton):
    """One page in the side bar, with the work waiting on it.

    Args:
        entry: The page.
        place: Where icons come from.
        number: Its place, for Ctrl+1 to Ctrl+9.
    """

    def __init__(self, entry: Place, place: Workplace, number: int) -> None:
        super().__init__()
        self._title = _(entry.title)
        self._look = place.look
        self._icon = entry.icon
        self.setProperty("kind", "place")
        self.setCheckable(True)
        self.setIconSize(QSize(place.look.px(18), place.look.px(18)))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(f"{self._title}   Ctrl+{number}")
        self.setText(f"  {self._title}")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, MEDIUM, 0)
        layout.addStretch(1)
        self._count: QLabel = label("", "mark")
        layout.addWidget(self._count)
        self.toggled.connect(self._tint)
        self.set_waiting(0)
        self._tint()

    def set_waiting(self, count: int) -> None:
        """Show how much work is waiting; nothing where there is none."""
        self._count.setText(str(count) if count else "")
        self.setAccessibleName(
            _("{page}, {count} waiting").format(page=self._title, count=count)
            if count
            else self._title
        )

    def _tint(self) -> None:
        self.setIcon(self._look.icon(self._icon, "accent" if self.isChecked() else "muted"))


class SideBar(QWidget):
    """The left edge of the window.

    Args:
        place: The desk and the window's means.
        entries: The pages.
        lock: Locks the program.
        preferences: Opens theme, text size and language.
    """

    #: Emitted with the key of the page that was clicked.
    chosen = Signal(str)

    def __init__(
        self,
        place: Workplace,
        entries: Sequence[Place],
        lock: Callable[[], None],
        preferences: Callable[[], None],
    ) -> None:
        super().__init__()
        self._place = place
        self._entries = tuple(entries)
        self.setProperty("ground", "side")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(max(216, ems(self, 24)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MEDIUM, 18, MEDIUM, MEDIUM)
        layout.setSpacing(2)
        layout.addLayout(self._name())
        layout.addSpacing(SMALL)
        group = QButtonGroup(self)
        self.buttons: dict[str, PlaceButton] = {}
        for number, entry in enumerate(entries, start=1):
            made = PlaceButton(entry, place, number)
            made.clicked.connect(lambda _checked, key=entry.key: self.chosen.emit(key))
            group.addButton(made)
            self.buttons[entry.key] = made
            layout.addWidget(made)
        layout.addStretch(1)
        layout.addLayout(self._person(lock, preferences))

    def mark(self, key: str) -> None:
        """Show where one is."""
        if key in self.buttons:
            self.buttons[key].setChecked(True)

    def count(self) -> None:
        """Count the waiting work anew."""
        for entry in self._entries:
            if entry.waiting is not None:
                self.buttons[entry.key].set_waiting(entry.waiting(self._place))

    def _name(self) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setContentsMargins(SMALL, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(label(_("Kadın Danışma"), "strong"))
        words.addWidget(label(self._place.desk.vault.centre, "note", wrap=True))
        if self._place.desk.vault.demo:
            words.addSpacing(TINY)
            demo = Pill(_("DEMO: no real people"), Tone.WARN)
            words.addWidget(demo)
        return words

    def _person(self, lock: Callable[[], None], preferences: Callable[[], None]) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(SMALL)
        user = self._place.desk.user
        self.person = button("", preferences)
        restyle(self.person, "kind", "person")
        room = self.width() - 2 * MEDIUM - 20
        lines = (user.title, role_name(user.role))
        metrics = self.person.fontMetrics()
        self.person.setText(
            "\n".join(metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in lines)
        )
        self.person.setAccessibleName(join(*lines, _("Theme, text size and language")))
        self.person.setToolTip(_("Theme, text size and language"))
        self.lock = button(_("Lock"), lock, key="F12")
        self.lock.setIcon(self._place.look.icon("lock", "muted", 16))
        self.lock.setIconSize(QSize(self._place.look.px(16), self._place.look.px(16)))
        words.addWidget(self.person)
        words.addWidget(self.lock)
        return words
