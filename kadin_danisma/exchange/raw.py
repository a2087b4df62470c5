"""A cell as it is stored: what the process that reads the file tells, before anybody trusts it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple

#: Day 0 of the serial days of workbooks; days before March 1900 are off by one and long refused.
EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 (a workbook knows no zone)
#: The format knows no row and no column beyond.
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384


class Look(Enum):
    """What the number format makes of a number."""

    PLAIN = "plain"
    #: With a day in it, perhaps also a time.
    DAY = "day"
    TIME = "time"
    #: Hours that go on after 24, as in ``[h]:mm``.
    SPAN = "span"


class Number(NamedTuple):
    """A number and how its cell shows it; days count from EPOCH."""

    value: float
    look: Look


class Fault(Enum):
    """A cell without a value that could be read."""

    #: An error of the workbook itself, such as ``#N/A``.
    ERROR = "error"
    #: Stored in a way no workbook program writes.
    UNREADABLE = "unreadable"
    #: A moment with a zone, as ``2026-03-02T00:30:00Z``.
    ZONE = "zone"
    #: A text longer than any text of a record.
    TOO_LONG = "too_long"


Raw = str | bool | Number | Fault


@dataclass(slots=True)
class Row:
    """A row: its number on the sheet, and its cells by column, the first being 1."""

    number: int
    cells: dict[int, Raw]
