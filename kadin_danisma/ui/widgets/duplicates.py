"""Files that may already be hers, shown while a new one is being typed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from kadin_danisma.domain.dates import show_date
from kadin_danisma.domain.views import Duplicate, Likeness
from kadin_danisma.i18n import N_, _
from kadin_danisma.ui.style import MEDIUM, SMALL, Tone
from kadin_danisma.ui.widgets.parts import Pill, button, clear_layout, label, restyle
from kadin_danisma.ui.words import district_name, join
from kadin_danisma.ui.workplace import Workplace

_WORDS = {
    Likeness.KIMLIK_NO: N_("same kimlik no"),
    Likeness.PHONE: N_("same telephone"),
    Likeness.NAME: N_("same name"),
    Likeness.NEAR_NAME: N_("similar name"),
}
_MOST = 4


def asking_words() -> str:
    """Return what is said where a file is about to be opened for somebody who may have one."""
    return _(
        "She may have a file already: please look at the files above. Nothing is saved yet; do it "
        "again to open a new file all the same."
    )


class DuplicateList(QFrame):
    """A banner of likely files, each with a button that opens it instead.

    Args:
        place: The desk and the window's means.
    """

    #: Emitted with the client id of the file that was chosen.
    chosen = Signal(str)

    def __init__(self, place: Workplace) -> None:
        super().__init__()
        self._place = place
        self.setProperty("kind", "banner")
        restyle(self, "tone", str(Tone.INFO))
        self.setAccessibleName(_("Files that may be hers"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(MEDIUM, MEDIUM, MEDIUM, MEDIUM)
        self._layout.setSpacing(SMALL)
        self.found: tuple[Duplicate, ...] = ()
        self._asked: set[str] = set()
        self.hide()

    def show_found(self, found: Sequence[Duplicate]) -> None:
        """Show these files; none hides the banner."""
        if tuple(found) == self.found:
            return
        self.found = tuple(found)
        clear_layout(self._layout)
        if found:
            self._layout.addWidget(label(_("Is she one of these?"), "strong"))
        # Whoever is asked about must be seen, however many they are.
        for duplicate in found[: max(_MOST, sum(each.asks for each in found))]:
            self._layout.addLayout(self._line(duplicate))
        self.setVisible(bool(found))

    def asks_about(self, found: Sequence[Duplicate]) -> bool:
        """Show these files, and tell whether one is so likely that she has to be asked.

        Each is asked about once: whoever goes on all the same has seen it.
        """
        self.show_found(found)
        likely = {duplicate.line.id for duplicate in found if duplicate.asks}
        is_new = not likely <= self._asked
        self._asked |= likely
        return is_new

    def _line(self, duplicate: Duplicate) -> QHBoxLayout:
        line = duplicate.line
        layout = QHBoxLayout()
        layout.setSpacing(SMALL)
        words = join(
            line.file_no,
            str(line.birth_year or ""),
            district_name(line.district),
            show_date(line.last_contact) if line.last_contact else "",
        )
        layout.addWidget(label(words))
        for likeness in duplicate.likeness:
            layout.addWidget(Pill(_(_WORDS[likeness]), Tone.WARN))
        layout.addStretch(1)
        open_it = button(_("Open this file"), lambda: self.chosen.emit(line.id), kind="quiet")
        open_it.setAccessibleName(_("Open file {number}").format(number=line.file_no))
        layout.addWidget(open_it)
        return layout
