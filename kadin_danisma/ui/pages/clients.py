"""Danışanlar: search as you type; a new file only after looking for an old one."""

from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.dates import show_date, show_number
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.views import ClientLine, NoteLine
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services import finding, intake
from kadin_danisma.ui.dialogs.client import ClientDialog
from kadin_danisma.ui.dialogs.withdrawn import WithdrawnListDialog
from kadin_danisma.ui.models.table import Column, RecordModel
from kadin_danisma.ui.pages.page import Page
from kadin_danisma.ui.widgets.filters import Filters
from kadin_danisma.ui.widgets.notefinder import NoteFinder
from kadin_danisma.ui.widgets.parts import EmptyState, button, row
from kadin_danisma.ui.widgets.safety import RevealButton
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.words import district_name, join, masked, shown_name
from kadin_danisma.ui.workplace import Workplace

#: So many files are shown; whoever looks for another types one more letter.
SHOWN = 60
#: What is searched: files by name and number, or notes.
FILES, NOTES = "files", "notes"


class ClientsPage(Page):
    """Search above, files below; Enter opens, the names stay masked until asked for.

    Args:
        place: The desk and the window's means.
    """

    cares = frozenset({Kind.CLIENT, Kind.APPLICATION, Kind.SESSION})

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, _("Clients"), " ")
        self.search: QLineEdit = self.header.add_search(_in_files(), width=50)
        self.names = RevealButton(place.reveals, _("Show names"), _("Hide names"))
        self.header.add_part(self.names)
        self.new = self.header.add_primary(_("New file"), self.open_new, "Ctrl+N")
        self.new.setToolTip(_("Search first: she may have a file already."))
        self.new.setVisible(place.desk.may(Action.RECORD))
        self.model: RecordModel[ClientLine] = RecordModel(self._columns())
        self.table: TableView[ClientLine] = TableView(self.model, place.look, _("Clients"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._nobody = EmptyState(
            _("Nobody found"),
            _("Try fewer letters, the file number or the telephone. Or open a new file."),
            button(_("New file"), self.open_new) if place.desk.may(Action.RECORD) else None,
        )
        self._stack.addWidget(self._nobody)
        self.notes = NoteFinder(place, self.names)
        self.notes.opened.connect(self._open_session)
        self._stack.addWidget(self.notes)
        self.where = Filters(
            _("Search in"), {FILES: _("Files"), NOTES: _("In the notes   Ctrl+Shift+F")}
        )
        self.where.setVisible(bool(finding.searchable_notes(place.desk)))
        self.where.chosen_changed.connect(lambda _chosen: self._turn())
        self.withdrawn = button(_("What was withdrawn …"), self.show_withdrawn, kind="quiet")
        self.body.addLayout(row(self.where, 1, self.withdrawn))
        self.body.addWidget(self._stack, 1)
        self.search.textChanged.connect(lambda words: self._find(words))
        self.search.returnPressed.connect(self._open_current)
        self.search.installEventFilter(self)
        self.names.shown_changed.connect(lambda _shown: self.model.refresh())
        self.table.opened.connect(self._open)
        self._dialog: ClientDialog | None = None

    @property
    def dialog(self) -> ClientDialog | None:
        """Return the dialog of the new file, if it was opened."""
        return self._dialog

    def reload(self) -> None:
        """Count the files and search again."""
        self._find(self.search.text(), keep=True)

    def enter(self) -> None:
        """Load, and let letters search and arrows mark, without a key before them."""
        super().enter()
        self._focus_search()

    def leave(self) -> None:
        """Forget what was searched for when the page is left for another of the side bar."""
        super().leave()
        self.names.set_shown(False)

    def focus_search(self) -> bool:
        """Put the cursor into the search for files."""
        if self.where.chosen() != FILES:
            self.where.choose(FILES)
            self._turn()
        return self._focus_search()

    def choose_notes(self) -> None:
        """Search in notes, if whoever is here reads some."""
        if self.where.isVisibleTo(self):
            self.where.choose(NOTES)
            self._turn()

    def _focus_search(self) -> bool:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        return True

    def search_for(self, words: str) -> None:
        """Search for files with words typed elsewhere, and let typing go on here."""
        self.focus_search()
        self.search.setText(words)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.setCursorPosition(len(words))

    def open_new(self) -> None:
        """Open a new file from what was searched for; without a search, ask for one first."""
        words = self.search.text().strip()
        if not words:
            self.focus_search()
            self.place.nav.said.emit(_("Please search first: she may have a file already."), None)
            return
        self._open_form(words)

    def show_withdrawn(self) -> None:
        """List everything that is withdrawn; it can be taken back there."""
        WithdrawnListDialog(self, self.place).open()

    def _open_form(self, words: str) -> None:
        self._dialog = ClientDialog.for_new(self, self.place, words)
        self._dialog.saved.connect(self.place.nav.client_wanted.emit)
        self._dialog.known.connect(self.place.nav.client_wanted.emit)
        self._dialog.open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrow keys of the search move in the list."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            listed = self.notes.table if self._in_notes() else self.table
            if step and listed.model().rowCount():
                listed.step(step)
                return True
        return super().eventFilter(watched, event)

    def _in_notes(self) -> bool:
        return self.where.chosen() == NOTES

    def _turn(self) -> None:
        """Search in the other place, with an empty search: a name is no word of a note."""
        self.notes.begin()
        self.search.setPlaceholderText(_in_notes() if self._in_notes() else _in_files())
        self.search.setAccessibleName(self.search.placeholderText())
        self.search.clear()
        self._find("")
        self._focus_search()

    def _find(self, words: str, *, keep: bool = False) -> None:
        """Look for files at every letter; for notes only when Enter asks for it.

        Args:
            words: What is looked for.
            keep: Whether the cursor stays on the file it is on.
        """
        self.new.setEnabled(bool(words.strip()) and not self._in_notes())
        if self._in_notes():
            self._stack.setCurrentWidget(self.notes)
            return
        desk = self.place.desk
        found = (
            finding.search(desk, words, SHOWN)
            if words.strip()
            else finding.all_clients(desk, SHOWN)
        )
        self.model.set_rows(found)
        self._stack.setCurrentWidget(self.table if found else self._nobody)
        if not keep:
            self.table.clear_choice()
        if words.strip() and not any(line.near for line in found):
            self.table.choose_only()
        self._count(words, len(found))

    def _count(self, words: str, shown: int) -> None:
        """Say how many files there are, and how many of them are shown."""
        count = intake.count_clients(self.place.desk)
        files = ngettext("{n} file", "{n} files", count).format(n=show_number(count))
        if words.strip():
            found = ngettext("{n} found", "{n} found", shown).format(n=show_number(shown))
            if shown == SHOWN:
                found = _("the first {n} found").format(n=show_number(shown))
        else:
            latest = _("the latest {n} shown").format(n=show_number(shown))
            found = latest if shown < count else ""
        self.header.subtitle.setText(join(files, found))

    def _open_current(self) -> None:
        """Open the line the cursor is on; words of notes that were not looked for yet, look for."""
        words = self.search.text().strip()
        if self._in_notes() and words != self.notes.words:
            self.notes.search(words) if words else self.notes.begin()
        elif self._in_notes():
            self._open_session(self.notes.table.current())
        else:
            self._open_file()

    def _open_session(self, line: NoteLine | None) -> None:
        if line is None:
            if self.notes.found:
                self._say_choose()
            return
        if line.client_id:
            self.place.nav.session_wanted.emit(line.client_id, line.record_id)
        else:
            self.place.nav.contact_wanted.emit(line.record_id, line.date)

    def _open_file(self) -> None:
        line = self.table.current()
        if line is not None:
            self._open(line)
        elif self.model.rows:
            self._say_choose()

    def _say_choose(self) -> None:
        """Say why Enter opens nothing: nobody chose one of them."""
        self.place.nav.said.emit(
            _("Please choose with the arrow keys which one you mean, then press Enter."), None
        )

    def _open(self, line: ClientLine) -> None:
        self.place.nav.client_wanted.emit(line.id)

    def _name(self, line: ClientLine) -> str:
        if line.seal is Seal.CLOSED:
            return _("restricted file")
        name = shown_name(line.name) if self.names.shown else masked(line.name)
        restricted = _("restricted") if line.seal is Seal.OPEN else ""
        return join(name, restricted, _("alike") if line.near else "")

    def _columns(self) -> list[Column[ClientLine]]:
        return [
            Column(_("File"), lambda line: line.file_no, width=12),
            Column(
                _("Name"),
                self._name,
            ),
            Column(
                _("Born"),
                lambda line: str(line.birth_year) if line.birth_year else "–",
                width=10,
                key=lambda line: line.birth_year or 0,
            ),
            Column(
                _("District"),
                lambda line: district_name(line.district) or "–",
                width=15,
            ),
            Column(
                _("Last contact"),
                lambda line: show_date(line.last_contact) if line.last_contact else "–",
                width=14,
                key=lambda line: line.last_contact or date.min,
            ),
        ]


def _in_files() -> str:
    return _("Name, file number, phone …   Ctrl+K")


def _in_notes() -> str:
    return _("Words of a note, then Enter")
