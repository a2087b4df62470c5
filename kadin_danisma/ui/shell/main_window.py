"""The window of a signed-in person: side bar at the left, one page in front."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QWidget

from kadin_danisma.domain.change import Change
from kadin_danisma.i18n import _
from kadin_danisma.ui.pages.page import Page
from kadin_danisma.ui.shell.pages import places_for
from kadin_danisma.ui.shell.sidebar import SideBar
from kadin_danisma.ui.widgets.toast import Toast
from kadin_danisma.ui.workplace import Workplace

#: The smallest window the pages are made for (an office PC shows 1366x768).
SMALLEST = (1024, 640)


class MainWindow(QMainWindow):
    """Holds the pages; fulfils what they wish of the ``Navigator``.

    Args:
        place: The desk and the window's means.
        lock: Closes the vault and replaces the process.
    """

    def __init__(self, place: Workplace, lock: Callable[[], None]) -> None:
        super().__init__()
        self._place = place
        self._lock = lock
        self.setWindowTitle(_("Kadın Danışma"))
        self.setMinimumSize(*SMALLEST)
        self._entries = places_for(place)
        self._pages: dict[str, Page] = {}
        self._stack = QStackedWidget()
        self._side = SideBar(place, self._entries, self.lock, self.open_preferences)
        self._side.chosen.connect(self.show_page)
        self._lay_out()
        self.toast = Toast(self)
        self._bind_keys()
        place.nav.page_wanted.connect(self.show_page)
        place.nav.said.connect(self.toast.say)
        place.bus.changed.connect(self._count_again)
        self._side.count()
        if self._entries:
            self.show_page(self._entries[0].key)

    @property
    def page(self) -> Page | None:
        """Return the page in front."""
        widget = self._stack.currentWidget()
        return widget if isinstance(widget, Page) else None

    @property
    def side(self) -> SideBar:
        """Return the side bar."""
        return self._side

    def show_page(self, key: str) -> None:
        """Bring a page of the side bar to the front; it is built when first wanted."""
        if key not in self._pages:
            entry = next((entry for entry in self._entries if entry.key == key), None)
            if entry is None:
                return
            self._pages[key] = entry.build(self._place)
            self._stack.addWidget(self._pages[key])
        self._bring(self._pages[key])
        self._side.mark(key)

    def lock(self) -> None:
        """Close the vault and replace the process, so that nothing stays in memory."""
        self._place.reveals.hide_all()
        self._lock()

    def open_preferences(self) -> None:
        """Open theme, text size and language."""

    def _bring(self, page: Page) -> None:
        before = self.page
        if before is not None and before is not page:
            before.leave()
        self._stack.setCurrentWidget(page)
        page.enter()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setProperty("ground", "page")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QHBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        edge = QFrame()
        edge.setProperty("kind", "edge")
        layout.addWidget(self._side)
        layout.addWidget(edge)
        layout.addWidget(self._stack, 1)
        self.setCentralWidget(inside)

    def _bind_keys(self) -> None:
        for number, entry in enumerate(self._entries, start=1):
            self._key(f"Ctrl+{number}", partial(self.show_page, entry.key))
        self._key("F12", self.lock)

    def _key(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        shortcut.activated.connect(act)

    def _count_again(self, _change: Change) -> None:
        self._side.count()
