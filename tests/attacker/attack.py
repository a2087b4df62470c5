"""The attack: every small count that was hidden, and how closely a stranger can know it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tests.attacker.knowledge import Heard, gathered
from tests.attacker.reading import Count, Reading, read, second_versions
from tests.attacker.solving import Question, ask
from tests.attacker.system import INFINITE, ContradictionError, System


class Behind(NamedTuple):
    """What only the centre knows of a count; it tells the attack which counts are small."""

    value: int
    #: How many different women stand behind it; None for public events.
    women: int | None

    def is_small(self, minimum: int) -> bool:
        """Tell whether the promise covers this count (contract.md section 4)."""
        if self.women is None:
            return False
        return 0 < self.value < minimum or 0 < self.women < minimum

    def need(self, minimum: int) -> int:
        """Return how large it must be able to seem."""
        return 2 * self.value if self.value >= minimum else minimum


Truth = Mapping[Count, Behind]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a stranger should not have been able to find out."""

    #: ``printed``, ``pinned``, ``bounded``, ``unsettled``, ``whole group``, ``wrong``,
    #: ``two versions`` or ``contradiction``.
    kind: str
    about: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.about} {self.detail}".rstrip()


@dataclass(frozen=True, slots=True)
class Result:
    """What an attack came to."""

    findings: tuple[Finding, ...]
    #: How many small counts were hidden and had to be safe.
    small: int = 0
    #: How many linear and whole programs were solved.
    solved: tuple[int, int] = (0, 0)

    def of(self, *kinds: str) -> list[Finding]:
        """Return the findings of some kinds."""
        return [finding for finding in self.findings if finding.kind in kinds]


def attack(
    documents: Sequence[Mapping[str, Any]],
    truth: Truth,
    heard: Heard | None = None,
    seconds: float = 20,
) -> Result:
    """Attack everything that was ever published, at once.

    Args:
        documents: The published JSON documents.
        truth: The true value of every printed count.
        heard: What the stranger knows besides; what she was told is no finding.
        seconds: How long to look for one whole story.
    """
    findings = [Finding("two versions", number) for number in second_versions(documents)]
    by_number = {str(document["number"]): document for document in documents}
    readings = [read(document) for document in by_number.values()]
    findings += _printed(readings, truth)
    told = dict(heard.told) if heard else {}
    try:
        knowledge = gathered(readings, heard)
        asked = {
            count: Question(knowledge.system.at(count), truth[count].need(minimum))
            for count, minimum in knowledge.hidden.items()
            if truth[count].is_small(minimum) and count not in told
        }
        answers = ask(knowledge.system, list(asked.values()), seconds)
    except ContradictionError as reason:
        return Result((*findings, Finding("contradiction", str(reason))))
    findings += whole_groups(readings, knowledge.system)
    for count, question in asked.items():
        findings += _found(count, truth[count], question)
    return Result(tuple(findings), len(asked), (answers.linear, answers.whole))


def whole_groups(readings: Sequence[Reading], system: System) -> Iterator[Finding]:
    """Yield every group of which all are known to be alike: who is in it has no secret left."""
    for form in (form for reading in readings for form in reading.forms):
        for margin, cells in form.lines() if not form.several_answers else ():
            possible = [cell for cell in cells if system.high[system.at(cell)] > 0]
            if system.low[system.at(margin)] > 0 and len(possible) == 1 and len(cells) > 1:
                yield Finding("whole group", str(margin), f"is all {possible[0]}")


def smallest(
    documents: Sequence[Mapping[str, Any]], truth: Truth, finding: Finding, heard: Heard | None
) -> list[str]:
    """Return the periods of as few reports as will do to find the same thing out."""
    needed = list(documents)
    for document in documents:
        fewer = [other for other in needed if other is not document]
        found = attack(fewer, truth, heard).findings if fewer else ()
        if finding.about in {other.about for other in found}:
            needed = fewer
    return [str(document["period"]) for document in needed]


def _printed(readings: Sequence[Reading], truth: Truth) -> Iterator[Finding]:
    """Yield every small number that is simply printed, and every number that is not true."""
    for reading in readings:
        for count, number in reading.printed:
            if number is None:
                continue
            if number != truth[count].value:
                yield Finding("wrong", str(count), f"prints {number}, is {truth[count].value}")
            if truth[count].is_small(reading.minimum):
                yield Finding("printed", str(count), f"is {number}, women {truth[count].women}")


def _found(count: Count, behind: Behind, question: Question) -> Iterator[Finding]:
    high = "any" if question.high == INFINITE else int(question.high)
    detail = f"is {behind.value}, known in [{question.low}, {high}], need [0, {question.need}]"
    if question.low == question.high:
        yield Finding("pinned", str(count), detail)
    elif question.can_be_nought is False or question.can_be_large is False:
        yield Finding("bounded", str(count), detail)
    elif question.open_ends:
        yield Finding("unsettled", str(count), detail)
