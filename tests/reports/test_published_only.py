"""Every number on paper is a published one, made of published ones, or no count at all."""

import re
from dataclasses import replace

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kadin_danisma.domain.counting import SUMMARY
from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.table import MARK, TOTAL, ProtectedTable
from kadin_danisma.reports.labels import percent, shown
from kadin_danisma.reports.report import Earlier, Report
from kadin_danisma.reports.trends import change, periods_before
from kadin_danisma.reports.writers import render
from tests.reports.builders import a_report
from tests.reports.paper import artifacts, structure

#: So large that no label, date or number of a page can be taken for one of them.
counts = st.one_of(st.just(MARK), st.just(0), st.integers(10_000, 99_999))
summaries = st.lists(counts, min_size=len(SUMMARY), max_size=len(SUMMARY))
RESIDENCE = ("centre", "surrounding", "outside", "unknown")
NUMBER = re.compile(r"[+–]?%?\d[\d.,/]*\d|\d")
A_COUNT = re.compile(r"[+–]?\d+\.\d{3}|%.*")


@st.composite
def reports(draw: st.DrawFn) -> Report:
    summary = dict(zip(SUMMARY, draw(summaries), strict=True))
    rows = dict(
        zip((*RESIDENCE, TOTAL), draw(st.lists(counts, min_size=5, max_size=5)), strict=True)
    )
    month = Period.parse("2026-10")
    told = draw(st.lists(st.sampled_from(periods_before(month)), unique=True, max_size=5))
    earlier = tuple(
        Earlier(period, dict(zip(SUMMARY, draw(summaries), strict=True))) for period in sorted(told)
    )
    tables = (
        a_table("summary", "mixed", "count", SUMMARY, summary),
        a_table("clients_by_residence", "clients", "residence", RESIDENCE, rows),
    )
    return replace(a_report(), tables=tables, earlier=earlier)


def a_table(
    name: str, unit: str, dim: str, keys: tuple[str, ...], cells: dict[str, int | str]
) -> ProtectedTable:
    published = {(key,): value for key, value in cells.items()}
    return ProtectedTable(name, unit, (dim,), (), {dim: tuple(keys)}, {}, published)


def allowed(report: Report) -> set[str]:
    """All that may be printed: the published numbers, their shares and their changes."""
    summary, residence = (table.cells for table in report.tables)
    earlier = [value for each in report.earlier for value in each.figures.values()]
    found = {shown(value) for value in (*summary.values(), *residence.values(), *earlier)}
    found |= {percent(value, residence[TOTAL,]) for value in residence.values()}
    for each in report.earlier:
        for (count,), now in summary.items():
            found |= set(change(now, each.figures[count]).strip(")").split(" ("))
    return found


@settings(max_examples=15, deadline=None, phases=[Phase.generate])
@given(reports())
def test_every_number_on_paper_comes_from_published_ones(report: Report) -> None:
    data = render(report, "pdf")
    root = structure(data)
    texts = [node.text + " " + node.alt for node in root.find(*_ROLES)] + artifacts(data)
    printed = {number for text in texts for number in NUMBER.findall(text)}
    counted = {number for number in printed if A_COUNT.fullmatch(number)}
    assert counted <= allowed(report)


_ROLES = ("P", "H1", "H2", "TH", "TD", "Figure", "Lbl", "LBody", "Document")
