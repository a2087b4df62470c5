"""What a period was when it was published stays so: its files, its months, its proof."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import ISTANBUL, FixedClock, Period
from kadin_danisma.domain.facts import together
from kadin_danisma.errors import KnownError
from kadin_danisma.reports import json_file, pdf, profiles, writers
from kadin_danisma.reports.ledger import recount
from kadin_danisma.services import casework, intake, ledger, reporting
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import facts, frozen_months, publications
from tests.builders import a_client, a_session, an_application, erase_files

JULY, AUGUST, QUARTER = (Period.parse(key) for key in ("2026-07", "2026-08", "2026-Q3"))


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A desk whose third quarter had eight women in each month, four of them in all of it."""
    clients = [a_client(f"2026/{n:04d}", birth_year=1960 + 3 * n) for n in range(16)]
    for client in clients:
        intake.open_file(desk, client)
    for at, month in enumerate((7, 8, 9)):
        for client in (*clients[:4], *clients[4 + 4 * at : 8 + 4 * at]):
            day = date(2026, month, 10)
            intake.record_application(desk, an_application(client, date=day))
            intake.record_session(desk, a_session(client, date=day))
    return desk


def published(desk: Desk, period: Period, folder: Path) -> dict[str, bytes]:
    return {path.suffix: path.read_bytes() for path in reporting.publish(desk, period, folder)}


def correct_everybody(desk: Desk) -> None:
    for line in range(16):
        with desk.vault.read() as db:
            (client_id,) = db.execute(
                "SELECT id FROM client WHERE file_no = ?", (f"2026/{line:04d}",)
            ).fetchone()
        standing = casework.client(desk, client_id)
        intake.correct(desk, replace(standing, birth_year=1950, district="urla"))


def changed_writer(_report: object) -> bytes:
    return b"what a later program writes"


