"""Killed with signal 9: at random moments, and just before every single step on the disk."""

import time
from functools import partial
from pathlib import Path

from tools.ordeal.bench import Bench, some
from tools.ordeal.child import run_and_kill
from tools.ordeal.steps import Fuse, Kind, trace
from tools.ordeal.table import Tally
from tools.ordeal.work import Harm, Recovering, Saving, Work, assert_unharmed, examine
from tools.ordeal.work_circle import SealingAFile
from tools.ordeal.work_copies import BackingUp, Migrating, RaisingTheWall, Restoring
from tools.ordeal.work_drafts import Typing
from tools.ordeal.work_founding import FoundingTheRoster
from tools.ordeal.work_keeper import KeepersBackup, KeepersRestore, RestoringAnOlderState
from tools.ordeal.work_keys import ChangingKeys, Founding
from tools.ordeal.work_renewal import Rekeying, RenewingSheets
from tools.ordeal.work_roster import LettingIn, MindingAccounts
from tools.ordeal.work_rotation import Rotating


def long_work() -> list[Work]:
    """Return every kind of work, long enough to be met at any moment."""
    return [
        Saving(), ChangingKeys(), Migrating(), RaisingTheWall(1_000), BackingUp(), Restoring(),
        Recovering(), Founding(), Rotating(), KeepersBackup(), RestoringAnOlderState(),
        *_of_the_roster(), Typing(),
    ]  # fmt: skip


def short_work() -> list[Work]:
    """Return every kind of work in so few rounds that each of its steps can be tried."""
    return [
        Saving(3), ChangingKeys(1), Migrating(), RaisingTheWall(50), BackingUp(1), Restoring(),
        Recovering(), Founding(), Rotating(1), KeepersBackup(), RestoringAnOlderState(),
        *_of_the_roster(), Typing(3),
    ]  # fmt: skip


def _of_the_roster() -> list[Work]:
    """Return the kinds of work that say who comes in, and end what opened before."""
    return [
        MindingAccounts(), LettingIn(), FoundingTheRoster(), Rekeying(), RenewingSheets(),
        SealingAFile(), KeepersBackup(crashed=True), KeepersRestore(),
    ]  # fmt: skip


def kill_at_random(bench: Bench, work: Work, kills: int) -> Tally:
    """Kill a child so many times at a random moment of its work; only a kill that met it counts."""
    tally = bench.open_case(f"kill -9 while {work.name}")
    dice = bench.random(tally.case)
    start = bench.prepared(work)
    words, pause = _pace(bench, work, start)
    while tally.tries < kills:
        after = dice.randrange(words)
        delay = dice.random() * pause
        with bench.place(start) as folder:
            said, alive = run_and_kill(partial(work.run, folder), after, delay)
            harm = examine(work, folder, said)
        if alive or harm != Harm():
            tally.add(harm, f"after {len(said)} words")
    return tally


def _pace(bench: Bench, work: Work, start: Path) -> tuple[int, float]:
    """Return how many words a work has, and how long it takes from one to the next but one."""
    with bench.place(start) as folder:
        began = time.monotonic()
        said, _alive = run_and_kill(partial(work.run, folder), 1 << 30, 0)
        lasted = time.monotonic() - began
    assert_unharmed(said)
    return len(said), 2 * lasted / (len(said) + 1)


def kill_at_steps(bench: Bench, work: Work, stops: int) -> Tally:
    """Kill a child just before a step on the disk: at every one, or at some of them."""
    tally = bench.open_case(f"killed at a step, {work.name}")
    start = bench.prepared(work)
    with bench.place(start) as folder:
        whole = trace(partial(work.run, folder), folder)
    assert_unharmed(whole.said)
    steps = sum(step.kind is not Kind.SAY for step in whole.steps)
    points = some(list(range(steps)), stops, bench.random(tally.case))
    for point in points:
        with bench.place(start) as folder:
            fuse = Fuse(point)
            done = trace(partial(work.run, folder), folder, fuse.burn)
            harm = examine(work, folder, done.said)
        if done.killed or harm != Harm():
            tally.add(harm, f"before step {point}, {fuse.met}")
    return tally
