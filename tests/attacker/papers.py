"""Reports made by hand, for attacks whose outcome is known."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from tests.attacker.attack import Behind, Result, attack
from tests.attacker.knowledge import Heard
from tests.attacker.reading import STAR, Count, read


class Star(int):
    """A number that is true and printed as a star."""


Value = int


def found(*reports: dict[str, Any], heard: Heard | None = None) -> Result:
    """Attack reports in which every number is true and those hidden are marked so.

    As many women stand behind a number as it counts.
    """
    truth: dict[Count, Behind] = {}
    documents = []
    for report in reports:
        for count, number in read(report).printed:
            truth[count] = Behind(number or 0, number or 0)
        documents.append(_starred(report))
    return attack(documents, truth, heard)


def _starred(report: dict[str, Any]) -> dict[str, Any]:
    printed = deepcopy(report)
    for table in printed["tables"]:
        for row in table["rows"]:
            row[-1] = STAR if isinstance(row[-1], Star) else row[-1]
    return printed


def a_report(period: str, *tables: dict[str, Any], minimum: int = 5) -> dict[str, Any]:
    """Return a published document."""
    return {
        "format": "kadin-danisma-report/1",
        "number": f"{period}-1",
        "period": period,
        "rule": {"minimum": minimum, "marks": {"*": [0, None]}},
        "tables": list(tables),
    }


def a_summary(**values: Value) -> dict[str, Any]:
    """Return a summary of these counts."""
    rows = [[name, value] for name, value in values.items()]
    return _table("summary", "mixed", {"count": list(values)}, rows)


def by(
    dim: str,
    unit: str,
    values: Mapping[str, Value],
    total: Value,
    *,
    groups: Mapping[str, Sequence[str]] | None = None,
    several: bool = False,
) -> dict[str, Any]:
    """Return a table of one dimension."""
    rows = [[label, value] for label, value in values.items()] + [["_total", total]]
    table = _table(f"{unit}_by_{dim}", unit, {dim: list(values)}, rows)
    table["groups"] = {dim: dict(groups)} if groups else {}
    table["multi"] = [dim] if several else []
    return table


def crossed(
    unit: str, dims: tuple[str, str], rows: Mapping[str, Sequence[Value]]
) -> dict[str, Any]:
    """Return a table of two dimensions; the last row and the last column are the margins."""
    labels = [f"{dims[1]}{at}" for at in range(len(next(iter(rows.values()))) - 1)]
    cells = [
        [row, column, value]
        for row, values in rows.items()
        for column, value in zip((*labels, "_total"), values, strict=True)
    ]
    categories = {dims[0]: [row for row in rows if row != "_total"], dims[1]: labels}
    return _table(f"{unit}_by_{dims[0]}_and_{dims[1]}", unit, categories, cells)


def _table(
    table_id: str, unit: str, categories: dict[str, list[str]], rows: list[list[Any]]
) -> dict[str, Any]:
    return {
        "id": table_id,
        "unit": unit,
        "dims": list(categories),
        "multi": [],
        "filter": {},
        "categories": categories,
        "groups": {},
        "rows": rows,
    }
