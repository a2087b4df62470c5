"""The disk fails under a child: full, read-only or gone, from every step on at which it can."""

import errno
from collections import Counter
from dataclasses import dataclass
from functools import partial

from tools.ordeal.bench import Bench, some
from tools.ordeal.child import REFUSED
from tools.ordeal.steps import Fuse, Kind, trace
from tools.ordeal.table import Tally
from tools.ordeal.work import Work, assert_unharmed, examine


@dataclass(frozen=True, slots=True)
class Failure:
    """One way in which a disk fails: the errno, and the steps that meet it."""

    name: str
    number: int
    kinds: frozenset[Kind]


_GROWING = frozenset({Kind.WRITE, Kind.CREATE, Kind.FOLDER, Kind.LINK})
_CHANGING = _GROWING | {Kind.TRUNCATE, Kind.RENAME, Kind.UNLINK}
FAILURES = (
    Failure("disk full", errno.ENOSPC, _GROWING),
    Failure("medium turns read-only", errno.EROFS, _CHANGING),
    Failure("medium is pulled out", errno.EIO, _CHANGING | {Kind.SYNC}),
)


def fail_at_steps(bench: Bench, failure: Failure, works: list[Work], stops: int) -> Tally:
    """Let the disk fail from a step on, at every one of each work or at some; then mend it.

    The child must get a known error and still be able to read; what was acknowledged must be there.
    """
    tally = bench.open_case(f"{failure.name}, from a step on")
    dice = bench.random(tally.case)
    errors: Counter[str] = Counter()
    plan = [
        (work, point)
        for work in works
        for point in some(list(range(_steps(bench, work, failure))), stops, dice)
    ]
    for work, point in plan:
        with bench.place(bench.prepared(work)) as folder:
            fuse = Fuse(point, failure.number, failure.kinds)
            said = trace(partial(work.run, folder), folder, fuse.burn).said
            harm = examine(work, folder, said)
        errors.update(word.split()[1] for word in said if word.startswith(f"{REFUSED} "))
        tally.add(harm, f"{work.name}, step {point}, {fuse.met}")
    tally.remark = ", ".join(f"{count} x {name}" for name, count in errors.most_common())
    return tally


def _steps(bench: Bench, work: Work, failure: Failure) -> int:
    """Return at how many steps of a work the disk can fail in this way."""
    with bench.place(bench.prepared(work)) as folder:
        whole = trace(partial(work.run, folder), folder)
    assert_unharmed(whole.said)
    return sum(step.kind in failure.kinds for step in whole.steps)
