"""What the command line says: one JSON object or text, messages and progress beside it."""

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

from kadin_danisma.domain.dates import show_number
from kadin_danisma.domain.table import TOTAL, Table
from kadin_danisma.domain.titles import category_label, table_title
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _
from kadin_danisma.streams import can_spell, prepare, write

#: A line of progress is drawn at most once a hundredth of the way.
STEPS = 100


class Speaker:
    """Says results on standard output, and everything meant for a person on standard error.

    Either may be closed or lead to a full disk. What was done is done all the same.

    Args:
        as_json: Whether the result is one JSON object instead of text.
        result: Where results go; None where standard output is closed.
        beside: Where messages and progress go.
    """

    def __init__(self, *, as_json: bool, result: TextIO | None, beside: TextIO | None) -> None:
        self.as_json = as_json
        self._result = result
        self._beside = beside
        self._drawn = -1

    @classmethod
    def on_terminal(cls, *, as_json: bool) -> "Speaker":
        """Return a speaker on the process's own output."""
        prepare()
        return cls(as_json=as_json, result=sys.stdout, beside=sys.stderr)

    @property
    def can_answer(self) -> bool:
        """Tell whether there is a standard output; a full one is found out by writing only."""
        return self._result is not None

    def answer(self, data: dict[str, Any], lines: Iterable[str]) -> bool:
        """Say the result of a command, in the one form or the other; tell whether it was heard."""
        self._end_progress()
        if self.as_json:
            return write(self._result, _as_json(data, self._result) + "\n")
        return write(self._result, "".join(f"{line}\n" for line in lines))

    def result(
        self, data: dict[str, Any], lines: Iterable[str], done: Sequence[str] | None = None
    ) -> None:
        """Say the result of a command; where it cannot be written, say beside it what was done.

        Args:
            data: The result as JSON.
            lines: The result as text.
            done: What is said of it beside; the lines themselves by default.
        """
        lines = list(lines)
        if not self.answer(data, lines):
            self.message(_("The answer could not be written to standard output. It says:"))
            for line in lines if done is None else done:
                self.message(line)

    def message(self, text: str) -> None:
        """Say something to the person before the screen."""
        self._end_progress()
        write(self._beside, text + "\n")

    def end(self) -> None:
        """Let go of what others wrote (the help, a usage) where it cannot be written either."""
        for stream in (self._result, self._beside):
            write(stream, "")

    def progress(self, done: int, total: int = 0) -> None:
        """Draw how far long work is, on a terminal only."""
        if self._beside is None or not self._beside.isatty() or total <= 0:
            return
        step = min(done, total) * STEPS // total
        if step != self._drawn:
            self._drawn = step
            write(self._beside, "\r" + _("{percent}% done").format(percent=step))

    def _end_progress(self) -> None:
        if self._drawn >= 0:
            self._drawn = -1
            write(self._beside, "\n")


def _as_json(data: dict[str, Any], stream: TextIO | None) -> str:
    """Return one JSON object; what the stream lacks makes it spell all letters out."""
    text = json.dumps(data, ensure_ascii=False)
    return text if can_spell(text, stream) else json.dumps(data)


def refused_by_system(error: OSError) -> KnownError:
    """Word what the operating system refused; its own text may hold a path, so it is not used."""
    if isinstance(error, FileNotFoundError):
        said = _("A file or folder that was named does not exist.")
    elif isinstance(error, PermissionError):
        said = _("This computer does not allow reading or writing there.")
    else:
        said = _("Reading or writing a file failed ({reason}).").format(
            reason=error.strerror or type(error).__name__
        )
    safe = _("What was saved before is safe.")
    return KnownError(f"{said} {safe}")


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
