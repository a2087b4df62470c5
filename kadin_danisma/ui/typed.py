"""What people type into search, date and time fields, read generously (no Qt)."""

import re
from datetime import date, time, timedelta

from kadin_danisma.domain.dates import parse_date
from kadin_danisma.domain.text import fold, upper

_DAY_MONTH = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -]?")
_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})")
_PACKED_DAY = re.compile(r"(\d{2})(\d{2})(\d{4})")
_TIME = re.compile(r"(\d{1,2})[.:, ](\d{2})")
_PACKED_TIME = re.compile(r"(\d{1,2})(\d{2})")
_HOUR = re.compile(r"\d{1,2}")
#: A telephone number has at least so many figures; fewer are a file number or a year.
_FEWEST_FIGURES = 7
#: Words for days, by how far they lie back.
_DAYS_BACK = {"bugun": 0, "today": 0, "b": 0, "dun": 1, "yesterday": 1, "d": 1, "onceki gun": 2}


def read_words(text: str) -> tuple[str, str]:
    """Part what was searched for into a name and a telephone number.

    Args:
        text: What was typed: ``ayşe yılmaz 0500 000 00 01``.

    Returns:
        The name with capital first letters, and the number as typed; either may be empty.
    """
    words = text.split()
    figures = [word for word in words if any(sign.isdigit() for sign in word)]
    number = " ".join(figures)
    names = [word for word in words if word not in figures]
    if sum(sign.isdigit() for sign in number) < _FEWEST_FIGURES:
        number = ""
    return " ".join(upper(word[:1]) + word[1:] for word in names), number


def read_day(text: str, today: date) -> date | None:
    """Read ``22.11.2026``, ``22.11`` (the latest such day), ``22112026``, ``bugün`` or ``dün``.

    Args:
        text: What was typed.
        today: The present day.

    Returns:
        The day, or None where the text names none.
    """
    words = fold(text)
    if words in _DAYS_BACK:
        return today - timedelta(days=_DAYS_BACK[words])
    if match := _DAY_MONTH_YEAR.fullmatch(words) or _PACKED_DAY.fullmatch(words):
        return parse_date(".".join(match.groups()))
    if match := _DAY_MONTH.fullmatch(words):
        day, month = match.groups()
        this_year = parse_date(f"{day}.{month}.{today.year}")
        if this_year is not None and this_year <= today:
            return this_year
        return parse_date(f"{day}.{month}.{today.year - 1}")
    return parse_date(words)


def read_time(text: str) -> time | None:
    """Read ``9.30``, ``9:30``, ``0930`` or ``9``; None where the text names no time."""
    words = text.strip()
    if match := _TIME.fullmatch(words) or _PACKED_TIME.fullmatch(words):
        hour, minute = int(match[1]), int(match[2])
    elif _HOUR.fullmatch(words):
        hour, minute = int(words), 0
    else:
        return None
    return time(hour, minute) if hour < 24 and minute < 60 else None
