"""Finding a file by a few typed letters: number, name or telephone, before anything is recorded."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.views import ClientLine
from kadin_danisma.i18n import _
from kadin_danisma.services import casework, finding
from kadin_danisma.ui.style import SMALL
from kadin_danisma.ui.widgets.codebox import CodeBox
from kadin_danisma.ui.widgets.safety import RevealButton
from kadin_danisma.ui.widgets.suggestions import Choice
from kadin_danisma.ui.words import about_age, district_name, file_words, join, shown_name
from kadin_danisma.ui.workplace import Workplace

_MOST = 8


@dataclass(frozen=True, slots=True)
class _FileChoice:
    """A file as something to choose."""

    key: str
    label: str


class ClientBox(CodeBox):
    """One line: type letters, choose a file; names are shown only while they are asked for.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        self._place = place
        self._lines: dict[str, ClientLine] = {}
        self.names_shown = False
        super().__init__([])
        self.setPlaceholderText(_("File number, name or telephone"))

    def line(self) -> ClientLine | None:
        """Return the file chosen, None where none is."""
        return self._lines.get(self.value())

    def choose_line(self, line: ClientLine) -> None:
        """Choose a file without saying so."""
        self._lines[line.id] = line
        self.set_choices([self._choice(line)], line.id)

    def choose_file(self, client_id: str) -> None:
        """Choose a file by its id without saying so."""
        client = casework.safety_of(self._place.desk, client_id)
        self.choose_line(
            ClientLine(
                client.id, client.file_no, client.name, client.birth_year, client.district, "", None
            )
        )

    def offered(self, typed: str) -> list[Choice]:
        """Return the files whose words begin with the letters; the latest where none are typed."""
        desk = self._place.desk
        if typed and typed == self._chosen_label():
            return []
        found = finding.search(desk, typed, _MOST) if typed else finding.all_clients(desk, _MOST)
        chosen = self.line()
        self._lines = {line.id: line for line in found}
        if chosen is not None:
            self._lines.setdefault(chosen.id, chosen)
        self.choices = [self._choice(line) for line in self._lines.values()]
        return [self._choice(line) for line in found]

    def show_names(self, shown: bool) -> None:
        """Show names among the choices, or hide them again."""
        self.names_shown = shown
        self.list.hide()

    def _choice(self, line: ClientLine) -> _FileChoice:
        if line.seal is Seal.CLOSED:
            return _FileChoice(line.id, file_words(line.file_no, line.seal))
        name = shown_name(line.name) if self.names_shown else ""
        age = about_age(line.birth_year, self._place.desk.today())
        return _FileChoice(line.id, join(line.file_no, name, age, district_name(line.district)))

    def _chosen_label(self) -> str:
        line = self.line()
        return "" if line is None else self._choice(line).label


class ClientField(QWidget):
    """The line, and a button that shows names for a while.

    Args:
        place: The desk and the window's means.
    """

    #: Emitted with the ``ClientLine`` that was chosen.
    picked = Signal(object)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SMALL)
        self.box = ClientBox(place)
        self.names = RevealButton(place.reveals, _("Show names"), _("Hide names"))
        layout.addWidget(self.box, 1)
        layout.addWidget(self.names)
        self.setFocusProxy(self.box)
        self.names.shown_changed.connect(self.box.show_names)
        self.box.chosen_changed.connect(lambda _key: self.picked.emit(self.box.line()))

    def line(self) -> ClientLine | None:
        """Return the file chosen, None where none is."""
        return self.box.line()

    def choose_file(self, client_id: str) -> None:
        """Choose a file by its id without saying so."""
        self.box.choose_file(client_id)

    def problem(self) -> str:
        """Return why a record cannot be made yet, empty where a file is chosen."""
        return "" if self.line() else _("Please choose a file.")

    def setAccessibleName(self, name: str) -> None:
        """Name the line too: it is what gets the focus."""
        super().setAccessibleName(name)
        self.box.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        """Describe the line too: it is what gets the focus."""
        super().setAccessibleDescription(description)
        self.box.setAccessibleDescription(description)
