"""A report as it leaves the centre: the protected tables of a period and what stands on its head.

It has two forms as data. ``document`` is the published one, to the letter of contract.md section 4.
``frozen`` is kept in the vault and holds everything needed to make every file again.
"""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from kadin_danisma.domain.dates import Period
from kadin_danisma.domain.table import MARK, ProtectedTable, as_data

FORMAT = "kadin-danisma-report/1"


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier period's summary says in its own report: published values only."""

    period: Period
    figures: dict[str, int | str]


@dataclass(frozen=True, slots=True)
class Report:
    """One publication of one period."""

    period: Period
    #: As printed, for example ``2026/10-1``.
    number: str
    centre: str
    issued: date
    #: Whether it is made of invented people, which every file then says.
    demo: bool
    #: The smallest number that may be shown (5 to 10).
    minimum: int
    tables: tuple[ProtectedTable, ...]
    #: The language of its words, so that publishing again gives the same bytes.
    language: str = "tr"
    #: The earlier periods of its kind that were published when it was made, the oldest first.
    earlier: tuple[Earlier, ...] = ()
    #: Who heard it, where it is a number that was told by hand; stays inside.
    told_to: str = ""

    @property
    def has_marks(self) -> bool:
        """Tell whether anything is hidden in the report."""
        return any(MARK in table.cells.values() for table in self.tables)

    def table(self, table_id: str) -> ProtectedTable | None:
        """Return the table with this id, None if the report has none."""
        return next((table for table in self.tables if table.id == table_id), None)


def report_number(period: Period, issue: int = 1) -> str:
    """Return the number of a report: ``2026/10-1``, ``2026/Q3-1``, ``2026-1``."""
    return f"{period.key.replace('-', '/')}-{issue}"


def document(report: Report) -> dict[str, Any]:
    """Return the report as published data (contract.md section 4)."""
    head: dict[str, Any] = {
        "format": FORMAT,
        "number": report.number,
        "period": report.period.key,
        "from": report.period.first.isoformat(),
        "to": report.period.last.isoformat(),
        "rule": {"minimum": report.minimum, "marks": {MARK: [0, None]}},
    }
    if report.demo:
        head["demo"] = True
    return head | {"tables": [as_data(table) for table in report.tables]}


def frozen(report: Report) -> str:
    """Return the report as text from which ``thawed`` makes it again."""
    kept = {
        "centre": report.centre,
        "issued": report.issued.isoformat(),
        "language": report.language,
        "told_to": report.told_to,
        "earlier": [[each.period.key, each.figures] for each in report.earlier],
        "report": document(report),
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def thawed(text: str) -> Report:
    """Return the report that ``frozen`` wrote.

    Raises:
        ValueError: The text is not a frozen report; nothing but a fault can be the reason.
    """
    kept = json.loads(text)
    data = kept["report"]
    if data["format"] != FORMAT:
        raise ValueError("not a frozen report")
    return Report(
        period=Period.parse(data["period"]),
        number=data["number"],
        centre=kept["centre"],
        issued=date.fromisoformat(kept["issued"]),
        demo=data.get("demo", False),
        minimum=data["rule"]["minimum"],
        tables=tuple(_table_of(table) for table in data["tables"]),
        language=kept["language"],
        told_to=kept.get("told_to", ""),
        # Reports frozen before there were trend lines have none.
        earlier=tuple(
            Earlier(Period.parse(key), figures) for key, figures in kept.get("earlier", ())
        ),
    )


def _table_of(data: dict[str, Any]) -> ProtectedTable:
    return ProtectedTable(
        id=data["id"],
        unit=data["unit"],
        dims=tuple(data["dims"]),
        multi=tuple(data["multi"]),
        categories={dim: tuple(keys) for dim, keys in data["categories"].items()},
        groups={
            dim: {name: tuple(members) for name, members in by_name.items()}
            for dim, by_name in data["groups"].items()
        },
        cells={tuple(row[:-1]): row[-1] for row in data["rows"]},
    )
