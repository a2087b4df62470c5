"""The report as data (contract.md section 4), one row of a table a line."""

import json
from typing import Any

from kadin_danisma.reports.report import Report, document


def write(report: Report) -> bytes:
    """Return the report as UTF-8 JSON."""
    head = document(report)
    tables = ",\n".join(_table(table) for table in head.pop("tables"))
    return f'{{{_members(head)}, "tables": [\n{tables}\n]}}\n'.encode()


def _table(table: dict[str, Any]) -> str:
    rows = ",\n    ".join(_dump(row) for row in table.pop("rows"))
    return f'  {{{_members(table)},\n   "rows": [\n    {rows}]}}'


def _members(data: dict[str, Any]) -> str:
    return _dump(data)[1:-1]


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
