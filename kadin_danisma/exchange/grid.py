"""The cells of one sheet while its XML is parsed: kept as stored, typed, and nothing more."""

import math
import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from kadin_danisma.exchange import markup
from kadin_danisma.exchange.raw import EPOCH, LAST_COLUMN, LAST_ROW, Fault, Look, Number, Raw, Row
from kadin_danisma.exchange.strings import Pieces

#: Each place of a text fits one part of it at most, so that nothing is tried twice.
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
#: No program writes a number with more digits.
_LONGEST_NUMBER = 1000
#: Stands for what is far too long to be a value of any kind but a text.
_NO_VALUE = "?"
#: What ends a moment that states its zone, also behind a day alone.
_ZONE = re.compile(r"(?:[Zz]|[+-]\d\d:\d\d)$")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


class SheetParser:
    """Turns a sheet's XML into rows; whoever feeds it takes them out as they come.

    Args:
        strings: The shared texts.
        looks: How numbers look, by cell style.
        shift: Days to add where the workbook counts them from 1904.
    """

    def __init__(self, strings: Sequence[str | Fault], looks: tuple[Look, ...], shift: int) -> None:
        self._strings = strings
        self._looks = looks
        self._shift = shift
        self._rows: list[Row] = []
        self._row = Row(0, {})
        self._column = 0
        self._type = "n"
        self._style = 0
        self._pieces = Pieces()
        self._inside = self._phonetic = self._row_is_stated = False
        #: Column numbers by their letters.
        self._letters: dict[str, int] = {}
        self.expat = markup.new_parser()
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end

    def take(self) -> list[Row]:
        """Return the rows that were completed since the last time."""
        rows, self._rows = self._rows, []
        return rows

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = markup.local(name) if ":" in name else name
        if tag == "sheetData":
            self._inside = True
        elif not self._inside:
            return
        elif tag == "c":
            self._start_cell(attributes)
        elif tag == "v" or (tag == "t" and not self._phonetic):
            self.expat.CharacterDataHandler = self._pieces.add
        elif tag == "row":
            self._row_is_stated = "r" in attributes
            number = markup.whole(attributes.get("r"), self._row.number + 1)
            if number > LAST_ROW:
                raise markup.damaged()
            self._row, self._column = Row(number, {}), 0
        elif tag == "rPh":
            self._phonetic = True

    def _end(self, name: str) -> None:
        tag = markup.local(name) if ":" in name else name
        if not self._inside:
            return
        if tag == "c":
            value = self._value()
            if value is not None and value != "":
                self._row.cells[self._column] = value
        elif tag in {"v", "t"}:
            self.expat.CharacterDataHandler = None
        elif tag == "row":
            if self._row.cells:
                self._rows.append(self._row)
        elif tag == "sheetData":
            self._inside = False
        elif tag == "rPh":
            self._phonetic = False

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column = self._column_of(attributes.get("r"))
        if self._column > LAST_COLUMN:
            raise markup.damaged()
        self._type = attributes.get("t", "n")
        self._style = markup.whole(attributes.get("s"), 0)
        self._pieces.clear()

    def _column_of(self, reference: str | None) -> int:
        if reference is None:
            return self._column + 1
        letters = reference.rstrip("0123456789")
        if not self._row_is_stated:
            self._row.number = markup.whole(reference[len(letters) :], self._row.number)
        column = self._letters.get(letters)
        if column is None:
            if not _REFERENCE.fullmatch(reference):
                raise markup.damaged()
            column = 0
            for letter in letters.upper():
                column = column * 26 + ord(letter) - ord("A") + 1
            self._letters[letters] = column
        return column

    def _value(self) -> Raw | None:
        kind = self._type
        if kind in {"str", "inlineStr"}:
            return self._pieces.text()
        stored = self._pieces.joined()
        text = _NO_VALUE if stored is None else stored.strip()
        if not text:
            # Also a formula whose value was never stored.
            return None
        match kind:
            case "s":
                return self._shared(text)
            case "n":
                return self._number(text)
            case "b":
                return {"1": True, "0": False, "true": True, "false": False}.get(
                    text, Fault.UNREADABLE
                )
            case "d":
                return _stated_moment(text)
            case "e":
                return Fault.ERROR
        return Fault.UNREADABLE

    def _shared(self, text: str) -> Raw:
        index = markup.whole(text, len(self._strings))
        return self._strings[index] if index < len(self._strings) else Fault.UNREADABLE

    def _number(self, text: str) -> Raw:
        readable = len(text) <= _LONGEST_NUMBER and _NUMBER.fullmatch(text)
        value = float(text) if readable else math.inf
        if math.isinf(value):
            return Fault.UNREADABLE
        look = self._looks[self._style] if self._style < len(self._looks) else Look.PLAIN
        # A number below one is a time of day without a day, the same in both epochs.
        if self._shift and value >= 1 and look in {Look.DAY, Look.TIME}:
            value += self._shift
        return Number(value, look)


def _stated_moment(text: str) -> Raw:
    """Return a moment that is stored as text (ISO 8601) instead of a number."""
    if _ZONE.search(text):
        return Fault.ZONE
    try:
        if "-" not in text:
            # A time alone, with or without the T that should stand before it.
            moment = datetime.fromisoformat(f"1899-12-30T{text.removeprefix('T')}")
            look = Look.TIME
        else:
            moment = datetime.fromisoformat(text)
            look = Look.DAY
    except ValueError:
        return Fault.UNREADABLE
    if moment.tzinfo is not None:
        return Fault.ZONE
    return Number((moment - EPOCH) / timedelta(days=1), look)
