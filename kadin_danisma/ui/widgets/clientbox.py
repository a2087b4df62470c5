"""Finding a file by a few typed letters: number, name or telephone, before anything is recorded."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.views import ClientLine
from kadin_danisma.i18n import _
from kadin_danisma.services import casework, finding
from kadin_danisma.ui.style import TINY
from kadin_danisma.ui.widgets.codebox import CodeBox
from kadin_danisma.ui.widgets.parts import label, row
from kadin_danisma.ui.widgets.safety import RevealButton
from kadin_danisma.ui.widgets.suggestions import Choice
from kadin_danisma.ui.words import file_words, join, whose_words
from kadin_danisma.ui.workplace import Workplace

_MOST = 8


def letters_decide(found: Sequence[ClientLine]) -> bool:
    """Tell whether what was typed means one file: one that is merely like it does not."""
    return len(found) == 1 and not found[0].near


def found_hint(found: Sequence[ClientLine]) -> str:
    """Return what stands above files of which somebody has to choose one."""
    if not found or letters_decide(found):
        return ""
    if all(line.near for line in found):
        return _("No file with these letters. Choose a similar one with ↓.")
    return _("More than one file fits: choose with \u2193, or type on.")


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
        self._found: list[ClientLine] = []
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
        self._found = found if typed else []
        self._lines = {line.id: line for line in found}
        if chosen is not None:
            self._lines.setdefault(chosen.id, chosen)
        self.choices = [self._choice(line) for line in self._lines.values()]
        return [self._choice(line) for line in found]

    def finish(self) -> bool:
        """Tell whether a file was chosen, or none meant; the key of the form chooses no woman."""
        return not self.unfinished()

    def is_decided(self, _offered: Sequence[Choice]) -> bool:
        """Tell whether the letters mean one file; with more of them she decides."""
        return letters_decide(self._found)

    def hint(self, _offered: Sequence[Choice]) -> str:
        """Say that she has to choose."""
        return found_hint(self._found)

    def show_names(self, shown: bool) -> None:
        """Show names among the choices, or hide them again."""
        self.names_shown = shown
        self.list.hide()

    def _choice(self, line: ClientLine) -> _FileChoice:
        if line.seal is Seal.CLOSED:
            return _FileChoice(line.id, file_words(line.file_no, line.seal))
        words = whose_words(line, self._place.desk.today(), named=self.names_shown)
        return _FileChoice(line.id, join(words, _("alike") if line.near else ""))

    def _chosen_label(self) -> str:
        line = self.line()
        return "" if line is None else self._choice(line).label


class ClientField(QWidget):
    """The line, a button that shows names for a while, and in large letters whose file it is.

    Args:
        place: The desk and the window's means.
    """

    #: Emitted with the ``ClientLine`` that was chosen.
    picked = Signal(object)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TINY)
        self.box = ClientBox(place)
        self.names = RevealButton(place.reveals, _("Show names"), _("Hide names"))
        #: Whose file it is, for as long as the form is open.
        self.whose = label("", "title", wrap=True)
        self.whose.hide()
        line = row(self.box, self.names)
        line.setStretch(0, 1)
        layout.addLayout(line)
        layout.addWidget(self.whose)
        self.setFocusProxy(self.box)
        self.names.shown_changed.connect(self._follow_names)
        self.box.chosen_changed.connect(self._follow)

    def line(self) -> ClientLine | None:
        """Return the file chosen, None where none is."""
        return self.box.line()

    def choose_file(self, client_id: str) -> None:
        """Choose a file by its id without saying so."""
        self.box.choose_file(client_id)
        self._tell()

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

    def _follow(self, _key: str) -> None:
        self._tell()
        self.picked.emit(self.box.line())

    def _follow_names(self, shown: bool) -> None:
        self.box.show_names(shown)
        self._tell()

    def _tell(self) -> None:
        line = self.line()
        self.whose.setVisible(line is not None)
        if line is None:
            return
        named, today = self.box.names_shown, self._place.desk.today()
        closed = line.seal is Seal.CLOSED
        self.whose.setText(
            file_words(line.file_no, line.seal) if closed else whose_words(line, today, named=named)
        )
