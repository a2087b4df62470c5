import json
from dataclasses import replace

import pytest

from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.table import MARK
from kadin_danisma.reports.report import Earlier, document, frozen, report_number, thawed
from kadin_danisma.reports.writers import FORMATS, render
from tests.reports.builders import a_cross_table, a_report, a_summary


@pytest.mark.parametrize(
    ("period", "number"),
    [("2026-10", "2026/10-1"), ("2026-Q3", "2026/Q3-1"), ("2026", "2026-1")],
)
def test_the_number_of_a_report_tells_its_period(period: str, number: str) -> None:
    assert report_number(Period.parse(period)) == number


def test_the_published_data_are_those_of_the_contract() -> None:
    report = a_report(tables=[a_summary(sessions=32), a_cross_table([[3, 12], [8, 9]])])
    data = document(report)
    assert list(data) == ["format", "number", "period", "from", "to", "rule", "tables"]
    assert data["format"] == "kadin-danisma-report/1"
    assert (data["period"], data["from"], data["to"]) == ("2026-10", "2026-10-01", "2026-10-31")
    assert data["rule"] == {"minimum": 5, "marks": {"*": [0, None]}}
    table = data["tables"][1]
    assert list(table) == [
        "id", "unit", "dims", "multi", "filter", "categories", "groups", "rows",
    ]  # fmt: skip
    assert table["filter"] == {}
    assert table["rows"][0] == ["first_interview", "walk_in", "*"]
    assert table["rows"][-1] == ["_total", "_total", 32]


def test_every_category_and_combination_has_its_row() -> None:
    for table in document(a_report("2026"))["tables"]:
        margins = 0 if table["id"] == "summary" else 1
        expected = 1
        for dim in table["dims"]:
            expected *= len(table["categories"][dim]) + margins
        assert len({tuple(row[:-1]) for row in table["rows"]}) == len(table["rows"]) == expected


def test_groups_are_told_with_their_members() -> None:
    tables = {table["id"]: table for table in document(a_report())["tables"]}
    channel = tables["applications_by_channel"]
    assert channel["groups"]["channel"]["face_to_face"] == ["walk_in", "appointment", "outreach"]
    assert set(channel["groups"]["channel"]) <= set(channel["categories"]["channel"])


def test_a_demo_is_marked_in_the_data_too() -> None:
    assert document(a_report(demo=True))["demo"] is True


@pytest.mark.parametrize("demo", [True, False])
def test_a_frozen_report_gives_every_file_again(demo: bool) -> None:
    report = a_report(demo=demo, language="en")
    again = thawed(frozen(report))
    assert again == report
    assert all(render(again, name) == render(report, name) for name in FORMATS)


def test_a_frozen_report_keeps_what_earlier_ones_told_it_and_publishes_none_of_it() -> None:
    september = Earlier(Period.parse("2026-09"), {"clients": 31, "sessions": MARK})
    report = replace(a_report(), earlier=(september,))
    assert thawed(frozen(report)).earlier == (september,)
    assert document(report) == document(a_report())


def test_a_report_frozen_before_there_were_trend_lines_is_thawed_without_them() -> None:
    kept = json.loads(frozen(a_report()))
    del kept["earlier"]
    assert thawed(json.dumps(kept)) == a_report()


def test_what_is_not_a_frozen_report_is_not_thawed() -> None:
    other = json.loads(frozen(a_report()))
    other["report"]["format"] = "kadin-danisma-report/9"
    with pytest.raises(ValueError, match="not a frozen report"):
        thawed(json.dumps(other))
