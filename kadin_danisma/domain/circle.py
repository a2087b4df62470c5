"""The restricted file: which fields are sealed to its circle, and what stands in their place.

Docs/decisions/0019. Everything that is counted (contract.md section 3) stays in the open.
"""

from dataclasses import replace
from enum import StrEnum
from typing import Any, TypeVar

from kadin_danisma.domain.change import Kind
from kadin_danisma.domain.checks import LONGEST_NOTE, length_problem
from kadin_danisma.domain.places import CENTRAL, OUTSIDE, SURROUNDING, residence_of
from kadin_danisma.domain.records import (
    KIND_OF,
    Application,
    Client,
    PlayroomVisit,
    Record,
    Referral,
    Session,
    files_of,
)
from kadin_danisma.domain.text import fold, fold_words, tidy
from kadin_danisma.i18n import _

R = TypeVar("R", bound=Record)

#: The fields of a restricted file that its circle alone can read; all of them are texts.
SEALED: dict[Kind, tuple[str, ...]] = {
    Kind.CLIENT: (
        "name", "kimlik_no", "legal_status", "income", "social_security", "district", "phone",
        "may_call", "call_hours", "may_leave_message", "must_not_know", "may_collect",
        "safety_note",
    ),
    Kind.SESSION: ("counsellor",),
    Kind.PLAYROOM_VISIT: ("child", "sex", "may_collect", "collected_by"),
}  # fmt: skip
#: A reason of fewer words explains nothing to whoever reads it afterwards.
_FEWEST_WORDS = 4
_FEWEST_LETTERS = 20
#: Reports know a district by its group alone; one of each group stands for all of them.
_ONE_OF = {
    "centre": fold(CENTRAL[0]),
    "surrounding": fold(SURROUNDING[0]),
    OUTSIDE: OUTSIDE,
}


class Seal(StrEnum):
    """How a file stands to whoever looks at it."""

    #: An ordinary file.
    NONE = "none"
    #: A restricted file, and she may see it.
    OPEN = "open"
    #: A restricted file of others: a number, and nothing else.
    CLOSED = "closed"


def file_of(record: Record) -> str | None:
    """Return the id of the client whose file a record belongs to."""
    return next(iter(files_of(record)), None)


def sealed_values(record: Record) -> dict[str, str]:
    """Return what a record of a restricted file says in its sealed fields."""
    return {name: getattr(record, name) for name in SEALED.get(KIND_OF[type(record)], ())}


def neutral(record: R, child: str = "") -> R:
    """Return a record of a restricted file as it stands in the open: all counts, and no more.

    Args:
        record: The record as it is.
        child: The code that stands for the child of a playroom visit.
    """
    values: dict[str, Any] = dict.fromkeys(sealed_values(record), "")
    for name in ("legal_status", "income", "social_security", "may_call", "may_leave_message"):
        if name in values:
            values[name] = "not_asked"
    if isinstance(record, Client):
        values["district"] = _ONE_OF.get(residence_of(record.district), "not_asked")
    if isinstance(record, PlayroomVisit):
        values |= {"child": child, "sex": "not_asked"}
    return replace(record, **values)


def bare(record: R) -> R:
    """Return what is shown of a record of a restricted file to those outside its circle."""
    nothing: Record
    match record:
        case Client(id=key, file_no=number):
            nothing = Client(id=key, file_no=number)
        case Application(id=key, client_id=client_id, date=day):
            nothing = Application(id=key, number="", client_id=client_id, date=day, channel="")
        case Session(id=key, client_id=client_id, date=day, outcome=outcome):
            nothing = Session(
                id=key,
                number="",
                client_id=client_id,
                date=day,
                service="",
                channel="",
                outcome=outcome,
            )
        case PlayroomVisit(id=key, client_id=client_id, date=day, time_in=since, time_out=until):
            # That a child is in, and since when, must not be forgotten in the evening or in a fire.
            nothing = PlayroomVisit(
                id=key, client_id=client_id, child="", date=day, time_in=since, time_out=until
            )
        case Referral(id=key, client_id=client_id, date=day, outcome=outcome):
            nothing = Referral(
                id=key, client_id=client_id, date=day, institution="", outcome=outcome
            )
        case _:
            nothing = record
    assert isinstance(nothing, type(record))
    return nothing


def reason_problem(reason: str) -> str | None:
    """Return why a reason for breaking a seal does not do, or None."""
    if len(fold_words(reason)) < _FEWEST_WORDS or len(tidy(reason)) < _FEWEST_LETTERS:
        return _(
            "Please write the reason as a whole sentence: what happened, and why it cannot wait."
        )
    return length_problem(reason, LONGEST_NOTE)
