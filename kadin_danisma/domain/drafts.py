"""What was typed into a form and not saved: of which form, of which file, of which call."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from kadin_danisma.domain.records import KIND_OF, new_id

#: What stands in a control: a text, or the keys of several codes.
Typed = str | list[str]


class Form(StrEnum):
    """The forms whose text is kept; those of records are called as the record is."""

    CLIENT = "client"
    APPLICATION = "application"
    SESSION = "session"
    PLAYROOM_VISIT = "playroom_visit"
    REFERRAL = "referral"
    TRAINING = "training"
    #: What came of a referral.
    ANSWER = "answer"
    #: Who collects a child.
    HAND_OVER = "hand_over"
    #: Why a record is withdrawn, or to which file it belongs.
    WITHDRAWAL = "withdrawal"
    #: A number that was given by hand.
    TOLD = "told"
    #: The sentence that no report is missing after a restore.
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Draft:
    """A form as it stood when it was last kept.

    Of a record that is being corrected it says only what its author changed: the rest is read anew,
    as far as she may read it then. A new one is kept as it stands, with the time of the call.
    """

    id: str
    form: Form
    #: When the form was opened.
    begun_at: datetime | None
    #: Whose file; empty for none, or none yet.
    client_id: str = ""
    #: The record being corrected or answered, empty for a new one.
    record_id: str = ""
    #: Of which revision that was when the form was opened; 0 for a new one.
    revision: int = 0
    #: The record's day, as ISO text, where it has one; not every form asks for it.
    day: str = ""
    #: What stood in these fields when the form was opened, by the record's field names.
    opened: Mapping[str, Typed] = field(default_factory=dict)
    #: What stands there now.
    typed: Mapping[str, Typed] = field(default_factory=dict)

    def as_text(self) -> str:
        """Return it as text, to be sealed."""
        begun_at = self.begun_at.isoformat(timespec="seconds") if self.begun_at else ""
        return json.dumps(asdict(self) | {"begun_at": begun_at}, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> "Draft | None":
        """Return what ``as_text`` made, None for a text of another program."""
        try:
            kept = json.loads(text)
            return _made({**kept, "begun_at": _moment(kept["begun_at"])})
        except _NOT_OURS:
            return None


def from_before(application: str, form: str) -> list[Draft]:
    """Return the drafts of a program from before decision 0039, which kept one of each at the lock.

    They were sealed to her public key, so anybody can have written them: what is no such draft is
    left out.

    Args:
        application: What the quick entry kept; empty for nothing.
        form: What the form that stood open kept.
    """
    found = []
    for text, read in ((application, _application_before), (form, _form_before)):
        with suppress(*_NOT_OURS):
            if text:
                found.append(read(json.loads(text)))
    return found


def _application_before(kept: dict[str, Any]) -> Draft:
    typed = {_NAMES.get(name, name): value for name, value in kept.items()}
    typed["opens_new"] = "yes" if kept.get("opens_new") else ""
    client_id = kept.get("client_id", "")
    return _made(_nothing() | {"form": Form.APPLICATION, "client_id": client_id, "typed": typed})


def _form_before(kept: dict[str, Any]) -> Draft:
    if set(kept) != _FORMER_FORM or kept["form"] not in _FORMER_FORMS:
        raise ValueError("no form of a former program")
    return _made(_nothing() | kept)


def _made(kept: Mapping[str, Any]) -> Draft:
    """Return the draft whose parts were read.

    Raises:
        ValueError: They are not those of a draft.
    """
    texts = [kept[name] for name in ("id", "client_id", "record_id", "day")]
    is_one = (
        set(kept) == {part.name for part in fields(Draft)}
        and all(isinstance(text, str) for text in texts)
        and type(kept["revision"]) is int
        and all(_are_typed(kept[name]) for name in ("opened", "typed"))
    )
    if not is_one:
        raise ValueError("no draft")
    if kept["day"]:
        date.fromisoformat(kept["day"])
    return Draft(**{**kept, "form": Form(kept["form"])})


def _nothing() -> dict[str, Any]:
    """Return the parts of a draft of which nobody knows when it was begun."""
    empty = Draft(new_id(), Form.CLIENT, None)
    return {part.name: getattr(empty, part.name) for part in fields(Draft)}


def _are_typed(found: object) -> bool:
    return isinstance(found, dict) and all(
        isinstance(said, str)
        or (isinstance(said, list) and all(isinstance(code, str) for code in said))
        for said in found.values()
    )


def _moment(kept: str) -> datetime | None:
    return datetime.fromisoformat(kept) if kept else None


#: What comes of reading a text that no program of ours wrote.
_NOT_OURS = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
_NAMES = {"day": "date"}
_FORMER_FORM = {"form", "client_id", "record_id", "revision", "day", "opened", "typed"}
#: A former program kept the forms of records only.
_FORMER_FORMS = frozenset(KIND_OF.values())
