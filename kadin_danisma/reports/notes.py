"""The sentences that explain a report: what the mark means, how was counted, that it is a demo."""

from collections.abc import Mapping, Sequence

from kadin_danisma.i18n import N_, _
from kadin_danisma.reports import labels
from kadin_danisma.reports.groups import NO_ANSWER, all_groups
from kadin_danisma.reports.report import Report

#: What labels of institutions and insurances shorten.
_ABBREVIATIONS = {
    "ASM": N_("family health centre"),
    "KETEM": N_("centre for the early diagnosis of cancer"),
    "MEM": N_("directorate of national education"),
    "RAM": N_("guidance and research centre"),
    "SGK": N_("social security institution"),
    "SYDV": N_("social assistance and solidarity foundation"),
}


def mark_note() -> str:
    """Return the footnote of the mark."""
    return _("* hidden: a small number, or a number that protects a small one.")


def trend_note(report: Report) -> str:
    """Return what the trend lines show and what their gaps mean."""
    return _(
        "The lines show what the reports published, from {first} to {last}, and begin at 0. "
        "A * on a line is a hidden number; a gap is a period without a report."
    ).format(first=report.earlier[0].period.title, last=report.period.title)


def opening(report: Report) -> list[str]:
    """Return the sentences with which a report begins: made of numbers that it shows.

    What is hidden, and what did not happen, is left out of them.
    """
    summary = report.table("summary")
    if summary is None:
        return []
    shown = {
        count: labels.shown(value)
        for (count,), value in summary.cells.items()
        if isinstance(value, int) and value
    }
    said = {"period": report.period.title, **shown}
    told = [_came(said).format(**said), _done(shown)]
    if report.has_marks:
        told.append(
            _("So that no woman can be recognised, small numbers are shown as * (see “{notes}”).")
            .format(notes=_("Method and notes"))
        )  # fmt: skip
    return [sentence for sentence in told if sentence]


def _came(said: Mapping[str, str]) -> str:
    if "clients" in said and "applications" in said:
        return _(
            "In {period} the centre served {clients} women and took {applications} applications."
        )
    if "clients" in said:
        return _("In {period} the centre served {clients} women.")
    if "applications" in said:
        return _("In {period} the centre took {applications} applications.")
    return ""


def _done(shown: Mapping[str, str]) -> str:
    told = (
        ("sessions", _("{number} sessions")),
        ("referrals", _("{number} referrals")),
        ("playroom_visits", _("{number} playroom visits")),
    )
    parts = [text.format(number=shown[count]) for count, text in told if count in shown]
    if not parts:
        return ""
    *others, last = parts
    whole = _("{list} and {last}").format(list=", ".join(others), last=last) if others else last
    return _("There were {list}.").format(list=whole)


def nothing_shown() -> str:
    """Return what stands in the place of a table of which only zeros would show."""
    return _("Cannot be shown for this period: every number but zeros is hidden.")


def demo_note() -> str:
    """Return the sentence that marks a demo."""
    return _("DEMO: the people and numbers in this report are not real.")


def method_notes(report: Report) -> list[str]:
    """Return how the report was made, one sentence or two a line."""
    return [
        _(
            "Privacy threshold: {minimum}. Smaller numbers, and numbers that concern fewer women, "
            "are not published; numbers that would let them be worked out from a total are hidden "
            "with them. * says nothing about the size of a number. Zeros are printed unless they "
            "have to protect a number."
        ).format(minimum=report.minimum),
        _(
            "People, applications, sessions and referrals are counted separately. A woman counts "
            "once in a period, so the women of several periods must not be added up."
        ),
        _(
            "Percentages and charts are made from the numbers printed in this report only, trend "
            "lines from the numbers printed in earlier reports. The base of a percentage is named "
            "under its table."
        ),
        _(
            "A record entered after its month was published is counted in the first month that "
            "was still unpublished. A published report is never changed."
        ),
        _("Trainings are public events; their participants are not counted as clients."),
        _("On paper a row or column of what is not known is left out where it is 0 throughout."),
    ]


def groups_used(report: Report) -> list[tuple[str, str]]:
    """Return, for each dimension with groups in the report, which codes they stand for."""
    used = {
        (dim, name)
        for table in report.tables
        for dim, by_name in table.groups.items()
        for name in by_name
    }
    found: dict[str, list[str]] = {}
    for (dim, name), group in all_groups().items():
        if (dim, name) in used:
            members = ", ".join(labels.category(dim, member) for member in group.members)
            # This one is the same in every dimension.
            place = _("In all tables") if name == NO_ANSWER else labels.dim_name(dim)
            told = f"{labels.category(dim, name)}: {members}."
            if told not in found.setdefault(place, []):
                found[place].append(told)
    return [(place, "\n".join(told)) for place, told in found.items()]


def abbreviations(together: Sequence[tuple[str, str]]) -> list[str]:
    """Return the line that spells out what is shortened in these groups; none, no line."""
    words = {
        word.strip(",.:;()") for _place, told in together for word in told.replace("/", " ").split()
    }
    told = [f"{short}: {_(whole)}" for short, whole in _ABBREVIATIONS.items() if short in words]
    return [_("Abbreviations: {list}.").format(list="; ".join(told))] if told else []
