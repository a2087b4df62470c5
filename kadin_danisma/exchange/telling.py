"""The words between the process that reads a foreign file and ours: plain JSON, each in a frame.

What arrives is believed in nothing: a process that was taken over by what it read could send
anything. Every word is taken apart by its type and measured before it becomes a cell.
"""

import json
import math
from collections.abc import Iterator
from typing import Any

from kadin_danisma.exchange.budget import (
    CELL_TELLS,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_SHEETS,
    ROW_TELLS,
    Budget,
)
from kadin_danisma.exchange.columns import SHEETS, own_sheets
from kadin_danisma.exchange.raw import LAST_COLUMN, LAST_ROW, Fault, Look, Number, Raw, Row
from kadin_danisma.exchange.refusal import Unfit, UnfitFileError

#: The exit status of a reader whose time was used up.
OUT_OF_TIME = 75
#: Bytes before each word that say how long it is.
HEAD_BYTES = 4
#: The most bytes of a word: a row may be as long as this, and is told alone then.
LONGEST_WORD = 8_000_000
#: Letters of a row: six of JSON for most of what is not ASCII, twelve for the rest.
LONGEST_ROW = LONGEST_WORD // 16
#: A text whose lines end in two letters each.
_LONGEST_VALUE = 2 * LONGEST_TEXT
_LOOKS = {look.value: look for look in Look}
_FAULTS = {fault.value: fault for fault in Fault}


def encode(word: list[Any]) -> bytes:
    """Return a word as it is sent, without its frame."""
    return json.dumps(word, separators=(",", ":"), allow_nan=False).encode("ascii")


def row_to_say(row: Row) -> list[Any]:
    """Return a row as it stands in a word: its number, and place and value of each cell."""
    said: list[Any] = [row.number]
    for place, raw in row.cells.items():
        said += (place, _to_say(raw))
    return said


def cost(row: Row) -> int:
    """Return what a row takes from the budget."""
    letters = sum(len(raw) for raw in row.cells.values() if isinstance(raw, str))
    return ROW_TELLS + CELL_TELLS * len(row.cells) + letters


def _to_say(raw: Raw) -> object:
    if isinstance(raw, Number):
        return raw.value if raw.look is Look.PLAIN else [raw.value, raw.look.value]
    return [raw.value] if isinstance(raw, Fault) else raw


class Told:
    """A workbook as it is told, word by word, in the order in which it must be.

    Args:
        words: The words as they arrive.
        size: The bytes of the file; it cannot tell more than a file of its size.

    Raises:
        UnfitFileError: The file is refused, or what is told cannot be.
    """

    def __init__(self, words: Iterator[bytes], size: int) -> None:
        self._words = words
        self._budget = Budget(size)
        #: The title of each sheet, and whether it is one of cells.
        self.sheets: list[tuple[str, bool]] = []
        #: The bytes of all sheets that are read.
        self.total = 0
        kind, said = self._next()
        if kind != "book":
            raise _broken_off()
        try:
            titles, total = said
            for title, has_cells in titles:
                is_title = type(title) is str and len(title) <= LONGEST_TITLE
                if not is_title or type(has_cells) is not bool or len(self.sheets) == MOST_SHEETS:
                    raise _broken_off()
                self.sheets.append((title, has_cells))
        except (TypeError, ValueError) as error:
            raise _broken_off() from error
        self.total = self._number(total)
        #: The sheets of the contract that are there, each with all its places in the workbook.
        self.found = own_sheets(self.sheets)

    def rows(self, sheet: str) -> Iterator[tuple[int, list[Row]]]:
        """Yield how many bytes of all are read, and the rows of a sheet that were found in them.

        Args:
            sheet: Its name; the sheets are asked for in the order of ``SHEETS``.

        Raises:
            UnfitFileError: As for the class.
        """
        place = [each.name for each in SHEETS].index(sheet)
        while True:
            kind, said = self._next()
            if kind == "end" and said == [place]:
                return
            if kind != "rows" or len(said) != 3 or said[0] != place:
                raise _broken_off()
            _place, done, rows = said
            if type(rows) is not list:
                raise _broken_off()
            yield self._number(done), [self._row(row) for row in rows]

    def _next(self) -> tuple[str, list[Any]]:
        word = next(self._words, None)
        if word is None:
            raise _broken_off()
        try:
            said = json.loads(word)
        except (ValueError, RecursionError) as error:
            raise _broken_off() from error
        if type(said) is not list or not said or type(said[0]) is not str:
            raise _broken_off()
        if said[0] == "unfit" and len(said) == 2:
            raise _refusal(said[1])
        # A word costs also where it says nothing, so that they end.
        self._budget.tell(ROW_TELLS)
        return said[0], said[1:]

    def _row(self, said: object) -> Row:
        if type(said) is not list or len(said) % 2 == 0 or not said:
            raise _broken_off()
        number = self._number(said[0])
        cells = {
            self._number(place): self._raw(value)
            for place, value in zip(said[1::2], said[2::2], strict=True)
        }
        row = Row(number, cells)
        if not 1 <= number <= LAST_ROW or not all(1 <= place <= LAST_COLUMN for place in cells):
            raise _broken_off()
        self._budget.tell(cost(row))
        return row

    def _raw(self, value: object) -> Raw:
        match value:
            case bool():
                return value
            case str() if len(value) <= _LONGEST_VALUE:
                return value
            case int() | float():
                return Number(self._finite(value), Look.PLAIN)
            case [str() as fault] if fault in _FAULTS:
                return _FAULTS[fault]
            case [int() | float() as number, str() as look] if look in _LOOKS:
                return Number(self._finite(number), _LOOKS[look])
        raise _broken_off()

    def _finite(self, value: float) -> float:
        try:
            number = float(value)
        except OverflowError as error:
            raise _broken_off() from error
        if not math.isfinite(number):
            raise _broken_off()
        return number

    def _number(self, value: object) -> int:
        if type(value) is not int or not 0 <= value <= 10**12:
            raise _broken_off()
        return value


def _refusal(said: object) -> UnfitFileError:
    reasons = {reason.value: reason for reason in Unfit}
    reason = reasons.get(said) if isinstance(said, str) else None
    return UnfitFileError(reason or Unfit.BROKEN_OFF)


def _broken_off() -> UnfitFileError:
    return UnfitFileError(Unfit.BROKEN_OFF)
