"""Choosing a woman while she is on the telephone: an existing file, a new one, or none."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kadin_danisma.domain.circle import Seal
from kadin_danisma.domain.dates import show_date
from kadin_danisma.domain.views import ClientLine
from kadin_danisma.i18n import _
from kadin_danisma.services import finding
from kadin_danisma.ui.style import TINY
from kadin_danisma.ui.widgets.clientbox import found_hint, letters_decide
from kadin_danisma.ui.widgets.codebox import Typing
from kadin_danisma.ui.widgets.parts import label
from kadin_danisma.ui.widgets.safety import RevealButton
from kadin_danisma.ui.widgets.suggestions import Choice
from kadin_danisma.ui.words import district_name, file_words, join, shown_name, whose_words
from kadin_danisma.ui.workplace import Workplace

#: Stand for "open a new file from what I typed", and for "this one has no file".
NEW_FILE = "new"
NO_FILE = "none"
_MOST = 6


@dataclass(frozen=True, slots=True)
class _Offer:
    """A line of the list below the search."""

    key: str
    label: str


class ClientFinder(QWidget):
    """A search whose list offers existing files, a new file, and none; it shows who it is for.

    Args:
        place: The desk and the window's means.
        may_open: Whether a new file may be offered.
    """

    #: Emitted when another file (or none, or a new one) was chosen.
    changed = Signal()

    def __init__(self, place: Workplace, *, may_open: bool = True) -> None:
        super().__init__()
        self._place = place
        self._may_open = may_open
        self._found: dict[str, ClientLine] = {}
        self._chosen: ClientLine | None = None
        self.opens_new = False
        #: Whether it was said that what was typed is of somebody without a file.
        self.without_file = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TINY)
        self.typing = _ClientTyping(self)
        self.typing.setPlaceholderText(
            _("Name, file number or telephone; leave empty for a contact without a file")
        )
        self.typing.taken.connect(self._take)
        self.typing.textEdited.connect(self._forget)
        #: Stands beside the name of the field: Tab goes on from the search to what is asked next.
        self.names = RevealButton(place.reveals, _("Show names"), _("Hide names"))
        self.names.shown_changed.connect(self._follow_names)
        layout.addWidget(self.typing)
        #: Who it is for, in large letters for as long as the form is open; and what follows.
        self.whose = label("", "title", wrap=True)
        self.state = label("", "note", wrap=True)
        layout.addWidget(self.whose)
        layout.addWidget(self.state)
        self.setFocusProxy(self.typing)
        self._tell()

    @property
    def client_id(self) -> str:
        """Return whose file was chosen, empty where none was."""
        return "" if self._chosen is None else self._chosen.id

    @property
    def words(self) -> str:
        """Return what was typed."""
        return self.typing.text().strip()

    def setAccessibleName(self, name: str) -> None:
        """Name the typing place: it is what gets the focus."""
        super().setAccessibleName(name)
        self.typing.setAccessibleName(name)

    def start_with(self, words: str) -> None:
        """Show words as if they had just been typed, with nothing chosen."""
        self.typing.setText(words)
        self._forget(words)

    def problem(self) -> str:
        """Return why nothing can be saved yet: what was typed may be somebody, and nobody said."""
        if not self.words or self.client_id or self.opens_new or self.without_file:
            return ""
        return _("Please choose with \u2193 whom you mean: a file, a new file or none.")

    def choose(self, line: ClientLine) -> None:
        """Choose an existing file."""
        self.typing.setText(line.file_no)
        self._choose(line)

    def choose_new(self) -> None:
        """Choose to open a new file from what was typed."""
        self._choose(None, opens_new=True)

    def offers(self, typed: str) -> list[_Offer]:
        """Return the files a few letters may mean, the new file, and none."""
        self._found = {}
        if not typed.strip():
            return []
        found = finding.search(self._place.desk, typed, _MOST)
        self._found = {line.id: line for line in found}
        offers = [_Offer(line.id, self._words(line)) for line in found]
        if self._may_open:
            offers.append(_Offer(NEW_FILE, _("Open a new file for her")))
        return [*offers, _Offer(NO_FILE, _("Without a file"))]

    @property
    def found(self) -> list[ClientLine]:
        """Return the files that are offered now."""
        return list(self._found.values())

    def _take(self, key: str) -> None:
        if key == NEW_FILE:
            self.choose_new()
        elif key == NO_FILE:
            self._choose(None, without_file=True)
        else:
            self.choose(self._found[key])

    def _forget(self, _typed: str) -> None:
        self._choose(None)

    def _choose(
        self, line: ClientLine | None, *, opens_new: bool = False, without_file: bool = False
    ) -> None:
        self._chosen, self.opens_new, self.without_file = line, opens_new, without_file
        self._tell()
        self.changed.emit()

    def _follow_names(self, _shown: bool) -> None:
        self.typing.list.hide()
        self._tell()

    def _words(self, line: ClientLine) -> str:
        """Return a file without the name unless it was asked for: a screen may face a door."""
        if line.seal is Seal.CLOSED:
            return file_words(line.file_no, line.seal)
        return join(
            line.file_no,
            shown_name(line.name) if self.names.shown else "",
            str(line.birth_year or ""),
            district_name(line.district),
            show_date(line.last_contact) if line.last_contact else "",
            _("alike") if line.near else "",
        )

    def _tell(self) -> None:
        if self._chosen is not None:
            today, named = self._place.desk.today(), self.names.shown
            whose, words = whose_words(self._chosen, today, named=named), _("For this file.")
        elif self.opens_new:
            whose, words = _("New file"), _("A new file is opened when this is saved.")
        elif self.problem():
            whose, words = _("Not chosen yet"), _("Choose with \u2193 and Enter.")
        else:
            whose, words = _("No file"), _("Without a file: counted as a contact.")
        self.whose.setText(whose)
        self.state.setText(words)


class _ClientTyping(Typing):
    """The typing place of the finder."""

    def __init__(self, finder: ClientFinder) -> None:
        super().__init__(())
        self._finder = finder

    def open(self) -> None:
        """Show again what was offered for the letters that stand here."""
        self._offer(self.text())

    def offered(self, typed: str) -> Sequence[Choice]:
        """Return the files a few letters may mean."""
        return self._finder.offers(typed)

    def is_decided(self, _offered: Sequence[Choice]) -> bool:
        """Tell whether the letters mean one file, or none so that a new one comes first."""
        return not self._finder.found or letters_decide(self._finder.found)

    def hint(self, _offered: Sequence[Choice]) -> str:
        """Say that she has to choose."""
        return found_hint(self._finder.found)
