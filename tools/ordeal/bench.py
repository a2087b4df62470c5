"""The bench on which an ordeal is held: how much of it, from which seed, where, and who watches."""

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tools.ordeal.table import Tally
from tools.ordeal.work import Start

SEED = 6284


@dataclass(frozen=True, slots=True)
class Scale:
    """How many tries each case gets."""

    #: Kills at a random moment, for each kind of work.
    kills: int
    #: Kills just before a step on the disk, for each kind of work; 0 stands for every step.
    stops: int
    #: Power cuts for each kind of work, and for each control.
    cuts: int
    controls: int
    #: Transactions in the longest recording; from about 100 on, the log is emptied under way.
    commits: int
    #: Steps from which on the disk fails, for each kind of work and failure; 0: every step.
    failures: int
    #: Pages that are left on the full disk.
    levels: tuple[int, ...]
    #: Flipped bits, for each kind of file.
    flips: int
    #: Older pages put back, and logs cut short.
    exchanges: int


SHORT = Scale(
    kills=1, stops=2, cuts=4, controls=5, commits=12, failures=1, levels=(2,), flips=16, exchanges=5
)
FULL = Scale(
    kills=120, stops=0, cuts=300, controls=200, commits=120, failures=0,
    levels=(*range(40), *range(40, 240, 8)), flips=400, exchanges=100,
)  # fmt: skip


@dataclass(slots=True)
class Order:
    """How an ordeal is to be held, and the lines of its table."""

    scale: Scale = SHORT
    seed: int = SEED
    tallies: list[Tally] = field(default_factory=list)


#: Where pytest keeps the order of a full run; the suite has none, and its ordeals are short.
ORDER = pytest.StashKey[Order]()
#: Under which word a worker of a full run hands over what it counted.
TALLIES = "ordeal"


class Bench:
    """Where an ordeal happens.

    Args:
        folder: An empty folder.
        order: How it is held.
    """

    def __init__(self, folder: Path, order: Order | None = None) -> None:
        self.folder = folder
        self.order = order or Order()
        self.scale = self.order.scale

    def random(self, case: str) -> random.Random:
        """Return the dice of a case: the same at every run from the same seed."""
        return random.Random(f"{self.order.seed} {case}")

    def open_case(self, case: str, *, is_control: bool = False) -> Tally:
        """Begin a line of the table."""
        tally = Tally(case, is_control=is_control)
        self.order.tallies.append(tally)
        return tally

    def prepared(self, start: Start) -> Path:
        """Return a folder with what tries begin from, made once."""
        folder = self.folder / "start" / start.name.replace(" ", "-")
        if not folder.exists():
            folder.mkdir(parents=True)
            start.prepare(folder)
        return folder

    @contextmanager
    def place(self, start: Path | None = None) -> Iterator[Path]:
        """Lend a folder for one try, filled with what it starts from; it is gone afterwards."""
        folder = self.folder / "try"
        if start is None:
            folder.mkdir()
        else:
            filled(folder, start)
        try:
            with remembering_in(folder):
                yield folder
        finally:
            shutil.rmtree(folder)


@contextmanager
def remembering_in(folder: Path) -> Iterator[None]:
    """Let what the computer remembers of a vault lie beside it, and be of this try alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(folder / "settings"))
        yield


def filled(folder: Path, source: Path) -> Path:
    """Copy what lies in a folder to a place where nothing is, and return that place."""
    return Path(shutil.copytree(source, folder))


def some(universe: list[int], count: int, dice: random.Random) -> list[int]:
    """Return so many of the points, in their order; all of them where the count is 0."""
    if not count or count >= len(universe):
        return universe
    return sorted(dice.sample(universe, count))
