"""Linear programs over worlds, solved by HiGHS: does a world exist that shows this?

Whatever the solver says is only a proposal. A world counts once it is made of whole numbers and
``recount`` has added it up again without this module (disclosure.md 5, "solver tolerance").
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import highspy
import numpy as np

from kadin_danisma.reports.ledger.worlds import Worlds

#: What the solver's fractions may be off by before they are rounded and added up again.
_NEAR = 1e-6
#: How long one search for a world may take, in seconds.
_PATIENCE = 20.0
#: The price of a kind that does not truly exist: next to nothing beside a hidden number's.
_STRANGE = 1e-3
#: The price of a unit more or less in a class.
_MOVED = 0.1
#: No hidden number is looked for beyond so many times its value: worlds have an end.
_MOST = 10
#: Any world of whole numbers will do: the first one found is taken, wherever it is found.
_OPTIONS = (
    ("threads", 1),
    ("mip_rel_gap", 1e9),
    ("mip_abs_gap", 1e9),
    ("mip_allow_restart", False),
)


class Programme:
    """The worlds of a family that show given numbers, and how far they must leave others.

    A row of a number is fixed at its value, free (hidden), or dear: a world may leave it, and
    pays its price for every unit.

    Args:
        worlds: The family.
        values: The number of each row.
        prices: The dear rows; all others with a value are fixed.
        free: The rows that are hidden from the start.
        hubs: How many units each class has; as many as there truly are unless given.
        bends: Whether classes may have another number of units: the fewer are moved, the likelier
            it is that the other tables about them can be told of such units too.
    """

    def __init__(
        self,
        worlds: Worlds,
        values: Sequence[int],
        prices: Mapping[int, float],
        free: Iterable[int],
        hubs: Mapping[Hashable, int] | None = None,
        *,
        bends: bool = False,
    ) -> None:
        self._worlds = worlds
        self._hubs = worlds.hub_counts() if hubs is None else hubs
        self._bends = bends
        self._columns = np.arange(len(worlds.kinds), dtype=np.int32)
        # The nearer a world is to the true one, the likelier it is of whole numbers.
        self._strange = np.array([_STRANGE if count == 0 else 0.0 for count in worlds.truth])
        self._of_kind = np.repeat(
            np.arange(len(self._columns)), [len(kind.rows) for kind in worlds.kinds]
        )
        self._of_row = np.array([row for kind in worlds.kinds for row in kind.rows], dtype=int)
        self._dear = {row: at for at, row in enumerate(prices)}
        self._held: set[int] = set()
        open_rows = set(free)
        self._bounds = [
            (0.0, float(_MOST * (value + 10))) if row in open_rows else (float(value), float(value))
            for row, value in enumerate(values)
        ]
        self._values = values
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.silent()
        for option, value in _OPTIONS:
            self._solver.setOptionValue(option, value)
        self._solver.passModel(self._model(list(prices.values())))

    def forgive(self, row: int) -> None:
        """Let worlds leave a dear row for nothing: it is hidden now."""
        for column in self._of_dear(row):
            self._solver.changeColCost(column, 0.0)

    def hold(self, row: int, *, fixed: bool = True) -> None:
        """Fix a dear row at its value, or let go of it again."""
        (self._held.add if fixed else self._held.discard)(row)
        up, down = self._of_dear(row)
        room = 0.0 if fixed else highspy.kHighsInf
        self._solver.changeColBounds(up, 0.0, room)
        self._solver.changeColBounds(down, 0.0, min(room, float(self._values[row])))

    def wish(self, prices: Mapping[int, float]) -> None:
        """Let worlds have less in some rows, or more where a price is negative, if they can."""
        per_row = np.zeros(self._worlds.row_count)
        per_row[list(prices)] = list(prices.values())
        columns = len(self._columns)
        told = np.bincount(self._of_kind, per_row[self._of_row], columns)
        self._solver.changeColsCost(columns, self._columns, np.asarray(self._strange + told, float))

    def reach(self, row: int, lowest: float, highest: float) -> list[float] | None:
        """Return a world in which a number lies in a range, or None where there is none.

        Args:
            row: The number; one that is dear may have to be left for it.
            lowest: The least it may be.
            highest: The most; ``inf`` for no limit.
        """
        least, most = self._bounds[row]
        if row in self._dear:
            return self._reach_dear(row, lowest, highest)
        if max(lowest, least) > min(highest, most):
            return None
        with self._within({row: (lowest, highest)}):
            return self._found()

    def _reach_dear(self, row: int, lowest: float, highest: float) -> list[float] | None:
        """Return a world in which a dear number is left, upwards or downwards, for a range."""
        up, down = self._of_dear(row)
        value = float(self._values[row])
        if row in self._held:
            return None
        if highest < value:
            self._solver.changeColBounds(up, 0.0, 0.0)
            self._solver.changeColBounds(down, value - highest, value)
        else:
            self._solver.changeColBounds(up, lowest - value, highspy.kHighsInf)
        try:
            return self._found()
        finally:
            self._solver.changeColBounds(up, 0.0, highspy.kHighsInf)
            self._solver.changeColBounds(down, 0.0, value)

    def reach_whole(self, row: int, lowest: float, highest: float) -> list[int] | None:
        """Do as ``reach`` does, with a world of whole numbers."""
        with self._in_whole_numbers():
            return as_whole(self.reach(row, lowest, highest))

    def all_whole(self, ranges: Mapping[int, tuple[float, float]]) -> list[int] | None:
        """Return a world of whole numbers in which several hidden numbers lie in ranges.

        Found sooner where nothing is wished for, and where all are asked for at once.
        """
        columns = len(self._columns)
        self._solver.changeColsCost(columns, self._columns, np.zeros(columns))
        with self._within(ranges):
            return self.any_whole()

    def any_whole(self) -> list[int] | None:
        """Return any world of whole numbers, or None where there is none."""
        with self._in_whole_numbers():
            return as_whole(self._found())

    @contextmanager
    def _within(self, ranges: Mapping[int, tuple[float, float]]) -> Iterator[None]:
        """Hold rows within ranges, and within their own bounds."""
        for row, (lowest, highest) in ranges.items():
            least, most = self._bounds[row]
            self._solver.changeRowBounds(row, max(lowest, least), min(highest, most))
        try:
            yield
        finally:
            for row in ranges:
                self._solver.changeRowBounds(row, *self._bounds[row])

    @contextmanager
    def _in_whole_numbers(self) -> Iterator[None]:
        self._let_be(highspy.HighsVarType.kInteger)
        try:
            yield
        finally:
            self._let_be(highspy.HighsVarType.kContinuous)

    def _let_be(self, kind: highspy.HighsVarType) -> None:
        columns = len(self._columns)
        self._solver.changeColsIntegrality(columns, self._columns, np.full(columns, kind))

    def _found(self) -> list[float] | None:
        # The solver's clock goes on from one run to the next.
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + _PATIENCE)
        self._solver.run()
        if self._solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        found = self._solver.getSolution().col_value[: len(self._columns)]
        return [float(count) for count in found]

    def _of_dear(self, row: int) -> tuple[int, int]:
        up = len(self._columns) + 2 * self._dear[row]
        return up, up + 1

    def _model(self, prices: Sequence[float]) -> highspy.HighsLp:
        worlds = self._worlds
        hubs = {hub: at for at, hub in enumerate(self._hubs, start=worlds.row_count)}
        first_link = worlds.row_count + len(hubs)
        columns: list[list[tuple[int, float]]] = []
        for kind in worlds.kinds:
            entries = [(row, 1.0) for row in kind.rows]
            if kind.hub in hubs:
                entries.append((hubs[kind.hub], 1.0))
            columns.append(entries)
        for at, link in enumerate(worlds.links, start=first_link):
            for kind_at, factor in link.terms.items():
                columns[kind_at].append((at, float(factor)))
        costs = list(self._strange)
        most = [highspy.kHighsInf] * len(columns)
        for row, price in zip(self._dear, prices, strict=True):
            columns += [[(row, -1.0)], [(row, 1.0)]]
            costs += [price, price]
            most += [highspy.kHighsInf, float(self._values[row])]
        for at in hubs.values() if self._bends else ():
            columns += [[(at, -1.0)], [(at, 1.0)]]
            costs += [_MOVED, _MOVED]
            most += [highspy.kHighsInf, highspy.kHighsInf]
        bounds = [
            *self._bounds,
            *((float(count), float(count)) for count in self._hubs.values()),
            *((float(link.lower), float(link.upper)) for link in worlds.links),
        ]
        return _as_model(columns, costs, most, bounds)


def as_whole(world: Sequence[float] | None) -> list[int] | None:
    """Return a world in whole numbers, or None where it is not made of them."""
    if world is None or any(abs(count - round(count)) > _NEAR for count in world):
        return None
    return [round(count) for count in world]


def _as_model(
    columns: Sequence[Sequence[tuple[int, float]]],
    costs: Sequence[float],
    most: Sequence[float],
    bounds: Sequence[tuple[float, float]],
) -> highspy.HighsLp:
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(columns), len(bounds)
    model.col_cost_ = np.array(costs)
    model.col_lower_ = np.zeros(len(columns))
    model.col_upper_ = np.array(most)
    model.row_lower_ = np.array([low for low, _high in bounds])
    model.row_upper_ = np.array([high for _low, high in bounds])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    starts = np.cumsum([0, *map(len, columns)])
    model.a_matrix_.start_ = starts.astype(np.int32)
    entries = [entry for column in columns for entry in sorted(column)]
    model.a_matrix_.index_ = np.array([row for row, _factor in entries], dtype=np.int32)
    model.a_matrix_.value_ = np.array([factor for _row, factor in entries])
    return model
