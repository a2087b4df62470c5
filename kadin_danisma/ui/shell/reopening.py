"""A form that was left unfinished, made anew with what was typed in it."""

from datetime import date
from typing import Any, Protocol, runtime_checkable

from PySide6.QtWidgets import QWidget

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.drafts import Draft, Form
from kadin_danisma.domain.records import (
    Application,
    Client,
    PlayroomVisit,
    Record,
    Referral,
    Session,
    Training,
)
from kadin_danisma.services import casework, people
from kadin_danisma.ui.dialogs.application import ApplicationDialog
from kadin_danisma.ui.dialogs.client import ClientDialog
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.dialogs.referral import ReferralDialog
from kadin_danisma.ui.dialogs.session import SessionDialog
from kadin_danisma.ui.dialogs.training import TrainingDialog
from kadin_danisma.ui.dialogs.visit import VisitDialog
from kadin_danisma.ui.dialogs.withdraw import KIND
from kadin_danisma.ui.kept import KeptForm
from kadin_danisma.ui.workplace import Workplace

#: Where a form stands that belongs to no file.
_PAGES = {
    Form.CLIENT: "clients",
    Form.SESSION: "clients",
    Form.APPLICATION: "today",
    Form.PLAYROOM_VISIT: "playroom",
    Form.REFERRAL: "referrals",
    Form.TRAINING: "trainings",
    Form.ANSWER: "referrals",
    Form.HAND_OVER: "playroom",
    Form.TOLD: "reports",
    Form.RETURNED: "reports",
}


#: The forms that stand above the file they belong to; the others stand above their page.
ABOVE_A_FILE = frozenset(Form) - {
    Form.ANSWER,
    Form.HAND_OVER,
    Form.TOLD,
    Form.RETURNED,
}
#: The preference that says which form stood open at the lock: an id, nothing of what it says.
_OPEN = "draft.open"


@runtime_checkable
class TakesUp(Protocol):
    """A page with a form of its own."""

    def take_up(self, draft: Draft) -> None:
        """Go on with what was left unfinished in it.

        Raises:
            KnownError: What it is about is not there for her any more.
        """


def remember_open(place: Workplace) -> None:
    """Remember over which form the program is locked, to open it again at the sign-in.

    A call is not opened by itself: by then another woman may be on the telephone.

    Raises:
        KnownError: The medium cannot be written.
    """
    stood = [form for form in place.drafts.open_forms if form.last is not None]
    here = [form.id for form in stood if form.form in ABOVE_A_FILE and not _is_call(form)]
    people.set_preference(place.desk, _OPEN, here[-1] if here else "")


def take_open(place: Workplace) -> str:
    """Return which form stood open at the lock, once; empty for none."""
    draft_id = people.preference(place.desk, _OPEN)
    if draft_id and not place.desk.vault.read_only:
        people.set_preference(place.desk, _OPEN, "")
    return draft_id


def _is_call(form: KeptForm) -> bool:
    return form.form is Form.APPLICATION and not form.record_id


def page_of(draft: Draft) -> str:
    """Return the key of the page a form without a file belongs to."""
    return _PAGES[_kind_of(draft) if draft.form is Form.WITHDRAWAL else draft.form]


def _kind_of(draft: Draft) -> Form:
    """Return the form of the record that somebody was withdrawing."""
    return Form(str(draft.typed.get(KIND, Form.CLIENT)))


def reopen(parent: QWidget, place: Workplace, draft: Draft) -> RecordDialog[Any]:
    """Return the form with what was typed, not yet shown.

    Raises:
        KnownError: The file or the record is not there for her any more.
    """
    if draft.form is Form.WITHDRAWAL:
        record = casework.record_of(place.desk, Kind(_kind_of(draft)), draft.record_id)
        form = correction(parent, place, record)
        form.take_up_withdrawal(draft)
        return form
    if draft.record_id:
        record = casework.record_of(place.desk, Kind(draft.form), draft.record_id)
        form = correction(parent, place, record)
    else:
        form = _new(parent, place, draft)
    form.take_up(draft)
    return form


def correction(parent: QWidget, place: Workplace, record: Record) -> RecordDialog[Any]:
    """Return the form that corrects a record of whatever kind, not yet shown."""
    match record:
        case Client():
            return ClientDialog(parent, place, record, is_new=False)
        case Application():
            return ApplicationDialog(parent, place, record, is_new=False)
        case Session():
            page = casework.client_page(place.desk, record.client_id)
            return SessionDialog(parent, place, page, record, is_new=False)
        case PlayroomVisit():
            return VisitDialog(parent, place, record, is_new=False)
        case Referral():
            return ReferralDialog(parent, place, record, is_new=False)
        case Training():
            return TrainingDialog(parent, place, record)


def _new(parent: QWidget, place: Workplace, draft: Draft) -> RecordDialog[Any]:
    match draft.form:
        case Form.CLIENT:
            return ClientDialog.for_new(parent, place, "")
        case Form.APPLICATION:
            return ApplicationDialog.for_new(parent, place)
        case Form.SESSION:
            page = casework.client_page(place.desk, draft.client_id)
            return SessionDialog.for_new(parent, place, page)
        case Form.PLAYROOM_VISIT:
            day = date.fromisoformat(draft.day)
            return VisitDialog.for_new(parent, place, day, draft.client_id)
        case Form.REFERRAL:
            return ReferralDialog.for_new(parent, place, draft.client_id)
        case _:
            return TrainingDialog(parent, place)
