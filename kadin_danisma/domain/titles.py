"""The names people read above and beside the counts of contract.md section 3."""

from kadin_danisma.domain import lists, places
from kadin_danisma.domain.codes import CodeList
from kadin_danisma.domain.table import TOTAL
from kadin_danisma.i18n import N_, _, pgettext

TABLE_TITLES = {
    "summary": N_("Summary"),
    "applications_by_channel": N_("Applications by channel"),
    "applications_by_applicant": N_("Applications by who applied"),
    "applications_by_reason": N_("Applications by reason"),
    "clients_by_violence_type": N_("Women by type of violence"),
    "clients_by_perpetrator": N_("Women by relation to the perpetrator"),
    "clients_by_age_band": N_("Women by age"),
    "clients_by_marital": N_("Women by marital status"),
    "clients_by_education": N_("Women by education"),
    "clients_by_employment": N_("Women by employment"),
    "clients_by_heard_from": N_("Women by where they heard of the centre"),
    "clients_by_residence": N_("Women by place of residence"),
    "sessions_by_service_and_channel": N_("Sessions by service and channel"),
    "referrals_by_institution_and_outcome": N_("Referrals by institution and outcome"),
    "playroom_by_age_band": N_("Playroom visits by age"),
}
COUNT_NAMES = {
    "clients": N_("Women"),
    "clients_first": N_("Women who came for the first time"),
    "clients_returning": N_("Women who came again"),
    "clients_continuing": N_("Women continuing from an earlier application"),
    "contacts": N_("Contacts without a file"),
    "playroom_visits": N_("Playroom visits"),
    "playroom_children": N_("Children in the playroom"),
    "playroom_hours": N_("Hours in the playroom"),
    "training_participants": N_("Participants of trainings"),
}
_LISTS: dict[str, CodeList] = {
    "channel": lists.CHANNEL,
    "applicant_role": lists.APPLICANT_ROLE,
    "reason": lists.REASON,
    "violence_type": lists.VIOLENCE_TYPE,
    "perpetrator_relation": lists.PERPETRATOR_RELATION,
    "marital": lists.MARITAL,
    "education": lists.EDUCATION,
    "employment": lists.EMPLOYMENT,
    "heard_from": lists.HEARD_FROM,
    "residence": lists.RESIDENCE,
    "service": lists.SERVICE,
    "institution": places.INSTITUTION,
    "outcome": lists.REFERRAL_OUTCOME,
}


def table_title(table_id: str) -> str:
    """Return what stands above a table."""
    return _(TABLE_TITLES[table_id])


def count_name(key: str) -> str:
    """Return what one of the counts counts, for beside its number.

    Four of them are names of pages as well. In Turkish a page is in the plural, and what a number
    stands before is in the singular.
    """
    alone = {
        "applications": pgettext("count", "Applications"),
        "sessions": pgettext("count", "Sessions"),
        "referrals": pgettext("count", "Referrals"),
        "trainings": pgettext("count", "Trainings"),
    }
    return alone.get(key) or _(COUNT_NAMES[key])


def category_label(dim: str, key: str) -> str:
    """Return what stands beside a row or above a column.

    Args:
        dim: The dimension of contract.md section 3.
        key: A code of it, or ``_total``. Groups of published tables are named by ``reports``.
    """
    if key == TOTAL:
        return _("Total")
    if dim == "count":
        return count_name(key)
    if dim == "age_band":
        bands = lists.AGE_BAND if key in lists.AGE_BAND else lists.CHILD_AGE_BAND
        return bands.label(key)
    return _LISTS[dim].label(key)
