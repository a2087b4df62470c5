"""Power cuts: a child's steps are recorded, the disk is cut at many of them, and opened again."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from kadin_danisma.store import connection
from kadin_danisma.store.connection import Mode
from tools.ordeal.bench import Bench
from tools.ordeal.child import Say, words
from tools.ordeal.disk import Disk
from tools.ordeal.steps import Kind, trace
from tools.ordeal.table import Tally
from tools.ordeal.work import Work, assert_unharmed, examine


def cut_power(bench: Bench, work: Work, cuts: int) -> Tally:
    """Cut the power of a work at so many points and open what is left."""
    tally = bench.open_case(f"power cut while {work.name}")
    return _cut(bench, tally, work, work.run, cuts)


def cut_power_unsynced(bench: Bench, work: Work, level: str, cuts: int) -> Tally:
    """Do the same with a vault that syncs too little: a control, which must lose records.

    Args:
        bench: Where.
        work: What is done.
        level: What PRAGMA synchronous is set to: NORMAL or OFF.
        cuts: How many points.
    """
    tally = bench.open_case(f"power cut, synchronous {level}", is_control=True)

    def run(folder: Path, say: Say) -> None:
        # Only in the child, which never comes back: the program's own settings stay as they are.
        usual = connection._SETTINGS[Mode.WORK]
        connection._SETTINGS[Mode.WORK] = (*usual, f"PRAGMA synchronous = {level}")
        work.run(folder, say)

    return _cut(bench, tally, work, run, cuts)


def _cut(
    bench: Bench, tally: Tally, work: Work, run: Callable[[Path, Say], None], cuts: int
) -> Tally:
    dice = bench.random(tally.case)
    with bench.place(bench.prepared(work)) as folder:
        disk = Disk(folder)
        recorded = trace(partial(run, folder), folder)
    assert_unharmed(recorded.said)
    done, said = 0, b""
    for point in sorted(dice.randint(0, len(recorded.steps)) for _number in range(cuts)):
        for step in recorded.steps[done:point]:
            disk.do(step)
            said += step.data if step.kind is Kind.SAY else b""
        done = point
        with bench.place() as left:
            disk.cut(dice, left)
            harm = examine(work, left, words(said))
        tally.add(harm, f"at step {point} of {len(recorded.steps)}")
    return tally
