"""The form that stood open when the program was locked, made anew with what was typed in it."""

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.records import (
    Application,
    Client,
    PlayroomVisit,
    Record,
    Referral,
    Session,
    Training,
)
from kadin_danisma.services import casework
from kadin_danisma.ui.dialogs.application import ApplicationDialog
from kadin_danisma.ui.dialogs.client import ClientDialog
from kadin_danisma.ui.dialogs.record import RecordDialog
from kadin_danisma.ui.dialogs.referral import ReferralDialog
from kadin_danisma.ui.dialogs.session import SessionDialog
from kadin_danisma.ui.dialogs.training import TrainingDialog
from kadin_danisma.ui.dialogs.visit import VisitDialog
from kadin_danisma.ui.drafts import FormDraft
from kadin_danisma.ui.workplace import Workplace

#: Where a form stands that belongs to no file.
_PAGES = {
    Kind.CLIENT: "clients",
    Kind.SESSION: "clients",
    Kind.APPLICATION: "today",
    Kind.PLAYROOM_VISIT: "playroom",
    Kind.REFERRAL: "referrals",
    Kind.TRAINING: "trainings",
}


def page_of(draft: FormDraft) -> str:
    """Return the key of the page a form without a file belongs to."""
    return _PAGES[Kind(draft.form)]


def reopen(parent: QWidget, place: Workplace, draft: FormDraft) -> RecordDialog[Any]:
    """Return the form with what was typed, not yet shown.

    Raises:
        KnownError: The file or the record is not there for her any more.
    """
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


def _new(parent: QWidget, place: Workplace, draft: FormDraft) -> RecordDialog[Any]:
    match Kind(draft.form):
        case Kind.CLIENT:
            return ClientDialog.for_new(parent, place, "")
        case Kind.SESSION:
            page = casework.client_page(place.desk, draft.client_id)
            return SessionDialog.for_new(parent, place, page)
        case Kind.PLAYROOM_VISIT:
            day = date.fromisoformat(draft.day)
            return VisitDialog.for_new(parent, place, day, draft.client_id)
        case Kind.REFERRAL:
            return ReferralDialog.for_new(parent, place, draft.client_id)
        case _:
            return TrainingDialog(parent, place)
