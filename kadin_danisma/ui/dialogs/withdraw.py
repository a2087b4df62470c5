"""The form by which a record is withdrawn, or moved to the file to which it belongs."""

from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from kadin_danisma.domain.change import Change, Kind
from kadin_danisma.domain.circle import file_of
from kadin_danisma.domain.discipline import discipline_of, readers_name
from kadin_danisma.domain.drafts import Draft, Form, Typed
from kadin_danisma.domain.records import KIND_OF, Record, Session
from kadin_danisma.domain.withdrawal import MOVABLE, WITHDRAWAL_REASON, WRONG_FILE
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import withdrawing
from kadin_danisma.services.desk import RefusedError
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.kept import KeptForm
from kadin_danisma.ui.widgets.clientbox import ClientField
from kadin_danisma.ui.widgets.codebox import CodeBox
from kadin_danisma.ui.widgets.fields import Field, show_problems
from kadin_danisma.ui.widgets.parts import label
from kadin_danisma.ui.widgets.typing import type_into, typed_in
from kadin_danisma.ui.workplace import Workplace

#: Under which name it is kept of which kind the record is.
KIND = "kind"


class WithdrawDialog(FormDialog):
    """Asks why a record is withdrawn; what belongs to another file is moved there.

    Args:
        parent: The form it was opened from.
        place: The desk and the window's means.
        record: The record, as the form began with it.
    """

    def __init__(self, parent: QWidget | None, place: Workplace, record: Record) -> None:
        super().__init__(parent, _("Withdraw"), _("Withdraw"), width=72)
        self._place = place
        self._record = record
        self._kind = KIND_OF[type(record)]
        words = _(
            "Nothing is deleted: the record stays in its place, struck through, with its history, "
            "and is no longer counted. It can be taken back. Published reports stay as they are."
        )
        self.body.addWidget(label(words, "muted", wrap=True))
        self.reason = CodeBox(tuple(WITHDRAWAL_REASON), "")
        self.reason.setPlaceholderText(_("Please choose"))
        self.target = ClientField(place)
        self.why = QLineEdit()
        self.fields = {
            "reason": Field(_("Why?"), self.reason),
            "client_id": Field(_("The right file, if it is known"), self.target, _move_hint()),
            "why": Field(_("More about it (not needed)"), self.why, self._why_hint()),
        }
        for field in self.fields.values():
            self.body.addWidget(field)
        self.body.addStretch(1)
        self.reason.chosen_changed.connect(lambda _key: self._follow())
        self.target.picked.connect(lambda _line: self._follow())
        self._kept: KeptForm | None = None
        self._follow()
        self.reason.setFocus()

    @property
    def kept(self) -> KeptForm:
        """Return the form as it is kept, to be there again after whatever ended it."""
        if self._kept is None:
            self._kept = KeptForm(
                keeper=self._place.drafts,
                owner=self,
                form=Form.WITHDRAWAL,
                begun_at=self._place.desk.clock.now(),
                record_id=self._record.id,
                revision=self._record.revision,
                always=frozenset({KIND}),
            )
        return self._kept

    def typed(self) -> dict[str, Typed]:
        """Return what stands in the fields, and of which kind of record."""
        found = {name: typed_in(field.control) for name, field in self.fields.items()}
        return {KIND: str(self._kind)} | {name: said for name, said in found.items() if said}

    def whose(self) -> str:
        """Return the id of the file in which the record stands; empty for none."""
        return file_of(self._record) or ""

    def take_up(self, draft: Draft) -> None:
        """Go on where it was left."""
        self.kept.take_up(draft)
        for name, said in draft.typed.items():
            if name in self.fields:
                type_into(self.fields[name].control, said)
        self._follow()
        self.note.setText(_("Your unsaved entry was restored."))

    def save(self) -> bool:
        """Withdraw the record, or move it; the foot of the window offers to take that back."""
        try:
            with self._place.desk.finishing(self.kept.id, self._kind):
                change = self._done()
        except RefusedError as error:
            self.say_trouble(" ".join(show_problems(self.fields, error.problems)))
            return False
        self._place.drafts.finished(self.kept)
        self._place.bus.changed.emit(change)
        return True

    def _done(self) -> Change:
        desk, target = self._place.desk, self._target()
        if target:
            change = withdrawing.move(desk, self._record, target)
            before = getattr(self._record, "client_id", "") or ""
            undo = partial(_move_back, self._place, self._kind, self._record.id, before)
            self._place.nav.said.emit(_("The record was moved."), undo if before else None)
            return change
        change = withdrawing.withdraw(desk, self._record, self.reason.value(), self.why.text())
        undo = partial(take_back, self._place, self._kind, self._record.id)
        self._place.nav.said.emit(_("The record was withdrawn."), undo)
        return change

    def _target(self) -> str:
        """Return the file to which the record is moved; nothing where it is withdrawn."""
        line = self.target.line()
        return line.id if line and self.reason.value() == WRONG_FILE and self._moves() else ""

    def _moves(self) -> bool:
        return self._kind in MOVABLE

    def _follow(self) -> None:
        """Offer another file where the record stands in the wrong one; say what will be done."""
        wrong = self.reason.value() == WRONG_FILE
        self.fields["client_id"].setVisible(wrong and self._moves())
        self.fields["why"].setVisible(not self._target())
        words = _("Move") if self._target() else _("Withdraw")
        self.do.setText(f"{words}   Ctrl+Enter")
        self.do.setAccessibleName(words)
        self.fit()

    def _why_hint(self) -> str:
        if not isinstance(self._record, Session):
            return _("It is never written to the log.")
        readers = readers_name(discipline_of(self._record.service))
        return _("It is never written to the log. Can be read by: {readers}").format(
            readers=readers
        )


def take_back(place: Workplace, kind: Kind, record_id: str) -> None:
    """Let a withdrawn record stand again, and say so at the foot of the window."""
    try:
        change = withdrawing.take_back(place.desk, kind, record_id)
    except KnownError as error:
        place.nav.said.emit(error.message, None)
        return
    place.bus.changed.emit(change)
    place.nav.said.emit(_("The record is valid again."), None)


def _move_back(place: Workplace, kind: Kind, record_id: str, client_id: str) -> None:
    try:
        change = withdrawing.move_back(place.desk, kind, record_id, client_id)
    except KnownError as error:
        place.nav.said.emit(error.message, None)
        return
    place.bus.changed.emit(change)


def _move_hint() -> str:
    return _("If you choose it, the record is moved there. If not, it is only withdrawn here.")
