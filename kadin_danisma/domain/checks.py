"""The rules a record must keep, one function a kind of record; forms and workbooks share them.

Rules: contract.md section 2, "Refused". A check never raises; it lists what is wrong, by field.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kadin_danisma.domain import kimlik, phone
from kadin_danisma.domain.dates import EARLIEST, EARLIEST_BIRTH_YEAR, show_number
from kadin_danisma.domain.records import (
    Application,
    Client,
    PlayroomVisit,
    Record,
    Referral,
    Session,
    Training,
)
from kadin_danisma.domain.text import has_control_characters, has_direction_controls
from kadin_danisma.errors import KnownError
from kadin_danisma.i18n import _

#: The most letters of a text, and of a free text, which may have lines (contract.md section 2).
LONGEST_TEXT = 200
LONGEST_NOTE = 10_000
#: The fields of records that are free texts.
FREE_TEXTS = frozenset({"note", "safety_note"})
MOST_MINUTES = 720
MOST_PARTICIPANTS = 10_000
OLDEST_CHILD = 17


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, as a sentence that repeats no value of it."""

    field: str
    reason: str


def check(record: Record, today: date) -> list[Problem]:
    """Return everything that is wrong with a record, in the order of its fields.

    Args:
        record: The record as it would be stored.
        today: The present day in Istanbul.
    """
    problems = list(_check_texts(record))
    match record:
        case Client():
            problems += _check_client(record, today)
        case Application():
            problems += _check_application(record, today)
        case Session():
            problems += _check_session(record, today)
        case PlayroomVisit():
            problems += _check_visit(record, today)
        case Referral():
            problems += _check_referral(record, today)
        case Training():
            problems += _check_training(record, today)
    return problems


def text_problem(text: str, *, line_breaks: bool = False) -> str | None:
    """Return why a text may not be stored, or None."""
    if has_control_characters(text, line_breaks=line_breaks):
        return _("There are control characters in the text.")
    if has_direction_controls(text):
        return _("There are invisible controls of writing direction in the text.")
    return length_problem(text, LONGEST_NOTE if line_breaks else LONGEST_TEXT)


def length_problem(text: str, most: int = LONGEST_TEXT) -> str | None:
    """Return why a text is too long to be stored, or None."""
    return too_long(most) if len(text) > most else None


def refuse_long(*texts: str, most: int = LONGEST_TEXT) -> None:
    """Let pass texts that are not too long.

    Raises:
        KnownError: One is; nothing of it is lost, because it stands where it was typed.
    """
    for text in texts:
        if reason := length_problem(text, most):
            raise KnownError(reason)


def too_long(most: int) -> str:
    """Return what is said of a text of more letters than it may have."""
    return _("The text is longer than {most} characters.").format(most=show_number(most))


def date_problem(day: date, today: date) -> str | None:
    """Return why a day cannot be the day of a record, or None."""
    if day < EARLIEST:
        return _("The date is before 1990.")
    if day > today:
        return _("The date is after today.")
    return None


def birth_year_problem(year: int, today: date) -> str | None:
    """Return why a year cannot be a birth year, or None."""
    if not EARLIEST_BIRTH_YEAR <= year <= today.year:
        return _("A birth year must be between 1900 and this year.")
    return None


def phone_problem(text: str) -> str | None:
    """Return why a telephone number cannot be typed so, or None; an empty one is fine.

    Only forms ask this: a workbook may bring what stood in somebody's older lists (decision 0040).
    """
    if not text or phone.stored_form(text) is not None:
        return None
    return _(
        "This is not a telephone number. Only the number goes here; one of another country starts "
        "with + and its code. Whose it is goes into the sentence on safety."
    )


def _check_texts(record: Record) -> Iterator[Problem]:
    for name in record.__slots__:
        value = getattr(record, name)
        if isinstance(value, str) and (
            reason := text_problem(value, line_breaks=name in FREE_TEXTS)
        ):
            yield Problem(name, reason)


def _check_date(name: str, day: date, today: date) -> Iterator[Problem]:
    if reason := date_problem(day, today):
        yield Problem(name, reason)


def _check_client(client: Client, today: date) -> Iterator[Problem]:
    if not client.file_no:
        yield Problem("file_no", _("The file number is missing."))
    if client.kimlik_no and not kimlik.is_valid(client.kimlik_no):
        yield Problem("kimlik_no", _("This is not a valid T.C. kimlik no."))
    if client.birth_year is not None and (reason := birth_year_problem(client.birth_year, today)):
        yield Problem("birth_year", reason)


def _check_application(application: Application, today: date) -> Iterator[Problem]:
    if not application.number:
        yield Problem("number", _("The number is missing."))
    yield from _check_date("date", application.date, today)
    if reason := violence_problem(application.violence_types):
        yield Problem("violence_types", reason)


def violence_problem(types: tuple[str, ...]) -> str | None:
    """Return why a set of violence types cannot stand, or None."""
    others = set(types) - {"none", "unknown", "not_asked", "declined"}
    if "none" in types and others:
        return _("“No violence reported” is chosen together with a type of violence.")
    return None


def _check_session(session: Session, today: date) -> Iterator[Problem]:
    if not session.number:
        yield Problem("number", _("The number is missing."))
    yield from _check_date("date", session.date, today)
    if session.minutes is not None and not 1 <= session.minutes <= MOST_MINUTES:
        yield Problem("minutes", _("A session lasts between 1 and 720 minutes."))


def _check_visit(visit: PlayroomVisit, today: date) -> Iterator[Problem]:
    if not visit.child:
        yield Problem("child", _("The child's code or first name is missing."))
    if visit.birth_year is not None:
        if reason := birth_year_problem(visit.birth_year, today):
            yield Problem("birth_year", reason)
        elif visit.birth_year > visit.date.year:
            yield Problem("birth_year", _("The child was not yet born on the day of the visit."))
        elif visit.date.year - visit.birth_year > OLDEST_CHILD:
            yield Problem("birth_year", _("A child in the playroom is 17 at the most."))
    yield from _check_date("date", visit.date, today)
    if visit.time_out is not None and visit.time_out <= visit.time_in:
        yield Problem("time_out", _("The end is not after the start."))


def _check_referral(referral: Referral, today: date) -> Iterator[Problem]:
    yield from _check_date("date", referral.date, today)
    if referral.outcome_date is not None:
        if referral.outcome_date < referral.date:
            yield Problem("outcome_date", _("The answer is dated before the referral."))
        else:
            yield from _check_date("outcome_date", referral.outcome_date, today)


def _check_training(training: Training, today: date) -> Iterator[Problem]:
    yield from _check_date("date", training.date, today)
    if not 0 <= training.participants <= MOST_PARTICIPANTS:
        yield Problem("participants", _("The participants number between 0 and 10,000."))
