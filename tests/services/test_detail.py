"""How finely a year is told is chosen before anything of it leaves, and is fixed from then on."""

import json
from datetime import date
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import Period
from kadin_danisma.errors import KnownError
from kadin_danisma.reports.profiles import COARSE, FULL, profile
from kadin_danisma.services import detail, giving, intake, losses, reporting
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import audit, behind
from tests.builders import a_client, a_session, an_application

JULY, QUARTER = Period.parse("2026-07"), Period.parse("2026-Q3")


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk whose third quarter had twelve women in each month, of six ages."""
    for month in (7, 8, 9):
        for n in range(12):
            client = a_client(f"2026/{month}{n:02d}", birth_year=1956 + 10 * (n % 6))
            intake.open_file(desk, client)
            day = date(2026, month, 10)
            intake.record_application(desk, an_application(client, date=day))
            intake.record_session(desk, a_session(client, date=day))
    return desk


def ages(report: object) -> list[str]:
    table = report.table("clients_by_age_band")  # type: ignore[attr-defined]
    return list(table.groups["age_band"])


def test_a_coarse_quarter_has_the_groups_of_the_month(busy: Desk, tmp_path: Path) -> None:
    assert ages(reporting.preview(busy, QUARTER).report) == ["to_29", "from_50"]
    detail.choose(busy, 2026, COARSE)
    reporting.publish(busy, JULY, tmp_path, ["json"])
    (path,) = reporting.publish(busy, QUARTER, tmp_path, ["json"])
    tables = {each["id"]: each for each in json.loads(path.read_text(encoding="utf-8"))["tables"]}
    assert list(tables["clients_by_age_band"]["groups"]["age_band"]) == [
        "to_29",
        "from_40_or_unknown",
    ]
    assert tables.keys() == {spec.id for spec in profile("quarter")}
    assert reporting.check_proofs(busy) == (2, [])


def test_a_coarse_year_has_the_groups_of_the_quarter_and_all_its_tables() -> None:
    quarter = {spec.id: spec.groups for spec in profile("quarter")}
    year = {spec.id: spec.groups for spec in profile("year", COARSE)}
    assert year == quarter
    assert profile("month", COARSE) == profile("month")


def test_other_years_are_told_as_ever(busy: Desk) -> None:
    detail.choose(busy, 2027, COARSE)
    assert (detail.of_year(busy, 2027), detail.of_year(busy, 2026)) == (COARSE, FULL)


def test_once_anything_of_the_year_left_it_is_refused_calmly(busy: Desk, tmp_path: Path) -> None:
    reporting.publish(busy, JULY, tmp_path, ["json"])
    assert detail.is_fixed(busy, 2026)
    with pytest.raises(KnownError, match="2026"):
        detail.choose(busy, 2026, COARSE)
    assert detail.of_year(busy, 2026) == FULL
    detail.choose(busy, 2027, COARSE)


def test_a_number_given_by_hand_fixes_the_year_too(busy: Desk) -> None:
    giving.tell(busy, JULY, "summary", ("clients",), 12, "Basın")
    with pytest.raises(KnownError):
        detail.choose(busy, 2026, COARSE)


def test_where_reports_may_be_missing_nothing_is_chosen(busy: Desk) -> None:
    with busy.vault.write() as db:
        behind.mark(db)
    with pytest.raises(KnownError, match=r"22\.11\.2026"):
        detail.choose(busy, 2026, COARSE)


def test_there_are_two_details(busy: Desk) -> None:
    with pytest.raises(KnownError):
        detail.choose(busy, 2027, "none")


def test_a_draft_made_before_the_choice_is_not_published(busy: Desk, tmp_path: Path) -> None:
    draft = reporting.preview(busy, QUARTER)
    detail.choose(busy, 2026, COARSE)
    reporting.publish(busy, QUARTER, tmp_path, ["json"], draft=draft)
    assert ages(reporting.preview(busy, QUARTER).report) == ["to_29", "from_40_or_unknown"]


def test_what_a_coarser_grouping_would_show_is_told_and_nothing_is_changed(busy: Desk) -> None:
    fine = {loss.table_id: loss for loss in losses.losses(reporting.preview(busy, QUARTER))}
    coarse = {loss.table_id: loss for loss in losses.losses(detail.coarser(busy, QUARTER))}
    assert coarse.keys() == fine.keys()
    age = "clients_by_age_band"
    assert coarse[age].shown + coarse[age].hidden < fine[age].shown + fine[age].hidden
    assert detail.of_year(busy, 2026) == FULL
    assert reporting.published(busy) == []


def test_the_choice_stands_in_the_log(busy: Desk) -> None:
    detail.choose(busy, 2027, COARSE)
    with busy.vault.read() as db:
        (line,) = audit.lines(db, 1)
    assert (line.action, line.subject) == ("detail", "2027 coarse")
