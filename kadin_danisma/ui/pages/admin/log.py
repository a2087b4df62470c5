"""Who did what, when: the log, asked by person, kind, day and file."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from kadin_danisma.domain.auditing import DeedKind, LogQuery, kind_name
from kadin_danisma.domain.codes import Code
from kadin_danisma.i18n import _
from kadin_danisma.services import auditing, inspecting
from kadin_danisma.services.inspecting import Comparison
from kadin_danisma.ui.background import Progress
from kadin_danisma.ui.dialogs.export import documents_folder
from kadin_danisma.ui.dialogs.logpaper import FOUND, CompareDialog, ExportLogDialog
from kadin_danisma.ui.dialogs.slow import SlowDialog
from kadin_danisma.ui.pages.admin.section import Section
from kadin_danisma.ui.widgets.codebox import CodeBox
from kadin_danisma.ui.widgets.fieldrow import FieldRow
from kadin_danisma.ui.widgets.fields import DateEdit, Field
from kadin_danisma.ui.widgets.filters import Filters
from kadin_danisma.ui.widgets.loglist import LogList
from kadin_danisma.ui.widgets.parts import button, ems, row
from kadin_danisma.ui.widgets.progress import ProgressDialog
from kadin_danisma.ui.widgets.sides import Sides
from kadin_danisma.ui.workplace import Workplace

_EVERY = "every"


class LogSection(Section):
    """The log; what is chosen above narrows it.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, _("Log"))
        kinds = {_EVERY: _("All"), **{str(kind): kind_name(kind) for kind in DeedKind}}
        self.kind = Filters(_("Show"), kinds, wrap=True)
        self.person = CodeBox([])
        self.file_no = QLineEdit()
        self.first = DateEdit(place.desk.today(), optional=True)
        self.last = DateEdit(place.desk.today(), optional=True)
        self.list = LogList(place)
        self._fields: dict[QWidget, Field] = {
            self.person: Field(_("Person"), self.person),
            self.file_no: Field(_("File number"), self.file_no),
            self.first: Field(_("From"), self.first),
            self.last: Field(_("To"), self.last),
        }
        self.dialog: SlowDialog | None = None
        self.compare = button(_("Compare …"), self.open_compare)
        self.state = button(_("Print the state"), self.choose_state_folder)
        self.export = button(_("Export …"), self.open_export)
        actions = QWidget()
        actions.setLayout(row(self.compare, self.state, self.export))
        self.body.addWidget(Sides(self.kind, actions))
        self.body.addWidget(FieldRow(tuple(self._fields.values())))
        self.body.addWidget(self.list, 1)
        self.list.setMinimumHeight(ems(self, 40))
        self.kind.chosen_changed.connect(lambda _key: self.ask())
        self.person.chosen_changed.connect(lambda _key: self.ask())
        for edit in (self.file_no, self.first, self.last):
            edit.editingFinished.connect(self._ask_if_new)

    def reload(self) -> None:
        """Read who there is, and the log anew."""
        people = auditing.people_in_log(self.place.desk)
        chosen = self.person.value() or _EVERY
        everybody = Code(_EVERY, "Herkes", "Everybody")
        known = [Code(user_id, name, name) for user_id, name in people.items()]
        self.person.set_choices([everybody, *known], chosen)
        self.ask()

    def ask(self) -> None:
        """Show what is chosen; what cannot be read is said at its field."""
        query = self.query()
        if query is not None:
            self.list.ask(query)

    def query(self) -> LogQuery | None:
        """Return what is chosen, None where a field cannot be read."""
        number = self.file_no.text().strip()
        client_id = auditing.file_of(self.place.desk, number) if number else ""
        troubles: dict[QWidget, str] = {
            self.file_no: _("There is no file with this number.")
            if number and not client_id
            else "",
            self.first: self.first.problem(),
            self.last: self.last.problem(),
        }
        for edit, trouble in troubles.items():
            self._fields[edit].set_error(trouble)
        if any(troubles.values()):
            return None
        person, kind = self.person.value(), self.kind.chosen()
        return LogQuery(
            user_id="" if person == _EVERY else person,
            kind=None if kind == _EVERY else DeedKind(kind),
            first=self.first.value(),
            last=self.last.value(),
            client_id=client_id,
        )

    def open_export(self) -> None:
        """Open the form by which the lines shown leave."""
        self.dialog = ExportLogDialog(self, self.place, self.list.query)
        self.dialog.worked.connect(
            lambda _paths: self.place.nav.said.emit(_("The log was exported."), None)
        )
        self.dialog.open()

    def open_compare(self) -> None:
        """Open the form that compares the log with a paper."""
        self.dialog = CompareDialog(self, self.place)
        self.dialog.worked.connect(self._compared)
        self.dialog.open()

    def choose_state_folder(self) -> None:
        """Let the person point at a folder, and write the state of the log there."""
        title = _("Where should the state of the log be saved?")
        found = QFileDialog.getExistingDirectory(self, title, str(documents_folder()))
        if found:
            self.print_state(Path(found))

    def print_state(self, folder: Path) -> None:
        """Check the log and write its state, beside the window."""
        desk = self.place.desk

        def work(_progress: Progress) -> Path:
            return inspecting.print_state(desk, folder)

        ProgressDialog(self, _("The log is being checked …"), cancellable=False).run(
            self.place.background, work, self._printed, self.say_trouble
        )

    def _printed(self, path: Path) -> None:
        self.say(
            _("The state of the log was saved"),
            _("{file}\n\nPrint it, and keep the paper away from this computer.").format(file=path),
        )

    def _compared(self, found: Comparison) -> None:
        title, sentence = FOUND[found]
        self.say(_(title), _(sentence))

    def _ask_if_new(self) -> None:
        query = self.query()
        if query is not None and query != self.list.query:
            self.list.ask(query)
