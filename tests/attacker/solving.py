"""How far each hidden number can be known, with HiGHS; every story it tells is checked in integers.

A number is safe where two whole stories were found that agree with everything known: one in which
it is nought, one in which it is large enough. Linear relaxation is asked first; what it forbids is
forbidden. Where it allows a thing but tells it in fractions, whole numbers are asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np

from tests.attacker.apart import apart
from tests.attacker.system import INFINITE, ContradictionError, Row, System

_EPSILON = 1e-6
_ROUNDS = 3
#: A story may be whole to the solver and not hold exactly: then it is looked for more closely.
_TOLERANCES = (1e-6, 1e-9)


@dataclass(slots=True)
class Question:
    """Whether a number can be nought, and whether it can be as large as ``need``."""

    place: int
    need: int
    low: float = 0
    high: float = INFINITE
    can_be_nought: bool | None = None
    can_be_large: bool | None = None

    def look_at(self, value: int) -> None:
        """Learn from one story that agrees with everything known."""
        self.can_be_nought = True if value == 0 else self.can_be_nought
        self.can_be_large = True if value >= self.need else self.can_be_large

    def learn_bounds(self, low: float, high: float) -> None:
        """Learn between what the number must lie."""
        self.low, self.high = max(self.low, low), min(self.high, high)
        if self.low > 0:
            self.can_be_nought = False
        if self.high < self.need:
            self.can_be_large = False

    @property
    def open_ends(self) -> tuple[bool, ...]:
        """Return the sides not yet settled: False for nought, True for large."""
        found = ((False, self.can_be_nought), (True, self.can_be_large))
        return tuple(side for side, answer in found if answer is None)


@dataclass(slots=True)
class Answers:
    """What was found out, and how much work it was."""

    questions: list[Question]
    linear: int = 0
    whole: int = 0


def ask(system: System, questions: Sequence[Question], seconds: float = 20) -> Answers:
    """Settle every question.

    Args:
        system: What is known, tightened.
        questions: The hidden numbers.
        seconds: How long to look for one whole story.

    Raises:
        ContradictionError: What is known cannot all be true.
    """
    answers = Answers(list(questions))
    by_place = defaultdict(list)
    for question in questions:
        question.learn_bounds(system.low[question.place], system.high[question.place])
        if system.low[question.place] == system.high[question.place]:
            question.look_at(system.low[question.place])
        if question.open_ends:
            by_place[question.place].append(question)
    for places, rows in apart(system):
        asked = [question for place in places for question in by_place.get(place, ())]
        if asked:
            _Part(system, places, rows, asked, answers, seconds).settle()
    return answers


def is_possible(system: System, seconds: float = 60) -> bool:
    """Tell whether whole numbers were found that agree with everything known."""
    for places, rows in apart(system):
        found = Answers([])
        # It is always as large as nought, so that any story will do.
        question = Question(places[0], need=0)
        _Part(system, places, rows, [question], found, seconds).look_for_any()
        if not question.can_be_large:
            return False
    return True


class _Part:
    """One connected part of the system inside the solver."""

    def __init__(
        self,
        system: System,
        places: list[int],
        rows: list[Row],
        questions: list[Question],
        answers: Answers,
        seconds: float,
    ) -> None:
        self._low = [system.low[place] for place in places]
        self._high = [system.high[place] for place in places]
        column = {place: at for at, place in enumerate(places)}
        self._rows = [
            Row(tuple((column[place], times) for place, times in row.terms), row.low, row.high)
            for row in rows
        ]
        self._asked = [(question, column[question.place]) for question in questions]
        self._answers = answers
        self._seconds = seconds
        self._linear = self._model()
        self._whole: Any = None

    def settle(self) -> None:
        """Ask for all at once first: one story settles many questions."""
        dice = np.random.default_rng(1)
        for large in (False, True) * _ROUNDS:
            costs = {
                column: (-1 if large else 1) * float(dice.integers(1, 10))
                for question, column in self._asked
                if large in question.open_ends and not (large and self._high[column] == INFINITE)
            }
            if costs:
                self._optimum(costs)
        for question, column in self._asked:
            for large in question.open_ends:
                self._settle_one(question, column, large=large)

    def look_for_any(self) -> None:
        """Look for one whole story, whatever it says."""
        for question, column in self._asked:
            self._optimum({column: 1.0})
            if question.open_ends[-1:] == (True,):
                self._look_for_whole(question, column, large=True)

    def _settle_one(self, question: Question, column: int, *, large: bool) -> None:
        """Ask for the least or the greatest; a whole story is looked for if it is allowed."""
        if large and self._high[column] == INFINITE:
            self._high[column] = max(self._low[column], 4 * question.need)
            self._linear.changeColBounds(column, self._low[column], self._high[column])
        best = self._optimum({column: -1.0 if large else 1.0})
        if best is None:
            return
        if large:
            question.learn_bounds(0, int(-best + _EPSILON))
        else:
            question.learn_bounds(-int(-(best - _EPSILON) // 1), INFINITE)
        if large in question.open_ends:
            self._look_for_whole(question, column, large=large)

    def _optimum(self, costs: dict[int, float]) -> float | None:
        """Return the optimum of the relaxation, and learn from its story if it is whole."""
        solver = self._linear
        self._answers.linear += 1
        solver.changeColsCost(len(costs), np.array(list(costs)), np.array(list(costs.values())))
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            raise ContradictionError("no story agrees with everything known")
        solved = status == highspy.HighsModelStatus.kOptimal
        best = solver.getInfo().objective_function_value if solved else None
        if solved:
            self._learn(solver.getSolution().col_value)
        solver.changeColsCost(len(costs), np.array(list(costs)), np.zeros(len(costs)))
        return best

    def _look_for_whole(self, question: Question, column: int, *, large: bool) -> None:
        if self._whole is None:
            self._whole = self._model()
            count = len(self._low)
            kinds = np.full(count, highspy.HighsVarType.kInteger)
            self._whole.changeColsIntegrality(count, np.arange(count), kinds)
        self._answers.whole += 1
        solver, bounds = self._whole, (self._low[column], self._high[column])
        solver.changeColBounds(column, *((question.need, bounds[1]) if large else (0, 0)))
        for tolerance in _TOLERANCES:
            if large not in question.open_ends:
                break
            solver.setOptionValue("mip_feasibility_tolerance", tolerance)
            # The solver's clock is never set back.
            solver.setOptionValue("time_limit", solver.getRunTime() + self._seconds)
            solver.run()
            if solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
                question.learn_bounds(*((0, question.need - 1) if large else (1, INFINITE)))
            elif solver.getInfo().primal_solution_status == 2:
                self._learn(solver.getSolution().col_value)
        solver.changeColBounds(column, *bounds)

    def _learn(self, values: Iterable[float]) -> None:
        """Take a story into account if it holds in whole numbers, exactly."""
        story = [round(value) for value in values]
        if not self._holds(story):
            return
        for question, column in self._asked:
            question.look_at(story[column])

    def _holds(self, story: list[int]) -> bool:
        return all(
            low <= value <= high
            for low, value, high in zip(self._low, story, self._high, strict=True)
        ) and all(
            row.low <= sum(times * story[at] for at, times in row.terms) <= row.high
            for row in self._rows
        )

    def _model(self) -> Any:
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        for low, high in zip(self._low, self._high, strict=True):
            solver.addVar(low, high)
        for row in self._rows:
            columns = np.array([at for at, _ in row.terms], dtype=np.int32)
            times = np.array([float(by) for _, by in row.terms])
            solver.addRow(row.low, row.high, len(columns), columns, times)
        return solver
