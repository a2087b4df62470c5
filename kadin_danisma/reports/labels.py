"""What tables, categories, units and numbers are called on paper, in the active language."""

import re

from kadin_danisma.domain.dates import Period, show_number
from kadin_danisma.domain.table import MARK, ProtectedTable
from kadin_danisma.domain.titles import category_label
from kadin_danisma.i18n import N_, _, current_language, pgettext
from kadin_danisma.reports.groups import all_groups

_UNITS = {
    "mixed": N_("each line has its own unit"),
    "applications": N_("applications with a file"),
    "clients": N_("clients, each counted once"),
    "clients_violence": N_("clients reporting violence, each counted once"),
    "sessions": N_("completed sessions"),
    "referrals": N_("referrals"),
    "playroom_visits": N_("playroom visits"),
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
    "heard_from": N_("Heard from"),
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
#: A share of fewer is told in whole percents: a decimal would claim more than so few can say.
_FEW = 50
_SPAN = re.compile(r"(?<=\d)-(?=\d)")


def report_title(period: Period) -> str:
    """Return what a report of this kind of period is called in its file, in capitals."""
    return _(_KINDS[period.kind])


def heading(period: Period) -> str:
    """Return what stands above a report and in the running head of its pages."""
    return _("Activity report: {period}").format(period=period.title)


def unit_name(unit: str) -> str:
    """Return what a table counts, as it stands after "Base:"."""
    return _(_UNITS[unit])


def base_note(table: ProtectedTable) -> str:
    """Return the line under a table: what is counted, and whether answers overlap."""
    base = _("Base: {unit}.").format(unit=unit_name(table.unit))
    if not table.multi:
        return base
    overlap = _(
        "Several answers are possible, so rows may add up to more than the number of people or "
        "applications."
    )
    return f"{base} {overlap}"


def total_name(table: ProtectedTable) -> str:
    """Return what the last row of a table is: where answers may be several, it is no sum."""
    return pgettext("row", "Base") if table.multi else _("Total")


def dim_name(dim: str) -> str:
    """Return the heading of a dimension."""
    return _(_DIMS[dim])


def category(dim: str, key: str) -> str:
    """Return the label of a code, a group, a line of the summary or the total.

    Raises:
        KeyError: The dimension has no such category, which is a fault of the program.
    """
    group = all_groups().get((dim, key))
    label = group.label if group else category_label(dim, key)
    # An en dash, because 3-5 with a hyphen is a date to a spreadsheet.
    return _SPAN.sub("–", label)


def shown(value: int | str) -> str:
    """Return a published value as it is printed."""
    return value if isinstance(value, str) else show_number(value)


def percent(value: int | str, base: int | str) -> str:
    """Return a share as printed, ``%32,8`` or ``32.8%``, from published values only.

    A hidden value has a hidden share; a share of a hidden or empty base cannot be told. Under a
    base of 50 there are no decimals.
    """
    if value == MARK:
        return MARK
    if not isinstance(base, int) or not isinstance(value, int) or base == 0:
        return "–"
    if base < _FEW:
        whole = (200 * value + base) // (2 * base)
        return f"%{whole}" if current_language() == "tr" else f"{whole}%"
    tenths = (2000 * value + base) // (2 * base)
    if current_language() == "tr":
        return f"%{tenths // 10},{tenths % 10}"
    return f"{tenths // 10}.{tenths % 10}%"
