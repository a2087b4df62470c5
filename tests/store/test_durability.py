"""Killed, without power, full, flipped, exchanged: what was acknowledged is there, or it is said.

The short version of ``python3 dev.py ordeal``, which runs these same tests with large numbers.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tools.ordeal import cuts, exchanges, failing, flips, kills, media, ptrace
from tools.ordeal.bench import ORDER, Bench
from tools.ordeal.failing import FAILURES, Failure
from tools.ordeal.kills import long_work, short_work
from tools.ordeal.table import Tally
from tools.ordeal.work import Saving, Work

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="children are forked and traced on Linux"),
    # A child does its own work and ends; it never touches the threads of the test run.
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]
traced = pytest.mark.usefixtures("tracing")


def named(thing: Work | Failure) -> str:
    return thing.name


@pytest.fixture
def tracing() -> None:
    if not ptrace.is_possible():
        pytest.skip("children cannot be traced here: other processor, or it is forbidden")


@pytest.fixture
def bench(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Bench]:
    order = request.config.stash.get(ORDER, None)
    # In memory where that is possible: thousands of vaults are written, and none is to be kept.
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else tmp_path) as folder:
        yield Bench(Path(folder), order)


@pytest.mark.parametrize("work", long_work(), ids=named)
def test_killed_at_any_moment_nothing_acknowledged_is_lost(bench: Bench, work: Work) -> None:
    tally = kills.kill_at_random(bench, work, bench.scale.kills)
    assert tally.is_clean, tally.notes


@traced
@pytest.mark.parametrize("work", short_work(), ids=named)
def test_killed_before_any_step_nothing_acknowledged_is_lost(bench: Bench, work: Work) -> None:
    tally = kills.kill_at_steps(bench, work, bench.scale.stops)
    assert tally.is_clean, tally.notes


@traced
def test_a_power_cut_while_saving_loses_nothing_acknowledged(bench: Bench) -> None:
    tally = cuts.cut_power(bench, Saving(bench.scale.commits), bench.scale.cuts)
    assert tally.is_clean, tally.notes


@traced
@pytest.mark.parametrize("work", short_work()[1:], ids=named)
def test_a_power_cut_at_other_work_loses_nothing_acknowledged(bench: Bench, work: Work) -> None:
    tally = cuts.cut_power(bench, work, bench.scale.cuts)
    assert tally.is_clean, tally.notes


@traced
@pytest.mark.parametrize("level", ["NORMAL", "OFF"])
def test_a_power_cut_loses_records_where_too_little_is_synced(bench: Bench, level: str) -> None:
    work = Saving(bench.scale.commits)
    tally = cuts.cut_power_unsynced(bench, work, level, bench.scale.controls)
    assert tally.lost > 0, "the ordeal does not see the harm it is looking for"


@traced
@pytest.mark.parametrize("failure", FAILURES, ids=named)
def test_a_failing_disk_is_said_and_what_was_saved_stays(bench: Bench, failure: Failure) -> None:
    works = short_work()
    if bench.scale.failures:  # In the suite each work meets one of the failures.
        works = works[FAILURES.index(failure) :: len(FAILURES)]
    tally = failing.fail_at_steps(bench, failure, works, bench.scale.failures)
    assert tally.is_clean, tally.notes


def test_a_disk_really_full_is_said_and_what_was_saved_stays(bench: Bench) -> None:
    if not media.can_mount(bench.folder):
        pytest.skip("only an administrator can mount a disk that is full")
    tally = media.fill_up(bench, short_work(), bench.scale.levels)
    assert tally.is_clean, tally.notes


def test_a_read_only_medium_is_only_read(bench: Bench) -> None:
    if not media.can_forbid_writing(bench.folder):
        pytest.skip("an administrator who cannot mount may write everywhere")
    tally = media.read_only(bench)
    assert tally.is_clean, tally.notes


@pytest.mark.parametrize(
    "flip",
    [
        flips.flip_vault,
        flips.flip_large_vault,
        flips.flip_keys,
        flips.flip_anchor,
        flips.flip_after_crash,
    ],
)
def test_a_flipped_bit_is_noticed_or_healed(
    bench: Bench, flip: Callable[[Bench, int], Tally]
) -> None:
    tally = flip(bench, bench.scale.flips)
    assert tally.is_clean, tally.notes


@pytest.mark.parametrize("put", [exchanges.put_foreign, exchanges.put_back_keys])
def test_a_file_that_is_not_ours_is_noticed(bench: Bench, put: Callable[[Bench], Tally]) -> None:
    tally = put(bench)
    assert tally.is_clean, tally.notes


@pytest.mark.parametrize("harm", [flips.flip_log, exchanges.shorten_log, exchanges.put_back_pages])
def test_a_log_or_a_page_brought_back_is_noticed(
    bench: Bench, harm: Callable[[Bench, int], Tally]
) -> None:
    tally = harm(bench, bench.scale.exchanges)
    assert tally.is_clean, tally.notes


def test_an_older_vault_brought_back_is_noticed(bench: Bench) -> None:
    tally = exchanges.put_back_files(bench)
    assert tally.is_clean, tally.notes
