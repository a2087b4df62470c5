"""Every open form is kept, for its author alone, a few seconds after she typed (decision 0039)."""

import weakref
from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from kadin_danisma.domain.drafts import Draft, Form, Typed
from kadin_danisma.domain.records import new_id
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.services import drafts
from kadin_danisma.services.desk import Desk

#: How often it is looked whether something was typed, in milliseconds. Five seconds are promised,
#: to somebody who types without a pause as well: so this is no timer that a key starts again.
EVERY = 2_000


class Writing(Protocol):
    """Something into which people type, and which is kept."""

    def typed(self) -> Mapping[str, Typed]:
        """Return what stands in its fields."""

    def whose(self) -> str:
        """Return whose file it is for at the moment; empty for none."""

    def say_unkept(self, sentence: str) -> None:
        """Say that it cannot be kept now; an empty sentence takes that back."""


@dataclass(eq=False, kw_only=True)
class KeptForm:
    """A form as it is kept.

    Args:
        keeper: Who keeps it.
        owner: The widget it lives in. It is held weakly: in a ring with Python's own a widget would
            be let go of whenever garbage is collected, in the middle of Qt's work as well.
        form: Which form it is.
        begun_at: When it was opened.
        record_id: The record being corrected or answered.
        revision: Of which revision that is.
        day: The record's day where the form does not ask for it.
        always: The fields that are kept though nobody changed them: the time of a call.
        id: Which draft it is.
    """

    keeper: "DraftKeeper"
    owner: InitVar[Writing]
    form: Form
    begun_at: datetime | None
    record_id: str = ""
    revision: int = 0
    day: str = ""
    always: frozenset[str] = frozenset()
    id: str = field(default_factory=new_id)
    #: What stood in the fields when the form was opened; None before.
    opened: dict[str, Typed] | None = None
    #: What of it lies in the vault.
    last: Draft | None = None

    def __post_init__(self, owner: Writing) -> None:
        """Look at the widget without holding it."""
        self._owner = weakref.ref(owner)

    @property
    def widget(self) -> Writing | None:
        """Return the widget, None once it was let go of."""
        found = self._owner()
        return found if found is not None and isValid(found) else None

    def typed(self) -> dict[str, Typed]:
        """Return what stands in the fields."""
        widget = self.widget
        return dict(widget.typed()) if widget is not None else dict(self.opened or {})

    def say(self, sentence: str) -> None:
        """Say in the form that it cannot be kept; an empty sentence takes that back."""
        if (widget := self.widget) is not None:
            widget.say_unkept(sentence)

    def begin(self) -> None:
        """Remember what stands in the fields before anybody types."""
        if self.opened is None:
            self.opened = self.typed()

    def is_touched(self) -> bool:
        """Tell whether anything was typed that would be a pity to lose."""
        return self.opened is not None and self.typed() != self.opened

    def draft(self) -> Draft | None:
        """Return the form as it stands, None where nothing was typed."""
        widget = self.widget
        if widget is None or not self.is_touched():
            return None
        opened, typed = self.opened or {}, self.typed()
        said = {name for name in typed if typed[name] != opened.get(name) or name in self.always}
        return Draft(
            self.id,
            self.form,
            self.begun_at,
            widget.whose(),
            self.record_id,
            self.revision,
            self.day,
            {name: opened[name] for name in opened if name in said},
            {name: typed[name] for name in typed if name in said},
        )

    def take_up(self, draft: Draft) -> None:
        """Be that draft from now on; called before what was typed is put back."""
        self.id, self.begun_at, self.last = draft.id, draft.begun_at, draft
        self.opened = {**self.typed(), **draft.opened}


class DraftKeeper(QObject):
    """Keeps what stands in the open forms, and knows what was left unfinished.

    Args:
        desk: Whose forms they are.
    """

    #: Emitted when there is one draft more or less to go on with.
    changed = Signal()
    #: Emitted when a form was left with something in it that was kept.
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._open: list[KeptForm] = []
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.keep_now)

    @property
    def open_forms(self) -> list[KeptForm]:
        """Return the forms that are open, the one in front last."""
        return [form for form in self._open if form.widget is not None]

    def watch(self, form: KeptForm) -> None:
        """Keep a form from now on."""
        form.begin()
        if form not in self._open:
            self._open.append(form)
        if not self._timer.isActive():
            self._timer.start()
        if form.last is not None:
            self.changed.emit()

    def keep_now(self) -> None:
        """Keep what was typed since it was last looked."""
        self._open = self.open_forms
        if not self._open:
            self._timer.stop()
        for form in self._open:
            self._keep(form)

    def leave(self, form: KeptForm) -> bool:
        """Keep a form that is about to be closed, as it stands.

        Returns:
            Whether it was kept, or nothing in it has to be; else it must not close unasked.
        """
        return form not in self._open or self._keep(form)

    def close(self, form: KeptForm) -> None:
        """Look at a form no more: it was closed, and whoever left it was asked where need was."""
        if form in self._open:
            self._open.remove(form)
            if form.last is not None:
                self.changed.emit()
                self.left.emit()

    def finished(self, form: KeptForm) -> None:
        """Look at a form no more whose record was saved; its draft went with that."""
        form.last = None
        if form in self._open:
            self._open.remove(form)
        self.changed.emit()

    def stop(self) -> None:
        """Keep nothing any more: the vault is about to be closed."""
        self._timer.stop()
        self._open.clear()

    def unfinished(self, client_id: str = "") -> list[Draft]:
        """Return what can be gone on with, the latest first.

        Args:
            client_id: Only what is of this file; of all by default.
        """
        in_front = {form.id for form in self.open_forms}
        return [
            draft
            for draft in drafts.kept(self._desk)
            if draft.id not in in_front and client_id in ("", draft.client_id)
        ]

    def find(self, draft_id: str) -> Draft | None:
        """Return one draft, None where it is not there any more."""
        return next((each for each in self.unfinished() if each.id == draft_id), None)

    def waits(self, draft: Draft) -> bool:
        """Tell whether a draft cannot be gone on with: its file is closed to her for now."""
        return drafts.waits(self._desk, draft)

    def throw_away(self, draft_id: str) -> None:
        """Take a draft away for good.

        Raises:
            KnownError: The medium cannot be written.
        """
        drafts.throw_away(self._desk, draft_id)
        self.changed.emit()

    def _keep(self, form: KeptForm) -> bool:
        draft = form.draft()
        if draft == form.last:
            return True
        try:
            if draft is None:
                drafts.throw_away(self._desk, form.id)
            else:
                drafts.keep(self._desk, draft)
        except KnownError as error:
            said = _("What you type cannot be kept at the moment, but you can go on and save it.")
            form.say(f"{said} {error.message}")
            return False
        form.last = draft
        form.say("")
        return True
