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
from kadin_danisma.ui.widgets.codebox import Typing
from kadin_danisma.ui.widgets.parts import label, row
from kadin_danisma.ui.widgets.safety import RevealButton
from kadin_danisma.ui.widgets.suggestions import Choice
from kadin_danisma.ui.words import district_name, file_words, join, shown_name
from kadin_danisma.ui.workplace import Workplace

#: Stands for "open a new file from what I typed".
NEW_FILE = "new"
_MOST = 6


@dataclass(frozen=True, slots=True)
class _Offer:
    """A line of the list below the search."""

    key: str
    label: str


class ClientFinder(QWidget):
    """A search whose list offers existing files, and a new file at its end.

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
        self.client_id = ""
        self.opens_new = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(TINY)
        self.typing = _ClientTyping(self)
        self.typing.setPlaceholderText(
            _("Name, file number or telephone; leave empty for a contact without a file")
        )
        self.typing.taken.connect(self._take)
        self.typing.textEdited.connect(self._forget)
        self.names = RevealButton(place.reveals, _("Show names"), _("Hide names"))
        self.names.shown_changed.connect(lambda _shown: self.typing.list.hide())
        layout.addLayout(row(self.typing, self.names))
        self.state = label("", "note", wrap=True)
        layout.addWidget(self.state)
        self.setFocusProxy(self.typing)
        self._tell()

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

    def choose(self, line: ClientLine) -> None:
        """Choose an existing file."""
        self.client_id, self.opens_new = line.id, False
        self.typing.setText(line.file_no)
        self._tell()
        self.changed.emit()

    def choose_new(self) -> None:
        """Choose to open a new file from what was typed."""
        self.client_id, self.opens_new = "", True
        self._tell()
        self.changed.emit()

    def offers(self, typed: str) -> list[_Offer]:
        """Return the files a few letters may mean, and the new file."""
        if not typed.strip():
            return []
        found = finding.search(self._place.desk, typed, _MOST)
        self._found = {line.id: line for line in found}
        offers = [_Offer(line.id, self._words(line)) for line in found]
        if self._may_open:
            offers.append(_Offer(NEW_FILE, _("Open a new file for her")))
        return offers

    def _take(self, key: str) -> None:
        if key == NEW_FILE:
            self.choose_new()
        else:
            self.choose(self._found[key])

    def _forget(self, _typed: str) -> None:
        self.client_id, self.opens_new = "", False
        self._tell()
        self.changed.emit()

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
        )

    def _tell(self) -> None:
        if self.client_id:
            words = _("For this file.")
        elif self.opens_new:
            words = _("A new file is opened when this is saved.")
        else:
            words = _("Without a file: counted as a contact.")
        self.state.setText(words)


class _ClientTyping(Typing):
    """The typing place of the finder."""

    def __init__(self, finder: ClientFinder) -> None:
        super().__init__(())
        self._finder = finder

    def offered(self, typed: str) -> Sequence[Choice]:
        """Return the files a few letters may mean."""
        return self._finder.offers(typed)
