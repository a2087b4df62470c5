"""The window of a signed-in person: side bar at the left, one page in front."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from kadin_danisma.domain.change import Change
from kadin_danisma.domain.role import Action
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _, current_language
from kadin_danisma.services.desk import not_allowed
from kadin_danisma.ui.dialogs.application import ApplicationDialog
from kadin_danisma.ui.dialogs.client import ClientDialog
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.pages.applications import ApplicationsPage
from kadin_danisma.ui.pages.client import ClientPage
from kadin_danisma.ui.pages.clients import ClientsPage
from kadin_danisma.ui.pages.page import Page
from kadin_danisma.ui.shell.pages import places_for
from kadin_danisma.ui.shell.preferences import PreferencesDialog
from kadin_danisma.ui.shell.reopening import (
    ABOVE_A_FILE,
    TakesUp,
    page_of,
    remember_open,
    reopen,
    take_open,
)
from kadin_danisma.ui.shell.settling import Settling
from kadin_danisma.ui.shell.sidebar import SideBar
from kadin_danisma.ui.style import SMALLEST
from kadin_danisma.ui.widgets.backupbanner import BackupBanner
from kadin_danisma.ui.widgets.focus import ReadingOrder
from kadin_danisma.ui.widgets.sorting import SortKey
from kadin_danisma.ui.widgets.toast import Toast
from kadin_danisma.ui.widgets.unfinished import waiting_words
from kadin_danisma.ui.workplace import Workplace


class MainWindow(ReadingOrder, QMainWindow):
    """Holds the pages; fulfils what they wish of the ``Navigator``.

    Args:
        place: The desk and the window's means.
        lock: Closes the vault and replaces the process.
    """

    def __init__(self, place: Workplace, lock: Callable[[], None]) -> None:
        super().__init__()
        self.place = place
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
        self._came_from = ""
        self._settling = Settling(self, place.desk)
        self._is_put_away = False
        self.quick_entry: ApplicationDialog | None = None
        self.reopened: RecordDialog[Any] | None = None
        self._follow_wishes()
        place.bus.changed.connect(self._count_again)
        place.drafts.left.connect(self._tell_kept)
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

    @property
    def front(self) -> str:
        """Return the key of the page in front, empty where it is none of the side bar."""
        return next((key for key, page in self._pages.items() if page is self.page), "")

    def show_page(self, key: str) -> None:
        """Bring a page of the side bar to the front; it is built when first wanted."""
        if key not in self._pages:
            entry = next((entry for entry in self._entries if entry.key == key), None)
            if entry is None:
                return
            self._pages[key] = entry.build(self.place)
            self._stack.addWidget(self._pages[key])
        self._bring(self._pages[key])
        self._side.mark(key)

    def show_client(self, client_id: str) -> None:
        """Bring a file to the front; Escape goes back to where one was."""
        page = ClientPage(self.place, client_id)
        self._stack.addWidget(page)
        self._bring(page)
        self._side.mark("clients")

    def show_session(self, client_id: str, session_id: str) -> None:
        """Bring a file to the front with the cursor on one of its sessions."""
        self.show_client(client_id)
        if isinstance(self.page, ClientPage):
            self.page.timeline.go_to(session_id)

    def show_contact(self, application_id: str, day: date) -> None:
        """Bring the page of applications to the front with the mark on a contact."""
        self.show_page("applications")
        page = self._pages.get("applications")
        if isinstance(page, ApplicationsPage):
            page.go_to(application_id, day)

    def search_notes(self) -> None:
        """Bring the page of clients to the front, searching in notes, for whoever reads some."""
        self.show_page("clients")
        page = self._pages.get("clients")
        if isinstance(page, ClientsPage):
            page.choose_notes()

    def search(self, words: str = "") -> None:
        """Bring the page of clients to the front with the cursor in its search."""
        self.show_page("clients")
        page = self._pages.get("clients")
        if isinstance(page, ClientsPage):
            if words:
                page.search_for(words)
            else:
                page.focus_search()

    def go_back(self) -> None:
        """Go from a file back to the page one came from."""
        if isinstance(self.page, ClientPage):
            self.show_page(self._came_from or "clients")

    def new_application(self, client_id: str = "") -> None:
        """Open the quick entry, empty: what another call left unfinished is none of this one's."""
        if self._entry_in_front() is not None:
            return
        if not self.place.desk.may(Action.RECORD):
            return
        self._present(ApplicationDialog.for_new(self, self.place, client_id))

    def new_application_here(self) -> None:
        """Open the quick entry; over an open file that stands it starts with hers."""
        page = self.page
        if isinstance(page, ClientPage) and page.stands:
            self.new_application(page.client_id)
        else:
            self.new_application()

    def lock(self) -> None:
        """Put everything away and replace the process, whatever goes wrong on the way."""
        try:
            self.put_away()
        finally:
            self._lock()

    def closeEvent(self, event: QCloseEvent) -> None:
        """A closed window is a locked one: nothing is asked, and what was typed is kept."""
        self.put_away()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back, where nothing in front of the page took it for itself."""
        if event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def put_away(self) -> None:
        """Show nothing any more, finish the work under way, and keep what is unfinished."""
        if self._is_put_away:
            return
        self._is_put_away = True
        self.place.reveals.hide_all()
        for window in QApplication.topLevelWidgets():
            window.hide()
        self.place.background.finish()
        self.keep_unfinished()
        self.place.drafts.stop()

    def keep_unfinished(self) -> None:
        """Keep what is unfinished, and go on: the system may be about to end the program."""
        self.place.drafts.keep_now()
        # A full disk must not keep the program open: then only what was not kept is lost.
        with suppress(KnownError):
            remember_open(self.place)

    def resume(self) -> None:
        """Open the form again over which the program was locked, with what was typed."""
        if draft_id := take_open(self.place):
            self.go_on(draft_id)

    def go_on(self, draft_id: str) -> None:
        """Open what was left unfinished, above the file or page it belongs to."""
        draft = self.place.drafts.find(draft_id)
        if draft is None:
            return
        if self.place.drafts.waits(draft):
            self.toast.say(waiting_words())
            return
        try:
            if draft.client_id and draft.form in ABOVE_A_FILE:
                self.show_client(draft.client_id)
            else:
                self.show_page(page_of(draft))
            page: object = self._pages.get(page_of(draft))
            if draft.form in ABOVE_A_FILE:
                self._present(reopen(self, self.place, draft))
            elif isinstance(page, TakesUp):
                page.take_up(draft)
            else:
                raise not_allowed()
        except KnownError as error:
            kept = _("What you had begun cannot be opened now. It is kept for you.")
            self.toast.say(f"{error.message} {kept}")

    def open_preferences(self) -> None:
        """Open theme, text size and language."""
        PreferencesDialog(self, self.place, current_language()).open()

    def _follow_wishes(self) -> None:
        nav = self.place.nav
        nav.page_wanted.connect(self.show_page)
        nav.client_wanted.connect(self.show_client)
        nav.session_wanted.connect(self.show_session)
        nav.contact_wanted.connect(self.show_contact)
        nav.application_wanted.connect(self.new_application)
        nav.draft_wanted.connect(self.go_on)
        nav.search_wanted.connect(self.search)
        nav.back_wanted.connect(self.go_back)
        nav.said.connect(self.toast.say)

    def _present(self, form: RecordDialog[Any]) -> None:
        """Open a form that belongs to no page, or one that was left unfinished."""
        if isinstance(form, ClientDialog):
            form.saved.connect(self.show_client)
            form.known.connect(self.show_client)
        if isinstance(form, ApplicationDialog) and form.base is None:
            form.saved.connect(self._tell_saved)
            self.quick_entry = form
        else:
            self.reopened = form
        form.open()

    def _entry_in_front(self) -> ApplicationDialog | None:
        form = self.quick_entry
        return form if form is not None and isValid(form) and form.isVisible() else None

    def _tell_kept(self) -> None:
        self.toast.say(_("Not saved, but kept under “Unfinished” on the first page."))

    def _tell_saved(self, _application_id: str) -> None:
        form = self.quick_entry
        client_id = form.finder.client_id if form is not None else ""
        if client_id and not isinstance(self.page, ClientPage):
            self.toast.say(
                _("The application is saved."), lambda: self.show_client(client_id), _("Open file")
            )
        else:
            self.toast.say(_("The application is saved."))

    def _bring(self, page: Page) -> None:
        before = self.page
        if before is not None and before is not page:
            before.leave()
            self._remember(before)
        self._stack.setCurrentWidget(page)
        page.enter()

    def _remember(self, before: Page) -> None:
        """Remember where one came from; a file that is left is let go."""
        key = next((key for key, page in self._pages.items() if page is before), "")
        if key:
            self._came_from = key
        else:
            self._stack.removeWidget(before)
            before.deleteLater()

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
        pages = QVBoxLayout()
        pages.setSpacing(0)
        if copied := self.place.desk.vault.copied:
            pages.addWidget(BackupBanner(copied.words, self.place.desk.user.role))
        pages.addWidget(self._stack, 1)
        layout.addLayout(pages, 1)
        self.setCentralWidget(inside)

    def _bind_keys(self) -> None:
        for number, entry in enumerate(self._entries, start=1):
            self._key(f"Ctrl+{number}", partial(self.show_page, entry.key))
        self._key("F2", self.new_application_here)
        self._key("Ctrl+K", lambda: self.search())
        self._key("Ctrl+Shift+F", self.search_notes)
        SortKey(self)

    def _key(self, keys: str, act: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        shortcut.activated.connect(act)

    def _count_again(self, _change: Change) -> None:
        self._side.count()
