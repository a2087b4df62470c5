"""What the fields of records are called, in forms, histories and conflicts; and their values."""

import datetime as dt

from kadin_danisma.domain import lists, phone
from kadin_danisma.domain.codes import CodeList
from kadin_danisma.domain.dates import parse_date, parse_time, show_date, show_time
from kadin_danisma.domain.places import DISTRICT, INSTITUTION
from kadin_danisma.domain.withdrawal import WITHDRAWAL_REASON
from kadin_danisma.i18n import N_, _

_NAMES = {
    "client_id": N_("File"),
    "file_no": N_("File number"),
    "name": N_("Name"),
    "kimlik_no": N_("T.C. kimlik no"),
    "birth_year": N_("Birth year"),
    "legal_status": N_("Legal status"),
    "marital": N_("Marital status"),
    "education": N_("Education"),
    "employment": N_("Employment"),
    "income": N_("Income"),
    "social_security": N_("Social security"),
    "district": N_("District"),
    "heard_from": N_("Heard of us from"),
    "phone": N_("Telephone"),
    "may_call": N_("May we call?"),
    "call_hours": N_("When to call"),
    "may_leave_message": N_("May we leave a message?"),
    "must_not_know": N_("Who must not know"),
    "may_collect": N_("Who may collect the children"),
    "safety_note": N_("One more sentence for safety"),
    "number": N_("Number"),
    "date": N_("Day"),
    "time": N_("Time"),
    "channel": N_("Channel"),
    "applicant_role": N_("Who applies"),
    "reasons": N_("Reasons"),
    "violence_types": N_("Types of violence"),
    "perpetrators": N_("Who uses violence"),
    "application_id": N_("Application"),
    "minutes": N_("Minutes"),
    "service": N_("Service"),
    "counsellor": N_("Counsellor"),
    "outcome": N_("Outcome"),
    "note": N_("Note"),
    "child": N_("Child"),
    "sex": N_("Girl or boy"),
    "time_in": N_("In"),
    "time_out": N_("Out"),
    "collected_by": N_("Collected by"),
    "institution": N_("Institution"),
    "method": N_("How"),
    "consent": N_("Consent"),
    "outcome_date": N_("Day of the answer"),
    "topic": N_("Topic"),
    "audience": N_("Audience"),
    "participants": N_("Participants"),
    "withdrawn": N_("Withdrawn"),
}
_LISTS: dict[str, CodeList] = {
    "legal_status": lists.LEGAL_STATUS,
    "marital": lists.MARITAL,
    "education": lists.EDUCATION,
    "employment": lists.EMPLOYMENT,
    "income": lists.INCOME,
    "social_security": lists.SOCIAL_SECURITY,
    "district": DISTRICT,
    "heard_from": lists.HEARD_FROM,
    "may_call": lists.YES_NO_UNKNOWN,
    "may_leave_message": lists.YES_NO_UNKNOWN,
    "channel": lists.CHANNEL,
    "applicant_role": lists.APPLICANT_ROLE,
    "reasons": lists.REASON,
    "violence_types": lists.VIOLENCE_TYPE,
    "perpetrators": lists.PERPETRATOR_RELATION,
    "service": lists.SERVICE,
    "sex": lists.SEX,
    "institution": INSTITUTION,
    "method": lists.REFERRAL_METHOD,
    "consent": lists.YES_NO_UNKNOWN,
    "withdrawn": WITHDRAWAL_REASON,
}


def field_name(field: str) -> str:
    """Return what a record's field is called in the active language."""
    return _(_NAMES[field]) if field in _NAMES else field


def list_of(field: str) -> CodeList:
    """Return the code list of a field.

    Raises:
        KeyError: The field holds no code, which is a fault of the program.
    """
    return _LISTS[field]


def shown_value(field: str, value: object) -> str:
    """Return a field's value in the words a person reads; a dash for nothing."""
    if value is None or value in {"", ()}:
        return "–"
    if isinstance(value, dt.date):
        return show_date(value)
    if isinstance(value, dt.time):
        return show_time(value)
    if field == "phone":
        return phone.display(str(value))
    if field == "outcome":
        return _label_of(str(value), lists.CONTACT_OUTCOME, lists.REFERRAL_OUTCOME)
    if field in _LISTS:
        keys = value if isinstance(value, tuple) else (str(value),)
        return ", ".join(_label_of(str(key), _LISTS[field]) for key in keys)
    return str(value)


def shown_history(field: str, stored: str) -> str:
    """Return a value of a history line (ISO text, keys joined by "; ") in the words people read."""
    if field in {"note", "safety_note", "client_id"}:
        return stored or "–"
    if (day := parse_date(stored)) is not None:
        return show_date(day)
    if (moment := parse_time(stored)) is not None:
        return show_time(moment)
    if field in _LISTS and stored:
        return shown_value(field, tuple(stored.split("; ")))
    return shown_value(field, stored)


def _label_of(key: str, *among: CodeList) -> str:
    return next((codes.label(key) for codes in among if key in codes), key)
