"""Reports with a hole in them, on purpose: an attacker who misses one proves nothing."""

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any

from tests.attacker.attack import Truth
from tests.attacker.knowledge import Percentage
from tests.attacker.reading import EVERYTHING, STAR, Count, read

Document = dict[str, Any]


def with_the_number(document: Mapping[str, Any], hidden: Count, truth: Truth) -> Document:
    """Return a report in which one star was turned back into its number, wherever it stands."""
    opened = deepcopy(dict(document))
    for row, count in _rows(opened):
        if count == hidden:
            row[-1] = truth[count].value
    return opened


def suppressed_naively(document: Mapping[str, Any], truth: Truth) -> Document:
    """Return a report as careful people make it by hand, looking at this one report only.

    Small numbers become stars, and in each line of a table the smallest other number goes with a
    star that stands alone, until no star does.
    """
    report = deepcopy(dict(document))
    minimum = int(report["rule"]["minimum"])
    for row, count in _rows(report):
        row[-1] = STAR if truth[count].is_small(minimum) else truth[count].value
    for table in report["tables"]:
        if table["id"] != "summary" and not table["multi"]:
            while any(_second_star(line) for line in _lines(table)):
                pass
    return report


def percentages_of(document: Mapping[str, Any], truth: Truth) -> Iterator[Percentage]:
    """Yield the share of every hidden small count in a base that is printed."""
    reading = read(document)
    shown = {count: number for count, number in reading.printed if number}
    for hidden in reading.stars():
        base = Count(hidden.period, hidden.unit, EVERYTHING)
        if base in shown and truth[hidden].is_small(reading.minimum):
            tenths = int(1000 * truth[hidden].value / shown[base] + 0.5)
            yield Percentage(hidden, base, tenths)


def _rows(document: Document) -> Iterator[tuple[list[Any], Count]]:
    """Yield every row of a report, to be changed, and what it counts."""
    rows = (row for table in document["tables"] for row in table["rows"])
    yield from zip(rows, (count for count, _ in read(document).printed), strict=True)


def _lines(table: Mapping[str, Any]) -> Iterator[Sequence[list[Any]]]:
    """Yield the rows and columns of a table, each with its margin."""
    for at in range(len(table["dims"])):
        lines: dict[tuple[str, ...], list[list[Any]]] = {}
        for row in table["rows"]:
            lines.setdefault((*row[:at], *row[at + 1 : -1]), []).append(row)
        yield from lines.values()


def _second_star(line: Sequence[list[Any]]) -> bool:
    shown = [row for row in line if row[-1] != STAR]
    if len(line) - len(shown) != 1 or not shown:
        return False
    min(shown, key=lambda row: (row[-1] == 0, row[-1]))[-1] = STAR
    return True
