"""The quiet lines of what was left unfinished: which form and when, and nothing of what it says."""

from functools import partial
from itertools import pairwise

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kadin_danisma.domain.dates import show_date, show_time
from kadin_danisma.domain.drafts import Draft, Form
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import N_, _, ngettext
from kadin_danisma.ui.dialogs.message import Message, ask
from kadin_danisma.ui.style import SMALL, TINY
from kadin_danisma.ui.widgets.parts import button, clear_layout, label, row
from kadin_danisma.ui.workplace import Workplace

#: So many are shown before the rest is asked for.
SHOWN = 3
_NEW = {
    Form.CLIENT: N_("Unfinished new file"),
    Form.APPLICATION: N_("Unfinished application"),
    Form.SESSION: N_("Unfinished session"),
    Form.PLAYROOM_VISIT: N_("Unfinished playroom visit"),
    Form.REFERRAL: N_("Unfinished referral"),
    Form.TRAINING: N_("Unfinished training"),
    Form.ANSWER: N_("Unfinished answer to a referral"),
    Form.HAND_OVER: N_("Unfinished collecting of a child"),
    Form.WITHDRAWAL: N_("Unfinished withdrawal"),
    Form.TOLD: N_("Unfinished number shared outside a report"),
    Form.RETURNED: N_("Unfinished word on reports since the restore"),
}
_CORRECTED = {
    Form.CLIENT: N_("Unfinished correction of a file"),
    Form.APPLICATION: N_("Unfinished correction of an application"),
    Form.SESSION: N_("Unfinished correction of a session"),
    Form.PLAYROOM_VISIT: N_("Unfinished correction of a playroom visit"),
    Form.REFERRAL: N_("Unfinished correction of a referral"),
    Form.TRAINING: N_("Unfinished correction of a training"),
}


def waiting_words() -> str:
    """Return what is said of something unfinished in a file that is closed to its author now."""
    return _(
        "Its file was restricted meanwhile. What you typed is kept and waits until you have "
        "access; you can also throw it away."
    )


class UnfinishedLines(QWidget):
    """What whoever is signed in left unfinished; gone where there is nothing.

    Args:
        place: The desk and the window's means.
        above: The head of the page: Tab comes from its last part to the lines.
        client_id: Only what is of this file; of all by default.
    """

    def __init__(self, place: Workplace, above: QWidget, client_id: str = "") -> None:
        super().__init__()
        self._place = place
        self._above = above
        self._client_id = client_id
        self._shows_all = False
        self.question: Message | None = None
        #: The buttons by the ids of the drafts.
        self.go_on: dict[str, QPushButton] = {}
        self.away: dict[str, QPushButton] = {}
        self.rest: QPushButton | None = None
        self._former: list[QPushButton | None] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._frame = QFrame()
        self._frame.setProperty("kind", "card")
        self._frame.setAccessibleName(_("Unfinished"))
        self._lines = QVBoxLayout(self._frame)
        self._lines.setContentsMargins(20, SMALL, 20, SMALL)
        self._lines.setSpacing(TINY)
        self._layout.addWidget(self._frame)
        self.hide()
        place.drafts.changed.connect(self.reload)

    def reload(self) -> None:
        """Ask what there is to go on with."""
        found = self._place.drafts.unfinished(self._client_id)
        # One of them may be the very button that was pressed: Qt lets it go when that is over.
        self._former = [*self.go_on.values(), *self.away.values(), self.rest]
        clear_layout(self._lines)
        self.go_on, self.away, self.rest = {}, {}, None
        shown = found if self._shows_all else found[:SHOWN]
        for draft in shown:
            self._lines.addLayout(self._line(draft))
        if left := len(found) - len(shown):
            words = ngettext("{n} more", "{n} more", left).format(n=left)
            self.rest = button(words, self._show_all, kind="quiet")
            self._lines.addLayout(row(self.rest, 1))
        self._order_tabs()
        self.setVisible(bool(found))

    def words(self, draft: Draft) -> str:
        """Return which form it is and when it was begun: no name, no number, nothing typed."""
        names = _CORRECTED if draft.record_id and draft.form in _CORRECTED else _NEW
        begun = draft.begun_at
        when = show_time(begun.time()) if begun else _("from an earlier version of the program")
        if begun and begun.date() != self._place.desk.today():
            when = f"{show_date(begun.date())} {when}"
        return _("{form}, {when}").format(form=_(names[draft.form]), when=when)

    def _line(self, draft: Draft) -> QHBoxLayout:
        words = self.words(draft)
        go_on = button(_("Go on"), partial(self._place.nav.draft_wanted.emit, draft.id))
        if self._place.drafts.waits(draft):
            words = f"{words}\n{waiting_words()}"
            go_on.hide()
        go_on.setAccessibleDescription(words)
        away = button(_("Throw away …"), partial(self._ask, draft), kind="quiet")
        away.setAccessibleDescription(words)
        self.go_on[draft.id], self.away[draft.id] = go_on, away
        line = row(go_on, away)
        line.insertWidget(0, label(words, wrap=True), 1)
        return line

    def _order_tabs(self) -> None:
        """Let Tab come here where the eye does: what is made anew would stand at the end."""
        pairs = zip(self.go_on.values(), self.away.values(), strict=True)
        parts = [part for pair in pairs for part in pair]
        above = [each for each in self._above.findChildren(QPushButton) if not each.isHidden()]
        for before, after in pairwise([*above[-1:], *parts, *([self.rest] if self.rest else [])]):
            QWidget.setTabOrder(before, after)

    def _show_all(self) -> None:
        self._shows_all = True
        self.reload()
        if self.go_on:
            list(self.go_on.values())[SHOWN].setFocus()

    def _ask(self, draft: Draft) -> None:
        self.question = ask(
            self.window(),
            _("Throw this away?"),
            _("{what}: what was typed in it is lost then. Nobody else has it.").format(
                what=self.words(draft)
            ),
            _("Throw away"),
            partial(self._throw_away, draft.id),
        )
        # Nothing is lost by a hasty Enter.
        self.question.no.setDefault(True)
        self.question.no.setFocus()

    def _throw_away(self, draft_id: str) -> None:
        try:
            self._place.drafts.throw_away(draft_id)
        except KnownError as error:
            self._place.nav.said.emit(error.message, None)
