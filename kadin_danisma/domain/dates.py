"""Days, times and periods: what is read, stored (ISO text) and shown (in Turkish or English)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from time import monotonic, sleep

from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import N_, _, current_language

#: Europe/Istanbul has stood at +03 without summer time since 2016.
ISTANBUL = timezone(timedelta(hours=3), "Europe/Istanbul")
EARLIEST = date(1990, 1, 1)
EARLIEST_BIRTH_YEAR = 1900
_TURKISH_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
_PERIOD = re.compile(r"(\d{4})(?:-(?:(\d{2})|Q([1-4])))?", re.ASCII)
_MONTHS = (
    N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"), N_("July"),
    N_("August"), N_("September"), N_("October"), N_("November"), N_("December"),
)  # fmt: skip
_WEEKDAYS = (
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"),
    N_("Sunday"),
)  # fmt: skip


class Clock:
    """The present moment, and time passing; tests hand in one that stands still."""

    def now(self) -> datetime:
        """Return the present moment in Istanbul."""
        return datetime.now(UTC).astimezone(ISTANBUL)

    def today(self) -> date:
        """Return the present day in Istanbul."""
        return self.now().date()

    def ticks(self) -> float:
        """Return seconds that only grow while the computer runs, whatever day it is set to."""
        return monotonic()

    def wait(self, seconds: float) -> None:
        """Let so much time pass."""
        sleep(seconds)


class FixedClock(Clock):
    """A clock that stands at one moment until it is moved."""

    def __init__(self, moment: datetime, ticks: float = 50_000.0) -> None:
        self.moment = moment
        self.running = ticks

    def now(self) -> datetime:
        """Return the moment at which the clock stands."""
        return self.moment.astimezone(ISTANBUL)

    def ticks(self) -> float:
        """Return the seconds for which the computer has run."""
        return self.running

    def wait(self, seconds: float) -> None:
        """Move on at once."""
        self.moment += timedelta(seconds=seconds)
        self.running += seconds


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar month, quarter or year: the only spans that are ever counted or published."""

    first: date
    last: date
    key: str

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read ``2026-10``, ``2026-Q3`` or ``2026``.

        Raises:
            KnownError: The text is none of the three (exit status 2: wrong use of the command).
        """
        match = _PERIOD.fullmatch(text.strip())
        year = int(match[1]) if match else 0
        if (
            not match
            or not EARLIEST.year <= year <= 9998
            or (match[2] and not 1 <= int(match[2]) <= 12)
        ):
            raise PeriodError(
                _("A period is written 2026-10 (month), 2026-Q3 (quarter) or 2026 (year).")
            )
        if match[2]:
            return cls.month(year, int(match[2]))
        if match[3]:
            start = 3 * int(match[3]) - 2
            return cls(date(year, start, 1), _month_end(year, start + 2), f"{year}-Q{match[3]}")
        return cls(date(year, 1, 1), date(year, 12, 31), str(year))

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """Return a calendar month."""
        return cls(date(year, month, 1), _month_end(year, month), f"{year}-{month:02d}")

    @property
    def kind(self) -> str:
        """Return ``month``, ``quarter`` or ``year``."""
        if "-" not in self.key:
            return "year"
        return "quarter" if "Q" in self.key else "month"

    @property
    def months(self) -> "tuple[Period, ...]":
        """Return the calendar months of the period."""
        return tuple(
            Period.month(self.first.year, month)
            for month in range(self.first.month, self.last.month + 1)
        )

    @property
    def parts(self) -> "tuple[Period, ...]":
        """Return the shorter periods inside it that have reports of their own."""
        if self.kind == "month":
            return ()
        quarters = [f"{self.key}-Q{number}" for number in (1, 2, 3, 4)]
        return (*self.months, *map(Period.parse, quarters if self.kind == "year" else ()))

    @property
    def title(self) -> str:
        """Return the name people use: ``Ekim 2026``, ``2026, 3. çeyrek``, ``2026``."""
        if self.kind == "month":
            return f"{_(_MONTHS[self.first.month - 1])} {self.first.year}"
        if self.kind == "quarter":
            return _("{year}, quarter {number}").format(year=self.first.year, number=self.key[-1])
        return self.key

    def contains(self, day: date) -> bool:
        """Tell whether a day lies in the period; both ends belong to it."""
        return self.first <= day <= self.last


def months_reached(period: Period, others: Iterable[Period]) -> set[Period]:
    """Return the months of a period, of those that share one with it, of those that share one
    with these, and so on.
    """
    spans = [set(other.months) for other in others]
    months = set(period.months)
    while True:
        reached = months.union(*(span for span in spans if span & months))
        if reached == months:
            return months
        months = reached


class PeriodError(KnownError):
    """The text names no period."""

    exit_status = 2


def _month_end(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def parse_date(text: str) -> date | None:
    """Read ``d.M.yyyy`` or ``yyyy-MM-dd``; None where it is neither or no such day exists."""
    if match := _TURKISH_DATE.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif match := _ISO_DATE.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """Read ``H:MM``; None where it is not one or no such time exists."""
    match = _TIME.fullmatch(text)
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        return None
    return time(int(match[1]), int(match[2]))


def written_date(day: date) -> str:
    """Return ``22.11.2026``: the form of files and of what is kept, whatever the window speaks."""
    return f"{day.day:02d}.{day.month:02d}.{day.year}"


def show_date(day: date) -> str:
    """Return ``22.11.2026``, in English ``22/11/2026``: the day first in both."""
    return written_date(day) if _in_turkish() else written_date(day).replace(".", "/")


def show_long_date(day: date) -> str:
    """Return ``22 Kasım 2026 Pazar``, in English ``Sunday, 22 November 2026``."""
    named = f"{day.day} {_(_MONTHS[day.month - 1])} {day.year}"
    weekday = _(_WEEKDAYS[day.weekday()])
    return f"{named} {weekday}" if _in_turkish() else f"{weekday}, {named}"


def show_time(moment: time) -> str:
    """Return ``09.30``, in English ``09:30``."""
    return f"{moment.hour:02d}{'.' if _in_turkish() else ':'}{moment.minute:02d}"


def show_minutes(minutes: int) -> str:
    """Return a span as ``1 sa 08 dk`` or ``55 dk``."""
    if minutes < 60:
        return _("{minutes} min").format(minutes=minutes)
    return _("{hours} h {minutes} min").format(hours=minutes // 60, minutes=f"{minutes % 60:02d}")


def show_number(number: int) -> str:
    """Return a whole number with its thousands parted: ``1.234``, in English ``1,234``."""
    return f"{number:,}".replace(",", ".") if _in_turkish() else f"{number:,}"


def _in_turkish() -> bool:
    return current_language() == "tr"


def minutes_between(start: time, end: time) -> int:
    """Return the whole minutes from one time of a day to a later one."""
    return (end.hour - start.hour) * 60 + end.minute - start.minute