def test_a_later_program_writes_the_same_bytes(
    busy: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = published(busy, JULY, tmp_path / "1")
    for writer in (pdf, json_file):
        monkeypatch.setattr(writer, "write", changed_writer)
    assert published(busy, JULY, tmp_path / "2") == first
    assert changed_writer(None) in published(busy, AUGUST, tmp_path / "3").values()


def test_all_files_are_frozen_though_only_one_was_asked_for(
    busy: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reporting.publish(busy, JULY, tmp_path, ["csv"])
    monkeypatch.setattr(pdf, "write", changed_writer)
    (path,) = reporting.publish(busy, JULY, tmp_path, ["pdf"])
    assert path.read_bytes().startswith(b"%PDF")


def test_a_quarter_is_made_of_its_months_as_they_were_published(busy: Desk, tmp_path: Path) -> None:
    published(busy, JULY, tmp_path)
    with busy.vault.read() as db:
        before = facts.read_months(db, QUARTER.months)
    correct_everybody(busy)
    with busy.vault.read() as db:
        after = facts.read_months(db, QUARTER.months)
    assert after["2026-07"] == before["2026-07"]
    assert after["2026-08"] != before["2026-08"]
    with busy.vault.read() as db:
        books = ledger.open_books(db, QUARTER)
    truth = {table.id: table for table in books.counted(QUARTER, profiles.profile("quarter"))}
    # Four women came in July only and stay as they were; the twelve others are corrected.
    assert truth["clients_by_residence"].cells["unknown",].value == 4
    assert truth["clients_by_residence"].cells["surrounding",].value == 12


@pytest.mark.slow
def test_after_an_erasure_months_quarter_and_year_come_out_whole(
    busy: Desk, tmp_path: Path, clock: FixedClock
) -> None:
    first = published(busy, JULY, tmp_path / "1")
    published(busy, AUGUST, tmp_path / "1")
    erase_files(busy.vault)
    clock.moment = datetime(2027, 1, 4, 9, 0, tzinfo=ISTANBUL)
    assert published(busy, JULY, tmp_path / "2") == first
    for key in ("2026-Q3", "2026"):
        period = Period.parse(key)
        with busy.vault.read() as db:
            assert len(together(facts.read_months(db, period.months)).clients) == 12
        assert published(busy, period, tmp_path / "2").keys() == first.keys()


def test_every_proof_that_is_kept_adds_up_with_what_was_published(
    busy: Desk, tmp_path: Path
) -> None:
    for period in (JULY, AUGUST, QUARTER):
        published(busy, period, tmp_path)
    with busy.vault.read() as db:
        stands = publications.all_of(db)
        proofs = [publications.proof_of(db, each.number) for each in stands]
    for at, proof in enumerate(proofs):
        about = ledger.hanging_together(stands[: at + 1], Period.parse(stands[at].period))
        assert ledger.faults(proof, about) == []
        assert proof["number"] == stands[at].number


def during(monkeypatch: pytest.MonkeyPatch, change: Callable[[int], None]) -> list[int]:
    """Let something happen while files are rendered: the report is made, and not yet frozen."""
    rendered: list[int] = []
    real = writers.render

    def render(report: object, name: str) -> bytes:
        if name == writers.FORMATS[0]:
            rendered.append(len(rendered))
            change(len(rendered))
        return real(report, name)  # type: ignore[arg-type]

    monkeypatch.setattr(writers, "render", render)
    return rendered


def an_application_of_july(desk: Desk, number: int) -> None:
    client = a_client(f"2026/9{number:03d}")
    intake.open_file(desk, client)
    intake.record_application(desk, an_application(client, date=date(2026, 7, 20)))


def test_a_record_entered_while_a_report_is_made_is_counted_in_it(
    busy: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = during(monkeypatch, lambda n: an_application_of_july(busy, n) if n == 1 else None)
    data = json.loads(published(busy, JULY, tmp_path)[".json"])
    summary = next(table for table in data["tables"] if table["id"] == "summary")
    assert dict(summary["rows"])["applications"] == 9
    assert len(made) == 2


def test_a_report_whose_records_never_rest_is_not_published(
    busy: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = during(monkeypatch, lambda n: an_application_of_july(busy, n))
    with pytest.raises(KnownError):
        reporting.publish(busy, JULY, tmp_path)
    assert len(made) == 3
    assert reporting.published(busy) == []
    assert list(tmp_path.glob("*.json")) == []


def test_a_report_whose_proof_does_not_add_up_never_leaves(
    busy: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recount, "faults", lambda *_anything: ["a world shows 4 for 5"])
    with pytest.raises(KnownError) as refusal:
        reporting.publish(busy, JULY, tmp_path)
    assert "world" not in refusal.value.message
    assert reporting.published(busy) == []
    assert list(tmp_path.glob("*.json")) == []
    with busy.vault.read() as db:
        assert frozen_months.read(db, 2026) == {}


def as_before_frozen_months(desk: Desk) -> None:
    """Leave of publications what a vault of schema 7 had."""
    with desk.vault.write() as db:
        db.execute("DELETE FROM publication_file")
        db.execute("DELETE FROM frozen_month")
        db.execute("UPDATE publication SET proof = NULL")


def test_a_report_of_an_older_vault_comes_out_again_and_carries_the_next(
    busy: Desk, tmp_path: Path
) -> None:
    first = published(busy, JULY, tmp_path / "1")
    as_before_frozen_months(busy)
    assert published(busy, JULY, tmp_path / "2") == first
    published(busy, QUARTER, tmp_path / "3")
    with busy.vault.read() as db:
        assert list(frozen_months.read(db, 2026)) == ["2026-07", "2026-08", "2026-09"]


def test_beside_a_report_that_its_records_no_longer_give_nothing_more_is_published(
    busy: Desk, tmp_path: Path
) -> None:
    published(busy, JULY, tmp_path / "1")
    as_before_frozen_months(busy)
    erase_files(busy.vault)
    for act in (reporting.preview, lambda desk, period: reporting.publish(desk, period, tmp_path)):
        with pytest.raises(KnownError, match="2026/07-1"):
            act(busy, QUARTER)
    assert published(busy, JULY, tmp_path / "2")
    assert published(busy, AUGUST, tmp_path / "3")


def test_cancelling_while_a_report_is_made_leaves_nothing_behind(
    busy: Desk, tmp_path: Path
) -> None:
    def stop(_done: int, _of: int) -> None:
        raise KnownError("Durduruldu.")

    with pytest.raises(KnownError):
        reporting.publish(busy, JULY, tmp_path, progress=stop)
    assert reporting.published(busy) == []
    assert list(tmp_path.glob("*.json")) == []


def test_a_draft_says_what_is_small_and_how_much_came_late(busy: Desk, tmp_path: Path) -> None:
    published(busy, JULY, tmp_path)
    an_application_of_july(busy, 1)
    draft = reporting.preview(busy, AUGUST)
    assert draft.late == 1
    assert not draft.is_published
    hidden = {
        (table.id, key)
        for table in draft.report.tables
        for key, value in table.cells.items()
        if value == "*"
    }
    assert draft.small
    assert draft.small <= hidden
    assert reporting.preview(busy, JULY).is_published


def test_an_empty_month_and_a_month_of_one_woman_are_published(desk: Desk, tmp_path: Path) -> None:
    assert published(desk, JULY, tmp_path)
    client = a_client("2026/0001")
    intake.open_file(desk, client)
    intake.record_application(desk, an_application(client, date=date(2026, 8, 10)))
    data = json.loads(published(desk, AUGUST, tmp_path)[".json"])
    summary = next(table for table in data["tables"] if table["id"] == "summary")
    assert dict(summary["rows"])["clients"] == "*"
