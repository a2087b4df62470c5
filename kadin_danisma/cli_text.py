"""What the command line says: one JSON object or text, messages and progress beside it."""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

from kadin_danisma.domain.dates import show_number
from kadin_danisma.domain.table import TOTAL, Table
from kadin_danisma.domain.titles import category_label, table_title
from kadin_danisma.i18n import _

#: A line of progress is drawn at most once a hundredth of the way.
STEPS = 100


class Speaker:
    """Says results on standard output, and everything meant for a person on standard error.

    Args:
        as_json: Whether the result is one JSON object instead of text.
        result: Where results go.
        beside: Where messages and progress go.
    """

    def __init__(self, *, as_json: bool, result: TextIO, beside: TextIO) -> None:
        self.as_json = as_json
        self._result = result
        self._beside = beside
        self._drawn = -1

    @classmethod
    def on_terminal(cls, *, as_json: bool) -> "Speaker":
        """Return a speaker on the process's own output."""
        return cls(as_json=as_json, result=sys.stdout, beside=sys.stderr)

    def result(self, data: dict[str, Any], lines: Iterable[str]) -> None:
        """Say the result of a command, in the one form or the other."""
        self._end_progress()
        if self.as_json:
            lines = [json.dumps(data, ensure_ascii=False)]
        for line in lines:
            self._result.write(line + "\n")
        self._result.flush()

    def message(self, text: str) -> None:
        """Say something to the person before the screen."""
        self._end_progress()
        self._beside.write(text + "\n")
        self._beside.flush()

    def progress(self, done: int, total: int = 0) -> None:
        """Draw how far long work is, on a terminal only."""
        if not self._beside.isatty() or total <= 0:
            return
        step = min(done, total) * STEPS // total
        if step != self._drawn:
            self._drawn = step
            self._beside.write("\r" + _("{percent} % done").format(percent=step))
            self._beside.flush()

    def _end_progress(self) -> None:
        if self._drawn >= 0:
            self._drawn = -1
            self._beside.write("\n")


def paths(written: Sequence[Path]) -> dict[str, list[str]]:
    """Return written files as JSON data."""
    return {"written": [str(path) for path in written]}


def table_lines(tables: Iterable[Table]) -> Iterable[str]:
    """Yield tables of counts as text; rows of zero are left out, and said to be."""
    for table in tables:
        yield ""
        yield table_title(table.id)
        yield from _columns(_rows(table))
    yield ""
    yield _("Rows whose count is 0 are not shown.")


def _rows(table: Table) -> list[tuple[str, ...]]:
    """Return one line a category: its labels, then the count."""
    shown = []
    for key, cell in table.cells.items():
        is_margin = TOTAL in key and key != (TOTAL,) * len(key)
        if is_margin or (cell.value == 0 and TOTAL not in key):
            continue
        labels = [category_label(*pair) for pair in zip(table.dims, key, strict=True)]
        if len(key) > 1 and TOTAL in key:
            labels = [labels[0], *[""] * (len(key) - 1)]
        shown.append((*labels, show_number(cell.value)))
    return sorted(shown, key=lambda row: row[0] == category_label(table.dims[0], TOTAL))


def _columns(rows: list[tuple[str, ...]]) -> Iterable[str]:
    if not rows:
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for *labels, count in rows:
        words = [label.ljust(width) for label, width in zip(labels, widths[:-1], strict=True)]
        yield "  " + "  ".join([*words, count.rjust(widths[-1])])
