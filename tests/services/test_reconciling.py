"""After a restore nothing new leaves until what left meanwhile is known again."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from kadin_danisma.domain.dates import ISTANBUL, FixedClock, Period
from kadin_danisma.errors import KnownError
from kadin_danisma.services import giving, intake, reconciling, reporting, upkeep
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import audit
from kadin_danisma.store.vault import Vault
from tests.builders import PASSPHRASE, a_client, a_session, an_application

AUGUST, SEPTEMBER, QUARTER = (Period.parse(key) for key in ("2026-08", "2026-09", "2026-Q3"))
SENTENCE = "Yedekten sonra hiçbir rapor yayımlanmadı."


def ten_came(desk: Desk, month: int) -> None:
    for n in range(10):
        client = a_client(f"2026/{month}{n:02d}", birth_year=1990)
        intake.open_file(desk, client)
        day = date(2026, month, 10)
        intake.record_application(desk, an_application(client, date=day))
        intake.record_session(desk, a_session(client, date=day))


@pytest.fixture
def files(desk: Desk, tmp_path: Path) -> Path:
    """The folder of the centre: August was published before the backup, September after it."""
    folder = tmp_path / "raporlar"
    ten_came(desk, 8)
    ten_came(desk, 9)
    reporting.publish(desk, AUGUST, folder)
    upkeep.backup(desk, tmp_path)
    reporting.publish(desk, SEPTEMBER, folder)
    desk.vault.close()
    return folder


@pytest.fixture
def restored(files: Path, tmp_path: Path, clock: FixedClock) -> Iterator[Desk]:
    """A desk at the vault that was restored from the backup."""
    clock.moment = datetime(2026, 12, 10, 9, 0, tzinfo=ISTANBUL)
    (copy,) = tmp_path.glob("*.vault")
    target = tmp_path / "yeni" / "merkez.vault"
    upkeep.restore(copy, target, "derya", PASSPHRASE, clock)
    with Vault.open(target, "derya", PASSPHRASE, clock) as vault:
        yield Desk(vault, clock)


def data_file(files: Path, period: Period) -> Path:
    return files / f"kadin-danisma-{period.key}.json"


def test_nothing_new_leaves_and_the_day_is_said(
    restored: Desk, files: Path, tmp_path: Path
) -> None:
    assert reconciling.missing_since(restored) == date(2026, 11, 22)
    with pytest.raises(KnownError, match=r"22\.11\.2026"):
        reporting.publish(restored, SEPTEMBER, tmp_path)
    with pytest.raises(KnownError, match=r"22\.11\.2026"):
        giving.custom(restored, AUGUST, "clients_by_age_band", "month", tmp_path)
    with pytest.raises(KnownError, match=r"22\.11\.2026"):
        giving.tell(restored, AUGUST, "summary", ("clients",), 10, "Basın")


def test_what_is_known_comes_out_again_meanwhile(
    restored: Desk, files: Path, tmp_path: Path
) -> None:
    again = reporting.publish(restored, AUGUST, tmp_path / "yine")
    assert all(path.read_bytes() == (files / path.name).read_bytes() for path in again)


def test_a_report_that_came_back_is_the_report_of_its_period_byte_for_byte(
    restored: Desk, files: Path, tmp_path: Path
) -> None:
    came = reconciling.bring_back(restored, data_file(files, SEPTEMBER))
    assert (came.number, came.agrees) == ("2026/09-1", True)
    reconciling.confirm_all_known(restored, "Eksik olan tek rapor eylüldü, o da geri geldi.")
    written = reporting.publish(restored, SEPTEMBER, tmp_path / "yine")
    assert written[-1].read_bytes() == data_file(files, SEPTEMBER).read_bytes()
    reporting.publish(restored, QUARTER, tmp_path / "yine")
    assert reporting.check_proofs(restored) == (2, [])


def test_a_sentence_lets_reports_leave_again_and_stands_in_the_log(
    restored: Desk, tmp_path: Path
) -> None:
    reconciling.confirm_all_known(restored, f"  {SENTENCE}\n")
    with restored.vault.read() as db:
        (line,) = audit.lines(db, 1)
    assert (line.action, line.subject) == ("report.all_known", SENTENCE)
    assert reconciling.missing_since(restored) is None
    assert reporting.publish(restored, SEPTEMBER, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("nothing", ["", "  ", "evet", "1234567890123", "..........."])
def test_a_sentence_that_says_nothing_is_not_enough(restored: Desk, nothing: str) -> None:
    with pytest.raises(KnownError):
        reconciling.confirm_all_known(restored, nothing)
    assert reconciling.missing_since(restored) is not None


def test_beside_a_report_that_the_records_do_not_give_nothing_more_of_its_months_leaves(
    restored: Desk, files: Path, tmp_path: Path
) -> None:
    ten_came(restored, 7)
    with restored.vault.write() as db:
        db.execute("DELETE FROM session WHERE date = '2026-09-10'")
    came = reconciling.bring_back(restored, data_file(files, SEPTEMBER))
    assert not came.agrees
    reconciling.confirm_all_known(restored, "Eylül raporu geri geldi, başkası yok.")
    with pytest.raises(KnownError, match="2026/09-1"):
        reporting.publish(restored, QUARTER, tmp_path)
    assert reporting.publish(restored, Period.parse("2026-07"), tmp_path)
    assert reporting.publish(restored, SEPTEMBER, tmp_path, ["json"])


def test_a_report_that_is_known_is_not_taken_twice(restored: Desk, files: Path) -> None:
    with pytest.raises(KnownError, match="2026/08-1"):
        reconciling.bring_back(restored, data_file(files, AUGUST))


def changed(files: Path, tmp_path: Path, **what: Any) -> Path:
    data = json.loads(data_file(files, SEPTEMBER).read_text(encoding="utf-8"))
    path = tmp_path / "değişik.json"
    path.write_text(json.dumps(data | what), encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    "what",
    [
        {"format": "kadin-danisma-counts/1"},
        {"number": "2026/08-1"},
        {"number": "2026/09-0"},
        {"number": "2026/09-x"},
        {"period": "2026-13"},
        {"period": "2026-12"},
        {"from": "2026-09-02"},
        {"rule": {"minimum": 3, "marks": {"*": [0, None]}}},
        {"rule": {"minimum": 5, "marks": {"*": [1, 4]}}},
        {"demo": True},
        {"tables": []},
        {"tables": None},
        {"more": 1},
    ],
)
def test_a_file_that_is_no_whole_report_is_refused(
    restored: Desk, files: Path, tmp_path: Path, what: dict[str, Any]
) -> None:
    with pytest.raises(KnownError):
        reconciling.bring_back(restored, changed(files, tmp_path, **what))
    assert [each.number for each in reporting.published(restored)] == ["2026/08-1"]


def test_tables_with_missing_rows_or_odd_values_are_refused(
    restored: Desk, files: Path, tmp_path: Path
) -> None:
    def tables() -> list[Any]:
        found: list[Any] = json.loads(data_file(files, SEPTEMBER).read_text())["tables"]
        return found

    for wrong in (-1, 1.5, True, "**", None):
        odd = tables()
        odd[1]["rows"][0][-1] = wrong
        with pytest.raises(KnownError):
            reconciling.bring_back(restored, changed(files, tmp_path, tables=odd))
    for short in (tables(), tables()):
        short[1]["rows"].pop()
        with pytest.raises(KnownError):
            reconciling.bring_back(restored, changed(files, tmp_path, tables=short))
    twice = tables()
    with pytest.raises(KnownError):
        reconciling.bring_back(restored, changed(files, tmp_path, tables=[*twice, twice[0]]))
    unknown = tables()
    unknown[1]["id"] = "clients_by_name"
    with pytest.raises(KnownError):
        reconciling.bring_back(restored, changed(files, tmp_path, tables=unknown))


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"", b"{", b"[" * 50_000, b"\xff\xfe", b"null", b"[]"])
def test_what_is_no_data_at_all_is_refused(restored: Desk, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "dosya.json"
    path.write_bytes(content)
    with pytest.raises(KnownError):
        reconciling.bring_back(restored, path)
    with pytest.raises(KnownError):
        reconciling.bring_back(restored, tmp_path / "yok.json")
