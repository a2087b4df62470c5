"""Who did what, when: the log, asked by person, kind, day and file."""

<<<<<<< HEAD
from PySide6.QtWidgets import QLineEdit, QWidget
=======
import re
from collections.abc import Mapping
from datetime import datetime
>>>>>>> ff1c239 (Let the next try wait after wrong passphrases, and tell of them)

from kadin_danisma.domain.auditing import DeedKind, LogQuery, kind_name
from kadin_danisma.domain.codes import Code
from kadin_danisma.i18n import _
from kadin_danisma.services import auditing
from kadin_danisma.ui.pages.admin.section import Section
from kadin_danisma.ui.style import MEDIUM
from kadin_danisma.ui.widgets.codebox import CodeBox
from kadin_danisma.ui.widgets.fields import DateEdit, Field
from kadin_danisma.ui.widgets.filters import Filters
<<<<<<< HEAD
from kadin_danisma.ui.widgets.loglist import LogList
from kadin_danisma.ui.widgets.parts import ems, row
from kadin_danisma.ui.workplace import Workplace

=======
from kadin_danisma.ui.widgets.parts import ems, label
from kadin_danisma.ui.widgets.sides import Sides
from kadin_danisma.ui.widgets.table import TableView
from kadin_danisma.ui.words import join
from kadin_danisma.ui.workplace import Workplace

#: So many lines are read.
SHOWN = 2_000
_ACTIONS: Mapping[str, str] = {
    "sign_in": N_("signed in"),
    "sign_in.failed": N_("noted a wrong passphrase"),
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
>>>>>>> ff1c239 (Let the next try wait after wrong passphrases, and tell of them)
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
        self.body.addWidget(self.kind)
        self.body.addLayout(row(*self._fields.values(), spacing=MEDIUM))
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

<<<<<<< HEAD
    def query(self) -> LogQuery | None:
        """Return what is chosen, None where a field cannot be read."""
        number = self.file_no.text().strip()
        client_id = auditing.file_of(self.place.desk, number) if number else ""
        troubles: dict[QWidget, str] = {
            self.file_no: _("There is no file of this number.") if number and not client_id else "",
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
=======
    def _matches(self, line: AuditLine, words: list[str]) -> bool:
        said = fold(f"{line.by} {self._about(line)} {deed(line.action)}")
        return all(word in said for word in words)

    def _about(self, line: AuditLine) -> str:
        """Return to what it was done: a number, a person, an institution, never a woman's name."""
        if line.action == "sign_in.failed":
            who, _space, moment = line.subject.rpartition(" ")
            at = datetime.fromisoformat(moment)
            return join(self._names.get(who, ""), f"{show_date(at.date())} {show_time(at.time())}")
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
>>>>>>> ff1c239 (Let the next try wait after wrong passphrases, and tell of them)
        )

    def _ask_if_new(self) -> None:
        query = self.query()
        if query is not None and query != self.list.query:
            self.list.ask(query)
