"""A clock that stands years from the log decides nothing before somebody has looked at it."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kadin_danisma.domain.dates import ISTANBUL, FixedClock, Period
from kadin_danisma.errors import KnownError
from kadin_danisma.services import access, clockwise, giving, reporting
from kadin_danisma.services.clockwise import ClockDoubtError
from kadin_danisma.services.desk import Desk
from kadin_danisma.store import audit
from tests.builders import PASSPHRASE

OCTOBER, JULY = Period.parse("2026-10"), Period.parse("2026-07")
LATER = datetime(2031, 3, 1, 9, 0, tzinfo=ISTANBUL)
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=ISTANBUL)


def publish(desk: Desk, folder: Path, period: Period = OCTOBER) -> list[Path]:
    return reporting.publish(desk, period, folder, ["json"])


def actions(desk: Desk) -> list[str]:
    with desk.vault.read() as db:
        return [line.action for line in audit.lines(db)]


def test_years_ahead_nothing_is_published_before_the_clock_was_looked_at(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    clock.moment = LATER
    with pytest.raises(ClockDoubtError, match=r"01\.03\.2031.*22\.11\.2026"):
        publish(desk, tmp_path)
    assert list(tmp_path.glob("*.json")) == []
    assert reporting.published(desk) == []


def test_years_behind_neither(desk: Desk, clock: FixedClock, tmp_path: Path) -> None:
    clock.moment = datetime(2021, 1, 1, tzinfo=ISTANBUL)
    with pytest.raises(ClockDoubtError):
        publish(desk, tmp_path, Period.parse("2020-12"))


def test_signing_in_anew_does_not_make_the_clock_right(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    path = desk.vault.path
    desk.vault.close()
    clock.moment = LATER
    for _again in range(2):
        again = access.sign_in(path, "derya", PASSPHRASE, clock)
        with pytest.raises(ClockDoubtError):
            publish(again, tmp_path)
        again.vault.close()


def test_once_somebody_has_looked_it_is_published_and_the_log_tells(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    clock.moment = LATER
    clockwise.confirm(desk)
    assert len(publish(desk, tmp_path)) == 1
    assert actions(desk)[:2] == ["report", "clock.confirmed"]
    publish(desk, tmp_path, JULY)
    assert actions(desk).count("clock.confirmed") == 1


def test_a_clock_that_was_put_right_again_is_believed_at_once(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    clock.moment = LATER
    desk.note("counts", "2026-10")
    clock.moment = NOW + timedelta(days=3)
    assert len(publish(desk, tmp_path)) == 1
    assert "clock.confirmed" not in actions(desk)


@pytest.mark.parametrize("days", [0, 40, 400, 729])
def test_a_quiet_year_asks_nothing(
    desk: Desk, clock: FixedClock, tmp_path: Path, days: int
) -> None:
    clock.moment = NOW + timedelta(days=days)
    clockwise.confirm(desk)
    assert len(publish(desk, tmp_path)) == 1
    assert "clock.confirmed" not in actions(desk)


def test_what_is_frozen_comes_out_again_whatever_the_clock_says(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    (first,) = publish(desk, tmp_path / "1")
    clock.moment = LATER
    (again,) = publish(desk, tmp_path / "2")
    assert again.read_bytes() == first.read_bytes()


def test_tables_and_numbers_by_hand_ask_too(desk: Desk, clock: FixedClock, tmp_path: Path) -> None:
    clock.moment = LATER
    with pytest.raises(ClockDoubtError):
        giving.custom(desk, JULY, "clients_by_marital", "quarter", tmp_path)
    with pytest.raises(ClockDoubtError):
        giving.tell(desk, JULY, "applications_by_channel", ("phone",), 0, "gazete")


def test_files_that_cannot_be_written_take_nothing_of_the_report_back(
    desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "kadin-danisma-2026-10.json").mkdir()
    with pytest.raises(KnownError) as told:
        publish(desk, tmp_path)
    assert "2026/10-1" in told.value.message
    assert list(tmp_path.glob("*.part")) == []
    assert "değiş" not in told.value.message
    assert [each.number for each in reporting.published(desk)] == ["2026/10-1"]
    assert len(publish(desk, tmp_path / "başka")) == 1


def test_a_folder_that_cannot_be_written_freezes_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dosya").write_text("")
    with pytest.raises(KnownError):
        publish(desk, tmp_path / "dosya")
    # Whoever runs the tests may be root, who may write everywhere.
    monkeypatch.setattr("os.access", lambda *_asked: False)
    with pytest.raises(KnownError):
        publish(desk, tmp_path / "stick")
    assert reporting.published(desk) == []
