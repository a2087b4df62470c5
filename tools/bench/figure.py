"""A measured figure, its bare baseline, and what it may be."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure.

    Args:
        name: What was measured.
        ours: What the program takes or does.
        bare: The same without the program.
        limit: The most ``ours`` may be, as ``2.5 x`` of the bare one, or as a number of its unit.
        unit: ``ms``, ``s`` or ``rows/s``; of rows a second, more is better.
        relative: Whether the limit is a ratio.
        bare_is: What the bare baseline does.
    """

    name: str
    ours: float
    bare: float
    limit: float
    unit: str
    relative: bool
    bare_is: str

    @property
    def ratio(self) -> float:
        """Return how much dearer than the bare baseline the program is."""
        return self.bare / self.ours if self.unit == "rows/s" else self.ours / self.bare

    @property
    def kept(self) -> bool:
        """Tell whether the figure is what it should be."""
        if self.relative:
            return self.ratio <= self.limit
        return self.ours >= self.limit if self.unit == "rows/s" else self.ours <= self.limit

    def line(self) -> str:
        """Return the figure as a line of the table."""
        sign = ">=" if self.unit == "rows/s" else "<="
        limit = f"{sign} {self.limit:g} {'x' if self.relative else self.unit}"
        return (
            f"{'ok  ' if self.kept else 'SLOW'} {self.name:38} {self.ours:10.1f} "
            f"{self.bare:10.1f} {self.unit:7} {self.ratio:6.2f} x   {limit:16} {self.bare_is}"
        )


HEADING = (
    f"     {'figure':38} {'ours':>10} {'bare':>10} {'unit':7} {'ratio':>8}   {'limit':16} bare is"
)


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def medians(times: int, *works: Callable[[], object]) -> list[float]:
    """Return the median milliseconds of each, done in turn so that a busy machine hits all."""
    taken = [[milliseconds(work) for work in works] for _round in range(times)]
    return [statistics.median(column) for column in zip(*taken, strict=True)]


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value under which this share of the values lies."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]
