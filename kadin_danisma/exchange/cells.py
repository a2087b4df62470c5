"""One cell, read for what its column asks (contract.md section 2, "Reading cells")."""

import math
import re
from collections.abc import Callable
from datetime import date, time, timedelta

from kadin_danisma.domain import phone
from kadin_danisma.domain.checks import (
    LONGEST_NOTE,
    LONGEST_TEXT,
    date_problem,
    length_problem,
    too_long,
)
from kadin_danisma.domain.dates import parse_date, written_date
from kadin_danisma.domain.text import (
    fold,
    has_control_characters,
    has_direction_controls,
    tidy,
)
from kadin_danisma.exchange.columns import Column, Shape
from kadin_danisma.exchange.raw import EPOCH, Fault, Look, Number, Raw
from kadin_danisma.exchange.refusal import CellError
from kadin_danisma.i18n import _

_WHOLE = re.compile(r"-?[0-9]+")
_ELEVEN = re.compile(r"[0-9]{11}")
_SHORT_YEAR = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{1,2}", re.ASCII)
_DATE_FORM = re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2}", re.ASCII)
#: H:MM, H.MM or H:MM:SS.
_TIME_FORM = re.compile(r"(\d{1,2})(?:[:.](\d{2})|:(\d{2}):(\d{2}))", re.ASCII)
_DAY_SECONDS = 24 * 60 * 60
#: More than any number of the workbook may be.
_MUCH = 1e9


class CellReader:
    """Reads cells, and remembers the words it has understood: lists repeat themselves.

    Args:
        today: The present day in Istanbul.
    """

    def __init__(self, today: date) -> None:
        self._today = today
        self._understood: dict[tuple[Column, str], object] = {}

    def read(self, raw: Raw, column: Column) -> object:
        """Return the value of a cell that is not blank.

        Args:
            raw: The cell as stored, texts trimmed.
            column: What the cell should hold.

        Raises:
            CellError: The cell holds something else.
        """
        if isinstance(raw, str) and column.shape in _REPEATED:
            key = (column, raw)
            if key not in self._understood:
                self._understood[key] = _READERS[column.shape](raw, column)
            return self._understood[key]
        if raw is Fault.ERROR:
            raise CellError(_("The cell shows an error of the workbook."))
        if raw is Fault.UNREADABLE:
            raise CellError(_("The cell cannot be read."))
        if raw is Fault.ZONE:
            raise CellError(
                _("The date of this cell states a time zone, which can move it to another day.")
            )
        if raw is Fault.TOO_LONG:
            most = LONGEST_NOTE if column.shape is Shape.NOTE else LONGEST_TEXT
            raise CellError(too_long(most))
        if column.shape is Shape.DAY:
            return _day(raw, self._today)
        return _READERS[column.shape](raw, column)


def text_of(raw: Raw) -> str:
    """Return what a cell says, as text: a number as it stands, a date and time as written."""
    if isinstance(raw, str):
        return tidy(raw)
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, Fault):
        return ""
    if raw.look is Look.DAY and (day := _day_of(raw.value)):
        clock = _clock_of(raw.value % 1)
        return f"{written_date(day)} {clock:%H:%M}" if raw.value % 1 else written_date(day)
    if raw.look is Look.TIME and 0 <= raw.value < 1:
        return f"{_clock_of(raw.value):%H:%M}"
    return _plain_number(raw.value)


def _words(raw: Raw) -> str:
    """Return the text of a cell whose column says by itself what may stand there."""
    text = text_of(raw)
    _refuse_controls(text)
    return text


def _text(raw: Raw, _column: Column) -> str:
    return _of_length(_words(raw), LONGEST_TEXT)


def _number_of(raw: Raw, _column: Column) -> str:
    """Return the number of a file or record: a text, or the digits of a whole number."""
    if isinstance(raw, bool):
        raise CellError(_("This is TRUE or FALSE; a number is expected."))
    if isinstance(raw, Number):
        if raw.look is not Look.PLAIN:
            raise CellError(
                _("The workbook program made a date or time of this number. Please format the "
                  "column as text and type the number again.")
            )  # fmt: skip
        number = _rounded(raw.value)
        if not number.is_integer():
            raise CellError(
                _("The workbook program made a fraction of this number. Please format the column "
                  "as text and type the number again.")
            )  # fmt: skip
        return _of_length(str(int(number)), LONGEST_TEXT)
    return _text(raw, _column)


def _note(raw: Raw, _column: Column) -> str:
    text = text_of(raw).replace("\r\n", "\n").replace("\r", "\n")
    _refuse_controls(text, line_breaks=True)
    return _of_length(text, LONGEST_NOTE)


def _phone(raw: Raw, column: Column) -> str:
    text = _text(raw, column)
    return phone.normalise(text) or text


def _kimlik(raw: Raw, _column: Column) -> str:
    text = _words(raw)
    if not _ELEVEN.fullmatch(text):
        raise CellError(_("A T.C. kimlik no has eleven digits."))
    return text


def _code(raw: Raw, column: Column) -> str:
    assert column.codes is not None
    key = column.codes.find(_words(raw))
    if key is None:
        raise CellError(_("This is not in the list of the column."))
    return key


