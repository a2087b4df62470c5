"""The command ``report`` under a clock years from the log: it cannot ask, so it says."""

from datetime import datetime
from pathlib import Path

from kadin_danisma.domain.dates import ISTANBUL, FixedClock
from tests.cli.conftest import Say

LATER = datetime(2031, 3, 1, 9, 0, tzinfo=ISTANBUL)


def test_it_refuses_with_the_reason_until_the_clock_is_said_to_be_right(
    centre: Path, acting: Say, clock: FixedClock, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    words = ("report", centre, "--period", "2026-10", "--out", out, "--format", "json")
    clock.moment = LATER
    refused = acting(*words, "--json")
    assert refused.status == 4
    assert "--clock-is-right" in refused.data["error"]
    assert list(out.glob("*.json")) == []
    assert acting(*words, "--json").status == 4
    done = acting(*words, "--clock-is-right", "--json")
    assert done.status == 0
    assert [Path(path).name for path in done.data["written"]] == ["kadin-danisma-2026-10.json"]
    assert acting(*words).status == 0


def test_a_clock_that_goes_with_the_log_is_not_spoken_of(
    centre: Path, acting: Say, tmp_path: Path
) -> None:
    words = ("report", centre, "--period", "2026-10", "--out", tmp_path, "--format", "json")
    assert acting(*words, "--clock-is-right").status == 0
