"""A period is published once, frozen, and comes out the same for ever after."""

import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import ISTANBUL, FixedClock, Period
from kadin_danisma.domain.table import MARK
from kadin_danisma.errors import KnownError
from kadin_danisma.services import casework, intake, reporting
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import audit
from tests.builders import a_client, a_session, an_application

OCTOBER = Period.parse("2026-10")


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk whose October had twelve women, three of whom came by post."""
    for n in range(12):
        client = a_client(f"2026/{n:04d}", name=f"Deneme {n}", birth_year=1990)
        intake.open_file(desk, client)
        channel = "letter" if n < 3 else "phone"
        intake.record_application(desk, an_application(client, channel=channel))
        intake.record_session(desk, a_session(client))
    return desk


def rows_of(path: Path, table_id: str) -> dict[tuple[str, ...], object]:
    data = json.loads(path.read_text(encoding="utf-8"))
    table = next(table for table in data["tables"] if table["id"] == table_id)
    return {tuple(row[:-1]): row[-1] for row in table["rows"]}


def test_all_four_files_are_written_and_named_after_the_period(busy: Desk, tmp_path: Path) -> None:
    written = reporting.publish(busy, OCTOBER, tmp_path / "rapor")
    assert [path.suffix for path in written] == [".pdf", ".xlsx", ".csv", ".json"]
    assert all("2026-10" in path.name and path.stat().st_size > 500 for path in written)


def test_small_numbers_do_not_leave(busy: Desk, tmp_path: Path) -> None:
    (path,) = reporting.publish(busy, OCTOBER, tmp_path, ["json"])
    rows = rows_of(path, "applications_by_channel")
    assert rows["_total",] == 12
    hidden = [key for key, value in rows.items() if value == MARK]
    assert len(hidden) >= 2
    assert 3 not in rows.values()


def test_publishing_again_gives_the_same_bytes_whatever_came_in_between(
    busy: Desk, tmp_path: Path, clock: FixedClock
) -> None:
    first = reporting.publish(busy, OCTOBER, tmp_path / "bir")
    clock.moment = datetime(2026, 12, 24, 15, 0, tzinfo=ISTANBUL)
    for n in range(20, 40):
        client = a_client(f"2026/{n:04d}")
        intake.open_file(busy, client)
        intake.record_application(busy, an_application(client))
    standing = casework.client(busy, busy_client(busy))
    intake.correct(busy, replace(standing, birth_year=1950))
    again = reporting.publish(busy, OCTOBER, tmp_path / "iki")
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in first]


def busy_client(desk: Desk) -> str:
    with desk.vault.read() as db:
        return str(db.execute("SELECT id FROM client WHERE file_no = '2026/0000'").fetchone()[0])


def test_a_late_record_comes_out_in_the_first_month_still_unpublished(
    busy: Desk, tmp_path: Path, clock: FixedClock
) -> None:
    reporting.publish(busy, OCTOBER, tmp_path, ["json"])
    for n in range(20, 26):
        client = a_client(f"2026/{n:04d}")
        intake.open_file(busy, client)
        intake.record_application(busy, an_application(client, date=date(2026, 10, 30)))
    clock.moment = datetime(2026, 12, 2, 9, 0, tzinfo=ISTANBUL)
    november = Period.parse("2026-11")
    (path,) = reporting.publish(busy, november, tmp_path, ["json"])
    assert rows_of(path, "summary")["applications",] == 6
    true = {key: cell.value for key, cell in reporting.counts(busy, november)[0].cells.items()}
    assert true["applications",] == 0


def test_a_period_that_is_not_over_is_not_published(busy: Desk, tmp_path: Path) -> None:
    for period in ("2026-11", "2026-Q4", "2026"):
        with pytest.raises(KnownError):
            reporting.publish(busy, Period.parse(period), tmp_path)
    assert list(tmp_path.glob("*.json")) == []
    assert reporting.published(busy) == []


def test_a_preview_freezes_nothing_and_shows_what_will_be_published(
    busy: Desk, tmp_path: Path
) -> None:
    draft = reporting.preview(busy, OCTOBER)
    assert reporting.published(busy) == []
    reporting.publish(busy, OCTOBER, tmp_path, ["json"])
    assert reporting.preview(busy, OCTOBER).report == draft.report
    assert [publication.number for publication in reporting.published(busy)] == ["2026/10-1"]


def test_a_folder_that_cannot_be_written_loses_nothing(busy: Desk, tmp_path: Path) -> None:
    taken = tmp_path / "dosya"
    taken.write_text("bir dosya")
    with pytest.raises((KnownError, OSError)):
        reporting.publish(busy, OCTOBER, taken)
    written = reporting.publish(busy, OCTOBER, tmp_path / "rapor", ["csv"])
    assert written[0].exists()


def test_counting_and_publishing_stand_in_the_log(busy: Desk, tmp_path: Path) -> None:
    reporting.counts(busy, OCTOBER)
    reporting.publish(busy, OCTOBER, tmp_path, ["csv"])
    with busy.vault.read() as db:
        lines = [(line.action, line.subject) for line in audit.lines(db, 2)]
    assert lines == [("report", "2026-10"), ("counts", "2026-10")]


def test_every_export_stands_in_the_log_the_second_too(busy: Desk, tmp_path: Path) -> None:
    for _again in range(2):
        reporting.publish(busy, OCTOBER, tmp_path, ["csv"])
    with busy.vault.read() as db:
        lines = [(line.action, line.subject) for line in audit.lines(db, 2)]
    assert lines == [("report", "2026-10"), ("report", "2026-10")]


def test_the_minimum_can_be_raised_and_never_lowered(busy: Desk, tmp_path: Path) -> None:
    assert reporting.minimum(busy) == 5
    for number in (5, 4, 11):
        with pytest.raises(KnownError):
            reporting.raise_minimum(busy, number)
    reporting.raise_minimum(busy, 10)
    with pytest.raises(KnownError):
        reporting.raise_minimum(busy, 9)
    (path,) = reporting.publish(busy, OCTOBER, tmp_path, ["json"])
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data["rule"]["minimum"] == 10
    shown = [row[-1] for table in data["tables"] for row in table["rows"] if row[-1] != MARK]
    assert [number for number in shown if 0 < number < 10] == []


def test_a_report_carries_what_the_month_before_published_and_keeps_it(
    busy: Desk, tmp_path: Path, clock: FixedClock
) -> None:
    (path,) = reporting.publish(busy, OCTOBER, tmp_path, ["json"])
    clock.moment = datetime(2026, 12, 24, 15, 0, tzinfo=ISTANBUL)
    november = Period.parse("2026-11")
    (told,) = reporting.preview(busy, november).report.earlier
    assert told.period == OCTOBER
    assert {(count,): value for count, value in told.figures.items()} == rows_of(path, "summary")
    reporting.publish(busy, november, tmp_path, ["json"])
    assert reporting.preview(busy, november).report.earlier == (told,)
