"""Searching inside notes: what is searched, how far it is, and what was found."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from kadin_danisma.domain.discipline import Discipline, discipline_name
from kadin_danisma.domain.views import NoteLine, NotesFound
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _, ngettext
from kadin_danisma.services import finding
from kadin_danisma.ui.background import Job
from kadin_danisma.ui.style import MEDIUM
from kadin_danisma.ui.widgets.hits import HitTable
from kadin_danisma.ui.widgets.parts import EmptyState, button, label, row
from kadin_danisma.ui.widgets.safety import RevealButton
from kadin_danisma.ui.words import join
from kadin_danisma.ui.workplace import Workplace

#: From so many notes on that must be opened first, it is said how far the search is.
_MANY = 300
#: What was searched for, and what it brought.
_Answer = tuple[str, NotesFound]


class NoteFinder(QWidget):
    """The records in whose note some words stand, as far as whoever searches may read them.

    Args:
        place: The desk and the window's means.
        names: Whether names are readable now.
    """

    #: Emitted with the line that was chosen.
    opened = Signal(object)

    def __init__(self, place: Workplace, names: RevealButton) -> None:
        super().__init__()
        self._place = place
        self._job: Job[_Answer] | None = None
        #: What was searched for last; empty while nothing was.
        self.words = ""
        self.state = label("", "muted", wrap=True)
        self.table = HitTable(place.look, names)
        self.table.opened.connect(self.opened.emit)
        self._empty = EmptyState("")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self.table)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(_("Search in notes"))
        self.stop = button(_("Stop"), self._stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(MEDIUM)
        layout.addWidget(self.state)
        layout.addLayout(row(self.bar, self.stop))
        layout.addWidget(self._stack, 1)
        self._show_bar(False)
        self.begin()

    @property
    def found(self) -> tuple[NoteLine, ...]:
        """Return the lines shown."""
        return self.table.hits.rows

    def begin(self) -> None:
        """Forget what was found, and say how a search goes."""
        self._leave_job()
        self.words = ""
        self.table.hits.set_rows(())
        self.state.setText(reach(finding.searchable_notes(self._place.desk)))
        self._empty.say(
            _("Search in notes"),
            _("Type one word or more and press Enter. The beginning of a word is enough."),
        )
        self._stack.setCurrentWidget(self._empty)

    def search(self, words: str) -> None:
        """Look for words, beside the window; another search leaves the one before."""
        self._leave_job()
        self.words = words
        desk = self._place.desk
        self._job = self._place.background.run(
            lambda steps: (words, finding.search_notes(desk, words, steps)),
            self._show,
            self._fail,
            self._tell,
        )

    def _show(self, answer: _Answer) -> None:
        words, found = answer
        if words != self.words:
            return
        self._job = None
        self._show_bar(False)
        self.table.hits.set_rows(found.lines)
        self.state.setText(join(_count(found), reach(found.searched)))
        self._empty.say(
            _("Nothing found in the notes"),
            _("Try fewer words, or only their beginning."),
        )
        self._stack.setCurrentWidget(self.table if found.lines else self._empty)
        self.table.clear_choice()
        self.table.choose_only()

    def _fail(self, error: KnownError) -> None:
        if self._job is not None:
            self.begin()
            self.state.setText(error.message)

    def _tell(self, done: int, total: int) -> None:
        if self._job is not None and total >= _MANY:
            self._show_bar(True)
            self.bar.setRange(0, total)
            self.bar.setValue(done)
            self.state.setText(
                _("New notes are being added to the search: {done} of {total}").format(
                    done=done, total=total
                )
            )

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _leave_job(self) -> None:
        self._stop()
        self._job = None
        self._show_bar(False)

    def _show_bar(self, shown: bool) -> None:
        self.bar.setVisible(shown)
        self.stop.setVisible(shown)


def reach(searched: tuple[Discipline, ...]) -> str:
    """Return whose notes are searched, and that the others stay closed."""
    mine = [discipline_name(each) for each in searched]
    names = ", ".join([*mine, _("notes of applications and referrals")])
    said = _("Searched: {names}").format(names=names)
    if len(searched) == len(Discipline):
        return said
    return join(said, _("The notes of the other disciplines stay closed."))


def _count(found: NotesFound) -> str:
    shown = len(found.lines)
    if shown < found.total:
        return _("The latest {shown} of {total} notes are shown").format(
            shown=shown, total=found.total
        )
    return ngettext("{n} note", "{n} notes", found.total).format(n=found.total)
