"""What all forms of records share: problems beside fields, conflicts side by side, history."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from kadin_danisma.domain.change import Change
from kadin_danisma.domain.checks import Problem
from kadin_danisma.domain.codes import CodeList
from kadin_danisma.domain.drafts import Draft, Form, Typed
from kadin_danisma.domain.records import KIND_OF, Client, Record
from kadin_danisma.errors import ConflictError
from kadin_danisma.i18n import _
from kadin_danisma.services import casework, usage, withdrawing
from kadin_danisma.services.desk import RefusedError
from kadin_danisma.ui.dialogs.conflict import ConflictDialog
from kadin_danisma.ui.dialogs.form import FormDialog
from kadin_danisma.ui.dialogs.history import HistoryDialog
from kadin_danisma.ui.dialogs.withdraw import WithdrawDialog
from kadin_danisma.ui.field_names import field_name, list_of
from kadin_danisma.ui.kept import KeptForm
from kadin_danisma.ui.merging import differences, merged
from kadin_danisma.ui.widgets.codebox import CodeBox, Uses
from kadin_danisma.ui.widgets.fields import Field, show_problems
from kadin_danisma.ui.widgets.parts import button
from kadin_danisma.ui.widgets.typing import type_into, typed_in
from kadin_danisma.ui.workplace import Workplace

R = TypeVar("R", bound=Record)
#: What the form of a new record has from the file and not from whoever types: it is read anew.
_OF_THE_FILE = frozenset({"may_collect"})


class RecordDialog(FormDialog, Generic[R]):
    """A form for one record, new or being corrected.

    A form fills ``self.fields``, says in ``built`` what record its fields make, and in ``store``
    which service keeps it.

    Args:
        parent: The window it belongs to.
        place: The desk and the window's means.
        title: What the form is for.
        base: The record being corrected; None for a new one.
        action: The words of the primary action.
        width: The width in letters.
    """

    #: Emitted with the id of the record that was stored.
    saved = Signal(str)
    #: What the fields started with; each form sets it.
    _start: R

    def __init__(
        self,
        parent: QWidget | None,
        place: Workplace,
        title: str,
        base: R | None = None,
        action: str = "",
        width: int = 86,
    ) -> None:
        super().__init__(parent, title, action, width)
        self.place = place
        self.base = base
        self.fields: dict[str, Field] = {}
        self.conflict: ConflictDialog | None = None
        self._kept: KeptForm | None = None
        self.withdrawing: WithdrawDialog | None = None
        self._goes_on = False
        if base is not None:
            self.corrections = button(_("Corrections"), self._show_history, kind="quiet")
            self.head.addWidget(self.corrections)
            self.withdraw = button(_("Withdraw …"), self._withdraw, kind="quiet")
            self.withdraw.setVisible(
                withdrawing.may_withdraw(place.desk, KIND_OF[type(base)], base.id)
            )
            self.head.addWidget(self.withdraw)

    @abstractmethod
    def built(self) -> R:
        """Return the record the fields make."""

    @abstractmethod
    def store(self, record: R) -> Change:
        """Keep the record by the service that does it."""

    def unread(self) -> list[Problem]:
        """Return what was typed but cannot be read (a day that does not exist)."""
        problems = []
        for name, field in self.fields.items():
            reason = getattr(field.control, "problem", str)()
            if reason:
                problems.append(Problem(name, reason))
        return problems

    def typed(self) -> dict[str, Typed]:
        """Return what stands in the fields."""
        found = {name: typed_in(field.control) for name, field in self.fields.items()}
        return {name: value for name, value in found.items() if value is not None}

    @property
    def kept(self) -> KeptForm:
        """Return the form as it is kept, to be there again after whatever ended it."""
        if self._kept is None:
            start, base = self._start, self.base
            self._kept = KeptForm(
                keeper=self.place.drafts,
                owner=self,
                form=Form(KIND_OF[type(start)]),
                begun_at=self.place.desk.clock.now(),
                record_id=base.id if base is not None else "",
                revision=base.revision if base is not None else 0,
                day=str(getattr(start, "date", "")),
                always=frozenset() if base is not None else frozenset(self.typed()) - _OF_THE_FILE,
            )
        return self._kept

    def whose(self) -> str:
        """Return the id of the file the form is for at the moment; empty for none."""
        if isinstance(self._start, Client):
            return self.base.id if self.base is not None else ""
        chosen = self.typed().get("client_id")
        return str(getattr(self._start, "client_id", "") or "" if chosen is None else chosen)

    def is_touched(self) -> bool:
        """Tell whether anything was typed that would be a pity to lose."""
        return self.kept.is_touched()

    def fill(self, typed: Mapping[str, Typed]) -> None:
        """Put into the fields what stood in them."""
        for name, value in typed.items():
            if name in self.fields:
                type_into(self.fields[name].control, value)

    def take_up(self, draft: Draft) -> None:
        """Go on where a form was left.

        Where the record was changed meanwhile the form starts from what it was, so that saving
        shows both and nothing of anybody is overwritten.
        """
        self.kept.take_up(draft)
        if self.base is not None and self.base.revision != draft.revision:
            self.fill(draft.opened)
            self.base = self._start = replace(self.built(), revision=draft.revision)
            self.kept.revision = draft.revision
        self.fill(draft.typed)
        self.note.setText(_("Your unsaved entry was restored."))
        self._go_on_typing(draft)

    def _go_on_typing(self, draft: Draft) -> None:
        """Put the cursor behind what was typed: into the note, else into the last field of it."""
        typed, opened = draft.typed, draft.opened
        touched = [
            self.fields[name].control
            for name in typed
            if name in self.fields and typed[name] != opened.get(name)
        ]
        notes = [control for control in touched if isinstance(control, QPlainTextEdit)]
        for control in notes:
            control.moveCursor(QTextCursor.MoveOperation.End)
        if touched:
            here = (notes or touched)[-1]
            here.setFocus()
            self.bring_into_sight(here)

    def take_up_withdrawal(self, draft: Draft) -> None:
        """Go on with withdrawing the record, once the form is shown."""
        self.withdrawing = self._asked()
        self.withdrawing.take_up(draft)
        self._goes_on = True

    def showEvent(self, event: QShowEvent) -> None:
        """Show above it what was left unfinished there."""
        super().showEvent(event)
        if self._goes_on and self.withdrawing is not None:
            self._goes_on = False
            self.withdrawing.open()

    def save(self) -> bool:
        """Store the record; say what is wrong beside the fields."""
        if problems := self.unread():
            self._say(problems)
            return False
        record = self.built()
        try:
            self.keep(record)
        except RefusedError as error:
            self._say(error.problems)
            return False
        except ConflictError:
            self._settle_conflict(record)
            return False
        return True

    def keep(self, record: R) -> None:
        """Store a record, tell everybody, and say so at the foot of the window."""
        with self.place.desk.finishing(self.kept.id, KIND_OF[type(record)]):
            change = self.store(record)
        self.place.drafts.finished(self.kept)
        self.place.bus.changed.emit(change)
        self.saved.emit(change.id)

    def add_field(
        self,
        name: str,
        control: QWidget,
        hint: str = "",
        title: str = "",
        beside: QWidget | None = None,
    ) -> Field:
        """Make the field of a record and remember it under its name."""
        field = Field(title or field_name(name), control, hint, beside)
        self.fields[name] = field
        return field

    def add_codes(self, name: str, value: str, codes: CodeList | None = None) -> CodeBox:
        """Make a field in which one code of its list is chosen; return the box."""
        box = CodeBox(tuple(codes or list_of(name)), value, self.uses(name))
        self.add_field(name, box)
        return box

    def uses(self, name: str) -> Uses:
        """Return what tells how often each code of a field was used lately, once it is asked."""
        # The form itself is not kept alive by its boxes: it has to go when it is closed.
        desk, kind = self.place.desk, KIND_OF[type(self._start)]
        return lambda: usage.code_uses(desk, kind, name)

    def _say(self, problems: Iterable[Problem]) -> None:
        elsewhere = show_problems(self.fields, problems)
        self.say_trouble(" ".join(elsewhere))

    def _show_history(self) -> None:
        assert self.base is not None
        HistoryDialog(self, self.place, KIND_OF[type(self.base)], self.base.id).open()

    def _withdraw(self) -> None:
        assert self.base is not None
        if self.is_touched():
            self.say_trouble(_("Please save or discard your changes here first."))
            return
        self.withdrawing = self._asked()
        self.withdrawing.open()

    def _asked(self) -> WithdrawDialog:
        assert self.base is not None
        made = WithdrawDialog(self, self.place, self.base)
        made.accepted.connect(self.accept)
        return made

    def _settle_conflict(self, mine: R) -> None:
        assert self.base is not None
        theirs = casework.record_of(self.place.desk, KIND_OF[type(mine)], mine.id)
        assert isinstance(theirs, type(mine))
        found = differences(self.base, mine, theirs)
        if not found:
            self.place.drafts.throw_away(self.kept.id)
            self.place.drafts.finished(self.kept)
            self.saved.emit(mine.id)
            self.accept()
            return

        def settle(values: dict[str, Any]) -> None:
            self.keep(merged(theirs, values))
            self.accept()

        self.conflict = ConflictDialog(self, found)
        self.conflict.chosen.connect(settle)
        self.conflict.open()
