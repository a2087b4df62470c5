"""Which tables a month, a quarter and a year publish, and with which groups.

The choice depends on the kind of period only, never on the data (contract.md section 4). With
15 women a month a full cross-table would be nothing but stars, so the month is coarse, the
quarter finer, the year finest; coarser groups are unions of finer ones (disclosure.md 0.5). A
calendar year keeps the edition of the groups with which its first report left (decision 0043).
"""

from collections.abc import Collection

from kadin_danisma.domain.table import TableSpec
from kadin_danisma.reports import groups

#: {table: {dimension: names of its groups}}, in the order in which the report shows the tables.
_Choice = dict[str, dict[str, str]]

_MONTH_CHANNEL = "face_to_face written_or_sent no_answer"
_FINE_CHANNEL = "in_person written no_answer"
_FIRST_MONTH: _Choice = {
    "summary": {},
    "applications_by_channel": {"channel": _MONTH_CHANNEL},
    "applications_by_reason": {
        "reason": "family_matters livelihood health_support information_law no_answer"
    },
    "clients_by_violence_type": {
        "violence_type": "physical_sexual psychological_any economic_neglect stalking_digital "
        "marriage_or_risk"
    },
    "clients_by_age_band": {"age_band": "to_29 from_40"},
    "clients_by_residence": {"residence": "outside_centre"},
    "sessions_by_service_and_channel": {
        "service": "intake psych_any social_any no_answer",
        "channel": _MONTH_CHANNEL,
    },
    "referrals_by_institution_and_outcome": {
        "institution": "protection law support no_answer",
        "outcome": "closed no_answer",
    },
    "playroom_by_age_band": {"age_band": "to_5 from_6"},
}
#: Where 15 women come a month, two halves of about the same size can be shown and three parts
#: cannot; so there are more tables with fewer rows than in the first edition.
_MONTH: _Choice = {
    "summary": {},
    "applications_by_channel": {"channel": "face_to_face remote no_answer"},
    "applications_by_reason": {"reason": "family_law needs no_answer"},
    "clients_by_violence_type": {
        "violence_type": "physical_any psychological_verbal other_violence"
    },
    "clients_by_age_band": {"age_band": "to_29 from_40_or_unknown"},
    "clients_by_marital": {"marital": "living_as_married not_together"},
    "clients_by_education": {"education": "to_lower_secondary from_upper_or_unknown"},
    "clients_by_employment": {"employment": "in_work_or_looking not_looking"},
    "clients_by_heard_from": {"heard_from": "institution_any no_institution"},
    "clients_by_residence": {"residence": "elsewhere_or_unknown"},
    "sessions_by_service_and_channel": {
        "service": "intake counselling_any no_answer",
        "channel": "face_to_face written no_answer",
    },
    "referrals_by_institution_and_outcome": {
        "institution": "protection_law support no_answer",
        "outcome": "closed no_answer",
    },
    "playroom_by_age_band": {"age_band": "to_5 from_6"},
}
_QUARTER: _Choice = {
    "summary": {},
    "applications_by_channel": {"channel": _FINE_CHANNEL},
    "applications_by_applicant": {"applicant_role": "close_person specialist enquirer no_answer"},
    "applications_by_reason": {
        "reason": "divorce_custody family_relations health_addiction no_answer"
    },
    "clients_by_violence_type": {
        "violence_type": "psychological_verbal stalking_digital marriage_or_risk"
    },
    "clients_by_perpetrator": {
        "perpetrator_relation": "spouse partner_any parent family_other outside_family no_answer"
    },
    "clients_by_age_band": {"age_band": "to_29 from_50"},
    "clients_by_marital": {
        "marital": "living_as_married parting never_married formerly_married no_answer"
    },
    "clients_by_education": {"education": "no_school basic higher no_answer"},
    "clients_by_employment": {"employment": "working outside_work no_answer"},
    "clients_by_heard_from": {"heard_from": "own_circle public_body civil_society no_answer"},
    "clients_by_residence": {},
    "sessions_by_service_and_channel": {
        "service": "family_child practical safety group_work no_answer",
        "channel": _FINE_CHANNEL,
    },
    "referrals_by_institution_and_outcome": {
        "institution": "emergency social_services justice bar_association health_care "
        "public_office rights_ngo no_answer",
        "outcome": "not_accepted no_answer",
    },
    "playroom_by_age_band": {},
}
#: Every table; only the two cross-tables keep groups, which would be unreadable without.
_YEAR: _Choice = {table: {} for table in _QUARTER} | {
    "sessions_by_service_and_channel": {"service": "no_answer", "channel": _FINE_CHANNEL},
    "referrals_by_institution_and_outcome": {"institution": "no_answer", "outcome": "no_answer"},
}
#: The editions of the groups; a later program adds one and changes none.
FIRST, LATEST = 1, 2
_PROFILES: dict[int, dict[str, _Choice]] = {
    FIRST: {"month": _FIRST_MONTH, "quarter": _QUARTER, "year": _YEAR},
    LATEST: {"month": _MONTH, "quarter": _QUARTER, "year": _YEAR},
}
#: How finely the reports of a calendar year are told; chosen before anything of it leaves.
FULL, COARSE = "full", "coarse"
#: Whose groups a kind of period has where they are coarse; its tables stay its own.
_COARSER = {"quarter": "month", "year": "quarter"}


def profile(kind: str, detail: str = FULL, edition: int = LATEST) -> tuple[TableSpec, ...]:
    """Return the tables and groups that a kind of period publishes.

    Args:
        kind: ``month``, ``quarter`` or ``year`` (``Period.kind``).
        detail: FULL, or COARSE: then the quarter has the groups of the month and the year those
            of the quarter, and the month stays as it is.
        edition: Of the groups, FIRST to LATEST; a calendar year has one.
    """
    known = groups.all_groups()
    kinds = _PROFILES[edition]
    coarser = kinds[_COARSER[kind]] if detail == COARSE and kind in _COARSER else {}
    return tuple(
        TableSpec(
            table,
            {
                dim: {name: known[dim, name].members for name in names.split()}
                for dim, names in by_dim.items()
            },
        )
        for table, own in kinds[kind].items()
        for by_dim in [coarser.get(table, own)]
    )


def edition_of(kind: str, specs: Collection[TableSpec]) -> int | None:
    """Return the latest edition whose groups some tables of a report have; None if none has them.

    Args:
        kind: The kind of period of the report.
        specs: Its tables.
    """
    for edition in range(LATEST, FIRST - 1, -1):
        for detail in (FULL, COARSE):
            if all(spec in profile(kind, detail, edition) for spec in specs):
                return edition
    return None
