"""Who did what, when: the lines of the log, latest first."""

import re
from collections.abc import Mapping

from PySide6.QtWidgets import QLineEdit

from kadin_danisma.domain.dates import show_date, show_time
from kadin_danisma.domain.places import INSTITUTION
from kadin_danisma.domain.role import Action
from kadin_danisma.domain.text import fold
from kadin_danisma.domain.views import AuditLine
from kadin_danisma.i18n import N_, _, ngettext
from kadin_danisma.services import people
from kadin_danisma.ui.models.table import Column, RecordModel
from kadin_danisma.ui.pages.admin.section import Section
from kadin_danisma.ui.style import Tone
from kadin_danisma.ui.widgets.filters import Filters
from kadin_danisma.ui.widgets.parts import ems, label
from kadin_danisma.ui.widgets.sides import Sides
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.workplace import Workplace

#: So many lines are read.
SHOWN = 2_000
_ACTIONS: Mapping[str, str] = {
    "sign_in": N_("signed in"),
    "anchor.missing": N_("found no anchor beside the vault"),
    "rollback.accepted": N_("accepted an older state of the vault"),
    "refused": N_("tried what the role does not include"),
    "client.view": N_("looked at a file"),
    "client.add": N_("opened a file"),
    "client.correct": N_("corrected a file"),
    "application.add": N_("recorded an application"),
    "application.correct": N_("corrected an application"),
    "session.add": N_("recorded a session"),
    "session.correct": N_("corrected a session"),
    "playroom_visit.add": N_("let a child in"),
    "playroom_visit.out": N_("let a child out"),
    "playroom_visit.back": N_("took a departure back"),
    "playroom_visit.correct": N_("corrected a playroom visit"),
    "referral.add": N_("recorded a referral"),
    "referral.answer": N_("recorded an answer"),
    "referral.correct": N_("corrected a referral"),
    "training.add": N_("recorded a training"),
    "training.correct": N_("corrected a training"),
    "counts": N_("looked at true counts"),
    "report": N_("exported a report"),
    "import": N_("imported a workbook"),
    "backup": N_("made a backup"),
    "restore": N_("restored from a backup"),
    "user.add": N_("added a person"),
    "user.remove": N_("took an account away"),
    "user.passphrase": N_("changed a passphrase"),
    "key.grant": N_("gave the key of session notes"),
    "recovery.use": N_("used the recovery code"),
    "recovery.begin": N_("began to replace the recovery sheets"),
    "recovery.verify": N_("typed the recovery sheets back"),
    "recovery.renew": N_("replaced the recovery sheets"),
    "recovery.drop": N_("took recovery sheets out of force"),
    "recovery.try": N_("tried the recovery sheets"),
    "vault.create": N_("made the file of the centre"),
    "demo.create": N_("made the demo"),
}
_VIEWS = frozenset({"client.view", "counts"})
_LEAVING = frozenset({"report", "backup", "import", "restore"})
_PEOPLE = frozenset({"sign_in", "anchor.missing", "rollback.accepted", "refused"})
_EVERY = "every"
#: Records without a number are named by the beginning of their identity.
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
_SHORT = 8


class LogSection(Section):
    """The log; what is typed narrows it.

    Args:
        place: The desk and the window's means.
    """

    def __init__(self, place: Workplace) -> None:
        super().__init__(place, _("Log"))
        self._lines: list[AuditLine] = []
        self.kind = Filters(
            _("Show"),
            {
                _EVERY: _("All"),
                "views": _("Looked at"),
                "changes": _("Changed"),
                "leaving": _("In and out"),
                "people": _("People"),
            },
        )
        self.words = QLineEdit()
        self.words.setPlaceholderText(_("Person, file number or deed"))
        self.words.setAccessibleName(_("Person, file number or deed"))
        self.words.setMinimumWidth(ems(self.words, 34))
        self.count = label("", "note")
        self._names: dict[str, str] = {}
        self.model: RecordModel[AuditLine] = RecordModel(self._columns())
        self.table: TableView[AuditLine] = TableView(self.model, place.look, _("Log"))
        self.body.addWidget(Sides(self.kind, self.words))
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.count)
        self.kind.chosen_changed.connect(lambda _key: self._show())
        self.words.textChanged.connect(lambda _text: self._show())

    def reload(self) -> None:
        """Read the log anew."""
        desk = self.place.desk
        self._lines = people.audit_lines(desk, SHOWN)
        if desk.may(Action.MANAGE_USERS):
            self._names = {user.id: user.name for user in people.users(desk)}
        self._show()

    def _show(self) -> None:
        kind, words = self.kind.chosen(), fold(self.words.text()).split()
        shown = [
            line
            for line in self._lines
            if kind in (_EVERY, _kind(line.action)) and self._matches(line, words)
        ]
        self.model.set_rows(shown)
        said = ngettext("{n} line", "{n} lines", len(shown)).format(n=len(shown))
        if len(self._lines) == SHOWN:
            said = _("{lines} of the latest {n}").format(lines=said, n=SHOWN)
        self.count.setText(said)

    def _matches(self, line: AuditLine, words: list[str]) -> bool:
        said = fold(f"{line.by} {self._about(line)} {deed(line.action)}")
        return all(word in said for word in words)

    def _about(self, line: AuditLine) -> str:
        """Return to what it was done: a number, a person, an institution, never a woman's name."""
        if line.subject in INSTITUTION:
            return INSTITUTION.label(line.subject)
        if _ID.fullmatch(line.subject):
            return self._names.get(line.subject, line.subject[:_SHORT])
        return line.subject or "–"

    def _columns(self) -> tuple[Column[AuditLine], ...]:
        return (
            Column(_("When"), _when, width=17, key=lambda line: line.seq),
            Column(_("Who"), lambda line: line.by, width=13),
            Column(_("What"), lambda line: deed(line.action), tone=_tone),
            Column(_("About"), self._about),
        )


def deed(action: str) -> str:
    """Return what a line of the log says was done; an action without words stays as it is."""
    return _(_ACTIONS[action]) if action in _ACTIONS else action


def _kind(action: str) -> str:
    if action in _VIEWS:
        return "views"
    if action in _LEAVING:
        return "leaving"
    if action in _PEOPLE or action.startswith(("user.", "recovery.")):
        return "people"
    return "changes"


def _when(line: AuditLine) -> str:
    return f"{show_date(line.at.date())} {show_time(line.at.time())}"


def _tone(line: AuditLine) -> Tone | None:
    return Tone.WARN if line.action == "refused" else None
