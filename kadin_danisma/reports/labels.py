"""What tables, categories, units and numbers are called on paper, in the active language."""

import re

from kadin_danisma.domain import lists, places
from kadin_danisma.domain.codes import CodeList
from kadin_danisma.domain.dates import Period, show_number
from kadin_danisma.domain.table import MARK, TOTAL, ProtectedTable
from kadin_danisma.i18n import N_, _, current_language
from kadin_danisma.reports.groups import all_groups

_TITLES = {
    "summary": N_("Summary"),
    "applications_by_channel": N_("Channel of application"),
    "applications_by_applicant": N_("Who applied"),
    "applications_by_reason": N_("Reason for applying"),
    "clients_by_violence_type": N_("Type of violence"),
    "clients_by_perpetrator": N_("Relation of the violent person"),
    "clients_by_age_band": N_("Age of the clients"),
    "clients_by_marital": N_("Marital status of the clients"),
    "clients_by_education": N_("Education of the clients"),
    "clients_by_employment": N_("Employment of the clients"),
    "clients_by_heard_from": N_("How clients heard of the centre"),
    "clients_by_residence": N_("Where clients live"),
    "sessions_by_service_and_channel": N_("Sessions by service and channel"),
    "referrals_by_institution_and_outcome": N_("Referrals by institution and outcome"),
    "playroom_by_age_band": N_("Playroom visits by age of the child"),
}
_UNITS = {
    "mixed": N_("each line counts its own unit"),
    "applications": N_("applications with a file"),
    "clients": N_("clients, each counted once"),
    "clients_violence": N_("clients who told of violence, each counted once"),
    "sessions": N_("completed sessions"),
    "referrals": N_("referrals"),
    "playroom_visits": N_("playroom visits"),
}
_COUNTS = {
    "clients": N_("Clients"),
    "clients_first": N_("Clients: first application"),
    "clients_returning": N_("Clients: applied again"),
    "clients_continuing": N_("Clients: sessions continue"),
    "applications": N_("Applications"),
    "contacts": N_("Contacts without a file"),
    "sessions": N_("Sessions"),
    "referrals": N_("Referrals"),
    "playroom_visits": N_("Playroom visits"),
    "playroom_children": N_("Children in the playroom"),
    "playroom_hours": N_("Playroom hours"),
    "trainings": N_("Trainings"),
    "training_participants": N_("Participants of trainings"),
}
_DIMS = {
    "count": N_("Count"),
    "channel": N_("Channel"),
    "applicant_role": N_("Applicant"),
    "reason": N_("Reason"),
    "violence_type": N_("Type of violence"),
    "perpetrator_relation": N_("Relation"),
    "age_band": N_("Age"),
    "marital": N_("Marital status"),
    "education": N_("Education"),
    "employment": N_("Employment"),
    "heard_from": N_("Source"),
    "residence": N_("Residence"),
    "service": N_("Service"),
    "institution": N_("Institution"),
    "outcome": N_("Outcome"),
}
_KINDS = {
    "month": N_("MONTHLY ACTIVITY REPORT"),
    "quarter": N_("QUARTERLY ACTIVITY REPORT"),
    "year": N_("YEARLY ACTIVITY REPORT"),
}
_LISTS: dict[str, tuple[CodeList, ...]] = {
    "channel": (lists.CHANNEL,),
    "applicant_role": (lists.APPLICANT_ROLE,),
    "reason": (lists.REASON,),
    "violence_type": (lists.VIOLENCE_TYPE,),
    "perpetrator_relation": (lists.PERPETRATOR_RELATION,),
    "age_band": (lists.AGE_BAND, lists.CHILD_AGE_BAND),
    "marital": (lists.MARITAL,),
    "education": (lists.EDUCATION,),
    "employment": (lists.EMPLOYMENT,),
    "heard_from": (lists.HEARD_FROM,),
    "residence": (lists.RESIDENCE,),
    "service": (lists.SERVICE,),
    "institution": (places.INSTITUTION,),
    "outcome": (lists.REFERRAL_OUTCOME,),
}
_SPAN = re.compile(r"(?<=\d)-(?=\d)")


def report_title(period: Period) -> str:
    """Return the heading of a report of this kind of period, in capitals."""
    return _(_KINDS[period.kind])


def table_title(table_id: str) -> str:
    """Return what a table is called."""
    return _(_TITLES[table_id])


def unit_name(unit: str) -> str:
    """Return what a table counts, as it stands after "Base:"."""
    return _(_UNITS[unit])


def base_note(table: ProtectedTable) -> str:
    """Return the line under a table: what is counted, and whether answers overlap."""
    base = _("Base: {unit}.").format(unit=unit_name(table.unit))
    if not table.multi:
        return base
    overlap = _("Several answers are possible, so rows may add up to more than the total.")
    return f"{base} {overlap}"


def dim_name(dim: str) -> str:
    """Return the heading of a dimension."""
    return _(_DIMS[dim])


def category(dim: str, key: str) -> str:
    """Return the label of a code, a group, a line of the summary or the total.

    Raises:
        KeyError: The dimension has no such category, which is a fault of the program.
    """
    if key == TOTAL:
        return _("Total")
    if dim == "count":
        return _(_COUNTS[key])
    group = all_groups().get((dim, key))
    if group:
        return _SPAN.sub("–", group.label)
    known = next(codes for codes in _LISTS[dim] if key in codes)
    # An en dash, because 3-5 with a hyphen is a date to a spreadsheet.
    return _SPAN.sub("–", known.label(key))


def shown(value: int | str) -> str:
    """Return a published value as it is printed."""
    return value if isinstance(value, str) else show_number(value)


def percent(value: int | str, base: int | str) -> str:
    """Return a share as printed, ``%32,8`` or ``32.8%``, from published values only.

    A hidden value has a hidden share; a share of a hidden or empty base cannot be told.
    """
    if value == MARK:
        return MARK
    if not isinstance(base, int) or not isinstance(value, int) or base == 0:
        return "–"
    tenths = (2000 * value + base) // (2 * base)
    if current_language() == "tr":
        return f"%{tenths // 10},{tenths % 10}"
    return f"{tenths // 10}.{tenths % 10}%"