def _codes(raw: Raw, column: Column) -> tuple[str, ...]:
    pieces = [tidy(piece) for piece in text_of(raw).split(";")]
    while pieces and not pieces[-1]:
        pieces.pop()
    return tuple(dict.fromkeys(_code(piece, column) for piece in pieces))


def _word(raw: Raw, column: Column) -> str:
    assert column.words is not None
    word = fold(_words(raw))
    # TRUE and FALSE stand for yes and no, where the column knows yes and no.
    word = {"true": "evet", "false": "hayir"}.get(word, word)
    if word not in column.words:
        raise CellError(_("This is not one of the words of the column."))
    return column.words[word]


def _whole(raw: Raw, _column: Column) -> int:
    if isinstance(raw, Number):
        if raw.look is not Look.PLAIN:
            raise CellError(_("This is a date or a time; a whole number is expected."))
        number = _rounded(raw.value)
    else:
        text = _words(raw)
        number = float(text) if _WHOLE.fullmatch(text) else math.nan
    if not number.is_integer():
        # Infinity, out of thousands of digits, is no whole number either.
        raise CellError(_("This is not a whole number."))
    return int(max(-_MUCH, min(_MUCH, number)))


def _day(raw: Raw, today: date) -> date:
    if isinstance(raw, Number):
        if raw.look is Look.PLAIN or raw.look is Look.SPAN:
            raise CellError(_("A plain number is not a date. Please format the cell as a date."))
        if raw.look is Look.TIME and raw.value < 1:
            raise CellError(_("This is a time; a date is expected."))
        day = _day_of(raw.value)
    else:
        day = _written_day(text_of(raw))
    if day is None:
        raise CellError(_("There is no such date."))
    if reason := date_problem(day, today):
        raise CellError(reason)
    return day


def _written_day(text: str) -> date | None:
    _refuse_controls(text)
    if _DATE_FORM.fullmatch(text):
        return parse_date(text)
    if _SHORT_YEAR.fullmatch(text):
        raise CellError(_("The year of the date has only two digits. Type four: 2026."))
    if text.isascii() and text.isdigit():
        raise CellError(_("A plain number is not a date. Please format the cell as a date."))
    raise CellError(_("A date is written 31.12.2026 or 2026-12-31."))


def _time(raw: Raw, _column: Column) -> time:
    if isinstance(raw, Number):
        return _time_of(raw)
    text = _words(raw)
    written = _TIME_FORM.fullmatch(text)
    if not written:
        raise CellError(_("A time is written 9:30, 9.30 or 9:30:00."))
    hour, minute, second = (
        int(part or 0) for part in (written[1], written[2] or written[3], written[4])
    )
    if hour > 23 or minute > 59 or second > 59:
        raise CellError(_("There is no such time."))
    # Seconds are not kept.
    return time(hour, minute)


def _time_of(raw: Number) -> time:
    if raw.look is Look.PLAIN:
        raise CellError(_("A plain number is not a time. Please format the cell as a time."))
    if 0 <= raw.value < 1:
        return _clock_of(raw.value)
    # A cell that shows only the time may carry its day along (NOW() does).
    if raw.look is Look.TIME and raw.value >= 2 and _day_of(raw.value):
        return _clock_of(raw.value % 1)
    if raw.look is Look.DAY:
        raise CellError(_("This is a date; a time is expected."))
    raise CellError(_("There is no such time."))


def _day_of(serial: float) -> date | None:
    try:
        return (EPOCH + timedelta(days=int(serial))).date() if serial >= 1 else None
    except OverflowError:
        return None


def _clock_of(fraction: float) -> time:
    # Fractions of a day are never exact; half a second is nobody's, and seconds are not kept.
    seconds = min(int(fraction * _DAY_SECONDS + 0.5), _DAY_SECONDS - 1)
    return time(seconds // 3600, seconds // 60 % 60)


def _rounded(value: float) -> float:
    # Fifteen digits are what workbooks keep; the rest is noise of the binary form.
    return float(f"{value:.15g}")


def _plain_number(value: float) -> str:
    rounded = _rounded(value)
    if rounded.is_integer() and abs(rounded) < 10**21:
        return str(int(rounded))
    return f"{rounded:.15g}"


def _of_length(text: str, most: int) -> str:
    if reason := length_problem(text, most):
        raise CellError(reason)
    return text


def _refuse_controls(text: str, *, line_breaks: bool = False) -> None:
    if has_control_characters(text, line_breaks=line_breaks):
        raise CellError(_("There are control characters in the text."))
    if has_direction_controls(text):
        raise CellError(_("There are invisible controls of writing direction in the text."))


_REPEATED = frozenset({Shape.CODE, Shape.CODES, Shape.WORD})
_READERS: dict[Shape, Callable[[Raw, Column], object]] = {
    Shape.TEXT: _text,
    Shape.NOTE: _note,
    Shape.REFERENCE: _number_of,
    Shape.PHONE: _phone,
    Shape.KIMLIK: _kimlik,
    Shape.TIME: _time,
    Shape.WHOLE: _whole,
    Shape.CODE: _code,
    Shape.CODES: _codes,
    Shape.WORD: _word,
}
